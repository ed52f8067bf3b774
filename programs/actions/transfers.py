"""A person moves to another place: the old one becomes history."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.models import Agency, Assignment, Grade, Person


def placed_since(person: Person) -> date | None:
    """When the present placement began: the day after the last one that is recorded, if one is."""
    last = person.assignments.order_by("-ended_on", "-pk").first()
    return last.ended_on + timedelta(days=1) if last else None


@transaction.atomic
def transfer_person(
    *, person: Person, agency: Agency, position: str, level: str, grade: Grade | None, on: date, note: str
) -> Assignment:
    """Write the present place of ``person`` into their history and put them into the new one from ``on``.

    Whoever calls this sees ``person`` and ``agency``. In another unit the direct superior is another one too,
    so that field is emptied. Raises ``ValidationError`` when nothing would change or the day cannot be.
    """
    old = Person.objects.unscoped("the person in hand, read again under lock").select_for_update(of=("self",))
    before = old.select_related("agency__region", "grade").get(pk=person.pk)
    _refuse_impossible(before, agency, position, level, grade, on)
    assignment = Assignment(
        person=person,
        agency_name=before.agency.name,
        region_name=str(before.agency.region),
        position=before.position,
        level=before.level,
        grade_name=str(before.grade or ""),
        started_on=placed_since(before),
        ended_on=on - timedelta(days=1),
        note=note,
    )
    assignment.full_clean()
    assignment.save()
    if agency.pk != before.agency_id:
        person.superior = None
    person.agency, person.position, person.level, person.grade = agency, position, level, grade
    person.full_clean()
    person.save()
    return assignment


def _refuse_impossible(
    before: Person, agency: Agency, position: str, level: str, grade: Grade | None, on: date
) -> None:
    if (before.agency, before.position, before.level, before.grade) == (agency, position, level, grade):
        raise ValidationError({"agency": _("Penempatan ini sama dengan yang sekarang; tidak ada yang berpindah.")})
    if on > timezone.localdate():
        raise ValidationError({"on": _("Tanggal ini belum tiba. Catat perpindahan pada harinya atau sesudahnya.")})
    since = placed_since(before)
    if since and on <= since:
        raise ValidationError(
            {
                "on": _("Penempatan sekarang mulai %(since)s; perpindahan berikutnya harus sesudah tanggal itu.")
                % {"since": date_format(since)}
            }
        )
