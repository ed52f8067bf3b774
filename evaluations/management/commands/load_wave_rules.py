import csv
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from evaluations.models import WaveRule

FILE = Path(__file__).parents[2] / "data" / "wave_rules.csv"


def read_wave_rules() -> list[WaveRule]:
    """The rules that the application starts with."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return [
            WaveRule(**row | {"offset": int(row["offset"]), "days_open": int(row["days_open"])})
            for row in csv.DictReader(file)
        ]


class Command(BaseCommand):
    help = "Loads the rules for the dates of waves, unless there are any: then they are kept as they are."

    @transaction.atomic
    def handle(self, **options):
        if WaveRule.objects.exists():
            self.stdout.write("Wave rules are there already.")
            return
        rules = read_wave_rules()
        for rule in rules:
            rule.full_clean()
            rule.save()
        self.stdout.write(f"{len(rules)} wave rules loaded.")
