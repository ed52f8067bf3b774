"""Scores as they are typed: a grid of two columns, a pasted list."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from programs.actions.scores import POST, PRE, plain
from programs.cells import Edit, read_seen
from programs.forms.attendance import PastedField
from programs.models import Program

CELL = re.compile(rf"n-([0-9]{{1,18}})-({PRE}|{POST})")
BOTH = "both"


def cell_name(enrollment: int, test: str) -> str:
    return f"n-{enrollment}-{test}"


def printed(score: str) -> str:
    """A score that a page carries, as people write it: 80.5 is 80,5."""
    return NumberField().prepare_value(Decimal(score)) if score else ""


class ScoreField(NumberField):
    """A score of one program; nothing typed is a missing score."""

    def __init__(self, program: Program):
        super().__init__(min_value=0, max_value=program.maximum_score, decimal_places=2, required=False)
        limits = {"maximum": self.prepare_value(program.maximum_score)}
        outside = _("Nilai harus antara 0 dan %(maximum)s.") % limits
        self.error_messages |= {"invalid": _("Tulis angka, misalnya 82,5.")}
        for validator in self.validators:
            if getattr(validator, "code", "") in ("min_value", "max_value"):
                validator.message = outside


@dataclass
class TypedScores:
    """What a page of scores sent. ``typed`` keeps every word of it; ``errors`` says what is no score."""

    edits: list[Edit] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def typed_scores(data: QueryDict, program: Program) -> TypedScores:
    score = ScoreField(program)
    seen = read_seen(data.get("seen", ""))
    result = TypedScores()
    for name, typed in data.items():
        if not (cell := CELL.fullmatch(name)):
            continue
        result.typed[name] = typed
        try:
            wanted = plain(score.clean(typed.replace("\0", "")))
        except forms.ValidationError as error:
            result.errors[name] = " ".join(error.messages)
            continue
        result.edits.append(Edit((int(cell[1]), cell[2]), seen.get(name, ""), wanted))
    return result


class PastedScoresForm(forms.Form):
    """Whom the text names, and which test its numbers are of."""

    columns = forms.ChoiceField(
        label=gettext_lazy("Isi kolom nilai"),
        choices=(
            (BOTH, gettext_lazy("Pretes, lalu postes")),
            (PRE, gettext_lazy("Pretes saja")),
            (POST, gettext_lazy("Postes saja")),
        ),
        initial=BOTH,
    )
    text = PastedField(
        help_text=gettext_lazy(
            "Satu orang per baris: NIP, kode, atau nama, lalu nilainya. Boleh disalin dari Excel. "
            "Kolom kosong atau tanda - berarti belum ada nilai."
        )
    )
    replace = forms.BooleanField(label=gettext_lazy("Ganti juga nilai yang sudah ada dan berbeda"), required=False)

    def field_groups(self):
        yield "", [self[name] for name in ("columns", "text")]


def wanted_scores(numbers: tuple[Decimal | None, ...], columns: str, program: Program) -> dict[str, str]:
    """Test -> score of one pasted line. Raises ``ValidationError`` that says what is wrong with the line."""
    tests = (PRE, POST) if columns == BOTH else (columns,)
    if columns != BOTH and len(numbers) == 2 and numbers[0] is None:
        numbers = numbers[1:]  # "P002 - 80"
    if not any(number is not None for number in numbers):
        raise forms.ValidationError(_("tidak memuat nilai"))
    if len(numbers) > len(tests):
        raise forms.ValidationError(_("memuat lebih banyak nilai daripada kolom yang dipilih"))
    score = ScoreField(program)
    return {
        test: plain(score.clean(number))
        for test, number in zip(tests, numbers, strict=False)
        if number is not None
    }
