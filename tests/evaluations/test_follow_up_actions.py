"""Answer, progress, proof and judgement: which steps may be taken, and what each needs."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from evaluations.actions.follow_up import (
    Upload,
    add_proof,
    answer_recommendation,
    drop_proposal,
    next_states,
    offer_proposal_again,
    record_progress,
    remove_proof,
    review_recommendation,
)
from evaluations.models import Evaluation, Recommendation, Review
from programs.material_files import check_file
from tests.evaluations.evidence import make_finding, make_recommendation

TODAY = date(2026, 8, 3)
PDF = b"%PDF-1.7\nisi\n%%EOF\n"
State, Answer = Recommendation.State, Recommendation.Answer


@pytest.fixture
def recommendation(here):
    return make_recommendation(make_finding(here))


def upload(name="notula.pdf", content=PDF, title="Notula rapat") -> Upload:
    stream = io.BytesIO(content)
    return Upload(title, stream, check_file(name, len(content), stream))


def answer(recommendation, here, answer=Answer.ACCEPTED, reason="") -> Recommendation:
    return answer_recommendation(
        recommendation=recommendation,
        answer=answer,
        reason=reason,
        answered_by=here.users["manajer"],
        today=TODAY,
    )


def progress(recommendation, here, state="", **values):
    given = {"text": "Jadwal baru dibahas", "author": here.users["staf"], "today": TODAY} | values
    return record_progress(recommendation=recommendation, state=state, **given)


def errors(refusal) -> dict[str, list[str]]:
    return {field: [one.code for one in found] for field, found in refusal.value.error_dict.items()}


def state_of(recommendation) -> str:
    recommendation.refresh_from_db()
    return recommendation.state


def test_assent_needs_no_reason_and_leaves_the_state(here, recommendation):
    answered = answer(recommendation, here)
    assert (answered.answer, answered.answered_on, answered.answered_by) == (
        "diterima",
        TODAY,
        here.users["manajer"],
    )
    assert state_of(recommendation) == State.PROPOSED
    assert recommendation.notes.count() == 0


@pytest.mark.parametrize("given", [Answer.PARTLY, Answer.REJECTED])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_anything_less_than_assent_needs_a_reason(here, recommendation, given, reason):
    with pytest.raises(ValidationError) as refusal:
        answer(recommendation, here, given, reason)
    assert errors(refusal) == {"reason": ["required"]}
    recommendation.refresh_from_db()
    assert (recommendation.answer, recommendation.answered_on) == ("", None)


@pytest.mark.parametrize("unknown", ["", "mungkin"])
def test_an_unknown_answer_is_refused(here, recommendation, unknown):
    with pytest.raises(ValidationError) as refusal:
        answer(recommendation, here, unknown, "sebab")
    assert errors(refusal) == {"answer": ["required"]}


def test_a_rejection_ends_it_and_says_so_in_the_log(here, recommendation):
    answer(recommendation, here, Answer.REJECTED, "Sudah dianggarkan di bagian lain.")
    assert state_of(recommendation) == State.DROPPED
    assert [(note.text, note.state) for note in recommendation.notes.all()] == [
        ("Tanggapan pimpinan: ditolak. Sudah dianggarkan di bagian lain.", "tidak_dilanjutkan")
    ]
    with pytest.raises(ValidationError) as refusal:
        progress(recommendation, here, State.PROPOSED)
    assert errors(refusal) == {"state": ["rejected"]}


def test_a_later_assent_takes_it_up_again(here, recommendation):
    answer(recommendation, here, Answer.REJECTED, "Belum ada dana.")
    answer(recommendation, here, Answer.PARTLY, "Dana tersedia untuk satu angkatan.")
    assert state_of(recommendation) == State.PROPOSED
    assert recommendation.notes.count() == 2


def test_what_is_done_cannot_be_rejected(here, recommendation):
    finish(recommendation, here)
    with pytest.raises(ValidationError) as refusal:
        answer(recommendation, here, Answer.REJECTED, "terlambat")
    assert errors(refusal) == {"answer": ["done"]}


def finish(recommendation, here):
    answer(recommendation, here)
    progress(recommendation, here, State.RUNNING)
    progress(recommendation, here, State.DONE, upload=upload())


@pytest.mark.parametrize(
    ("given", "state", "expected"),
    [
        ("", State.PROPOSED, [State.DROPPED]),
        (Answer.ACCEPTED, State.PROPOSED, [State.RUNNING, State.DROPPED]),
        (Answer.PARTLY, State.PROPOSED, [State.RUNNING, State.DROPPED]),
        (Answer.ACCEPTED, State.RUNNING, [State.DONE, State.DROPPED]),
        (Answer.ACCEPTED, State.DONE, [State.RUNNING]),
        (Answer.ACCEPTED, State.DROPPED, [State.PROPOSED]),
        (Answer.REJECTED, State.DROPPED, []),
        ("", State.DROPPED, [State.PROPOSED]),
        ("", State.RUNNING, [State.DONE, State.DROPPED]),
    ],
)
def test_the_steps_depend_on_state_and_answer(given, state, expected):
    assert next_states(Recommendation(answer=given, state=state)) == expected


@pytest.mark.parametrize(
    ("state", "code"),
    [(State.RUNNING, "unanswered"), (State.DONE, "moved"), ("lain", "moved")],
)
def test_a_step_that_is_not_open_is_refused(here, recommendation, state, code):
    with pytest.raises(ValidationError) as refusal:
        progress(recommendation, here, state)
    assert errors(refusal) == {"state": [code]}
    assert state_of(recommendation) == State.PROPOSED
    assert recommendation.notes.count() == 0


def test_progress_without_words_is_refused(here, recommendation):
    with pytest.raises(ValidationError) as refusal:
        progress(recommendation, here, text=" \n ")
    assert errors(refusal) == {"text": ["required"]}


def test_progress_may_be_told_later_but_not_before_it_happened(here, recommendation):
    assert progress(recommendation, here).date == TODAY
    assert progress(recommendation, here, done_on=date(2026, 7, 1)).date == date(2026, 7, 1)
    with pytest.raises(ValidationError) as refusal:
        progress(recommendation, here, done_on=date(2026, 8, 4))
    assert errors(refusal) == {"date": ["future"]}


def test_an_end_needs_proof_or_a_reason(here, recommendation):
    answer(recommendation, here)
    progress(recommendation, here, State.RUNNING)
    with pytest.raises(ValidationError) as refusal:
        progress(recommendation, here, State.DONE)
    assert errors(refusal) == {"why_no_proof": ["required"]}
    note = progress(recommendation, here, State.DONE, why_no_proof="Dilakukan lisan dalam apel")
    assert note.text == "Jadwal baru dibahas\nTanpa berkas bukti: Dilakukan lisan dalam apel"
    assert state_of(recommendation) == State.DONE


def test_an_earlier_proof_is_enough(here, recommendation):
    answer(recommendation, here)
    progress(recommendation, here, State.RUNNING, upload=upload())
    assert progress(recommendation, here, State.DONE).text == "Jadwal baru dibahas"


def test_what_is_refused_leaves_no_file(here, recommendation):
    from django.core.files.storage import default_storage

    def files():
        return set(default_storage.listdir("lampiran")[1]) if default_storage.exists("lampiran") else set()

    add_proof(recommendation=recommendation, upload=upload(), author=here.users["staf"])
    kept = files()
    with pytest.raises(ValidationError) as refusal:
        progress(recommendation, here, upload=upload(title="Sekali lagi"))
    assert errors(refusal) == {"file": ["duplicate"]}
    with pytest.raises(ValidationError):
        progress(recommendation, here, State.DONE, upload=upload(content=PDF + b" %%EOF"))
    assert files() == kept
    assert recommendation.notes.count() == 0


def test_the_last_proof_of_what_is_done_stays(here, recommendation, django_capture_on_commit_callbacks):
    finish(recommendation, here)
    proof = recommendation.proofs.get()
    with pytest.raises(ValidationError, match="Berkas terakhir"):
        remove_proof(proof=proof)
    add_proof(recommendation=recommendation, upload=upload(content=PDF + b"%%EOF"), author=here.users["staf"])
    name, storage = proof.file.name, proof.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        remove_proof(proof=proof)
    assert not storage.exists(name)
    assert recommendation.proofs.count() == 1


def next_year(here) -> Evaluation:
    return Evaluation.objects.create(
        program=here.program,
        title="Evaluasi berikutnya",
        start_date=date(2027, 1, 5),
        end_date=date(2027, 9, 30),
    )


def judge(evaluation, recommendation, here, outcome="berhasil", reason="Bentrok jadwal turun."):
    return review_recommendation(
        evaluation=evaluation,
        recommendation=recommendation,
        outcome=outcome,
        reason=reason,
        reviewed_by=here.users["evaluator"],
    )


def test_a_second_judgement_replaces_the_first(here, recommendation):
    later = next_year(here)
    judge(later, recommendation, here, "belum")
    second = judge(later, recommendation, here)
    assert [(one.pk, one.outcome, one.revision) for one in later.reviews.all()] == [(second.pk, "berhasil", 2)]


@pytest.mark.parametrize(("outcome", "reason"), [("berhasil", " "), ("entah", "sebab"), ("", "sebab")])
def test_a_judgement_is_complete_or_refused(here, recommendation, outcome, reason):
    with pytest.raises(ValidationError):
        judge(next_year(here), recommendation, here, outcome, reason)
    assert Review.objects.visible_to(here.users["evaluator"]).count() == 0


def test_only_a_later_evaluation_judges(here, recommendation):
    with pytest.raises(ValidationError) as refusal:
        judge(here.evaluation, recommendation, here)
    assert errors(refusal) == {"outcome": ["not_earlier"]}


def test_what_is_dropped_stays_dropped_until_it_is_asked_for(here):
    for _press in range(2):
        drop_proposal(evaluation=here.evaluation, key="kategori:waktu:x", dropped_by=here.users["evaluator"])
    assert here.evaluation.dropped_proposals.count() == 1
    offer_proposal_again(evaluation=here.evaluation, key="kategori:waktu:x")
    assert here.evaluation.dropped_proposals.count() == 0


@pytest.mark.parametrize(
    ("impact", "effort", "priority"),
    [(3, 1, 1), (3, 2, 1), (2, 1, 1), (3, 3, 2), (2, 2, 2), (1, 1, 2), (2, 3, 3), (1, 2, 3), (1, 3, 3)],
)
def test_priority_is_impact_times_ease(here, impact, effort, priority):
    made = make_recommendation(make_finding(here), impact=impact, effort=effort)
    made.refresh_from_db()
    assert made.priority == priority
