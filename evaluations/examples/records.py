"""One example file, from its program to its recommendations, as records."""

import json
from pathlib import Path

from auditlog.context import disable_auditlog
from django.db import transaction

from asn_eval.accounts.models import User
from evaluations.examples.accounts import Accounts
from evaluations.examples.coding import save_coding
from evaluations.examples.earlier import save_earlier
from evaluations.examples.follow_up import save_recommendation
from evaluations.examples.participation import save_attendance, save_certificates, save_outcome
from evaluations.examples.programs import find_program, save_enrollments, save_program, saved
from evaluations.examples.surveys import save_surveys
from evaluations.models import (
    CaseEvidence,
    CaseStudy,
    DocumentReview,
    Evaluation,
    Evidence,
    Finding,
    IndicatorSeries,
    Instrument,
    InstrumentVersion,
    Interview,
    InterviewAnswer,
    Measurement,
    ObjectiveMeasure,
    Observation,
)
from programs.models import Objective

FOLDER = Path(__file__).parent
# Place in the example file -> model of its rows; the name in the singular is the source field of an evidence.
SOURCES = {
    "interviews": ("interview", Interview),
    "observations": ("observation", Observation),
    "documents": ("document", DocumentReview),
}


def example_files() -> list[Path]:
    return sorted(FOLDER.glob("*.json"))


def read_example(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@disable_auditlog()
@transaction.atomic
def load_examples() -> dict[str, bool]:
    """Load every example that is not there yet; slug -> was it loaded now.

    Regions, reference lists and instruments must be there. An example that exists is left as it is, changed
    or not. Its history begins with the first change by a person: nobody typed these thousands of rows.
    """
    accounts = Accounts()
    admin = accounts.central()
    return {
        example["slug"]: load_example(example, accounts=accounts, admin=admin)
        for example in map(read_example, example_files())
    }


def load_example(example: dict, *, accounts: Accounts, admin: User) -> bool:
    """Load one example with its office and users; False when its program exists."""
    office, users = accounts.local(example)
    if find_program(example, admin=admin):
        return False
    program = save_program(example, office=office, author=users["staf"])
    enrollments = save_enrollments(example, program, admin=admin)
    evaluation = saved(Evaluation(program=program, created_by=users["evaluator"], **_evaluation_fields(example)))
    evaluation.refresh_from_db()  # dates are dates from here on, not text
    sources = {"survey": save_surveys(example, evaluation, enrollments, author=users["evaluator"])}
    save_attendance(example, program, enrollments)
    save_outcome(example, evaluation, enrollments)
    save_certificates(example, program, enrollments, place=office.city)
    for place, (field, model) in SOURCES.items():
        sources[field] = {row["key"]: _save_source(model, evaluation, row) for row in example.get(place, ())}
    objectives = _save_measures(example, evaluation)
    sources["indicator"] = _save_indicators(evaluation, example.get("indicators", ()), objectives)
    for row in example.get("case_studies", ()):
        _save_case(evaluation, row, sources)
    findings = {row["key"]: _save_finding(evaluation, row, sources, objectives) for row in example["findings"]}
    for row in example["recommendations"]:
        save_recommendation(row, evaluation, findings, office=office, users=users)
    save_coding(example, evaluation, (users["evaluator"], accounts.second_coder()))
    if "earlier" in example:
        save_earlier(
            example,
            evaluation,
            office=office,
            users=users,
            save_indicators=_save_indicators,
            save_finding=_save_finding,
        )
    return True


def _evaluation_fields(example: dict) -> dict:
    fields = example["evaluation"]
    return fields | {"questions": "\n".join(fields["questions"])}


def _save_source(model, evaluation: Evaluation, row: dict) -> Interview | Observation | DocumentReview:
    """An interview with its answers by the guide, or a record with its sheet; instruments go by their keys."""
    bound = {
        name: InstrumentVersion.objects.filter(instrument__key=row[name]).first()
        for name in ("guide", "version")
        if name in row
    }
    record = saved(model(evaluation=evaluation, **_without(row, "key", "answers", *bound), **bound))
    for key, text in row.get("answers", {}).items():
        saved(InterviewAnswer(interview=record, item_key=key, text=text))
    return record


def _save_case(evaluation: Evaluation, row: dict, sources: dict[str, dict]) -> None:
    case = saved(CaseStudy(evaluation=evaluation, **_without(row, "sources")))
    for piece in row["sources"]:
        (field, key) = next((name, value) for name, value in piece.items() if name in sources)
        saved(CaseEvidence(case_study=case, **_without(piece, field), **{field: sources[field][key]}))


def _save_measures(example: dict, evaluation: Evaluation) -> dict[int | None, Objective | None]:
    """Which survey results speak of an objective; the objectives by their number in the file."""
    numbered = dict(enumerate(evaluation.program.objectives.all(), start=1))
    for number, row in enumerate(example["program"]["objectives"], start=1):
        for measure in row.get("measures", ()):
            instrument, _colon, dimension = measure.partition(":")
            saved(
                ObjectiveMeasure(
                    evaluation=evaluation,
                    objective=numbered[number],
                    instrument=Instrument.objects.get(key=instrument),
                    dimension=dimension,
                )
            )
    return numbered | {None: None}


def _save_indicators(evaluation: Evaluation, rows: list[dict], objectives: dict) -> dict[str, IndicatorSeries]:
    held = {}
    # The unit that others are compared with comes first.
    for row in sorted(rows, key=lambda row: "compared_with" in row):
        series = saved(
            IndicatorSeries(
                evaluation=evaluation,
                objective=objectives[row.get("objective")],
                compared_with=held.get(row.get("compared_with")),
                **_without(row, "key", "measurements", "objective", "compared_with"),
            )
        )
        for day, measured, *cases in row["measurements"]:
            values = (
                {"counts": measured} if isinstance(measured, dict) else {"value": str(measured), "n": cases[0]}
            )
            saved(Measurement(series=series, date=day, **values))
        held[row["key"]] = series
    return held


def _save_finding(evaluation: Evaluation, row: dict, sources: dict[str, dict], objectives: dict) -> Finding:
    objective = objectives[row.get("objective")]
    finding = saved(
        Finding(
            evaluation=evaluation, objective=objective, **_without(row, "key", "theme", "evidence", "objective")
        )
    )
    for piece in row["evidence"]:
        (field, key) = next((name, value) for name, value in piece.items() if name in sources)
        saved(Evidence(finding=finding, **_without(piece, field), **{field: sources[field][key]}))
    return finding


def _without(row: dict, *names: str) -> dict:
    return {name: value for name, value in row.items() if name not in names}
