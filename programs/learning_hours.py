"""Which JP of a civil servant count towards which year, and what the year asks for. Pure.

Of our own programs only taking part as ``peserta`` counts. A certificate that holds says how many JP; without
one, who completed the program is given the JP of the activities they were noted as present at, and of those at
which nobody's attendance was noted. Training elsewhere counts as recorded, unless it bears the number of a
certificate that is counted already. All of it falls into the year in which the training ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

NONE = Decimal(0)


class Basis(StrEnum):
    """What a number of JP rests on."""

    CERTIFICATE = "sertifikat"
    ATTENDANCE = "kehadiran"
    RECORD = "riwayat"


@dataclass(frozen=True, slots=True)
class ActivityHours:
    """An activity meant for this person: whether attendance was noted for anybody, and for this person."""

    hours: Decimal
    was_noted: bool
    was_present: bool


@dataclass(frozen=True, slots=True)
class Participation:
    """One person's part in one program; ``certificate_hours`` is None without a certificate that holds."""

    key: int
    ended_on: date
    is_participant: bool
    is_completed: bool
    certificate_hours: Decimal | None = None
    certificate_number: str = ""
    activities: tuple[ActivityHours, ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """Training elsewhere, as it was recorded."""

    key: int
    ended_on: date
    hours: Decimal
    certificate_number: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """JP that count, what they rest on and the key of the participation or the record they come from."""

    key: int
    basis: Basis
    ended_on: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Duty:
    """How many JP a year asks of one status, from one day to another."""

    status: str
    hours: Decimal
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class LearningYear:
    """What one year brought and asked for; ``duty`` is None where no rule is recorded."""

    year: int
    hours: Decimal
    duty: Decimal | None
    sources: tuple[Source, ...]

    @property
    def missing(self) -> Decimal:
        """JP still owed; nothing where nothing is asked."""
        return NONE if self.duty is None else max(NONE, self.duty - self.hours)


def number_key(number: str) -> str:
    """A certificate number without regard to case and spaces; "" for none."""
    return "".join(number.split()).casefold()


def counted(participations: Iterable[Participation], trainings: Iterable[Training]) -> list[Source]:
    """Everything that counts, each thing once, newest first."""
    participations = list(participations)
    sources = [source for part in participations if (source := _counted_part(part))]
    ours = {number_key(part.certificate_number) for part in participations if _has_certificate(part)} - {""}
    sources += [
        Source(training.key, Basis.RECORD, training.ended_on, training.hours)
        for training in trainings
        if number_key(training.certificate_number) not in ours
    ]
    return sorted(sources, key=lambda source: (source.ended_on, source.basis, source.key), reverse=True)


def _has_certificate(part: Participation) -> bool:
    return part.is_participant and part.certificate_hours is not None


def _counted_part(part: Participation) -> Source | None:
    if _has_certificate(part):
        return Source(part.key, Basis.CERTIFICATE, part.ended_on, part.certificate_hours)
    if not (part.is_participant and part.is_completed):
        return None
    attended = [activity for activity in part.activities if activity.was_present or not activity.was_noted]
    hours = sum((activity.hours for activity in attended), NONE)
    return Source(part.key, Basis.ATTENDANCE, part.ended_on, hours) if hours else None


def duty_in(duties: Iterable[Duty], status: str, year: int) -> Decimal | None:
    """What ``year`` asks of ``status``: of the rules that hold on any day of it, the one that began last."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    holding = [
        duty
        for duty in duties
        if duty.status == status
        and duty.valid_from <= last
        and (duty.valid_until is None or duty.valid_until >= first)
    ]
    return max(holding, key=lambda duty: duty.valid_from).hours if holding else None


def by_year(
    sources: Iterable[Source], *, duties: Iterable[Duty], status: str, this_year: int
) -> list[LearningYear]:
    """Every year with JP and the running one, newest first."""
    duties, sources = list(duties), list(sources)
    years = sorted({this_year, *(source.ended_on.year for source in sources)}, reverse=True)
    return [
        LearningYear(
            year=year,
            hours=sum_of(source for source in sources if source.ended_on.year == year),
            duty=duty_in(duties, status, year),
            sources=tuple(source for source in sources if source.ended_on.year == year),
        )
        for year in years
    ]


def sum_of(sources: Iterable[Source]) -> Decimal:
    """The JP of ``sources`` together."""
    return sum((source.hours for source in sources), NONE)
