"""Who changed what and when."""

from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "record_history": (EVERYONE, "program_by_label"),
    "program_history": (EVERYONE, "program"),
    "journal": ("AU", None),
    "journal_export": ("AU", None),
}


def rows(place: Place) -> dict[str, object]:
    return {"program_by_label": ("programs.program", place.program.pk)}
