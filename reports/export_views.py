"""Answers as files, for those who collected them; every download stands in the journal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from asn_eval.exports import XLSX
from asn_eval.history.entries import record_access
from asn_eval.views import AccessMixin
from evaluations.models import Evaluation, Survey
from evaluations.questionnaire import today_of
from evaluations.views.evidence import evaluation_trail
from evaluations.views.surveys import survey_trail
from reports.exporting.dataset import Dataset, folded_dataset, spread_dataset
from reports.exporting.files import write_csv_archive, write_excel, write_spss
from reports.exporting.records import Ready, get_ready
from reports.exporting.words import explanation, refusal_in_words

LONGEST_NAME = 60  # letters of a title in the name of a file
MANY = 10_000  # answers from which a workbook takes longer than a page may


@dataclass(frozen=True)
class Form:
    """One format in which answers leave."""

    name: str
    about: str
    extension: str
    content_type: str
    shape: Callable[..., Dataset]
    write: Callable[..., bytes]


FORMS = {
    "excel": Form(
        gettext_lazy("Excel (.xlsx)"),
        gettext_lazy("Jawaban, buku kode, dan keterangan dalam satu buku kerja."),
        "xlsx",
        XLSX,
        folded_dataset,
        write_excel,
    ),
    "csv": Form(
        gettext_lazy("CSV (.zip)"),
        gettext_lazy("Berkas teks untuk program lain, dengan buku kode dan keterangan di sampingnya."),
        "zip",
        "application/zip",
        folded_dataset,
        write_csv_archive,
    ),
    "spss": Form(
        gettext_lazy("SPSS (.sav)"),
        gettext_lazy(
            "Angka dengan nama variabel, label, dan kode tidak berlaku; dapat dibuka juga dengan R dan PSPP."
        ),
        "sav",
        "application/x-spss-sav",
        spread_dataset,
        write_spss,
    ),
}


def form_in(key: str) -> Form:
    try:
        return FORMS[key]
    except KeyError:
        raise Http404 from None


def as_file(form: Form, title: str, ready: Iterable[Ready], name: str, today, *, is_joined=False) -> HttpResponse:
    content = form.write(form.shape(title, tuple(ready)), today=today, is_joined=is_joined)
    file_name = f"{slugify(name)[:LONGEST_NAME].strip('-')}.{form.extension}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=form.content_type, headers=headers)


class OneSurveyMixin(AccessMixin):
    abstract = True
    permission = "evaluations.export_response"

    @cached_property
    def survey(self) -> Survey:
        surveys = self.rows(Survey).select_related("version__instrument", "evaluation__program__organizer")
        return get_object_or_404(surveys, pk=self.kwargs["pk"])


class SurveyExportView(OneSurveyMixin, generic.TemplateView):
    template_name = "reports/survey_export.html"

    def get_context_data(self, **kwargs):
        survey = self.survey
        ready = get_ready(survey)
        return super().get_context_data(
            survey=survey,
            ready=ready,
            refused=refusal_in_words(ready),
            told=explanation([ready]),
            is_long=ready.n > MANY,
            forms=FORMS,
            n_joined=len(joined_with(survey)),
            trail=survey_trail(survey),
            **kwargs,
        )


class SurveyExportFileView(OneSurveyMixin, generic.View):
    def get(self, request, pk, form):
        form, survey = form_in(form), self.survey
        ready = get_ready(survey)
        if ready.refusal:
            messages.error(request, refusal_in_words(ready))
            return redirect("survey_export", survey.pk)
        response = as_file(
            form, str(survey), [ready], f"jawaban-{survey}-{survey.pk}", today_of(survey.evaluation)
        )
        record_access(survey, _("jawaban survei, %(form)s") % {"form": form.name})
        return response


@dataclass(frozen=True)
class Joined:
    """Waves of one instrument and group that one file may hold side by side."""

    surveys: tuple[Ready, ...]
    refused: tuple[str, ...]

    @property
    def first(self) -> Survey:
        return self.surveys[0].survey

    @property
    def title(self) -> str:
        first = self.first
        name = f"{first.version.instrument}, {first.get_group_display()}"
        recalled = _("retrospektif")
        return f"{name} ({recalled})" if first.is_retrospective else name

    @property
    def told(self) -> list[str]:
        return explanation(self.surveys, is_joined=True)


def kind_of(survey: Survey) -> tuple:
    """What the waves that may stand in one file have in common: what was promised is part of it."""
    return survey.version.instrument_id, survey.group, survey.mode, survey.is_retrospective


def joined_with(survey: Survey) -> list[Survey]:
    """The waves that `survey` may be joined with, itself included, in the order of time; none of the public."""
    if survey.is_public:
        return []
    surveys = survey.evaluation.surveys.select_related("version__instrument").order_by("opens_on", "pk")
    return [each for each in surveys if kind_of(each) == kind_of(survey)]


def joined(surveys: Iterable[Survey], evaluation: Evaluation) -> Joined | None:
    """The waves that may leave together; None where there are fewer than two of them."""
    ready = []
    for survey in surveys:
        survey.evaluation = evaluation
        ready.append(get_ready(survey))
    may_leave = tuple(each for each in ready if not each.refusal)
    if len(may_leave) < 2:
        return None
    refused = tuple(f"{each.survey.wave_shown}: {refusal_in_words(each)}" for each in ready if each.refusal)
    return Joined(may_leave, refused)


class OneEvaluationMixin(AccessMixin):
    abstract = True
    permission = "evaluations.export_response"

    @cached_property
    def evaluation(self) -> Evaluation:
        evaluations = self.rows(Evaluation).select_related("program__organizer")
        return get_object_or_404(evaluations, pk=self.kwargs["pk"])

    def kinds(self) -> list[list[Survey]]:
        surveys = self.evaluation.surveys.select_related("version__instrument").order_by("opens_on", "pk")
        kinds: dict[tuple, list[Survey]] = {}
        for survey in surveys:
            if not survey.is_public:
                kinds.setdefault(kind_of(survey), []).append(survey)
        return [waves for waves in kinds.values() if len(waves) > 1]


class EvaluationExportView(OneEvaluationMixin, generic.TemplateView):
    """The waves of each instrument joined by person."""

    template_name = "reports/evaluation_export.html"

    def get_context_data(self, **kwargs):
        found = [joined(waves, self.evaluation) for waves in self.kinds()]
        return super().get_context_data(
            evaluation=self.evaluation,
            joined=[each for each in found if each],
            n_missing=sum(each is None for each in found),
            forms=FORMS,
            trail=evaluation_trail(self.evaluation),
            **kwargs,
        )


class EvaluationExportFileView(OneEvaluationMixin, generic.View):
    def get(self, request, pk, survey_pk, form):
        form = form_in(form)
        waves = next((each for each in self.kinds() if survey_pk in {survey.pk for survey in each}), None)
        if waves is None:
            raise Http404
        found = joined(waves, self.evaluation)
        if found is None:
            messages.error(request, _("Belum ada dua gelombang yang dapat diunduh bersama."))
            return redirect("evaluation_export", self.evaluation.pk)
        name = f"gelombang-{found.title}-{self.evaluation.pk}"
        response = as_file(form, found.title, found.surveys, name, today_of(self.evaluation), is_joined=True)
        record_access(
            self.evaluation, _("jawaban semua gelombang, %(what)s") % {"what": f"{found.title}, {form.name}"}
        )
        return response
