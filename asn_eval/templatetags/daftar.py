"""The headings of a list that can be sorted."""

from django import template
from django.utils.http import urlencode

from asn_eval.listing import SORT_PARAMETER

register = template.Library()


@register.inclusion_tag("_sort_header.html", takes_context=True)
def sort_header(context, word: str, label: str, css: str = ""):
    """A heading that sorts by ``word``, and the other way round when pressed again."""
    sorting = context["sorting"]
    is_current = sorting.removeprefix("-") == word
    descends = is_current and sorting.startswith("-")
    parameters = context["request"].GET.copy()
    parameters.pop("page", None)
    parameters[SORT_PARAMETER] = word if not is_current or descends else f"-{word}"
    return {
        "label": label,
        "css": css,
        "query": urlencode(parameters, doseq=True),
        "is_current": is_current,
        "order": ("descending" if descends else "ascending") if is_current else "none",
    }
