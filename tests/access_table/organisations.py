"""Units and the lists that programs choose from."""

from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "reference_index": (EVERYONE, None),
    "agency_list": (EVERYONE, None),
    "agency_create": ("AS", None),
    "agency_update": ("AS", "agency"),
}


def rows(place: Place) -> dict[str, object]:
    return {"agency": place.agency}
