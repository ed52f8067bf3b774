"""What kind of item a question becomes: by its type, and for choices by what they look like."""

import json
import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from evaluations.expressions import LONGEST
from evaluations.item_rules import (
    CHOICE,
    CHOICES,
    DATE,
    LARGEST_BOUND,
    LIKERT,
    MOST_OPTIONS,
    MOST_POINTS,
    NOTE,
    NUMBER,
    RANKING,
    SCORE,
    SCORE_BOUNDS,
    SHORT_TEXT,
    TEXT,
    YES_NO,
)
from evaluations.xlsform.choices import Choice, as_options, as_scale, as_yes_no
from evaluations.xlsform.columns import Row, Text
from evaluations.xlsform.form import Form, LeftOut, says_yes
from evaluations.xlsform.model import Outcome

PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")
RANGE = (("start", "1"), ("end", "10"), ("step", "1"))


def shape_of(row: Row, kind: str, argument: str, key: str, form: Form, *, has_other: bool) -> dict:
    """The fields that depend on the kind of question."""
    parameters = _parameters(row, form)
    appearance = set(row.get("appearance").split())
    if kind in ("select_one", "select_multiple", "rank"):
        _ignore(row, form, appearance, parameters)
        choices = _choices(row, argument, form)
        if kind == "select_one":
            return _one_choice(row, choices, key, form, has_other=has_other)
        return _several_choices(row, choices, key, form, is_ranking=kind == "rank", has_other=has_other)
    shape: dict = {"allows_na": says_yes(row, "asn_na")}
    match kind:
        case "range":
            return shape | _range(row, parameters, appearance, form)
        case "text":
            rows = parameters.pop("rows", "1")
            is_long = "multiline" in appearance or (rows.isdecimal() and int(rows) > 1)
            if not is_long and not row.get("asn_type"):
                form.plain_texts.append(row.number)
            shape["type"] = TEXT if is_long else SHORT_TEXT
        case "acknowledge":
            form.known.values[key] = {"OK": 1}
            form.findings.note(_("Pernyataan “acknowledge” menjadi butir ya atau tidak."), row.number)
            shape["type"] = YES_NO
        case _:
            shape["type"] = {"integer": NUMBER, "decimal": NUMBER, "date": DATE, "note": NOTE}[kind]
    _ignore(row, form, appearance - {"multiline"}, parameters)
    return shape


def _parameters(row: Row, form: Form) -> dict[str, str]:
    text = row.get("parameters")
    if len(text) > LONGEST:
        raise LeftOut("parameters", text, _("terlalu panjang"))
    if rest := PARAMETER.sub("", text).strip(" ,;\n"):
        form.findings.problem(row.number, "parameters", rest, _("pengaturan ini tidak didukung"), Outcome.CELL)
    return dict(PARAMETER.findall(text))


def _ignore(row: Row, form: Form, appearance: set[str], parameters: dict[str, str]) -> None:
    for word in sorted(appearance - {"label", "list-nolabel", "likert"}):
        form.ignored.setdefault(word, []).append(row.number)
    for name, value in parameters.items():
        reason = _("pengaturan ini tidak didukung")
        form.findings.problem(row.number, "parameters", f"{name}={value}", reason, Outcome.CELL)


def _choices(row: Row, argument: str, form: Form) -> list[Choice]:
    found = form.lists.get(argument)
    if found is None:
        reason = _("daftar pilihan “%(list)s” tidak ada pada lembar choices") % {"list": argument}
        raise LeftOut("type", row.get("type"), reason)
    found.is_used = True
    if len(found.choices) > MOST_OPTIONS + 1:
        reason = _("daftar “%(list)s” lebih dari %(n)s pilihan") % {"list": argument, "n": MOST_OPTIONS}
        raise LeftOut("type", row.get("type"), reason)
    return found.choices


def _one_choice(row: Row, choices: list[Choice], key: str, form: Form, *, has_other: bool) -> dict:
    """A scale, yes or no, or options: as the form says in its own words, else by what the choices look like."""
    wanted, says_na = row.get("asn_type"), says_yes(row, "asn_na")
    may_skip = says_na or not wanted
    if wanted in ("", LIKERT) and not has_other:
        is_certain = wanted == LIKERT or "likert" in row.get("appearance").split()
        scale = as_scale(choices, is_certain=is_certain, may_skip=may_skip)
        if scale:
            _remember_na(scale.not_applicable, choices, row, key, form)
            if scale.is_turned:
                form.findings.note(_("Skala ditampilkan dari titik terendah ke titik tertinggi."), row.number)
            return {
                "type": LIKERT,
                "minimum": scale.minimum,
                "maximum": scale.maximum,
                "labels": scale.labels,
                "allows_na": bool(scale.not_applicable) or says_na,
                "is_reverse": says_yes(row, "asn_reverse"),
            }
    if wanted in ("", YES_NO) and not has_other and (answer := as_yes_no(choices, may_skip=may_skip)):
        _remember_na(answer.not_applicable, choices, row, key, form)
        form.known.values[key] = {answer.yes: 1, answer.no: 0}
        return {"type": YES_NO, "allows_na": bool(answer.not_applicable) or says_na}
    options = as_options(_with_other(choices) if has_other else choices, may_skip=says_na)
    form.known.values[key] = options.changed
    _remember_na(options.not_applicable, choices, row, key, form)
    _note_codes(options.codes, row, form)
    return {"type": CHOICE, "options": _with_scores(options.options, row, form), "allows_na": says_na}


def _several_choices(row, choices, key, form: Form, *, is_ranking: bool, has_other: bool) -> dict:
    says_na = says_yes(row, "asn_na")
    options = as_options(_with_other(choices) if has_other else choices, may_skip=says_na)
    form.known.values[key] = options.changed
    _remember_na(options.not_applicable, choices, row, key, form)
    _note_codes(options.codes, row, form)
    return {"type": RANKING if is_ranking else CHOICES, "options": options.options, "allows_na": says_na}


def _remember_na(code: str, choices: list[Choice], row: Row, key: str, form: Form) -> None:
    if code:
        form.known.not_applicable[key] = code
        label = next(choice.label.id for choice in choices if choice.code == code)
        if label.strip().casefold() != "tidak berlaku":
            form.findings.note(_("Pilihan “%(label)s” menjadi “tidak berlaku”.") % {"label": label}, row.number)


def _note_codes(codes: dict[str, str], row: Row, form: Form) -> None:
    changed = [f"“{code}” → “{key}”" for code, key in codes.items() if code != key]
    if changed:
        form.findings.note(_("Kode pilihan berubah: %(codes)s.") % {"codes": ", ".join(changed)}, row.number)


def _with_scores(options: list[dict], row: Row, form: Form) -> list[dict]:
    """The options with the scores of a test, which our own forms keep in a column of the question."""
    text = row.get("asn_scores")
    if not text:
        return options
    try:
        scores = json.loads(text)
        return [option | {"score": _score(scores[option["key"]])} for option in options]
    except (ValueError, KeyError, TypeError):
        reason = _("nilai pilihan tidak dapat dibaca")
        form.findings.problem(row.number, "asn_scores", text, reason, Outcome.CELL)
        return options


def _score(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST_BOUND:
        raise ValueError
    return value


def without_other(argument: str) -> tuple[str, bool]:
    for ending in (" or_other", " or specify other", " or other"):
        if argument.endswith(ending):
            return argument.removesuffix(ending).strip(), True
    return argument, False


def _with_other(choices: list[Choice]) -> list[Choice]:
    if any(choice.code == "other" for choice in choices):
        return choices
    return [*choices, Choice(0, "other", Text("Lainnya", "Other"))]


def _range(row: Row, parameters: dict[str, str], appearance: set[str], form: Form) -> dict:
    try:
        start, end, step = (Decimal(parameters.pop(name, usual)) for name, usual in RANGE)
        is_sound = start.is_finite() and end.is_finite() and step.is_finite() and start != end and step != 0
    except InvalidOperation:
        is_sound = False
    if not is_sound or max(abs(start), abs(end)) > LARGEST_BOUND:
        raise LeftOut("parameters", row.get("parameters"), _("start, end, dan step harus bilangan"))
    _ignore(row, form, appearance, parameters)
    low, high = sorted((start, end))
    if (low, high) == SCORE_BOUNDS and abs(step) == 1:
        return {"type": SCORE, "minimum": low, "maximum": high, "is_reverse": says_yes(row, "asn_reverse")}
    if abs(step) == 1 and not low % 1 and not high % 1 and high - low < MOST_POINTS:
        return {"type": LIKERT, "minimum": low, "maximum": high}
    form.findings.note(
        _("Rentang %(low)s–%(high)s menjadi angka; langkah %(step)s tidak diperiksa.")
        % {"low": low, "high": high, "step": step},
        row.number,
    )
    return {"type": NUMBER, "minimum": low, "maximum": high}
