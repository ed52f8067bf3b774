"""Who an answer comes from, as far as its survey wants to know."""

from dataclasses import dataclass

from evaluations.models import Respondent, Survey
from evaluations.pseudonyms import pseudonym
from programs.models import Enrollment


@dataclass(frozen=True)
class Author:
    """Who answers: a participant, another respondent, or (of the public) nobody that is known."""

    enrollment_id: int | None = None
    respondent_id: int | None = None
    is_comparison: bool = False

    @classmethod
    def participant(cls, enrollment: Enrollment) -> "Author":
        return cls(enrollment_id=enrollment.pk, is_comparison=enrollment.group == Enrollment.Group.COMPARISON)

    @classmethod
    def other(cls, respondent: Respondent) -> "Author":
        rated = respondent.enrollment
        compared = rated is not None and rated.group == Enrollment.Group.COMPARISON
        return cls(respondent_id=respondent.pk, is_comparison=compared)

    def columns(self, survey: Survey) -> dict[str, object]:
        """What a response of this author carries: anonymous ones a pseudonym and nothing else."""
        if survey.is_public:
            return {}
        if survey.is_anonymous:
            mark = pseudonym(survey.evaluation_id, **self.invitation())
            return {"pseudonym": mark, "is_comparison": self.is_comparison}
        return self.invitation()

    def invitation(self) -> dict[str, int]:
        """The columns that find the invitation of this author in a survey."""
        if self.enrollment_id is not None:
            return {"enrollment_id": self.enrollment_id}
        return {"respondent_id": self.respondent_id}


NOBODY = Author()
