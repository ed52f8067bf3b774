"""A value that may well be right but looks wrong is asked about once, then saved."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext as _

TICK = "is_certain"


class AskOnceMixin:
    """Goes before ``ScopedModelForm``; a form says in ``doubts`` what it wonders about."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.add_prefix(TICK) in self.data:
            self._offer_tick()

    def doubts(self, cleaned: dict) -> Iterator[tuple[str, str]]:
        """(field, question) for every value to be looked at again."""
        yield from ()

    def clean(self):
        cleaned = super().clean()
        if self.errors or cleaned.get(TICK):
            return cleaned
        for field, question in self.doubts(cleaned):
            self._offer_tick()
            self.add_error(field, question)
        return cleaned

    def _offer_tick(self) -> None:
        self.fields[TICK] = forms.BooleanField(
            label=_("Isian sudah diperiksa dan memang demikian"),
            required=False,
            help_text=_("Centang, lalu tekan Simpan sekali lagi."),
        )
