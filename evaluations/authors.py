"""Who an answer comes from, as far as its survey wants to know."""

from dataclasses import dataclass

from evaluations.models import Respondent, Survey
from evaluations.pseudonyms import pseudonym
from programs.models import Enrollment


@dataclass(frozen=True)
class Author:
    """Who answers: a participant, another respondent, or (of the public) nobody that is known."""

    enrollment: Enrollment | None = None
    respondent: Respondent | None = None

    def columns(self, survey: Survey) -> dict[str, object]:
        """What a response of this author carries: anonymous ones a pseudonym and nothing else."""
        if survey.is_public:
            return {}
        if survey.is_anonymous:
            return {
                "pseudonym": pseudonym(survey.evaluation_id, **self._keys()),
                "is_comparison": self._is_comparison,
            }
        return self._keys()

    def invitation(self) -> dict[str, int]:
        """The columns that find the invitation of this author in a survey."""
        return self._keys()

    @property
    def _is_comparison(self) -> bool:
        enrollment = self.enrollment or self.respondent.enrollment
        return enrollment is not None and enrollment.group == Enrollment.Group.COMPARISON

    def _keys(self) -> dict[str, int]:
        if self.enrollment is not None:
            return {"enrollment_id": self.enrollment.pk}
        return {"respondent_id": self.respondent.pk}


NOBODY = Author()
