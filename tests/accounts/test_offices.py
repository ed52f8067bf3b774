"""Offices: found by either spelling, changed by who manages them, with the regions they name."""

import pytest
from django.urls import reverse

from asn_eval.accounts.models import Office, Region, RegionalArea, RegionalOffice, User, search_key
from tests.accounts.test_logos import office_form
from tests.queries import page_queries
from tests.world import synthetic_nip


@pytest.fixture
def admin(client, world):
    """The browser of who manages every office."""
    client.force_login(world.national)
    return client


def add_region(code: str, name: str, above: str, level: str = "regency") -> Region:
    return Region.objects.create(
        code=code, name=name, level=level, search_name=search_key(name), full_name=f"{name}, {above}"
    )


def names(page) -> list[str]:
    return [office.name for office in page.context["object_list"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Palangkaraya", ["BKPSDM Kota Palangka Raya"]),
        ("palangka raya", ["BKPSDM Kota Palangka Raya"]),
        ("Tanjung Pinang", ["UPT Tanjungpinang"]),
        ("TANJUNGPINANG", ["UPT Tanjungpinang"]),
        ("tiada", []),
        ("%", []),
    ],
)
def test_an_office_is_found_by_either_spelling(world, admin, text, found):
    Office.objects.create(name="BKPSDM Kota Palangka Raya", kind="daerah")
    Office.objects.create(name="UPT Tanjungpinang", kind="upt")
    assert names(admin.get(reverse("office_list"), {"q": text})) == found


def test_offices_are_narrowed_by_kind_and_sorted(world, admin):
    url = reverse("office_list")
    assert names(admin.get(url, {"jenis": "pusat"})) == ["Kantor Pusat"]
    assert names(admin.get(url, {"jenis": "daerah", "urut": "-nama"})) == [
        "BKPSDM Kota Semarang",
        "BKPSDM Kota Medan",
    ]
    assert len(names(admin.get(url, {"jenis": "lain", "urut": "lain"}))) == 3


def test_the_list_of_offices_needs_the_same_queries_for_any_number(world, admin):
    url = reverse("office_list")
    before = page_queries(admin, url)
    for number in range(4):
        Office.objects.create(name=f"UPT {number}", kind="upt").regions.add(world.here.region)
    assert page_queries(admin, url) == before


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("33.74", ["33.74"]),
        ("Kota Semarang", ["33.74"]),
        ("kota semarang, Jawa Tengah (33.74)\n\n  12  ", ["12", "33.74"]),
        ("Kab. Semarang", ["33.22"]),
        ("Prov. Jawa Tengah\nJawa Tengah", ["33"]),
        ("Candisari, Kota Semarang", ["33.74.08"]),
        ("Candisari, Kab Semarang", ["33.22.99"]),
        ("Kota Palangka Raya", ["62.71"]),
        ("Kota Palangkaraya", ["62.71"]),
        ("Kota Tanjungpinang", ["21.72"]),
    ],
)
def test_regions_are_named_or_coded_one_per_line(world, admin, lines, codes):
    add_region("33.22", "Kabupaten Semarang", "Jawa Tengah")
    add_region("33.22.99", "Candisari", "Kabupaten Semarang, Jawa Tengah", "district")
    add_region("62.71", "Kota Palangkaraya", "Kalimantan Tengah")
    add_region("21.72", "Kota Tanjung Pinang", "Kepulauan Riau")
    office = world.here.office
    page = admin.post(reverse("office_update", args=[office.pk]), office_form(office, region_lines=lines))
    assert page.status_code == 302
    assert [region.code for region in office.regions.all()] == codes


def test_each_line_that_means_no_region_or_several_is_named(world, admin):
    add_region("33.22", "Kabupaten Semarang", "Jawa Tengah")
    office = world.here.office
    lines = "33.74\nAtlantis\nSemarang\n99.99"
    page = admin.post(reverse("office_update", args=[office.pk]), office_form(office, region_lines=lines))
    assert page.context["form"].errors["region_lines"] == [
        "Baris 2 “Atlantis”: wilayah tidak ditemukan.",
        "Baris 3 “Semarang” dapat berarti: Kabupaten Semarang, Jawa Tengah (33.22); "
        "Kota Semarang, Jawa Tengah (33.74). Tulis salah satunya.",
        "Baris 4 “99.99”: wilayah tidak ditemukan.",
    ]
    assert page.context["form"]["region_lines"].value() == lines
    assert [region.code for region in office.regions.all()] == ["33.74"]


def test_one_more_region_is_added_without_a_script(world, admin):
    office = world.here.office
    form = office_form(office, region="Kota Medan, Sumatera Utara (12.71)")
    admin.post(reverse("office_update", args=[office.pk]), form)
    assert [region.code for region in office.regions.all()] == ["12.71", "33.74"]


def test_the_form_shows_the_names_of_what_is_stored(world, admin):
    page = admin.get(reverse("office_update", args=[world.here.office.pk]))
    assert page.context["form"]["region_lines"].value() == "Kota Semarang, Jawa Tengah (33.74)"


def test_the_regions_of_a_kantor_regional_are_filled_in_and_not_yet_saved(world, admin):
    office = world.here.office
    regional = RegionalOffice.objects.create(number="VI", seat="Medan")
    RegionalArea.objects.create(province=Region.objects.get(code="12"), regional_office=regional)
    form = office_form(office, name="Sedang ditulis", fill="1", regional_office=regional.pk)
    page = admin.post(reverse("office_update", args=[office.pk]), form)
    assert page.context["form"]["region_lines"].value() == "33.74\nSumatera Utara (12)"
    text = page.content.decode()
    assert 'value="Sedang ditulis"' in text
    assert "1 provinsi di antaranya belum diverifikasi" in text
    assert "error-summary" not in text
    office.refresh_from_db()
    assert (office.name, office.regions.count()) == ("BKPSDM Kota Semarang", 1)


@pytest.mark.parametrize("chosen", ["", "0", "x", "9" * 30])
def test_filling_in_from_nothing_says_so(world, admin, chosen):
    page = admin.post(reverse("office_create"), {"fill": "1", "regional_office": chosen})
    assert "Pilih dulu kantor regionalnya" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("", ""), (synthetic_nip(1), synthetic_nip(1)), ("19850101 201003 2 901", "198501012010032901")],
)
def test_the_nip_of_the_signatory_is_kept_as_digits(world, admin, typed, stored):
    office = world.here.office
    admin.post(reverse("office_update", args=[office.pk]), office_form(office, signatory_nip=typed))
    office.refresh_from_db()
    assert office.signatory_nip == stored


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signatory_nip": "19850101"}, "signatory_nip"),
        ({"signatory_nip": "1985010120100329O1"}, "signatory_nip"),
        ({"signatory_nip": "198513012010032901"}, "signatory_nip"),
        ({"letterhead": "\n".join("ABCDEFG")}, "letterhead"),
        ({"letterhead": "A" * 91}, "letterhead"),
        ({"name": "BKPSDM Kota Medan"}, "name"),
        ({"kind": "upt", "is_national": "on"}, "is_national"),
    ],
)
def test_a_wrong_office_is_refused_at_its_field(world, admin, changes, field):
    office = world.here.office
    page = admin.post(reverse("office_update", args=[office.pk]), office_form(office, **changes))
    assert list(page.context["form"].errors) == [field]


def test_a_national_administrator_does_not_shut_oneself_out(world, admin):
    office = world.national.office
    page = admin.post(reverse("office_update", args=[office.pk]), office_form(office))
    assert list(page.context["form"].errors) == ["is_national"]
    kept = office_form(office, is_national="on", region_lines="")
    assert admin.post(reverse("office_update", args=[office.pk]), kept).status_code == 302


def test_many_wrong_lines_are_all_named(world, admin):
    lines = "\n".join(f"Semarang{number}" for number in range(50))
    office = world.here.office
    page = admin.post(reverse("office_update", args=[office.pk]), office_form(office, region_lines=lines))
    assert len(page.context["form"].errors["region_lines"]) == 50


def test_more_lines_than_there_are_regions_are_refused_at_once(world, admin):
    office = world.here.office
    page = admin.post(reverse("office_update", args=[office.pk]), office_form(office, region_lines="33\n" * 601))
    assert page.context["form"].errors["region_lines"] == [
        "Paling banyak 600 baris. Tulis provinsinya saja: wilayah di bawahnya ikut tercakup."
    ]


@pytest.mark.parametrize("text", ["%", "_", "'", "sema\0rang", "a " * 1500, "9" * 3000, "(33.74)", "((((("])
@pytest.mark.parametrize("name", ["office_list", "user_list", "regional_area_list", "region_search"])
def test_a_search_takes_any_text(world, admin, name, text):
    parameters = {"q": text, "region": text, "kanreg": text, "status": text, "jenis": text, "peran": text}
    assert admin.get(reverse(name), parameters | {"urut": text}).status_code == 200


def test_an_auditor_reads_the_own_office_and_changes_none(world, client):
    client.force_login(world.here.users["auditor"])
    page = client.get(world.here.office.get_absolute_url()).content.decode()
    assert "Kota Semarang, Jawa Tengah" in page
    assert reverse("office_update", args=[world.here.office.pk]) not in page
    assert names(client.get(reverse("office_list"))) == ["BKPSDM Kota Semarang"]


def test_an_office_in_use_stays_and_an_empty_one_goes(world, admin):
    url = reverse("office_delete", args=[world.here.office.pk])
    page = admin.post(url).content.decode()
    assert "staf_semarang" in page
    assert "Program Kota Semarang" in page
    assert Office.objects.filter(pk=world.here.office.pk).exists()
    empty = Office.objects.create(name="Keliru", kind="upt")
    assert admin.post(reverse("office_delete", args=[empty.pk])).url == reverse("office_list")
    assert not Office.objects.filter(pk=empty.pk).exists()


# --- Users ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "staf_semarang"}, ["staf_semarang"]),
        ({"q": "dewi ANGGRAINI"}, ["evaluator_medan"]),
        ({"q": "palangkaraya"}, ["admin_palangka"]),
        ({"q": "Palangka Raya"}, ["admin_palangka"]),
        ({"peran": "auditor"}, ["auditor_medan", "auditor_semarang"]),
        ({"peran": "auditor", "q": "medan", "urut": "-masuk"}, ["auditor_medan"]),
        ({"q": "tiada"}, []),
    ],
)
def test_users_are_found_by_name_office_and_role(world, admin, query, found):
    User.objects.filter(username="evaluator_medan").update(first_name="Dewi", last_name="Anggraini")
    office = Office.objects.create(name="BKPSDM Kota Palangka Raya", kind="daerah")
    User.objects.create_user("admin_palangka", role="admin", office=office)
    users = admin.get(reverse("user_list"), query).context["object_list"]
    assert [user.username for user in users] == found


def test_a_local_administrator_finds_only_the_own_people(world, client):
    client.force_login(world.here.users["admin"])
    users = client.get(reverse("user_list"), {"q": "medan"}).context["object_list"]
    assert list(users) == []


def test_the_list_of_users_needs_the_same_queries_for_any_number(world, admin):
    url = f"{reverse('user_list')}?q=a&peran=staf"
    before = page_queries(admin, url)
    for number in range(4):
        User.objects.create_user(f"baru_{number}", role="staf", office=world.here.office)
    assert page_queries(admin, url) == before
