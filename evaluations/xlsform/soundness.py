"""The items of a form, without those that break a rule of ours. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evaluations.definitions import ItemDefinition
from evaluations.item_rules import MOST_ITEMS, SILENT, problems_of_items
from evaluations.xlsform.columns import Row
from evaluations.xlsform.model import Findings, Outcome

# Field of an item -> column of the form in which its reason stands.
COLUMNS = {"relevance": "relevant", "options": "type", "labels": "type", "minimum": "type", "maximum": "type"}


def sound_items(
    taken: Sequence[tuple[Row, ItemDefinition]], dimensions: dict, scoring: str, findings: Findings
) -> tuple[ItemDefinition, ...]:
    """The items without those that break a rule of ours, each of which is named."""
    rows = {item.key: row for row, item in taken}
    items = [item for _row, item in taken]
    if len(items) > MOST_ITEMS:
        reason = _("lebih dari %(n)s butir") % {"n": MOST_ITEMS}
        findings.problem(None, "", str(len(items)), reason, Outcome.FORM)
        return ()
    # An item that goes may take others with it that refer to it.
    while items:
        wrong = {}
        for problem in problems_of_items(items, dimensions=dimensions, scoring=scoring):
            if problem.key and problem.key not in wrong:
                wrong[problem.key] = problem
        if not wrong:
            break
        for key, problem in wrong.items():
            row = rows[key]
            column = COLUMNS.get(problem.field, problem.field)
            content = row.get(column) or row.get("name")
            findings.problem(row.number, column, content, problem.message.rstrip("."), Outcome.ROW)
        items = [item for item in items if item.key not in wrong and item.matrix not in wrong]
    if not any(item.type not in SILENT for item in items):
        return ()
    for problem in problems_of_items(items, dimensions=dimensions, scoring=scoring):
        findings.problem(None, "", "", problem.message.rstrip("."), Outcome.FORM)
    return tuple(items)
