"""What becomes of a recommendation: the answer of the management, progress, proof, and whether it helped."""

from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from evaluations.actions.findings import refusal
from evaluations.models import (
    RECOMMENDATION_TRANSITIONS,
    Evaluation,
    ProgressNote,
    Proof,
    Recommendation,
    Review,
)
from programs.actions.activities import digest_of, forget_files
from programs.material_files import CheckedFile

Answer, State = Recommendation.Answer, Recommendation.State
IN_FAVOUR = (Answer.ACCEPTED, Answer.PARTLY)


@dataclass(frozen=True)
class Upload:
    """A file that passed ``check_file``, with the title it is filed under."""

    title: str
    content: BinaryIO
    checked: CheckedFile

    def titled(self, title: str) -> "Upload":
        return replace(self, title=title)


def locked(recommendation: Recommendation) -> Recommendation:
    """The recommendation as it stands now; nobody else moves it while this transaction runs."""
    return recommendation.evaluation.recommendations.select_for_update(of=("self",)).get(pk=recommendation.pk)


@transaction.atomic
def answer_recommendation(
    *, recommendation: Recommendation, answer: str, reason: str, answered_by: User, today: date
) -> Recommendation:
    """Record what the management says. A rejection ends the recommendation, a later assent takes it up again.

    Raises ``ValidationError`` without a reason for anything but full assent, or when what is rejected is done.
    """
    recommendation = locked(recommendation)
    reason = reason.strip()
    if answer not in Answer.values:
        raise refusal("answer", _("Pilih tanggapan."), "required")
    if answer != Answer.ACCEPTED and not reason:
        raise refusal("reason", _("Tulis alasannya: pengusul perlu tahu mengapa."), "required")
    if answer == Answer.REJECTED and recommendation.state == State.DONE:
        raise refusal("answer", _("Rekomendasi ini sudah selesai dan tidak dapat ditolak lagi."), "done")
    was_rejected = recommendation.answer == Answer.REJECTED
    recommendation.answer, recommendation.answer_reason = answer, reason
    recommendation.answered_by, recommendation.answered_on = answered_by, today
    moved_to = recommendation.state
    if answer == Answer.REJECTED:
        moved_to = State.DROPPED
    elif was_rejected and recommendation.state == State.DROPPED:
        moved_to = State.PROPOSED
    if moved_to != recommendation.state:
        recommendation.state = moved_to
        told = _("Tanggapan pimpinan: %(answer)s.") % {"answer": recommendation.get_answer_display().lower()}
        _note(recommendation, f"{told} {reason}".strip(), answered_by, today)
    recommendation.full_clean()
    recommendation.save(update_fields=["answer", "answer_reason", "answered_by", "answered_on", "state"])
    return recommendation


def next_states(recommendation: Recommendation) -> list[str]:
    """The states that it may be moved to now, the answer of the management considered."""
    possible = RECOMMENDATION_TRANSITIONS[recommendation.state]
    if recommendation.answer not in IN_FAVOUR:
        possible = [state for state in possible if state != State.RUNNING]
    if recommendation.answer == Answer.REJECTED:
        possible = [state for state in possible if state != State.PROPOSED]
    return list(possible)


@transaction.atomic
def record_progress(
    *,
    recommendation: Recommendation,
    text: str,
    author: User,
    today: date,
    state: str = "",
    done_on: date | None = None,
    upload: Upload | None = None,
    why_no_proof: str = "",
) -> ProgressNote:
    """Write down what was done (``done_on``, else today), and move on to ``state`` where one is given.

    Raises ``ValidationError`` for a step that may not be taken: work on what was not accepted, an end without
    proof or a reason why there is none.
    """
    recommendation = locked(recommendation)
    text, why_no_proof = text.strip(), why_no_proof.strip()
    if not text:
        raise refusal("text", _("Tulis apa yang sudah dilakukan."), "required")
    if done_on and done_on > today:
        raise refusal("date", _("Tanggal ini belum tiba."), "future")
    state = state or recommendation.state
    if state != recommendation.state:
        _check_step(recommendation, state)
    if state == State.DONE != recommendation.state and not upload and not recommendation.proofs.exists():
        if not why_no_proof:
            raise refusal(
                "why_no_proof", _("Unggah bukti penyelesaian, atau tulis mengapa tidak ada berkas."), "required"
            )
        without = _("Tanpa berkas bukti:")
        text = f"{text}\n{without} {why_no_proof}"
    if state != recommendation.state:
        recommendation.state = state
        recommendation.save(update_fields=["state"])
    note = _note(recommendation, text, author, done_on or today)
    if upload:
        # Last, so that nothing that is refused leaves a file on the disk.
        add_proof(recommendation=recommendation, upload=upload, author=author)
    return note


def _check_step(recommendation: Recommendation, state: str) -> None:
    if state not in RECOMMENDATION_TRANSITIONS[recommendation.state]:
        raise refusal("state", _("Status sudah berubah. Buka kembali halaman ini."), "moved")
    if state in next_states(recommendation):
        return
    if recommendation.answer == Answer.REJECTED:
        raise refusal(
            "state", _("Pimpinan menolak rekomendasi ini. Minta tanggapan baru lebih dahulu."), "rejected"
        )
    raise refusal("state", _("Rekomendasi dikerjakan setelah pimpinan menerimanya."), "unanswered")


def _note(recommendation: Recommendation, text: str, author: User, today: date) -> ProgressNote:
    note = ProgressNote(
        recommendation=recommendation, date=today, text=text, state=recommendation.state, written_by=author
    )
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def add_proof(*, recommendation: Recommendation, upload: Upload, author: User) -> Proof:
    """Keep a checked file with the recommendation. A record that is refused leaves no file behind."""
    recommendation = locked(recommendation)
    proof = Proof(
        recommendation=recommendation,
        title=upload.title[: Proof._meta.get_field("title").max_length],
        file_name=upload.checked.name,
        uploaded_by=author,
        sha256=digest_of(upload.content),
    )
    if recommendation.proofs.filter(sha256=proof.sha256).exists():
        raise refusal("file", _("Berkas yang sama sudah ada pada rekomendasi ini."), "duplicate")
    upload.content.seek(0)
    file = File(upload.content)
    proof.size = file.size
    proof.file.save(f"{uuid4().hex}.{upload.checked.kind.ending}", file, save=False)
    try:
        with transaction.atomic():
            proof.full_clean(validate_constraints=False)
            proof.save()
    except BaseException:
        proof.file.storage.delete(proof.file.name)
        raise
    return proof


@transaction.atomic
def remove_proof(*, proof: Proof) -> None:
    """Take a file away; ``ValidationError`` when a finished recommendation has no other."""
    recommendation = locked(proof.recommendation)
    if recommendation.state == State.DONE and recommendation.proofs.count() == 1:
        raise ValidationError(
            _("Berkas terakhir dari rekomendasi yang selesai tidak dapat dihapus. Unggah penggantinya dahulu."),
            code="last",
        )
    forget_files([proof.file])
    proof.delete()


def forget_proofs(*, recommendation: Recommendation) -> None:
    """Delete the files of a recommendation that is being deleted, once that is final."""
    forget_files(proof.file for proof in recommendation.proofs.all())


@transaction.atomic
def review_recommendation(
    *, evaluation: Evaluation, recommendation: Recommendation, outcome: str, reason: str, reviewed_by: User
) -> Review:
    """Record how ``evaluation`` judges an earlier recommendation; a second judgement replaces the first.

    Raises ``ValidationError`` without a reason, or when the recommendation is not of an earlier evaluation.
    """
    if recommendation.evaluation.start_date >= evaluation.start_date:
        raise refusal("outcome", _("Rekomendasi ini bukan dari evaluasi yang lebih dahulu."), "not_earlier")
    recommendation = locked(recommendation)  # two judgements at once are one after the other
    review = evaluation.reviews.filter(recommendation=recommendation).first()
    review = review or Review(evaluation=evaluation, recommendation=recommendation)
    review.outcome, review.reason, review.reviewed_by = outcome, reason.strip(), reviewed_by
    review.revision += bool(review.pk)
    review.full_clean()
    review.save()
    return review


def drop_proposal(*, evaluation: Evaluation, key: str, dropped_by: User) -> None:
    """Do not offer this proposal again."""
    evaluation.dropped_proposals.get_or_create(key=key, defaults={"dropped_by": dropped_by})


def offer_proposal_again(*, evaluation: Evaluation, key: str) -> None:
    evaluation.dropped_proposals.filter(key=key).delete()
