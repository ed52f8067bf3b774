"""Counts of informants in templates."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.numbers import format_integer
from reports.analysis.results import Suppressed

register = template.Library()


@register.filter
def informan(n):
    """A count, or in words that it is withheld."""
    if isinstance(n, Suppressed):
        return _("tidak ditampilkan")
    return format_integer(n, get_language() or "id")
