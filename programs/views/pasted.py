"""What pages of pasted lists share: who the lines name, and which of them wait for a decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from asn_eval.views import key_in
from programs.models import Enrollment
from programs.pasted import Candidate, Directory, Line, Match, Outcome, match_lines

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
