"""Two rows of the registry become one person, and can become two again.

A merge is written down step by step: a row changed (its columns before and after) or a row deleted (all of its
columns). Undoing walks back over the steps. Whatever somebody changed after the merge stays as they left it; where
that makes a step back impossible, the whole undoing is refused with the reason and nothing has changed.
"""

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.actions.enrollment_merging import combine
from programs.actions.people import leads_back_to
from programs.actions.steps import MergeRefused, Steps, take_back, twin_of
from programs.models import Agency, DistinctPeople, Enrollment, Merge, Person

# What a person chooses between; everything else of a row hangs on these.
CHOOSABLE = (
    "nip",
    "name",
    "birth_date",
    "status",
    "grade",
    "position",
    "level",
    "agency",
    "superior",
    "email",
    "phone",
)
KEPT, ABSORBED = "kept", "absorbed"


def differing_fields(kept: Person, absorbed: Person) -> list[str]:
    """The fields that hold two different values, or one that only the absorbed row has."""
    columns = {name: Person._meta.get_field(name).attname for name in CHOOSABLE}
    return [name for name, column in columns.items() if getattr(kept, column) != getattr(absorbed, column)]


@transaction.atomic
def merge_people(*, kept: Person, absorbed: Person, values: dict[str, str], by) -> Merge:
    """Put ``absorbed`` into ``kept``. ``values`` says of each differing field whose value stands (KEPT, ABSORBED).

    Both must be in sight of ``by``. Enrollments, training records, history and subordinates go over to ``kept``.
    Raises ``MergeRefused`` with the reason where two records contradict each other; nothing has changed then.
    """
    kept, absorbed = _both_locked(kept, absorbed, by)
    steps = Steps()
    try:
        _put_together(kept, absorbed, values, by, steps)
    except IntegrityError as error:
        raise MergeRefused(_("Data berubah pada saat digabungkan. Coba sekali lagi.")) from error
    merge = Merge(
        kept=kept,
        absorbed_nip=absorbed.nip,
        absorbed_name=absorbed.name,
        snapshot={"steps": steps.written, "agency": absorbed.agency_id},
        merged_by=by,
    )
    merge.full_clean()
    merge.save()
    return merge


def _both_locked(kept: Person, absorbed: Person, by) -> tuple[Person, Person]:
    if kept.pk == absorbed.pk:
        raise MergeRefused(_("Pilih dua data yang berbeda."))
    both = Person.objects.visible_to(by).filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    found = {person.pk: person for person in both.select_for_update(of=("self",))}
    if len(found) < 2:
        raise MergeRefused(_("Salah satu data ini sudah tidak ada atau berada di luar wilayah kantor Anda."))
    return found[kept.pk], found[absorbed.pk]


def _put_together(kept: Person, absorbed: Person, values: dict[str, str], by, steps: Steps) -> None:
    chosen = _chosen_values(kept, absorbed, values)
    for relation in relations_of_a_person():
        for row in list(getattr(absorbed, relation.get_accessor_name()).all()):
            _move(row, relation.field, kept, by, steps)
    superior = chosen.get("superior", kept.superior)
    if superior in (kept, absorbed):
        superior = chosen["superior"] = None
    if leads_back_to(kept, superior):
        raise MergeRefused(
            _("%(name)s berada di bawah orang ini. Ubah dulu atasan langsung salah satunya.")
            % {"name": superior.name}
        )
    steps.delete(absorbed)
    steps.change(kept, chosen)


def _chosen_values(kept: Person, absorbed: Person, values: dict[str, str]) -> dict[str, object]:
    """The values of ``absorbed`` that shall stand. Raises for an answer that is none."""
    chosen = {}
    for name in differing_fields(kept, absorbed):
        answer = values.get(name, KEPT)
        if answer not in (KEPT, ABSORBED):
            raise MergeRefused(_("Pilih nilai yang berlaku untuk setiap isian yang berbeda."))
        if answer == ABSORBED:
            chosen[name] = getattr(absorbed, name)
    status = chosen.get("status", kept.status)
    grade = chosen.get("grade", kept.grade)
    if grade is not None and grade.status != status:
        raise MergeRefused(
            _("Golongan %(grade)s bukan golongan %(status)s. Pilih status dan golongan dari data yang sama.")
            % {"grade": grade, "status": status}
        )
    return chosen


def relations_of_a_person() -> list[models.ForeignObjectRel]:
    """Every relation by which other rows point at a person, of this app and of those above it."""
    return list(Person._meta.related_objects)


def _move(row: models.Model, field: models.Field, kept: Person, by, steps: Steps) -> None:
    if row == kept:
        return  # the kept person's superior is among the chosen values
    twin = None if isinstance(row, DistinctPeople) else twin_of(row, field, kept)
    if isinstance(row, Enrollment) and twin is not None:
        combine(into=twin, absorbed=row, by=by, steps=steps)
    elif isinstance(row, DistinctPeople) or twin is not None:
        # A decision about this pair has no object any more; one training noted on both is noted once.
        steps.delete(row)
    else:
        steps.change(row, {field.name: kept})


@transaction.atomic
def undo_merge(*, merge: Merge, by) -> Person:
    """Give back what ``merge`` took; the person who was absorbed exists again, under the same number.

    Raises ``MergeRefused`` with the reason where later work stands in the way.
    """
    merge = Merge.objects.visible_to(by).select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at is not None:
        raise MergeRefused(_("Penggabungan ini sudah dipisahkan lagi."))
    later = merge.kept.merges.filter(undone_at=None, pk__gt=merge.pk).order_by("pk").first()
    if later is not None:
        raise MergeRefused(
            _("Pisahkan dulu %(name)s (NIP %(nip)s), yang digabungkan sesudahnya.")
            % {"name": later.absorbed_name, "nip": later.absorbed_nip}
        )
    if not Agency.objects.visible_to(by).filter(pk=merge.snapshot["agency"]).exists():
        raise MergeRefused(
            _("Unit kerja semula orang ini sudah tidak ada atau di luar wilayah kantor Anda; minta admin.")
        )
    try:
        restored = take_back(merge.snapshot["steps"])
    except IntegrityError as error:
        raise MergeRefused(_("Data berubah pada saat dipisahkan. Coba sekali lagi.")) from error
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.full_clean()
    merge.save()
    return restored[Person._meta.label_lower][0]
