"""A sheet of paper typed a second time is compared with the first entry, and what holds is stored."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from asn_eval.history.entries import record_note
from evaluations.actions.responses import ResponseRefused
from evaluations.actions.texts import follow_edit
from evaluations.answer_headings import RECALLED
from evaluations.answering import check_answers
from evaluations.authors import Author
from evaluations.double_entry import Difference, Entry, agreement, differences, settled
from evaluations.models import Item, OpenAnswer, Response, Survey
from evaluations.packing import is_recalled, open_texts, pack, unpack

PAPER = Response.Channel.PAPER


class EntriesDiffer(Exception):
    """The two entries differ and nobody has chosen yet, or has chosen between others; nothing was saved."""

    def __init__(self, found: Sequence[Difference], seen: str):
        super().__init__(found)
        self.found = found
        self.seen = seen


def enter_again(
    *,
    survey: Survey,
    author: Author,
    items: Sequence[Item],
    answers: Mapping[str, object],
    recalled: Mapping[str, object] | None = None,
    chosen: Mapping[str, str] | None = None,
    seen: str = "",
) -> Response:
    """Compare `answers` with the stored sheet of `author` and store what holds.

    `chosen` says of every difference which entry is right; `seen` is the mark of the stored entry that the choice
    was made beside. Raises `ResponseRefused` where no sheet of paper can be entered again, `ValidationError` by
    item key as `store_response` does, and `EntriesDiffer` as long as the choice is open.
    """
    second = _checked(survey, items, answers, recalled or {})
    with transaction.atomic():
        stored = _locked(survey, author)
        first = entry_of(stored, items)
        found = differences(names_of(survey, items), first, second)
        is_chosen = first.mark == seen and all(each.name in (chosen or {}) for each in found)
        if found and not is_chosen:
            raise EntriesDiffer(found, first.mark)
        if found:
            _store(stored, items, settled(first, found, chosen))
            if not survey.is_anonymous:
                # Whose sheet it was, nobody needs to read there.
                record_note(survey, _("satu lembar kertas diperbaiki setelah diketik dua kali"))
        stored.is_keyed_twice, stored.n_differences = True, len(found)
        stored.save(update_fields=["answers", "recalled", "is_keyed_twice", "n_differences"])
    return stored


def names_of(survey: Survey, items: Iterable[Item]) -> list[str]:
    """The fields of a sheet in the order of the paper."""
    names = []
    for item in items:
        if item.is_answered:
            names += [f"{RECALLED}{item.key}"] if survey.is_retrospective and is_recalled(item) else []
            names.append(item.key)
    return names


def entry_of(response: Response, items: Sequence[Item]) -> Entry:
    """What is stored of one sheet."""
    texts = dict(response.open_answers.values_list("item_key", "text"))
    recalled = unpack(items, response.recalled) if response.recalled else {}
    scales = {item.key for item in items if is_recalled(item)}
    return Entry(
        unpack(items, response.answers) | texts, {key: recalled[key] for key in recalled if key in scales}
    )


def keyed_counts(survey: Survey, items: Iterable[Item]) -> dict[str, int | float | None]:
    """How many sheets were typed once and twice, and how far both entries agree."""
    paper = survey.responses.filter(channel=PAPER)
    counts = paper.aggregate(
        n_sheets=Count("pk"), n_twice=Count("pk", filter=Q(is_keyed_twice=True)), n_different=Sum("n_differences")
    )
    n_sheets, n_twice = counts["n_sheets"], counts["n_twice"]
    share = agreement(n_twice, len(names_of(survey, items)), counts["n_different"] or 0)
    return {"n_sheets": n_sheets, "n_once": n_sheets - n_twice, "n_twice": n_twice, "agreement": share}


def _checked(survey: Survey, items: Sequence[Item], answers: Mapping, recalled: Mapping) -> Entry:
    """The answers read and checked. Raises `ValidationError` by item key."""
    values, errors = check_answers(items, answers, may_be_incomplete=True)
    before: dict = {}
    if survey.is_retrospective:
        scales = [item for item in items if is_recalled(item)]
        before, wrong = check_answers(scales, recalled, may_be_incomplete=True)
        errors |= {f"{RECALLED}{key}": message for key, message in wrong.items()}
    if errors:
        raise ValidationError(errors)
    if all(value is None for value in values.values()):
        raise ValidationError({NON_FIELD_ERRORS: _("Belum ada butir yang dijawab.")})
    return Entry(values, before)


def _locked(survey: Survey, author: Author) -> Response:
    """The stored sheet of `author`, held until the transaction ends. Raises `ResponseRefused`."""
    # Whoever seals the survey meanwhile waits, or is seen here.
    held = survey.evaluation.surveys.select_for_update(of=("self",), no_key=True).get(pk=survey.pk)
    if held.is_public:
        raise ResponseRefused(
            _("Lembar survei masyarakat tidak menyebut siapa pun sehingga tidak dapat diketik dua kali.")
        )
    if held.is_sealed:
        raise ResponseRefused(_("Survei anonim ini sudah disegel; jawabannya tidak dapat diubah lagi."))
    rows = survey.responses.select_for_update(of=("self",))
    stored = rows.filter(**author.columns(survey)).first()
    if stored is None:
        raise ResponseRefused(_("Lembar ini belum diketik. Ketik lebih dahulu sebagai lembar baru."))
    if stored.channel != PAPER:
        raise ResponseRefused(
            _("Jawaban orang ini tidak masuk lewat ketikan dari kertas sehingga tidak dapat diketik ulang.")
        )
    if stored.is_keyed_twice:
        raise ResponseRefused(_("Lembar ini sudah diketik dua kali."))
    return stored


def _store(stored: Response, items: Sequence[Item], entry: Entry) -> None:
    """Put `entry`, in which answers of two hands may meet, in the place of what `stored` says."""
    checked = _checked(stored.survey, items, entry.values, entry.recalled)
    stored.answers = pack(items, checked.values)
    stored.recalled = None if stored.recalled is None else pack(items, checked.recalled)
    texts = open_texts(items, checked.values)
    coded = _let_codes_follow(stored, texts)
    stored.open_answers.exclude(item_key__in=texts).exclude(pk__in=coded).delete()
    OpenAnswer.objects.bulk_create(
        [OpenAnswer(response=stored, item_key=key, text=text) for key, text in texts.items()],
        update_conflicts=True,
        unique_fields=["response", "item_key"],
        update_fields=["text"],
    )


def _let_codes_follow(stored: Response, texts: Mapping[str, str]) -> list[int]:
    """What coders marked in the open answers stands where its words are now, or is flagged; returns their keys.

    An answer that was coded stays, empty, when the entry that holds has no words: something may rest on it.
    """
    coded = list(stored.open_answers.filter(excerpts__isnull=False).distinct())
    for answer in coded:
        words = texts.get(answer.item_key, "")
        if words != answer.text:
            follow_edit(source=answer, old={"": answer.text}, new={"": words})
    gone = [answer.pk for answer in coded if answer.item_key not in texts]
    stored.open_answers.filter(pk__in=gone).update(text="")
    return [answer.pk for answer in coded]
