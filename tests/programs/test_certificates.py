"""Certificates: issued once, numbered without a gap, revoked with a reason, checked by anybody."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from pypdf import PdfReader

from programs.actions.certificates import (
    CertificatesRefused,
    issue_certificates,
    replace_certificate,
    revoke_certificate,
)
from programs.certificates.eligibility import Rule
from programs.models import Batch, Certificate, Enrollment
from programs.models.participants import TOKEN_ALPHABET, TOKEN_LENGTH
from tests.concurrency import at_once
from tests.queries import page_queries
from tests.world import build_world, make_program

DAY = date(2026, 7, 1)
NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)


def complete(place, pattern="{nomor}/BKPSDM/{bulan}/{tahun}") -> list[int]:
    place.program.certificate_pattern = pattern
    place.program.save()
    for enrollment in place.enrollments:
        enrollment.status = Enrollment.Status.COMPLETED
        enrollment.save()
    return [enrollment.pk for enrollment in place.enrollments]


def issue(place, keys, program=None, rule=None, day=DAY) -> list[str]:
    program = program or place.program
    issued = issue_certificates(
        program=program, enrollments=keys, rule=rule or Rule(), issued_on=day, place="Semarang"
    )
    return [certificate.number for certificate in issued]


def stored(**wanted):
    return Certificate.objects.unscoped("test").filter(**wanted)


# --- The actions -----------------------------------------------------------------------


def test_all_who_qualify_are_numbered_in_the_order_of_their_names(world):
    keys = complete(world.here)
    assert issue(world.here, keys[:3]) == [f"00{n}/BKPSDM/VII/2026" for n in (1, 2, 3)]
    assert issue(world.here, keys) == [f"00{n}/BKPSDM/VII/2026" for n in (4, 5, 6)]
    assert issue(world.here, keys) == []
    assert stored().count() == 6


def test_the_words_of_a_certificate_stay_when_the_records_change(world):
    keys = complete(world.here)
    office = world.here.office
    office.signatory_title, office.signatory_name = "Kepala BKPSDM", "Ibu Kepala"
    office.save()
    issue(world.here, keys[:1])
    world.here.people[0].name = "Nama Lain"
    world.here.people[0].save()
    office.signatory_name = "Bapak Kepala"
    office.save()
    certificate = stored().get()
    assert (certificate.holder_name, certificate.program_name) == (
        "Peserta Kota Semarang 1",
        "Program Kota Semarang",
    )
    assert (certificate.period, certificate.lesson_hours) == ("1 Februari sampai 30 Juni 2026", Decimal(8))
    assert (certificate.signatory_title, certificate.signatory_name) == ("Kepala BKPSDM", "Ibu Kepala")
    assert (certificate.issuer_name, certificate.place) == ("BKPSDM Kota Semarang", "Semarang")
    assert len(certificate.token) == TOKEN_LENGTH
    assert set(certificate.token) <= set(TOKEN_ALPHABET)


def test_only_activities_of_the_batch_count_for_its_hours(world):
    keys = complete(world.here)
    batch = Batch.objects.create(
        program=world.here.program, name="Angkatan I", start_date=date(2026, 2, 2), end_date=date(2026, 2, 6)
    )
    activity = world.here.program.activities.get()
    activity.batch = batch
    activity.save()
    member = world.here.enrollments[0]
    member.batch = batch
    member.save()
    issue(world.here, keys[:2])
    first, second = (stored().get(enrollment=key) for key in keys[:2])
    assert (first.batch_name, first.period, first.lesson_hours) == ("Angkatan I", "2 sampai 6 Februari 2026", 8)
    assert (second.batch_name, second.lesson_hours) == ("", 0)


def test_programs_of_one_office_share_their_numbers_and_other_offices_do_not(world):
    keys = complete(world.here)
    issue(world.here, keys[:2])
    second = make_program(world.here.region, world.here.office, name="Program kedua")
    second.certificate_pattern = world.here.program.certificate_pattern
    second.save()
    guest = Enrollment.objects.create(program=second, person=world.here.people[0], code="A", status="selesai")
    assert issue(world.here, [guest.pk], program=second) == ["003/BKPSDM/VII/2026"]
    assert issue(world.there, complete(world.there)[:1]) == ["001/BKPSDM/VII/2026"]


def test_a_new_year_begins_with_one_and_a_month_does_not(world):
    keys = complete(world.here)
    assert issue(world.here, keys[:1]) == ["001/BKPSDM/VII/2026"]
    assert issue(world.here, keys[1:2], day=date(2026, 8, 1)) == ["002/BKPSDM/VIII/2026"]
    assert issue(world.here, keys[2:3], day=date(2027, 1, 2)) == ["001/BKPSDM/I/2027"]


@pytest.mark.parametrize("pattern", ["", "tetap", "{nomor}/{x}"])
def test_a_bad_pattern_issues_nothing(world, pattern):
    keys = complete(world.here, pattern)
    with pytest.raises(CertificatesRefused):
        issue(world.here, keys)
    assert not stored().exists()


def test_a_number_that_another_pattern_gave_already_issues_nothing(world):
    keys = complete(world.here, "{nomor}/VII")
    issue(world.here, keys[:1])
    complete(world.here, "{nomor}/{bulan}")
    with pytest.raises(CertificatesRefused, match="001/VII sudah dipakai"):
        issue(world.here, keys)
    assert stored().count() == 1


def test_rows_that_do_not_qualify_or_are_elsewhere_are_left_out(world):
    keys = complete(world.here)
    hasty = world.here.enrollments[0]
    hasty.status = Enrollment.Status.ATTENDED
    hasty.save()
    compared = world.here.enrollments[1]
    compared.group = Enrollment.Group.COMPARISON
    compared.save()
    foreign = complete(world.there)
    assert len(issue(world.here, [*keys[:3], *foreign])) == 1
    assert issue(world.here, keys, rule=Rule(minimum_attendance=50)) == []
    assert issue(world.here, keys, rule=Rule(minimum_post=Decimal(1))) == []


def test_a_revoked_certificate_keeps_its_number_and_is_replaced_by_another(world):
    keys = complete(world.here)
    issue(world.here, keys[:2])
    old = stored(enrollment=keys[0]).get()
    new = replace_certificate(certificate=old, reason="Nama keliru", now=NOON, issued_on=DAY, place="Semarang")
    old.refresh_from_db()
    assert (old.number, old.is_revoked, old.revoke_reason) == ("001/BKPSDM/VII/2026", True, "Nama keliru")
    assert (new.number, new.is_revoked, new.token == old.token) == ("003/BKPSDM/VII/2026", False, False)
    again = revoke_certificate(certificate=old, reason="Lain", now=datetime(2027, 1, 1, tzinfo=UTC))
    assert (again.revoke_reason, again.revoked_at) == ("Nama keliru", NOON)


def test_a_replacement_that_cannot_be_issued_leaves_the_old_one_valid(world):
    keys = complete(world.here)
    issue(world.here, keys[:1])
    certificate = stored().get()
    world.here.program.enrollments.filter(pk=keys[0]).update(status="hadir")
    with pytest.raises(CertificatesRefused, match="bukan “Selesai”"):
        replace_certificate(certificate=certificate, reason="x", now=NOON, issued_on=DAY, place="Semarang")
    certificate.refresh_from_db()
    assert not certificate.is_revoked


def test_a_participant_with_a_certificate_is_kept(world, staff):
    keys = complete(world.here)
    issue(world.here, keys[:1])
    with pytest.raises(ProtectedError):
        world.here.enrollments[0].delete()
    page = staff.post(reverse("enrollment_delete", args=[keys[0]])).content.decode()
    assert "menerima sertifikat, jadi ia tidak dapat dihapus" in page


@pytest.mark.django_db(transaction=True)
def test_two_people_who_issue_at_the_same_moment_leave_no_gap_and_no_double():
    here = build_world().here
    keys = complete(here)

    def ask():
        return issue(here, keys)

    answers = at_once(ask, ask)
    assert sorted(map(len, answers)) == [0, 6]
    assert sorted(stored().values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]


# --- The pages -------------------------------------------------------------------------


@pytest.fixture
def issue_url(world):
    return reverse("certificate_issue", args=[world.here.program.pk])


def form_of(**changes):
    form = {
        "minimum_attendance": "",
        "minimum_post": "",
        "issued_on": "2026-07-01",
        "place": "Semarang",
        "rows": "",
    }
    return form | changes


def test_who_qualifies_and_who_does_not_is_shown_before_anything_is_issued(world, staff, issue_url):
    keys = complete(world.here)
    world.here.program.enrollments.filter(pk=keys[0]).update(status="tidak_lulus")
    page = staff.post(issue_url, form_of())
    text = page.content.decode()
    assert "Terbitkan 5 sertifikat" in text
    assert "status Tidak lulus" in text
    assert not stored().exists()
    rows = page.context["form"]["rows"].value()
    answer = staff.post(issue_url, form_of(rows=rows, confirmed="1"), follow=True)
    assert "5 sertifikat diterbitkan." in answer.content.decode()
    assert stored().count() == 5


def test_only_who_was_confirmed_and_still_qualifies_gets_one(world, staff, issue_url):
    keys = complete(world.here)
    world.here.program.enrollments.filter(pk=keys[1]).update(status="hadir")
    staff.post(issue_url, form_of(rows=",".join(map(str, keys[:3])), confirmed="1"))
    assert sorted(stored().values_list("enrollment", flat=True)) == [keys[0], keys[2]]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minimum_attendance": "101"}, "minimum_attendance"),
        ({"minimum_attendance": "-1"}, "minimum_attendance"),
        ({"minimum_post": "100,5"}, "minimum_post"),
        ({"minimum_post": "tinggi"}, "minimum_post"),
        ({"issued_on": ""}, "issued_on"),
        ({"issued_on": "0206-07-01"}, "issued_on"),
        ({"place": ""}, "place"),
        ({"place": "x" * 101}, "place"),
    ],
)
def test_a_wrong_rule_is_refused_at_its_field(world, staff, issue_url, changes, field):
    keys = complete(world.here)
    response = staff.post(issue_url, form_of(rows=str(keys[0]), confirmed="1", **changes))
    assert list(response.context["form"].errors) == [field]
    assert not stored().exists()


def test_a_missing_pattern_is_said_with_the_way_to_mend_it(world, staff, issue_url):
    keys = complete(world.here, "")
    page = staff.get(issue_url).content.decode()
    assert "Pola nomor sertifikat belum diisi." in page
    assert reverse("program_update", args=[world.here.program.pk]) in page
    staff.post(issue_url, form_of(rows=str(keys[0]), confirmed="1"))
    assert not stored().exists()


def test_a_batch_is_one_file_and_a_certificate_another(world, staff):
    keys = complete(world.here)
    issue(world.here, keys)
    revoke_certificate(certificate=stored(enrollment=keys[0]).get(), reason="x", now=NOON)
    ((label, address),) = staff.get(reverse("certificate_list", args=[world.here.program.pk])).context["files"]
    assert label == "Semua sertifikat"
    pages = PdfReader(BytesIO(staff.get(address).content)).pages
    assert len(pages) == 5
    text = pages[0].extract_text()
    certificate = stored(enrollment=keys[1]).get()
    for words in ("002/BKPSDM/VII/2026", "Peserta Kota Semarang 2", "Program Kota Semarang", certificate.token):
        assert words in text
    assert "elektronik" not in text
    assert world.here.people[1].nip not in text
    width, height = pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (842, 595)
    single = staff.get(reverse("certificate_pdf", args=[certificate.pk]))
    assert single["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(single.content)).pages) == 1


def test_a_revoked_certificate_is_not_printed(world, staff):
    keys = complete(world.here)
    issue(world.here, keys[:1])
    certificate = revoke_certificate(certificate=stored().get(), reason="x", now=NOON)
    assert staff.get(reverse("certificate_pdf", args=[certificate.pk])).status_code == 302
    assert staff.get(reverse("certificates_pdf", args=[world.here.program.pk])).status_code == 302


@pytest.mark.parametrize("query", [{"bagian": "99"}, {"bagian": "x"}, {"angkatan": "x", "bagian": "0"}])
def test_a_file_of_nothing_leads_back_to_the_list(world, staff, query):
    assert staff.get(reverse("certificates_pdf", args=[world.here.program.pk]), query).status_code == 302


def test_revoking_asks_for_a_reason_and_may_replace(world, staff):
    keys = complete(world.here)
    issue(world.here, keys[:1])
    url = reverse("certificate_revoke", args=[stored().get().pk])
    form = {"reason": "", "issued_on": "", "place": ""}
    assert list(staff.post(url, form).context["form"].errors) == ["reason"]
    assert list(staff.post(url, form | {"reason": "x", "replace": "1"}).context["form"].errors) == [
        "issued_on",
        "place",
    ]
    staff.post(
        url, form | {"reason": "Nama keliru", "replace": "1", "issued_on": "2026-07-03", "place": "Semarang"}
    )
    assert sorted(stored().values_list("number", "revoke_reason")) == [
        ("001/BKPSDM/VII/2026", "Nama keliru"),
        ("002/BKPSDM/VII/2026", ""),
    ]


def test_the_list_is_searched_and_leaves_as_a_workbook(world, staff):
    issue(world.here, complete(world.here))
    url = reverse("certificate_list", args=[world.here.program.pk])
    for query, expected in (({}, 6), ({"q": "semarang 3"}, 1), ({"q": "002/"}, 1), ({"state": "dibatalkan"}, 0)):
        assert staff.get(url, query).context["paginator"].count == expected
    content = staff.get(reverse("certificates_export", args=[world.here.program.pk]), {"q": "semarang 3"}).content
    header, row = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    values = dict(zip(header, row, strict=True))
    assert (values["Nomor Sertifikat"], values["NIP"]) == ("003/BKPSDM/VII/2026", world.here.people[2].nip)
    assert values["Halaman Pemeriksaan"].startswith("http://testserver/sertifikat/")


def test_the_list_needs_the_same_queries_for_few_and_for_many(world, staff):
    keys = complete(world.here)
    url = reverse("certificate_list", args=[world.here.program.pk])
    issue(world.here, keys[:1])
    before = page_queries(staff, url)
    issue(world.here, keys)
    assert page_queries(staff, url) == before


# --- The page for everybody ------------------------------------------------------------


@pytest.fixture
def certificate(world):
    issue(world.here, complete(world.here)[:1])
    return stored().get()


def test_anybody_with_the_address_reads_what_stands_on_the_certificate(world, client, certificate):
    response = client.get(reverse("certificate_verify", args=[certificate.token]))
    text = response.content.decode()
    assert "Sertifikat ini berlaku." in text
    for words in ("Peserta Kota Semarang 1", "001/BKPSDM/VII/2026", "8 JP", "1 Juli 2026", "BKPSDM Kota Semarang"):
        assert words in text
    assert world.here.people[0].nip not in text
    assert world.here.agency.name not in text
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_revoked_certificate_says_so_without_its_reason(client, certificate):
    revoke_certificate(certificate=certificate, reason="Nama keliru", now=NOON)
    text = client.get(reverse("certificate_verify", args=[certificate.token.upper()])).content.decode()
    assert "telah dibatalkan dan tidak berlaku" in text
    assert "Nama keliru" not in text


@pytest.mark.parametrize("token", ["a", "b" * 24, "ä" * 24, "x" * 5000, "%00", "1", "{nomor}"])
def test_an_address_that_was_made_up_is_unknown(client, certificate, token):
    response = client.get(f"/sertifikat/{token}/")
    assert response.status_code == 404
    assert "Sertifikat tidak dikenal." in response.content.decode()


def test_the_page_takes_nothing(client, certificate):
    assert client.post(reverse("certificate_verify", args=[certificate.token])).status_code == 405
