"""The lists of choices of an XLSForm, and what each of them is: a scale, yes and no, or options to choose from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from evaluations.item_rules import LONGEST_KEY, MOST_POINTS, SLUG
from evaluations.scale_library import named_scales
from evaluations.xlsform.columns import (
    MEDIA,
    NO_INSERTION,
    Columns,
    Languages,
    Row,
    Text,
    without_insertions,
)
from evaluations.xlsform.model import Findings, Outcome, Sheets

KNOWN = {"list_name", "name", "label"}
WHOLE = re.compile(r"-?[0-9]{1,3}")
FEWEST_POINTS = 3
YES, NO = {"ya", "y", "yes", "true", "iya"}, {"tidak", "t", "tdk", "n", "no", "false"}
NOT_APPLICABLE_CODE = "tidak_berlaku"
NOT_APPLICABLE_CODES = {NOT_APPLICABLE_CODE, "not_applicable"}
NOT_APPLICABLE_LABELS = {
    "tidak berlaku", "tidak relevan", "tidak tahu", "tidak tahu/tidak berlaku", "not applicable", "n/a",
    "don't know", "don’t know", "do not know",
}  # fmt: skip
# Words at the ends of a scale, beside those of our own scales.
SCALE_WORD = re.compile(
    r"\b(sangat|amat|sama sekali|tidak|kurang|cukup|selalu|sering|jarang|pernah|setuju|puas|baik|buruk|mampu|"
    r"penting|mudah|sulit|cepat|lambat|sesuai|rendah|tinggi|netral|ragu|biasa|strongly|very|extremely|completely|"
    r"not|never|always|often|rarely|sometimes|agree|disagree|neutral|satisfied|dissatisfied|poor|fair|good|bad|"
    r"excellent|low|high|likely|unlikely|easy|difficult|important)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Choice:
    row: int
    code: str
    label: Text


@dataclass(slots=True)
class ChoiceList:
    name: str
    choices: list[Choice] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """``labels`` one per point, lowest first, or none; ``not_applicable`` is the code of that choice, if any."""

    minimum: Decimal
    maximum: Decimal
    labels: list[dict[str, str]]
    not_applicable: str
    is_turned: bool


@dataclass(frozen=True, slots=True)
class YesNo:
    yes: str
    no: str
    not_applicable: str


@dataclass(frozen=True, slots=True)
class Options:
    options: list[dict]
    codes: dict[str, str]
    not_applicable: str

    @property
    def changed(self) -> dict[str, str]:
        """The codes that could not stay as they were."""
        return {code: key for code, key in self.codes.items() if code != key}


def read_lists(
    sheets: Sheets, columns: Columns, languages: Languages, findings: Findings
) -> dict[str, ChoiceList]:
    """Every list by its name, in the order of the sheet."""
    lists: dict[str, ChoiceList] = {}
    for sheet_row in sheets.choices:
        row = columns.row(sheet_row)
        name, code = row.get("list_name"), row.get("name")
        label = languages.text(row, "label")
        if not name or not code:
            missing = "name" if name else "list_name"
            content = code or name or label.id
            findings.problem(row.number, missing, content, _("kolom ini kosong"), Outcome.ROW, "choices")
            continue
        _check_cells(row, findings)
        found = lists.setdefault(name, ChoiceList(name))
        if code in found.codes:
            reason = _("daftar “%(list)s” sudah memuat kode ini") % {"list": name}
            findings.problem(row.number, "name", code, reason, Outcome.ROW, "choices")
            continue
        found.codes.add(code)
        found.choices.append(Choice(row.number, code, _without_insertions(row, label, findings) or Text(code)))
    return lists


def _without_insertions(row: Row, label: Text, findings: Findings) -> Text:
    plain = without_insertions(label)
    if plain != label:
        findings.problem(row.number, "label", label.id, str(NO_INSERTION), Outcome.CELL, "choices")
    return plain


def _check_cells(row: Row, findings: Findings) -> None:
    for name, text in row.filled():
        if name in MEDIA:
            reason = _("gambar dan suara tidak didukung")
            findings.problem(row.number, name, text, reason, Outcome.CELL, "choices")


def as_scale(choices: list[Choice], *, is_certain: bool, may_skip: bool) -> Scale | None:
    """The scale that these choices are: whole numbers in a row, with names that a scale has.

    ``is_certain``: whoever wrote the form says so; only the numbers have to fit.
    """
    points, not_applicable = _split(choices, may_skip=may_skip)
    if not all(WHOLE.fullmatch(choice.code) for choice in points):
        return None
    numbers = [int(choice.code) for choice in points]
    ordered = sorted(points, key=lambda choice: int(choice.code))
    steps = {int(b.code) - int(a.code) for a, b in pairwise(ordered)}
    is_in_order = numbers in (sorted(numbers), sorted(numbers, reverse=True))
    fewest = 2 if is_certain else FEWEST_POINTS
    if steps != {1} or not is_in_order or not fewest <= len(points) <= MOST_POINTS:
        return None
    if not is_certain and not _sounds_like_scale([choice.label.id for choice in ordered]):
        return None
    return Scale(
        Decimal(min(numbers)), Decimal(max(numbers)), _labels(ordered), not_applicable, numbers != sorted(numbers)
    )


def _labels(ordered: list[Choice]) -> list[dict[str, str]]:
    """Names of the points; a point that is named by its number has no name."""
    texts = [Text() if choice.label.id == choice.code else choice.label for choice in ordered]
    if not texts[0] or not texts[-1]:
        if not any(texts):
            return []
        texts = [choice.label for choice in ordered]
    return [{"id": text.id} | ({"en": text.en} if text.en or not text.id else {}) for text in texts]


def _sounds_like_scale(names: list[str]) -> bool:
    known = {label["id"].casefold() for scale in named_scales() for label in scale.labels if label["id"]}
    named = [name for name in names if not WHOLE.fullmatch(name)]
    if not named:
        return True
    fits = [name.casefold() in known or SCALE_WORD.search(name) is not None for name in named]
    ends_fit = all(
        WHOLE.fullmatch(name) or (name in named and fits[named.index(name)]) for name in (names[0], names[-1])
    )
    return ends_fit and sum(fits) * 2 > len(fits)


def as_yes_no(choices: list[Choice], *, may_skip: bool) -> YesNo | None:
    """The codes of yes and no, where these choices are nothing else."""
    answers, not_applicable = _split(choices, may_skip=may_skip)
    if len(answers) != 2:
        return None
    words = [_yes_or_no(choice) for choice in answers]
    if set(words) != {True, False}:
        return None
    yes, no = answers if words[0] else reversed(answers)
    return YesNo(yes.code, no.code, not_applicable)


def _yes_or_no(choice: Choice) -> bool | None:
    for word in (choice.label.id, choice.label.en, choice.code):
        plain = word.strip().rstrip(".").casefold()
        if plain in YES or plain in NO:
            return plain in YES
    return None


def as_options(choices: list[Choice], *, may_skip: bool) -> Options:
    """The choices as options; a code that cannot be a key of ours gets one."""
    answers, not_applicable = _split(choices, may_skip=may_skip)
    codes: dict[str, str] = {}
    for choice in answers:
        codes[choice.code] = _option_key(choice.code, codes.values())
    options = [
        {"key": codes[choice.code], "id": choice.label.id} | ({"en": choice.label.en} if choice.label.en else {})
        for choice in answers
    ]
    return Options(options, codes, not_applicable)


def _option_key(code: str, taken: Iterable[str]) -> str:
    taken = {key.casefold() for key in taken}
    plain = re.sub(r"[^-a-zA-Z0-9_]+", "_", code)[:LONGEST_KEY] or "pilihan"
    if SLUG.fullmatch(code) and len(code) <= LONGEST_KEY and code.casefold() not in taken:
        return code
    number, key = 2, plain
    while key.casefold() in taken:
        key = f"{plain[: LONGEST_KEY - len(str(number)) - 1]}_{number}"
        number += 1
    return key


def _split(choices: list[Choice], *, may_skip: bool) -> tuple[list[Choice], str]:
    """The choices without the one that means "tidak berlaku", and the code of that one."""
    if may_skip:
        # The last one: that is where it stands, also below an option of that name.
        for choice in reversed(choices):
            names = {choice.label.id.strip().casefold(), choice.label.en.strip().casefold()}
            if choice.code.casefold().rstrip("_") in NOT_APPLICABLE_CODES or names & NOT_APPLICABLE_LABELS:
                return [each for each in choices if each is not choice], choice.code
    return choices, ""
