"""Surveys: planned, opened, handed out, followed, closed."""

from dataclasses import dataclass
from datetime import date

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import generic

from asn_eval.views import (
    SAME_MOMENT,
    AccessMixin,
    ScopedDeleteView,
    ScopedDetailView,
    ScopedFormMixin,
    ScopedListView,
    ScopedUpdateView,
    key_in,
)
from evaluations.actions.mailing import queue_mails
from evaluations.actions.surveys import change_survey_state, invite, plan_waves, renew_consents, uninvited
from evaluations.chain import chain_around
from evaluations.forms.surveys import PlanForm, SurveyForm, group_of, proposed_dates
from evaluations.models import Evaluation, Finding, Invitation, Survey
from evaluations.open_texts import open_items
from evaluations.promises import consent_text
from evaluations.questionnaire import today_at
from evaluations.response_monitor import silent_ones
from evaluations.survey_counts import with_counts
from evaluations.views.evaluations import LockedUpdateMixin
from evaluations.views.evidence import evaluation_trail, named_by_finding
from evaluations.workspace import answered, standing

NAMES_SHOWN = 50
LINKS_PER_PAGE = 120  # a QR code takes some milliseconds


def survey_trail(survey: Survey) -> list[tuple[str, str]]:
    """The way from the list of evaluations to `survey`, for the breadcrumbs."""
    return [*evaluation_trail(survey.evaluation), (str(survey), survey.get_absolute_url())]


class SurveyCreateView(ScopedFormMixin, generic.FormView):
    """Plans one instrument for both waves in one go."""

    object = None
    form_class = PlanForm
    parent_model = Evaluation
    permission = "evaluations.add_survey"
    template_name = "evaluations/survey_plan.html"
    heading = gettext_lazy("Rencanakan survei")

    def get_initial(self):
        return proposed_dates(self.parent)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    def form_valid(self, form):
        cleaned = form.cleaned_data
        try:
            plan_waves(
                evaluation=self.parent,
                version=cleaned["version"],
                group=group_of(cleaned["mode"]),
                mode=cleaned["mode"],
                waves=form.wave_plans(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IntegrityError:
            form.add_error(None, SAME_MOMENT)
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("Survei direncanakan. Buka survei bila responden boleh mulai menjawab."))
        return redirect(self.parent)

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=evaluation_trail(self.parent), **kwargs)


class OfSurveyMixin:
    """Everything on a survey's page needs its instrument and its program."""

    model = Survey

    def get_queryset(self):
        surveys = super().get_queryset().select_related("version__instrument", "evaluation__program__organizer")
        return with_counts(surveys)


class SurveyDetailView(OfSurveyMixin, ScopedDetailView):
    permission = "evaluations.view_survey"
    template_name = "evaluations/survey_detail.html"

    def get_context_data(self, **kwargs):
        survey, today = self.object, today_at(self.object)
        return super().get_context_data(
            trail=evaluation_trail(survey.evaluation),
            chain=chain_around(survey, self.request.user),
            standing=standing(survey, today),
            answered=answered(survey),
            is_future=survey.state == Survey.State.OPEN and today < survey.opens_on,
            is_past=survey.state == Survey.State.OPEN and today > self._last_day(),
            share=survey.n_answered / survey.n_invited if survey.n_invited else None,
            public_url=self._public_url(),
            n_uninvited=self._uninvited(),
            open_item=next(iter(open_items(survey)), None),
            **self._silent(),
            **kwargs,
        )

    def _last_day(self) -> date:
        """The day until which somebody may still answer."""
        survey = self.object
        own = None if survey.is_public else survey.invitations.aggregate(last=Max("closes_on"))["last"]
        return max(own, survey.closes_on) if own else survey.closes_on

    def _public_url(self) -> str:
        if not (self.object.is_public and self.request.user.has_perm("evaluations.view_invitation")):
            return ""
        return self.request.build_absolute_uri(reverse("answer_public", args=[self.object.public_token]))

    def _uninvited(self) -> int:
        """Participants who joined the program after the survey was opened."""
        survey = self.object
        if survey.is_public or survey.state != Survey.State.OPEN:
            return 0
        return uninvited(survey).count()

    def _silent(self) -> dict:
        """Who has not answered, for those alone who hand out the links."""
        survey = self.object
        if survey.is_public or not self.request.user.has_perm("evaluations.view_invitation"):
            return {"silent": []}
        silent = silent_ones(survey).select_related("enrollment__person__agency", "respondent__enrollment__person")
        silent = silent.order_by("enrollment__person__name", "respondent__name", "pk")
        names = list(silent[: NAMES_SHOWN + 1])
        n_silent = survey.n_invited - survey.n_done
        return {"silent": names[:NAMES_SHOWN], "n_more": max(n_silent - NAMES_SHOWN, 0)}


class SurveyUpdateView(LockedUpdateMixin, OfSurveyMixin, ScopedUpdateView):
    form_class = SurveyForm
    permission = "evaluations.change_survey"
    heading = gettext_lazy("Ubah survei")
    saved_message = gettext_lazy("Survei disimpan.")

    def form_valid(self, form):
        response = super().form_valid(form)
        if not form.errors:
            renew_consents(evaluation=self.object.evaluation)
            queue_mails(survey=self.object, now=timezone.now())
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=survey_trail(self.object), **kwargs)


class SurveyDeleteView(OfSurveyMixin, ScopedDeleteView):
    """A survey that somebody has answered stays."""

    permission = "evaluations.delete_survey"

    def get_success_url(self):
        return self.object.evaluation.get_absolute_url()

    def find_holders(self):
        return named_by_finding(super().find_holders(), self.rows(Finding))

    def get_context_data(self, **kwargs):
        if self.object.n_answered:
            answers = _("%(count)s jawaban yang sudah diterima") % {"count": self.object.n_answered}
            kwargs["held_by"] = [answers]
        return super().get_context_data(trail=survey_trail(self.object), **kwargs)


class SurveyActionView(AccessMixin, generic.View):
    """A button on a survey's page; what it says is shown on that page."""

    abstract = True
    http_method_names = ["post"]
    permission = "evaluations.run_survey"

    def post(self, request, pk):
        survey = get_object_or_404(self.rows(Survey).select_related("evaluation__program"), pk=pk)
        try:
            messages.success(request, self.act(survey))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(survey)


class SurveyStateView(SurveyActionView):
    def act(self, survey: Survey) -> str:
        state = self.request.POST.get("state", "")
        seals = state == Survey.State.CLOSED and survey.is_anonymous and not survey.is_public
        if seals and self.request.POST.get("paham") != "ya":
            raise ValidationError(
                _("Menutup survei anonim menyegelnya untuk selamanya. Nyatakan bahwa Anda yakin.")
            )
        survey = change_survey_state(survey=survey, state=state)
        if survey.state == Survey.State.CLOSED:
            if survey.is_sealed:
                return _("Survei ditutup dan jawaban anonimnya disegel. Survei ini tidak dapat dibuka kembali.")
            return _("Survei ditutup. Jawaban baru tidak diterima lagi.")
        if survey.state == Survey.State.DRAFT:
            return _("Survei kembali menjadi rencana. Tautan yang sudah dibagikan berlaku lagi setelah dibuka.")
        if survey.is_public:
            return _("Survei dibuka. Bagikan tautan umumnya kepada masyarakat.")
        if today_at(survey) > survey.closes_on:
            return _(
                "Survei dibuka, tetapi masa menjawabnya sudah lewat. Ubah tanggal tutupnya agar dapat dijawab."
            )
        return _("Survei dibuka. %(count)s orang sudah mempunyai tautan sendiri.") % {
            "count": survey.invitations.count()
        }


class SurveyInviteView(SurveyActionView):
    def act(self, survey: Survey) -> str:
        added = invite(survey=survey)
        queue_mails(survey=survey, now=timezone.now())
        if not added:
            return _("Semua orang sudah mempunyai tautan.")
        return _("%(count)s orang baru mendapat tautan.") % {"count": added}


@dataclass(frozen=True)
class Card:
    """One link to cut out and hand over."""

    invitation: Invitation
    url: str
    qr: str


def qr_image(url: str) -> str:
    """A QR code of `url` as an SVG image that a page may hold without loading anything."""
    code = segno.make(url, error="m", micro=False)
    return code.svg_data_uri(border=2, omitsize=True, svgclass=None, lineclass=None)


class SurveyLinksView(ScopedListView):
    """The personal links of a survey, or its one public link, on cards for printing."""

    model = Invitation
    permission = "evaluations.view_invitation"
    template_name = "evaluations/survey_links.html"
    paginate_by = LINKS_PER_PAGE

    def get_queryset(self):
        surveys = self.rows(Survey).select_related("version__instrument", "evaluation__program")
        self.survey = get_object_or_404(surveys, pk=self.kwargs["pk"])
        invitations = self.survey.invitations.select_related(
            "enrollment__person__agency", "respondent__enrollment__person"
        ).order_by("enrollment__person__name", "respondent__name", "pk")
        return invitations.filter(is_answered=False) if self.request.GET.get("belum") else invitations

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        absolute = self.request.build_absolute_uri
        cards = []
        for invitation in context["object_list"]:
            url = absolute(reverse("answer_personal", args=[invitation.token]))
            cards.append(Card(invitation, url, qr_image(url)))
        if self.survey.is_public:
            public_url = absolute(reverse("answer_public", args=[self.survey.public_token]))
            context |= {"public_url": public_url, "public_qr": qr_image(public_url)}
        return context | {
            "survey": self.survey,
            "code_url": absolute(reverse("answer_code")),
            "cards": cards,
            "only_silent": bool(self.request.GET.get("belum")),
            "trail": survey_trail(self.survey),
        }


class SurveyPosterView(AccessMixin, generic.View):
    """The public link as an A4 sheet for the wall."""

    permission = "evaluations.view_invitation"

    def get(self, request, pk):
        surveys = self.rows(Survey).select_related("version__instrument", "evaluation__program__organizer")
        survey = get_object_or_404(surveys, pk=pk)
        if not survey.is_public:
            # Without a public link there is nothing to put on a wall; the cards are for hands.
            return redirect("survey_links", survey.pk)
        from evaluations.poster import render_poster  # WeasyPrint is slow to load

        url = request.build_absolute_uri(reverse("answer_public", args=[survey.public_token]))
        response = HttpResponse(render_poster(survey, url), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="poster-survei-{survey.pk}.pdf"'
        return response


class SurveyPaperView(AccessMixin, generic.View):
    """The questions as a form to print, with what is promised above them; for one person with their code on it."""

    permission = "evaluations.view_invitation"

    def get(self, request, pk):
        surveys = self.rows(Survey).select_related(
            "version__instrument", "evaluation__program__organizer", "consent"
        )
        survey = get_object_or_404(surveys, pk=pk)
        wanted = key_in(request.GET.get("undangan"))
        code = get_object_or_404(survey.invitations, pk=wanted).code if wanted is not None else ""
        from evaluations.paper.form import paper_form  # WeasyPrint is slow to load

        lines = survey.consent.lines if survey.consent else consent_text(survey).split("\n")
        content = paper_form(
            survey.version,
            office=survey.evaluation.program.organizer,
            title=survey.version.instrument.name,
            lines=lines,
            code=code,
            language=get_language(),
            is_retrospective=survey.is_retrospective,
        )
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="formulir-survei-{survey.pk}.pdf"'
        return response
