"""The way from a record to its history."""

from django import template
from django.urls import reverse

from asn_eval.history.registration import KINDS

register = template.Library()


@register.simple_tag(takes_context=True)
def history_url(context, row) -> str:
    """The address of a record's history; "" for a record without one, and for who may not open it."""
    kind = KINDS.get(type(row))
    perms = context.get("perms")
    if kind is None or row.pk is None or not perms:
        return ""
    if "history.view_history" not in perms or kind.seen_with not in perms:
        return ""
    return reverse("record_history", args=[kind.label, row.pk])
