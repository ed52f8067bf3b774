"""A long transcript with many passages, against the same text without any; the matrices over 100.000 passages.

coded       the coding page of a transcript of 200.000 characters with 500 passages of one coder: median of whole
            requests through the application, the pages taking turns
reference   the same page of the same text without a passage
matrices    theme by role and theme by region over 100.000 passages of 20 evaluations: seconds of the whole page,
            and the query that counts them, which must be one for each

The page may take 2 times the reference. On SQLite it makes a file in a temporary folder; where DATABASE_URL names
a PostgreSQL database, that must be empty, and keeps the rows.

usage: python benchmarks/coding.py [PASSAGES]
"""

import statistics
import sys
import tempfile
import time
from datetime import date

from program_list import client_of, set_up

CHARACTERS, MARKED = 200_000, 500
PASSAGES, EVALUATIONS, INTERVIEWS, THEMES = 100_000, 20, 50, 48  # of the last two, how many in each evaluation
REQUESTS, WARM_UP = 25, 3
LIMIT = 2.0
SENTENCE = "Menurut kami jadwal pelatihan masih berbenturan dengan jam layanan di loket kecamatan. "
ROLES = ("peserta", "atasan", "pimpinan_unit", "narasumber", "penyelenggara", "petugas_layanan", "masyarakat")
BATCH = 5_000


def make_office():
    from asn_eval.accounts.models import Office, Region, User

    regions = Region.objects.bulk_create(
        Region(
            code=f"33.{number:02d}", name=f"Kabupaten {number}", level="regency", full_name=f"Kabupaten {number}"
        )
        for number in range(1, EVALUATIONS + 1)
    )
    central = Office.objects.create(name="Kantor Pusat", kind="pusat", is_national=True)
    return regions, central, User.objects.create(username="pengode", role="evaluator", office=central)


def make_evaluation(region, office, coder):
    from evaluations.actions.themes import start_codebook
    from evaluations.models import Evaluation
    from programs.models import Program

    days = {"start_date": date(2026, 1, 5), "end_date": date(2026, 6, 30)}
    program = Program.objects.create(
        name=f"Pelatihan {region.name}", type="pelatihan", region=region, organizer=office, **days
    )
    evaluation = Evaluation.objects.create(program=program, title=f"Evaluasi {region.name}", **days)
    return evaluation, start_codebook(evaluation=evaluation, user=coder)


def make_interview(evaluation, text: str, role: str = "peserta"):
    from evaluations.models import Interview

    return Interview(
        evaluation=evaluation, informant_role=role, date=date(2026, 7, 1), consent="peran", text=text, unit="Loket"
    )


def code(interviews: list, themes: list, coder, n: int, stride: int) -> None:
    """``n`` passages over ``interviews`` in turn, each with one theme; neighbours overlap."""
    from evaluations.models import Coding, Excerpt

    excerpts = []
    for number in range(n):
        interview = interviews[number % len(interviews)]
        start = number // len(interviews) * stride
        end = min(start + 2 * len(SENTENCE), len(interview.text))
        excerpts.append(
            Excerpt(
                evaluation=interview.evaluation,
                interview=interview,
                start=start,
                end=end,
                quote=interview.text[start:end],
                coder=coder,
            )
        )
    Excerpt.objects.bulk_create(excerpts, batch_size=BATCH)
    Coding.objects.bulk_create(
        (Coding(excerpt=one, theme=themes[at * 7 % len(themes)]) for at, one in enumerate(excerpts)),
        batch_size=BATCH,
    )


def medians_of(client, urls: dict[str, str]) -> dict[str, float]:
    """Milliseconds of each page. The pages take turns, so that a busy machine is fair to both."""
    times: dict[str, list[float]] = {name: [] for name in urls}
    for turn in range(WARM_UP + REQUESTS):
        for name, url in urls.items():
            start = time.perf_counter()
            response = client.get(url)
            elapsed = time.perf_counter() - start
            if response.status_code != 200:
                raise SystemExit(f"{name}: {response.status_code}")
            if turn >= WARM_UP:
                times[name].append(1000 * elapsed)
    return {name: statistics.median(values) for name, values in times.items()}


def measure_page(client, evaluation, themes, coder) -> bool:
    text = (SENTENCE * (CHARACTERS // len(SENTENCE) + 1))[:CHARACTERS]
    coded, plain = make_interview(evaluation, text), make_interview(evaluation, text)
    coded.save()
    plain.save()
    code([coded], themes, coder, MARKED, CHARACTERS // MARKED - 1)
    medians = medians_of(
        client, {"reference": f"/wawancara/{plain.pk}/kode/", "coded": f"/wawancara/{coded.pk}/kode/"}
    )
    ratio = medians["coded"] / medians["reference"]
    print(f"{CHARACTERS} characters, {MARKED} passages, median of {REQUESTS} requests in milliseconds")
    for name, value in medians.items():
        print(f"{name:<24}{value:8.1f}")
    print(f"ratio {ratio:.2f}, limit {LIMIT:g}: {'ok' if ratio <= LIMIT else 'TOO SLOW'}")
    return ratio <= LIMIT


def measure_matrices(client, n: int) -> bool:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    is_one_query = True
    print(f"\n{n} passages in {EVALUATIONS} evaluations, {INTERVIEWS} interviews each")
    for grouping in ("peran", "wilayah"):
        client.get("/kodebuk/matriks/", {"menurut": grouping})
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            client.get("/kodebuk/matriks/", {"menurut": grouping})
            seconds = time.perf_counter() - start
        counting = [each["sql"] for each in queries if 'FROM "evaluations_coding"' in each["sql"]]
        is_one_query &= len(counting) == 1
        n_asked = f"{len(queries)} queries in all, {len(counting)} for the counts:"
        print(f"theme by {grouping:<10} {seconds:6.2f} s, {n_asked}")
        for sql in counting:
            print(f"    {sql}")
    print(f"one query for each matrix: {'ok' if is_one_query else 'NO'}")
    return is_one_query


def main(n_passages: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from evaluations.models import Interview

        regions, office, coder = make_office()
        made = [make_evaluation(region, office, coder) for region in regions]
        client = client_of(coder)
        page_is_fast = measure_page(client, *made[0], coder)
        for evaluation, themes in made:
            interviews = Interview.objects.bulk_create(
                make_interview(evaluation, SENTENCE * 120, ROLES[number % len(ROLES)])
                for number in range(INTERVIEWS)
            )
            code(interviews, themes, coder, n_passages // EVALUATIONS, len(SENTENCE))
        is_one_query = measure_matrices(client, n_passages)
    return not (page_is_fast and is_one_query)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES))
