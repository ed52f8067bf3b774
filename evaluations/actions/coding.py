"""Passages are marked, each coder's for themselves, and lose their marks again."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.actions.findings import refusal, refuse_withdrawn
from evaluations.actions.themes import save_theme
from evaluations.coded_texts import TEXT_FIELD, CodedSource, evaluation_of, texts_of
from evaluations.models import Coding, Evaluation, Excerpt, Interview, OpenAnswer, Reading, Theme

LONGEST_PASSAGE = 20_000  # characters; a passage is to be read, not a whole day of talk


@transaction.atomic
def mark_passage(
    *, source: CodedSource, part: str, start: int, end: int, quote: str, theme: Theme, coder
) -> tuple[Coding, bool]:
    """``coder`` says that characters ``start`` to ``end`` of a text of ``source`` speak of ``theme``.

    The caller holds ``source`` under lock, so that its text does not change meanwhile. Returns the coding and
    whether it is new. Raises ``ValidationError`` when ``quote`` does not stand there.
    """
    evaluation = evaluation_of(source)
    if isinstance(source, Interview):
        refuse_withdrawn(source)
    text = next((one.text for one in texts_of(source) if one.part == part), "")
    if not 0 <= start < end <= len(text) or _plain(text[start:end]) != _plain(quote):
        raise refusal(
            "quote",
            _("Teks ini sudah berubah sejak Anda membukanya. Muat ulang halaman, lalu tandai lagi."),
            "moved",
        )
    if not quote.strip():
        raise refusal("quote", _("Pilih bagian teks yang berisi kata."), "empty")
    if end - start > LONGEST_PASSAGE:
        raise refusal("quote", _("Bagian ini terlalu panjang. Tandai bagian yang lebih pendek."), "too_long")
    if theme.evaluation_id != evaluation.pk:
        raise refusal("theme", _("Tema ini milik evaluasi lain."), "foreign")
    place = {TEXT_FIELD[type(source)]: source, "part": part, "start": start, "end": end, "coder": coder}
    excerpt, _is_new = evaluation.excerpts.get_or_create(
        **place, is_lost=False, defaults={"quote": text[start:end]}
    )
    return excerpt.codings.get_or_create(theme=theme)


def _plain(text: str) -> str:
    """As a form sends it: the ends of lines are written in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def theme_named(*, evaluation: Evaluation, name: str, kind: str, parent: Theme | None = None, user) -> Theme:
    """The theme of that name and kind; a new one when the codebook has none."""
    words = " ".join(name.split())
    known = evaluation.themes.filter(kind=kind, name__iexact=words).first()
    return known or save_theme(
        theme=Theme(evaluation=evaluation, name=words, kind=kind, parent=parent, created_by=user)
    )


@transaction.atomic
def lift_theme(*, coding: Coding) -> None:
    """Take a theme off a passage; with its last theme the passage goes, unless something rests on it."""
    excerpt = coding.excerpt.evaluation.excerpts.select_for_update(of=("self",)).get(pk=coding.excerpt_id)
    coding.delete()
    if not excerpt.codings.exists():
        remove_excerpt(excerpt=excerpt)


@transaction.atomic
def remove_excerpt(*, excerpt: Excerpt) -> None:
    """Delete a passage and its themes; refused with the findings and case studies that quote it."""
    holders = holders_of(excerpt)
    if holders:
        raise ValidationError(
            _("Bagian ini dikutip oleh: %(holders)s. Hapus dahulu buktinya di sana.")
            % {"holders": "; ".join(f"“{holder}”" for holder in holders)},
            code="cited",
        )
    excerpt.delete()


def holders_of(excerpt: Excerpt) -> list[object]:
    """The findings and case studies that rest on ``excerpt``."""
    quoting = [one.finding for one in excerpt.evidence.select_related("finding")]
    telling = [one.case_study for one in excerpt.caseevidence.select_related("case_study")]
    return [*dict.fromkeys(quoting), *dict.fromkeys(telling)]


@transaction.atomic
def finish_reading(*, source: CodedSource, coder, is_finished: bool) -> None:
    """``coder`` has read all of ``source``, or goes back to it."""
    evaluation = evaluation_of(source)
    field = {TEXT_FIELD[type(source)]: source}
    if is_finished:
        evaluation.readings.get_or_create(**field, coder=coder)
    else:
        evaluation.readings.filter(**field, coder=coder).delete()


@transaction.atomic
def finish_answers(*, evaluation: Evaluation, answers: Sequence[OpenAnswer], coder, is_finished: bool) -> None:
    """``coder`` has read these open answers of ``evaluation``, or goes back to them."""
    own = evaluation.readings.filter(coder=coder, open_answer__in=answers)
    if not is_finished:
        own.delete()
        return
    read = set(own.values_list("open_answer_id", flat=True))
    Reading.objects.bulk_create(
        [
            Reading(evaluation=evaluation, open_answer=answer, coder=coder)
            for answer in answers
            if answer.pk not in read
        ]
    )
