"""The table of Kantor Regional: loaded once, read by all, corrected by a national administrator."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from asn_eval.accounts.models import RegionalArea, RegionalOffice
from asn_eval.history.models import LogEntry

# What a page of BKN or a second source says; for all others no document was at hand.
VERIFIED = {"33", "34", "32", "31", "17", "63", "65", "92", "96"}


@pytest.fixture
def table(db):
    call_command("load_regions", stdout=StringIO())


@pytest.fixture
def national(table, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nasional", role="admin"))
    return client


def found(client, **query) -> list[str]:
    page = client.get(reverse("regional_area_list"), query)
    return [area.province.code for area in page.context["object_list"]]


def test_every_province_has_a_kantor_regional_with_its_source(table):
    assert RegionalOffice.objects.count() == 14
    areas = RegionalArea.objects.select_related("province", "regional_office")
    assert {area.province.level for area in areas} == {"province"}
    assert len(areas) == 38
    assert {area.province.code for area in areas if area.is_verified} == VERIFIED
    assert all(("belum" in area.source.lower()) for area in areas if not area.is_verified)
    seats = {area.province.code: area.regional_office.number for area in areas}
    assert [seats[code] for code in ("33", "18", "21", "12", "62")] == ["I", "V", "XII", "VI", "VIII"]


def test_loading_again_keeps_what_was_corrected(table):
    area = RegionalArea.objects.get(province__code="18")
    other = RegionalOffice.objects.get(number="VII")
    RegionalOffice.objects.filter(number="V").update(seat="Jakarta Timur")
    RegionalArea.objects.filter(pk=area.pk).update(regional_office=other, source="Surat", is_verified=True)
    call_command("load_regions", stdout=StringIO())
    area.refresh_from_db()
    assert (area.regional_office, area.source, area.is_verified) == (other, "Surat", True)
    assert (RegionalOffice.objects.get(number="V").seat, RegionalArea.objects.count()) == ("Jakarta Timur", 38)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"q": "DKI Jakarta"}, ["31"]),
        ({"q": "jawa tengah"}, ["33"]),
        ({"q": "Kep. Riau"}, ["21"]),
        ({"q": "NTB"}, ["52"]),
        ({"q": "62"}, ["62"]),
        ({"q": "kalimantan", "status": "ya"}, ["63", "65"]),
        ({"q": "kalimantan", "status": "belum", "urut": "-kode"}, ["64", "62", "61"]),
        ({"q": "tiada"}, []),
    ],
)
def test_provinces_are_found_and_narrowed(national, query, codes):
    assert found(national, **query) == codes


def test_the_list_shows_all_provinces_in_a_fixed_number_of_queries(national, django_assert_num_queries):
    seventh = RegionalOffice.objects.get(number="VII")
    assert found(national, kanreg=seventh.pk) == ["15", "16", "17", "19"]
    assert len(found(national)) == 38
    with django_assert_num_queries(5):  # session, user, provinces, offices, how many are not verified
        national.get(reverse("regional_area_list"))
    with django_assert_num_queries(5):
        national.get(reverse("regional_area_list"), {"q": "Aceh"})


def test_a_correction_is_saved_and_kept_in_the_history(national):
    area = RegionalArea.objects.get(province__code="18")
    other = RegionalOffice.objects.get(number="VII")
    form = {"regional_office": other.pk, "source": "Peraturan BKN", "is_verified": "on", "seen_revision": 1}
    page = national.post(reverse("regional_area_update", args=[area.pk]), form)
    assert page.url == f"{reverse('regional_area_list')}#baris-{area.pk}"
    area.refresh_from_db()
    assert (area.regional_office, area.source, area.is_verified, area.revision) == (
        other,
        "Peraturan BKN",
        True,
        2,
    )
    entries = LogEntry.objects.unscoped("test").filter(object_pk=area.pk, action=LogEntry.Action.UPDATE)
    assert entries.get().changes["source"][1] == "Peraturan BKN"


def test_a_mark_without_a_source_is_refused(national):
    area = RegionalArea.objects.get(province__code="18")
    form = {"regional_office": area.regional_office_id, "source": "", "is_verified": "on", "seen_revision": 1}
    page = national.post(reverse("regional_area_update", args=[area.pk]), form)
    assert list(page.context["form"].errors) == ["source"]


def test_who_may_not_correct_reads_without_a_link_to_do_so(table, client, django_user_model):
    from asn_eval.accounts.models import Office

    office = Office.objects.create(name="BKPSDM", kind="daerah")
    client.force_login(django_user_model.objects.create_user("lokal", role="admin", office=office))
    page = client.get(reverse("regional_area_list"))
    assert "belum diverifikasi" in page.content.decode()
    area = page.context["object_list"][0]
    update = reverse("regional_area_update", args=[area.pk])
    assert update not in page.content.decode()
    assert client.post(update, {"source": "x"}).status_code == 404
