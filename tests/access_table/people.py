"""The registry of civil servants."""

from datetime import date

from programs.models import Merge, TrainingRecord
from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "person_list": ("ASE", None),
    "person_export": ("ASE", None),
    "training_export": ("ASE", None),
    "person_search": ("ASE", None),
    "unit_search": (EVERYONE, None),
    "person_create": ("AS", None),
    "nip_reading": ("AS", None),
    "person_duplicates": ("AS", None),
    "person_detail": ("ASE", "person"),
    "person_update": ("AS", "person"),
    "person_delete": ("AS", "person"),
    "person_transfer": ("AS", "person"),
    "person_merge_choose": ("AS", "person"),
    "person_merge": ("AS", "two people"),
    "person_tell_apart": ("AS", "two people"),
    "person_merge_undo": ("AS", "merge"),
    "training_create": ("AS", "person"),
    "training_update": ("AS", "training record"),
    "training_delete": ("AS", "training record"),
}
POST_ONLY = ("person_tell_apart",)


def rows(place: Place) -> dict[str, object]:
    person, other = place.people[:2]
    return {
        "person": person,
        "two people": (person.pk, other.pk),
        "training record": TrainingRecord.objects.create(
            person=person, name="Kursus", lesson_hours=4, end_date=date(2025, 5, 5)
        ),
        # Taken apart already: a post to its page is answered, and changes nothing.
        "merge": Merge.objects.create(
            kept=person, absorbed_nip="1" * 18, absorbed_name="Nama lama", snapshot={"steps": [], "agency": 0}
        ),
    }
