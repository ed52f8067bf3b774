"""Answers that evaluators bring in: typed from paper, or as a file."""

from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import DateInput
from asn_eval.numbers import format_integer
from evaluations.answer_types import LONGEST_TEXT
from evaluations.models import Item, Survey
from evaluations.register import Known, Register, UnknownRespondent

PREFIX = "butir-"


class KeyingForm(forms.Form):
    """One paper questionnaire. What was typed stays, whatever is wrong with it."""

    response_id = forms.UUIDField(widget=forms.HiddenInput)
    respondent = forms.CharField(
        label=gettext_lazy("Peserta"),
        max_length=200,
        help_text=gettext_lazy("Ketik kode peserta, NIP, atau nama."),
        widget=forms.TextInput(attrs={"list": "respondents", "autocomplete": "off", "autofocus": True}),
    )
    received_on = forms.DateField(label=gettext_lazy("Tanggal diisi"), widget=DateInput)

    def __init__(self, *args, survey: Survey, items: list[Item], known: list[Known], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.register = Register(*known)
        self.initial.setdefault("response_id", uuid4())
        self.items = items
        self.today = today
        if survey.is_public:
            del self.fields["respondent"]
        for item in items:
            self.fields[PREFIX + item.key] = _item_field(item)

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

    def renew(self) -> None:
        """Give the form a key of its own, so that the next press stores what stands in it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("response_id")] = str(uuid4())

    def answers(self) -> dict[str, str]:
        """What was typed, by item key."""
        return {item.key: self.cleaned_data[PREFIX + item.key] for item in self.items}

    def add_answer_errors(self, error: ValidationError) -> None:
        """Put the messages of a refused answer beside its item."""
        for key, messages in error.message_dict.items():
            name = None if key == NON_FIELD_ERRORS else PREFIX + key
            self.add_error(name if name in self.fields else None, messages)

    def head_fields(self):
        return [self[name] for name in ("respondent", "received_on") if name in self.fields]

    def item_fields(self):
        """(item, bound field) in the order of the paper."""
        return [(item, self[PREFIX + item.key]) for item in self.items]


def _item_field(item: Item) -> forms.CharField:
    if item.type == Item.Type.TEXT:
        widget = forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_TEXT})
        return forms.CharField(label=item.label_shown, required=False, widget=widget)
    attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "keying-number"}
    if item.type == Item.Type.LIKERT:
        # A scale of one digit goes on to the next item by itself.
        attrs |= {"inputmode": "numeric", "data-length": len(format_integer(item.maximum))}
    return forms.CharField(label=item.label_shown, required=False, widget=forms.TextInput(attrs=attrs))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas jawaban"),
        help_text=gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods), atau CSV; paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        allow_empty_file=True,
    )

    def field_groups(self):
        yield "", [self["file"]]
