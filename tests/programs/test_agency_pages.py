import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from asn_eval.accounts.models import Region
from programs.actions.units import AmbiguousUnit, UnitDirectory
from programs.forms.person_fields import unit_label
from programs.models import Agency
from tests.programs.rosters import file_of, line, nip, problems

SEMARANG = "Kota Semarang, Jawa Tengah (33.74)"


def test_a_unit_is_added_inside_the_area(world, staff):
    form = {"name": "Dinas Arsip", "kind": "unit", "region": SEMARANG, "parent": unit_label(world.here.agency)}
    page = staff.post(reverse("agency_create"), form)
    unit = Agency.objects.unscoped("test").get(name="Dinas Arsip")
    assert (page.url, unit.parent) == (unit.get_absolute_url(), world.here.agency)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"region": "Kota Medan, Sumatera Utara (12.71)"}, "region"), ({"name": "DINAS kota semarang"}, "__all__")],
)
def test_a_wrong_unit_is_refused(world, staff, changes, field):
    form = {"name": "Dinas Arsip", "kind": "unit", "region": SEMARANG, "parent": ""} | changes
    assert list(staff.post(reverse("agency_create"), form).context["form"].errors) == [field]


def test_a_unit_is_not_part_of_a_foreign_one_nor_of_its_own_parts(world, staff):
    below = Agency.objects.create(name="Bidang", region=world.here.region, parent=world.here.agency)
    url = reverse("agency_update", args=[world.here.agency.pk])
    for parent in (world.there.agency, world.here.agency, below):
        form = {"name": "Dinas", "kind": "unit", "region": SEMARANG, "parent": unit_label(parent)}
        assert list(staff.post(url, form).context["form"].errors) == ["parent"]


def test_a_unit_keeps_the_one_above_it_that_lies_outside_the_area(world, staff):
    province = Agency.objects.create(name="Sekretariat", region=Region.objects.get(code="33"))
    Agency.objects.unscoped("test").filter(pk=world.here.agency.pk).update(parent=province)
    url = reverse("agency_update", args=[world.here.agency.pk])
    assert "parent" not in staff.get(url).context["form"].fields
    for revision, form in enumerate(({"name": "Dinas Baru"}, {"name": "Dinas Baru", "parent": ""}), start=1):
        assert (
            staff.post(url, form | {"kind": "unit", "region": SEMARANG, "seen_revision": revision}).status_code
            == 302
        )
        assert Agency.objects.unscoped("test").get(name="Dinas Baru").parent == province


@pytest.mark.parametrize(("text", "expected"), [("", 1), ("semarang DINAS", 1), ("medan", 0)])
def test_units_are_found_by_name(world, staff, text, expected):
    assert len(staff.get(reverse("agency_list"), {"q": text}).context["object_list"]) == expected


@pytest.mark.parametrize(("role", "offices"), [("staf", False), ("admin", True), ("auditor", True)])
def test_the_index_links_to_what_the_role_may_see(world, client, role, offices):
    client.force_login(world.here.users[role])
    page = client.get(reverse("reference_index")).content.decode()
    assert f'href="{reverse("agency_list")}"' in page
    assert f'href="{reverse("instrument_list")}"' in page
    assert (f'class="tile" href="{reverse("office_list")}"' in page) == offices


# --- Which unit a name means ---------------------------------------------------------


@pytest.fixture
def directory(world):
    """Units named "Dinas" or "Puskesmas" around Kota Semarang."""
    regions = {region.code: region for region in Region.objects.all()}
    regions["33.74.09"] = Region.objects.create(code="33.74.09", name="Gajahmungkur", level="district")
    regions["33.01"] = Region.objects.create(code="33.01", name="Kab. Cilacap", level="regency")
    for name, code in (
        ("Dinas", "33"),
        ("Dinas", "33.74"),
        ("Dinas", "33.74.08"),
        ("Badan", "33"),
        ("Puskesmas", "33.74.08"),
        ("Puskesmas", "33.74.09"),
        ("Kecamatan", "33.74.08"),
        ("Kabupaten", "33.01"),
    ):
        Agency.objects.create(name=name, region=regions[code])
    return UnitDirectory(Agency.objects.visible_to(world.national), world.here.region)


@pytest.mark.parametrize(
    ("name", "code"), [("dinas", "33.74"), (" BADAN ", "33"), ("Kecamatan", "33.74.08"), ("Kabupaten", None)]
)
def test_the_nearest_unit_is_meant(directory, name, code):
    found = directory.find(name)
    assert (found and found.region.code) == code


def test_a_name_that_several_units_below_bear_is_not_guessed(directory):
    with pytest.raises(AmbiguousUnit, match="dipakai di beberapa wilayah"):
        directory.find("Puskesmas")


def test_an_ambiguous_unit_is_refused_at_its_field_and_at_its_row(directory, world, client):
    client.force_login(world.here.users["staf"])
    form = {"nip": nip(1), "name": "Satu", "unit": "Puskesmas", "group": "peserta"}
    page = client.post(reverse("enrollment_create", args=[world.here.program.pk]), form)
    assert list(page.context["form"].errors) == ["unit"]
    file = SimpleUploadedFile("p.xlsx", file_of(line(1, unit="Puskesmas")))
    page = client.post(reverse("roster_upload", args=[world.here.program.pk]), {"file": file}, follow=True)
    assert [told[:2] for told in problems(page)] == [(2, "Unit Kerja")]
