"""Reading the registry: who is found by what was typed, and how many JP people have."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Exists, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Lower, Replace

from asn_eval.accounts.models import Region, search_key
from asn_eval.scoping import ScopedQuerySet
from programs.learning_hours import ActivityHours, Duty, Participation, Source, Training, counted, duty_in
from programs.models import (
    Activity,
    Attendance,
    Certificate,
    Enrollment,
    Grade,
    LearningDuty,
    Merge,
    Person,
    TrainingRecord,
)

HOURS = DecimalField(max_digits=12, decimal_places=1)


def with_words(people: ScopedQuerySet, text: str) -> ScopedQuerySet:
    """Those whose name holds every word of ``text``, in any order and either spelling."""
    for word in text.split():
        key = search_key(word)
        people = people.filter(search_name__contains=key) if key else people
    return people


def found_by(people: ScopedQuerySet, text: str, user) -> ScopedQuerySet:
    """Those whom ``text`` names: a NIP or a part of it, also one merged into theirs, or words of the name."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit()):
        return with_words(people, text)
    merged = Merge.objects.visible_to(user).filter(undone_at=None, absorbed_nip__contains=digits)
    return people.filter(Q(nip__contains=digits) | Q(pk__in=merged.values("kept")))


def units_named(agencies: ScopedQuerySet, text: str) -> set[int]:
    """The keys of the units that ``text`` names, with every unit below them."""
    name, _between, region = text.partition(" · ")
    key = search_key(name)
    below: dict[int | None, list[int]] = defaultdict(list)
    found: list[int] = []
    rows = agencies.order_by().values_list("pk", "parent_id", "search_name", "region__full_name")
    for pk, parent, search_name, full_name in rows:
        below[parent].append(pk)
        if key in search_name and region in ("", full_name):
            found.append(pk)
    reached: set[int] = set()
    while found:
        pk = found.pop()
        if pk not in reached:
            reached.add(pk)
            found += below[pk]
    return reached


def units_in(agencies: ScopedQuerySet, text: str) -> set[int]:
    """The keys of the units whose region is, or lies inside, one that ``text`` names."""
    if text.endswith(")"):  # a label of the suggestions: Kota Semarang, Jawa Tengah (33.74)
        text = text[:-1].rpartition("(")[2]
    wanted = set(Region.objects.search(text).values_list("code", flat=True))
    rows = agencies.order_by().values_list("pk", "region__code")
    return {pk for pk, code in rows if any(above in wanted for above in _code_and_above(code))}


def _code_and_above(code: str) -> list[str]:
    """33.74.08 -> 33, 33.74, 33.74.08"""
    parts = code.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def duties() -> list[Duty]:
    """Every rule on how many JP a year asks for."""
    rules = LearningDuty.objects.all()
    return [Duty(rule.status, rule.lesson_hours, rule.valid_from, rule.valid_until) for rule in rules]


def sources_of(people: Collection[Person], user) -> dict[int, list[Source]]:
    """What counts as JP of each of ``people``, from what ``user`` may see. Few queries, however many people."""
    enrollments = list(
        Enrollment.objects.visible_to(user)
        .filter(person__in=people, group=Enrollment.Group.PARTICIPANT)
        .select_related("program", "batch")
        .prefetch_related("attendances", "certificates")
    )
    activities = _activities_by_program({row.program_id for row in enrollments}, user)
    parts: dict[int, list[Participation]] = defaultdict(list)
    for row in enrollments:
        parts[row.person_id].append(_participation(row, activities[row.program_id]))
    trainings: dict[int, list[Training]] = defaultdict(list)
    for row in TrainingRecord.objects.visible_to(user).filter(person__in=people):
        trainings[row.person_id].append(Training(row.pk, row.end_date, row.lesson_hours, row.certificate_number))
    return {person.pk: counted(parts[person.pk], trainings[person.pk]) for person in people}


def _activities_by_program(programs: Iterable[int], user) -> dict[int, list[Activity]]:
    noted = Attendance.objects.visible_to(user).filter(activity=OuterRef("pk"))
    found: dict[int, list[Activity]] = defaultdict(list)
    activities = Activity.objects.visible_to(user).filter(program__in=programs)
    for activity in activities.annotate(is_noted=Exists(noted)):
        found[activity.program_id].append(activity)
    return found


def _participation(row: Enrollment, activities: list[Activity]) -> Participation:
    certificate = row.valid_certificate
    present = {
        attendance.activity_id
        for attendance in row.attendances.all()
        if attendance.state == Attendance.State.PRESENT
    }
    return Participation(
        key=row.pk,
        ended_on=(row.batch or row.program).end_date,
        is_participant=row.group == Enrollment.Group.PARTICIPANT,
        is_completed=row.status == Enrollment.Status.COMPLETED,
        certificate_hours=certificate.lesson_hours if certificate else None,
        certificate_number=certificate.number if certificate else "",
        activities=tuple(
            ActivityHours(activity.lesson_hours, activity.is_noted, activity.pk in present)
            for activity in activities
            if activity.batch_id in (None, row.batch_id)
        ),
    )


def below_duty(people: ScopedQuerySet, user, year: int) -> ScopedQuerySet:
    """Those whose JP in ``year`` stay below what it asks of their status; none where it asks nothing.

    This is the rule of ``learning_hours`` said to the database, for a hundred thousand people at once;
    tests/programs/test_person_hours.py holds the two together.
    """
    rules = duties()
    taking_part, elsewhere = _counted_in(user, year)
    # Most people of a large registry have nothing in a year: they are told by two lists, nobody adds up their JP.
    has_any = Q(pk__in=taking_part.values("person")) | Q(pk__in=elsewhere.values("person"))
    short = Q(pk__in=[])
    for status in Grade.Status.values:
        hours = duty_in(rules, status, year)
        if hours is not None and hours > 0:
            short |= Q(status=status) & (~has_any | Q(year_hours__lt=hours))
    return people.alias(year_hours=_hours_in(user, year)).filter(short)


def _counted_in(user, year: int) -> tuple[ScopedQuerySet, ScopedQuerySet]:
    """The enrollments that bring somebody JP in ``year``, and the training elsewhere that may."""
    days = (date(year, 1, 1), date(year, 12, 31))
    valid = Certificate.objects.visible_to(user).filter(revoked_at=None, enrollment=OuterRef("pk"))
    taking_part = (
        Enrollment.objects.visible_to(user)
        .filter(group=Enrollment.Group.PARTICIPANT)
        .alias(printed=Subquery(valid.order_by().values("lesson_hours")[:1]))
        .filter(Q(status=Enrollment.Status.COMPLETED) | Q(printed__isnull=False))
        .alias(ended_on=Coalesce("batch__end_date", "program__end_date"))
        .filter(ended_on__range=days)
    )
    return taking_part, TrainingRecord.objects.visible_to(user).filter(end_date__range=days)


def _hours_in(user, year: int):
    """The JP of one person in ``year``, as an expression."""
    taking_part, elsewhere = _counted_in(user, year)
    taking_part = taking_part.filter(person=OuterRef("pk")).alias(hours=Coalesce("printed", _attended_hours(user)))
    ours = Certificate.objects.visible_to(user).filter(
        revoked_at=None, enrollment__group=Enrollment.Group.PARTICIPANT
    )
    elsewhere = (
        elsewhere.filter(person=OuterRef("pk"))
        .alias(key=_number_key("certificate_number"))
        .exclude(
            Exists(
                ours.filter(enrollment__person=OuterRef("person"))
                .alias(key=_number_key("number"))
                .filter(key=OuterRef("key"))
            )
        )
    )
    return _total(taking_part, "hours") + _total(elsewhere, "lesson_hours")


def _attended_hours(user) -> Subquery:
    attended = Attendance.objects.visible_to(user).filter(activity=OuterRef("pk"))
    own = attended.filter(enrollment=OuterRef(OuterRef("pk")), state=Attendance.State.PRESENT)
    activities = (
        Activity.objects.visible_to(user)
        .filter(Q(batch=None) | Q(batch=OuterRef("batch")), program=OuterRef("program"))
        .filter(Exists(own) | ~Exists(attended))
    )
    return Subquery(activities.order_by().values("program").annotate(sum=Sum("lesson_hours")).values("sum"))


def _total(rows: ScopedQuerySet, hours: str) -> Coalesce:
    """The sum of ``hours`` over the rows of one person."""
    sums = rows.order_by().values("person").annotate(sum=Sum(hours)).values("sum")
    return Coalesce(Subquery(sums, output_field=HOURS), Value(Decimal(0)), output_field=HOURS)


def _number_key(field: str) -> Lower:
    return Lower(Replace(field, Value(" "), Value("")))
