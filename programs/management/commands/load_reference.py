import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from programs.models import BudgetComponent, Grade, LearningDuty, LessonHourRule, TrainingForm

DATA = Path(__file__).parents[2] / "data"


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one reference file, as text."""
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_grades() -> list[Grade]:
    return [
        Grade(
            code=row["code"],
            rank_name=row["rank_name"],
            status=row["status"],
            order=int(row["order"]),
            source=row["source"],
        )
        for row in read_rows("grades.csv")
    ]


def read_training_forms() -> list[TrainingForm]:
    return [
        TrainingForm(
            code=row["code"],
            name=row["name"],
            siasn_id=int(row["siasn_id"]) if row["siasn_id"] else None,
            track=row["track"],
            source=row["source"],
        )
        for row in read_rows("training_forms.csv")
    ]


def read_lesson_hour_rules() -> list[LessonHourRule]:
    forms = TrainingForm.objects.in_bulk(field_name="code")
    return [
        LessonHourRule(
            form=forms[row["form_code"]],
            unit=row["unit"],
            lesson_hours=Decimal(row["lesson_hours"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            legal_basis=row["legal_basis"],
        )
        for row in read_rows("lesson_hour_rules.csv")
        if row["form_code"] in forms
    ]


def read_learning_duties() -> list[LearningDuty]:
    return [
        LearningDuty(
            status=row["status"],
            lesson_hours=Decimal(row["lesson_hours"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            legal_basis=row["legal_basis"],
        )
        for row in read_rows("learning_duties.csv")
    ]


def read_budget_components() -> list[BudgetComponent]:
    return [
        BudgetComponent(name=row["name"], order=int(row["order"])) for row in read_rows("budget_components.csv")
    ]


# Lists that belong to their administrators as soon as something is in them.
STARTING_ROWS = (
    (LessonHourRule, read_lesson_hour_rules),
    (LearningDuty, read_learning_duties),
    (BudgetComponent, read_budget_components),
)


class Command(BaseCommand):
    help = (
        "Load grades, forms of training and the starting rows of the other lists. Running it again changes "
        "nothing that was edited in the application."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        Grade.objects.bulk_create(
            read_grades(),
            update_conflicts=True,
            unique_fields=["status", "code"],
            update_fields=["rank_name", "order", "source"],
        )
        # A form that is there, by its code or by its number in SIASN, stays as administrators left it.
        TrainingForm.objects.bulk_create(read_training_forms(), ignore_conflicts=True)
        for model, read in STARTING_ROWS:
            if not model.objects.exists():
                model.objects.bulk_create(read())
        self.stdout.write(f"{Grade.objects.count()} grades, {TrainingForm.objects.count()} forms of training")
