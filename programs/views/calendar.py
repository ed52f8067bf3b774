"""The activities of a program by month, and as a file for the calendar on a telephone."""

import re
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.generic import DetailView

from asn_eval.fields import LATEST_YEAR, OLDEST_YEAR
from asn_eval.views import AccessMixin, ScopedDetailView
from programs.calendar_file import Event, write_calendar
from programs.clashes import schedule_warnings
from programs.models import Activity, Program
from programs.schedule import month_of, next_month, previous_month, touches_month
from programs.views.programs import program_trail

MONTH_PARAMETER = "bulan"


class ProgramCalendarView(ScopedDetailView):
    """One month; the address names it (?bulan=2026-03)."""

    model = Program
    permission = "programs.view_activity"
    template_name = "programs/program_calendar.html"
    context_object_name = "program"

    def get_queryset(self):
        return super().get_queryset().select_related("region")

    def get_context_data(self, **kwargs):
        program = self.object
        activities = list(program.activities.select_related("batch", "form").prefetch_related("speakers"))
        month = asked_month(self.request.GET.get(MONTH_PARAMETER, "")) or usual_month(
            program, activities, timezone.localdate()
        )
        shown = [activity for activity in activities if touches_month(activity, month.year, month.month)]
        before, after = previous_month(month.year, month.month), next_month(month.year, month.month)
        warnings = schedule_warnings(program, activities, self.request.user)
        by_activity = list(zip(activities, warnings, strict=True))
        return super().get_context_data(
            trail=program_trail(program),
            month=month,
            before=before if before.year >= OLDEST_YEAR else None,
            after=after if after.year <= LATEST_YEAR else None,
            weeks=month_of(month.year, month.month, shown),
            agenda=[entry for entry in by_activity if entry[0] in shown],
            months=months_with(activities),
            with_warnings=[entry for entry in by_activity if entry[1]],
            has_activities=bool(activities),
            today=timezone.localdate(),
            **kwargs,
        )


def asked_month(text: str) -> date | None:
    """The first day of "2026-03"; None for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if OLDEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12 else None


def usual_month(program: Program, activities: list[Activity], today: date) -> date:
    """This month when something takes place in it, otherwise the month of the first activity."""
    if any(touches_month(activity, today.year, today.month) for activity in activities):
        return today.replace(day=1)
    first = min((activity.start_date for activity in activities), default=program.start_date)
    return first.replace(day=1)


def months_with(activities: list[Activity]) -> list[date]:
    """The months in which something takes place."""
    found: set[date] = set()
    for activity in activities:
        month = activity.start_date.replace(day=1)
        while month <= activity.end_date:
            found.add(month)
            month = next_month(month.year, month.month)
    return sorted(found)


class ProgramCalendarFileView(AccessMixin, DetailView):
    model = Program
    permission = "programs.view_activity"

    def get_queryset(self):
        return super().get_queryset().select_related("organizer")

    def render_to_response(self, context, **kwargs):
        program = self.object
        activities = program.activities.select_related("batch")
        content = write_calendar(program.name, map(self.event_of, activities), program.organizer.time_zone)
        headers = {"Content-Disposition": f'attachment; filename="kalender-{slugify(program.name)[:60]}.ics"'}
        return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)

    def event_of(self, activity: Activity) -> Event:
        return Event(
            uid=f"kegiatan-{activity.pk}@{self.request.get_host().partition(':')[0]}",
            title=f"{activity.title} ({activity.batch})" if activity.batch else activity.title,
            place=activity.place,
            description=activity.topic,
            start_date=activity.start_date,
            end_date=activity.end_date,
            start_time=activity.start_time,
            end_time=activity.end_time,
            changed_at=activity.updated_at,
        )
