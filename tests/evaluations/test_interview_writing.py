"""What was said: by question and as a transcript, typed, uploaded, and changed after it was marked."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations.actions.instrument_versions import delete_instrument
from evaluations.actions.instruments import locked_among, planned_among
from evaluations.models import Excerpt, Instrument, InstrumentVersion, Interview, Item
from tests.evaluations.evidence import make_document, make_finding, make_interview, make_observation
from tests.evaluations.interviewing import HELD, make_guide, page_of, url
from tests.forms import send


@pytest.fixture
def interview(world) -> Interview:
    return world.here.evaluation.interviews.get()


@pytest.fixture
def guide(db) -> InstrumentVersion:
    return make_guide()


# --- Answers and transcript ------------------------------------------------------------


def test_with_a_guide_the_answers_come_next(evaluator, world, guide):
    sent = evaluator.post(url("interview_create", world.here.evaluation), HELD | {"guide": guide.pk, "text": ""})
    created = world.here.evaluation.interviews.latest("pk")
    assert sent.url == url("interview_content", created)
    page = page_of(evaluator, sent.url)
    assert page.index("Sampaikan tujuan.") < page.index("Apa hasilnya?") < page.index("Apa saran?")
    assert send(evaluator, sent.url, {"jawaban-hasil": "Antrean\r\npendek", "text": ""}).status_code == 302
    assert list(created.answers.values_list("item_key", "text")) == [("hasil", "Antrean\npendek")]
    page = page_of(evaluator, created.get_absolute_url())
    assert "<h3>Apa hasilnya?</h3>" in page
    assert "Apa saran?" not in page


def test_only_the_newest_version_of_a_ready_guide_is_offered(evaluator, world, guide):
    older = InstrumentVersion.objects.create(instrument=guide.instrument, number=1, scoring="tanpa")
    Item.objects.create(version=older, position=1, key="a", label="a", text="A?", type="teks")
    Instrument.objects.create(key="kosong", name="Panduan kosong", kind="wawancara", is_ready=True)
    form = evaluator.get(url("interview_create", world.here.evaluation)).context["form"]
    assert [version.pk for version in form.fields["guide"].queryset] == [guide.pk]
    used = make_interview(world.here.evaluation, guide=older)
    form = evaluator.get(url("interview_update", used)).context["form"]
    assert {version.pk for version in form.fields["guide"].queryset} == {guide.pk, older.pk}


def test_a_guide_that_was_answered_is_locked_and_one_in_use_is_not_deleted(world, guide):
    held = make_interview(world.here.evaluation, guide=guide)
    assert locked_among([guide]) == set()
    assert planned_among([guide]) == {guide.pk}
    with pytest.raises(ValidationError, match="dipakai survei, wawancara, atau lembar isian"):
        delete_instrument(instrument=guide.instrument)
    held.answers.create(item_key="hasil", text="Antrean pendek")
    assert locked_among([guide]) == {guide.pk}


@pytest.mark.parametrize("make", [make_observation, make_document])
def test_a_sheet_in_use_is_not_deleted(world, guide, make):
    row = make(world.here.evaluation)
    row.version = guide
    row.save()
    assert planned_among([guide]) == {guide.pk}


def test_answers_of_an_earlier_guide_stay_to_be_read_and_changed(evaluator, world, guide):
    held = make_interview(world.here.evaluation, guide=guide)
    held.answers.create(item_key="dulu", text="Jawaban lama")
    assert "Jawaban lama" in page_of(evaluator, url("interview_content", held))


@pytest.mark.parametrize(
    ("typed", "name", "content", "message"),
    [
        ("Catatan baru", "a.txt", b"Dari berkas", "Pilih salah satu"),
        (None, "a.doc", b"Dari berkas", "Hanya berkas .txt dan .docx"),
        (None, "a.docx", b"Dari berkas", "bukan DOCX yang utuh"),
        (None, "a.txt", b"%PDF-1.7", "bukan teks biasa"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused(evaluator, interview, typed, name, content, message):
    sent = {"text": typed or interview.text, "upload": SimpleUploadedFile(name, content)}
    answer = send(evaluator, url("interview_content", interview), sent)
    assert message in answer.content.decode()
    stored = interview.text
    interview.refresh_from_db()
    assert interview.text == stored


def test_what_was_read_with_doubt_is_said(evaluator, interview):
    upload = SimpleUploadedFile("a.txt", "Kafé".encode("cp1252"))
    answer = send(evaluator, url("interview_content", interview), {"text": interview.text, "upload": upload})
    assert "dibaca sebagai Windows-1252 (1)" in page_of(evaluator, answer.url)


@pytest.mark.parametrize("mark", ["x", "é", "ꦲ", "🙂"])
def test_two_million_characters_of_any_script_are_taken(evaluator, interview, mark):
    assert send(evaluator, url("interview_content", interview), {"text": mark * 2_000_000}).status_code == 302
    interview.refresh_from_db()
    assert interview.text == mark * 2_000_000


def test_what_is_too_long_even_to_be_read_is_refused_in_words(evaluator, interview):
    answer = evaluator.post(url("interview_content", interview), {"text": "x" * 9_000_000})
    assert answer.status_code == 400
    assert "terlalu panjang untuk disimpan sekaligus" in answer.content.decode()


def test_one_character_more_is_refused(evaluator, interview):
    answer = send(evaluator, url("interview_content", interview), {"text": "x" * 2_000_001})
    assert "lebih panjang dari 2.000.000 karakter" in answer.content.decode()


def test_marks_that_no_database_takes_are_left_out(evaluator, interview):
    assert (
        send(evaluator, url("interview_content", interview), {"text": "a\0b\r\n<b>c</b>\x07"}).status_code == 302
    )
    interview.refresh_from_db()
    assert interview.text == "ab\n<b>c</b>"


def test_two_who_write_at_once_are_asked_which_holds(evaluator, world, guide):
    held = make_interview(world.here.evaluation, guide=guide, text="Awal")
    address = url("interview_content", held)
    revision = evaluator.get(address).context["form"]["seen_revision"].value()
    moved = HELD | {"guide": guide.pk, "place": "Aula"}
    assert send(evaluator, url("interview_update", held), moved).status_code == 302
    assert send(evaluator, address, {"text": "Awal", "jawaban-hasil": "Dari rekan"}).status_code == 302
    late = {"seen_revision": revision, "text": "Dari saya", "jawaban-hasil": "Juga dari saya"}
    conflict = evaluator.post(address, late).context["form"].conflict
    assert [(point.name, point.stored) for point in conflict.points] == [
        ("text", "Awal"),
        ("jawaban-hasil", "Dari rekan"),
    ]
    held.refresh_from_db()
    assert (held.text, held.answers.get().text) == ("Awal", "Dari rekan")


# --- Edited after coding ---------------------------------------------------------------


def test_a_quote_that_an_edit_takes_away_is_listed_and_not_changed(evaluator, world, interview):
    finding = make_finding(world.here)
    coder = world.here.users["evaluator"]
    values = {"evaluation": world.here.evaluation, "interview": interview, "coder": coder, "start": 0, "end": 6}
    excerpt = Excerpt.objects.create(quote="Jadwal", **values)
    sent = send(evaluator, url("interview_content", interview), {"text": "Semua lancar di loket."})
    assert sent.url == reverse("lost_passages", args=["wawancara", interview.pk])
    page = page_of(evaluator, sent.url)
    assert "Jadwal pelatihan berbenturan dengan layanan." in page
    assert finding.statement in page
    assert "2 bagian tidak ditemukan lagi" in page_of(evaluator, interview.get_absolute_url())
    evidence = finding.evidence.get()
    assert evidence.quote == "Jadwal pelatihan berbenturan dengan layanan."
    assert evaluator.post(url("lost_quote_place", evidence), {"quote": "tidak ada"}).status_code == 200
    assert evaluator.post(url("lost_quote_place", evidence), {"quote": "lancar di loket"}).url == sent.url
    assert (
        evaluator.post(url("lost_excerpt_place", excerpt), {"quote": "Semua"}).url == interview.get_absolute_url()
    )
    evidence.refresh_from_db()
    excerpt.refresh_from_db()
    assert (evidence.quote, excerpt.quote, excerpt.is_lost) == ("lancar di loket", "Semua", False)
    assert "Semua bagian yang ditandai ada dalam teks." in page_of(evaluator, sent.url)


def test_a_lost_mark_is_given_up_unless_a_finding_cites_it(evaluator, world, interview):
    coder = world.here.users["evaluator"]
    values = {"evaluation": world.here.evaluation, "interview": interview, "coder": coder, "is_lost": True}
    excerpt = Excerpt.objects.create(quote="Dulu", start=0, end=4, **values)
    finding = make_finding(world.here)
    finding.evidence.update(excerpt=excerpt)
    refused = evaluator.post(url("lost_excerpt_delete", excerpt))
    assert (
        f"<li>{finding.statement}</li>" in refused.content.decode()
        or finding.statement in refused.content.decode()
    )
    assert interview.excerpts.exists()
    finding.evidence.update(excerpt=None)
    assert evaluator.post(url("lost_excerpt_delete", excerpt)).status_code == 302
    assert not interview.excerpts.exists()


@pytest.mark.parametrize("name", ["interview_detail", "interview_content", "interview_mask", "lost_quote_place"])
def test_markup_is_shown_as_text_everywhere(evaluator, world, name):
    text = "<script>alert(1)</script><o:p class=MsoNormal>jadwal padat</o:p>"
    held = make_interview(world.here.evaluation, text=text)
    finding = make_finding(world.here, source=held, quote="<script>alert(1)</script>")
    row = finding.evidence.get() if name == "lost_quote_place" else held
    page = page_of(evaluator, url(name, row))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<o:p" not in page
