"""The answers of surveys in hand, person by person. The number of queries does not depend on the respondents.

One survey streams by in chunks; several waves are joined in memory, one packed row for each answer.
"""

from base64 import b32encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import SystemRandom

from django.utils.crypto import salted_hmac

from evaluations.answer_types import NOT_APPLICABLE
from evaluations.models import Item, Survey
from evaluations.packing import is_closed
from programs.models import Enrollment
from reports.exporting.contents import Contents, Days, Refusal, contents_of, refusal
from reports.exporting.protection import (
    Guard,
    ShownDays,
    guard_categories,
    guard_days,
    guard_numbers,
    left_out,
)
from reports.exporting.variables import CLASSED, Given, is_about_the_person, number_in

CHUNK = 2_000  # rows held at a time
RECORD_LETTERS = 12  # of five bits each
SALT = "reports.exporting.record"
COMPARISON = Enrollment.Group.COMPARISON.value
WHO = ("enrollment_id", "respondent_id", "pseudonym")
HALF = ("enrollment__group", "respondent__enrollment__group", "is_comparison")
NAMES = (
    "enrollment__code",
    "enrollment__person__name",
    "respondent__name",
    "respondent__enrollment__code",
    "respondent__enrollment__person__name",
)
chance = SystemRandom()


@dataclass(frozen=True)
class Ready:
    """One survey that was looked through once: what its file will hold."""

    survey: Survey
    contents: Contents
    items: Sequence[Item]
    n: int  # answers in the file
    left_out: frozenset[str] = frozenset()
    guards: Mapping[str, Guard] = field(default_factory=dict)
    days: ShownDays = field(default_factory=ShownDays)
    n_participants: int = 0
    n_comparison: int = 0
    refusal: Refusal | None = None

    @property
    def minimum(self) -> int:
        return self.survey.evaluation.minimum_group


@dataclass
class Person:
    """One row of a file: who it is, as far as that may be told, and the answers by survey."""

    code: str = ""
    name: str = ""
    rated: str = ""
    record: str = ""
    is_comparison: bool = False
    given: dict[int, Given] = field(default_factory=dict)
    day: dict[int, date | None] = field(default_factory=dict)
    channel: dict[int, str] = field(default_factory=dict)


def get_ready(survey: Survey) -> Ready:
    """Look through the answers to `survey` and decide what of them may leave."""
    contents = contents_of(survey.mode, is_public=survey.is_public)
    items = list(survey.version.items.all())
    staying = _left_out(survey) if contents.hides_rare_paths and survey.is_sealed else frozenset()
    tally = _Tally(survey, items, contents)
    rows = survey.responses.order_by().values_list("pseudonym", "received_on", *HALF, "answers")
    for pseudonym, received_on, *half, answers in rows.iterator(chunk_size=CHUNK):
        if not pseudonym or pseudonym not in staying:
            tally.add(received_on, _is_comparison(*half), answers)
    return tally.ready(staying)


class _Tally:
    """Running counts of what few people may have in common."""

    def __init__(self, survey: Survey, items: Sequence[Item], contents: Contents):
        self.survey, self.items, self.contents = survey, items, contents
        closed = [item for item in items if is_closed(item)]
        scoring = survey.version.scoring
        self.guarded = [
            (place, item, Counter())
            for place, item in enumerate(closed)
            if contents.protects_categories and is_about_the_person(item, scoring)
        ]
        self.days: Counter[date] = Counter()
        self.n = self.n_comparison = 0

    def add(self, received_on: date | None, is_comparison: bool, answers: list) -> None:
        self.n += 1
        self.n_comparison += is_comparison
        if received_on is not None:
            self.days[received_on] += 1
        for place, item, counts in self.guarded:
            value = answers[place]
            if isinstance(value, list):
                counts.update(value)
            elif value is not None:
                is_number = item.type in CLASSED and value != NOT_APPLICABLE
                counts[number_in(item, value) if is_number else str(value)] += 1

    def ready(self, staying: frozenset[str]) -> Ready:
        survey, minimum = self.survey, self.survey.evaluation.minimum_group
        return Ready(
            survey=survey,
            contents=self.contents,
            items=self.items,
            n=self.n,
            left_out=staying,
            guards={item.key: _guard(item, counts, minimum) for _place, item, counts in self.guarded},
            days=guard_days(self.days, minimum=minimum),
            n_participants=self.n - self.n_comparison,
            n_comparison=self.n_comparison,
            refusal=refusal(
                survey.mode,
                is_public=survey.is_public,
                is_sealed=survey.is_sealed,
                n=self.n,
                minimum=minimum,
            ),
        )


def _guard(item: Item, counts: Counter, minimum: int) -> Guard:
    if item.type not in CLASSED:
        return guard_categories(counts, minimum=minimum)
    words = {NOT_APPLICABLE} if counts.pop(NOT_APPLICABLE, 0) >= minimum else set()
    return Guard(shown=frozenset(words), bands=guard_numbers(counts, minimum=minimum).bands)


def _left_out(survey: Survey) -> frozenset[str]:
    """Of an anonymous survey the pseudonyms whose way through the waves too few others share."""
    anonymous = survey.evaluation.surveys.filter(mode=Survey.Mode.ANONYMOUS, group=survey.group, is_sealed=True)
    rows = anonymous.order_by().values_list("pk", "responses__pseudonym", "responses__is_comparison")
    waves: dict[str, set] = {}
    for pk, pseudonym, is_comparison in rows.iterator(chunk_size=CHUNK):
        if pseudonym:
            waves.setdefault(pseudonym, {is_comparison}).add(f"survey {pk}")
    paths = {pseudonym: frozenset(path) for pseudonym, path in waves.items()}
    return left_out(paths, minimum=survey.evaluation.minimum_group)


def persons(surveys: Sequence[Ready]) -> Iterator[Person]:
    """Everybody who answered, named ones in the order of their codes, all others in an order without meaning."""
    if len(surveys) == 1:
        yield from _stream(surveys[0])
        return
    joined: dict[object, Person] = {}
    for ready in surveys:
        for who, person in _rows(ready, order=()):
            known = joined.setdefault(who, person)
            known.given |= person.given
            known.day |= person.day
            known.channel |= person.channel
    people = list(joined.values())
    if surveys[0].contents.is_in_order:
        people.sort(key=lambda person: (person.code, person.name))
    else:
        chance.shuffle(people)
    yield from people


def _stream(ready: Ready) -> Iterator[Person]:
    in_order = ("enrollment__code", "respondent__name", "pk")
    for _who, person in _rows(ready, order=in_order if ready.contents.is_in_order else ("?",)):
        yield person


def _rows(ready: Ready, *, order: Sequence[str]) -> Iterator[tuple[tuple, Person]]:
    survey, contents = ready.survey, ready.contents
    texts = {} if contents.texts_apart else _texts_by_response(survey)
    codes = _codes(survey) if contents.has_names else {}
    names = NAMES if contents.has_names else ()
    fields = (*WHO, *HALF, "pk", "answers", "recalled", "received_on", "channel", *names)
    rows = survey.responses.order_by(*order).values_list(*fields)
    for row in rows.iterator(chunk_size=CHUNK):
        who, half, (pk, answers, recalled, received_on, channel), named = row[:3], row[3:6], row[6:11], row[11:]
        if who[2] and who[2] in ready.left_out:
            continue
        person = Person(is_comparison=_is_comparison(*half))
        person.given[survey.pk] = Given(answers, recalled, texts.get(pk, {}))
        if contents.days != Days.NONE:
            person.day[survey.pk] = received_on
        if contents.has_channel:
            person.channel[survey.pk] = channel
        if contents.has_records:
            person.record = record_number(survey.evaluation_id, who)
        if named:
            code, name, rater, rated_code, rated_name = named
            person.code = code or codes.get(who[1], "")
            person.name = name or rater or ""
            person.rated = " ".join(part for part in (rated_code, rated_name) if part)
        yield who, person


def _is_comparison(own: str | None, rated: str | None, marked: bool) -> bool:
    return marked or COMPARISON in (own, rated)


def _texts_by_response(survey: Survey) -> dict[object, dict[str, str]]:
    texts: dict[object, dict[str, str]] = {}
    for pk, key, text in _open_answers(survey, "pk"):
        texts.setdefault(pk, {})[key] = text
    return texts


def _open_answers(survey: Survey, who: str, order: Sequence[str] = ()) -> Iterator[tuple]:
    answered = survey.responses.filter(open_answers__isnull=False).order_by(*order)
    return answered.values_list(who, "open_answers__item_key", "open_answers__text").iterator(chunk_size=CHUNK)


def _codes(survey: Survey) -> dict[int, str]:
    """The codes of respondents who are no participants, as they stand on their sheets."""
    if survey.is_of_participants or survey.is_public:
        return {}
    return dict(survey.invitations.filter(respondent__isnull=False).values_list("respondent", "code"))


def texts_apart(ready: Ready) -> Iterator[tuple[str, str]]:
    """(item key, text) of the open answers that may leave without their record, in an order without meaning."""
    if not ready.contents.texts_apart or ready.refusal:
        return
    counts = Counter(
        key for pseudonym, key, _text in _open_answers(ready.survey, "pseudonym") if _stays_in(ready, pseudonym)
    )
    for pseudonym, key, text in _open_answers(ready.survey, "pseudonym", order=("?",)):
        if _stays_in(ready, pseudonym) and counts[key] >= ready.minimum:
            yield key, text


def _stays_in(ready: Ready, pseudonym: str) -> bool:
    return not pseudonym or pseudonym not in ready.left_out


def record_number(evaluation_id: int, who: tuple[int | None, int | None, str]) -> str:
    """The same for one person in all waves; nobody without the site's key can tell whose it is."""
    digest = salted_hmac(SALT, repr((evaluation_id, *who)), algorithm="sha256").digest()
    return b32encode(digest)[:RECORD_LETTERS].decode()
