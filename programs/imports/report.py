"""What the page of an import shows, as JSON: it is kept with the import and goes with it."""

from asn_eval.tables import header_key
from programs.imports.plans import Plan, plain_rows
from programs.imports.sheets import Sheet

SHOWN = 200


def report_of(sheet: Sheet, plan: Plan) -> dict[str, object]:
    """What a file would do: counts, and the first of everything that somebody should look at."""
    return summary_of(plan) | {
        "columns": _columns(sheet),
        "problems": plain_rows(plan.problems[:SHOWN]),
        "warnings": plain_rows(plan.warnings[:SHOWN]),
        "changed": plain_rows(plan.changed[:SHOWN]),
        "first_new": plain_rows(plan.first_new),
        "notes": plain_rows([*sheet.table.notes, *plan.notes]),
        "unread": plain_rows(sheet.matching.unread),
        "new_units": plain_rows(plan.new_units),
        "would_save": plan.would_save,
    }


def summary_of(plan: Plan) -> dict[str, object]:
    """Numbers that tell nothing about anybody."""
    return {
        "n_rows": plan.n_rows,
        "n_problems": len(plan.problems),
        "n_warnings": len(plan.warnings),
        "n_overwritten": len(plan.changed),
    }


def questions_about(sheet: Sheet) -> dict[str, object]:
    """The columns of a file whose meaning somebody has to say."""
    return {"columns": _columns(sheet), "missing": [column.header for column in sheet.matching.missing]}


def _columns(sheet: Sheet) -> list[dict[str, object]]:
    fields = {at: name for name, at in sheet.matching.positions.items()}
    return [
        {
            "header": header.replace("\0", ""),
            "field": fields.get(at, ""),
            "is_asked": at in sheet.matching.questions,
            "samples": plain_rows(sheet.samples(at)),
        }
        for at, header in enumerate(sheet.table.header)
        if header_key(header)
    ]
