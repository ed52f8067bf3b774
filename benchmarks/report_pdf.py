"""A report PDF with six charts against its charts alone plus its HTML through WeasyPrint alone.

Prints the ratio of the two times, measured in the same run; more than 1.5 fails.

usage: script/bench report_pdf      (which lends it a database that is thrown away)
"""

import os
import sys
from datetime import date
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asn_eval.settings")
django.setup()

from django.db import transaction
from django.utils import timezone

from asn_eval.documents import write_pdf
from evaluations.models import Evaluation
from reports import charts
from reports.assembly import assemble
from reports.documents.pdf import render_html, render_pdf
from tests.reports.answers import (
    AFTER,
    BEFORE,
    add_challenge,
    add_indicator,
    add_satisfaction,
    add_test,
    answer,
    answer_both_waves,
    enroll_more,
)
from tests.world import build_world

LIMIT = 1.5
RESPONDENTS = 200
ROUNDS = 5
CHARTS = ("change_chart", "direction_chart", "level_chart", "run_chart", "count_chart")


def main() -> int:
    with transaction.atomic():
        evaluation = fill()
        ratio = measure(evaluation)
        transaction.set_rollback(True)
    print(f"report_pdf ratio {ratio:.2f} (limit {LIMIT})")
    return 0 if ratio <= LIMIT else 1


def fill() -> Evaluation:
    """An evaluation with every kind of result, in a transaction that is rolled back."""
    place = build_world().here
    more = enroll_more(place, RESPONDENTS - len(BEFORE))
    answer_both_waves(place)
    for wave, rows in (("sebelum", BEFORE), ("sesudah", AFTER)):
        answer(place.surveys[wave], more, [rows[number % len(rows)] for number in range(len(more))])
    add_test(place, [(60, 80), (55, 75), (70, 85), (65, 70), (50, 75)])
    add_satisfaction(place, before=[[3, 3, 2]] * RESPONDENTS, after=[[4, 4, 3]] * RESPONDENTS)
    add_indicator(place, [(date(2025, month, 1), 6) for month in range(1, 13)] + [(date(2026, 7, 1), 2)])
    add_challenge(place)
    evaluations = Evaluation.objects.unscoped("benchmark").select_related("program__region", "program__organizer")
    return evaluations.get(pk=place.evaluation.pk)


def measure(evaluation: Evaluation) -> float:
    now = timezone.now()
    drawn = recorded_charts(evaluation, now)
    html = render_html(assemble(evaluation, generated_at=now))
    whole = seconds(lambda: render_pdf(assemble(evaluation, generated_at=now)))
    alone = seconds(lambda: [draw(*given, **named) for draw, given, named in drawn])
    layout = seconds(lambda: write_pdf(html))
    print(f"{len(drawn)} charts {alone:.2f} s, HTML through WeasyPrint {layout:.2f} s, whole report {whole:.2f} s")
    return whole / (alone + layout)


def recorded_charts(evaluation: Evaluation, now) -> list[tuple]:
    """Every call to a chart that the report makes, to be drawn again alone."""
    calls = []
    originals = {name: getattr(charts, name) for name in CHARTS}

    def recorder(draw):
        def record(*given, **named):
            calls.append((draw, given, named))
            return draw(*given, **named)

        return record

    for name, draw in originals.items():
        setattr(charts, name, recorder(draw))
    try:
        render_html(assemble(evaluation, generated_at=now))
    finally:
        for name, draw in originals.items():
            setattr(charts, name, draw)
    return calls


def seconds(work) -> float:
    times = []
    for _round in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


if __name__ == "__main__":
    sys.exit(main())
