"""Observations, documents, indicators and case studies: what was seen, read and measured."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from asn_eval.views import (
    ScopedCreateView,
    ScopedDeleteView,
    ScopedDetailView,
    ScopedUpdateView,
)
from evaluations.evidence_forms import CaseStudyForm, DocumentReviewForm, ObservationForm
from evaluations.models import CaseStudy, DocumentReview, Evaluation, Evidence, Finding, Observation


@dataclass(frozen=True)
class Step:
    """One link of the chain source -> finding -> recommendation, as a page shows it."""

    name: str
    text: str
    is_here: bool = False


def chain_of(*, evidence: int, findings: int, recommendations: int, here: str) -> list[Step]:
    """The chain around a page; ``here`` is "source", "finding" or "recommendation"."""
    counted = {
        "source": (_("Bukti"), ngettext("%(n)s bukti", "%(n)s bukti", evidence), evidence),
        "finding": (_("Temuan"), ngettext("%(n)s temuan", "%(n)s temuan", findings), findings),
        "recommendation": (
            _("Rekomendasi"),
            ngettext("%(n)s rekomendasi", "%(n)s rekomendasi", recommendations),
            recommendations,
        ),
    }
    return [
        Step(name, _("halaman ini") if key == here else (text % {"n": n} if n else _("belum ada")), key == here)
        for key, (name, text, n) in counted.items()
    ]


def evaluation_trail(evaluation: Evaluation) -> list[tuple[str, str]]:
    """The way from the list of evaluations to ``evaluation``, for the breadcrumbs."""
    return [
        (_("Evaluasi"), reverse("evaluation_list")),
        (evaluation.title, evaluation.get_absolute_url()),
    ]


class OfEvaluationMixin:
    """A page of a record that belongs to one evaluation; shows the way there."""

    def get_queryset(self):
        return super().get_queryset().select_related("evaluation")

    def get_evaluation(self) -> Evaluation:
        return self.object.evaluation if self.object else self.parent

    def get_trail(self) -> list[tuple[str, str]]:
        trail = evaluation_trail(self.get_evaluation())
        if self.object and not isinstance(self, ScopedDetailView):
            trail.append((str(self.object), self.object.get_absolute_url()))
        return trail

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=self.get_trail(), **kwargs)


class RecordCreateView(OfEvaluationMixin, ScopedCreateView):
    abstract = True
    parent_model = Evaluation


class RecordUpdateView(OfEvaluationMixin, ScopedUpdateView):
    abstract = True


class RecordDeleteView(OfEvaluationMixin, ScopedDeleteView):
    abstract = True
    section = ""  # anchor of this record's section on the page of the evaluation

    def get_success_url(self):
        return f"{self.get_evaluation().get_absolute_url()}#{self.section}"

    def find_holders(self):
        return named_by_finding(super().find_holders(), self.rows(Finding))


def named_by_finding(holders, findings) -> list:
    """``holders`` with each piece of evidence replaced by its finding: so people know it."""
    evidence = [row.pk for row in holders if isinstance(row, Evidence)]
    held = findings.filter(evidence__in=evidence).distinct() if evidence else ()
    return [*held, *(row for row in holders if not isinstance(row, Evidence))]


def findings_on(rows, **source):
    """The findings among ``rows`` that rest on one source, with what answers them."""
    evidence = Evidence.objects.filter(**source)
    return list(rows.filter(pk__in=evidence.values("finding")).prefetch_related("recommendations"))


class SourceDetailView(OfEvaluationMixin, ScopedDetailView):
    """A source in full, and what rests on it."""

    abstract = True
    template_name = "evaluations/source_detail.html"
    source_field = ""  # the field of Evidence that leads here; empty for what nothing rests on
    fact_names: tuple[str, ...] = ()
    text_names: tuple[str, ...] = ()
    url_names: tuple[str, str] = ("", "")  # update, delete

    def named_values(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """(label, value in words) of the fields that hold something."""
        values = [
            (capfirst(self.model._meta.get_field(name).verbose_name), getattr(self.object, name)) for name in names
        ]
        return [(label, formats.localize(value)) for label, value in values if value]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {
            "kind_name": capfirst(self.model._meta.verbose_name),
            "facts": self.named_values(self.fact_names),
            "texts": self.named_values(self.text_names),
            "update_url": reverse(self.url_names[0], args=[self.object.pk]),
            "delete_url": reverse(self.url_names[1], args=[self.object.pk]),
            "may_change": self.request.user.has_perm(f"evaluations.change_{self.model._meta.model_name}"),
        }
        return context | (self.chain_context() if self.source_field else {})

    def chain_context(self) -> dict:
        findings = findings_on(self.rows(Finding), **{self.source_field: self.object})
        answers = {answer.pk for finding in findings for answer in finding.recommendations.all()}
        create = reverse("finding_create", args=[self.object.evaluation_id])
        return {
            "findings": findings,
            "chain": chain_of(evidence=1, findings=len(findings), recommendations=len(answers), here="source"),
            "finding_create_url": f"{create}?sumber={self.source_field}-{self.object.pk}",
        }


class ObservationDetailView(SourceDetailView):
    model = Observation
    permission = "evaluations.view_observation"
    source_field = "observation"
    fact_names = ("unit", "date", "observer")
    text_names = ("before", "after")
    url_names = ("observation_update", "observation_delete")


class ObservationCreateView(RecordCreateView):
    model = Observation
    form_class = ObservationForm
    permission = "evaluations.add_observation"
    heading = gettext_lazy("Catat observasi")
    saved_message = gettext_lazy("Observasi disimpan.")


class ObservationUpdateView(RecordUpdateView):
    model = Observation
    form_class = ObservationForm
    permission = "evaluations.change_observation"
    heading = gettext_lazy("Ubah observasi")
    saved_message = gettext_lazy("Observasi disimpan.")


class ObservationDeleteView(RecordDeleteView):
    model = Observation
    permission = "evaluations.delete_observation"
    section = "observasi"


class DocumentDetailView(SourceDetailView):
    model = DocumentReview
    permission = "evaluations.view_documentreview"
    source_field = "document"
    fact_names = ("kind", "number", "date")
    text_names = ("shows",)
    url_names = ("document_update", "document_delete")


class DocumentCreateView(RecordCreateView):
    model = DocumentReview
    form_class = DocumentReviewForm
    permission = "evaluations.add_documentreview"
    heading = gettext_lazy("Catat telaah dokumen")
    saved_message = gettext_lazy("Telaah dokumen disimpan.")


class DocumentUpdateView(RecordUpdateView):
    model = DocumentReview
    form_class = DocumentReviewForm
    permission = "evaluations.change_documentreview"
    heading = gettext_lazy("Ubah telaah dokumen")
    saved_message = gettext_lazy("Telaah dokumen disimpan.")


class DocumentDeleteView(RecordDeleteView):
    model = DocumentReview
    permission = "evaluations.delete_documentreview"
    section = "dokumen"


class CaseStudyDetailView(SourceDetailView):
    model = CaseStudy
    permission = "evaluations.view_casestudy"
    fact_names = ("unit", "source")
    text_names = ("before", "applied", "after", "public_effect")
    url_names = ("casestudy_update", "casestudy_delete")


class CaseStudyCreateView(RecordCreateView):
    model = CaseStudy
    form_class = CaseStudyForm
    permission = "evaluations.add_casestudy"
    heading = gettext_lazy("Catat studi kasus")
    saved_message = gettext_lazy("Studi kasus disimpan.")


class CaseStudyUpdateView(RecordUpdateView):
    model = CaseStudy
    form_class = CaseStudyForm
    permission = "evaluations.change_casestudy"
    heading = gettext_lazy("Ubah studi kasus")
    saved_message = gettext_lazy("Studi kasus disimpan.")


class CaseStudyDeleteView(RecordDeleteView):
    model = CaseStudy
    permission = "evaluations.delete_casestudy"
    section = "studi-kasus"
