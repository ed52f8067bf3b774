"""100.000 participants from xlsx into PostgreSQL, against reading the file and COPY of the same rows.

reference   python-calamine alone reading the file, COPY of the rows that it means into the tables of people and
            enrollments as they are, with their indexes and foreign keys, and one query that finds repeated NIP
bare        the same, but COPY of the 12 columns as they stand into a table without any index or key: what
            PostgreSQL does to keep the rows whole is the difference between this line and the reference
import      manage.py import_participants: read in the guarded process, check every cell, compare with the stored
            rows, write people and enrollments with all their indexes and foreign keys, all or nothing
page        the same file as its page handles it: a dry run, then another look at it and saving

The rows of the reference are those of an import, written down before anything is timed.

The ratio of the import to the reference must not exceed 2; its memory, with its children, must stay below 600 MB.
Each run is a process of its own, in turn, and is compared with the reference of its round; the processor seconds
are those of Python, its children and the PostgreSQL process. Uses the PostgreSQL of DATABASE_URL, or starts one
that is thrown away.

usage: python benchmarks/import_participants.py [ROWS]
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 100_000
RUNS = 3
LIMIT = 2.0
LIMIT_MB = 600
BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
UNITS = 200
TABLES = ("programs_person", "programs_enrollment")
BLOCK = 1024 * 1024
HEADER = (
    "NIP", "Nama", "Golongan", "Jabatan", "Unit Kerja", "Email", "Telepon", "Kelompok", "Atasan", "Kode Peserta",
    "Status Keikutsertaan", "Jenjang Jabatan",
)  # fmt: skip
GRADES = ("II/c", "III/a", "III/b", "III/c", "III/d", "IV/a")
POSITIONS = ("Analis Kebijakan", "Arsiparis", "Pranata Komputer", "Kepala Seksi", "Guru", "Perawat", "Bidan")
LEVELS = ("Pelaksana", "Pengawas", "Fungsional ahli muda", "Fungsional ahli pertama")


def roster_lines(n_rows: int):
    """Synthetic civil servants: nobody was born on these days and appointed with these serials above 900."""
    chance = random.Random(20261127)
    known = set()
    while len(known) < n_rows:
        born = date(1966, 1, 1) + timedelta(days=chance.randrange(12_000))
        year, month = chance.randrange(born.year + 20, born.year + 28), chance.randrange(1, 13)
        number = f"{born:%Y%m%d}{min(year, 2026)}{month:02d}{chance.randrange(1, 3)}{chance.randrange(900, 1000)}"
        if number in known:
            continue
        known.add(number)
        at = len(known)
        yield (
            number,
            f"Peserta Contoh {chance.randrange(10**6)}, S.Sos.",
            chance.choice(GRADES),
            chance.choice(POSITIONS),
            f"Dinas Contoh {chance.randrange(UNITS)}",
            f"peserta{at}@contoh.go.id",
            f"0812{at:08d}",
            "Peserta" if chance.random() < 0.8 else "Pembanding",
            f"Atasan Contoh {chance.randrange(3_000)}",
            f"K{at:06d}",
            "Terdaftar",
            chance.choice(LEVELS),
        )


def set_up_django(url: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "asn_eval.settings",
        "DATABASE_URL": url,
        "ASN_EVAL_SECRET_KEY": "only-for-this-benchmark-" * 3,
        "ASN_EVAL_LOG_LEVEL": "ERROR",
    }
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()


def prepare(path: Path, n_rows: int) -> None:
    """The file, an empty database, and a program with its office and units."""
    from django.core.management import call_command

    from asn_eval.accounts.models import Office, Region, User
    from asn_eval.exports import write_workbook
    from programs.management.commands.load_reference import read_grades
    from programs.models import Agency, Grade, Program

    path.write_bytes(write_workbook({"Peserta": (HEADER, roster_lines(n_rows))}))
    call_command("migrate", verbosity=0)
    Grade.objects.bulk_create(read_grades())
    region = Region.objects.create(code="33.74", name="Kota Semarang", level="regency", full_name="Kota Semarang")
    office = Office.objects.create(name="BKPSDM", kind="daerah")
    office.regions.add(region)
    User.objects.create(username="staf", role="staf", office=office)
    Agency.objects.bulk_create(Agency(name=f"Dinas Contoh {number}", region=region) for number in range(UNITS))
    day = date(2026, 11, 23)
    Program.objects.create(
        name="Pelatihan", type="pelatihan", region=region, organizer=office, start_date=day, end_date=day
    )


def write_down(path: Path) -> None:
    """Keep what an import stores, as the reference is going to COPY it."""
    from django.db import connection

    run_import(path)
    with connection.cursor() as cursor:
        for table in TABLES:
            with stored_rows(path, table).open("wb") as file, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                file.writelines(copy)


def stored_rows(path: Path, table: str) -> Path:
    return path.with_name(f"{table}.copy")


# --- One run, in a process of its own ------------------------------------------------


def run_reference(path: Path) -> None:
    from django.db import connection, transaction

    read_alone(path)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            with stored_rows(path, table).open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                while block := file.read(BLOCK):
                    copy.write(block)
        cursor.execute("SELECT nip FROM programs_person GROUP BY nip HAVING count(*) > 1")
        assert cursor.fetchall() == []


def run_bare(path: Path) -> None:
    from django.db import connection, transaction

    rows = read_alone(path)
    columns = ", ".join(f"c{number} text" for number in range(len(HEADER)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE reference ({columns})")
        with cursor.copy("COPY reference FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("SELECT c0 FROM reference GROUP BY c0 HAVING count(*) > 1")
        assert cursor.fetchall() == []
        cursor.execute("DROP TABLE reference")


def read_alone(path: Path) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]


def run_import(path: Path) -> None:
    from django.core.management import call_command

    call_command("import_participants", "Pelatihan", str(path), stdout=sys.stderr)


def run_page(path: Path) -> None:
    from django.core.files.base import File
    from django.utils import timezone

    from asn_eval.accounts.models import User
    from programs.actions.imports import agree, receive_file
    from programs.actions.imports import run as work
    from programs.models import ImportJob, Program

    user = User.objects.get()
    program = Program.objects.visible_to(user).select_related("region").get()
    with path.open("rb") as file:
        job = receive_file(
            user=user, entity="peserta", program=program, file=File(file, "peserta.xlsx"), now=timezone.now()
        )
    work(job.pk)
    job.refresh_from_db()
    agree(job=job, seen=job.digest, valid_only=False)
    work(job.pk)
    job.refresh_from_db()
    assert job.state == ImportJob.State.DONE, job.message


def run(name: str, path: Path, n_rows: int) -> None:
    from django.db import connection

    from programs.models import Enrollment

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE programs_person, programs_enrollment CASCADE")
    connection.ensure_connection()
    python_before = sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in BOTH)
    server_before = server_seconds(connection)
    began = time.perf_counter()
    {"reference": run_reference, "bare": run_bare, "import": run_import, "page": run_page}[name](path)
    seconds = time.perf_counter() - began
    cpu = sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in BOTH) - python_before
    cpu += server_seconds(connection) - server_before
    if name != "bare":
        assert Enrollment.objects.unscoped("a benchmark").count() == n_rows
    # Both peaks, as if they had come at the same moment.
    peak = sum(resource.getrusage(who).ru_maxrss for who in BOTH) / 1024
    print(json.dumps([seconds, peak, cpu]))


def server_seconds(connection) -> float:
    """How long the PostgreSQL process of this connection has worked; 0 where it runs on another machine."""
    try:
        line = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    except OSError:
        return 0.0
    user, system = line.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


# --- All of them -----------------------------------------------------------------------


@contextmanager
def postgresql():
    """The address of a PostgreSQL: the one that is set, or one that is thrown away."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="asn-eval-bench.") as folder:
        shell = ["sh", "-c", '. script/lib.sh; "$1" "$2"', "sh"]
        subprocess.run([*shell, "start_postgresql", folder], cwd=ROOT, check=True)
        try:
            yield f"postgres:///{folder}/cluster/tests"
        finally:
            subprocess.run([*shell, "stop_postgresql", folder], cwd=ROOT, check=True)


def in_pairs(runs: list[list[float]], reference: list[list[float]], column: int) -> float:
    """The median of how many times the reference of the same round each run took: others may use the machine."""
    return statistics.median(run[column] / of[column] for run, of in zip(runs, reference, strict=True))


def main(n_rows: int) -> int:
    with postgresql() as url, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "peserta.xlsx"
        set_up_django(url)
        prepare(path, n_rows)
        write_down(path)
        results: dict[str, list[list[float]]] = {"reference": [], "bare": [], "import": [], "page": []}
        for _run in range(RUNS):
            for name, runs in results.items():
                command = [sys.executable, __file__, "--run", name, str(path), str(n_rows)]
                done = subprocess.run(command, env=os.environ, stdout=subprocess.PIPE, check=True, text=True)
                runs.append(json.loads(done.stdout.splitlines()[-1]))
    ratios = {name: in_pairs(runs, results["reference"], 0) for name, runs in results.items()}
    peaks = {name: max(peak for _seconds, peak, _cpu in runs) for name, runs in results.items()}
    print(
        f"{n_rows} participants, 12 columns, {RUNS} runs each: median seconds (fastest), processor seconds, memory"
    )
    for name, runs in results.items():
        seconds, _peaks, cpu = zip(*runs, strict=True)
        print(
            f"{name:<12}{statistics.median(seconds):8.2f} ({min(seconds):.2f}){ratios[name]:8.2f} x"
            f"{statistics.median(cpu):8.2f}{in_pairs(runs, results['reference'], 2):8.2f} x{peaks[name]:8.0f} MB"
        )
    ratio, peak = ratios["import"], max(peaks["import"], peaks["page"])
    print(f"ratio {ratio:.2f}, limit {LIMIT:g}: {'ok' if ratio <= LIMIT else 'TOO SLOW'}")
    print(f"memory {peak:.0f} MB, limit {LIMIT_MB}: {'ok' if peak < LIMIT_MB else 'TOO MUCH'}")
    return ratio > LIMIT or peak >= LIMIT_MB


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        set_up_django(os.environ["DATABASE_URL"])
        run(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
