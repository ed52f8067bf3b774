"""Peta ubin: 38 equal squares that keep their neighbours, with names, numbers and a table."""

import re

import pytest
from django.urls import reverse

from asn_eval.accounts.models import Office, Region, User
from programs.models import Enrollment
from reports.overview.tile_map import WESTERN_COLUMNS, places
from tests.queries import page_queries
from tests.reports.years import enrol, run

# How many provinces an island group has, by the first digit of the code and the last digits that occur.
GROUPS = {1: "123456789", 2: "1", 3: "123456", 5: "123", 6: "12345", 7: "123456", 8: "12", 9: "123456"}
PROVINCES = [f"{group}{last}" for group, digits in GROUPS.items() for last in digits]
PLACE = {place.code: place for place in places()}


@pytest.fixture
def national(client, world):
    client.force_login(world.national)
    return client


def tiles(response) -> dict[str, object]:
    return {tile.place.code: tile for tile in response.context["tile_map"].tiles}


def this_year(place, name: str):
    return run(place, name, 0, 9)


def test_every_province_has_a_square_of_its_own():
    assert list(PLACE) == PROVINCES
    assert len({(place.column, place.row) for place in places()}) == 38
    assert max(len(place.short) for place in places()) <= 7


@pytest.mark.parametrize(
    ("west", "east"),
    [("11", "12"), ("36", "32"), ("32", "33"), ("33", "35"), ("35", "51"), ("51", "52"), ("52", "53"),
     ("61", "64"), ("75", "71"), ("76", "74"), ("82", "96"), ("96", "92"), ("92", "91"), ("94", "95")],
)  # fmt: skip
def test_neighbours_stand_from_west_to_east(west, east):
    assert PLACE[west].column < PLACE[east].column


@pytest.mark.parametrize(
    ("north", "south"),
    [("11", "12"), ("12", "13"), ("14", "15"), ("15", "16"), ("16", "18"), ("65", "64"), ("64", "63"),
     ("61", "62"), ("71", "72"), ("72", "76"), ("76", "73"), ("82", "81"), ("91", "95"), ("95", "93"),
     ("33", "34"), ("31", "32")],
)  # fmt: skip
def test_neighbours_stand_from_north_to_south(north, south):
    assert PLACE[north].row < PLACE[south].row


def test_the_halves_hold_what_belongs_together(national):
    (_west, western), (_east, eastern) = national.get(reverse("tile_map")).context["tile_map"].halves
    assert {tile.place.code[0] for tile in western} == {"1", "2", "3", "6"}
    assert {tile.place.code[0] for tile in eastern} == {"5", "7", "8", "9"}
    assert len(western) + len(eastern) == 38
    assert all(1 <= tile.column <= WESTERN_COLUMNS for tile in (*western, *eastern))


def test_a_square_carries_name_and_value_and_leads_to_its_programs(world, national):
    this_year(world.here, "Satu")
    this_year(world.here, "Dua")
    response = national.get(reverse("tile_map"))
    year = response.context["choice"].year
    [link] = re.findall(r'<a href="([^"]+)" aria-label="Jawa Tengah: [^"]+">', response.content.decode())
    assert link == f"{reverse('program_list')}?region=33&amp;year={year}"
    tile = tiles(response)["33"]
    n = tile.tally.programs
    assert (tile.figure, tile.words) == (str(n), f"Jawa Tengah: {n} program")


def test_no_program_and_no_participant_are_two_things(world, national):
    this_year(world.here, "Tanpa peserta")
    Enrollment.objects.visible_to(world.national).delete()
    found = tiles(national.get(reverse("tile_map"), {"ukuran": "peserta"}))
    assert (found["33"].css, found["33"].figure) == ("shade-0", "0")
    assert (found["11"].css, found["11"].figure, found["11"].words) == (
        "no-programs",
        "",
        "Aceh: tidak ada program",
    )


def test_a_province_of_too_few_is_drawn_without_its_completion(world, national):
    program = this_year(world.here, "Kecil")
    Enrollment.objects.visible_to(world.national).update(status=Enrollment.Status.REGISTERED)
    for person in world.here.people[:4]:
        enrol(program, person, status=Enrollment.Status.COMPLETED)
    tile = tiles(national.get(reverse("tile_map"), {"ukuran": "penyelesaian"}))["33"]
    assert (tile.css, tile.figure) == ("shade-none", "–")
    assert tile.words == "Jawa Tengah: angka penyelesaian tidak ditampilkan karena kelompoknya kecil"
    enrol(program, world.here.people[4], status=Enrollment.Status.FAILED)
    tile = tiles(national.get(reverse("tile_map"), {"ukuran": "penyelesaian"}))["33"]
    assert (tile.css, tile.figure, tile.words) == (
        "shade-1",
        "80%",
        "Jawa Tengah: angka penyelesaian 80,0% (n = 5)",
    )


def test_shades_are_told_in_words(world, national):
    for number in range(3):
        this_year(world.there, f"Program {number}")
    this_year(world.here, "Satu")
    classes = national.get(reverse("tile_map")).context["tile_map"].classes
    found = tiles(national.get(reverse("tile_map")))
    values = sorted({found["33"].tally.programs, found["12"].tally.programs})
    assert classes == [(shade, str(value)) for shade, value in enumerate(values, start=1)]


def test_what_lies_outside_the_area_is_drawn_and_leads_nowhere(world, staff):
    this_year(world.here, "Di sini")
    this_year(world.there, "Di sana")
    response = staff.get(reverse("tile_map"))
    found = tiles(response)
    assert [code for code, tile in found.items() if tile.is_inside] == ["33"]
    assert (found["12"].css, found["12"].figure, found["12"].tally.programs) == ("outside", "", 0)
    page = response.content.decode()
    assert "region=12&" not in page
    assert "Sumatera Utara: di luar wilayah kerja" in page or "Sumut: di luar wilayah kerja" in page


def test_parts_of_several_provinces_show_no_completion_by_province(client, world):
    office = Office.objects.create(name="Gabungan", kind=Office.Kind.UNIT)
    office.regions.add(*Region.objects.filter(code__in=["33.74", "12.71"]))
    client.force_login(User.objects.create_user("gabungan", role="manajer", office=office))
    for place in (world.here, world.there):
        program = this_year(place, "Besar")
        for person in place.people:
            enrol(program, person, status=Enrollment.Status.COMPLETED)
    found = tiles(client.get(reverse("tile_map"), {"ukuran": "penyelesaian"}))
    assert {code: found[code].completion_text for code in ("33", "12")} == {
        "33": "tidak ditampilkan",
        "12": "tidak ditampilkan",
    }


@pytest.mark.parametrize(("user", "has_map"), [("national", True), ("here", False)])
def test_the_home_page_draws_the_map_for_more_than_one_province(client, world, user, has_map):
    client.force_login(world.national if user == "national" else world.here.users["staf"])
    assert (client.get(reverse("home")).context["tile_map"] is not None) is has_map


def test_an_office_without_regions_sees_an_empty_map(client, world):
    office = Office.objects.create(name="Baru", kind=Office.Kind.LOCAL)
    client.force_login(User.objects.create_user("baru", role="staf", office=office))
    response = client.get(reverse("tile_map"))
    assert not any(tile.is_inside for tile in response.context["tile_map"].tiles)
    assert "Kantor Anda belum mempunyai wilayah kerja." in response.content.decode()


@pytest.mark.parametrize("asked", [{"ukuran": "jp"}, {"ukuran": "\0"}, {"tahun": "9" * 5000}, {"wilayah": "'"}])
def test_what_the_map_does_not_know_draws_programs_of_this_year(national, asked):
    response = national.get(reverse("tile_map"), asked)
    assert response.context["choice"].measure == "program"


def test_the_map_asks_the_same_number_of_queries_for_one_and_for_many(world, national):
    this_year(world.here, "Satu")
    few = page_queries(national, reverse("tile_map"))
    for place in (world.here, world.there):
        for number in range(3):
            enrol(this_year(place, f"Program {number}"), place.people[0])
    assert page_queries(national, reverse("tile_map")) == few
