"""The list of programs: found, narrowed, sorted, paged, exported."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from asn_eval.accounts.models import Office, Region, search_key
from evaluations.models import Evaluation
from programs.models import Enrollment, Program
from tests.queries import page_queries
from tests.world import add_participant, make_program

LIST, EXPORT = "/program/", "/program/unduh/"


def names_listed(response):
    return [program.name for program in response.context["object_list"]]


def names_exported(response):
    rows = load_workbook(BytesIO(response.content)).active.values
    return [row[0] for row in rows][1:]


@pytest.fixture
def many(world):
    """Three more programs here, each differing in one respect."""
    district = Region.objects.get(code="33.74.08")
    for name, values in (
        ("Karier Muda", {"type": "pengembangan_karier"}),
        ("Loket Cepat", {"state": "berjalan", "region": district}),
        ("Arsip Lama", {"start_date": date(2024, 1, 1), "end_date": date(2024, 2, 1), "is_example": True}),
    ):
        program = make_program(world.here.region, world.here.office, name=name)
        Program.objects.unscoped("test").filter(pk=program.pk).update(**values)


ALL = ["Karier Muda", "Loket Cepat", "Program Kota Semarang", "Arsip Lama"]
# What the address says -> what both the page and the workbook hold, in this order.
QUERIES = [
    ({}, ALL),
    ({"q": "loket"}, ["Loket Cepat"]),
    ({"q": "cepat LOKET"}, ["Loket Cepat"]),
    ({"q": "loketcepat"}, ["Loket Cepat"]),
    ({"q": "candisari"}, ["Loket Cepat"]),
    ({"q": "(muda)/karier"}, ["Karier Muda"]),
    ({"q": "loket medan"}, []),
    ({"q": "33"}, []),
    ({"type": "pengembangan_karier"}, ["Karier Muda"]),
    ({"state": "berjalan"}, ["Loket Cepat"]),
    ({"year": "2024"}, ["Arsip Lama"]),
    ({"region": "candi sari"}, ["Loket Cepat"]),
    ({"region": "Candisari, Kota Semarang, Jawa Tengah (33.74.08)"}, ["Loket Cepat"]),
    ({"region": "Kota Semarang, Jawa Tengah (33.74)"}, ALL),
    ({"region": "33.74.08"}, ["Loket Cepat"]),
    ({"region": "Jawa Tengah"}, ALL),
    ({"region": "Medan"}, []),
    ({"organizer": "bkpsdm kotasemarang"}, ALL),
    ({"organizer": "Medan"}, []),
    ({"q": "loket", "type": "pengembangan_karier"}, []),
    ({"urut": "nama"}, ["Arsip Lama", "Karier Muda", "Loket Cepat", "Program Kota Semarang"]),
    ({"urut": "-nama"}, ["Program Kota Semarang", "Loket Cepat", "Karier Muda", "Arsip Lama"]),
    ({"urut": "-mulai"}, ALL),
    ({"urut": "mulai"}, ["Arsip Lama", "Program Kota Semarang", "Loket Cepat", "Karier Muda"]),
    ({"urut": "wilayah"}, ["Loket Cepat", "Program Kota Semarang", "Karier Muda", "Arsip Lama"]),
    ({"urut": "status"}, ["Loket Cepat", "Program Kota Semarang", "Karier Muda", "Arsip Lama"]),
    ({"urut": "-status", "q": "r"}, ["Program Kota Semarang", "Karier Muda", "Arsip Lama", "Loket Cepat"]),
    ({"urut": "jenis"}, ["Program Kota Semarang", "Loket Cepat", "Arsip Lama", "Karier Muda"]),
    ({"urut": "-peserta"}, ["Program Kota Semarang", "Karier Muda", "Loket Cepat", "Arsip Lama"]),
    ({"urut": "peserta"}, ["Karier Muda", "Loket Cepat", "Arsip Lama", "Program Kota Semarang"]),
    ({"urut": "-peserta", "q": "arsip"}, ["Arsip Lama"]),
]
# What narrows nothing because no page offers it.
NONSENSE = [
    {"type": "bukan jenis", "year": "abc"},
    {"q": "sema\0rang"},
    {"region": "\0"},
    {"organizer": "x" * 5000},
    {"q": "a " * 3000},
    {"q": "-"},
    {"q": "%"},
    {"q": "_"},
    {"year": "9" * 5000},
    {"year": "0"},
    {"state": "\0"},
    {"urut": "password"},
    {"urut": "--nama"},
    {"urut": "-"},
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_page_and_workbook_hold_what_the_address_says(world, many, staff, query, expected):
    assert names_listed(staff.get(LIST, query)) == expected
    assert names_exported(staff.get(EXPORT, query)) == expected


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_narrows_nothing(world, many, staff, query):
    assert names_listed(staff.get(LIST, query)) == ALL
    assert names_exported(staff.get(EXPORT, query)) == ALL


@pytest.mark.parametrize(
    ("spelling", "words"),
    [
        ("Kota Tanjungpinang", "Simulasi Tanjung-Pinang"),
        ("Tanjung Pinang", "simulasi tanjung pinang"),
        ("TANJUNGPINANG", "TanjungPinang"),
    ],
)
def test_a_region_is_found_in_both_spellings(world, client, spelling, words):
    name, key = "Kota Tanjung Pinang", search_key("Kota Tanjung Pinang")
    region = Region.objects.create(code="21.72", name=name, level="regency", search_name=key, full_name=name)
    make_program(region, world.national.office, name="Simulasi")
    client.force_login(world.national)
    assert names_listed(client.get(LIST, {"region": spelling})) == ["Simulasi"]
    assert names_listed(client.get(LIST, {"q": words})) == ["Simulasi"]


def test_a_province_holds_the_programs_of_its_regencies_and_districts_only(world, many, client):
    client.force_login(world.national)
    assert "Loket Cepat" in names_listed(client.get(LIST, {"region": "Jawa Tengah, (33)"}))
    assert names_listed(client.get(LIST, {"region": "12"})) == ["Program Kota Medan"]


def test_example_programs_are_marked(world, many, staff):
    page = staff.get(LIST, {"q": "Arsip"}).content.decode()
    assert '<span class="example-mark">data contoh</span>' in page
    assert "example-mark" not in staff.get(LIST, {"q": "Karier"}).content.decode()


def test_participants_are_counted_without_those_they_are_compared_with(world, staff):
    compared = add_participant(world.here, 30)
    compared.group = "pembanding"
    compared.save()
    (program,) = staff.get(LIST).context["object_list"]
    assert program.n_participants == 6
    row = list(load_workbook(BytesIO(staff.get(EXPORT).content)).active.values)[1]
    assert row == (
        "Program Kota Semarang",
        "Pelatihan",
        "Kota Semarang, Jawa Tengah (33.74)",
        "BKPSDM Kota Semarang",
        *(cell for cell in row[4:6]),
        *(None, None, None, None),
        100,
        6,
        "Selesai",
    )
    assert [cell.date() for cell in row[4:6]] == [date(2026, 2, 1), date(2026, 6, 30)]


def test_an_empty_list_says_what_to_do_next(world, client):
    Evaluation.objects.unscoped("test").all().delete()
    Program.objects.unscoped("test").all().delete()
    client.force_login(world.here.users["staf"])
    page = client.get(LIST).content.decode()
    assert "Mulailah dengan mencatat satu program" in page
    assert EXPORT not in page
    client.force_login(world.here.users["manajer"])
    assert "Program dicatat oleh staf program." in client.get(LIST).content.decode()


def test_a_search_without_result_offers_the_way_back(world, staff):
    page = staff.get(LIST, {"q": "tiada", "urut": "nama"}).content.decode()
    assert "Tampilkan semua program" in page
    assert 'href="?urut=nama">Hapus saringan' in page
    assert "Hapus saringan" not in staff.get(LIST, {"urut": "nama"}).content.decode()


@pytest.fixture
def thirty(world):
    for number in range(30):
        make_program(world.here.region, world.here.office, name=f"Kelas {number:02d}")


@pytest.mark.parametrize("order", ["", "mulai", "-nama", "status", "peserta", "-peserta"])
@pytest.mark.parametrize("n_with_participants", [2, 27])
def test_the_pages_hold_together_what_the_workbook_holds(world, thirty, staff, order, n_with_participants):
    """The workbook is read from front to back; pages are asked for by keys, the last of them from the end."""
    programs = list(Program.objects.unscoped("test").filter(name__startswith="Kelas").order_by("pk"))
    for place, program in enumerate(programs[:n_with_participants]):
        for person in world.here.people[: 1 + place % 3]:
            Enrollment.objects.create(program=program, person=person, code=f"P{person.pk}")
    Enrollment.objects.create(program=programs[29], person=world.here.people[0], group="pembanding", code="K1")
    pages = [staff.get(LIST, {"urut": order, "page": page}) for page in (1, 2)]
    assert [len(names_listed(page)) for page in pages] == [25, 6]
    exported = names_exported(staff.get(EXPORT, {"urut": order}))
    assert names_listed(pages[0]) + names_listed(pages[1]) == exported


def test_pages_and_workbook_keep_the_search_and_the_order(world, thirty, staff):
    response = staff.get(LIST, {"q": "Kelas", "urut": "-nama", "page": "2"})
    assert names_listed(response) == [f"Kelas {number:02d}" for number in range(4, -1, -1)]
    page = response.content.decode()
    assert "?q=Kelas&amp;urut=-nama&amp;page=1" in page
    assert f'href="{EXPORT}?q=Kelas&amp;urut=-nama"' in page
    assert '<input type="hidden" name="urut" value="-nama">' in page
    assert "?q=Kelas&amp;urut=mulai" in page


@pytest.mark.parametrize(
    ("number", "shown"),
    [("2", 2), ("999999", 2), ("9" * 5000, 1), ("0", 1), ("-3", 1), ("x", 1), ("\0", 1), ("", 1)],
)
def test_a_page_that_does_not_exist_is_the_nearest_that_does(thirty, staff, number, shown):
    assert staff.get(LIST, {"page": number}).context["page_obj"].number == shown


@pytest.mark.parametrize(
    "query", [{}, {"q": "semarang", "region": "jawa"}, {"urut": "-peserta"}, {"urut": "status"}]
)
def test_the_list_needs_the_same_queries_for_one_row_and_for_many(world, staff, query):
    address = f"{LIST}?{'&'.join(f'{name}={value}' for name, value in query.items())}"
    before = page_queries(staff, address)
    for number in range(3):
        make_program(world.here.region, world.here.office, name=f"Kelas Semarang {number}")
    assert page_queries(staff, address) == before


def test_units_need_the_same_queries_for_one_row_and_for_many(world, staff):
    before = page_queries(staff, reverse("agency_list"))
    for number in range(5):
        world.here.agency.__class__.objects.create(
            name=f"Unit {number}", region=world.here.region, parent=world.here.agency
        )
    assert page_queries(staff, reverse("agency_list")) == before


def test_years_run_from_the_latest_program_in_sight_to_the_earliest(world, many, staff, client):
    def years(browser):
        return [value for value, _label in browser.get(LIST).context["filter_form"].fields["year"].choices]

    assert years(staff) == ["", 2026, 2025, 2024]
    client.force_login(world.there.users["staf"])
    assert years(client) == ["", 2026]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("semarang", ["BKPSDM Kota Semarang"]),
        ("kotasemarang", ["BKPSDM Kota Semarang"]),
        ("medan", []),
        ("pusat", []),
        ("b", []),
        ("\0", []),
        ("%", []),
    ],
)
def test_organisers_are_suggested_when_they_have_a_program_in_sight(world, staff, text, expected):
    page = staff.get(reverse("organizer_search"), {"organizer": text}).content.decode().strip()
    assert page == "".join(f'<option value="{name}"></option>' for name in expected)


def test_suggested_organisers_are_few_and_found_once(world, client):
    for number in range(25):
        office = Office.objects.create(name=f"Balai {number:02d}", kind="upt")
        for year in (2025, 2026):
            make_program(world.here.region, office, name=f"Program {number} {year}")
    client.force_login(world.national)
    found = client.get(reverse("organizer_search"), {"organizer": "balai"}).context["object_list"]
    assert [office.name for office in found] == [f"Balai {number:02d}" for number in range(20)]
