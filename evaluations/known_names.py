"""The people whom an informant may have named: those whom the evaluation knows."""

from evaluations.masking import Known
from evaluations.models import Interview


def known_names(interview: Interview) -> list[Known]:
    """The informant, participants with their superiors, respondents and speakers; in four queries."""
    evaluation = interview.evaluation
    enrollments = evaluation.program.enrollments.order_by()
    names = [interview.informant_name, interview.interviewer]
    for row in enrollments.values_list("person__name", "superior", "person__superior__name"):
        names += row
    names += evaluation.respondents.order_by().values_list("name", flat=True)
    names += evaluation.program.activities.order_by().values_list("speakers__name", flat=True)
    return [Known(name) for name in dict.fromkeys(filter(None, names))]
