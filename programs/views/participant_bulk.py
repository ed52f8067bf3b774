"""Many participants changed at once, and people found while somebody types."""

from collections import Counter

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from asn_eval.accounts.models import search_key
from asn_eval.views import key_in
from programs.actions.participants import set_batch, set_status
from programs.forms.participant_lists import BulkForm
from programs.models import Enrollment, Person
from programs.views.participants import OneProgramMixin, ParticipantsMixin, overfull, participants_trail

SHORTEST_SEARCH = 3  # characters
PEOPLE_SUGGESTED = 8
NAMES_SHOWN = 10


class ParticipantsBulkView(ParticipantsMixin, View):
    """Three steps at one address: which change, how many it meets, and its saving.

    The rows are named by the page (``pilih``, or all that its filters leave with ``semua``); from there on their
    keys travel in the form, so that what is saved is what the confirmation counted.
    """

    permission = "programs.change_enrollment"

    def get(self, request, pk):
        return self.ask(BulkForm(program=self.program, initial={"rows": ",".join(map(str, self.chosen()))}))

    def post(self, request, pk):
        form = BulkForm(request.POST, program=self.program)
        if not form.is_valid() or "back" in request.POST:
            return self.ask(form)
        rows = self.rows_of(form)
        if "confirmed" not in request.POST:
            return self.confirm(form, rows)
        return self.save(form, [row.pk for row in rows])

    def chosen(self) -> list[int]:
        if "semua" in self.request.GET:
            return list(self.participants().values_list("pk", flat=True))
        return [key for text in self.request.GET.getlist("pilih") if (key := key_in(text)) is not None]

    def rows_of(self, form: BulkForm) -> list[Enrollment]:
        wanted = set(form.keys())
        return [row for row in self.enrolled.select_related("person", "batch") if row.pk in wanted]

    def ask(self, form: BulkForm):
        rows = self.rows_of(form)
        return self.page("ask", form, rows)

    def confirm(self, form: BulkForm, rows: list[Enrollment]):
        cleaned = form.cleaned_data
        if cleaned["what"] == BulkForm.BATCH:
            changing = [row for row in rows if row.batch != cleaned.get("batch")]
            return self.page("confirm", form, rows, changing=changing, corrections=[])
        status = cleaned["status"]
        changing = [row for row in rows if row.status != status and row.may_become(status)]
        corrections = [row for row in rows if row.status != status and not row.may_become(status)]
        moves = Counter(row.get_status_display() for row in corrections)
        return self.page(
            "confirm", form, rows, changing=changing, corrections=corrections, moves=sorted(moves.items())
        )

    def page(self, step: str, form: BulkForm, rows: list[Enrollment], **context):
        statuses = Counter(row.get_status_display() for row in rows)
        return render(
            self.request,
            "programs/participant_bulk.html",
            {
                "step": step,
                "form": form,
                "program": self.program,
                "trail": participants_trail(self.program),
                "chosen": rows,
                "names": [row.person.name for row in rows[:NAMES_SHOWN]],
                "n_more": max(0, len(rows) - NAMES_SHOWN),
                "statuses": sorted(statuses.items()),
                "target": self.target(form),
                **context,
            },
        )

    def target(self, form: BulkForm) -> str:
        """The new status or batch in words, once it is known."""
        cleaned = getattr(form, "cleaned_data", {})
        if cleaned.get("what") == BulkForm.BATCH:
            return str(cleaned.get("batch") or _("Tanpa angkatan"))
        return str(dict(Enrollment.Status.choices).get(cleaned.get("status"), ""))

    def save(self, form: BulkForm, keys: list[int]):
        cleaned = form.cleaned_data
        if cleaned["what"] == BulkForm.BATCH:
            changed = set_batch(program=self.program, enrollments=keys, batch=cleaned.get("batch"))
            warning = overfull(cleaned.get("batch"))
        else:
            changed = set_status(
                program=self.program,
                enrollments=keys,
                status=cleaned["status"],
                exit_reason=cleaned["exit_reason"],
                exit_note=cleaned["exit_note"],
                corrections="corrections" in self.request.POST,
            )
            warning = ""
        messages.success(
            self.request,
            _("%(changed)d dari %(all)d peserta kini “%(target)s”.")
            % {"changed": changed, "all": len(keys), "target": self.target(form)},
        )
        if warning:
            messages.warning(self.request, warning)
        return redirect("program_participants", self.program.pk)


class PersonSuggestionsView(OneProgramMixin, View):
    """People of one's own area whose NIP or name begins like what is being typed."""

    permission = "programs.add_enrollment"

    def get(self, request, pk):
        return render(
            request,
            "programs/_participant_suggestions.html",
            {"program": self.program, "people": self.people if self.wanted else [], "text": self.text},
        )

    @cached_property
    def text(self) -> str:
        typed = self.request.GET.get("nip") or self.request.GET.get("name") or ""
        return typed.replace("\0", "").strip()

    @property
    def wanted(self) -> Q | None:
        digits = "".join(self.text.split())
        if digits.isascii() and digits.isdigit():
            return Q(nip__startswith=digits) if len(digits) >= SHORTEST_SEARCH else None
        key = search_key(self.text)
        return Q(search_name__contains=key) if len(key) >= SHORTEST_SEARCH else None

    @property
    def people(self):
        enrolled = self.program.enrollments.filter(person=OuterRef("pk"))
        found = self.rows(Person).filter(self.wanted).select_related("agency")
        return found.annotate(is_enrolled=Exists(enrolled)).order_by("name", "pk")[:PEOPLE_SUGGESTED]
