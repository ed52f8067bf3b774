"""Results and reports."""

from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "report_list": (EVERYONE, None),
    "tile_map": (EVERYONE, None),
    "todo_list": (EVERYONE, None),
    "overview_list": (EVERYONE, "list"),
    "evaluation_result": (EVERYONE, "evaluation"),
    "report_download": (EVERYONE, "evaluation"),
}
OPEN_ROWS = {"list"}  # the same page for every region; the rows in it are not


def rows(place: Place) -> dict[str, object]:
    return {"list": ("segera-mulai",)}
