from programs.models.drafts import RosterDraft
from programs.models.organisations import Agency, Grade, TrainingForm
from programs.models.participants import Enrollment, Person
from programs.models.programs import PROGRAM_TRANSITIONS, Activity, Objective, Program

__all__ = [
    "PROGRAM_TRANSITIONS",
    "Activity",
    "Agency",
    "Enrollment",
    "Grade",
    "Objective",
    "Person",
    "Program",
    "RosterDraft",
    "TrainingForm",
]
