"""What pages of pasted lists share: the pages, whom the lines name, which of them wait for a decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from asn_eval.views import key_in
from programs.cells import write_seen
from programs.models import Enrollment
from programs.pasted import Candidate, Directory, Line, Match, Outcome, match_lines
from programs.views.programs import program_trail

CHOICE = "pilih-"
LINES_SHOWN = 200


@dataclass(frozen=True)
class Question:
    """A line that several people may be meant by."""

    name: str  # of the form field that answers it
    line: Line
    people: Sequence[Enrollment]


@dataclass(frozen=True)
class Reading:
    """A pasted text against the participants of a program."""

    people: dict[int, Enrollment]
    matches: list[Match]

    def with_outcome(self, outcome: Outcome) -> list[Match]:
        return [match for match in self.matches if match.outcome is outcome]

    @property
    def found(self) -> list[Match]:
        return self.with_outcome(Outcome.FOUND)

    @property
    def unknown(self) -> list[Match]:
        return self.with_outcome(Outcome.UNKNOWN)

    @property
    def repeated(self) -> list[Match]:
        return self.with_outcome(Outcome.REPEATED)

    @property
    def contradicted(self) -> list[tuple[Match, Enrollment]]:
        return [(match, self.people[match.key]) for match in self.with_outcome(Outcome.CONTRADICTED)]

    @property
    def questions(self) -> list[Question]:
        return [
            Question(f"{CHOICE}{match.line.number}", match.line, [self.people[key] for key in match.candidates])
            for match in self.with_outcome(Outcome.AMBIGUOUS)
        ]


def read_against(lines: Sequence[Line], enrollments: Iterable[Enrollment], data) -> Reading:
    """Whom ``lines`` name among ``enrollments``; ``data`` holds what was decided about ambiguous lines."""
    people = {enrollment.pk: enrollment for enrollment in enrollments}
    directory = Directory(Candidate(key, row.person.nip, row.code, row.person.name) for key, row in people.items())
    chosen = {
        line: person
        for name, value in data.items()
        if name.startswith(CHOICE)
        and (line := key_in(name.removeprefix(CHOICE))) is not None
        and (person := key_in(value)) is not None
    }
    return Reading(people, match_lines(lines, directory, chosen))


class PastedListMixin:
    """A page that asks for a list and one that shows what it would change, above the grid of the same cells."""

    grid_name: str  # of the address of the grid
    grid_title: Promise
    heading: Promise
    preview_name: str

    def ask(self, form: forms.Form):
        return self.show("programs/paste.html", form=form, heading=self.heading)

    def preview_of(self, reading: Reading, seen: dict[str, str], **context):
        """What would be saved; ``seen`` are the values that stand there now."""
        return self.show(self.preview_name, reading=reading, seen=write_seen(seen), shown=LINES_SHOWN, **context)

    def show(self, template: str, **context):
        grid_url = reverse(self.grid_name, args=[self.program.pk])
        trail = [*program_trail(self.program), (self.grid_title, grid_url)]
        context = {"program": self.program, "trail": trail, "back_url": grid_url} | context
        return render(self.request, template, context)

    def tell(self, saved: int, words: str) -> None:
        if saved:
            messages.success(self.request, words % saved)
        else:
            messages.info(self.request, _("Tidak ada yang berubah."))
