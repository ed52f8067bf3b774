"""Which open answers of a survey may be read for coding, and in which order: one that tells nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.contrib.auth.models import AbstractBaseUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from evaluations.models import Item, OpenAnswer, Survey


@dataclass(frozen=True)
class OpenTexts:
    """The answers to one open question; ``refusal`` says in words why they are not shown, or is empty.

    ``keys`` are (token, key of the answer): the token stands on the page in place of a number that would tell
    when the answer came, and another question gives the same person another place.
    """

    survey: Survey
    item: Item
    reader: AbstractBaseUser
    keys: tuple[tuple[str, int], ...]
    refusal: str

    def answers(self, start: int, stop: int) -> list[tuple[str, OpenAnswer]]:
        """(token, answer) of the places from ``start`` to ``stop``."""
        chosen = self.keys[start:stop]
        rows = self._rows([pk for _token, pk in chosen])
        return [(token, rows[pk]) for token, pk in chosen if pk in rows]

    def place_of(self, pk: int) -> int:
        """Where an answer stands; 0 when it is none of these."""
        return next((place for place, (_token, key) in enumerate(self.keys) if key == pk), 0)

    def _rows(self, keys: list[int]) -> dict[int, OpenAnswer]:
        rows = OpenAnswer.objects.visible_to(self.reader).filter(response__survey=self.survey, pk__in=keys)
        return {row.pk: row for row in rows.select_related("response__survey__evaluation__program")}


def open_items(survey: Survey) -> list[Item]:
    """The questions of a survey that are answered in words."""
    return [item for item in survey.version.items.all() if item.is_open]


def texts_to(survey: Survey, item: Item, reader) -> OpenTexts:
    """The answers to ``item``, as far as ``reader`` may read them now."""
    answers = (
        OpenAnswer.objects.visible_to(reader).filter(response__survey=survey, item_key=item.key).exclude(text="")
    )
    found = tokens_of(survey, item.key, answers.values_list("pk", flat=True))
    refusal = why_not(survey, len(found))
    return OpenTexts(survey, item, reader, () if refusal else tuple(sorted(found)), refusal)


def tokens_of(survey: Survey, item_key: str, keys: Iterable[int]) -> list[tuple[str, int]]:
    """(token, key of the answer) for each key; nobody without the secret of this installation can tell them."""
    secret = salted_hmac("evaluations.open_texts", f"{survey.pk}:{item_key}", algorithm="sha256").digest()
    return [(blake2b(str(key).encode(), key=secret, digest_size=10).hexdigest(), key) for key in keys]


def why_not(survey: Survey, n: int) -> str:
    """Why nobody reads these answers yet; empty when they may be read."""
    if survey.is_anonymous and not survey.is_public and not survey.is_sealed:
        return _(
            "Survei ini anonim dan belum ditutup. Selama masih ada yang menjawab, siapa yang baru saja menjawab "
            "dapat diduga; jawaban terbuka dapat dikode setelah survei ditutup."
        )
    minimum = survey.evaluation.minimum_group
    if n < minimum:
        return _(
            "Jawaban terbuka ditampilkan setelah paling sedikit %(minimum)s orang menjawab pertanyaan ini."
        ) % {"minimum": minimum}
    return ""
