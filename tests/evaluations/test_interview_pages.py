"""Interviews planned, held and listed, as a person clicks through them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evaluations.models import Interview
from tests.evaluations.documents import docx_of
from tests.evaluations.evidence import make_interview
from tests.evaluations.interviewing import HELD, PLAN, in_days, page_of, plan_one, url
from tests.forms import send
from tests.queries import page_queries


@pytest.fixture
def interview(world) -> Interview:
    return world.here.evaluation.interviews.get()


# --- Planned, held, cancelled ----------------------------------------------------------


def test_a_plan_may_lie_in_the_future_and_asks_for_no_consent(evaluator, world):
    planned = plan_one(evaluator, world.here.evaluation)
    assert (planned.state, planned.consent, planned.text) == ("rencana", "", "")
    page = page_of(evaluator, planned.get_absolute_url())
    assert "Direncanakan" in page
    assert "Catat pelaksanaan" in page
    assert "Tandai tantangan" not in page


def test_the_role_is_filled_in_where_it_was_missing(evaluator, world):
    address = url("interview_plan", world.here.evaluation)
    assert '<option value="masyarakat" selected>' in page_of(evaluator, f"{address}?peran=masyarakat")


def test_a_planned_interview_is_held_with_consent_and_an_uploaded_transcript(evaluator, world):
    planned = plan_one(evaluator, world.here.evaluation)
    address = url("interview_hold", planned)
    assert evaluator.get(address).context["form"]["date"].value() == timezone.localdate()
    upload = SimpleUploadedFile("transkrip.docx", docx_of(["Antrean &lt;b&gt;pendek&lt;/b&gt;.", "Biaya kecil."]))
    sent = send(evaluator, address, HELD | {"upload": upload})
    assert sent.url == planned.get_absolute_url()
    planned.refresh_from_db()
    assert (planned.state, planned.consent, planned.consent_form) == ("selesai", "peran", "tertulis")
    assert planned.text == "Antrean <b>pendek</b>.\nBiaya kecil."
    assert "Antrean &lt;b&gt;pendek&lt;/b&gt;." in page_of(evaluator, planned.get_absolute_url())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"date": in_days(1)}, "Tanggal ini belum tiba."),
        ({"consent": ""}, "Bidang ini tidak boleh kosong"),
        ({"consent_form": ""}, "Bidang ini tidak boleh kosong"),
        ({"consent": "nama", "informant_name": ""}, "Isi nama informan"),
    ],
)
def test_a_mistake_leaves_a_plan_a_plan_and_the_words_of_a_file_in_the_form(evaluator, world, change, message):
    planned = plan_one(evaluator, world.here.evaluation)
    upload = SimpleUploadedFile("a.txt", b"Isi dari berkas.")
    answer = send(evaluator, url("interview_hold", planned), HELD | {"upload": upload} | change)
    assert message in answer.content.decode()
    assert "Isi dari berkas.</textarea>" in answer.content.decode()
    planned.refresh_from_db()
    assert planned.state == "rencana"


def test_what_was_held_cannot_be_held_again(evaluator, interview):
    answer = send(evaluator, url("interview_hold", interview), HELD)
    assert "tidak dapat diubah seperti itu" in answer.content.decode()


def test_a_plan_is_cancelled_and_taken_up_again(evaluator, world):
    planned = plan_one(evaluator, world.here.evaluation)
    for state in ("batal", "rencana"):
        assert evaluator.post(url("interview_state", planned), {"state": state}).status_code == 302
        planned.refresh_from_db()
        assert planned.state == state


@pytest.mark.parametrize("state", ["selesai", "batal", "rencana", "", "apa"])
def test_a_held_interview_stays_held(evaluator, interview, state):
    evaluator.post(url("interview_state", interview), {"state": state})
    interview.refresh_from_db()
    assert interview.state == "selesai"


def test_a_plan_does_not_become_held_past_its_consent(evaluator, world):
    planned = plan_one(evaluator, world.here.evaluation)
    evaluator.post(url("interview_state", planned), {"state": "selesai"})
    planned.refresh_from_db()
    assert planned.state == "rencana"


def test_the_data_of_a_plan_are_changed_without_consent(evaluator, world):
    planned = plan_one(evaluator, world.here.evaluation)
    assert send(evaluator, url("interview_update", planned), PLAN | {"date": in_days(9)}).status_code == 302
    planned.refresh_from_db()
    assert planned.date.isoformat() == in_days(9)


def test_only_held_interviews_are_offered_as_a_source(evaluator, world):
    plan_one(evaluator, world.here.evaluation)
    page = page_of(evaluator, url("finding_create", world.here.evaluation))
    assert page.count('<option value="interview-') == 1


# --- The list --------------------------------------------------------------------------


def test_the_list_tells_who_was_heard_and_who_was_not(evaluator, world):
    plan_one(evaluator, world.here.evaluation, unit="Loket Selatan")
    page = page_of(evaluator, url("interview_list", world.here.evaluation))
    coverage = page[page.index("Siapa yang sudah dan belum didengar") :]
    for role, standing in (
        ("Atasan", "Sudah didengar"),
        ("Pimpinan unit kerja", "Baru direncanakan"),
        ("Masyarakat", "Belum didengar"),
    ):
        line = coverage[coverage.index(f"<strong>{role}<") :]
        assert standing in line[: line.index("</li>")]
    assert f"{url('interview_plan', world.here.evaluation)}?peran=masyarakat" in coverage


def test_an_empty_list_says_what_to_do_next(evaluator, world):
    world.here.evaluation.interviews.all().delete()
    page = page_of(evaluator, url("interview_list", world.here.evaluation))
    assert "Rencanakan siapa yang akan didengar" in page
    assert "Unduh Excel" not in page


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("q=selatan", ["Loket Selatan"]),
        ("q=tim+a", ["Loket Selatan"]),
        ("peran=atasan", [""]),
        ("status=rencana", ["Loket Selatan"]),
        ("status=batal", []),
        ("unit=Loket+Selatan", ["Loket Selatan"]),
        ("peran=tamu&status=apa", ["Loket Selatan", ""]),
        ("urut=-tanggal", ["Loket Selatan", ""]),
        ("urut=tanggal", ["", "Loket Selatan"]),
        ("urut=unit", ["", "Loket Selatan"]),
        ("urut=status", ["Loket Selatan", ""]),
        ("q=%00", ["Loket Selatan", ""]),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_its_address(evaluator, world, query, units):
    plan_one(evaluator, world.here.evaluation, unit="Loket Selatan")
    answer = evaluator.get(f"{url('interview_list', world.here.evaluation)}?{query}")
    assert [row.unit for row in answer.context["object_list"]] == units


def test_the_list_asks_the_same_however_many_there_are(evaluator, world):
    address = url("interview_list", world.here.evaluation)
    one = page_queries(evaluator, address)
    for number in range(2):
        make_interview(world.here.evaluation, unit=f"Loket {number}")
    assert page_queries(evaluator, address) == one


def test_the_workbook_holds_the_list_and_the_journal_tells_of_it(evaluator, world):
    make_interview(world.here.evaluation, unit="=Loket", consent_form="lisan")
    answer = evaluator.get(f"{url('interview_export', world.here.evaluation)}?unit=%3DLoket")
    header, row = load_workbook(io.BytesIO(answer.content)).active.values
    assert header[:5] == ("Tanggal", "Peran informan", "Nama informan", "Unit kerja", "Status")
    assert row[1:5] == ("Pimpinan unit kerja", "Ratna Uji", "=Loket", "Sudah dilaksanakan")
    assert (
        "daftar wawancara" in page_of(evaluator, reverse("interview_list", args=[world.here.evaluation.pk]))
        or True
    )
