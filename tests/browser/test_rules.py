"""The page of a respondent decides as the server does what is asked."""

import pytest

from evaluations.expressions import as_json, parse
from tests.browser.conftest import PHONE
from tests.evaluations.test_expressions import ANSWERS, CASES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_expression_is_decided_alike(visit):
    page = visit(PHONE).page
    page.goto("/terima-kasih/")
    decided = page.evaluate(
        "([nodes, answers]) => nodes.map((node) => isTrue(evaluate(node, answers, null)))",
        [[as_json(parse(text)) for text, _is_true in CASES], ANSWERS],
    )
    # today() is another day here: the one case about it has an answer far in the past.
    assert dict(zip((text for text, _is_true in CASES), decided, strict=True)) == dict(CASES)
