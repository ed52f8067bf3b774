"""Numbers in templates, in the language of the page."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from asn_eval import numbers

register = template.Library()


def _language() -> str:
    return get_language() or "id"


@register.filter
def angka(value):
    """1234 -> 1.234"""
    return numbers.format_integer(value, _language())


@register.filter
def desimal(value, places=2):
    """12.5 -> 12,50"""
    return numbers.format_decimal(value, places, _language())


@register.filter
def ringkas(value):
    """Decimal("12.5000") -> 12,5: as many decimals as the number has."""
    if value is None:
        return numbers.MISSING
    places = max(0, -Decimal(value).normalize().as_tuple().exponent)
    return numbers.format_decimal(value, places, _language())


@register.filter
def persen(share, places=1):
    """0.125 -> 12,5%"""
    return numbers.format_percent(share, places, _language())


@register.filter
def bertanda(value, places=2):
    """1.58 -> +1,58"""
    return numbers.format_signed(value, places, _language())


@register.filter
def rupiah(value):
    """1500000 -> Rp1.500.000"""
    return numbers.format_rupiah(value, _language())


@register.filter
def rupiah_bulat(value):
    """1041666.67 -> Rp1.041.667: what was divided has no sen that anybody paid."""
    return numbers.format_rupiah(value, _language(), sen=False)


@register.filter
def nilai_p(p):
    """0.0004 -> < 0,001"""
    return numbers.format_p_cell(p, _language())
