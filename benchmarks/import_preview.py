"""Preview of 5.000 participants, against reading their file and saving them without anything of ours.

preview     what one upload costs without the network: read the file, check every cell, keep the draft, open
            it again, compare every row with the stored people
reference   python-calamine alone reading the same file, plus one bulk_create of the same rows as people

The ratio of the medians must not exceed 3. Needs no set-up: its database is a SQLite file in a temporary folder.

usage: python benchmarks/import_preview.py [ROWS]
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

ROWS = 5_000
RUNS = 7
LIMIT = 3.0
TODAY = date(2026, 11, 23)
UNITS = 40
HEADER = ("NIP", "Nama", "Golongan", "Jabatan", "Unit Kerja", "Email", "Telepon", "Kelompok")


def set_up(folder: str) -> None:
    """Make Django work on an empty database in ``folder``, with the grades that an import needs."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "asn_eval.settings",
        "DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3",
        "ASN_EVAL_SECRET_KEY": "only-for-this-benchmark-" * 3,
    }
    import django

    django.setup()
    from django.core.management import call_command

    from programs.management.commands.load_reference import read_grades
    from programs.models import Grade

    call_command("migrate", verbosity=0)
    Grade.objects.bulk_create(read_grades())


def roster_file(n_rows: int) -> bytes:
    """An xlsx file of synthetic civil servants: born on successive days, serial from 901."""
    from asn_eval.exports import write_workbook

    first = date(1970, 1, 1)
    rows = (
        (
            f"{first + timedelta(days=number):%Y%m%d}2010031{901 + number % 99}",
            f"Peserta Contoh {number}",
            "III/d",
            "Analis Kebijakan",
            f"Dinas {number % UNITS}",
            f"peserta{number}@contoh.go.id",
            f"0812{number:08d}",
            "peserta",
        )
        for number in range(n_rows)
    )
    return write_workbook({"Peserta": (HEADER, rows)})


def make_program():
    from asn_eval.accounts.models import Office, Region
    from programs.models import Agency, Program

    region = Region.objects.create(code="33.74", name="Kota Semarang", level="regency", full_name="Kota Semarang")
    office = Office.objects.create(name="BKPSDM", kind="daerah")
    Agency.objects.bulk_create(Agency(name=f"Dinas {number}", region=region) for number in range(UNITS))
    return Program.objects.create(
        name="Pelatihan",
        type="pelatihan",
        region=region,
        organizer=office,
        start_date=TODAY,
        end_date=TODAY,
    )


def preview(program, content: bytes):
    """Everything between the last byte of an upload and the template of its preview."""
    from django.utils import timezone
    from programs.actions.drafts import keep_draft, open_draft
    from programs.actions.roster_plan import plan_roster
    from programs.roster_file import read_roster_file

    from programs.models import Agency, Person, RosterDraft

    roster, notes = read_roster_file(BytesIO(content), filename="peserta.xlsx", today=TODAY)
    kept = keep_draft(
        program=program, user=None, file_name="peserta.xlsx", roster=roster, notes=notes, now=timezone.now()
    )
    draft = RosterDraft.objects.unscoped("a benchmark").get(pk=kept.pk)
    roster, _notes = open_draft(draft, today=TODAY)
    people, agencies = (model.objects.unscoped("a benchmark") for model in (Person, Agency))
    plan = plan_roster(program=program, roster=roster, people=people, agencies=agencies)
    return plan, plan.digest


def reference(people: list, content: bytes) -> None:
    """The two things that no import can do without, done by the libraries alone."""
    from python_calamine import CalamineWorkbook

    from programs.models import Person

    CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    Person.objects.bulk_create(people)


def planned_people(plan) -> list:
    from programs.models import Person

    return [Person(nip=planned.row.nip.digits, **planned.person_values) for planned in plan.rows]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(n_rows: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from programs.models import Person

        everybody = Person.objects.unscoped("a benchmark")
        program, content = make_program(), roster_file(n_rows)
        plan, _digest = preview(program, content)
        if len(plan.rows) != n_rows or plan.problems:
            raise SystemExit(f"the file was not read whole: {len(plan.rows)} rows, {len(plan.problems)} problems")
        times: dict[str, list[float]] = {"reference": [], "preview, all new": [], "preview, all stored": []}
        for _run in range(RUNS):
            everybody.delete()
            times["preview, all new"].append(seconds(lambda: preview(program, content)))
            people = planned_people(plan)
            times["reference"].append(seconds(partial(reference, people, content)))
            times["preview, all stored"].append(seconds(lambda: preview(program, content)))
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(f"{n_rows} participants, {RUNS} runs, median seconds (fastest)")
    for name, values in times.items():
        ratio = medians[name] / medians["reference"]
        print(f"{name:<22}{medians[name]:8.3f} ({min(values):.3f}){ratio:8.2f} x")
    worst = max(medians.values()) / medians["reference"]
    print(f"ratio {worst:.2f}, limit {LIMIT:g}: {'ok' if worst <= LIMIT else 'TOO SLOW'}")
    return worst > LIMIT


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
