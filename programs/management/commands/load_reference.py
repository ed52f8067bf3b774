import csv
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from programs.models import Grade, TrainingForm

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


class Command(BaseCommand):
    help = "Load grades and forms of training, or bring them up to date. Running it again changes nothing."

    @transaction.atomic
    def handle(self, *args, **options):
        Grade.objects.bulk_create(
            read_grades(),
            update_conflicts=True,
            unique_fields=["status", "code"],
            update_fields=["rank_name", "order", "source"],
        )
        TrainingForm.objects.bulk_create(
            read_training_forms(),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "siasn_id", "track", "source"],
        )
        self.stdout.write(f"{Grade.objects.count()} grades, {TrainingForm.objects.count()} forms of training")
