"""Programs, objectives, batches."""

from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "program_list": (EVERYONE, None),
    "program_create": ("AS", None),
    "program_detail": (EVERYONE, "program"),
    "program_update": ("AS", "program"),
    "program_state": ("AS", "program"),
    "objective_create": ("AS", "program"),
    "objective_update": ("AS", "objective"),
    "objective_delete": ("AS", "objective"),
}
POST_ONLY = {"program_state"}


def rows(place: Place) -> dict[str, object]:
    return {"program": place.program, "objective": place.program.objectives.get()}
