"""When an item is shown: always, by conditions that one chooses, or by a formula that one writes."""

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.conditions import (
    ALL,
    ANY,
    OPERATORS,
    Condition,
    ConditionError,
    condition_of,
    question_numbers,
    read_conditions,
    value_in_words,
    write_conditions,
)
from evaluations.item_listing import condition_in_words
from evaluations.models import Item

ALWAYS, CONDITIONS, FORMULA = "selalu", "syarat", "rumus"
WAYS = (
    (ALWAYS, gettext_lazy("Selalu ditampilkan")),
    (CONDITIONS, gettext_lazy("Ditampilkan bila jawaban lain memenuhi syarat")),
    (FORMULA, gettext_lazy("Ditampilkan menurut rumus")),
)
FEWEST_LINES, MOST_LINES = 3, 8


class ConditionFields:
    """Fields ``shown``, ``joined``, ``condition_…_N`` and the formula; ``self.relevance`` after cleaning."""

    n_lines = 0

    def add_conditions(self, earlier: Sequence[Item]) -> None:
        """Let the form choose among ``earlier`` items; what is stored is shown as conditions where it fits."""
        self.earlier = {item.key: item for item in earlier}
        stored = str(self.initial.get("relevance") or "")
        known = read_conditions(stored) if stored else None
        joined, conditions = known or (ALL, [])
        fits = bool(stored) and known is not None and all(each.key in self.earlier for each in conditions)
        conditions = conditions if fits else []
        sent = self.data if self.is_bound else self.initial
        n_sent = max((n for n in range(1, MOST_LINES + 1) if f"condition_item_{n - 1}" in sent), default=0)
        self.n_lines = min(MOST_LINES, max(FEWEST_LINES, len(conditions) + 1, n_sent))
        fits = fits and len(conditions) <= self.n_lines
        self.fields["shown"] = forms.ChoiceField(
            label=_("Tampil"), choices=self._ways(), widget=forms.RadioSelect, required=False
        )
        self.fields["joined"] = forms.ChoiceField(
            label=_("Berlaku"),
            choices=[(ALL, _("bila semua syarat terpenuhi")), (ANY, _("bila salah satu syarat terpenuhi"))],
            required=False,
        )
        for number in range(self.n_lines):
            self._add_line(number)
        self.fields["relevance"] = forms.CharField(
            label=_("Rumus"),
            max_length=500,
            required=False,
            help_text=_("Seperti dalam XLSForm, misalnya: ${umur} >= 17 and selected(${kendala}, 'dana')"),
        )
        self.initial.setdefault("shown", CONDITIONS if fits else FORMULA if stored else ALWAYS)
        self.initial.setdefault("joined", joined)
        for number, condition in enumerate(conditions[: self.n_lines]):
            self._show(number, condition)

    def _ways(self) -> list[tuple[str, str]]:
        return [way for way in WAYS if way[0] != CONDITIONS or self.earlier]

    def _add_line(self, number: int) -> None:
        numbers = question_numbers(self.items)
        choices = [
            (key, f"{numbers.get(key, '')}. {Truncator(item.label_shown).chars(50)}")
            for key, item in self.earlier.items()
        ]
        place = {"n": number + 1}
        self.fields[f"condition_item_{number}"] = forms.ChoiceField(
            label=_("Butir pada syarat %(n)s") % place, choices=[("", _("Pilih butir")), *choices], required=False
        )
        self.fields[f"condition_operator_{number}"] = forms.ChoiceField(
            label=_("Hubungan pada syarat %(n)s") % place, choices=OPERATORS, required=False
        )
        self.fields[f"condition_value_{number}"] = forms.CharField(
            label=_("Jawaban pada syarat %(n)s") % place,
            max_length=300,
            required=False,
            widget=forms.TextInput({"list": f"jawaban-{number}", "autocomplete": "off"}),
        )

    def _show(self, number: int, condition: Condition) -> None:
        item = self.earlier[condition.key]
        self.initial.setdefault(f"condition_item_{number}", condition.key)
        self.initial.setdefault(f"condition_operator_{number}", condition.operator)
        self.initial.setdefault(f"condition_value_{number}", str(value_in_words(item, condition.value)))

    def condition_lines(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        for number in range(self.n_lines):
            yield tuple(self[f"condition_{part}_{number}"] for part in ("item", "operator", "value"))

    @property
    def told_together(self) -> tuple[str, ...]:
        lines = (line for numbered in self.condition_lines() for line in numbered)
        return ("shown", "joined", "relevance", *(field.name for field in lines))

    def other_differences(self, stored) -> Iterator[tuple[str, str]]:
        if self.n_lines and self.relevance != stored.item.relevance:
            words = condition_in_words(stored.item, stored.items)
            yield (
                _("Kapan ditampilkan"),
                _("bila %(condition)s") % {"condition": words} if words else _("selalu"),
            )

    @property
    def answers_to_choose(self) -> dict[str, list[str]]:
        """key of an item -> the answers that a condition may name, for suggestions."""
        return {key: _answers(item) for key, item in self.earlier.items()} if self.n_lines else {}

    def add_error(self, field, error):
        """At what is to be seen: the formula is not while conditions are chosen."""
        by_conditions = field == "relevance" and self.cleaned_data.get("shown") == CONDITIONS
        super().add_error("shown" if by_conditions else field, error)

    def clean(self):
        cleaned = super().clean()
        self.relevance = ""
        if not self.n_lines:
            return cleaned
        way = cleaned.get("shown") or ALWAYS
        if way == FORMULA:
            self.relevance = cleaned.get("relevance", "").strip()
            if not self.relevance and "relevance" not in self.errors:
                self.add_error("relevance", _("Tulis rumusnya, atau pilih “Selalu ditampilkan”."))
        elif way == CONDITIONS:
            self.relevance = write_conditions(cleaned.get("joined") or ALL, self._typed_conditions())
            if not self.relevance and not self.errors:
                self.add_error("condition_item_0", _("Pilih butir untuk paling sedikit satu syarat."))
            elif len(self.relevance) > self.fields["relevance"].max_length:
                self.add_error("shown", _("Syarat ini terlalu panjang."))
        return cleaned

    def _typed_conditions(self) -> Iterator[Condition]:
        for number in range(self.n_lines):
            item = self.earlier.get(self.cleaned_data.get(f"condition_item_{number}"))
            typed = self.cleaned_data.get(f"condition_value_{number}", "")
            if item is None:
                if typed:
                    self.add_error(f"condition_item_{number}", _("Pilih butir untuk syarat ini."))
                continue
            try:
                yield condition_of(item, self.cleaned_data.get(f"condition_operator_{number}") or "=", typed)
            except ConditionError as error:
                self.add_error(f"condition_value_{number}", str(error))


def _answers(item: Item) -> list[str]:
    if item.type == Item.Type.YES_NO:
        return [_("Ya"), _("Tidak")]
    if item.options:
        return [name for _key, name in item.option_names]
    if item.type == Item.Type.LIKERT:
        return [str(value) for value, _name in item.scale_points]
    return []
