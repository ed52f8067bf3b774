import csv
from pathlib import Path

from django.core.management.base import BaseCommand

from asn_eval.accounts.models import Region, search_key

SOURCE = Path(__file__).parents[2] / "data" / "regions.csv"


def read_regions(path: Path = SOURCE) -> list[Region]:
    """Unsaved regions in the order of their codes, each with the names of what it lies in."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    full_names: dict[str, str] = {}
    regions = []
    for row in sorted(rows, key=lambda row: row["code"]):
        parent = full_names.get(row["parent_code"])
        full_names[row["code"]] = f"{row['name']}, {parent}" if parent else row["name"]
        regions.append(
            Region(
                code=row["code"],
                name=row["name"],
                level=row["level"],
                search_name=search_key(row["name"]),
                full_name=full_names[row["code"]],
            )
        )
    return regions


class Command(BaseCommand):
    help = "Load the official regions, or bring them up to date. Running it again changes nothing."

    def handle(self, *args, **options):
        Region.objects.bulk_create(
            read_regions(),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "level", "search_name", "full_name"],
            batch_size=1000,
        )
        self.stdout.write(f"{Region.objects.count()} regions")
