"""Answers that evaluators bring in: typed from paper, or as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import DateInput
from evaluations.answer_headings import RECALLED
from evaluations.answer_types import LONGEST_TEXT, AnswerError
from evaluations.double_entry import FIRST, SECOND, Difference
from evaluations.keying_marks import hint_of, length_of, meant_by, raw_of
from evaluations.models import Item, Survey
from evaluations.packing import is_recalled
from evaluations.register import Known, Register, UnknownRespondent

PREFIX = "butir-"
RECALLED_PREFIX = "dulu-"
CHOICE_PREFIX = "pilih-"


@dataclass(frozen=True)
class KeyingLine:
    """One line of the page: a heading, or an item with its field, and that of the time before."""

    item: Item
    hint: str
    field: BoundField | None
    recalled: BoundField | None


class KeyingForm(forms.Form):
    """One paper questionnaire. What was typed stays, whatever is wrong with it."""

    response_id = forms.UUIDField(widget=forms.HiddenInput)
    respondent = forms.CharField(
        max_length=200,
        widget=forms.TextInput(attrs={"list": "respondents", "autocomplete": "off", "autofocus": True}),
    )
    received_on = forms.DateField(label=gettext_lazy("Tanggal diisi"), widget=DateInput)

    def __init__(
        self,
        *args,
        survey: Survey,
        items: list[Item],
        known: list[Known],
        today: date,
        is_again: bool = False,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.register = Register(*known)
        self.initial.setdefault("response_id", uuid4())
        self.all_items = items
        self.items = [item for item in items if item.is_answered]
        self.scales = [item for item in self.items if survey.is_retrospective and is_recalled(item)]
        self.today = today
        if survey.is_public:
            del self.fields["respondent"]
        else:
            self._name_respondent(survey)
        if is_again:
            del self.fields["received_on"]
        for item in self.items:
            if item in self.scales:
                self.fields[RECALLED_PREFIX + item.key] = _item_field(item, _("sebelum program"))
            self.fields[PREFIX + item.key] = _item_field(item, _("sekarang") if item in self.scales else "")

    def _name_respondent(self, survey: Survey) -> None:
        field = self.fields["respondent"]
        field.label = _("Peserta") if survey.is_of_participants else _("Responden")
        field.help_text = _("Ketik kode peserta, NIP, atau nama.")
        if survey.is_anonymous:
            field.label = _("Kode pada lembar")
            field.help_text = _("Ketik kode yang tercetak pada lembar. Namanya tidak ditampilkan di mana pun.")
        elif not survey.is_of_participants:
            field.help_text = _("Ketik kode yang tercetak pada lembar, atau nama responden.")

    def clean_respondent(self):
        try:
            return self.register.find_typed(self.cleaned_data["respondent"])
        except UnknownRespondent as error:
            raise ValidationError(str(error)) from None

    def clean_received_on(self):
        received_on = self.cleaned_data["received_on"]
        if received_on > self.today:
            raise ValidationError(_("Tanggal ini belum tiba."))
        return received_on

    def clean(self):
        self.raw = {item.key: self._read(item, PREFIX) for item in self.items}
        self.raw_recalled = {item.key: self._read(item, RECALLED_PREFIX) for item in self.scales}
        return super().clean()

    def _read(self, item: Item, prefix: str):
        try:
            return raw_of(item, self.cleaned_data.get(prefix + item.key, ""))
        except AnswerError as error:
            self.add_error(prefix + item.key, str(error))
            return ""

    def renew(self) -> None:
        """Give the form a key of its own, so that the next press stores what stands in it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("response_id")] = str(uuid4())

    def answers(self) -> dict[str, object]:
        """What was typed, by item key."""
        return self.raw

    def recalled(self) -> dict[str, object]:
        """What was typed of the time before, by item key."""
        return self.raw_recalled

    def add_answer_errors(self, error: ValidationError) -> None:
        """Put the messages of a refused answer beside its item."""
        for key, messages in error.message_dict.items():
            name = None if key == NON_FIELD_ERRORS else field_name(key)
            self.add_error(name if name in self.fields else None, messages)

    def head_fields(self):
        return [self[name] for name in ("respondent", "received_on") if name in self.fields]

    def lines(self) -> Iterator[KeyingLine]:
        """Every item in the order of the paper; page breaks, notes and heads of a matrix as headings."""
        for item in self.all_items:
            if not item.is_answered:
                yield KeyingLine(item, "", None, None)
                continue
            recalled = self[RECALLED_PREFIX + item.key] if item in self.scales else None
            yield KeyingLine(item, hint_of(item), self[PREFIX + item.key], recalled)

    def chosen(self) -> dict[str, str]:
        """Which entry was chosen where both differ, by the name of the field."""
        names = [item.key for item in self.items] + [f"{RECALLED}{item.key}" for item in self.scales]
        typed = {name: self.data.get(CHOICE_PREFIX + name) for name in names}
        return {name: choice for name, choice in typed.items() if choice in (FIRST, SECOND)}


@dataclass(frozen=True)
class ShownDifference:
    """One field that was typed differently, as the page shows both entries."""

    item: Item
    name: str
    is_recalled: bool
    first: str
    second: str
    chosen: str

    @classmethod
    def of(cls, difference: Difference, form: KeyingForm) -> "ShownDifference":
        key = difference.name.removeprefix(RECALLED)
        item = next(item for item in form.items if item.key == key)
        return cls(
            item=item,
            name=CHOICE_PREFIX + difference.name,
            is_recalled=difference.name.startswith(RECALLED),
            first=meant_by(item, difference.first),
            second=meant_by(item, difference.second),
            chosen=form.chosen().get(difference.name, ""),
        )


def field_name(name: str) -> str:
    """The name of the field of an answer; what was recalled has a field of its own."""
    if name.startswith(RECALLED):
        return RECALLED_PREFIX + name.removeprefix(RECALLED)
    return PREFIX + name


def _item_field(item: Item, when: str) -> forms.CharField:
    label = f"{item.label_shown}, {when}" if when else item.label_shown
    if item.type == Item.Type.TEXT:
        widget = forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_TEXT})
        return forms.CharField(label=label, required=False, widget=widget)
    attrs = {"autocomplete": "off", "class": "keying-number"}
    if item.type in (Item.Type.SHORT_TEXT, Item.Type.CHOICES, Item.Type.RANKING, Item.Type.DATE):
        attrs["class"] = "keying-number keying-wide"
    if item.type in (Item.Type.LIKERT, Item.Type.SCORE, Item.Type.NUMBER) and not item.allows_na:
        attrs["inputmode"] = "numeric" if item.type == Item.Type.LIKERT else "decimal"
    if length := length_of(item):
        # An answer of one character goes on to the next item by itself.
        attrs["data-length"] = length
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas jawaban"),
        help_text=gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods), atau CSV; paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        allow_empty_file=True,
    )

    def field_groups(self):
        yield "", [self["file"]]
