"""Participants of a program."""

from datetime import date

from programs.models import Certificate
from tests.access_table.letters import PUBLIC
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
    "attendance_export": ("ASE", "program"),
    "scores_export": ("ASE", "program"),
    "score_grid": ("ASE", "program"),
    "score_paste": ("AS", "program"),
    "certificate_list": ("ASE", "program"),
    "certificates_pdf": ("ASE", "program"),
    "certificates_export": ("ASE", "program"),
    "certificate_issue": ("AS", "program"),
    "certificate_pdf": ("ASE", "certificate"),
    "certificate_revoke": ("AS", "certificate"),
    "certificate_verify": (PUBLIC, "certificate_token"),
}


def rows(place: Place) -> dict[str, object]:
    certificate = make_certificate(place)
    return {
        "enrollment": place.enrollments[0],
        "certificate": certificate,
        "certificate_token": (certificate.token,),
    }


def make_certificate(place: Place, number: int = 1) -> Certificate:
    """A valid certificate of the participant with that number in the place."""
    enrollment = place.enrollments[number - 1]
    return Certificate.objects.create(
        enrollment=enrollment,
        issuer=place.office,
        issuer_name=place.office.name,
        series="{nomor}/UJI",
        sequence=number,
        number=f"{number:03d}/UJI",
        issued_on=date(2026, 7, 1),
        holder_name=enrollment.person.name,
        program_name=place.program.name,
        period="1 Februari sampai 30 Juni 2026",
        lesson_hours=8,
    )
