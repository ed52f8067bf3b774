"""Programs, objectives, batches."""

from programs.models import Batch
from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "program_list": (EVERYONE, None),
    "program_export": (EVERYONE, None),
    "organizer_search": (EVERYONE, None),
    "program_create": ("AS", None),
    "program_detail": (EVERYONE, "program"),
    "program_update": ("AS", "program"),
    "program_state": ("AS", "program"),
    "program_copy": ("AS", "program"),
    "program_delete": ("AS", "program"),
    "objectives_export": (EVERYONE, "program"),
    "objective_create": ("AS", "program"),
    "objective_update": ("AS", "objective"),
    "objective_shift": ("AS", "objective"),
    "objective_delete": ("AS", "objective"),
    "batch_create": ("AS", "program"),
    "batch_update": ("AS", "batch"),
    "batch_delete": ("AS", "batch"),
}
POST_ONLY = {"program_state", "objective_shift"}


def rows(place: Place) -> dict[str, object]:
    program = place.program
    batch = Batch.objects.create(
        program=program, name="Angkatan I", start_date=program.start_date, end_date=program.end_date
    )
    return {"program": program, "objective": program.objectives.get(), "batch": batch}
