"""Answers in a file: uploaded, shown with every problem, saved after consent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import generic

from asn_eval.history.entries import record_access
from asn_eval.tables import TableError
from asn_eval.views import AccessMixin, key_in
from evaluations.actions.imports import (
    MAX_BYTES,
    ImportRefused,
    import_answers,
    plan_import,
    read_answer_file,
)
from evaluations.actions.responses import keep_draft
from evaluations.answer_sheet import AnswerSheet
from evaluations.forms.answers import UploadForm
from evaluations.models import ResponseDraft, Survey
from evaluations.questionnaire import today_at
from evaluations.response_template import column_guide, write_template
from evaluations.views.surveys import survey_trail

PROBLEMS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _head_of(survey: Survey) -> tuple[str, str]:
    """(heading, explanation) of the column that says who answered."""
    if survey.is_public:
        return "Responden", _(
            "Nomor lembar; boleh tidak ada. Dengan nomor, berkas yang diperbaiki dapat diunggah lagi."
        )
    if survey.is_of_participants and not survey.is_anonymous:
        return "Kode Peserta, NIP", _("Salah satu; menunjuk peserta program.")
    return "Kode Responden", _("Kode yang tercetak pada lembar dan kartu tautan responden.")


class OneSurveyMixin(AccessMixin):
    abstract = True
    permission = "evaluations.add_response"

    @cached_property
    def survey(self) -> Survey:
        surveys = self.rows(Survey).select_related("version__instrument", "evaluation__program__organizer")
        return get_object_or_404(surveys, pk=self.kwargs["pk"])


class ResponseImportView(OneSurveyMixin, generic.FormView):
    form_class = UploadForm
    template_name = "evaluations/response_import.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    def get(self, request, *args, **kwargs):
        draft = self._draft(request.GET.get("berkas"))
        if draft is None:
            return super().get(request, *args, **kwargs)
        plan = plan_import(
            survey=self.survey,
            sheet=AnswerSheet.unpacked(draft.sheet),
            today=today_at(self.survey),
            wave=self.survey.wave,
        )
        return self._preview(draft, plan)

    def post(self, request, *args, **kwargs):
        if "draft" not in request.POST:
            return super().post(request, *args, **kwargs)
        draft = self._draft(request.POST["draft"])
        if draft is None:
            messages.error(request, _("Berkas ini sudah disimpan atau sudah dihapus. Unggah lagi bila perlu."))
            return redirect("response_import", self.survey.pk)
        return self._save(draft)

    def form_valid(self, form):
        upload = form.cleaned_data["file"]
        try:
            sheet = read_answer_file(survey=self.survey, content=upload.read(MAX_BYTES + 1), file_name=upload.name)
        except TableError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        draft = keep_draft(
            survey=self.survey,
            user=self.request.user,
            file_name=upload.name,
            sheet=sheet,
            now=timezone.now(),
        )
        return redirect(f"{reverse('response_import', args=[self.survey.pk])}?berkas={draft.pk}")

    def _draft(self, key: str | None) -> ResponseDraft | None:
        return self.survey.drafts.filter(created_by=self.request.user, pk=key_in(key)).first()

    def _save(self, draft: ResponseDraft):
        try:
            plan = import_answers(
                survey=self.survey,
                sheet=AnswerSheet.unpacked(draft.sheet),
                today=today_at(self.survey),
                wave=self.survey.wave,
                valid_only="valid_only" in self.request.POST,
                entered_by=self.request.user,
            )
        except ImportRefused as refused:
            messages.error(
                self.request,
                _("Belum ada yang disimpan. Perbaiki berkasnya, atau pilih menyimpan hanya baris yang benar."),
            )
            return self._preview(draft, refused.plan)
        draft.delete()
        messages.success(
            self.request,
            _("%(new)s jawaban disimpan, %(same)s sudah ada sebelumnya, %(problems)s masalah dilewati.")
            % {"new": len(plan.planned), "same": plan.same, "problems": len(plan.problems)},
        )
        return redirect(self.survey)

    def _preview(self, draft: ResponseDraft, plan):
        return self.render_to_response(self.get_context_data(draft=draft, plan=plan))

    def get_context_data(self, plan=None, **kwargs):
        shown = list(plan.problems[:PROBLEMS_SHOWN]) if plan else []
        return super().get_context_data(
            survey=self.survey,
            plan=plan,
            problems=shown,
            n_hidden=len(plan.problems) - len(shown) if plan else 0,
            n_rows_wrong=len({problem.row for problem in plan.problems if problem.row}) if plan else 0,
            head=_head_of(self.survey),
            columns=column_guide(self.survey, list(self.survey.version.items.all())),
            trail=survey_trail(self.survey),
            **kwargs,
        )


class ResponseTemplateView(OneSurveyMixin, generic.View):
    """An empty table for the answers, with the participants in it."""

    def get(self, request, pk):
        survey = self.survey
        if not survey.is_anonymous:
            what = _("nama peserta") if survey.is_of_participants else _("nama responden")
            record_access(survey, _("tabel jawaban berisi %(what)s") % {"what": what})
        response = HttpResponse(write_template(self.survey), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="jawaban-survei-{self.survey.pk}.xlsx"'
        return response
