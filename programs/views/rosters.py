"""Participants in a file: uploaded, shown with every problem, saved after consent."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from asn_eval.exports import xlsx_response
from asn_eval.views import key_in
from programs.actions.drafts import keep_draft, open_draft
from programs.actions.roster_import import RosterChanged, RosterRefused, import_roster
from programs.actions.roster_plan import Outcome, RosterPlan, plan_roster
from programs.forms.rosters import RosterUploadForm
from programs.models import Agency, Person, RosterDraft
from programs.roster_file import write_template
from programs.views.participants import OneProgramMixin, participants_trail

PROBLEMS_SHOWN = 200
ROWS_SHOWN = 10


class RosterUploadView(OneProgramMixin, FormView):
    """One address for the three steps: the form, the preview of a draft (?berkas=…), and its saving."""

    permission = "programs.add_enrollment"
    form_class = RosterUploadForm
    template_name = "programs/roster_upload.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(program=self.program, trail=participants_trail(self.program), **kwargs)

    def get(self, request, *args, **kwargs):
        if "berkas" not in request.GET:
            return self.render_to_response(self.get_context_data())
        draft = self.find_draft(request.GET["berkas"])
        return self.preview(draft) if draft else self.upload_again()

    def post(self, request, *args, **kwargs):
        if "draft" in request.POST:
            draft = self.find_draft(request.POST["draft"])
            if draft is None:
                return self.upload_again()
            return self.discard(draft) if "discard" in request.POST else self.save(draft)
        return super().post(request, *args, **kwargs)

    def get_initial(self):
        # Asked before the form reads the file: outside the area there is nothing to read for.
        return {"program": self.program}

    def find_draft(self, key: str) -> RosterDraft | None:
        drafts = self.rows(RosterDraft).filter(program=self.program)
        return drafts.filter(pk=key_in(key)).first()

    def upload_again(self):
        messages.error(
            self.request, _("Berkas ini sudah disimpan atau sudah dihapus. Unggah lagi bila masih diperlukan.")
        )
        return redirect("roster_upload", self.program.pk)

    def form_valid(self, form):
        draft = keep_draft(
            program=self.program,
            user=self.request.user,
            file_name=form.cleaned_data["file"].name,
            roster=form.roster,
            notes=form.notes,
            now=timezone.now(),
        )
        return redirect(draft)

    def reach(self) -> dict[str, object]:
        """The stored rows that this person's file may meet."""
        return {"program": self.program, "people": self.rows(Person), "agencies": self.rows(Agency)}

    def preview(self, draft: RosterDraft):
        roster, notes = open_draft(draft, today=timezone.localdate())
        plan = plan_roster(roster=roster, **self.reach())
        self.template_name = "programs/roster_preview.html"
        changed = [planned for planned in plan.rows if planned.changes]
        return self.render_to_response(
            self.get_context_data(
                draft=draft,
                plan=plan,
                n_new=len(plan.with_outcome(Outcome.NEW)),
                n_updated=len(plan.with_outcome(Outcome.UPDATED)),
                n_same=len(plan.with_outcome(Outcome.SAME)),
                problems=plan.problems[:PROBLEMS_SHOWN],
                warnings=plan.warnings[:PROBLEMS_SHOWN],
                changed=changed[:PROBLEMS_SHOWN],
                n_changed=len(changed),
                first_new=plan.with_outcome(Outcome.NEW)[:ROWS_SHOWN],
                shown=PROBLEMS_SHOWN,
                unknown_columns=roster.unknown_columns,
                notes=(*notes, *plan.notes),
                would_save=any(planned.outcome is not Outcome.SAME for planned in plan.rows),
            )
        )

    def discard(self, draft: RosterDraft):
        draft.delete()
        messages.success(self.request, _("Berkas dibuang. Tidak ada yang disimpan."))
        return redirect("roster_upload", self.program.pk)

    def save(self, draft: RosterDraft):
        roster, _notes = open_draft(draft, today=timezone.localdate())
        try:
            plan = import_roster(
                roster=roster,
                valid_only="valid_only" in self.request.POST,
                seen=self.request.POST.get("seen", ""),
                **self.reach(),
            )
        except RosterChanged:
            messages.error(
                self.request,
                _("Data tersimpan berubah sejak pratinjau dibuat. Belum ada yang disimpan; periksa sekali lagi."),
            )
            return redirect(draft)
        except RosterRefused:
            messages.error(
                self.request,
                _("Belum ada yang disimpan. Perbaiki berkasnya, atau pilih menyimpan hanya baris yang benar."),
            )
            return redirect(draft)
        draft.delete()
        messages.success(self.request, saved_message(plan))
        return redirect("program_participants", self.program.pk)


def saved_message(plan: RosterPlan) -> str:
    """What an import did, in one sentence."""
    counts = {
        "new": len(plan.with_outcome(Outcome.NEW)),
        "updated": len(plan.with_outcome(Outcome.UPDATED)),
        "same": len(plan.with_outcome(Outcome.SAME)),
        "rejected": plan.n_rejected,
    }
    return (
        _("%(new)s peserta baru didaftarkan, %(updated)s diperbarui, %(same)s sudah sama, %(rejected)s ditolak.")
        % counts
    )


class RosterTemplateView(OneProgramMixin, View):
    permission = "programs.add_enrollment"

    def get(self, request, pk):
        return xlsx_response(write_template(), f"templat peserta {self.program}")
