"""The numbers of a year: counted exactly, by type and region, inside the area, and never of too few."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from asn_eval.accounts.models import Office, Region, User
from programs.models import Enrollment, Person, Program
from reports.analysis.overview import Completion
from reports.analysis.results import Suppressed
from reports.overview.choice import read_choice
from tests.reports.years import budget, enrol, hold, run
from tests.world import synthetic_nip

STATUS, TYPE = Enrollment.Status, Program.Type
YEAR = 2024  # the programs of the world start in 2026


@pytest.fixture
def regions(world):
    return {region.code: region for region in Region.objects.all()}


@pytest.fixture
def national(client, world):
    client.force_login(world.national)
    return client


def start(place, name: str, *, region=None, **values) -> Program:
    program = run(place, name, region=region, **values)
    program.start_date, program.end_date = date(YEAR, 3, 1), date(YEAR, 4, 30)
    program.save()
    return program


def people(place, first: int, count: int) -> list[Person]:
    year = 1990 if place.region.code.startswith("33") else 1991
    return [
        Person.objects.create(
            nip=synthetic_nip(number, year), name=f"Orang {number}", status="PNS", agency=place.agency
        )
        for number in range(first, first + count)
    ]


def ask(client, **asked):
    return client.get(reverse("home"), {"tahun": YEAR} | asked)


def rows(chart) -> dict[str, tuple]:
    return {row.label: (row.tally.programs, row.tally.enrollments, row.completion) for row in chart.rows}


def build(world, regions) -> None:
    """Two programs in Kota Semarang (one of them in Candisari), one in Kota Medan."""
    first = start(world.here, "Satu", type=TYPE.TRAINING)
    hold(first, hours=7.5)
    hold(first, hours=2)
    budget(first, 1_500_000, 1_000_000)
    budget(first, 500_000, None)
    statuses = [STATUS.COMPLETED] * 4 + [STATUS.FAILED, STATUS.WITHDRAWN, STATUS.REGISTERED]
    group = people(world.here, 1, 7)
    for person, status in zip(group, statuses, strict=True):
        enrol(first, person, status=status)
    second = start(world.here, "Dua", type=TYPE.CAREER, region=regions["33.74.08"])
    hold(second, hours=4)
    for person in group[:6]:
        enrol(second, person, status=STATUS.COMPLETED)
    enrol(second, group[6], status=STATUS.COMPLETED, group=Enrollment.Group.COMPARISON)
    third = start(world.there, "Tiga", type=TYPE.CAREER)
    for person in people(world.there, 1, 5):
        enrol(third, person, status=STATUS.FAILED)


def test_everything_that_started_in_the_year_is_counted_once(world, regions, staff):
    build(world, regions)
    context = ask(staff).context
    total = context["total"]
    assert (total.programs, total.activities, total.lesson_hours) == (2, 3, Decimal("13.5"))
    assert (context["n_persons"], total.enrollments) == (7, 13)
    assert context["completion"] == Completion(completed=10, n=12)
    assert (total.planned, total.realised, total.budget_lines, total.unrealised_lines) == (
        2_000_000,
        1_000_000,
        2,
        1,
    )
    assert (context["planned"], context["realised"]) == ("Rp2 juta", "Rp1 juta; 1 pos belum diisi")


def test_numbers_are_told_by_type(world, regions, national):
    build(world, regions)
    assert rows(ask(national).context["type_chart"]) == {
        "Pengembangan karier": (2, 11, Completion(6, 11)),
        "Pelatihan": (1, 7, Completion(4, 6)),
    }


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("", {"Sumatera Utara": (1, 5, Completion(0, 5)), "Jawa Tengah": (2, 13, Completion(10, 12))}),
        ("33", {"Kota Semarang": (2, 13, Completion(10, 12))}),
        (
            "33.74",
            {
                "Kota Semarang, tidak dirinci": (1, 7, Completion(4, 6)),
                "Candisari": (1, 6, Completion(6, 6)),
            },
        ),
        ("33.74.08", {"Candisari": (1, 6, Completion(6, 6))}),
    ],
)
def test_numbers_are_told_by_the_region_of_the_next_level(world, regions, national, code, table):
    build(world, regions)
    assert rows(ask(national, wilayah=code).context["region_chart"]) == table


def test_a_city_sees_its_districts_and_does_not_link_to_itself(world, regions, staff):
    build(world, regions)
    chart = ask(staff).context["region_chart"]
    assert [(row.label, bool(row.query)) for row in chart.rows] == [
        ("Kota Semarang, tidak dirinci", False),
        ("Candisari", True),
    ]


def test_an_office_of_two_provinces_sees_both(client, world, regions):
    build(world, regions)
    office = Office.objects.create(name="Kanreg", kind=Office.Kind.REGIONAL)
    office.regions.add(regions["33"], regions["12"])
    client.force_login(User.objects.create_user("kanreg", role="manajer", office=office))
    assert list(rows(ask(client).context["region_chart"])) == ["Sumatera Utara", "Jawa Tengah"]
    assert [region.code for region in ask(client).context["regions"]] == ["12", "33"]
    below = ask(client, wilayah="33").context
    assert [region.code for region in below["regions"]] == ["33", "33.74"]


def test_completion_of_two_people_is_not_shown(world, regions, staff):
    program = start(world.here, "Kecil", region=regions["33.74.08"])
    for person in people(world.here, 1, 2):
        enrol(program, person, status=STATUS.COMPLETED)
    response = ask(staff, ukuran="penyelesaian")
    assert isinstance(response.context["completion"], Suppressed)
    assert [row.text for row in response.context["region_chart"].rows] == ["tidak ditampilkan"]
    page = response.content.decode()
    assert "100%" not in page
    assert "100,0%" not in page


def test_completion_by_type_is_not_shown_for_a_part_of_the_area(world, regions, national):
    build(world, regions)
    chart = ask(national, wilayah="33").context["type_chart"]
    assert {row.label: row.completion_text for row in chart.rows} == {
        "Pengembangan karier": "tidak ditampilkan",
        "Pelatihan": "tidak ditampilkan",
    }


@pytest.mark.parametrize(
    ("measure", "texts"),
    [
        ("program", ["1", "1"]),
        ("peserta", ["6", "7"]),
        ("jp", ["4", "9,5"]),
        ("penyelesaian", ["100,0% (n = 6)", "66,7% (n = 6)"]),
    ],
)
def test_a_bar_says_its_value(world, regions, staff, measure, texts):
    build(world, regions)
    rows = ask(staff, ukuran=measure).context["type_chart"].rows
    assert [row.text for row in rows] == texts


def test_the_longest_bar_fills_its_line_and_a_share_is_out_of_the_whole(world, regions, staff):
    build(world, regions)
    lengths = {
        measure: [row.length for row in ask(staff, ukuran=measure).context["type_chart"].drawn]
        for measure in ("peserta", "penyelesaian")
    }
    assert lengths == {"peserta": [100.0, 85.7], "penyelesaian": [100.0, 66.7]}


def test_numbers_inside_a_drawing_are_not_localised(world, regions, staff):
    build(world, regions)
    page = ask(staff, ukuran="peserta").content.decode()
    assert 'width="85.7"' in page
    assert 'width="85,7"' not in page


def test_a_year_without_programs_leads_to_the_last_one_with_some(world, regions, staff):
    build(world, regions)
    response = staff.get(reverse("home"), {"tahun": "1999"})
    assert response.context["total"].programs == 0
    assert response.context["latest_year"] == 2026
    page = response.content.decode()
    assert "Belum ada program yang dimulai pada tahun 1999." in page
    assert "Lihat angka tahun 2026" in page


@pytest.mark.parametrize("year", ["", "0", "99999", "-200", "20²6", "٢٠٢٦", "x", "1944", "2101", "9" * 5000, "\0"])
def test_a_year_that_is_none_is_this_year(world, staff, year):
    assert staff.get(reverse("home"), {"tahun": year}).context["choice"].year == timezone.localdate().year


@pytest.mark.parametrize("code", ["12", "12.71", "33", "99", "x", "33.74'", "\0", "9" * 5000, "%"])
def test_a_region_outside_the_area_narrows_nothing(world, regions, staff, code):
    build(world, regions)
    context = ask(staff, wilayah=code).context
    assert (context["choice"].region, context["total"].programs) == (None, 2)


@pytest.mark.parametrize("measure", ["", "x", "PROGRAM", "\0", "9" * 5000])
def test_a_measure_that_is_none_is_the_first(world, staff, measure):
    assert ask(staff, ukuran=measure).context["choice"].measure == "program"


@pytest.mark.parametrize(
    ("asked", "years", "expected"),
    [
        ("", [2026, 2025], 2026),
        ("", [2025, 2024], 2025),  # nothing started this year: the last year that has numbers
        ("", [2028, 2027, 2026], 2026),
        ("", [], 2026),
        ("2024", [2026], 2024),
        ("dua ribu", [2025], 2025),
    ],
)
def test_the_year_is_the_one_asked_for_or_the_last_that_has_programs(rf, world, asked, years, expected):
    request = rf.get("/", {"tahun": asked})
    request.user = world.national
    assert read_choice(request, today=date(2026, 11, 27), years=years).year == expected
