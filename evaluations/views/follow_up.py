"""Tindak lanjut: the answer of the management, progress, proof, and the register of all recommendations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from asn_eval.accounts.models import Office
from asn_eval.exports import write_workbook, xlsx_response
from asn_eval.listing import LongListMixin, SortMixin
from asn_eval.views import AccessMixin, ScopedListView
from evaluations.actions.follow_up import add_proof, answer_recommendation, record_progress, remove_proof
from evaluations.evidence_summary import state_of
from evaluations.follow_up_rows import (
    BY_OFFICE,
    BY_REGION,
    counts_of,
    grouped,
    in_register,
    office_names,
    with_words,
    years_of,
)
from evaluations.forms.follow_up import FollowUpFilterForm
from evaluations.models import Proof, Recommendation
from evaluations.questionnaire import today_of
from evaluations.recommendation_forms import AnswerForm, ProgressForm, ProofForm
from evaluations.views.evidence import RecordDeleteView, evaluation_trail
from evaluations.views.findings import ActionFormMixin
from programs.material_files import content_type_of


def recommendation_trail(recommendation: Recommendation) -> list[tuple[str, str]]:
    return [
        *evaluation_trail(recommendation.evaluation),
        (str(recommendation), recommendation.get_absolute_url()),
    ]


class OfRecommendationView(ActionFormMixin, AccessMixin, FormView):
    """A form about one recommendation, which it returns to."""

    abstract = True
    template_name = "evaluations/follow_up_form.html"
    heading = ""
    anchor = ""

    @cached_property
    def recommendation(self) -> Recommendation:
        rows = self.rows(Recommendation).select_related("evaluation__program__organizer")
        return get_object_or_404(rows, pk=self.kwargs["parent_pk"])

    @property
    def today(self):
        """By the clock of the office that runs the program."""
        return today_of(self.recommendation.evaluation)

    def get_success_url(self):
        return f"{self.recommendation.get_absolute_url()}#{self.anchor}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading,
            recommendation=self.recommendation,
            trail=recommendation_trail(self.recommendation),
            back_url=self.recommendation.get_absolute_url(),
            **kwargs,
        )


class RecommendationAnswerView(OfRecommendationView):
    permission = "evaluations.answer_recommendation"
    form_class = AnswerForm
    heading = gettext_lazy("Tanggapi rekomendasi")
    saved_message = gettext_lazy("Tanggapan disimpan.")
    anchor = "tanggapan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"recommendation": self.recommendation}

    def perform(self, form):
        return answer_recommendation(
            recommendation=self.recommendation,
            answer=form.cleaned_data["answer"],
            reason=form.cleaned_data["reason"],
            answered_by=self.request.user,
            today=self.today,
        )


class ProgressCreateView(OfRecommendationView):
    permission = "evaluations.follow_recommendation"
    form_class = ProgressForm
    heading = gettext_lazy("Catat kemajuan")
    saved_message = gettext_lazy("Kemajuan disimpan.")
    anchor = "kemajuan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"recommendation": self.recommendation}

    def perform(self, form):
        cleaned = form.cleaned_data
        return record_progress(
            recommendation=self.recommendation,
            text=cleaned["text"],
            state=cleaned["state"],
            done_on=cleaned["date"],
            upload=cleaned["file"],
            why_no_proof=cleaned.get("why_no_proof", ""),
            author=self.request.user,
            today=self.today,
        )


class ProofCreateView(OfRecommendationView):
    permission = "evaluations.follow_recommendation"
    form_class = ProofForm
    heading = gettext_lazy("Unggah bukti penyelesaian")
    saved_message = gettext_lazy("Bukti disimpan.")
    anchor = "bukti-penyelesaian"

    def perform(self, form):
        upload, title = form.cleaned_data["file"], form.cleaned_data["title"].strip()
        return add_proof(
            recommendation=self.recommendation,
            upload=upload.titled(title) if title else upload,
            author=self.request.user,
        )


class ProofDownloadView(AccessMixin, View):
    """The file as it was uploaded, to be saved and never to be shown by the browser."""

    permission = "evaluations.view_recommendation"

    def get(self, request, pk):
        proof = get_object_or_404(self.rows(Proof), pk=pk)
        try:
            content = proof.file.open("rb")
        except OSError as error:
            raise Http404(_("Berkas ini tidak ada lagi di penyimpanan. Unggah sekali lagi.")) from error
        response = FileResponse(
            content, as_attachment=True, filename=proof.file_name, content_type=content_type_of(proof.file_name)
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


class ProofDeleteView(RecordDeleteView):
    model = Proof
    permission = "evaluations.follow_recommendation"

    def get_queryset(self):
        return self.rows(Proof).select_related("recommendation__evaluation")

    def get_trail(self):
        return recommendation_trail(self.object.recommendation)

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#bukti-penyelesaian"

    def form_valid(self, form):
        try:
            remove_proof(proof=self.object)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, _("Bukti dihapus."))
        return HttpResponseRedirect(self.get_success_url())


class RegisterMixin(SortMixin, AccessMixin):
    """The recommendations that the list shows are those that the workbook and the document hold."""

    abstract = True
    model = Recommendation
    permission = "evaluations.view_recommendation"
    orderings = {
        "urusan": ("has_ended", "due_date"),  # what is still to be done comes first
        "rekomendasi": ("statement",),
        "prioritas": ("priority", "due_date"),
        "tenggat": ("due_date", "priority"),
        "wilayah": ("evaluation__program__region__search_name", "due_date"),
        "status": ("state", "due_date"),
    }
    default_ordering = "urusan"

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def offices(self) -> list[Office]:
        answering = in_register(self.rows(Recommendation)).order_by().values("office")
        return list(Office.objects.filter(pk__in=answering).order_by("name"))

    @cached_property
    def filter_form(self) -> FollowUpFilterForm:
        years = years_of(self.rows(Recommendation))
        return FollowUpFilterForm(self.request.GET, offices=self.offices, years=years)

    @cached_property
    def narrowed(self):
        return self.filter_form.narrow(self.rows(Recommendation))

    def get_queryset(self):
        return self.in_order(self.narrowed)


class FollowUpListView(RegisterMixin, LongListMixin, ScopedListView):
    template_name = "evaluations/follow_up_list.html"
    paginate_by = 25

    def shown_rows(self):
        return with_words(super().shown_rows())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            filter_form=self.filter_form,
            is_narrowed=bool(self.filter_form.narrowed_by()),
            counts=counts_of(self.narrowed, self.today),
            trail=[(_("Evaluasi"), reverse("evaluation_list"))],
            **kwargs,
        )
        recommendations = list(context["object_list"])
        for recommendation in recommendations:
            recommendation.shown_state = state_of(recommendation)
        return context | {"recommendations": recommendations}


class FollowUpExportView(RegisterMixin, View):
    """The register as it is narrowed and sorted, and how many stand where by office and by region."""

    def get(self, request):
        headings, cells = zip(*self.columns(), strict=True)
        rows = with_words(self.get_queryset()).iterator(chunk_size=2000)
        by_office = grouped(self.narrowed, BY_OFFICE, self.today)
        names = office_names(by_office)
        by_region = grouped(self.narrowed, BY_REGION, self.today)
        content = write_workbook(
            {
                _("Tindak lanjut"): (headings, ([cell(row) for cell in cells] for row in rows)),
                _("Menurut kantor"): self.counts(_("Kantor"), [(names[one["group"]], one) for one in by_office]),
                _("Menurut wilayah"): self.counts(_("Wilayah"), [(one["group"], one) for one in by_region]),
            }
        )
        return xlsx_response(content, _("tindak lanjut rekomendasi"))

    def counts(self, heading: str, groups) -> tuple[list[str], list[list]]:
        columns = {
            "total": _("Jumlah"),
            "proposed": _("Diusulkan"),
            "running": _("Dikerjakan"),
            "done": _("Selesai"),
            "dropped": _("Tidak dilanjutkan"),
            "late": _("Lewat tenggat"),
            "unanswered": _("Belum ditanggapi"),
        }
        return [heading, *columns.values()], [[name, *(one[key] for key in columns)] for name, one in groups]

    def columns(self):
        return (
            (_("Rekomendasi"), lambda row: row.statement),
            (_("Jenis"), lambda row: row.get_kind_display()),
            (_("Prioritas"), lambda row: row.get_priority_display()),
            (_("Kantor penanggung jawab"), lambda row: office_of(row).name),
            (_("Penanggung jawab"), lambda row: row.owner),
            (_("Wilayah"), lambda row: row.evaluation.program.region.label),
            (_("Program"), lambda row: row.evaluation.program.name),
            (_("Evaluasi"), lambda row: row.evaluation.title),
            (_("Tenggat"), lambda row: row.due_date),
            (_("Status"), lambda row: row.get_state_display()),
            (_("Lewat tenggat"), lambda row: _("Ya") if row.is_overdue else _("Tidak")),
            (_("Tanggapan pimpinan"), lambda row: row.get_answer_display()),
            (_("Alasan tanggapan"), lambda row: row.answer_reason),
            (_("Kemajuan terakhir"), lambda row: row.last_note or ""),
            (_("Tanggal kemajuan"), lambda row: row.last_note_on),
        )


def office_of(recommendation: Recommendation) -> Office:
    return recommendation.owner_office or recommendation.evaluation.program.organizer
