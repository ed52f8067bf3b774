"""Pages of the follow-up: who answers, who reports progress, what a download is, and the register."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from asn_eval.accounts.models import Office
from evaluations.models import Recommendation
from tests.evaluations.evidence import make_finding, make_recommendation
from tests.queries import page_queries

PDF = b"%PDF-1.7\nisi\n%%EOF\n"


@pytest.fixture
def recommendation(here):
    return make_recommendation(make_finding(here))


@pytest.fixture
def manager(client, here):
    client.force_login(here.users["manajer"])
    return client


def url(name: str, row) -> str:
    return reverse(name, args=[row.pk])


def answered(client, here, recommendation, answer="diterima", reason=""):
    client.force_login(here.users["manajer"])
    return client.post(url("recommendation_answer", recommendation), {"answer": answer, "reason": reason})


def test_the_manager_answers_on_a_page_of_their_own(client, here, recommendation):
    sent = answered(client, here, recommendation, "sebagian", "Mulai dari satu unit.")
    assert sent.url == f"{recommendation.get_absolute_url()}#tanggapan"
    page = client.get(recommendation.get_absolute_url()).content.decode()
    assert "Diterima sebagian" in page
    assert "Mulai dari satu unit." in page
    again = client.get(url("recommendation_answer", recommendation)).content.decode()
    assert "Mulai dari satu unit.</textarea>" in again


def test_a_missing_reason_is_said_at_its_field_and_nothing_is_lost(manager, recommendation):
    page = manager.post(url("recommendation_answer", recommendation), {"answer": "ditolak", "reason": ""})
    assert page.status_code == 200
    assert page.context["form"].errors["reason"] == ["Tulis alasannya: pengusul perlu tahu mengapa."]
    assert 'value="ditolak" class' in page.content.decode() or "checked" in page.content.decode()


@pytest.mark.parametrize("typed", [{}, {"answer": "x"}, {"answer": "diterima\0"}])
def test_a_hostile_answer_changes_nothing(manager, recommendation, typed):
    assert manager.post(url("recommendation_answer", recommendation), typed).status_code == 200
    recommendation.refresh_from_db()
    assert recommendation.answer == ""


def test_work_begins_after_the_answer(client, here, recommendation):
    client.force_login(here.users["staf"])
    page = client.get(url("progress_create", recommendation)).content.decode()
    assert 'value="dikerjakan"' not in page
    assert "tersedia setelah pimpinan menerima rekomendasi" in page
    answered(client, here, recommendation)
    client.force_login(here.users["staf"])
    assert 'value="dikerjakan"' in client.get(url("progress_create", recommendation)).content.decode()


def test_progress_with_proof_ends_a_recommendation(client, here, recommendation):
    answered(client, here, recommendation)
    client.force_login(here.users["staf"])
    progress = url("progress_create", recommendation)
    assert client.post(progress, {"text": "Rapat", "state": "dikerjakan"}).status_code == 302
    page = client.post(progress, {"text": "Selesai", "state": "selesai"})
    assert page.context["form"].errors["why_no_proof"] == [
        "Unggah bukti penyelesaian, atau tulis mengapa tidak ada berkas."
    ]
    file = SimpleUploadedFile("../../notula.PDF", PDF)
    sent = client.post(progress, {"text": "<b>Selesai</b>", "state": "selesai", "file": file})
    assert sent.status_code == 302
    recommendation.refresh_from_db()
    assert recommendation.state == Recommendation.State.DONE
    page = client.get(recommendation.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Selesai&lt;/b&gt;" in page
    proof = recommendation.proofs.get()
    assert (proof.title, proof.file_name) == ("notula", "notula.pdf")
    assert url("proof_download", proof) in page


@pytest.mark.parametrize("day", ["3026-01-01", "0001-01-01", "31/31/2026", "x", "2026-02-30\0"])
def test_a_day_that_cannot_be_is_said_at_its_field(client, here, recommendation, day):
    client.force_login(here.users["staf"])
    page = client.post(url("progress_create", recommendation), {"text": "Rapat", "date": day})
    assert list(page.context["form"].errors) == ["date"]
    assert recommendation.notes.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("jahat.exe", b"MZ"),
        ("laporan.pdf", b"<script>"),
        ("kosong.pdf", b""),
        ("foto.svg", b"<svg/>"),
        ("dua.pdf.html", PDF),
        ("tanpa", PDF),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(client, here, recommendation, name, content):
    client.force_login(here.users["staf"])
    typed = {"file": SimpleUploadedFile(name, content), "title": ""}
    page = client.post(url("proof_create", recommendation), typed)
    assert page.status_code == 200
    assert "file" in page.context["form"].errors
    assert recommendation.proofs.count() == 0


def proof_of(client, here, recommendation):
    client.force_login(here.users["staf"])
    typed = {"file": SimpleUploadedFile("notula.pdf", PDF), "title": "Notula rapat"}
    assert client.post(url("proof_create", recommendation), typed).status_code == 302
    return recommendation.proofs.get()


def test_a_download_is_an_attachment(client, here, recommendation):
    proof = proof_of(client, here, recommendation)
    client.force_login(here.users["auditor"])
    answer = client.get(url("proof_download", proof))
    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="notula.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_a_file_that_is_gone_is_a_404(client, here, recommendation):
    proof = proof_of(client, here, recommendation)
    proof.file.storage.delete(proof.file.name)
    assert client.get(url("proof_download", proof)).status_code == 404


def test_the_same_file_twice_is_said_at_its_field(client, here, recommendation):
    proof_of(client, here, recommendation)
    typed = {"file": SimpleUploadedFile("salinan.pdf", PDF), "title": ""}
    page = client.post(url("proof_create", recommendation), typed)
    assert page.context["form"].errors["file"] == ["Berkas yang sama sudah ada pada rekomendasi ini."]


def test_deleting_a_recommendation_forgets_its_files(
    client, here, recommendation, django_capture_on_commit_callbacks
):
    from tests.forms import confirm

    proof = proof_of(client, here, recommendation)
    client.force_login(here.users["evaluator"])
    with django_capture_on_commit_callbacks(execute=True):
        confirm(client, url("recommendation_delete", recommendation))
    assert not proof.file.storage.exists(proof.file.name)


def test_an_address_is_shown_to_who_follows_up_only(client, here, recommendation):
    recommendation.owner_email = "camat@contoh.go.id"
    recommendation.save()
    for role, is_shown in (("staf", True), ("manajer", True), ("auditor", False), ("admin", False)):
        client.force_login(here.users[role])
        page = client.get(recommendation.get_absolute_url()).content.decode()
        assert ("camat@contoh.go.id" in page) == is_shown


# --- the register ---

REGISTER = "/evaluasi/tindak-lanjut/"


def fill(place, n: int) -> list[Recommendation]:
    finding = make_finding(place)
    today = timezone.localdate()
    return [
        make_recommendation(
            finding, statement=f"Rekomendasi {place.region.name} {number}", due_date=today + timedelta(days=number)
        )
        for number in range(n)
    ]


def shown(client, **asked) -> list[str]:
    return [one.statement for one in client.get(REGISTER, asked).context["recommendations"]]


def test_the_register_holds_what_is_in_sight(world, here, manager):
    fill(here, 2)
    fill(world.there, 2)
    assert shown(manager) == ["Rekomendasi Kota Semarang 0", "Rekomendasi Kota Semarang 1"]
    manager.force_login(world.national)
    assert len(shown(manager)) == 4


def test_it_is_narrowed_and_sorted_by_its_address(here, manager):
    first, second, third = fill(here, 3)
    Recommendation.objects.visible_to(here.users["manajer"]).filter(pk=first.pk).update(
        state="selesai", kind="dukungan", impact=3, effort=1
    )
    Recommendation.objects.visible_to(here.users["manajer"]).filter(pk=second.pk).update(
        due_date=timezone.localdate() - timedelta(days=400), answer="diterima", answered_on="2026-01-01"
    )
    names = {row.pk: row.statement for row in (first, second, third)}
    expect = {
        (): [second, third, first],
        ("state", "selesai"): [first],
        ("kind", "dukungan"): [first],
        ("late", "terlambat"): [second],
        ("late", "belum-ditanggapi"): [third],
        ("q", "semarang 2"): [third],
        ("q", "bkpsdm"): [second, third, first],
        ("region", "Semarang"): [second, third, first],
        ("region", "Medan"): [],
        ("year", str((timezone.localdate() - timedelta(days=400)).year)): [second],
        ("office", str(here.office.pk)): [second, third, first],
        ("urut", "-tenggat"): [third, first, second],
        ("urut", "prioritas"): [first, second, third],
        ("urut", "jahat; drop"): [second, third, first],
        ("state", "x"): [second, third, first],
        ("year", "9" * 30): [second, third, first],
        ("office", "-1"): [second, third, first],
        ("page", "99"): [second, third, first],
    }
    for asked, rows in expect.items():
        found = shown(manager, **(dict([asked]) if asked else {}))
        assert found == [names[row.pk] for row in rows], asked


def test_the_office_that_answers_is_the_one_named(here, manager):
    other = Office.objects.create(name="Dinas Lain", kind=Office.Kind.LOCAL, city="Semarang")
    first, _second = fill(here, 2)
    Recommendation.objects.visible_to(here.users["manajer"]).filter(pk=first.pk).update(owner_office=other)
    assert shown(manager, office=other.pk) == [first.statement]
    assert shown(manager, office=here.office.pk) == ["Rekomendasi Kota Semarang 1"]


def test_the_counts_tell_where_they_stand(here, manager):
    first, second, _third = fill(here, 3)
    rows = Recommendation.objects.visible_to(here.users["manajer"])
    rows.filter(pk=first.pk).update(state="selesai")
    rows.filter(pk=second.pk).update(due_date=timezone.localdate() - timedelta(days=1))
    counts = manager.get(REGISTER).context["counts"]
    assert (counts.total, counts.proposed, counts.done, counts.late, counts.unanswered) == (3, 2, 1, 1, 2)


@pytest.mark.parametrize("n", [1, 3])
def test_the_register_asks_the_same_for_more_rows(here, manager, n):
    fill(here, n)
    manager.get(REGISTER)
    assert page_queries(manager, REGISTER) == 9


def test_an_empty_register_says_what_comes_next(manager):
    page = manager.get(REGISTER).content.decode()
    assert "Belum ada rekomendasi di wilayah kerja kantor Anda." in page
    assert "Unduh PDF" not in page


def test_the_workbook_holds_the_same_rows_and_no_formula(here, manager):
    first, _second = fill(here, 2)
    Recommendation.objects.visible_to(here.users["manajer"]).filter(pk=first.pk).update(owner="=cmd()")
    answer = manager.get(f"{REGISTER}unduh/", {"q": "semarang 0"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("Rekomendasi", "Jenis")
    assert [row[0] for row in rows[1:]] == [first.statement]
    assert (sheet.cell(2, 5).value, sheet.cell(2, 5).data_type) == ("=cmd()", "s")


def test_the_workbook_counts_by_office_and_region(world, here, client):
    fill(here, 2)
    fill(world.there, 1)
    client.force_login(world.national)
    book = load_workbook(io.BytesIO(client.get(f"{REGISTER}unduh/").content))
    assert book.sheetnames == ["Tindak lanjut", "Menurut kantor", "Menurut wilayah"]
    rows = [row[:3] for row in book["Menurut kantor"].iter_rows(values_only=True)]
    assert rows == [("Kantor", "Jumlah", "Diusulkan"), ("BKPSDM Kota Semarang", 2, 2), ("BKPSDM Kota Medan", 1, 1)]
    assert [row[0] for row in book["Menurut wilayah"].iter_rows(values_only=True)] == [
        "Wilayah",
        "Kota Semarang, Jawa Tengah",
        "Kota Medan, Sumatera Utara",
    ]


def test_the_home_page_of_the_manager_leads_here(here, manager):
    fill(here, 12)
    page = manager.get("/").content.decode()
    assert "Rekomendasi yang menunggu tanggapan" in page
    assert f"{REGISTER}?late=belum-ditanggapi" in page
