"""What stands in an interview: written, and masked where it names people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from asn_eval.history.entries import record_note
from evaluations.actions.findings import held_to_be_quoted, quoted_passage, refusal
from evaluations.actions.texts import follow_edit, requote, write_places
from evaluations.coded_texts import CodedSource, CodedText, texts_of
from evaluations.masking import Found, Names, find_all, masked, masks_for, replacements
from evaluations.models import Evidence, Excerpt, Interview, InterviewAnswer
from evaluations.moved_passages import Span, replace_all
from evaluations.passages import find_place

AT_ONCE = 200


@transaction.atomic
def write_texts(*, interview: Interview, text: str, answers: Mapping[str, str]) -> list[Excerpt]:
    """Store the transcript and the answers by question; an empty answer is none.

    Marked passages go with their words. Returns those that cannot be found again (``Excerpt.is_lost``).
    """
    stored = interview.evaluation.interviews.select_for_update().get(pk=interview.pk)
    rows = {answer.item_key: answer for answer in stored.answers.all()}
    old = {"": stored.text} | {key: answer.text for key, answer in rows.items()}
    interview.text = text
    interview.full_clean()
    interview.save(update_fields=["text", "revision", "updated_at"])
    for key, said in answers.items():
        answer = rows.get(key) or InterviewAnswer(interview=interview, item_key=key)
        if not said:
            if answer.pk:
                answer.delete()
        elif said != answer.text:
            answer.text = said
            answer.full_clean()
            answer.save()
    new = old | {"": text} | answers
    if new != old:
        record_note(interview, _("isi wawancara diubah"))
    return follow_edit(source=interview, old=old, new=new)


@transaction.atomic
def place_again(*, excerpt: Excerpt, quote: str) -> Excerpt:
    """A passage that was lost is ``quote`` from now on, and so is what cites it.

    Raises ``ValidationError`` when no text of the source says so, or when its coder has marked that place already.
    """
    source = excerpt.text_source
    if isinstance(source, Interview):
        source = held_to_be_quoted(source)
    for text in sorted(texts_of(source), key=lambda text: text.part != excerpt.part):
        place = find_place(text.text, quote, near=excerpt.start)
        if place:
            excerpt.part, (excerpt.start, excerpt.end) = text.part, place
            excerpt.is_lost = False
            same = source.excerpts.filter(part=excerpt.part, coder=excerpt.coder_id, is_lost=False)
            if same.filter(start=excerpt.start, end=excerpt.end).exists():
                raise already_marked()
            try:
                with transaction.atomic():
                    excerpt.save(update_fields=["part"])
                    requote(excerpt, text.text[slice(*place)])
            except IntegrityError as error:  # marked at this very moment
                raise already_marked() from error
            return excerpt
    raise refusal("quote", _("Bagian ini tidak ada dalam teks. Salin persis seperti tertulis."), "not_said")


def already_marked() -> ValidationError:
    return refusal("quote", _("Bagian ini sudah ditandai pengode yang sama."), "duplicate")


# --- Masking ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Searched:
    """The texts of an interview and the words that are quoted from it, each with the names and NIPs in it."""

    texts: list[tuple[CodedText, list[Found]]]
    quotes: list[tuple[str, list[Found]]]

    @property
    def everything(self) -> list[tuple[str, list[Found]]]:
        return [*((text.text, found) for text, found in self.texts), *self.quotes]


def search_names(interview: Interview, names: Names) -> Searched:
    """Where people are named; of the quotes only those whose words stand in no text any more."""
    texts = [(text, find_all(text.text, names)) for text in texts_of(interview)]
    quotes = [
        quote
        for quote in _quotes_of(interview)
        if not any(find_place(text.text, quote, near=0) for text, _found in texts)
    ]
    return Searched(texts, [(quote, find_all(quote, names)) for quote in quotes])


def _quotes_of(interview: CodedSource) -> list[str]:
    rows = (interview.excerpts.filter(is_lost=True), interview.evidence.all(), interview.caseevidence.all())
    return list(dict.fromkeys(quote for found in rows for quote in found.values_list("quote", flat=True) if quote))


@transaction.atomic
def mask_people(*, interview: Interview, names: Names, chosen: Collection[str]) -> int:
    """Write masks in place of the ``chosen`` people and NIPs, in all texts and in every quote of them.

    Returns how many places were masked. Passages that were marked keep standing on their words.
    """
    interview = interview.evaluation.interviews.select_for_update().get(pk=interview.pk)
    searched = search_names(interview, names)
    masks = masks_for(searched.everything, chosen)
    if not masks:
        return 0
    excerpts = list(interview.excerpts.all())
    quotes = {quote: masked(quote, names, masks) for quote in _quotes_of(interview)}
    for text, found in searched.texts:
        held = [one for one in excerpts if one.part == text.part and not one.is_lost]
        quoted = {quote: Span(*place) for quote in quotes if (place := find_place(text.text, quote, near=0))}
        spans = {*quoted.values(), *(Span(one.start, one.end) for one in held)}
        new, moved = replace_all(text.text, replacements(found, masks), spans)
        quotes |= {quote: new[moved[span].start : moved[span].end] for quote, span in quoted.items()}
        for one in held:
            place = moved[Span(one.start, one.end)]
            one.start, one.end, one.quote = place.start, place.end, new[place.start : place.end]
        _write(interview, text.part, new)
    for one in excerpts:
        if one.is_lost:
            one.quote = quotes[one.quote]
    excerpts = _without_doubles(excerpts)
    write_places(interview, excerpts, ["quote"])
    _follow_quotes(interview, {one.pk: one.quote for one in excerpts}, quotes)
    interview.revision += 1
    interview.save(update_fields=["text", "revision", "updated_at"])
    n_places = sum(one.key in masks for _text, found in searched.everything for one in found)
    record_note(interview, _("nama dan NIP disamarkan pada %(n)s tempat") % {"n": n_places})
    return n_places


def _write(interview: Interview, part: str, text: str) -> None:
    if part:
        interview.answers.filter(item_key=part).update(text=text)
    else:
        interview.text = text


def _without_doubles(excerpts: list[Excerpt]) -> list[Excerpt]:
    """Two passages inside one name are the same passage once it is masked: the first takes the other's themes."""
    kept: dict[object, Excerpt] = {}
    for one in excerpts:
        place = one.pk if one.is_lost else (one.part, one.coder_id, one.start, one.end)
        first = kept.setdefault(place, one)
        if first is not one:
            known = set(first.codings.values_list("theme", flat=True))
            one.codings.exclude(theme__in=known).update(excerpt=first)
            one.evidence.update(excerpt=first)
            one.caseevidence.update(excerpt=first)
            one.delete()
    return list(kept.values())


def _follow_quotes(interview: Interview, of_excerpts: Mapping[int, str], of_words: Mapping[str, str]) -> None:
    """What cites a marked passage says what the passage says; every other quote, what its words have become."""
    for links in (interview.evidence, interview.caseevidence):
        rows = list(links.all())
        for row in rows:
            row.quote = of_excerpts.get(row.excerpt_id) or of_words.get(row.quote, row.quote)
        links.all().bulk_update(rows, ["quote"], batch_size=AT_ONCE)


@transaction.atomic
def requote_evidence(*, evidence: Evidence, quote: str) -> Evidence:
    """``evidence`` quotes another passage of its interview. Raises ``ValidationError`` when it is not there."""
    evidence.quote = quoted_passage(evidence.interview, quote)
    evidence.full_clean()
    evidence.save(update_fields=["quote"])
    return evidence
