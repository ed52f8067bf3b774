"""The questions of a version as HTML, made once for each language and used for everybody who opens the form."""

import json
from collections.abc import Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from evaluations.expressions import as_json, parse
from evaluations.models import InstrumentVersion, Item
from evaluations.questionnaire import Question, questions_of, sheets_of

KEPT = 256  # forms; some ten thousand characters each


@lru_cache(KEPT)
def items_of(version_id: int, stamp: str) -> tuple[Item, ...]:
    """The items of a version as they are under this stamp. Whoever changes an item renews the stamp."""
    return tuple(Item.objects.filter(version=version_id))


def questions_html(
    version: InstrumentVersion, *, language: str, layout: str = "gulir", is_retrospective: bool = False
) -> SafeString:
    """The empty form of `version` without its frame, as respondents see it."""
    return _empty(version.pk, version.stamp, language, layout, is_retrospective)


@lru_cache(KEPT)
def _empty(version_id: int, stamp: str, language: str, layout: str, is_retrospective: bool) -> SafeString:
    with translation.override(language):
        questions = questions_of(items_of(version_id, stamp), is_retrospective=is_retrospective)
        return filled_html(questions, layout=layout)


def filled_html(questions: Sequence[Question], *, layout: str) -> SafeString:
    """The form with what was typed and what is wrong, in the language that is on."""
    sheets = sheets_of(questions, in_pages=layout == "halaman")
    return render_to_string("evaluations/_respondent_sheets.html", {"sheets": sheets, "n_sheets": len(sheets)})


def expression_json(text: str) -> str:
    """An expression as static/respondent.js evaluates it; "" for none."""
    return json.dumps(as_json(parse(text)), separators=(",", ":"), ensure_ascii=False) if text else ""
