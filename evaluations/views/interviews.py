"""Interviews: recorded, read, and marked where a challenge was heard."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.views import ScopedDetailView
from evaluations.actions.interviews import mark_challenge, support_challenge
from evaluations.chain import chain_around
from evaluations.evidence_forms import InterviewForm
from evaluations.finding_forms import ChallengeForm
from evaluations.models import Interview
from evaluations.passages import split_by_passages
from evaluations.views.evidence import (
    OfEvaluationMixin,
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
)


class InterviewPageMixin(OfEvaluationMixin):
    """The interview, its text with the marked passages, and the form that marks another."""

    model = Interview
    template_name = "evaluations/interview_detail.html"

    def get_context_data(self, form=None, **kwargs):
        interview, user = self.object, self.request.user
        evidence = list(interview.evidence.select_related("finding").prefetch_related("finding__recommendations"))
        may_mark = user.has_perm("evaluations.add_finding")
        return super().get_context_data(
            segments=split_by_passages(interview.text, [(piece.quote, piece) for piece in evidence]),
            evidence=evidence,
            chain=chain_around(interview, user),
            form=form or (ChallengeForm(interview=interview, user=user) if may_mark else None),
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


class InterviewCreateView(RecordCreateView):
    model = Interview
    form_class = InterviewForm
    permission = "evaluations.add_interview"
    heading = gettext_lazy("Catat wawancara")
    saved_message = gettext_lazy("Wawancara disimpan. Tandai bagian yang menyebut tantangan.")


class InterviewUpdateView(RecordUpdateView):
    model = Interview
    form_class = InterviewForm
    permission = "evaluations.change_interview"
    heading = gettext_lazy("Ubah wawancara")
    saved_message = gettext_lazy("Wawancara disimpan.")


class InterviewDeleteView(RecordDeleteView):
    model = Interview
    permission = "evaluations.delete_interview"
    section = "wawancara"
