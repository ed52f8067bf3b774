"""Lines of a budget: one on a form of its own, or all of them on one page like a spreadsheet."""

import re
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import User
from asn_eval.forms import ScopedModelForm
from programs.forms.activities import SuggestionInput
from programs.forms.money import RupiahField
from programs.models import BudgetComponent, BudgetLine, Program

FUNDING_SOURCES = ("APBD", "APBN", "DAK nonfisik", "Hibah", "Kontribusi peserta", "Mitra")
SPARE_ROWS, MORE_ROWS, MOST_NEW_ROWS = 3, 5, 40
# A form of more fields is refused by the server (DATA_UPLOAD_MAX_NUMBER_FIELDS, 8 fields to a row).
MOST_STORED_ROWS = 80
GONE = "gone"  # the person knows that the line was deleted, and wants it back


class BudgetLineForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Pengeluaran"), ("component", "description", "activity", "funding_source")),
        (gettext_lazy("Jumlah"), ("planned", "realised")),
    )

    class Meta:
        model = BudgetLine
        fields = ("component", "description", "activity", "funding_source", "planned", "realised")
        field_classes = {"planned": RupiahField, "realised": RupiahField}
        widgets = {"funding_source": SuggestionInput(FUNDING_SOURCES)}
        help_texts = {
            "planned": gettext_lazy("Rupiah. Contoh: 1.500.000."),
            "realised": gettext_lazy("Rupiah. Kosong berarti belum diketahui, bukan nol."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = self.instance.program.activities.all()
        self.fields["activity"].empty_label = _("Seluruh program")


class BudgetRowForm(BudgetLineForm):
    """One row of the grid. ``shown`` remembers what the row held when the page was opened."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(BudgetLineForm.Meta):
        widgets = {}  # one list of suggestions stands beside the grid

    def __init__(self, *args, choices: dict[str, list[tuple]], is_gone: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_gone = is_gone  # somebody deleted the line while this page was open
        for name, offered in choices.items():
            self.fields[name].choices = offered
        for field in self.fields.values():
            field.widget.attrs["class"] = (
                "form-select" if isinstance(field, forms.ModelChoiceField) else "form-control"
            )
        self.fields["funding_source"].widget.attrs["list"] = "funding-sources"
        if not self.is_bound:
            self.initial.setdefault("shown", self._digest())

    @property
    def is_new(self) -> bool:
        return self.instance.pk is None

    @property
    def is_touched(self) -> bool:
        """Whether somebody typed into this row. A component alone, which we offered, is not yet a line."""
        if self.is_new and not self.is_gone:
            names = ("description", "activity", "funding_source", "planned", "realised")
            return any(self.data.get(self.add_prefix(name), "").strip() for name in names)
        return self.data.get(self.add_prefix("shown")) != self._digest()

    def clean(self):
        cleaned = super().clean()
        if self.is_gone and not self.errors and cleaned["shown"] != GONE:
            self.add_error(
                None, _("Baris ini telah dihapus orang lain. Tekan Simpan sekali lagi untuk mencatatnya kembali.")
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("shown")] = GONE
        return cleaned

    def _report_conflict(self, stored):
        """In the grid there is room for one sentence: what the other person wrote."""
        differing = [
            f"{self[name].label} “{self._in_words(name, getattr(stored, name))}”"
            for name in self.stored_fields
            if getattr(stored, name) != self.cleaned_data.get(name)
        ]
        self.add_error(
            None,
            _(
                "Baris ini telah diubah orang lain; yang tersimpan kini: %(values)s. "
                "Tekan Simpan sekali lagi bila isian Anda yang berlaku."
            )
            % {"values": ", ".join(differing)},
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_revision")] = stored.revision

    def _in_words(self, name: str, value: object) -> str:
        if isinstance(value, Decimal):
            return self.fields[name].prepare_value(value)
        return str(value or _("kosong"))

    @property
    def cells(self):
        return [self[name] for name in BudgetLineForm.Meta.fields]

    def _digest(self) -> str:
        values = ("" if (value := cell.value()) is None else str(value).strip() for cell in self.cells)
        return sha256("\0".join(values).encode()).hexdigest()[:16]


class BudgetGrid:
    """Every line of a program and empty rows for more; all are saved or none."""

    def __init__(self, *, program: Program, user: User, data=None):
        self.program, self.user, self.data = program, user, data
        self.asks_for_more = data is not None and "more" in data
        components = list(BudgetComponent.objects.all())
        self.choices = {
            "component": [("", _("Pilih komponen")), *((row.pk, row.name) for row in components)],
            "activity": [
                ("", _("Seluruh program")),
                *((activity.pk, activity.title) for activity in program.activities.all()),
            ],
        }
        lines = list(program.budget_lines.all())
        self.is_too_large = len(lines) > MOST_STORED_ROWS
        used = {line.component_id for line in lines}
        stored = {f"b{line.pk}": line for line in lines}
        unused = [row.pk for row in components if row.pk not in used]
        self.funding = forms.CharField(label=_("Sumber dana untuk baris baru"), required=False, max_length=100)
        self.funding_value = (
            next((line.funding_source for line in lines if line.funding_source), "")
            if data is None
            else data.get("funding", "")
        )
        self.rows = list(self._stored_rows(stored)) + list(self._new_rows(stored, unused))
        self.suggestions = sorted(
            {*FUNDING_SOURCES, *(line.funding_source for line in lines if line.funding_source)}
        )

    def _row(self, prefix: str, line: BudgetLine, *, is_bound=True, **kwargs) -> BudgetRowForm:
        data = self.data if is_bound else None
        return BudgetRowForm(data, prefix=prefix, instance=line, user=self.user, choices=self.choices, **kwargs)

    def _posted_row(self, prefix: str, line: BudgetLine, *, is_gone: bool = False) -> BudgetRowForm:
        """A row as it was sent; checked only when somebody touched it and no more rows are asked for."""
        row = self._row(prefix, line, is_gone=is_gone)
        if row.is_touched and not self.asks_for_more:
            return row
        sent = {name: self.data.get(f"{prefix}-{name}") for name in row.fields}
        initial = sent if row.is_touched else {"component": sent["component"]} if row.is_new else {}
        shown = self._row(prefix, line, is_gone=is_gone, is_bound=False, initial=initial)
        if row.is_touched and not row.is_new:
            shown.initial["seen_revision"] = sent["seen_revision"]
        return shown

    def _stored_rows(self, stored: dict[str, BudgetLine]) -> Iterator[BudgetRowForm]:
        for prefix, line in stored.items():
            if self.data is not None and f"{prefix}-planned" in self.data:
                yield self._posted_row(prefix, line)
            elif not self.is_too_large:  # new to this page, or a line that came while it was open
                yield self._row(prefix, line, is_bound=False)

    def _new_rows(self, stored: dict[str, BudgetLine], unused: list[int]) -> Iterator[BudgetRowForm]:
        if self.data is None:
            for number, component in enumerate([*unused, *[None] * SPARE_ROWS][:MOST_NEW_ROWS]):
                yield self._row(f"n{number}", self._empty_line(), is_bound=False, initial={"component": component})
            return
        numbers = []
        for name in self.data:
            prefix = name.removesuffix("-planned")
            if re.fullmatch(r"n\d{1,2}-planned", name, re.ASCII):
                numbers.append(int(prefix[1:]))
                yield self._posted_row(prefix, self._empty_line())
            elif re.fullmatch(r"b\d{1,18}-planned", name, re.ASCII) and self._is_wanted_back(prefix, stored):
                yield self._posted_row(prefix, self._empty_line(), is_gone=True)
        if self.asks_for_more:
            start = max(numbers, default=-1) + 1
            for number in range(start, min(start + MORE_ROWS, MOST_NEW_ROWS)):
                yield self._row(f"n{number}", self._empty_line(), is_bound=False)

    def _is_wanted_back(self, prefix: str, stored: dict[str, BudgetLine]) -> bool:
        """Whether somebody typed into a line that another person deleted meanwhile."""
        return prefix not in stored and self._row(prefix, self._empty_line(), is_gone=True).is_touched

    def _empty_line(self) -> BudgetLine:
        return BudgetLine(program=self.program)

    @property
    def touched(self) -> list[BudgetRowForm]:
        return [row for row in self.rows if row.is_bound]

    def is_valid(self) -> bool:
        return all(row.is_valid() for row in self.touched)

    def problems(self) -> list[tuple[int, str, str, str]]:
        """(number of the row, label, id of the cell, message) of everything that is wrong."""
        return [
            (number, *problem)
            for number, row in enumerate(self.rows, start=1)
            if row.is_bound
            for problem in _problems_of(row)
        ]

    @transaction.atomic
    def save(self) -> int:
        """Save the rows that were touched; return how many."""
        funding = self.funding.clean(self.funding_value)
        for row in self.touched:
            if row.is_new and not row.instance.funding_source:
                row.instance.funding_source = funding
            row.save()
        return len(self.touched)


def _problems_of(row: BudgetRowForm) -> Iterator[tuple[str, str, str]]:
    for message in row.non_field_errors():
        yield "", row["planned"].id_for_label, message
    for cell in row.cells:
        for message in cell.errors:
            yield cell.label, cell.id_for_label, message
