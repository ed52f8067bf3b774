"""The bridge from marked passages to numbers: one query gives who named what, and whom that person belongs to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from asn_eval.accounts.models import User
from evaluations.coded_texts import TEXT_FIELD, CodedSource, texts_of
from evaluations.models import DocumentReview, Evaluation, Interview, Observation, OpenAnswer
from evaluations.sentences import sentences_of
from reports.analysis.agreement import CodedUnits
from reports.analysis.informants import Heard, Mention

CHUNK = 5_000
INTERVIEWED, ANSWERED = "wawancara", "survei"
# By what informants are grouped: the path from an interview, and that from the survey of an answer. A sheet of
# answers names no unit, so that nobody is found by it: all of them are one group.
GROUPINGS: Mapping[str, tuple[str, str | None]] = {
    "peran": ("informant_role", "group"),
    "unit": ("unit", None),
    "wilayah": ("evaluation__program__region__name", "evaluation__program__region__name"),
}


def mentions(codings: QuerySet, grouping: str, theme: str) -> Iterator[Mention]:
    """Who spoke of which ``theme`` (a path from a coding), each pair once: one query, streamed."""
    of_interview, of_survey = GROUPINGS[grouping]
    # Two answers of one nameless person must not be known as theirs, so each is counted for itself.
    answer, response = "excerpt__open_answer", "excerpt__open_answer__response"
    said = codings.filter(excerpt__interview__withdrawn_on=None)
    rows = said.order_by().values_list(
        theme,
        "excerpt__interview",
        answer,
        "excerpt__observation",
        "excerpt__document",
        Coalesce(F(f"excerpt__interview__{of_interview}"), Value("")),
        Coalesce(F(f"{response}__survey__{of_survey}"), Value("")) if of_survey else Value(""),
    )
    for named, interview, answered, observation, document, role, group in rows.distinct().iterator(CHUNK):
        if interview is not None:
            yield Mention(named, (INTERVIEWED, role), interview)
        elif answered is not None:
            yield Mention(named, (ANSWERED, group), answered)
        else:
            yield Mention(named, None, (observation, document))


def heard(interviews: QuerySet, responses: QuerySet, grouping: str) -> list[Heard]:
    """The groups of those who were heard: interviews that were held, and sheets with an open answer."""
    of_interview, of_survey = GROUPINGS[grouping]
    speaking = interviews.filter(withdrawn_on=None)
    held = speaking.filter(Q(state=Interview.State.HELD) | Q(excerpts__isnull=False)).order_by(of_interview)
    spoke = held.values_list(of_interview).annotate(Count("pk", distinct=True))
    written = responses.filter(open_answers__isnull=False).order_by()
    if of_survey:
        column = f"survey__{of_survey}"
        sizes = list(written.values_list(column).annotate(Count("pk", distinct=True)).order_by(column))
    else:
        n = written.values("pk").distinct().count()
        sizes = [("", n)] if n else []
    return [
        *(Heard((INTERVIEWED, group), n, is_protected=False) for group, n in spoke),
        *(Heard((ANSWERED, group), n, is_protected=True) for group, n in sizes),
    ]


# --- Two coders on the same texts ---


@dataclass(frozen=True)
class Compared:
    """How two coders used the themes on the texts that both have finished."""

    n_texts: int
    n_sentences: int
    units: Mapping[int, CodedUnits]  # by the key of the theme; only themes that one of them used


class _Tally:
    """Which sentences each of two coders gave each theme; sentences are numbered over all texts."""

    def __init__(self):
        self.n = 0
        self.given: dict[int, tuple[set[int], set[int]]] = {}

    def add(self, text: str, passages: Sequence[tuple[int, int, int, int]]) -> None:
        """One text with its passages: (first or second coder, theme, start, end)."""
        sentences = sentences_of(text)
        starts, ends = [start for start, _end in sentences], [end for _start, end in sentences]
        for coder, theme, start, end in passages:
            touched = range(bisect_right(ends, start), bisect_left(starts, end))
            self.given.setdefault(theme, (set(), set()))[coder].update(self.n + place for place in touched)
        self.n += len(sentences)

    def units(self) -> dict[int, CodedUnits]:
        return {
            theme: CodedUnits(
                both=len(first & second),
                first_only=len(first - second),
                second_only=len(second - first),
                neither=self.n - len(first | second),
            )
            for theme, (first, second) in self.given.items()
        }


def compare(evaluation: Evaluation, first: int, second: int, user) -> Compared:
    """What the coders ``first`` and ``second`` did with the texts of ``evaluation`` that both have finished.

    The unit is the sentence; it has a theme of a coder when one of the coder's passages touches it.
    """
    tally, n_texts = _Tally(), 0
    for model in (Interview, Observation, DocumentReview, OpenAnswer):
        sources = list(_finished_by_both(evaluation, model, first, second, user))
        passages = _passages(evaluation, model, sources, (first, second))
        for source in sources:
            n_texts += 1
            for text in texts_of(source):
                tally.add(text.text, passages.get((source.pk, text.part), ()))
    return Compared(n_texts, tally.n, tally.units())


def _finished_by_both(evaluation: Evaluation, model: type[CodedSource], first: int, second: int, user) -> QuerySet:
    read = evaluation.readings.filter(**{f"{TEXT_FIELD[model]}__isnull": False})
    rows = model.objects.visible_to(user)
    for coder in (first, second):
        rows = rows.filter(pk__in=read.filter(coder=coder).values(TEXT_FIELD[model]))
    if model is Interview:
        return rows.select_related("guide").prefetch_related("answers", "guide__items")
    return rows if model is OpenAnswer else rows.select_related("version").prefetch_related("version__items")


def _passages(evaluation, model, sources, coders) -> dict[tuple[int, str], list[tuple[int, int, int, int]]]:
    name = TEXT_FIELD[model]
    rows = evaluation.excerpts.filter(is_lost=False, coder__in=coders, codings__isnull=False)
    rows = rows.filter(**{f"{name}__isnull": False})
    wanted = {source.pk for source in sources}
    found: dict[tuple[int, str], list[tuple[int, int, int, int]]] = {}
    columns = (name, "part", "coder", "codings__theme", "start", "end")
    for source, part, coder, theme, start, end in rows.order_by().values_list(*columns):
        if source in wanted:
            found.setdefault((source, part), []).append((coders.index(coder), theme, start, end))
    return found


def coders_of(evaluation: Evaluation) -> dict[int, tuple[str, int]]:
    """Who has finished texts of ``evaluation``: key -> (name, number of texts)."""
    read = dict(evaluation.readings.order_by().values_list("coder").annotate(Count("pk")))
    coders = User.objects.filter(pk__in=read).order_by("username")
    return {coder.pk: (str(coder), read[coder.pk]) for coder in coders}
