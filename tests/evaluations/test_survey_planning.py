"""Planning the surveys of an evaluation: one form for both waves."""

import pytest
from django.urls import reverse

from evaluations.models import InstrumentVersion, Survey
from tests.world import make_instrument


@pytest.fixture
def plan(evaluator, world):
    version = make_instrument("lain")
    url = reverse("survey_create", args=[world.here.evaluation.pk])
    typed = {
        "version": version.pk,
        "mode": "rahasia",
        "before": "on",
        "before_opens": "2026-01-05",
        "before_closes": "2026-01-31",
        "after": "on",
        "after_opens": "2026-07-01",
        "after_closes": "2026-07-31",
    }

    def send(**changes):
        return evaluator.post(url, {key: value for key, value in (typed | changes).items() if value is not None})

    send.version, send.url = version, url
    return send


def planned(version):
    return [
        (each.wave, each.group, each.mode, bool(each.public_token))
        for each in Survey.objects.unscoped("test").filter(version=version).order_by("opens_on")
    ]


@pytest.mark.parametrize(
    ("mode", "group", "has_token"),
    [("rahasia", "peserta", False), ("bernama", "peserta", False), ("anonim", "masyarakat", True)],
)
def test_one_form_plans_both_waves(plan, mode, group, has_token):
    assert plan(mode=mode).status_code == 302
    assert planned(plan.version) == [("sebelum", group, mode, has_token), ("sesudah", group, mode, has_token)]


def test_the_skm_is_always_asked_of_the_public(plan):
    plan.version.scoring = InstrumentVersion.Scoring.SKM
    plan.version.save()
    plan(mode="bernama", before=None)
    assert planned(plan.version) == [("sesudah", "masyarakat", "anonim", True)]


def test_without_a_choice_participants_are_asked_in_confidence(plan):
    plan(mode=None, after=None)
    assert planned(plan.version) == [("sebelum", "peserta", "rahasia", False)]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"before": None, "after": None}, "before", "Pilih paling sedikit satu gelombang."),
        ({"before_opens": ""}, "before_opens", "Isi tanggal ini, atau hilangkan tanda pada gelombangnya."),
        ({"after_closes": "2026-06-30"}, "after_closes", "Tanggal tutup tidak boleh mendahului tanggal buka."),
        (
            {"after_opens": "2026-01-30"},
            "after_opens",
            "Gelombang sesudah tidak boleh dibuka sebelum gelombang sebelum ditutup.",
        ),
        ({"before_opens": "kemarin"}, "before_opens", "Masukkan tanggal yang valid."),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(plan, changes, field, message):
    response = plan(**changes)
    assert response.context["form"].errors == {field: [message]}
    assert 'value="2026-07-01"' in response.content.decode() or "after_opens" in changes
    assert planned(plan.version) == []


def test_a_wave_that_exists_is_not_planned_again(plan):
    plan(before=None)
    response = plan()
    assert "Survei dengan instrumen, responden, dan gelombang ini sudah ada." in response.content.decode()
    assert [wave for wave, *_rest in planned(plan.version)] == ["sesudah"]


def test_only_the_newest_version_of_ready_instruments_is_offered(plan, evaluator, world):
    newest = InstrumentVersion.objects.create(instrument=plan.version.instrument, number=2, scoring="rata_rata")
    make_instrument("belum")
    InstrumentVersion.objects.filter(instrument__key="belum").get().instrument.__class__.objects.filter(
        key="belum"
    ).update(is_ready=False)
    offered = evaluator.get(plan.url).context["form"].fields["version"].queryset
    assert list(offered) == [newest, world.version]


def test_dates_are_proposed_around_the_program(plan, evaluator, world):
    initial = evaluator.get(plan.url).context["form"].initial
    assert (initial["before_opens"], initial["before_closes"]) == (
        world.here.evaluation.start_date,
        world.here.program.start_date,
    )
    assert (initial["after_opens"], initial["after_closes"]) == (
        world.here.program.end_date,
        world.here.evaluation.end_date,
    )
