"""Files that go with interviews, observations and documents: private, checked, gone with their record."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from asn_eval.history.models import LogEntry
from evaluations.models import Attachment
from evaluations.views.attachments import WORDS
from tests.evaluations.evidence import make_document, make_observation
from tests.forms import confirm
from tests.programs.test_material_files import DOCX, EXE, PDF, PNG

KINDS = ["wawancara", "observasi", "telaah-dokumen"]


@pytest.fixture
def owners(world):
    evaluation = world.here.evaluation
    return {
        "wawancara": evaluation.interviews.get(),
        "observasi": make_observation(evaluation),
        "telaah-dokumen": make_document(evaluation),
    }


def attach(client, owner, name="Daftar hadir.pdf", content=PDF):
    address = reverse("attachment_add", args=[WORDS[type(owner)], owner.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def address_of(name: str, attachment) -> str:
    return reverse(name, args=[attachment.pk])


@pytest.fixture
def stored(evaluator, world, owners, django_capture_on_commit_callbacks):
    """An attachment of the interview, as it was uploaded."""
    assert attach(evaluator, owners["wawancara"]).status_code == 302
    return owners["wawancara"].attachments.get()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_attached_and_comes_back_as_it_was(evaluator, owners, kind):
    owner = owners[kind]
    assert attach(evaluator, owner).url == f"{owner.get_absolute_url()}#lampiran"
    attachment = owner.attachments.get()
    assert (attachment.file_name, attachment.size, attachment.owner) == ("Daftar hadir.pdf", len(PDF), owner)
    assert "Daftar hadir" not in attachment.file.name
    answer = evaluator.get(address_of("attachment_download", attachment))
    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Daftar hadir.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_the_page_of_the_interview_lists_its_files(evaluator, owners, stored):
    page = evaluator.get(owners["wawancara"].get_absolute_url()).content.decode()
    assert "Daftar hadir.pdf" in page
    assert address_of("attachment_download", stored) in page


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", EXE, "Berkas jenis ini tidak diterima"),
        ("a.pdf", EXE, "bukan PDF yang utuh"),
        ("a.html", b"<script>", "Berkas jenis ini tidak diterima"),
        ("a.png", PDF, "bukan PNG yang utuh"),
        ("a.pdf", b"", "kosong"),
    ],
)
def test_a_file_that_may_not_be_kept_is_refused(evaluator, owners, name, content, message):
    answer = attach(evaluator, owners["wawancara"], name, content)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not owners["wawancara"].attachments.exists()


def test_the_same_file_is_attached_once_to_each_record(evaluator, owners, stored):
    answer = attach(evaluator, owners["wawancara"], "lain.pdf")
    assert "Berkas yang sama sudah dilampirkan di sini." in answer.content.decode()
    assert owners["wawancara"].attachments.count() == 1
    assert attach(evaluator, owners["observasi"]).status_code == 302


def test_a_refused_record_leaves_no_file(evaluator, owners, stored):
    storage = stored.file.storage
    before = storage.listdir("lampiran")[1]
    attach(evaluator, owners["wawancara"], "lain.pdf")
    assert storage.listdir("lampiran")[1] == before


@pytest.mark.parametrize("kind", ["temuan", "indikator", "x"])
def test_only_these_records_have_files(evaluator, kind):
    assert evaluator.get(f"/{kind}/1/lampiran/").status_code == 404


@pytest.mark.parametrize("role", ["admin", "staf", "manajer", "auditor"])
def test_only_evaluators_download(client, world, stored, role):
    client.force_login(world.here.users[role])
    assert client.get(address_of("attachment_download", stored)).status_code == 403


def test_a_file_of_another_region_does_not_exist(client, world, stored):
    client.force_login(world.there.users["evaluator"])
    assert client.get(address_of("attachment_download", stored)).status_code == 404


def test_a_file_that_the_disk_lost_is_explained(evaluator, owners, stored):
    stored.file.storage.delete(stored.file.name)
    answer = evaluator.get(address_of("attachment_download", stored), follow=True)
    assert "tidak ada di penyimpanan" in answer.content.decode()


def test_a_file_is_deleted_with_its_record(evaluator, owners, stored, django_capture_on_commit_callbacks):
    address = address_of("attachment_delete", stored)
    assert "Hapus Daftar hadir.pdf?" in evaluator.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert evaluator.post(address).url == f"{owners['wawancara'].get_absolute_url()}#lampiran"
    assert not owners["wawancara"].attachments.exists()
    assert not stored.file.storage.exists(stored.file.name)


@pytest.mark.parametrize("kind", KINDS)
def test_files_go_with_the_record_that_they_belong_to(evaluator, owners, kind, django_capture_on_commit_callbacks):
    owner = owners[kind]
    attach(evaluator, owner)
    attachment = owner.attachments.get()
    delete = {"wawancara": "interview", "observasi": "observation", "telaah-dokumen": "document"}[kind]
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(evaluator, reverse(f"{delete}_delete", args=[owner.pk])).status_code == 302
    assert not Attachment.objects.unscoped("test").filter(pk=attachment.pk).exists()
    assert not attachment.file.storage.exists(attachment.file.name)


def test_the_journal_tells_that_there_are_files_and_not_what_they_are_called(evaluator, owners, stored):
    evaluator.get(address_of("attachment_download", stored)).getvalue()
    evaluator.post(address_of("attachment_delete", stored))
    entries = list(LogEntry.objects.unscoped("test").order_by("pk"))
    assert [entry.additional_data["note"] for entry in entries if (entry.additional_data or {}).get("note")] == [
        "lampiran ditambahkan",
        "lampiran",
        "lampiran dihapus",
    ]
    assert "Daftar hadir" not in " ".join(f"{entry.changes} {entry.object_repr}" for entry in entries)


def test_files_of_every_permitted_kind_are_taken(evaluator, owners):
    for name, content in (("a.pdf", PDF), ("b.docx", DOCX), ("c.png", PNG)):
        assert attach(evaluator, owners["wawancara"], name, content).status_code == 302
