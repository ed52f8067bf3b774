"""Passages follow their text when it is edited."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from evaluations.coded_texts import CodedSource
from evaluations.models import Excerpt
from evaluations.moved_passages import Span, move_spans


@transaction.atomic
def follow_edit(*, source: CodedSource, old: Mapping[str, str], new: Mapping[str, str]) -> list[Excerpt]:
    """Move the marked passages of ``source`` from its ``old`` texts to its ``new`` ones, both by part.

    Returns the passages that could not be found again; they are flagged and keep the words they had. One that was
    lost earlier is found again when its words stand in the text once more, in one place.
    """
    excerpts = list(source.excerpts.filter(part__in=[part for part, text in old.items() if new.get(part) != text]))
    lost = []
    for part in {excerpt.part for excerpt in excerpts}:
        held = [excerpt for excerpt in excerpts if excerpt.part == part and not excerpt.is_lost]
        moved = move_spans(old[part], new.get(part, ""), {Span(one.start, one.end) for one in held})
        for excerpt in held:
            place = moved[Span(excerpt.start, excerpt.end)]
            if place is None:
                excerpt.is_lost = True
                lost.append(excerpt)
            else:
                excerpt.start, excerpt.end = place.start, place.end
    _find_again([excerpt for excerpt in excerpts if excerpt not in lost], new)
    write_places(source, excerpts, ["is_lost"])
    return lost


def _find_again(excerpts: Collection[Excerpt], new: Mapping[str, str]) -> None:
    def spot(excerpt: Excerpt) -> tuple:
        return (excerpt.part, excerpt.coder_id, excerpt.start, excerpt.end)

    taken = {spot(excerpt) for excerpt in excerpts if not excerpt.is_lost}
    for excerpt in excerpts:
        text = new.get(excerpt.part, "")
        if not excerpt.is_lost or text.count(excerpt.quote) != 1:
            continue
        former = excerpt.start, excerpt.end
        excerpt.start = text.index(excerpt.quote)
        excerpt.end = excerpt.start + len(excerpt.quote)
        if spot(excerpt) in taken:
            excerpt.start, excerpt.end = former
        else:
            excerpt.is_lost = False
            taken.add(spot(excerpt))


FAR = 1_000_000_000  # lies behind every text


def write_places(source: CodedSource, excerpts: Collection[Excerpt], fields: Sequence[str] = ()) -> None:
    """Store where ``excerpts`` stand now, and ``fields`` of them.

    On the way none may stand where another one stood a moment ago: the database looks at each row by itself.
    """
    rows = source.excerpts.filter(pk__in=[excerpt.pk for excerpt in excerpts], is_lost=False)
    rows.update(start=F("start") + FAR, end=F("end") + FAR)
    source.excerpts.all().bulk_update(excerpts, ["start", "end", *fields], batch_size=200)


def requote(excerpt: Excerpt, quote: str) -> None:
    """The passage says ``quote`` from now on, and so does what cites it."""
    excerpt.quote = quote
    excerpt.save(update_fields=["start", "end", "quote", "is_lost"])
    excerpt.evidence.update(quote=quote)
    excerpt.caseevidence.update(quote=quote)
