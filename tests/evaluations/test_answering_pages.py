"""What a respondent meets: no account, one form, one stored response, kind words otherwise."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Invitation, Item, OpenAnswer, Response, Survey
from evaluations.receipts import receipt_of
from tests.queries import page_queries
from tests.world import World, make_instrument

ANSWERS = {"jawaban-b1": "4", "jawaban-b2": "3", "jawaban-b3": "2"}
LARGEST_PAGE = 100_000  # bytes, with everything the first load fetches


@pytest.fixture
def survey(world: World) -> Survey:
    return opened(world.here.surveys["sesudah"])


@pytest.fixture
def invitation(world: World, survey) -> Invitation:
    return Invitation.objects.create(survey=survey, enrollment=world.here.enrollments[0])


@pytest.fixture
def public(world: World, survey) -> Survey:
    return Survey.objects.create(
        evaluation=survey.evaluation,
        version=survey.version,
        group=Survey.Group.PUBLIC,
        wave=Survey.Wave.AFTER,
        mode=Survey.Mode.ANONYMOUS,
        state=Survey.State.OPEN,
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
        public_token="abcdefghjkmnpqrs",
    )


def opened(survey: Survey) -> Survey:
    today = timezone.localdate()
    survey.state = Survey.State.OPEN
    survey.opens_on, survey.closes_on = today - timedelta(days=3), today + timedelta(days=3)
    survey.save()
    return survey


def personal_url(invitation: Invitation) -> str:
    return reverse("answer_personal", args=[invitation.token])


def public_url(survey: Survey) -> str:
    return reverse("answer_public", args=[survey.public_token])


def done_url(response: Response) -> str:
    return f"{reverse('answer_done')}?bukti={receipt_of(response.pk)}"


def form_id(page: str) -> str:
    return re.search(r'name="formulir" value="([0-9a-f-]{36})"', page)[1]


def stored() -> list[Response]:
    return list(Response.objects.unscoped("the test looks at every row").order_by("received_on"))


def test_a_participant_answers_without_an_account(client, invitation, world):
    page = client.get(personal_url(invitation))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Undangan untuk <strong>Peserta Kota Semarang 1</strong>" in text
    assert world.here.people[0].nip not in text
    sent = client.post(personal_url(invitation), ANSWERS | {"formulir": form_id(text)})
    (response,) = stored()
    assert (sent.status_code, sent.url) == (302, done_url(response))
    thanks = client.get(sent.url).content.decode()
    assert "Jawaban Anda sudah kami terima" in thanks
    assert receipt_of(response.pk) in thanks
    assert response.answers == [4, 3, 2]
    assert response.enrollment == world.here.enrollments[0]
    assert (str(response.pk), response.channel) == (form_id(text), Response.Channel.LINK)
    invitation.refresh_from_db()
    assert invitation.is_answered


def test_the_public_answers_as_often_as_there_are_people(client, public):
    for _person in range(2):
        text = client.get(public_url(public)).content.decode()
        assert "Undangan untuk" not in text
        assert client.post(public_url(public), ANSWERS | {"formulir": form_id(text)}).status_code == 302
    assert [response.enrollment for response in stored()] == [None, None]


def test_pressing_send_twice_stores_one_response(client, invitation, public):
    for url in (personal_url(invitation), public_url(public)):
        form = ANSWERS | {"formulir": str(uuid4())}
        first, second = client.post(url, form), client.post(url, form)
        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert first.url in {done_url(response) for response in stored()}
    assert len(stored()) == 2


def test_a_form_without_its_key_is_stored_all_the_same(client, public):
    for broken in ({}, {"formulir": "bukan-kunci"}):
        assert client.post(public_url(public), ANSWERS | broken).status_code == 302
    assert len(stored()) == 2


def post_patiently(url: str, form: dict[str, str]) -> int:
    """SQLite in memory, as tests use it, refuses at once where a file waits for its turn."""
    for _attempt in range(200):
        try:
            status = Client().post(url, form).status_code
        except OperationalError as error:  # from the throttle or the session, before the page
            if "locked" not in str(error):
                raise
            status = 503
        if status != 503:
            return status
        time.sleep(0.02)
    raise AssertionError("never got a turn")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_store_one_response(invitation, public):
    urls = [personal_url(invitation)] * 4 + [public_url(public)] * 4
    form = ANSWERS | {"formulir": str(uuid4())}
    other = ANSWERS | {"formulir": str(uuid4())}

    def press(url: str) -> int:
        try:
            return post_patiently(url, form if "jawab" in url else other)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        assert list(people.map(press, urls)) == [302] * 8
    assert len(stored()) == 2


def test_a_missing_answer_is_named_and_nothing_typed_is_lost(client, invitation):
    form = {"jawaban-b1": "4", "jawaban-b3": "9", "formulir": str(uuid4())}
    page = client.post(personal_url(invitation), form)
    text = page.content.decode()
    assert page.status_code == 200
    assert stored() == []
    assert "Butir yang perlu diperiksa: 2." in text
    assert '<a href="#butir-b2">2. Butir 2</a>: Butir ini wajib dijawab.' in text
    assert '<a href="#butir-b3">3. Butir 3</a>: Isi dengan bilangan bulat 1 sampai 5.' in text
    assert re.search(r'name="jawaban-b1" value="4" checked', text)
    assert len(re.findall(r'aria-describedby="butir-b\d-salah"', text)) == 2
    assert form_id(text) == form["formulir"]


def test_texts_and_numbers_survive_an_error(client, invitation, survey):
    ask_number_and_text(survey)
    form = {"jawaban-nilai": "80,5x", "jawaban-saran": "Jadwal <b>sore</b>"}
    text = client.post(personal_url(invitation), ANSWERS | form).content.decode()
    assert 'name="jawaban-nilai" value="80,5x"' in text
    assert "Jadwal &lt;b&gt;sore&lt;/b&gt;</textarea>" in text
    assert "Angka 0 sampai 100" in text
    assert client.post(personal_url(invitation), ANSWERS | form | {"jawaban-nilai": "80,5"}).status_code == 302
    (response,) = stored()
    assert response.answers == [4, 3, 2, 80.5]
    assert [(answer.item_key, answer.text) for answer in response.open_answers.all()] == [
        ("saran", "Jadwal <b>sore</b>")
    ]


def ask_number_and_text(survey: Survey) -> None:
    number = {"type": Item.Type.NUMBER, "minimum": 0, "maximum": 100}
    Item.objects.create(
        version=survey.version, position=4, key="nilai", label="Nilai", text="Nilai Anda?", **number
    )
    Item.objects.create(
        version=survey.version,
        position=5,
        key="saran",
        label="Saran",
        text="Saran?",
        type="teks",
        is_required=False,
    )


def test_a_used_link_says_so_kindly(client, invitation):
    client.post(personal_url(invitation), ANSWERS)
    again = client.get(personal_url(invitation))
    assert again.status_code == 200
    assert "Anda sudah menjawab" in again.content.decode()
    # Another form for the same person: the first answers stay.
    other = client.post(personal_url(invitation), {**ANSWERS, "jawaban-b1": "1"})
    assert "Anda sudah menjawab" in other.content.decode()
    assert [response.answers for response in stored()] == [[4, 3, 2]]


@pytest.mark.parametrize(
    ("state", "opens", "closes", "heading"),
    [
        ("draf", -3, 3, "Survei belum dibuka"),
        ("dibuka", 1, 3, "Survei belum dibuka"),
        ("dibuka", -3, -1, "Survei sudah ditutup"),
        ("ditutup", -3, 3, "Survei sudah ditutup"),
        ("ditutup", 1, 3, "Survei sudah ditutup"),
    ],
)
def test_a_survey_out_of_time_says_when_it_is(client, invitation, survey, state, opens, closes, heading):
    today = timezone.localdate()
    survey.state = state
    survey.opens_on, survey.closes_on = today + timedelta(days=opens), today + timedelta(days=closes)
    survey.save()
    for page in (client.get(personal_url(invitation)), client.post(personal_url(invitation), ANSWERS)):
        text = page.content.decode()
        assert page.status_code == 200
        assert f"<h1>{heading}</h1>" in text
        assert str(survey.closes_on.year) in text
        assert "<form" not in text
    assert stored() == []


def test_both_end_days_count(client, invitation, survey):
    survey.opens_on = survey.closes_on = timezone.localdate()
    survey.save()
    assert "<form" in client.get(personal_url(invitation)).content.decode()


@pytest.mark.parametrize("name", ["answer_personal", "answer_public"])
@pytest.mark.parametrize("token", ["abcdefghjkmnpqr2", "x", "ä" * 16, "a\x00b", "a" * 500])
def test_an_unknown_link_is_a_kind_404(client, world, name, token):
    page = client.get(reverse(name, args=[token]))
    assert page.status_code == 404
    assert "Tautan tidak ditemukan" in page.content.decode()
    assert client.post(reverse(name, args=[token]), ANSWERS).status_code == 404


def test_a_token_typed_in_capitals_is_understood(client, invitation):
    assert client.get(personal_url(invitation).upper().replace("/JAWAB/", "/jawab/")).status_code == 200


def test_a_link_of_one_kind_is_none_of_the_other(client, invitation, public):
    assert client.get(reverse("answer_public", args=[invitation.token])).status_code == 404
    assert client.get(reverse("answer_personal", args=[public.public_token])).status_code == 404


def test_the_pages_speak_the_language_that_was_chosen(client, invitation, survey):
    Item.objects.filter(key="b1").update(text_en="Question one")
    english = client.get(personal_url(invitation), {"bahasa": "en"})
    assert "Question one" in english.content.decode()
    assert '<html lang="en">' in english.content.decode()
    assert english["Content-Language"] == "en"
    assert f'action="{personal_url(invitation)}?bahasa=en"' in english.content.decode()
    sent = client.post(f"{personal_url(invitation)}?bahasa=en", ANSWERS)
    assert sent.url == f"{done_url(*stored())}&bahasa=en"
    indonesian = client.get(personal_url(invitation), {"bahasa": "xx"})
    assert '<html lang="id">' in indonesian.content.decode()


MODES = [
    (Survey.Mode.NAMED, "Tim evaluasi dapat melihat siapa menjawab apa."),
    (Survey.Mode.CONFIDENTIAL, "Nama Anda tidak ditampilkan kepada pembaca hasil."),
]


@pytest.mark.parametrize(("mode", "sentence"), MODES)
def test_the_respondent_is_told_the_truth_about_the_mode(client, invitation, survey, mode, sentence):
    survey.mode = mode
    survey.save()
    text = client.get(personal_url(invitation)).content.decode()
    assert [told in text for _mode, told in MODES] == [told == sentence for _mode, told in MODES]
    assert "anonim" not in text


def test_an_anonymous_survey_promises_what_is_stored(client, public):
    assert "Yang tersimpan hanya jawaban dan tanggalnya" in client.get(public_url(public)).content.decode()
    client.post(public_url(public), ANSWERS)
    (response,) = stored()
    kept = {
        field.name
        for field in Response._meta.fields
        if field.name not in ("id", "survey", "channel") and getattr(response, field.name)
    }
    assert kept == {"answers", "received_on"}


def test_answering_leaves_no_cookie_and_no_trace_in_caches(client, invitation, public):
    used = personal_url(invitation)
    pages = [
        client.get(used),
        client.get(public_url(public)),
        client.post(used, {}),
        client.post(used, ANSWERS),
        client.get(used),
        client.get(reverse("answer_done")),
        client.get(reverse("answer_public", args=["tidakada"])),
    ]
    for page in pages:
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
    assert not client.cookies


def test_answering_asks_for_no_csrf_cookie(invitation):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(personal_url(invitation), ANSWERS, headers={"origin": "null"}).status_code == 302


def test_a_body_of_many_megabytes_is_refused_before_it_is_read(client, public):
    page = client.post(public_url(public), ANSWERS | {"jawaban-b1": "x" * 600_000})
    assert page.status_code == 413
    assert "Jawaban terlalu panjang" in page.content.decode()
    assert stored() == []


def test_a_text_beyond_the_limit_is_refused_at_its_item(client, invitation, survey):
    ask_number_and_text(survey)
    form = ANSWERS | {"jawaban-nilai": "80", "jawaban-saran": "x" * 4001}
    assert "Tulisan ini terlalu panjang" in client.post(personal_url(invitation), form).content.decode()
    assert OpenAnswer.objects.unscoped("the test looks at every row").count() == 0


@pytest.fixture
def long_invitation(world) -> Invitation:
    """An invitation to answer 40 items."""
    survey = opened(
        Survey(
            evaluation=world.here.evaluation,
            version=make_instrument(key="panjang", items=40),
            group=Survey.Group.PARTICIPANT,
            wave=Survey.Wave.AFTER,
            mode=Survey.Mode.NAMED,
        )
    )
    return Invitation.objects.create(survey=survey, enrollment=world.here.enrollments[0])


def test_the_number_of_queries_does_not_grow_with_the_items(client, invitation, long_invitation):
    counts = [page_queries(client, personal_url(each)) for each in (invitation, long_invitation)]
    assert counts == [4, 4]


def test_sending_takes_the_same_queries_whatever_the_items(client, invitation, long_invitation):
    many = {f"jawaban-b{number}": "3" for number in range(1, 41)}
    counts = []
    for each, form in ((invitation, ANSWERS), (long_invitation, many)):
        with CaptureQueriesContext(connection) as queries:
            assert client.post(personal_url(each), form).status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_first_load_stays_light_on_a_phone(client, world, public):
    public.version = make_instrument(key="panjang", items=40)
    public.save()
    page = client.get(public_url(public))
    linked = re.findall(r'(?:href|src)="/static/([^"]+)"', page.content.decode())
    assert sorted(linked) == ["icon.svg", "respondent.css", "respondent.js", "respondent_rules.js"]
    static = sum((Path(settings.BASE_DIR) / "static" / name).stat().st_size for name in linked)
    assert len(page.content) + static < LARGEST_PAGE


def test_the_page_works_without_script_and_carries_none_inline(client, invitation):
    text = client.get(personal_url(invitation)).content.decode()
    assert not re.search(r"<script(?![^>]+src=)|style=|\son\w+=", text)
    assert text.count("<fieldset") == text.count("<legend") == 3
    assert text.count('type="radio"') == 15
