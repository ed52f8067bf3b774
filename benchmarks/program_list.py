"""The list of 50.000 programs, against the same page with no program in it.

each line   p95 of one request through the whole application: session, permissions, queries, template
reference   the same address for a person whose office has no region yet: the same layout without a row, and
            without a query for programs

No ratio may exceed 3. On SQLite it makes a file in a temporary folder; where DATABASE_URL names a PostgreSQL
database, that must be empty, and keeps the rows.

usage: python benchmarks/program_list.py [PROGRAMS]
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import count
from pathlib import Path

PROGRAMS = 50_000
ENROLLED = 40_000  # spread over the first programs, twenty each
PER_PROGRAM = 20
REQUESTS = 60
WARM_UP = 5
LIMIT = 3.0
PROVINCES, REGENCIES, DISTRICTS = 38, 13, 14  # of the last two, how many in each of the one above
FIRST_DAY = date(2020, 1, 6)
STATES = ("draf", "direncanakan", "berjalan", "selesai", "dievaluasi")
TYPES = ("pembinaan", "pengembangan_karier", "pelatihan", "peningkatan_kualitas")
BATCH = 5_000

# What somebody does with the list of the whole country, and with that of one province.
NATIONAL = {
    "first page": {},
    "search a name": {"q": "pelayanan 1234"},
    "search a place": {"q": "kabupaten17"},
    "region": {"region": "Provinsi 20 (20)"},
    "organiser": {"organizer": "kantor 17"},
    "type, state, year": {"type": "pelatihan", "state": "selesai", "year": "2023"},
    "sorted by name": {"urut": "nama"},
    "sorted by region": {"urut": "wilayah"},
    "sorted by type": {"urut": "jenis"},
    "sorted by state": {"urut": "status"},
    "sorted by people": {"urut": "-peserta"},
    "deep page": {"page": "1900"},
    "last page by name": {"urut": "nama", "page": "999999"},
}
PROVINCIAL = {"province, first page": {}, "province, search": {"q": "pelayanan"}, "province, deep": {"page": "50"}}
LOCAL = {"regency, first page": {}, "regency, search": {"q": "pelayanan 1"}}


def set_up(folder: str) -> None:
    """Make Django work on an empty database: the one that DATABASE_URL names, or a file in ``folder``."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "asn_eval.settings",
        "ASN_EVAL_SECRET_KEY": "only-for-this-benchmark-" * 3,
        "ASN_EVAL_DEBUG": "0",
        "ASN_EVAL_HTTPS": "0",
        "ASN_EVAL_HOSTS": "testserver",
    }
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/benchmark.sqlite3"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def make_regions() -> list:
    """A country of the size of Indonesia."""
    from asn_eval.accounts.models import Region, search_key

    regions = []

    def add(code: str, name: str, level: str, around: str) -> None:
        full_name = f"{name}, {around}" if around else name
        regions.append(
            Region(code=code, name=name, level=level, search_name=search_key(name), full_name=full_name)
        )

    numbers = count(1)
    for province in range(11, 11 + PROVINCES):
        add(f"{province}", f"Provinsi {province}", "province", "")
        for regency in range(1, REGENCIES + 1):
            code, name = f"{province}.{regency:02d}", f"Kabupaten {next(numbers)}"
            add(code, name, "regency", f"Provinsi {province}")
            for district in range(1, DISTRICTS + 1):
                around = f"{name}, Provinsi {province}"
                add(f"{code}.{district:02d}", f"Kecamatan {district}", "district", around)
    return Region.objects.bulk_create(regions)


def make_programs(n_programs: int, regions: list, offices: list) -> list:
    from programs.models import Program

    rows = (
        Program(
            name=f"Pelatihan pelayanan {number}",
            type=TYPES[number % len(TYPES)],
            state=STATES[number % len(STATES)],
            region=regions[number * 7 % len(regions)],
            organizer=offices[number % len(offices)],
            start_date=FIRST_DAY + timedelta(days=number % 2500),
            end_date=FIRST_DAY + timedelta(days=number % 2500 + 60),
            background="Latar belakang program. " * 20,
        )
        for number in range(n_programs)
    )
    return Program.objects.bulk_create(rows, batch_size=BATCH)


def enroll(programs: list, region) -> None:
    from programs.models import Agency, Enrollment, Person

    agency = Agency.objects.create(name="Dinas", region=region)
    people = Person.objects.bulk_create(
        Person(
            nip=f"{19800101201003 * 10**4 + 1901 + number}", name=f"Peserta {number}", status="PNS", agency=agency
        )
        for number in range(PER_PROGRAM)
    )
    Enrollment.objects.bulk_create(
        (
            Enrollment(program=program, person=person, code=f"P{place:03d}")
            for program in programs[: ENROLLED // PER_PROGRAM]
            for place, person in enumerate(people)
        ),
        batch_size=BATCH,
    )


def make_readers(offices: list, regions: list) -> dict[str, object]:
    """Who sees the country, a province, a regency, or nothing."""
    from asn_eval.accounts.models import Office, User

    central = Office.objects.create(name="Kantor Pusat", kind="pusat", is_national=True)
    offices[0].regions.add(regions[0])
    offices[1].regions.add(next(region for region in regions if region.level == "regency"))
    return {
        name: User.objects.create(username=name, role="evaluator", office=office)
        for name, office in (
            ("country", central),
            ("province", offices[0]),
            ("regency", offices[1]),
            ("empty", offices[2]),
        )
    }


def fill(n_programs: int) -> dict[str, object]:
    """Everything that is stored, and who reads it. What made it is gone afterwards, as in a server's process."""
    from asn_eval.accounts.models import Office

    regions = make_regions()
    offices = Office.objects.bulk_create(
        Office(name=f"Kantor {number}", kind="daerah") for number in range(PROVINCES * REGENCIES)
    )
    enroll(make_programs(n_programs, regions, offices), regions[0])
    return make_readers(offices, regions)


def p95_of_each(pages: dict[str, tuple[object, dict]]) -> dict[str, float]:
    """Milliseconds of each page. The pages take turns, so that a busy machine is fair to all of them."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(WARM_UP + REQUESTS):
        for name, (client, query) in pages.items():
            start = time.perf_counter()
            response = client.get("/program/", query)
            elapsed = time.perf_counter() - start
            if response.status_code != 200:
                raise SystemExit(f"{name}: {response.status_code}")
            if turn >= WARM_UP:
                times[name].append(1000 * elapsed)
    return {name: statistics.quantiles(values, n=20)[-1] for name, values in times.items()}


def client_of(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def main(n_programs: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from django.db import connection

        readers = {name: client_of(user) for name, user in fill(n_programs).items()}
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("VACUUM ANALYZE")  # as it does by itself after a while
        pages = {"reference": (readers["empty"], {})}
        pages |= {name: (readers["country"], query) for name, query in NATIONAL.items()}
        pages |= {name: (readers["province"], query) for name, query in PROVINCIAL.items()}
        pages |= {name: (readers["regency"], query) for name, query in LOCAL.items()}
        p95 = p95_of_each(pages)
    print(f"{n_programs} programs on {connection.vendor}, {REQUESTS} requests of each page, p95 in milliseconds")
    for name, value in p95.items():
        print(f"{name:<24}{value:8.1f}{value / p95['reference']:8.2f} x")
    worst = max(p95.values()) / p95["reference"]
    print(f"ratio {worst:.2f}, limit {LIMIT:g}: {'ok' if worst <= LIMIT else 'TOO SLOW'}")
    return worst > LIMIT


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PROGRAMS))
