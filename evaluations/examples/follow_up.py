"""What the examples recommend, how it was answered, and what was done about it."""

import hashlib
import io

from django.core.files.base import ContentFile

from asn_eval.accounts.models import Office, User
from evaluations.examples.programs import saved
from evaluations.models import Evaluation, Finding, ProgressNote, Proof, Recommendation

# What hangs on a recommendation in the file and is no column of it.
PARTS = ("findings", "notes", "proof", "review")


def save_recommendation(
    row: dict, evaluation: Evaluation, findings: dict[str, Finding], *, office: Office, users: dict[str, User]
) -> Recommendation:
    """One recommendation with the findings it answers, the management's answer, its progress and its proof."""
    answered = {"answered_by": users["manajer"]} if "answer" in row else {}
    columns = {name: value for name, value in row.items() if name not in PARTS}
    recommendation = saved(Recommendation(evaluation=evaluation, owner_office=office, **columns, **answered))
    recommendation.findings.set([findings[key] for key in row["findings"]])
    for note in row.get("notes", ()):
        saved(ProgressNote(recommendation=recommendation, written_by=users["staf"], **note))
    if "proof" in row:
        _save_proof(recommendation, row["proof"], by=users["staf"])
    return recommendation


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
