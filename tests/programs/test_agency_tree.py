"""Units in a tree: opened step by step, searched through all levels, moved without circles, not lost."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from asn_eval.accounts.models import Region, search_key
from programs.forms.person_fields import UnitField, unit_label
from programs.models import Agency, Person
from programs.models.organisations import DEEPEST
from tests.queries import page_queries
from tests.world import synthetic_nip

SEMARANG = "Kota Semarang, Jawa Tengah (33.74)"


@pytest.fixture
def tree(world) -> dict[str, Agency]:
    """Dinas Kota Semarang > Bidang Arsip > Seksi Palangka Raya; Kantor Candisari by itself, in its kecamatan."""
    dinas = world.here.agency
    bidang = Agency.objects.create(name="Bidang Arsip", region=world.here.region, parent=dinas)
    seksi = Agency.objects.create(name="Seksi Palangka Raya", region=world.here.region, parent=bidang)
    candisari = Agency.objects.create(
        name="Kantor Candisari", kind="perangkat_daerah", region=Region.objects.get(code="33.74.08")
    )
    Person.objects.create(nip=synthetic_nip(50), name="Orang Bidang", status="PNS", agency=bidang)
    return {"dinas": dinas, "bidang": bidang, "seksi": seksi, "candisari": candisari}


def names(page) -> list[str]:
    return [agency.name for agency in page.context["object_list"]]


def test_the_list_begins_with_the_tops_and_opens_one_level_at_a_time(tree, staff):
    page = staff.get(reverse("agency_list"))
    assert names(page) == ["Dinas Kota Semarang", "Kantor Candisari"]
    assert [(unit.n_units, unit.n_people) for unit in page.context["object_list"]] == [(1, 6), (0, 0)]
    opened = staff.get(reverse("agency_units", args=[tree["dinas"].pk]), {"tingkat": "1"})
    assert names(opened) == ["Bidang Arsip"]
    assert f'data-above="{tree["dinas"].pk}"' in opened.content.decode()
    assert 'class="depth-1"' in opened.content.decode()


@pytest.mark.parametrize("depth", ["", "0", "x", "9" * 40])
def test_a_level_that_no_tree_has_is_ignored(tree, staff, depth):
    opened = staff.get(reverse("agency_units", args=[tree["dinas"].pk]), {"tingkat": depth})
    assert 'class="depth-1"' in opened.content.decode() or 'class="depth-8"' in opened.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "Palangkaraya"}, ["Seksi Palangka Raya"]),
        ({"q": "palangka raya SEKSI"}, ["Seksi Palangka Raya"]),
        ({"q": "candi sari"}, ["Kantor Candisari"]),
        ({"tingkat": "perangkat_daerah"}, ["Kantor Candisari"]),
        ({"tingkat": "unit", "urut": "-nama"}, ["Seksi Palangka Raya", "Dinas Kota Semarang", "Bidang Arsip"]),
        ({"region": "Candisari"}, ["Kantor Candisari"]),
        ({"region": "33.74.08"}, ["Kantor Candisari"]),
        ({"region": SEMARANG, "q": "kantor"}, ["Kantor Candisari"]),
        ({"region": "Jawa Tengah", "q": "kantor"}, ["Kantor Candisari"]),
        ({"region": "Sumatera Utara"}, []),
        ({"region": "Kab. Atlantis"}, []),
        ({"q": "medan"}, []),
    ],
)
def test_a_search_goes_through_all_levels(tree, staff, query, found):
    assert names(staff.get(reverse("agency_list"), query)) == found


@pytest.mark.parametrize("text", ["%", "_", "'", "sema\0rang", "a " * 1500, "9" * 3000, "(33.74)", "[1]", "((((("])
@pytest.mark.parametrize("name", ["agency_list", "agency_export", "unit_search", "training_form_list"])
def test_a_search_takes_any_text(world, staff, name, text):
    parameters = {"q": text, "region": text, "tingkat": text, "urut": text, "isian": text, text[:20]: text}
    assert staff.get(reverse(name), parameters).status_code == 200


def test_a_unit_that_is_found_shows_what_it_is_part_of(tree, staff):
    page = staff.get(reverse("agency_list"), {"q": "seksi"}).content.decode()
    assert ">Dinas Kota Semarang › Bidang Arsip<" in page


@pytest.mark.parametrize("name", ["Kota Tanjung Pinang", "Kota Tanjungpinang"])
@pytest.mark.parametrize("typed", ["Tanjungpinang", "Tanjung Pinang", "tanjung-pinang"])
def test_a_region_is_found_by_either_spelling(world, client, name, typed):
    key = search_key(name)
    region = Region.objects.create(code="21.72", name=name, level="regency", search_name=key, full_name=name)
    Agency.objects.create(name="Dinas Sosial", region=region)
    client.force_login(world.national)
    assert names(client.get(reverse("agency_list"), {"region": typed})) == ["Dinas Sosial"]


def test_who_sees_a_lower_area_begins_where_it_begins(world, staff):
    province = Agency.objects.create(name="Sekretariat", region=Region.objects.get(code="33"))
    Agency.objects.create(name="Cabang", region=world.here.region, parent=province)
    assert names(staff.get(reverse("agency_list"))) == ["Cabang", "Dinas Kota Semarang"]


@pytest.mark.parametrize("query", ["", "?q=unit", "?region=semarang&urut=-pegawai"])
def test_the_list_needs_the_same_queries_for_any_number_of_units(tree, staff, query):
    def grow(numbers):
        for number in numbers:
            top = Agency.objects.create(name=f"Unit {number}", region=tree["dinas"].region)
            middle = Agency.objects.create(name=f"Unit {number} tengah", region=top.region, parent=top)
            Agency.objects.create(name=f"Unit {number} bawah", region=top.region, parent=middle)

    grow([0])
    url = reverse("agency_list") + query
    before = page_queries(staff, url)
    grow(range(1, 4))
    assert page_queries(staff, url) == before


def test_the_workbook_holds_what_the_list_is_narrowed_to(tree, staff):
    content = staff.get(reverse("agency_export"), {"q": "arsip"}).content
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert rows == [
        (
            "Nama Unit Kerja",
            "Tingkat",
            "Wilayah",
            "Bagian Dari",
            "Jumlah Unit di Bawahnya",
            "Jumlah Pegawai",
        ),
        (
            "Bidang Arsip",
            "Unit kerja",
            "Kota Semarang, Jawa Tengah (33.74)",
            "Dinas Kota Semarang",
            1,
            1,
        ),
    ]
    everything = staff.get(reverse("agency_export")).content
    assert load_workbook(io.BytesIO(everything)).active.max_row == 5


def test_the_page_of_a_unit_tells_where_it_hangs_and_who_works_there(tree, staff):
    page = staff.get(tree["dinas"].get_absolute_url())
    assert names(page) == ["Bidang Arsip"]
    assert (page.context["n_people"], page.context["n_people_below"]) == (6, 7)
    below = staff.get(tree["seksi"].get_absolute_url())
    assert [unit.name for unit in below.context["above"]] == ["Dinas Kota Semarang", "Bidang Arsip"]


@pytest.mark.parametrize("role", ["manajer", "auditor"])
def test_readers_meet_no_number_of_people(tree, world, client, role):
    client.force_login(world.here.users[role])
    for url in (reverse("agency_list"), tree["dinas"].get_absolute_url()):
        page = client.get(url + "?urut=-pegawai")
        assert page.status_code == 200
        assert "Pegawai" not in page.content.decode()
    heading = next(load_workbook(io.BytesIO(client.get(reverse("agency_export")).content)).active.values)
    assert "Pegawai" not in heading


def test_suggestions_are_units_of_the_area(tree, staff):
    url = reverse("unit_search")
    found = staff.get(url, {"parent": "palangkaraya"}).content.decode().strip()
    assert found == f'<option value="{unit_label(tree["seksi"])}"></option>'
    assert staff.get(url, {"parent": "medan"}).content.decode().strip() == ""
    assert staff.get(url, {"parent": "a"}).content.decode().strip() == ""


@pytest.mark.parametrize("typed", ["seksi palangkaraya", "Seksi Palangka Raya", "{label}"])
def test_a_unit_is_chosen_by_name_or_label(tree, world, typed):
    field = UnitField(user=world.here.users["staf"])
    assert field.clean(typed.format(label=unit_label(tree["seksi"]))) == tree["seksi"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Atlantis", "tidak ditemukan"),
        ("a", "beberapa unit"),
        ("Dinas Kota Medan", "tidak ditemukan"),
        ("[9]", "tid"),
    ],
)
def test_a_unit_that_is_not_clear_is_refused_with_what_was_typed(tree, staff, typed, reason):
    form = {"name": "Baru", "kind": "unit", "region": SEMARANG, "parent": typed}
    page = staff.post(reverse("agency_create"), form)
    assert list(page.context["form"].errors) == ["parent"]
    assert reason in page.context["form"].errors["parent"][0]
    assert page.context["form"]["parent"].value() == typed


def test_a_new_unit_below_another_starts_with_its_region(tree, staff):
    page = staff.get(reverse("agency_create"), {"di-bawah": tree["bidang"].pk})
    form = page.context["form"]
    assert f'value="{unit_label(tree["bidang"])}"' in str(form["parent"])
    assert f'value="{SEMARANG}"' in str(form["region"])


def test_a_tree_is_not_made_deeper_than_a_tree_may_be(tree, staff):
    unit = tree["candisari"]
    for number in range(2, DEEPEST + 1):
        unit = Agency.objects.create(name=f"Tingkat {number}", region=unit.region, parent=unit)
    form = {"name": "Terlalu dalam", "kind": "unit", "region": SEMARANG, "parent": unit_label(unit)}
    assert list(staff.post(reverse("agency_create"), form).context["form"].errors) == ["parent"]
    moved = {"name": "Kantor Candisari", "kind": "unit", "region": SEMARANG, "parent": unit_label(tree["dinas"])}
    url = reverse("agency_update", args=[tree["candisari"].pk])
    errors = staff.post(url, moved | {"seen_revision": 1}).context["form"].errors
    assert errors["parent"] == ["Susunan unit paling dalam 8 tingkat."]


def test_a_circle_that_two_people_made_together_does_not_hang_a_page(tree, staff):
    Agency.objects.unscoped("test").filter(pk=tree["dinas"].pk).update(parent=tree["seksi"])
    assert staff.get(tree["bidang"].get_absolute_url()).status_code == 200
    assert staff.get(reverse("agency_list"), {"q": "arsip"}).status_code == 200


def test_a_unit_in_use_stays_and_the_page_names_what_rests_on_it(tree, staff):
    page = staff.post(reverse("agency_delete", args=[tree["bidang"].pk])).content.decode()
    assert "Orang Bidang" in page
    assert "Seksi Palangka Raya" in page
    assert Agency.objects.unscoped("test").filter(pk=tree["bidang"].pk).exists()


def test_an_empty_unit_goes_and_leads_back_to_the_one_above(tree, staff):
    url = reverse("agency_delete", args=[tree["seksi"].pk])
    assert staff.post(url).url == tree["bidang"].get_absolute_url()
    assert not Agency.objects.unscoped("test").filter(pk=tree["seksi"].pk).exists()


def test_two_people_on_one_unit_the_second_sees_what_changed(tree, staff):
    url = reverse("agency_update", args=[tree["candisari"].pk])
    form = {"name": "Kantor A", "kind": "unit", "region": SEMARANG, "parent": "", "seen_revision": 1}
    assert staff.post(url, form).status_code == 302
    page = staff.post(url, form | {"name": "Kantor B"})
    assert "Kantor A" in page.content.decode()
    assert page.context["form"]["name"].value() == "Kantor B"
