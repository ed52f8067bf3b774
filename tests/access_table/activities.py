"""Activities with their speakers, partners and materials."""

from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "activity_create": ("AS", "program"),
    "activity_update": ("AS", "activity"),
    "activity_delete": ("AS", "activity"),
}


def rows(place: Place) -> dict[str, object]:
    return {"activity": place.program.activities.get()}
