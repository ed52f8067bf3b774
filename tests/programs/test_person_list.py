"""The registry as a list: found, narrowed, sorted, taken away as a workbook."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from programs.models import Merge, TrainingRecord
from tests.programs.people import grade, make_person, make_unit, owe
from tests.queries import page_queries

URL = "/asn/"
NIP = "1985010120100319{:02d}".format


@pytest.fixture
def registry(world):
    """Four people of Kota Semarang beside the six of the world, and a foreign one of the same name."""
    here = world.here
    above = make_unit(here, "Sekretariat Daerah")
    bureau = make_unit(here, "Biro Umum", above)
    part = make_unit(here, "Bagian Rumah Tangga", bureau)
    make_person(here, NIP(50), "Nur Hayati, S.E.", agency=above, grade=grade("III/d"))
    make_person(here, NIP(51), "Nurhayati Zahra", agency=bureau, level="pengawas")
    make_person(here, "198501012023211952", "Zaki", agency=part, status="PPPK", grade=grade("IX", "PPPK"))
    make_person(here, NIP(53), "=CMD()", agency=part, position="@SUM(A1)")
    make_person(world.there, NIP(54), "Nur Hayati Medan")
    return world


def names(page) -> list[str]:
    return [person.name for person in page.context["people"]]


def found(client, **query) -> list[str]:
    return names(client.get(URL, query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "nurhayati"}, ["Nur Hayati, S.E.", "Nurhayati Zahra"]),
        ({"q": "HAYATI nur"}, ["Nur Hayati, S.E.", "Nurhayati Zahra"]),
        ({"q": "Nur Hayati, S.E."}, ["Nur Hayati, S.E."]),
        ({"q": NIP(51)}, ["Nurhayati Zahra"]),
        ({"q": "19850101 201003 1 951"}, ["Nurhayati Zahra"]),
        ({"q": "2023211952"}, ["Zaki"]),
        ({"q": NIP(54)}, []),
        ({"q": "tidak ada"}, []),
        ({"q": "%"}, ["=CMD()", "Nur Hayati, S.E.", "Nurhayati Zahra", "Zaki"]),
        ({"q": "a\0b"}, ["=CMD()", "Nur Hayati, S.E.", "Nurhayati Zahra", "Zaki"]),
        ({"unit": "Biro Umum"}, ["=CMD()", "Nurhayati Zahra", "Zaki"]),
        ({"unit": "biroumum"}, ["=CMD()", "Nurhayati Zahra", "Zaki"]),
        ({"unit": "Biro Umum · Kota Semarang, Jawa Tengah"}, ["=CMD()", "Nurhayati Zahra", "Zaki"]),
        ({"unit": "Biro Umum · Kota Medan, Sumatera Utara"}, []),
        ({"unit": "Dinas Kota Medan"}, []),
        ({"status": "PPPK"}, ["Zaki"]),
        ({"level": "pengawas"}, ["Nurhayati Zahra"]),
        ({"region": "Jawa Tengah", "q": "zaki"}, ["Zaki"]),
        ({"region": "Kota Semarang, Jawa Tengah (33.74)", "q": "zaki"}, ["Zaki"]),
        ({"region": "33.74", "q": "zaki"}, ["Zaki"]),
        ({"region": "Candisari"}, []),
        ({"region": "Kota Medan"}, []),
        ({"status": "PPPK", "level": "pengawas"}, []),
        # What is no value narrows nothing.
        ({"status": "TNI", "q": "zaki"}, ["Zaki"]),
        ({"grade": "abc", "q": "zaki"}, ["Zaki"]),
        ({"grade": "99999999999999999999", "q": "zaki"}, ["Zaki"]),
    ],
)
def test_search_and_filters_find(registry, staff, query, expected):
    assert [name for name in found(staff, **query) if not name.startswith("Peserta")] == expected


def test_grade_narrows(registry, staff):
    assert found(staff, grade=str(grade("IX", "PPPK").pk)) == ["Zaki"]


def test_units_in_a_circle_are_each_found_once(registry, staff, world):
    from asn_eval.scoping import unscoped
    from programs.models import Agency

    with unscoped("the test makes a circle that no form lets through"):
        top, part = (Agency.objects.get(name=name) for name in ("Sekretariat Daerah", "Bagian Rumah Tangga"))
        Agency.objects.filter(pk=top.pk).update(parent=part)
    assert found(staff, unit="Biro Umum") == ["=CMD()", "Nur Hayati, S.E.", "Nurhayati Zahra", "Zaki"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("nama", ["Nur Hayati, S.E.", "Nurhayati Zahra", "Zaki"]),
        ("-nama", ["Zaki", "Nurhayati Zahra", "Nur Hayati, S.E."]),
        ("nip", ["Nur Hayati, S.E.", "Nurhayati Zahra", "Zaki"]),
        ("-nip", ["Zaki", "Nurhayati Zahra", "Nur Hayati, S.E."]),
        ("unit", ["Zaki", "Nurhayati Zahra", "Nur Hayati, S.E."]),
        ("tidak-ada", ["Nur Hayati, S.E.", "Nurhayati Zahra", "Zaki"]),
    ],
)
def test_the_address_decides_the_order(registry, staff, order, expected):
    assert [name for name in found(staff, urut=order) if name[0] in "NZ"] == expected


def test_a_merged_nip_finds_who_was_kept(registry, staff, world):
    kept = world.here.people[0]
    merge = Merge.objects.create(kept=kept, absorbed_nip=NIP(77), absorbed_name="Lama", snapshot={})
    assert found(staff, q=NIP(77)) == [kept.name]
    merge.undone_at = "2026-01-01T00:00:00Z"
    merge.save()
    assert found(staff, q=NIP(77)) == []


def test_below_the_duty_are_those_who_owe_and_have_less(registry, staff, world, settings):
    year = date.today().year
    owe(20)
    enough, some = world.here.people[:2]
    for person, hours in ((enough, 20), (some, 19)):
        TrainingRecord.objects.create(person=person, name="Kursus", lesson_hours=hours, end_date=date(year, 1, 1))
    names_below = found(staff, below="on")
    assert enough.name not in names_below
    assert some.name in names_below
    assert "Zaki" not in names_below  # nothing is recorded of what a PPPK owes


def test_the_list_shows_hours_and_duty_of_this_year(registry, staff, world):
    owe(20)
    year = date.today().year
    person = world.here.people[0]
    TrainingRecord.objects.create(person=person, name="Kursus", lesson_hours="7.5", end_date=date(year, 1, 1))
    (row,) = staff.get(URL, {"q": person.nip}).context["people"]
    assert (row.hours, row.duty) == (7.5, 20)


def test_the_list_asks_the_same_of_the_database_however_long(world, staff):
    def visit():
        return page_queries(staff, URL)

    visit()
    few = visit()
    for number in range(60, 75):
        person = make_person(world.here, NIP(number), f"Orang {number}", superior=world.here.people[0])
        TrainingRecord.objects.create(person=person, name="K", lesson_hours=1, end_date=date.today())
    assert visit() == few


def rows_of(response) -> list[list]:
    sheet = load_workbook(BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_holds_the_filtered_list_and_no_formula(registry, staff):
    response = staff.get(reverse("person_export"), {"unit": "Bagian Rumah Tangga", "urut": "-nama"})
    header, *rows = rows_of(response)
    year = date.today().year
    assert header == [
        "NIP",
        "Nama",
        "Tanggal Lahir",
        "Golongan",
        "Jabatan",
        "Jenjang Jabatan",
        "Unit Kerja",
        "NIP Atasan",
        "Email",
        "Telepon",
        "Status Kepegawaian",
        "Wilayah Unit Kerja",
        f"JP {year}",
    ]
    assert [row[1] for row in rows] == ["Zaki", "=CMD()"]
    sheet = load_workbook(BytesIO(response.content)).active
    assert {
        (sheet["B3"].data_type, sheet["B3"].quotePrefix),
        (sheet["E3"].data_type, sheet["E3"].quotePrefix),
    } == {("s", True)}
    assert sheet["A2"].value == "198501012023211952"


def test_the_workbook_asks_the_same_of_the_database_however_long(world, staff):
    url = reverse("person_export")
    page_queries(staff, url)
    few = page_queries(staff, url)
    for number in range(60, 75):
        make_person(world.here, NIP(number), f"Orang {number}", superior=world.here.people[0])
    assert page_queries(staff, url) == few


def test_an_empty_registry_says_what_to_do_next(world, staff):
    for enrollment in world.here.enrollments:
        enrollment.delete()
    for person in world.here.people:
        person.delete()
    page = staff.get(URL).content.decode()
    assert "Belum ada ASN tercatat" in page
    assert reverse("person_create") in page


def test_suggestions_hold_only_people_and_units_in_sight(registry, staff):
    people = staff.get(reverse("person_search"), {"superior": "nur hayati"}).context["labels"]
    assert people == ["Nur Hayati, S.E. · 19850101 201003 1 950", "Nurhayati Zahra · 19850101 201003 1 951"]
    units = staff.get(reverse("unit_search"), {"agency": "dinaskota"}).context["labels"]
    assert units == ["Dinas Kota Semarang · Kota Semarang, Jawa Tengah"]


@pytest.mark.parametrize("typed", ["", "n", "\0", "zzzz"])
def test_suggestions_wait_for_something_to_find(registry, staff, typed):
    assert staff.get(reverse("person_search"), {"superior": typed}).context["labels"] == []
