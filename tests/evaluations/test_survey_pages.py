"""Planning, following and handing out surveys."""

import re
from base64 import b64decode
from datetime import timedelta
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.models import Evidence, Finding, InstrumentVersion, Invitation, Response, Survey
from evaluations.views.surveys import qr_image
from tests.evaluations.surveying import public_survey, take_answers, today
from tests.world import add_participant, make_instrument


@pytest.fixture
def evaluator(client, world):
    client.force_login(world.here.users["evaluator"])
    return client


@pytest.fixture
def survey(world):
    return take_answers(world.here.surveys["sesudah"])


def answer(survey, enrollment=None, **changes) -> Response:
    values = {"answers": [4, 4, 2], "channel": "tautan", "received_on": today()}
    response = Response.objects.create(survey=survey, enrollment=enrollment, **values | changes)
    survey.invitations.filter(enrollment=enrollment).update(is_answered=True)
    return response


def text_of(client, name, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


# --- planning ---------------------------------------------------------------------------------------------------


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


# --- the page of a survey ---------------------------------------------------------------------------------------


def test_the_response_rate_is_written_out(evaluator, survey, world):
    for enrollment in world.here.enrollments[:4]:
        answer(survey, enrollment, channel="kertas")
    page = evaluator.get(reverse("survey_detail", args=[survey.pk]))
    assert "4 dari 6 (66,7%)" in " ".join(page.content.decode().split())
    assert page.context["object"].n_on_paper == 4


def test_who_has_not_answered_is_named_to_who_hands_out_links(evaluator, survey, world):
    answer(survey, world.here.enrollments[0])
    text = text_of(evaluator, "survey_detail", survey.pk)
    assert world.here.people[0].name not in text
    assert world.here.people[1].name in text


@pytest.mark.parametrize("role", ["manajer", "auditor", "staf", "admin"])
def test_nobody_else_reads_names_or_links(client, survey, world, role):
    client.force_login(world.here.users[role])
    text = text_of(client, "survey_detail", survey.pk)
    assert "0 dari 6" in text
    for enrollment in world.here.enrollments:
        assert enrollment.person.name not in text
        assert enrollment.code not in text
    public = public_survey(world.here, make_instrument("lain"))
    assert public.public_token not in text_of(client, "survey_detail", public.pk)
    for name in ("survey_links", "survey_keying", "response_import", "response_template"):
        assert client.get(reverse(name, args=[survey.pk])).status_code == 403


@pytest.mark.parametrize(
    ("start", "state", "message"),
    [
        ("draf", "dibuka", "6 peserta sudah mempunyai tautan sendiri."),
        ("dibuka", "ditutup", "Survei ditutup. Jawaban baru tidak diterima lagi."),
        ("ditutup", "dibuka", "6 peserta sudah mempunyai tautan sendiri."),
        ("ditutup", "draf", "tidak dapat langsung diubah"),
        ("draf", "", "tidak dapat langsung diubah"),
    ],
)
def test_a_survey_is_opened_and_closed_by_button(evaluator, world, start, state, message):
    survey = take_answers(world.here.surveys["sesudah"], state=start)
    text = evaluator.post(
        reverse("survey_state", args=[survey.pk]), {"state": state}, follow=True
    ).content.decode()
    assert message in text


def test_a_survey_without_participants_says_what_to_do(evaluator, world):
    world.here.program.enrollments.all().delete()
    url = reverse("survey_state", args=[world.here.surveys["sesudah"].pk])
    assert (
        "Tambahkan peserta lebih dahulu" in evaluator.post(url, {"state": "dibuka"}, follow=True).content.decode()
    )


def test_participants_who_join_later_get_a_link_by_button(evaluator, survey, world):
    assert "Perbarui undangan" not in text_of(evaluator, "survey_detail", survey.pk)
    late = add_participant(world.here, 7)
    assert "Perbarui undangan (1 peserta baru)" in text_of(evaluator, "survey_detail", survey.pk)
    url = reverse("survey_invite", args=[survey.pk])
    assert "1 peserta baru mendapat tautan." in evaluator.post(url, follow=True).content.decode()
    assert "Semua peserta sudah mempunyai tautan." in evaluator.post(url, follow=True).content.decode()
    assert survey.invitations.filter(enrollment=late).exists()
    assert evaluator.get(url).status_code == 405


def test_the_page_of_a_survey_takes_the_same_queries_for_few_and_many(evaluator, survey, world):
    url = reverse("survey_detail", args=[survey.pk])

    def count():
        evaluator.get(url)
        with CaptureQueriesContext(connection) as queries:
            evaluator.get(url)
        return len(queries)

    few = count()
    for number in range(7, 12):
        enrollment = add_participant(world.here, number)
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    for enrollment in world.here.enrollments[:3]:
        answer(survey, enrollment)
    assert count() == few


# --- changing and deleting --------------------------------------------------------------------------------------


def dates(survey, **changes) -> dict:
    return {"opens_on": survey.opens_on.isoformat(), "closes_on": survey.closes_on.isoformat()} | changes


def test_what_was_promised_and_asked_stays_once_the_survey_was_opened(evaluator, survey):
    url = reverse("survey_update", args=[survey.pk])
    other = make_instrument("lain")
    assert list(evaluator.get(url).context["form"].fields) == ["opens_on", "closes_on"]
    typed = dates(survey, mode="bernama", version=other.pk, closes_on=(today() + timedelta(days=20)).isoformat())
    assert evaluator.post(url, typed).status_code == 302
    before = survey.version_id
    survey.refresh_from_db()
    assert (survey.mode, survey.version_id) == ("rahasia", before)
    assert survey.closes_on == today() + timedelta(days=20)


def test_a_survey_that_was_not_opened_may_ask_something_else(evaluator, world):
    survey = world.here.surveys["sesudah"]
    other = make_instrument("lain")
    url = reverse("survey_update", args=[survey.pk])
    assert evaluator.post(url, dates(survey, mode="bernama", version=other.pk)).status_code == 302
    survey.refresh_from_db()
    assert (survey.mode, survey.version) == ("bernama", other)


def test_a_survey_with_answers_from_paper_keeps_its_instrument_though_unopened(evaluator, world):
    survey = take_answers(world.here.surveys["sesudah"], state="draf")
    answer(survey, world.here.enrollments[0])
    fields = evaluator.get(reverse("survey_update", args=[survey.pk])).context["form"].fields
    assert list(fields) == ["opens_on", "closes_on"]


def test_the_dates_cannot_exclude_answers_that_are_there(evaluator, survey, world):
    answer(survey, world.here.enrollments[0], received_on=today())
    tomorrow, yesterday = (today() + timedelta(days=days) for days in (1, -1))
    url = reverse("survey_update", args=[survey.pk])
    for change in ({"opens_on": tomorrow.isoformat()}, {"closes_on": yesterday.isoformat()}):
        (name,) = change
        errors = evaluator.post(url, dates(survey, **change)).context["form"].errors
        assert list(errors) == [name]
        assert "Sudah ada jawaban tanggal" in errors[name][0]


def test_a_survey_is_not_changed_into_one_that_exists(evaluator, world):
    other = make_instrument("lain")
    survey = world.here.surveys["sesudah"]
    Survey.objects.create(
        evaluation=survey.evaluation,
        version=other,
        group="peserta",
        wave="sesudah",
        mode="rahasia",
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
    )
    url = reverse("survey_update", args=[survey.pk])
    errors = evaluator.post(url, dates(survey, mode="rahasia", version=other.pk)).context["form"].errors
    assert list(errors) == ["version"]


def test_a_public_survey_stays_anonymous(evaluator, world):
    survey = public_survey(world.here, world.version, state="draf")
    form = evaluator.get(reverse("survey_update", args=[survey.pk])).context["form"]
    assert list(form.fields) == ["version", "opens_on", "closes_on"]


def test_a_survey_without_answers_can_be_deleted(evaluator, survey):
    url = reverse("survey_delete", args=[survey.pk])
    assert "Hapus" in evaluator.get(url).content.decode()
    assert evaluator.post(url).url == survey.evaluation.get_absolute_url()
    assert not survey.evaluation.surveys.filter(pk=survey.pk).exists()


def test_a_survey_with_answers_stays_and_says_why(evaluator, survey, world):
    answer(survey, world.here.enrollments[0])
    url = reverse("survey_delete", args=[survey.pk])
    for response in (evaluator.get(url), evaluator.post(url)):
        text = response.content.decode()
        assert "1 jawaban yang sudah diterima" in text
        assert 'class="btn btn-danger"' not in text
    assert survey.responses.count() == 1


def test_a_survey_that_is_evidence_stays_and_says_why(evaluator, survey, world):
    finding = Finding.objects.create(
        evaluation=survey.evaluation, kind="dampak", statement="Naik", category="kompetensi"
    )
    Evidence.objects.create(finding=finding, survey=survey)
    assert "masih dipakai" in evaluator.post(reverse("survey_delete", args=[survey.pk])).content.decode()
    assert survey.evaluation.surveys.filter(pk=survey.pk).exists()


# --- links ------------------------------------------------------------------------------------------------------


def svg_of(data_uri: str) -> ElementTree.Element:
    head, _comma, body = data_uri.partition(",")
    assert head.startswith("data:image/svg+xml")
    return ElementTree.fromstring(b64decode(body) if head.endswith("base64") else unquote(body))  # noqa: S314


def test_every_participant_has_a_card_with_link_and_code(evaluator, survey, world):
    text = text_of(evaluator, "survey_links", survey.pk)
    for invitation in survey.invitations.select_related("enrollment__person"):
        url = f"http://testserver{reverse('answer_personal', args=[invitation.token])}"
        assert url in text
        assert invitation.enrollment.person.name in text
        assert invitation.enrollment.code in text
    images = re.findall(r'<img src="([^"]+)"', text)
    assert len(images) == 6
    assert all(svg_of(image).tag == "{http://www.w3.org/2000/svg}svg" for image in images)
    assert "http://testserver" not in "".join(images)


def drawn_modules(data_uri: str, border: int) -> set[tuple[int, int]]:
    """(row, column) of the dark modules that the path of a code draws: "m" moves, "h" draws to the right."""
    path = svg_of(data_uri).find("{http://www.w3.org/2000/svg}path").get("d")
    dark, column, row = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([mMh])([^mMh]*)", path):
        steps = [float(number) for number in numbers.replace(",", " ").split()]
        if command == "h":
            dark |= {(int(row) - border, int(column) - border + step) for step in range(int(steps[0]))}
            column += steps[0]
        else:
            column, row = (column + steps[0], row + steps[1]) if command == "m" else steps
    return dark


def test_a_qr_code_carries_exactly_the_link():
    url = "http://testserver/jawab/abcdefgh23456789/"
    matrix = segno.make(url, error="m", micro=False).matrix
    expected = {(row, column) for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark}
    assert drawn_modules(qr_image(url), border=2) == expected
    assert drawn_modules(qr_image(url.replace("a", "b")), border=2) != expected


def test_links_may_be_printed_for_who_has_not_answered(evaluator, survey, world):
    answer(survey, world.here.enrollments[0])
    text = text_of(evaluator, "survey_links", survey.pk, belum="1")
    assert world.here.people[0].name not in text
    assert world.here.people[1].name in text


def test_a_public_survey_has_one_poster(evaluator, world):
    survey = public_survey(world.here, world.version)
    text = text_of(evaluator, "survey_links", survey.pk)
    assert f"http://testserver{reverse('answer_public', args=[survey.public_token])}" in text
    assert text.count("<img ") == 1


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("draf", "Survei belum dibuka; tautan baru dapat dipakai"),
        ("ditutup", "tautan tidak menerima jawaban lagi"),
    ],
)
def test_links_that_do_not_work_say_so(evaluator, world, state, message):
    survey = take_answers(world.here.surveys["sesudah"], state=state)
    assert message in text_of(evaluator, "survey_links", survey.pk)


def test_the_links_take_the_same_queries_for_few_and_many(evaluator, survey, world):
    url = reverse("survey_links", args=[survey.pk])

    def count():
        evaluator.get(url)
        with CaptureQueriesContext(connection) as queries:
            evaluator.get(url)
        return len(queries)

    few = count()
    for number in range(7, 12):
        Invitation.objects.create(survey=survey, enrollment=add_participant(world.here, number))
    assert count() == few


# --- instruments ------------------------------------------------------------------------------------------------


def test_an_instrument_is_read_before_it_is_chosen(evaluator, world):
    assert "Instrumen uji" in text_of(evaluator, "instrument_list")
    text = text_of(evaluator, "instrument_detail", world.instrument.pk)
    assert "Dimensi satu" in text
    assert "Pertanyaan 1" in text
    assert text.count("butir terbalik") == 1


def test_the_list_of_instruments_takes_the_same_queries_for_few_and_many(evaluator, world):
    def count():
        with CaptureQueriesContext(connection) as queries:
            text_of(evaluator, "instrument_list")
        return len(queries)

    count()
    few = count()
    for number in range(3):
        make_instrument(f"lain{number}")
    assert count() == few
