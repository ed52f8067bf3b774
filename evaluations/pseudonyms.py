"""The only place that can link the anonymous answers of one person over the waves of an evaluation.

A pseudonym is HMAC-SHA-256 of who was invited (an enrollment or a respondent) under a random key of the
evaluation, cut to 128 bits. While waves are still to come the key stands in the database, and whoever holds both
could try every participant. When the last anonymous wave is closed the key is destroyed: from then on the
pseudonyms say that two answers come from one person, and nobody can say which.
"""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.models import Evaluation
from evaluations.models.pseudonyms import PseudonymKey

KEY_BYTES = 32
PSEUDONYM_DIGITS = 32  # hexadecimal: 128 bits
REASON = "the key of one evaluation, which nobody is shown"

_in_hand: ContextVar[dict[int, bytes] | None] = ContextVar("keys_in_hand", default=None)


class KeyDestroyed(ValidationError):
    """The waves of this evaluation can no longer be linked."""


def pseudonym(evaluation_id: int, *, enrollment_id: int | None = None, respondent_id: int | None = None) -> str:
    """The pseudonym of the participant or respondent in that evaluation. Raises ``KeyDestroyed``."""
    who = f"enrollment {enrollment_id}" if enrollment_id is not None else f"respondent {respondent_id}"
    return hmac.new(_key_of(evaluation_id), who.encode(), "sha256").hexdigest()[:PSEUDONYM_DIGITS]


def make_key(evaluation: Evaluation) -> None:
    """See to it that anonymous answers can be taken. Raises ``KeyDestroyed`` where that is over."""
    own, _made = PseudonymKey.objects.unscoped(REASON).get_or_create(
        evaluation=evaluation, defaults={"key": secrets.token_bytes(KEY_BYTES)}
    )
    if own.key is None:
        raise _destroyed()


def is_destroyed(evaluation: Evaluation) -> bool:
    return PseudonymKey.objects.unscoped(REASON).filter(evaluation=evaluation, key=None).exists()


@transaction.atomic
def destroy_key(evaluation: Evaluation, today: date) -> None:
    """Make the pseudonyms of ``evaluation`` what they are for good: marks without a way back."""
    own = PseudonymKey.objects.unscoped(REASON).filter(evaluation=evaluation, key__isnull=False)
    own.update(key=None, destroyed_on=today)


@contextmanager
def key_in_hand() -> Iterator[None]:
    """Read the key once for all pseudonyms inside the block, which holds the survey so that nobody destroys it."""
    token = _in_hand.set({})
    try:
        yield
    finally:
        _in_hand.reset(token)


def _key_of(evaluation_id: int) -> bytes:
    held = _in_hand.get()
    if held is not None and evaluation_id in held:
        return held[evaluation_id]
    key = (
        PseudonymKey.objects.unscoped(REASON)
        .values_list("key", flat=True)
        .filter(evaluation=evaluation_id)
        .first()
    )
    if key is None:
        raise _destroyed()
    if held is not None:
        held[evaluation_id] = bytes(key)
    return bytes(key)


def _destroyed() -> KeyDestroyed:
    return KeyDestroyed(
        _(
            "Kunci penghubung gelombang anonim evaluasi ini sudah dimusnahkan ketika gelombang terakhirnya "
            "ditutup. Jawaban anonim tidak dapat ditambah lagi; pakai mode rahasia, atau buat evaluasi baru."
        )
    )
