"""The headings of a list that can be sorted."""

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode

from asn_eval.listing import SORT_PARAMETER

register = template.Library()

ARROWS = {"ascending": " ↑", "descending": " ↓", "none": ""}


@register.simple_tag(takes_context=True)
def sort_header(context, word: str, label: str, css: str = ""):
    """A heading that sorts by ``word``, and the other way round when pressed again.

    Written here and not in a template: a list has six of them, and the template cost more than a row.
    """
    sorting = context["sorting"]
    is_current = sorting.removeprefix("-") == word
    descends = is_current and sorting.startswith("-")
    order = ("descending" if descends else "ascending") if is_current else "none"
    parameters = {name: values for name, values in context["request"].GET.lists() if name != "page"}
    parameters[SORT_PARAMETER] = word if not is_current or descends else f"-{word}"
    return format_html(
        '<th scope="col"{} aria-sort="{}">'
        '<a class="sort" href="?{}">{}<span aria-hidden="true">{}</span></a></th>',
        format_html(' class="{}"', css) if css else "",
        order,
        urlencode(parameters, doseq=True),
        label,
        ARROWS[order],
    )
