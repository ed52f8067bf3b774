"""Data sets that nobody here made enter through our own import and stand in the database as they were."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from evaluations.actions.surveys import WavePlan, plan_waves
from evaluations.models import Evaluation, Instrument, InstrumentVersion, Item, Response, ResponseDraft, Survey
from programs.models import Enrollment, Person
from tests.world import Place, make_program, synthetic_nip

REAL = Path(__file__).parents[1] / "data" / "real"
WAVES = (
    WavePlan("sebelum", date(2020, 1, 1), date(2020, 1, 31)),
    WavePlan("sesudah", date(2020, 6, 1), date(2020, 6, 30)),
)


def rows_of(name: str) -> list[dict[str, str]]:
    with (REAL / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def make_version(key: str, items: list[str], low: int, high: int, *, scoring="rata_rata", type_="angka"):
    instrument = Instrument.objects.create(key=key, name=key.title(), is_ready=True)
    version = InstrumentVersion.objects.create(
        instrument=instrument, number=1, scoring=scoring, dimensions={"satu": {"id": "Satu", "order": 1}}
    )
    for position, item in enumerate(items, 1):
        Item.objects.create(
            version=version,
            position=position,
            key=item,
            label=item,
            text=item,
            type=type_,
            minimum=low,
            maximum=high,
            dimension="satu",
        )
    return version


def enroll(place: Place, program, codes: list[str]) -> None:
    for number, code in enumerate(codes):
        person = Person.objects.create(
            nip=synthetic_nip(number, 1970), name=f"Orang {code}", status="PNS", agency=place.agency
        )
        Enrollment.objects.create(program=program, person=person, code=code)


def make_evaluation(place: Place, title: str) -> Evaluation:
    program = make_program(place.region, place.office, f"Program {title}")
    return Evaluation.objects.create(
        program=program, title=title, start_date=program.start_date, end_date=program.end_date
    )


def paired(place: Place, name: str, low: int, high: int) -> Evaluation:
    evaluation = make_evaluation(place, name)
    enroll(place, evaluation.program, [row["id"] for row in rows_of(name)])
    version = make_version(name, ["nilai"], low, high, scoring="tes")
    plan_waves(evaluation=evaluation, version=version, group="peserta", mode="rahasia", waves=WAVES)
    return evaluation


def public(place: Place, name: str, items: list[str], low: int, high: int, **options) -> Evaluation:
    evaluation = make_evaluation(place, name)
    version = make_version(name, items, low, high, **options)
    plan_waves(evaluation=evaluation, version=version, group="masyarakat", mode="anonim", waves=WAVES[1:])
    return evaluation


def by_command(evaluation: Evaluation, name: str, client) -> None:
    call_command("import_responses", evaluation.title, str(REAL / f"{name}.csv"), verbosity=0)


def by_page(evaluation: Evaluation, name: str, client) -> None:
    survey = evaluation.surveys.get(wave="sesudah")
    url = reverse("response_import", args=[survey.pk])
    upload = SimpleUploadedFile(f"{name}.csv", (REAL / f"{name}.csv").read_bytes())
    plan = client.post(url, {"file": upload}, follow=True).context["plan"]
    assert plan.problems == ()
    draft = ResponseDraft.objects.unscoped("test").get()
    assert client.post(url, {"draft": draft.pk}).status_code == 302


@pytest.fixture(params=[by_command, by_page], ids=["command", "page"])
def bring_in(request, client, world):
    client.force_login(world.here.users["evaluator"])

    def twice(evaluation: Evaluation, name: str) -> None:
        """The second time changes nothing; every test relies on it."""
        request.param(evaluation, name, client)
        if request.param is by_command:
            request.param(evaluation, name, client)

    return twice


def stored(evaluation: Evaluation, wave: str) -> dict[str | None, list]:
    survey = evaluation.surveys.get(wave=wave)
    return dict(survey.responses.values_list("enrollment__code", "answers"))


def number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


@pytest.mark.parametrize(("name", "low", "high"), [("sleep", -10, 10), ("reading_instruction", 0, 20)])
def test_paired_measurements_stand_with_their_person_in_both_waves(world, bring_in, name, low, high):
    evaluation = paired(world.here, name, low, high)
    bring_in(evaluation, name)
    rows = rows_of(name)
    assert len(rows) == {"sleep": 10, "reading_instruction": 66}[name]
    for wave, column in (("sebelum", "before"), ("sesudah", "after")):
        assert stored(evaluation, wave) == {row["id"]: [number(row[column])] for row in rows}


def test_the_seven_items_of_attitude_stand_in_their_order(world, bring_in):
    rows = rows_of("attitude")
    evaluation = public(world.here, "attitude", list(rows[0]), 0, 100)
    bring_in(evaluation, "attitude")
    answers = Response.objects.unscoped("test").values_list("answers", flat=True)
    assert sorted(answers) == sorted([[number(value) for value in row.values()] for row in rows])
    assert len(answers) == 30


def test_the_nine_unsur_add_up_to_the_published_sums(world, bring_in):
    rows = rows_of("skm_sekadau")
    items = [f"U{unsur}" for unsur in range(1, 10)]
    evaluation = public(world.here, "skm_sekadau", items, 1, 4, scoring="skm", type_="likert")
    bring_in(evaluation, "skm_sekadau")
    answers = list(Response.objects.unscoped("test").values_list("answers", flat=True))
    assert sorted(answers) == sorted([[int(row[item]) for item in items] for row in rows])
    sums = [sum(column) for column in zip(*answers, strict=True)]
    assert sums == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    assert {each.received_on for each in Response.objects.unscoped("test")} == {date(2020, 6, 30)}


def test_participants_are_ticked_off_by_the_import(world, bring_in):
    evaluation = paired(world.here, "sleep", -10, 10)
    bring_in(evaluation, "sleep")
    for survey in Survey.objects.unscoped("test").filter(evaluation=evaluation):
        assert survey.invitations.filter(is_answered=True).count() == 10
