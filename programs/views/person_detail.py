"""One civil servant: place, history, training, JP per year."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from asn_eval.views import ScopedDetailView
from programs.actions.people import doubts_about
from programs.actions.transfers import placed_since
from programs.learning_hours import Basis, LearningYear, by_year
from programs.models import Attendance, Enrollment, Person, TrainingRecord
from programs.registry import duties, sources_of
from programs.views.people import people_trail

BAR_WIDTH = 240  # units of the picture's own measure
MOST_SUBORDINATES = 30


@dataclass(frozen=True)
class Bar:
    """The picture of one year: how far the JP reach and where the duty stands."""

    width: float
    duty_at: float | None


@dataclass(frozen=True)
class CountedSource:
    """One line behind the JP of a year, in words."""

    name: str
    url: str
    basis: Basis
    hours: Decimal
    ended_on: object


def bars_of(years: list[LearningYear]) -> list[Bar]:
    """All on one scale, so that the years can be compared."""
    longest = max((max(year.hours, year.duty or 0) for year in years), default=0) or 1
    return [
        Bar(
            width=round(float(year.hours / longest) * BAR_WIDTH, 1),
            duty_at=None if year.duty is None else round(float(year.duty / longest) * BAR_WIDTH, 1),
        )
        for year in years
    ]


class PersonDetailView(ScopedDetailView):
    model = Person
    permission = "programs.view_person"
    template_name = "programs/person_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("agency__region", "agency__parent", "grade", "superior")

    def get_context_data(self, **kwargs):
        person, today = self.object, timezone.localdate()
        enrollments = self.enrollments()
        records = list(person.training_records.select_related("form"))
        sources = sources_of([person], self.request.user)[person.pk]
        years = by_year(sources, duties=duties(), status=person.status, this_year=today.year)
        named = self.named(enrollments, records)
        counted = {(source.basis == Basis.RECORD, source.key) for source in sources}
        for record in records:
            record.is_counted = (True, record.pk) in counted
        subordinates = list(
            self.rows(Person).filter(superior=person).order_by("name", "pk")[: MOST_SUBORDINATES + 1]
        )
        return super().get_context_data(
            trail=people_trail(),
            doubts=doubts_about(person, today=today),
            placed_since=placed_since(person),
            assignments=list(person.assignments.all()),
            superior_in_sight=person.superior_id and self.rows(Person).filter(pk=person.superior_id).exists(),
            subordinates=subordinates[:MOST_SUBORDINATES],
            has_more_subordinates=len(subordinates) > MOST_SUBORDINATES,
            enrollments=enrollments,
            records=records,
            merges=list(person.merges.select_related("merged_by", "undone_by")),
            years=[
                (year, bar, [named(source) for source in year.sources])
                for year, bar in zip(years, bars_of(years), strict=True)
            ],
            this_year=years[0] if years[0].year == today.year else next(y for y in years if y.year == today.year),
            bar_width=BAR_WIDTH,
            **kwargs,
        )

    def enrollments(self) -> list[Enrollment]:
        """Only in programs of one's own area: the others do not exist for the reader, and do not count."""
        rows = (
            self.rows(Enrollment)
            .filter(person=self.object)
            .select_related("program__region", "batch")
            .prefetch_related("attendances", "certificates")
            .order_by("-program__start_date", "pk")
        )
        found = list(rows)
        for row in found:
            noted = [attendance.state for attendance in row.attendances.all()]
            row.n_noted, row.n_present = len(noted), noted.count(Attendance.State.PRESENT)
        return found

    def named(self, enrollments: list[Enrollment], records: list[TrainingRecord]):
        """A function that puts a source of JP into words."""
        programs = {row.pk: row.program for row in enrollments}
        trainings = {row.pk: row for row in records}

        def name(source) -> CountedSource:
            if source.basis == Basis.RECORD:
                return CountedSource(trainings[source.key].name, "", source.basis, source.hours, source.ended_on)
            program = programs[source.key]
            return CountedSource(
                program.name, program.get_absolute_url(), source.basis, source.hours, source.ended_on
            )

        return name
