"""The plan of an evaluation: all waves and groups on one page, dates by rules, respondents from the registry."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from evaluations.forms.planning import proposed_rows
from evaluations.models import Respondent, Survey, WaveRule
from evaluations.rater_proposals import propose
from programs.models import Activity, Person
from programs.models import Speaker as ProgramSpeaker
from tests.queries import page_queries
from tests.world import add_participant, make_instrument


@pytest.fixture
def rules(db):
    WaveRule.objects.create(wave="sebelum", anchor="mulai", offset=-14)
    WaveRule.objects.create(wave="sesudah", offset=0)
    WaveRule.objects.create(wave="bulan_6", offset=6, unit="bulan", days_open=30)


@pytest.fixture
def instrument(world):
    version = make_instrument("alumni")
    version.instrument.audience, version.instrument.waves = ["peserta", "atasan"], ["sesudah"]
    version.instrument.save()
    return version


def url(world) -> str:
    return reverse("evaluation_plan", args=[world.here.evaluation.pk])


def filled(client, world, rows: list[dict], **dates) -> dict:
    """The form as it is sent: the proposed dates, and these rows."""
    page = client.get(url(world)).context
    data = {f"tanggal-{name}": value.isoformat() for name, value in page["dates"].initial.items()}
    data |= {f"tanggal-{name}": value for name, value in dates.items()}
    data |= {"baris-TOTAL_FORMS": len(rows), "baris-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"baris-{number}-{name}": value for name, value in row.items()}
    return data


def planned(world) -> list[tuple]:
    surveys = world.here.evaluation.surveys.exclude(version=world.version).order_by("group", "wave")
    return [(survey.group, survey.wave, survey.mode, survey.opens_on, survey.closes_on) for survey in surveys]


def test_dates_are_proposed_by_the_rules_of_the_program_type(evaluator, world, rules, instrument):
    WaveRule.objects.create(program_type=world.here.program.type, wave="sesudah", offset=7)
    page = evaluator.get(url(world)).context
    start, end = world.here.program.start_date, world.here.program.end_date
    initial = page["dates"].initial
    assert initial["sebelum_opens"] == date.fromordinal(start.toordinal() - 14)
    assert initial["sesudah_opens"] == date.fromordinal(end.toordinal() + 7)
    assert "bulan_12_opens" not in initial
    proposed = [(form.initial["group"], form.initial["version"]) for form in page["rows"].initial_forms]
    assert proposed == [("peserta", instrument.pk), ("atasan", instrument.pk)]


def test_all_waves_and_groups_are_planned_at_once(evaluator, world, rules, instrument):
    rows = [
        {"group": "peserta", "version": instrument.pk, "mode": "anonim", "waves": ["sesudah", "bulan_6"]},
        {"group": "atasan", "version": instrument.pk, "mode": "rahasia", "waves": ["sesudah"]},
        {"group": "masyarakat", "version": instrument.pk, "mode": "bernama", "waves": ["sesudah"]},
        {"group": "rekan", "version": "", "mode": "rahasia"},
        {"group": "bawahan", "version": instrument.pk, "mode": "rahasia"},
    ]
    data = filled(evaluator, world, rows)
    assert evaluator.post(url(world), data).status_code == 302
    found = planned(world)
    assert [row[:3] for row in found] == [
        ("atasan", "sesudah", "rahasia"),
        ("masyarakat", "sesudah", "anonim"),
        ("peserta", "bulan_6", "anonim"),
        ("peserta", "sesudah", "anonim"),
    ]
    assert {row[3].isoformat() for row in found if row[1] == "sesudah"} == {data["tanggal-sesudah_opens"]}
    public = world.here.evaluation.surveys.get(group="masyarakat")
    assert public.public_token


def test_a_mistake_in_one_row_keeps_all_of_them_out(evaluator, world, rules, instrument):
    rows = [
        {"group": "atasan", "version": instrument.pk, "mode": "rahasia", "waves": ["sesudah"]},
        {"group": "atasan", "version": instrument.pk, "mode": "rahasia", "waves": ["sesudah", "bulan_6"]},
    ]
    page = evaluator.post(url(world), filled(evaluator, world, rows))
    text = page.content.decode()
    assert "Belum ada yang disimpan" in text
    assert "Survei dengan instrumen, responden, dan gelombang ini sudah ada." in text
    assert planned(world) == []
    assert page.context["rows"][1]["waves"].value() == ["sesudah", "bulan_6"]


@pytest.mark.parametrize(
    ("row", "dates", "message"),
    [
        ({"waves": ["bulan_12"]}, {}, "Isi tanggal ini, karena gelombangnya dipakai."),
        ({"waves": ["sesudah"]}, {"sesudah_closes": "2020-01-01"}, "Tanggal tutup tidak boleh mendahului"),
        ({"waves": ["sebelum"], "is_retrospective": "on"}, {}, "Survei retrospektif diadakan sesudah program."),
        ({"waves": []}, {}, "Pilih instrumen dan gelombang untuk paling sedikit satu kelompok responden."),
    ],
)
def test_what_is_missing_is_said_where_it_is(evaluator, world, rules, instrument, row, dates, message):
    full = {"group": "peserta", "version": instrument.pk, "mode": "rahasia"} | row
    page = evaluator.post(url(world), filled(evaluator, world, [full], **dates))
    assert message in page.content.decode()
    assert planned(world) == []


def test_a_satisfaction_survey_asks_the_public_alone(evaluator, world, rules, instrument):
    instrument.scoring = "skm"
    instrument.save()
    rows = [{"group": "peserta", "version": instrument.pk, "mode": "rahasia", "waves": ["sesudah"]}]
    text = evaluator.post(url(world), filled(evaluator, world, rows)).content.decode()
    assert "selalu ditujukan kepada masyarakat" in text


def test_a_retrospective_survey_says_so_everywhere(evaluator, world, rules, instrument):
    row = {"group": "peserta", "version": instrument.pk, "mode": "rahasia", "waves": ["sesudah"]}
    evaluator.post(url(world), filled(evaluator, world, [row | {"is_retrospective": "on"}]))
    survey = world.here.evaluation.surveys.get(version=instrument)
    assert survey.is_retrospective
    assert str(survey).endswith("Sesudah (retrospektif)")
    assert "(retrospektif)" in evaluator.get(world.here.evaluation.get_absolute_url()).content.decode()


def test_the_sample_is_computed_on_its_page(evaluator):
    page = evaluator.get(reverse("sample_size"), {"population": "1.000", "margin": "5", "expected_rate": "40"})
    assert page.context["needed"] is None  # 1.000 may be one or a thousand
    page = evaluator.get(reverse("sample_size"), {"population": "1000", "margin": "5", "expected_rate": "40"})
    assert page.context["needed"] == (278, 695)
    assert "278" in page.content.decode()


# --- Respondents from the registry --------------------------------------------------


@pytest.fixture
def superior(world) -> Person:
    person = Person.objects.create(
        nip="197001011995011901",
        name="Atasan Semarang",
        agency=world.here.agency,
        status="PNS",
        email="a@contoh.go.id",
    )
    for enrollment in world.here.enrollments[:2]:
        enrollment.person.superior = person
        enrollment.person.save()
    return person


def proposed(world, group: str) -> list[tuple[str, str]]:
    found = propose(world.here.evaluation, group, user=world.here.users["evaluator"])
    return [(each.name, each.about.person.name if each.about else "") for each in found]


def test_superiors_come_from_the_record_else_from_the_enrollment(world, superior):
    third = world.here.enrollments[2]
    third.superior = "Kepala Bidang"
    third.save()
    assert proposed(world, "atasan") == [
        ("Atasan Semarang", "Peserta Kota Semarang 1"),
        ("Atasan Semarang", "Peserta Kota Semarang 2"),
        ("Kepala Bidang", "Peserta Kota Semarang 3"),
    ]


def test_nobody_of_another_region_is_proposed(world, superior):
    superior.agency = world.there.agency
    superior.save()
    assert proposed(world, "atasan") == []


def test_colleagues_of_the_unit_are_spread_evenly_and_never_the_person_itself(world, superior):
    found = proposed(world, "rekan")
    assert len(found) == 12
    assert all(name != about for name, about in found)
    counts = {name: [each for each, _about in found].count(name) for name, _about in found}
    assert max(counts.values()) - min(counts.values()) <= 4


def test_subordinates_and_speakers_are_found(world, superior):
    leader = world.here.enrollments[0].person
    Person.objects.create(
        nip="199001012015011901", name="Bawahan", agency=world.here.agency, status="PNS", superior=leader
    )
    assert proposed(world, "bawahan") == [("Bawahan", leader.name)]
    activity = Activity.objects.unscoped("test").filter(program=world.here.program).first()
    for name in ("Dr. Ahli", "dr. ahli"):
        ProgramSpeaker.objects.create(activity=activity, name=name, affiliation="Universitas")
    assert [name for name, _about in proposed(world, "narasumber")] == ["Dr. Ahli"]
    assert proposed(world, "penyelenggara") == []


def test_ticked_proposals_become_respondents_once(evaluator, world, superior):
    page_url = reverse("respondent_proposals", args=[world.here.evaluation.pk]) + "?kelompok=atasan"
    proposals = evaluator.get(page_url).context["proposals"]
    sent = evaluator.post(page_url, {"usulan": [proposals[0].key, "9999-9999"]})
    assert sent.status_code == 302
    respondent = Respondent.objects.unscoped("test").get()
    assert (respondent.name, respondent.email, respondent.enrollment) == (
        "Atasan Semarang",
        "a@contoh.go.id",
        world.here.enrollments[0],
    )
    assert [each.about for each in evaluator.get(page_url).context["proposals"]] == [world.here.enrollments[1]]


def test_a_respondent_is_added_by_hand(evaluator, world):
    page_url = reverse("respondent_create", args=[world.here.evaluation.pk])
    form = {"group": "rekan", "name": "Rekan", "unit": "", "email": "", "phone": "0812-3456-7890"}
    assert "Pilih peserta yang dinilai." in evaluator.post(page_url, form).content.decode()
    form["enrollment"] = world.here.enrollments[0].pk
    assert evaluator.post(page_url, form | {"phone": "12"}).status_code == 200
    assert evaluator.post(page_url, form).status_code == 302
    assert Respondent.objects.unscoped("test").get().phone == "+6281234567890"
    assert evaluator.post(page_url, form | {"enrollment": world.there.enrollments[0].pk}).status_code == 200


def test_lists_take_the_same_queries_for_few_and_many(evaluator, world, superior):
    evaluation = world.here.evaluation
    Respondent.objects.create(evaluation=evaluation, group="rekan", enrollment=world.here.enrollments[0], name="R")
    names = ("respondent_list", "respondent_proposals")
    urls = [reverse(name, args=[world.here.evaluation.pk]) for name in names]
    before = [page_queries(evaluator, each) for each in urls]
    for number in range(7, 20):
        enrollment = add_participant(world.here, number)
        Respondent.objects.create(
            evaluation=world.here.evaluation, group="rekan", enrollment=enrollment, name=f"Rekan {number}"
        )
        enrollment.person.superior = superior
        enrollment.person.save()
    assert [page_queries(evaluator, each) for each in urls] == before


def test_opening_invites_the_respondents_of_the_group(evaluator, world, superior, instrument):
    survey = Survey.objects.create(
        evaluation=world.here.evaluation,
        version=instrument,
        group="atasan",
        wave="sesudah",
        mode="rahasia",
        opens_on=date(2026, 1, 1),
        closes_on=date(2030, 1, 1),
    )
    state = reverse("survey_state", args=[survey.pk])
    text = evaluator.post(state, {"state": "dibuka"}, follow=True).content.decode()
    assert "belum mempunyai responden atasan" in text
    for enrollment in world.here.enrollments[:2]:
        Respondent.objects.create(
            evaluation=world.here.evaluation, group="atasan", enrollment=enrollment, name="Atasan", person=superior
        )
    evaluator.post(state, {"state": "dibuka"})
    invited = list(survey.invitations.values_list("respondent__enrollment", "enrollment"))
    assert sorted(invited) == sorted((each.pk, None) for each in world.here.enrollments[:2])


def test_the_row_of_the_public_promises_what_is_kept(evaluator, world):
    call_command("load_instruments", verbosity=0)
    chosen = {row["group"]: row["mode"] for row in proposed_rows([])}
    assert (chosen["masyarakat"], chosen["peserta"]) == ("anonim", "rahasia")
    page = evaluator.get(reverse("evaluation_plan", args=[world.here.evaluation.pk])).content.decode()
    assert "Masyarakat selalu menjawab secara anonim." in page
