"""Results and reports."""

from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "report_list": (EVERYONE, None),
    "tile_map": (EVERYONE, None),
    "todo_list": (EVERYONE, None),
    "overview_list": (EVERYONE, "list"),
    "evaluation_result": (EVERYONE, "evaluation"),
    "evaluation_triangulation": (EVERYONE, "evaluation"),
    "report_download": (EVERYONE, "evaluation"),
    "survey_export": ("E", "survey"),
    "survey_export_file": ("E", "file of answers"),
    "evaluation_export": ("E", "evaluation"),
    "evaluation_export_file": ("E", "file of waves"),
}
OPEN_ROWS = {"list"}  # the same page for every region; the rows in it are not


def rows(place: Place) -> dict[str, object]:
    survey = place.surveys["sesudah"]
    return {
        "list": ("segera-mulai",),
        "file of answers": (survey.pk, "excel"),
        "file of waves": (place.evaluation.pk, survey.pk, "excel"),
    }
