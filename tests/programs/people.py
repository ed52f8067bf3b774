"""What the tests of the registry share."""

from datetime import date

from asn_eval.scoping import unscoped
from programs.models import Agency, Certificate, Enrollment, Grade, LearningDuty, Person
from tests.world import Place


def stored(row):
    """The row as the database has it now, whoever may see it; None when it is gone."""
    with unscoped("the test looks at what is stored"):
        return type(row).objects.filter(pk=row.pk).first()


def values_of(model, **wanted) -> list[dict]:
    """Every column of these rows but the moment and the count of changes, in the order of their keys."""
    with unscoped("the test looks at what is stored"):
        rows = list(model.objects.filter(**wanted).order_by("pk").values())
    return [{name: value for name, value in row.items() if name not in ("updated_at", "revision")} for row in rows]


def make_person(place: Place, nip: str, name: str, **values) -> Person:
    return Person.objects.create(
        **{"nip": nip, "name": name, "status": "PNS", "agency": place.agency, "birth_date": date(1985, 1, 1)}
        | values
    )


def make_unit(place: Place, name: str, parent: Agency | None = None) -> Agency:
    return Agency.objects.create(name=name, region=place.region, parent=parent)


def owe(hours: int, *, status: str = "PNS", since: date = date(2017, 4, 7)) -> LearningDuty:
    return LearningDuty.objects.create(status=status, lesson_hours=hours, valid_from=since)


def grade(code: str, status: str = "PNS") -> Grade:
    return Grade.objects.get_or_create(code=code, status=status, defaults={"order": 99})[0]


def certify(enrollment: Enrollment, hours=8, **values) -> Certificate:
    number = f"{enrollment.pk}/UJI"
    return Certificate.objects.create(
        **{
            "enrollment": enrollment,
            "issuer": enrollment.program.organizer,
            "issuer_name": enrollment.program.organizer.name,
            "series": "{nomor}/UJI",
            "sequence": enrollment.pk,
            "number": number,
            "token": number,
            "issued_on": date(2026, 6, 30),
            "holder_name": enrollment.person.name,
            "program_name": enrollment.program.name,
            "period": "Juni 2026",
            "lesson_hours": hours,
        }
        | values
    )
