"""How the units of the participants answered: table, sentence, and what small units keep to themselves."""

import pytest

from evaluations.models import Invitation
from programs.models import Agency, Enrollment, Person
from reports.analysis.results import Reason, Suppressed
from tests.reports.answers import enroll_more
from tests.reports.test_assembly import report_of
from tests.reports.test_chapters import block

TOO_SMALL = Suppressed(Reason.GROUP_TOO_SMALL, 5)
PROTECTS = Suppressed(Reason.PROTECTS_OTHER_GROUP, 5)


def invite(place, units: dict[str, tuple[int, int]], wave: str = "sesudah", group=Enrollment.Group.PARTICIPANT):
    """(invited, answered) by unit, all of them new people."""
    for name, (invited, answered) in units.items():
        agency, _made = Agency.objects.unscoped("test").get_or_create(name=name, region=place.region)
        first = len(place.enrollments) + 1
        for number, enrollment in enumerate(enroll_more(place, invited, first=first, group=group)):
            Person.objects.unscoped("test").filter(pk=enrollment.person_id).update(agency=agency)
            Invitation.objects.create(
                survey=place.surveys[wave], enrollment=enrollment, is_answered=number < answered
            )


def units_of(place) -> list[tuple]:
    (response,) = report_of(place).unit_responses
    return [(one.unit, one.n_invited, one.n_answered) for one in response.units]


def test_large_units_are_told_with_what_they_answered(world):
    invite(world.here, {"Camat": (8, 6), "Dinas A": (5, 2)})
    assert units_of(world.here) == [("Camat", 8, 6), ("Dinas A", 5, 2)]


def test_small_units_are_withheld_with_the_one_that_would_reveal_them(world):
    invite(world.here, {"Camat": (9, 9), "Dinas A": (6, 2), "Dinas B": (3, 0)})
    assert units_of(world.here) == [
        ("Camat", 9, 9),
        ("Dinas A", PROTECTS, PROTECTS),
        ("Dinas B", TOO_SMALL, TOO_SMALL),
    ]


def test_the_comparison_group_is_not_counted(world):
    invite(world.here, {"Camat": (5, 5)})
    invite(world.here, {"Lurah": (9, 1)}, group=Enrollment.Group.COMPARISON)
    assert units_of(world.here) == [("Camat", 5, 5)]


def test_the_appendix_has_a_table_that_names_no_small_unit(world):
    invite(world.here, {"Camat": (9, 9), "Dinas A": (8, 2), "Dinas B": (2, 0), "Dinas C": (3, 3)})
    (table,) = block(world.here, "Respons menurut unit kerja", "lampiran").tables
    assert table.caption == "Respons menurut unit kerja: Instrumen uji, sesudah"
    assert table.rows == (
        ("Camat", "9", "9", "100,0%"),
        ("Dinas A", "8", "2", "25,0%"),
        ("Unit kerja lain (2)", "–", "–", "–"),
    )
    assert table.note == "–: tidak ditampilkan untuk melindungi unit yang lebih kecil dari 5 orang."


@pytest.mark.parametrize(
    ("units", "told"),
    [
        (
            {"Camat": (9, 9), "Dinas A": (8, 2)},
            "Menurut unit kerja, respons terendah ada pada Dinas A (25,0%; instrumen uji, sesudah).",
        ),
        (
            {"Camat": (8, 8), "Dinas A": (8, 2), "Dinas B": (8, 2)},
            "Menurut unit kerja, respons terendah ada pada Dinas A dan Dinas B (25,0%; instrumen uji, sesudah).",
        ),
        ({"Camat": (9, 9), "Dinas A": (8, 8)}, ""),  # alike
        ({"Camat": (9, 9), "Dinas A": (3, 0), "Dinas B": (2, 0)}, ""),  # only one may be shown
        ({"Camat": (9, 9)}, ""),
    ],
)
def test_the_method_names_where_fewest_answered(world, units, told):
    invite(world.here, units)
    (sentence,) = block(world.here, "Responden dan tingkat respons", "metodologi").sentences
    assert sentence.partition("Menurut unit kerja")[1:] == (
        ("Menurut unit kerja", told.removeprefix("Menurut unit kerja")) if told else ("", "")
    )


def test_nobody_invited_is_no_table(world):
    assert report_of(world.here).unit_responses == ()
