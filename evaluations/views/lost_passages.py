"""Passages whose words an edit took away: looked at, placed again, or given up."""

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from asn_eval.views import AccessMixin, ScopedDeleteView
from evaluations.actions.interview_texts import place_again, requote_evidence
from evaluations.coded_texts import texts_of
from evaluations.forms.interviews import PassageForm
from evaluations.models import CaseEvidence, CaseStudy, Evidence, Excerpt, Finding, Interview
from evaluations.passages import find_passage
from evaluations.views.attachments import WORDS, OfOwnerMixin
from evaluations.views.evidence import evaluation_trail
from evaluations.views.findings import ActionFormMixin


def lost_excerpts(source):
    rows = source.excerpts.filter(is_lost=True).select_related("coder").prefetch_related("themes")
    return rows.annotate(n_evidence=Count("evidence", distinct=True), n_cases=Count("caseevidence", distinct=True))


def lost_quotes(interview) -> list[Evidence]:
    """Evidence by words alone whose words stand in the interview no more."""
    return _unsaid(interview, interview.evidence.select_related("finding"))


def lost_cases(interview) -> list[CaseEvidence]:
    """What case studies quote by words alone that stand in the interview no more."""
    return _unsaid(interview, interview.caseevidence.select_related("case_study"))


def _unsaid(interview, links) -> list:
    texts = [text.text for text in texts_of(interview)]
    by_words = links.filter(excerpt=None).exclude(quote="")
    return [link for link in by_words if not any(find_passage(text, link.quote) for text in texts)]


def n_lost(source) -> int:
    """How many passages and quotes of ``source`` somebody should look at."""
    n_quotes = len([*lost_quotes(source), *lost_cases(source)]) if isinstance(source, Interview) else 0
    return source.excerpts.filter(is_lost=True).count() + n_quotes


class LostPassagesView(OfOwnerMixin, TemplateView):
    """What is to be looked at, beside the texts as they are now."""

    permission = "evaluations.view_excerpt"
    verb = "view"
    template_name = "evaluations/lost_passages.html"

    def get_context_data(self, **kwargs):
        source = self.owner
        return super().get_context_data(
            source=source,
            texts=texts_of(source),
            excerpts=list(lost_excerpts(source)),
            quotes=lost_quotes(source) if isinstance(source, Interview) else [],
            cases=lost_cases(source) if isinstance(source, Interview) else [],
            trail=self.trail,
            **kwargs,
        )


def review_url(source) -> str:
    return reverse("lost_passages", args=[WORDS[type(source)], source.pk])


class PlaceView(ActionFormMixin, AccessMixin, FormView):
    """A passage is selected in the text, or copied from it, in place of words that are gone."""

    abstract = True
    form_class = PassageForm
    template_name = "evaluations/lost_passage_place.html"
    model = None

    @cached_property
    def record(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    def get_success_url(self):
        return review_url(self.source) if n_lost(self.source) else self.source.get_absolute_url()

    def get_context_data(self, **kwargs):
        source = self.source
        trail = [*evaluation_trail(source.evaluation), (str(source), source.get_absolute_url())]
        trail.append((_("Perlu dilihat lagi"), review_url(source)))
        return super().get_context_data(
            record=self.record,
            source=source,
            texts=texts_of(source),
            trail=trail,
            back_url=review_url(source),
            **kwargs,
        )


class ExcerptPlaceView(PlaceView):
    model = Excerpt
    permission = "evaluations.change_excerpt"
    saved_message = gettext_lazy("Bagian bertanda diletakkan kembali.")

    def get_queryset(self):
        rows = super().get_queryset().filter(is_lost=True, open_answer=None)
        return rows.select_related("evaluation", "coder").prefetch_related("themes")

    @property
    def source(self):
        return self.record.text_source

    def perform(self, form):
        return place_again(excerpt=self.record, quote=form.cleaned_data["quote"])

    def get_context_data(self, **kwargs):
        n_citing = self.record.evidence.count() + self.record.caseevidence.count()
        return super().get_context_data(n_citing=n_citing, **kwargs)


class QuotePlaceView(PlaceView):
    """The same for evidence that quotes an interview by its words alone."""

    model = Evidence
    permission = "evaluations.change_finding"
    saved_message = gettext_lazy("Kutipan diganti.")

    def get_queryset(self):
        rows = super().get_queryset().filter(interview__isnull=False, excerpt=None)
        return rows.select_related("interview__evaluation", "finding")

    @property
    def source(self):
        return self.record.interview

    def perform(self, form):
        return requote_evidence(evidence=self.record, quote=form.cleaned_data["quote"])


class LostExcerptDeleteView(ScopedDeleteView):
    """A passage that was lost is given up with its themes, unless a finding or a case study cites it."""

    model = Excerpt
    permission = "evaluations.delete_excerpt"

    def get_queryset(self):
        return super().get_queryset().filter(is_lost=True, open_answer=None)

    def find_holders(self):
        """Evidence is known to people by what it holds up."""
        holders = super().find_holders()
        findings = self.rows(Finding).filter(evidence__excerpt=self.object).distinct()
        cases = self.rows(CaseStudy).filter(sources__excerpt=self.object).distinct()
        return [*findings, *cases] if holders else []

    def get_success_url(self):
        return review_url(self.object.text_source)

    def get_context_data(self, **kwargs):
        source = self.object.text_source
        trail = [*evaluation_trail(self.object.evaluation), (str(source), source.get_absolute_url())]
        return super().get_context_data(trail=trail, back_url=review_url(source), **kwargs)
