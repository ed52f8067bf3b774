"""Rupiah as people write them."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.fields import NumberField
from asn_eval.numbers import format_decimal, marks_of


class RupiahField(NumberField):
    """1.500.000, Rp1.500.000,00 or 1500000. The mark of thousands never means a fraction here."""

    def _plain(self, typed: str) -> str:
        marks = marks_of(get_language() or "id")
        text = re.sub(r"^rp\.?", "", re.sub(r"\s", "", typed), flags=re.IGNORECASE)
        text = re.sub(rf"{re.escape(marks.decimal)}-$", "", text)  # 1.500.000,-
        thousands, decimal = re.escape(marks.thousands), re.escape(marks.decimal)
        if text and not re.fullmatch(
            rf"-?(\d+|\d{{1,3}}({thousands}\d{{3}})+)({decimal}\d{{1,2}})?", text, re.ASCII
        ):
            raise forms.ValidationError(
                _("“%(typed)s” bukan jumlah rupiah. Tulis seperti %(example)s."),
                code="invalid",
                params={
                    "typed": typed.strip()[:40],
                    "example": format_decimal(1_500_000, 0, get_language() or "id"),
                },
            )
        return text.replace(marks.thousands, "").replace(marks.decimal, ".")

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return format_decimal(value, 0 if value == int(value) else 2, get_language() or "id").replace("−", "-")
