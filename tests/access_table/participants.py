"""Participants of a program."""

from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "program_participants": ("ASE", "program"),
    "enrollment_create": ("AS", "program"),
    "enrollment_update": ("AS", "enrollment"),
    "enrollment_delete": ("AS", "enrollment"),
    "participants_export": ("ASE", "program"),
    "participants_bulk": ("AS", "program"),
    "person_suggestions": ("AS", "program"),
    "attendance_grid": ("ASE", "program"),
    "attendance_paste": ("AS", "program"),
    "score_grid": ("ASE", "program"),
    "score_paste": ("AS", "program"),
}


def rows(place: Place) -> dict[str, object]:
    return {"enrollment": place.enrollments[0]}
