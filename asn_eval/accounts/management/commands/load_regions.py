import csv
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from asn_eval.accounts.models import Region, RegionalArea, RegionalOffice, search_key

DATA = Path(__file__).parents[2] / "data"
SOURCE = DATA / "regions.csv"


def read_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_regions() -> list[Region]:
    """Unsaved regions in the order of their codes, each with the names of what it lies in."""
    rows = read_rows("regions.csv")
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


def load_regional_offices() -> None:
    """Starting rows for offices and provinces that have none; what administrators corrected stays."""
    RegionalOffice.objects.bulk_create(
        [RegionalOffice(**row) for row in read_rows("regional_offices.csv")], ignore_conflicts=True
    )
    offices = RegionalOffice.objects.in_bulk(field_name="number")
    provinces = Region.objects.filter(level=Region.Level.PROVINCE).in_bulk(field_name="code")
    RegionalArea.objects.bulk_create(
        [
            RegionalArea(
                province=provinces[row["province_code"]],
                regional_office=offices[row["number"]],
                source=row["source"],
                is_verified=row["is_verified"] == "1",
            )
            for row in read_rows("regional_areas.csv")
        ],
        ignore_conflicts=True,
    )


class Command(BaseCommand):
    help = (
        "Load the official regions, or bring them up to date, and the Kantor Regional of each province that has "
        "none yet. Running it again changes nothing."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        Region.objects.bulk_create(
            read_regions(),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "level", "search_name", "full_name"],
            batch_size=1000,
        )
        load_regional_offices()
        self.stdout.write(f"{Region.objects.count()} regions")
