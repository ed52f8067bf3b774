from programs.models.activities import Activity, Material, Partnership, Speaker
from programs.models.budget import BudgetLine
from programs.models.imports import ColumnMapping, Entity, ImportJob
from programs.models.organisations import Agency
from programs.models.participants import ENROLLMENT_TRANSITIONS, Attendance, Certificate, Enrollment
from programs.models.people import Assignment, DistinctPeople, Merge, Person, PositionLevel, TrainingRecord
from programs.models.programs import (
    PROGRAM_TRANSITIONS,
    Batch,
    Objective,
    Polarity,
    Program,
    StateChange,
)
from programs.models.reference import BudgetComponent, Grade, LearningDuty, LessonHourRule, TrainingForm

__all__ = [
    "ENROLLMENT_TRANSITIONS",
    "PROGRAM_TRANSITIONS",
    "Activity",
    "Agency",
    "Assignment",
    "Attendance",
    "Batch",
    "BudgetComponent",
    "BudgetLine",
    "Certificate",
    "ColumnMapping",
    "DistinctPeople",
    "Enrollment",
    "Entity",
    "Grade",
    "ImportJob",
    "LearningDuty",
    "LessonHourRule",
    "Material",
    "Merge",
    "Objective",
    "Partnership",
    "Person",
    "Polarity",
    "PositionLevel",
    "Program",
    "Speaker",
    "StateChange",
    "TrainingForm",
    "TrainingRecord",
]
