"""Who holds the whole database and the logs cannot say who gave an anonymous answer, once the survey is closed.

Thirty people answer three waves in an order that the attacker knows (it is that of the invitations), each with an
answer pattern of its own. What the attacker tries is everything that a row can tell: its values, its place in the
table, the transaction that wrote it, the next number of a sequence, the log of the server.
"""

import logging
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluations.actions.surveys import WavePlan, change_survey_state, plan_waves
from evaluations.models import Invitation, OpenAnswer, PseudonymKey, Response, Survey
from evaluations.pseudonyms import pseudonym
from reports.facts import instrument_facts
from reports.frames import collect
from reports.outcomes import paired_surveys
from tests.evaluations.surveying import add_open_question
from tests.world import add_participant, make_instrument

N = 30
WAVES = ("sebelum", "sesudah", "bulan_6")
ALL = "the attacker reads every row"


@pytest.fixture
def place(world):
    for number in range(7, N + 1):
        world.here.enrollments.append(add_participant(world.here, number))
    return world.here


@pytest.fixture
def surveys(place):
    """Three anonymous waves, open at once so that the test needs no clock."""
    version = make_instrument("anonim", items=6, reverse=())
    add_open_question(version)
    today = timezone.localdate()
    plans = [WavePlan(wave, today - timedelta(days=1), today + timedelta(days=1)) for wave in WAVES]
    planned = plan_waves(evaluation=place.evaluation, version=version, group="peserta", mode="anonim", waves=plans)
    return [change_survey_state(survey=survey, state=Survey.State.OPEN) for survey in planned]


def pattern(number: int) -> list[int]:
    """Six answers from 1 to 5 that no two of the thirty share."""
    return [
        number % 5 + 1,
        number // 5 + 1 if number < 25 else 5,
        1,
        number % 3 + 1,
        number % 4 + 1,
        number // 6 % 5 + 1,
    ]


def invitations_of(survey: Survey) -> list[Invitation]:
    return list(Invitation.objects.unscoped(ALL).filter(survey=survey).order_by("enrollment_id"))


def answer_all(surveys) -> None:
    """Each person in turn by the page itself, as over the network; the text says nothing of who it is."""
    browser = Client()
    for survey in surveys:
        for number, invitation in enumerate(invitations_of(survey)):
            form = {f"jawaban-b{at}": str(value) for at, value in enumerate(pattern(number), start=1)}
            form |= {"jawaban-saran": f"Pendapat {sum(pattern(number))}", "formulir": str(uuid4())}
            sent = browser.post(reverse("answer_personal", args=[invitation.token]), form)
            assert sent.status_code == 302


def close_all(surveys) -> None:
    for survey in surveys:
        change_survey_state(survey=survey, state=Survey.State.CLOSED)


def tables() -> dict[str, list[tuple]]:
    """Every cell of every table."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            found[name] = cursor.fetchall()
    return found


def in_physical_order(model, columns: str) -> list[tuple]:
    """The rows as they lie on the disk, which is the order in which they came unless somebody saw to it."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} ORDER BY {place}")  # noqa: S608
        return cursor.fetchall()


def texts_in(cells) -> set[str]:
    return {str(cell).replace("-", "") for row in cells for cell in row if cell is not None}


def test_no_value_of_an_answer_stands_beside_a_person(surveys):
    answer_all(surveys)
    close_all(surveys)
    own = ("evaluations_response", "evaluations_openanswer")
    found = tables()
    elsewhere = texts_in(row for name, rows in found.items() if name not in own for row in rows)
    for response in Response.objects.unscoped(ALL).filter(survey__in=surveys):
        assert (response.enrollment_id, response.respondent_id, response.entered_by_id) == (None, None, None)
        assert response.received_on is None
        assert response.pk.hex not in elsewhere
        assert response.pseudonym not in elsewhere
    for text in OpenAnswer.objects.unscoped(ALL).filter(response__survey__in=surveys):
        assert text.text not in elsewhere


def test_the_order_of_rows_says_nothing(surveys):
    answer_all(surveys[:1])
    given = [pattern(number) for number in range(N)]
    before = [tuple(response.answers) for response in Response.objects.unscoped(ALL).filter(survey=surveys[0])]
    assert len(set(before)) == N
    close_all(surveys)
    stored = {tuple(response.answers): response.pk for response in Response.objects.unscoped(ALL)}
    place_of = {str(pk).replace("-", ""): at for at, (pk,) in enumerate(in_physical_order(Response, "id"))}
    order = [place_of[stored[tuple(answers)].hex] for answers in given]
    assert order != sorted(order)
    assert abs(rank_correlation(order)) < 0.75  # of 30 in random order: less likely than one in 10^6
    by_text = {text.text: text.pk for text in OpenAnswer.objects.unscoped(ALL)}
    numbers = [by_text[f"Pendapat {sum(answers)}"] for answers in given if f"Pendapat {sum(answers)}" in by_text]
    assert numbers != sorted(numbers)
    invited = [enrollment for (enrollment,) in in_physical_order(Invitation, "enrollment_id") if enrollment]
    assert invited != sorted(invited)


def rank_correlation(order: list[int]) -> float:
    """Spearman's rho of a permutation with its place."""
    n = len(order)
    ranks = {value: rank for rank, value in enumerate(sorted(order))}
    return 1 - 6 * sum((ranks[value] - at) ** 2 for at, value in enumerate(order)) / (n * (n * n - 1))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no number of transactions")
@pytest.mark.django_db(transaction=True)
def test_the_transaction_of_a_row_says_nothing(surveys):
    answer_all(surveys[:1])
    change_survey_state(survey=surveys[0], state=Survey.State.CLOSED)
    rows = {
        "evaluations_response": "survey_id = %s",
        "evaluations_invitation": "survey_id = %s",
        "evaluations_openanswer": "response_id IN (SELECT id FROM evaluations_response WHERE survey_id = %s)",
    }
    with connection.cursor() as cursor:
        for table, of_survey in rows.items():
            query = f"SELECT count(DISTINCT xmin::text) FROM {table} WHERE {of_survey}"  # noqa: S608
            cursor.execute(query, [surveys[0].pk])
            assert cursor.fetchone() == (1,), table


def test_the_log_names_nobody(surveys, caplog):
    caplog.set_level(logging.DEBUG)
    answer_all(surveys[:1])
    close_all(surveys)
    tokens = [invitation.token for invitation in invitations_of(surveys[0])]
    told = [record for record in caplog.records if record.name.startswith(("evaluations", "asn_eval", "reports"))]
    assert told == []
    # What a server may log is the address: it names the invitation, but neither the answer nor its number.
    responses = [response.pk for response in Response.objects.unscoped(ALL)]
    assert not [pk for pk in responses for record in caplog.records if str(pk) in record.getMessage()]
    assert len(tokens) == N


def test_the_key_is_gone_with_the_last_wave_and_not_before(surveys, place):
    answer_all(surveys)
    key = PseudonymKey.objects.unscoped(ALL).get()
    first = pseudonym(place.evaluation.pk, enrollment_id=place.enrollments[0].pk)
    assert Response.objects.unscoped(ALL).filter(pseudonym=first).count() == 3
    close_all(surveys[:2])
    key.refresh_from_db()
    assert key.key is not None
    close_all(surveys[2:])
    key.refresh_from_db()
    assert (key.key, key.destroyed_on) == (None, timezone.localdate())
    with pytest.raises(ValidationError, match="dimusnahkan"):
        pseudonym(place.evaluation.pk, enrollment_id=place.enrollments[0].pk)


def test_waves_still_pair_after_the_seal(surveys, place):
    answer_all(surveys)
    close_all(surveys)
    waves = list(place.evaluation.surveys.filter(mode="anonim").select_related("version__instrument"))
    version = waves[0].version
    facts = {version.pk: instrument_facts(version, list(version.items.all()))}
    others = [survey for survey in place.evaluation.surveys.all() if survey.version_id != version.pk]
    facts |= {
        survey.version_id: instrument_facts(survey.version, list(survey.version.items.all())) for survey in others
    }
    frames = collect(place.evaluation, [*waves, *others], facts, paired_surveys(waves))
    by_wave = {survey.wave: survey.pk for survey in waves}
    for later in WAVES[1:]:
        change = frames.changes[by_wave["sebelum"], by_wave[later], "peserta"]
        pairs = list(zip(change.items["b1"].before, change.items["b1"].after, strict=True))
        assert change.items["b1"].n_paired == N
        assert all(before == after for before, after in pairs)  # everybody met their own earlier answer


def test_a_sealed_survey_takes_nothing_more(surveys, place):
    answer_all(surveys[:1])
    close_all(surveys)
    with pytest.raises(ValidationError, match="disegel"):
        change_survey_state(survey=surveys[0], state=Survey.State.OPEN)
    day = date(2027, 1, 1)
    with pytest.raises(ValidationError, match="disegel"):
        plan_waves(
            evaluation=place.evaluation,
            version=make_instrument("lagi"),
            group="peserta",
            mode="anonim",
            waves=[WavePlan("bulan_12", day, day)],
        )


def test_whoever_comes_after_the_seal_is_told_so(surveys):
    done, late = invitations_of(surveys[0])[:2]
    form = {f"jawaban-b{at}": "3" for at in range(1, 7)} | {"formulir": str(uuid4())}
    Client().post(reverse("answer_personal", args=[done.token]), form)
    close_all(surveys)
    for invitation in (done, late):
        page = Client().post(
            reverse("answer_personal", args=[invitation.token]), form | {"formulir": str(uuid4())}
        )
        assert "Survei sudah ditutup" in page.content.decode()
    told = Client().post(
        reverse("answer_personal", args=[late.token]), form, headers={"X-Requested-With": "fetch"}
    )
    assert (told.status_code, told.json()["outcome"]) == (403, "closed")
    assert Response.objects.unscoped(ALL).filter(survey=surveys[0]).count() == 1


def test_who_is_done_is_still_known(surveys):
    browser = Client()
    done = invitations_of(surveys[0])[:4]
    for invitation in done:
        form = {f"jawaban-b{at}": "3" for at in range(1, 7)} | {"formulir": str(uuid4())}
        browser.post(reverse("answer_personal", args=[invitation.token]), form)
    close_all(surveys)
    answered = Invitation.objects.unscoped(ALL).filter(survey=surveys[0], is_answered=True)
    assert {row.enrollment_id for row in answered} == {invitation.enrollment_id for invitation in done}
    assert {(row.n_mails, row.next_mail_at, row.closes_on) for row in answered} == {(0, None, None)}


def test_nothing_typed_waits_on_the_server(surveys):
    invitation = invitations_of(surveys[0])[0]
    url = reverse("answer_personal", args=[invitation.token])
    form = {"jawaban-b1": "3", "langkah": "simpan", "formulir": str(uuid4())}
    Client().post(url, form)
    assert "evaluations_savedanswers" in tables()
    assert tables()["evaluations_savedanswers"] == []
    assert "hanya disimpan di perangkat ini" in Client().get(url).content.decode()


def test_who_alone_took_a_way_through_the_waves_is_not_found_by_it(surveys, place):
    """One person answered the first wave only, two the first and the last: the invitations say so to everybody."""
    answer_all(surveys[:1])
    ways = {0: surveys[:1], 1: [surveys[0], surveys[2]], 2: [surveys[0], surveys[2]]}
    for survey in surveys[1:]:
        browser = Client()
        for number, invitation in enumerate(invitations_of(survey)):
            if survey in ways.get(number, surveys):
                form = {f"jawaban-b{at}": str(value) for at, value in enumerate(pattern(number), start=1)}
                browser.post(
                    reverse("answer_personal", args=[invitation.token]), form | {"formulir": str(uuid4())}
                )
    close_all(surveys)
    marks: dict[str, set[int]] = {}
    for response in Response.objects.unscoped(ALL).filter(survey__in=surveys):
        marks.setdefault(response.pseudonym, set()).add(response.survey_id)
    ways_left = [frozenset(answered) for answered in marks.values()]
    all_three = frozenset(survey.pk for survey in surveys)
    assert ways_left.count(all_three) >= place.evaluation.minimum_group
    assert set(ways_left) == {all_three, *(frozenset({survey.pk}) for survey in surveys)}
    for survey in surveys:
        alone = ways_left.count(frozenset({survey.pk}))
        assert alone == 0 or alone >= place.evaluation.minimum_group
    n_answers = {survey.pk: survey.responses.count() for survey in surveys}
    assert list(n_answers.values()) == [30, 27, 29]
