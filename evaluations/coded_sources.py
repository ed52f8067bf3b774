"""Where a marked passage comes from, in words and as a way there, as far as its informant allowed."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.citations import public_quote
from evaluations.models import Excerpt

SOURCES = (
    "evaluation__program__region",
    "interview",
    "observation",
    "document",
    "open_answer__response__survey__version__instrument",
)
CODING_URL = {
    "interview": "code_interview",
    "observation": "code_observation",
    "document": "code_document",
}
LONG_TEXTS = (
    "interview__text",
    "observation__before",
    "observation__after",
    "document__shows",
    "open_answer__text",
)


def still_said(excerpts: QuerySet) -> QuerySet:
    """Without the passages of informants who took their consent back."""
    return excerpts.filter(interview__withdrawn_on=None)


def with_sources(excerpts: QuerySet) -> QuerySet:
    """Passages with all that naming them reads, and nothing of the long texts that they stand in."""
    return excerpts.select_related(*SOURCES, "coder").defer(*LONG_TEXTS)


def named_with_sources(excerpts: QuerySet) -> list[Excerpt]:
    """Passages for a page, each with the name of its source, its role and unit, and the way to it."""
    rows = list(with_sources(excerpts))
    for row in rows:
        row.source_name, row.coding_url = source_name(row), coding_url(row)
        row.role, row.unit = role_of(row), unit_of(row)
    return rows


def source_name(excerpt: Excerpt) -> str:
    """An interview is named by its role and unit, never by the informant; an answer by its survey alone."""
    if excerpt.open_answer_id is not None:
        return str(excerpt.open_answer.response.survey)
    return str(excerpt.text_source)


def coding_url(excerpt: Excerpt) -> str:
    """The page on which the passage was marked."""
    if excerpt.open_answer_id is not None:
        answer = excerpt.open_answer
        url = reverse("code_answers", args=[answer.response.survey_id, answer.item_key])
    else:
        url = reverse(CODING_URL[excerpt.text_field], args=[excerpt.text_source.pk])
    return f"{url}?tampil=semua&bagian={excerpt.pk}#bagian-{excerpt.pk}"


def role_of(excerpt: Excerpt) -> str:
    if excerpt.interview_id is not None:
        return excerpt.interview.get_informant_role_display()
    if excerpt.open_answer_id is not None:
        return excerpt.open_answer.response.survey.get_group_display()
    return ""


def unit_of(excerpt: Excerpt) -> str:
    """The unit that a source names; an answer to a survey names none, so that nobody is found by it."""
    source = None if excerpt.open_answer_id is not None else excerpt.text_source
    return getattr(source, "unit", "")


def quote_to_take_along(excerpt: Excerpt) -> str:
    """The words for a file: nothing without consent, no name of the informant where none was allowed."""
    if excerpt.interview_id is None:
        return excerpt.quote
    return public_quote(excerpt.interview, excerpt.quote) or _("[informan tidak mengizinkan kutipan]")
