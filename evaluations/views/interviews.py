"""Interviews: planned, held, read, marked where a challenge was heard, and closed to quoting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from asn_eval.views import AccessMixin, ScopedDetailView
from evaluations.actions.interviews import (
    change_interview_state,
    erase_words,
    mark_challenge,
    support_challenge,
    withdraw_consent,
)
from evaluations.chain import chain_around
from evaluations.coded_texts import texts_of
from evaluations.finding_forms import ChallengeForm
from evaluations.forms.interviews import HeldForm, HoldForm, PlanForm, RecordForm, WithdrawForm
from evaluations.models import Interview
from evaluations.passages import split_by_passages
from evaluations.quoting import quoted_in
from evaluations.views.attachments import attachment_context
from evaluations.views.evidence import (
    OfEvaluationMixin,
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
    evaluation_trail,
)
from evaluations.views.findings import ActionFormMixin
from evaluations.views.lost_passages import n_lost, review_url


def interviews_trail(evaluation) -> list[tuple[str, str]]:
    return [*evaluation_trail(evaluation), (_("Wawancara"), reverse("interview_list", args=[evaluation.pk]))]


class OfInterviewMixin(OfEvaluationMixin):
    """Below the list of interviews of its evaluation."""

    model = Interview

    def get_trail(self):
        trail = interviews_trail(self.get_evaluation())
        if self.object and not isinstance(self, ScopedDetailView):
            trail.append((str(self.object), self.object.get_absolute_url()))
        return trail


class InterviewPageMixin(OfInterviewMixin):
    """The interview, its texts with the marked passages, and the form that marks another."""

    template_name = "evaluations/interview_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("guide__instrument")

    def get_context_data(self, form=None, **kwargs):
        interview, user = self.object, self.request.user
        evidence = list(interview.evidence.select_related("finding").prefetch_related("finding__recommendations"))
        texts = texts_of(interview)
        may_mark = texts and not interview.withdrawn_on and user.has_perm("evaluations.add_finding")
        marks = [(piece.quote, piece) for piece in evidence]
        return super().get_context_data(
            texts=[(text, split_by_passages(text.text, marks)) for text in texts],
            evidence=evidence,
            n_lost=n_lost(interview),
            lost_url=review_url(interview),
            chain=chain_around(interview, user),
            form=form or (ChallengeForm(interview=interview, user=user) if may_mark else None),
            **attachment_context(interview, user),
            **kwargs,
        )


class InterviewDetailView(InterviewPageMixin, ScopedDetailView):
    permission = "evaluations.view_interview"


class ChallengeFromInterviewView(InterviewPageMixin, ScopedDetailView):
    """Takes a marked passage; on a mistake the interview is shown again with what was typed."""

    permission = "evaluations.add_finding"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = ChallengeForm(request.POST, interview=self.object, user=request.user)
        if form.is_valid():
            try:
                return self.record(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form))

    def record(self, cleaned) -> HttpResponseRedirect:
        if cleaned["existing"]:
            finding = support_challenge(
                interview=self.object, quote=cleaned["quote"], challenge=cleaned["existing"]
            )
        else:
            new = {name: cleaned[name] for name in ("quote", "statement", "category", "severity")}
            finding = mark_challenge(interview=self.object, **new)
        messages.success(self.request, _("Bagian wawancara tercatat sebagai bukti tantangan."))
        newest = self.object.evidence.filter(finding=finding).last()
        return HttpResponseRedirect(f"{self.object.get_absolute_url()}#bukti-{newest.pk}")


class InterviewFormMixin(OfInterviewMixin):
    """Saves an interview; where its text was read from a file, says what to look at in it."""

    def get_success_url(self):
        """Where there is a guide and nothing is written yet, the answers come next."""
        waits = self.object.is_held and self.object.guide_id and not self.object.text
        return reverse("interview_content", args=[self.object.pk]) if waits else super().get_success_url()

    def form_valid(self, form):
        response = super().form_valid(form)
        if getattr(form, "note", ""):
            messages.warning(self.request, form.note)
        return response


class InterviewPlanView(InterviewFormMixin, RecordCreateView):
    form_class = PlanForm
    permission = "evaluations.add_interview"
    heading = gettext_lazy("Rencanakan wawancara")
    saved_message = gettext_lazy("Wawancara direncanakan.")

    def get_initial(self):
        return {"informant_role": self.request.GET.get("peran", "")}

    def form_valid(self, form):
        form.instance.state = Interview.State.PLANNED
        return super().form_valid(form)


class InterviewCreateView(InterviewFormMixin, RecordCreateView):
    form_class = RecordForm
    permission = "evaluations.add_interview"
    heading = gettext_lazy("Catat wawancara")
    saved_message = gettext_lazy("Wawancara disimpan. Tandai bagian yang menyebut tantangan.")

    def get_initial(self):
        return {"informant_role": self.request.GET.get("peran", "")}


class InterviewHoldView(InterviewFormMixin, RecordUpdateView):
    """A planned interview took place: when, with whose consent, and what was said."""

    form_class = HoldForm
    permission = "evaluations.change_interview"
    heading = gettext_lazy("Catat pelaksanaan wawancara")
    saved_message = gettext_lazy("Wawancara tercatat sebagai sudah dilaksanakan.")

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)


class InterviewUpdateView(OfInterviewMixin, RecordUpdateView):
    permission = "evaluations.change_interview"
    heading = gettext_lazy("Ubah data wawancara")
    saved_message = gettext_lazy("Wawancara disimpan.")
    object = None  # as long as it is not found

    def get_form_class(self):
        return HeldForm if self.object is None or self.object.is_held else PlanForm


class InterviewStateView(AccessMixin, View):
    """A plan is given up, or taken up again."""

    permission = "evaluations.change_interview"
    http_method_names = ["post"]

    def post(self, request, pk):
        interview = get_object_or_404(self.rows(Interview).select_related("evaluation"), pk=pk)
        state = request.POST.get("state", "")
        try:
            # To be held asks for a consent, and so for its own form.
            change_interview_state(interview=interview, state="" if state == Interview.State.HELD else state)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request, _("Status wawancara sekarang: %(state)s.") % {"state": interview.get_state_display()}
            )
        return redirect(interview)


class InterviewWithdrawView(ActionFormMixin, AccessMixin, FormView):
    """Where the informant's words are quoted, and the withdrawal of the consent to it."""

    form_class = WithdrawForm
    permission = "evaluations.change_interview"
    template_name = "evaluations/interview_withdraw.html"
    saved_message = gettext_lazy("Penarikan persetujuan dicatat. Kutipan wawancara ini tidak ditampilkan lagi.")

    @cached_property
    def interview(self) -> Interview:
        return get_object_or_404(self.rows(Interview).select_related("evaluation"), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"interview": self.interview}
        kwargs.pop("user")
        return kwargs

    def perform(self, form):
        return withdraw_consent(interview=self.interview, day=form.cleaned_data["day"])

    def get_success_url(self):
        return reverse("interview_withdraw", args=[self.interview.pk])

    def get_context_data(self, **kwargs):
        interview = self.interview
        trail = [*interviews_trail(interview.evaluation), (str(interview), interview.get_absolute_url())]
        return super().get_context_data(interview=interview, uses=quoted_in(interview), trail=trail, **kwargs)


class InterviewEraseView(OfInterviewMixin, ScopedDetailView):
    """Asks whether all words of an informant who withdrew are to go, and lets them go."""

    permission = "evaluations.delete_interview"
    template_name = "evaluations/interview_erase.html"

    def post(self, request, *args, **kwargs):
        interview = self.get_object()
        try:
            erase_words(interview=interview)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Isi wawancara dihapus."))
        return redirect(interview)

    def get_context_data(self, **kwargs):
        interview = self.object
        return super().get_context_data(
            n_excerpts=interview.excerpts.count(),
            n_attachments=interview.attachments.count(),
            uses=quoted_in(interview),
            **kwargs,
        )

    def get_trail(self):
        return [*super().get_trail(), (str(self.object), self.object.get_absolute_url())]


class InterviewDeleteView(OfInterviewMixin, RecordDeleteView):
    permission = "evaluations.delete_interview"
    section = "wawancara"
