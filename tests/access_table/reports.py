"""Results and reports."""

from tests.access_table.letters import EVERYONE

URLS: dict[str, tuple[str, str | None]] = {
    "report_list": (EVERYONE, None),
    "evaluation_result": (EVERYONE, "evaluation"),
    "report_download": (EVERYONE, "evaluation"),
}
