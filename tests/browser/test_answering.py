"""A respondent's phone: what is typed stays until it is sent, and is sent once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evaluations.actions.surveys import change_survey_state
from evaluations.models import Response, Survey
from tests.browser.conftest import PHONE
from tests.evaluations.instruments import every_type
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST_TARGET = 44  # pixels


@pytest.fixture
def phone(visit):
    page = visit(PHONE).page
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def url(transactional_db) -> str:
    world = build_world()
    today = timezone.localdate()
    survey = Survey.objects.create(
        evaluation=world.here.evaluation,
        version=world.version,
        group=Survey.Group.PUBLIC,
        wave=Survey.Wave.AFTER,
        mode=Survey.Mode.ANONYMOUS,
        state=Survey.State.OPEN,
        opens_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=1),
        public_token="abcdefghjkmnpqrs",
    )
    return f"/s/{survey.public_token}/"


def choose(page, question: int, point: int) -> None:
    page.locator("fieldset").nth(question - 1).locator("label").nth(point - 1).click()


def form_key(page) -> str:
    return page.locator("[name=formulir]").input_value()


def kept(page) -> int:
    return page.evaluate("localStorage.length")


def test_what_was_chosen_survives_a_reload_and_is_sent_once(phone, url):
    phone.goto(url)
    expect(phone.locator(".progress span")).to_have_text("0 dari 3 terjawab")
    choose(phone, 1, 4)
    choose(phone, 2, 5)
    first_key = form_key(phone)
    phone.reload()
    expect(phone.locator("#restored")).to_be_visible()
    expect(phone.locator(".progress span")).to_have_text("2 dari 3 terjawab")
    assert form_key(phone) == first_key
    choose(phone, 3, 2)
    phone.get_by_role("button", name="Kirim").dblclick()
    phone.wait_for_url("**/terima-kasih/**")
    assert kept(phone) == 0
    responses = Response.objects.unscoped("the test looks at every row")
    assert [(str(response.pk), response.answers) for response in responses] == [(first_key, [4, 5, 2])]
    phone.go_back()
    expect(phone.locator(".progress span")).to_have_text("0 dari 3 terjawab")
    assert form_key(phone) != first_key


def test_an_error_is_read_first_and_leads_to_its_question(phone, url):
    phone.goto(url)
    choose(phone, 1, 4)
    phone.get_by_role("button", name="Kirim").click()
    expect(phone.locator("#errors")).to_be_focused()
    expect(phone.locator(":checked")).to_have_count(1)
    phone.locator("#errors a").first.click()
    expect(phone).to_have_url(re.compile("#butir-b2$"))
    expect(phone.locator("#butir-b2 legend")).to_be_in_viewport()


def test_what_was_chosen_after_an_error_survives_a_reload_too(phone, url):
    phone.goto(url)
    choose(phone, 1, 4)
    phone.get_by_role("button", name="Kirim").click()
    expect(phone.locator("#errors")).to_be_visible()
    choose(phone, 2, 5)
    phone.reload()
    expect(phone.locator(".progress span")).to_have_text("2 dari 3 terjawab")
    choose(phone, 3, 2)
    phone.get_by_role("button", name="Kirim").click()
    phone.wait_for_url("**/terima-kasih/**")
    assert [row.answers for row in Response.objects.unscoped("the test looks at every row")] == [[4, 5, 2]]


def test_a_shared_phone_forgets_on_request(phone, url):
    phone.goto(url)
    expect(phone.locator("#forget")).to_be_hidden()
    choose(phone, 1, 4)
    first_key = form_key(phone)
    assert kept(phone) == 1
    phone.locator("#forget").click()
    expect(phone.locator(":checked")).to_have_count(0)
    expect(phone.locator("#restored")).to_be_hidden()
    assert kept(phone) == 0
    assert form_key(phone) != first_key


def test_every_row_is_wide_enough_for_a_thumb(phone, url):
    phone.goto(url)
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    heights = phone.evaluate(
        "[...document.querySelectorAll('.choice, .languages a, [type=submit]')].map(e => e.offsetHeight)"
    )
    assert min(heights) >= SMALLEST_TARGET


@pytest.fixture
def personal(transactional_db) -> Survey:
    """A survey by personal link, page by page, with an item of every type."""
    world = build_world()
    today = timezone.localdate()
    survey = Survey.objects.create(
        evaluation=world.here.evaluation,
        version=every_type(),
        group=Survey.Group.PARTICIPANT,
        wave=Survey.Wave.AFTER,
        mode=Survey.Mode.CONFIDENTIAL,
        layout=Survey.Layout.PAGES,
        opens_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=1),
    )
    return change_survey_state(survey=survey, state=Survey.State.OPEN)


def test_pages_are_turned_and_another_device_goes_on(visit, personal):
    link = f"/jawab/{personal.invitations.first().token}/"
    phone = visit(PHONE).page
    phone.goto(link)
    expect(phone.locator("#butir-sebutkan")).to_be_hidden()
    expect(phone.locator("#butir-utama")).to_be_hidden()
    expect(phone.get_by_role("button", name="Kirim")).to_be_hidden()
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.locator("#errors")).to_contain_text("Butir ini wajib dijawab.")
    for key in ("skala", "ujung", "pernah", "hambatan"):
        phone.locator(f"#butir-{key} .choice").first.click()
    phone.locator("#butir-skor input").fill("82,5")
    phone.locator("#butir-hambatan .choice").last.click()
    expect(phone.locator("#butir-sebutkan")).to_be_visible()
    with phone.expect_response(lambda answer: answer.request.method == "POST"):
        phone.locator("#butir-sebutkan input").fill("Jaringan")
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.locator("#butir-utama")).to_be_visible()
    expect(phone.locator(".turn span")).to_have_text("Halaman 2 dari 2")

    other = visit(PHONE).page
    other.goto(link)
    expect(other.locator(".restored").first).to_contain_text("Isian yang Anda simpan sebelumnya sudah dimuat")
    expect(other.locator("#butir-sebutkan input")).to_have_value("Jaringan")
    other.get_by_role("button", name="Lanjut").click()
    for key in ("t1", "t2"):
        other.locator(f"#butir-{key} .choice").last.click()
    for place, option in (("1", "tim"), ("1", "dana"), ("3", "lain")):
        other.locator(f"[name='jawaban-urutan.{option}']").select_option(place)
    other.get_by_role("button", name="Kirim").click()
    expect(other.locator("#errors")).to_contain_text("Beri tiap pilihan satu nomor yang berbeda.")
    other.locator("[name='jawaban-urutan.dana']").select_option("2")
    other.get_by_role("button", name="Kirim").click()
    other.wait_for_url("**/terima-kasih/**")
    (response,) = Response.objects.unscoped("the test looks at every row")
    assert response.answers == [1, 1, 82.5, None, 1, ["dana", "lain"], None, ["tim", "dana", "lain"], 4, 4, None]

    # The first device has not heard of it: it is told, and nothing is stored twice.
    for key in ("t1", "t2"):
        phone.locator(f"#butir-{key} .choice").first.click()
    phone.get_by_role("button", name="Kirim").click()
    expect(phone.locator("h1")).to_have_text(re.compile("Terima kasih|Anda sudah menjawab"))
    assert Response.objects.unscoped("the test looks at every row").count() == 1


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_choices_of_a_matrix_have_room_on_every_screen(visit, personal, width):
    personal.layout = Survey.Layout.SCROLL
    personal.save()
    visitor = visit({"width": width, "height": 900})
    visitor.page.goto(f"/jawab/{personal.invitations.first().token}/")
    visitor.fits()
    widths = visitor.page.evaluate(
        "[...document.querySelectorAll('.matrix .choice')].map((each) => each.offsetWidth)"
    )
    assert len(widths) == 8
    assert min(widths) >= 60
