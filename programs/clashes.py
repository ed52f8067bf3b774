"""What deserves a second look in the schedule of activities: warnings, which refuse nothing.

The number of queries does not depend on how many activities are looked at. Of programs outside the user's area
only the number of people is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import Activity, Enrollment, Program, Speaker
from programs.schedule import Roster, meet, runs_alongside, shared_people

# Everyone who is expected or came; who withdrew has no schedule with the program any more.
TAKES_PART = [status for status in Enrollment.Status.values if status != Enrollment.Status.WITHDRAWN]
REGENCY_CODE = 5  # digits and dot of a regency: the same name of a hall in another town is another hall


@dataclass(frozen=True)
class ScheduleWarning:
    """One sentence, with the page of the other activity when the user may see it."""

    text: str
    url: str = ""


def schedule_warnings(program: Program, activities: Sequence[Activity], user) -> list[list[ScheduleWarning]]:
    """The warnings of each of ``activities`` of one program, in their order."""
    if not activities:
        return []
    people = _people_elsewhere(program, activities, user)
    speakers = _speakers_elsewhere(activities, user)
    places = _places_elsewhere(activities, user)
    return [
        [*_period_warnings(activity), *people(activity), *speakers(activity), *places(activity)]
        for activity in activities
    ]


def _period_warnings(activity: Activity) -> Iterable[ScheduleWarning]:
    program = activity.program
    if activity.starts_early:
        text = _("Kegiatan dimulai sebelum program dimulai (%(date)s).")
        yield ScheduleWarning(text % {"date": date_format(program.start_date)})
    if activity.ends_late:
        text = _("Kegiatan selesai setelah program selesai (%(date)s).")
        yield ScheduleWarning(text % {"date": date_format(program.end_date)})


def _people_elsewhere(program: Program, activities: Sequence[Activity], user):
    rosters = [
        Roster(*row)
        for row in program.enrollments.filter(
            group=Enrollment.Group.PARTICIPANT,
            status__in=TAKES_PART,
            person__enrollments__group=Enrollment.Group.PARTICIPANT,
            person__enrollments__status__in=TAKES_PART,
        )
        .order_by()
        .values_list("batch_id", "person__enrollments__program_id", "person__enrollments__batch_id")
        .annotate(n=Count("pk"))
    ]
    programs = {roster.other_program for roster in rosters}
    others = list(
        _in_days_of(
            activities, Activity.objects.unscoped("outside the area only the number of people is told")
        ).filter(program__in=programs)
    )
    visible = set(
        Program.objects.visible_to(user)
        .filter(pk__in={other.program_id for other in others})
        .values_list("pk", flat=True)
    )

    def warnings(activity: Activity) -> Iterable[ScheduleWarning]:
        for other in others:
            if not _collide(activity, other):
                continue
            n_people = shared_people(rosters, activity.batch_id, other.program_id, other.batch_id)
            if n_people:
                yield _people_warning(n_people, activity, other if other.program_id in visible else None)

    return warnings


def _people_warning(n_people: int, activity: Activity, other: Activity | None) -> ScheduleWarning:
    if other is None:
        text = ngettext(
            "%(count)d peserta mengikuti kegiatan lain di luar wilayah kerja Anda pada waktu yang sama.",
            "%(count)d peserta mengikuti kegiatan lain di luar wilayah kerja Anda pada waktu yang sama.",
            n_people,
        )
        return ScheduleWarning(text % {"count": n_people})
    text = ngettext(
        "%(count)d peserta juga mengikuti %(activity)s pada waktu yang sama.",
        "%(count)d peserta juga mengikuti %(activity)s pada waktu yang sama.",
        n_people,
    )
    return ScheduleWarning(
        text % {"count": n_people, "activity": _named(other, activity)}, other.get_absolute_url()
    )


def _speakers_elsewhere(activities: Sequence[Activity], user):
    own: dict[int, dict[str, str]] = {}
    stored = [activity for activity in activities if activity.pk]
    for speaker in Speaker.objects.visible_to(user).filter(activity__in=stored):
        own.setdefault(speaker.activity_id, {})[speaker.name.lower()] = speaker.name
    names = {name for names in own.values() for name in names}
    rows = Speaker.objects.visible_to(user).annotate(lower_name=Lower("name")).filter(lower_name__in=names)
    others = list(_in_days_of(activities, rows, "activity__").select_related("activity__program"))

    def warnings(activity: Activity) -> Iterable[ScheduleWarning]:
        for speaker in others:
            other = speaker.activity
            name = own.get(activity.pk, {}).get(speaker.name.lower())
            if name and _collide(activity, other):
                text = _("Narasumber %(name)s juga mengisi %(activity)s pada waktu yang sama.")
                yield ScheduleWarning(
                    text % {"name": name, "activity": _named(other, activity)}, other.get_absolute_url()
                )

    return warnings


def _places_elsewhere(activities: Sequence[Activity], user):
    rows = Activity.objects.visible_to(user).annotate(lower_place=Lower("place"))
    places = {activity.place.lower() for activity in activities if _takes_room(activity)}
    others = list(
        _in_days_of(activities, rows)
        .filter(lower_place__in=places)
        .exclude(delivery=Activity.Delivery.ONLINE)
        .select_related("program__region")
    )

    def warnings(activity: Activity) -> Iterable[ScheduleWarning]:
        for other in others:
            is_same = other.place.lower() == activity.place.lower() and _town(other) == _town(activity)
            if is_same and _takes_room(activity) and _collide(activity, other):
                text = _("Tempat “%(place)s” juga dipakai %(activity)s pada waktu yang sama.")
                yield ScheduleWarning(
                    text % {"place": activity.place, "activity": _named(other, activity)}, other.get_absolute_url()
                )

    return warnings


def _in_days_of(activities: Sequence[Activity], rows, path: str = ""):
    """Those that take place in the days from the first to the last of ``activities``."""
    first = min(activity.start_date for activity in activities)
    last = max(activity.end_date for activity in activities)
    rows = rows.filter(**{f"{path}start_date__lte": last, f"{path}end_date__gte": first})
    return rows.select_related("program") if not path else rows


def _takes_room(activity: Activity) -> bool:
    return bool(activity.place) and activity.delivery != Activity.Delivery.ONLINE


def _town(activity: Activity) -> str:
    return activity.program.region.code[:REGENCY_CODE]


def _collide(activity: Activity, other: Activity) -> bool:
    if other.pk == activity.pk or not meet(activity, other):
        return False
    is_own = other.program_id == activity.program_id
    return not (is_own and (runs_alongside(activity) or runs_alongside(other)))


def _named(other: Activity, activity: Activity) -> str:
    """The title with its date, and with its program when that is another one."""
    names = {"title": other.title, "program": other.program, "date": date_format(other.start_date)}
    if other.program_id == activity.program_id:
        return _("“%(title)s” (%(date)s)") % names
    return _("“%(title)s” (%(program)s, %(date)s)") % names
