"""The year before an example: what was recommended then, what was done about it, and whether it helped."""

import hashlib
import io
from collections.abc import Callable

from django.core.files.base import ContentFile

from asn_eval.accounts.models import Office, Region, User
from evaluations.examples.programs import saved
from evaluations.models import (
    DocumentReview,
    Evaluation,
    Finding,
    ProgressNote,
    Proof,
    Recommendation,
    Review,
)
from programs.models import Objective, Program

# What hangs on a recommendation in the file and is no column of it.
PARTS = ("findings", "notes", "proof", "review")


def save_earlier(
    example: dict,
    later: Evaluation,
    *,
    office: Office,
    users: dict[str, User],
    save_indicators: Callable,
    save_finding: Callable,
) -> None:
    """The program, evaluation and recommendations of ``example["earlier"]``, reviewed by ``later``."""
    earlier = example["earlier"]
    program = saved(
        Program(
            **earlier["program"] | {"region": Region.objects.get(code=earlier["program"]["region"])},
            organizer=office,
            state=Program.State.EVALUATED,
            is_example=True,
            created_by=users["staf"],
        )
    )
    objectives = {1: saved(Objective(program=program, order=1, **earlier["objective"])), None: None}
    fields = earlier["evaluation"] | {"questions": "\n".join(earlier["evaluation"]["questions"])}
    evaluation = saved(Evaluation(program=program, created_by=users["evaluator"], **fields))
    sources = {
        "document": {
            row["key"]: saved(DocumentReview(evaluation=evaluation, **_without(row, "key")))
            for row in earlier["documents"]
        },
        "indicator": save_indicators(evaluation, earlier["indicators"], objectives),
    }
    findings = {row["key"]: save_finding(evaluation, row, sources, objectives) for row in earlier["findings"]}
    for row in earlier["recommendations"]:
        _save_recommendation(row, evaluation, later, findings, office=office, users=users)


def _save_recommendation(
    row: dict,
    evaluation: Evaluation,
    later: Evaluation,
    findings: dict[str, Finding],
    *,
    office: Office,
    users: dict[str, User],
) -> None:
    recommendation = saved(
        Recommendation(
            evaluation=evaluation, owner_office=office, answered_by=users["manajer"], **_without(row, *PARTS)
        )
    )
    recommendation.findings.set([findings[key] for key in row["findings"]])
    for note in row["notes"]:
        saved(ProgressNote(recommendation=recommendation, written_by=users["staf"], **note))
    if "proof" in row:
        _save_proof(recommendation, row["proof"], by=users["staf"])
    if "review" in row:
        saved(
            Review(
                evaluation=later, recommendation=recommendation, reviewed_by=users["evaluator"], **row["review"]
            )
        )


def _save_proof(recommendation: Recommendation, proof: dict, *, by: User) -> None:
    import openpyxl  # loading it takes longer than everything else here

    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in proof["rows"]:
        book.active.append(row)
    book.save(content)
    data = content.getvalue()
    record = Proof(
        recommendation=recommendation,
        title=proof["title"],
        file_name=proof["file_name"],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )
    record.file.save(proof["file_name"], ContentFile(data), save=False)
    saved(record)


def _without(row: dict, *names: str) -> dict:
    return {name: value for name, value in row.items() if name not in names}
