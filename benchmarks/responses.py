"""Answers coming in: 16 respondents at a time against gunicorn with 2 workers on PostgreSQL.

small app   one file of Django with the same middleware, which stores one row with the ORM, or returns a page of
            the same size (benchmarks/small_app.py)
spread      a response of 20 items sent by personal link, spread over 40 surveys
hot         the same, all to one single survey
page        the respondent's page by personal link

Rounds alternate between the small app and ours, and each round of ours is compared with the two beside it. The
rate must be at least half of the small app's, without an error, and what is stored must be what was acknowledged.
Uses the PostgreSQL of DATABASE_URL, or starts one that is thrown away.

usage: python benchmarks/responses.py [REQUESTS per round]
"""

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUESTS = 1_500
ROUNDS = 5
CONCURRENCY = 16
SURVEYS = 40
ITEMS = 20
LEAST = 0.5
PORT, SMALL_PORT = 8731, 8732


@dataclass(frozen=True)
class Round:
    """What one round brought: requests per second, seconds of each request, failures."""

    rate: float
    seconds: list[float]
    errors: int


def set_up_django(url: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "asn_eval.settings",
        "DATABASE_URL": url,
        "ASN_EVAL_SECRET_KEY": "only-for-this-benchmark-" * 3,
        "ASN_EVAL_HTTPS": "0",
        "ASN_EVAL_DEMO": "0",
        "ASN_EVAL_DEBUG": "0",
        "ASN_EVAL_LOG_LEVEL": "ERROR",
    }
    sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
    import django

    django.setup()


def prepare(n_people: int) -> list[int]:
    """Surveys of 20 items, and people who may answer each; returns the keys of the surveys."""
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone
    from import_participants import roster_lines

    from asn_eval.accounts.models import Office, Region
    from evaluations.actions.surveys import change_survey_state
    from evaluations.models import Evaluation, Instrument, InstrumentVersion, Item, Survey
    from programs.models import Agency, Enrollment, Person, Program

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    region = Region.objects.create(code="33.74", name="Kota Semarang", level="regency", full_name="Kota Semarang")
    office = Office.objects.create(name="BKPSDM", kind="daerah")
    office.regions.add(region)
    agency = Agency.objects.create(name="Dinas Contoh", region=region)
    today = timezone.localdate()
    program = Program.objects.create(
        name="Pelatihan", type="pelatihan", region=region, organizer=office, start_date=today, end_date=today
    )
    people = Person.objects.bulk_create(
        Person(nip=line[0], name=line[1], agency=agency, status="PNS") for line in roster_lines(n_people)
    )
    Enrollment.objects.bulk_create(
        Enrollment(program=program, person=person, code=f"K{at:06d}") for at, person in enumerate(people)
    )
    evaluation = Evaluation.objects.create(program=program, title="Evaluasi", start_date=today, end_date=today)
    surveys = []
    for number in range(SURVEYS + 1):
        instrument = Instrument.objects.create(key=f"uji_{number}", name=f"Instrumen {number}", is_ready=True)
        version = InstrumentVersion.objects.create(instrument=instrument, scoring="rata_rata", dimensions={})
        Item.objects.bulk_create(
            Item(
                version=version,
                position=at,
                key=f"b{at}",
                label=f"Butir {at}",
                text=f"Pernyataan nomor {at} tentang pekerjaan saya sehari-hari dan pelayanan di kantor saya.",
                type="likert" if at < ITEMS else "teks",
                minimum=1 if at < ITEMS else None,
                maximum=5 if at < ITEMS else None,
                is_required=at < ITEMS,
            )
            for at in range(1, ITEMS + 1)
        )
        survey = Survey.objects.create(
            evaluation=evaluation,
            version=version,
            group="peserta",
            wave="sesudah",
            mode="rahasia",
            opens_on=today - timedelta(days=1),
            closes_on=today + timedelta(days=1),
        )
        change_survey_state(survey=survey, state="dibuka")
        surveys.append(survey.pk)
    return surveys


def tokens_of(survey: int) -> list[str]:
    from evaluations.models import Invitation

    waiting = Invitation.objects.unscoped("benchmark").filter(survey=survey, is_answered=False)
    return list(waiting.order_by("pk").values_list("token", flat=True))


def n_stored() -> int:
    from evaluations.models import Response

    return Response.objects.unscoped("benchmark").count()


def body() -> bytes:
    answers = {f"jawaban-b{at}": str(at % 5 + 1) for at in range(1, ITEMS)}
    answers |= {f"jawaban-b{ITEMS}": "Jadwalnya padat, tetapi bermanfaat.", "formulir": str(uuid.uuid4())}
    return urllib.parse.urlencode(answers).encode()


@contextmanager
def server(app: str, port: int):
    """gunicorn as the site runs it."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--chdir", str(ROOT)]
    command += ["--pythonpath", f"{ROOT},{ROOT / 'benchmarks'}", app, "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        wait_for(port)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for(port: int) -> None:
    import socket

    for _attempt in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


async def request(reader, writer, method: str, path: str, content: bytes) -> int:
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n"
    if content:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(content)}\r\n"
    writer.write(head.encode() + b"\r\n" + content)
    header = await reader.readuntil(b"\r\n\r\n")
    status = int(header[9:12])
    length = next(
        (int(line.split(b":")[1]) for line in header.lower().split(b"\r\n") if line.startswith(b"content-length")),
        0,
    )
    await reader.readexactly(length)
    return status, b"connection: close" in header.lower()


async def load(port: int, requests: list[tuple[str, str, bytes]], wanted: int) -> Round:
    """Send them all, 16 at a time, each respondent over a connection that is kept."""
    waiting = iter(requests)
    seconds, errors = [], 0

    async def respondent():
        nonlocal errors
        reader = writer = None
        for method, path, content in waiting:
            began = time.perf_counter()
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
                status, is_over = await request(reader, writer, method, path, content)
                errors += status != wanted
                if is_over:
                    writer.close()
                    writer = None
            except (OSError, asyncio.IncompleteReadError):
                errors += 1
                writer = None
            seconds.append(time.perf_counter() - began)
        if writer is not None:
            writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(respondent() for _number in range(CONCURRENCY)))
    return Round(len(requests) / (time.perf_counter() - began), seconds, errors)


def run(port: int, requests: list[tuple[str, str, bytes]], wanted: int) -> Round:
    return asyncio.run(load(port, requests, wanted))


def percentiles(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return " / ".join(f"{cuts[at - 1] * 1000:.0f}" for at in (50, 95, 99))


def compare(name: str, ours, small) -> bool:
    """Alternate rounds of ``small()`` and ``ours()``. Prints the ratio of each of ours to its neighbours."""
    smalls, rounds = [small()], []
    for _round in range(ROUNDS):
        rounds.append(ours())
        smalls.append(small())
    ratios = [
        each.rate / statistics.mean([smalls[at].rate, smalls[at + 1].rate]) for at, each in enumerate(rounds)
    ]
    errors = sum(each.errors for each in rounds)
    ratio = statistics.median(ratios)
    seconds = [second for each in rounds for second in each.seconds]
    print(
        f"{name:7} {statistics.median(each.rate for each in rounds):7.0f}/s  small app "
        f"{statistics.median(each.rate for each in smalls):5.0f}/s  ratio {ratio:.2f} "
        f"({min(ratios):.2f}-{max(ratios):.2f})  p50/p95/p99 {percentiles(seconds)} ms, small app "
        f"{percentiles([second for each in smalls for second in each.seconds])} ms  errors {errors}",
        flush=True,
    )
    return ratio >= LEAST and errors == 0


def measure(n_requests: int) -> bool:
    import small_app
    from django.db import connections

    surveys = prepare(n_requests * ROUNDS)
    small_app.make_table()
    hot, spread = surveys[0], surveys[1:]
    hot_tokens = iter(tokens_of(hot))
    spread_tokens = iter(
        [token for row in zip(*(tokens_of(survey) for survey in spread), strict=True) for token in row]
    )
    page_token = tokens_of(spread[-1])[-1]
    before = n_stored()
    connections.close_all()

    def small_send() -> Round:
        return run(SMALL_PORT, [("POST", "/kirim/", body()) for _number in range(n_requests)], 302)

    def send(tokens) -> Round:
        return run(PORT, [("POST", f"/jawab/{next(tokens)}/", body()) for _number in range(n_requests)], 302)

    def pages(port: int, path: str) -> Round:
        return run(port, [("GET", path, b"")] * n_requests, 200)

    with server("small_app:application", SMALL_PORT), server("asn_eval.wsgi:application", PORT):
        for port, path in ((PORT, f"/jawab/{page_token}/"), (SMALL_PORT, "/halaman/100/")):
            run(port, [("GET", path, b"")] * 100, 200)  # both warm
        size = page_size(page_token)
        print(f"{n_requests} requests a round, {ROUNDS} rounds, {CONCURRENCY} at a time; page of {size} bytes")
        good = [
            compare("spread", lambda: send(spread_tokens), small_send),
            compare("hot", lambda: send(hot_tokens), small_send),
            compare(
                "page",
                lambda: pages(PORT, f"/jawab/{page_token}/"),
                lambda: pages(SMALL_PORT, f"/halaman/{size}/"),
            ),
        ]
    stored = n_stored() - before
    acknowledged = 2 * ROUNDS * n_requests
    print(f"acknowledged {acknowledged}, stored {stored}")
    return all(good) and stored == acknowledged


def page_size(token: str) -> int:
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/jawab/{token}/") as answer:
        return len(answer.read())


@contextmanager
def postgresql():
    """The URL of a PostgreSQL: that of the environment, or one that lives as long as this."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield os.environ["DATABASE_URL"]
        return
    with tempfile.TemporaryDirectory(prefix="asn-eval-bench-", dir="/tmp") as folder:
        shell = ["sh", "-c", '. script/lib.sh; start_postgresql "$0"', folder]
        subprocess.run(shell, cwd=ROOT, check=True)
        try:
            yield f"postgres:///{folder}/cluster/tests"
        finally:
            subprocess.run(["sh", "-c", '. script/lib.sh; stop_postgresql "$0"', folder], cwd=ROOT, check=True)


if __name__ == "__main__":
    with postgresql() as url:
        set_up_django(url)
        sys.exit(0 if measure(int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS) else 1)
