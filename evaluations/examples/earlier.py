"""The year before an example: what was recommended then, what was done about it, and whether it helped."""

from collections.abc import Callable

from asn_eval.accounts.models import Office, Region, User
from evaluations.examples.follow_up import save_recommendation
from evaluations.examples.programs import saved
from evaluations.models import DocumentReview, Evaluation, Review
from programs.models import Objective, Program


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
        recommendation = save_recommendation(row, evaluation, findings, office=office, users=users)
        if "review" in row:
            saved(
                Review(
                    evaluation=later,
                    recommendation=recommendation,
                    reviewed_by=users["evaluator"],
                    **row["review"],
                )
            )


def _without(row: dict, *names: str) -> dict:
    return {name: value for name, value in row.items() if name not in names}
