"""The coding page: marks in the text, the list beside it, and every change by POST to the page itself."""

import html
import json
import re

import pytest
from django.urls import reverse

from evaluations.models import Coding, Excerpt, InterviewAnswer, OpenAnswer
from tests.evaluations.coding import finish, make_theme, mark, open_survey, passages
from tests.evaluations.evidence import make_document, make_finding, make_interview, make_observation
from tests.forms import confirm
from tests.queries import page_queries

HTMX = {"HX-Request": "true"}


@pytest.fixture
def coder(here):
    return here.users["evaluator"]


@pytest.fixture
def theme(here):
    return make_theme(here.evaluation)


@pytest.fixture
def interview(here):
    return make_interview(here.evaluation, text="Loket penuh 😀 sejak pagi.\r\nJadwal <b>berbenturan</b> & padat.")


def url_of(interview) -> str:
    return reverse("code_interview", args=[interview.pk])


def said(interview, words: str, **more) -> dict:
    """What the script sends for ``words``."""
    start = interview.text.index(words)
    return {"text": "p-", "start": start, "end": start + len(words), "quote": words} | more


def shown_text(page: str) -> str:
    """The characters of the first text as a browser counts them."""
    body = re.search(r'<div class="coding-text"[^>]*>(.*?)</div>', page, re.DOTALL).group(1)
    return html.unescape(re.sub(r"<[^>]*>", "", body))


def test_the_page_holds_exactly_the_characters_of_the_text(evaluator, interview, theme, coder):
    mark(interview, theme, coder, "penuh 😀 sejak")
    mark(interview, theme, coder, "sejak pagi.\r\nJadwal <b>")
    page = evaluator.get(url_of(interview)).content.decode()
    assert shown_text(page) == interview.text
    assert 'class="coded coded-2"' in page
    assert "<b>berbenturan</b>" not in page


def test_a_mark_is_made_and_only_what_changed_comes_back(evaluator, interview, theme, coder):
    response = evaluator.post(url_of(interview), said(interview, "penuh 😀 sejak", theme=theme.pk), headers=HTMX)
    page = response.content.decode()
    assert passages(interview) == [(coder.username, "penuh 😀 sejak", ["Jadwal"])]
    assert "Tema “Jadwal” diberikan." in page
    assert 'id="blok-0-0"' in page
    assert 'hx-swap-oob="true"' in page
    assert "<h1" not in page


def test_only_the_blocks_that_the_passage_touches_come_back(evaluator, here, theme):
    interview = make_interview(
        here.evaluation, text="\n".join(f"baris {number} " + "x" * 90 for number in range(400))
    )
    response = evaluator.post(url_of(interview), said(interview, "baris 250 x", theme=theme.pk), headers=HTMX)
    page = response.content.decode()
    assert len(re.findall(r'id="blok-0-\d+"', page)) == 1
    assert len(page) < 12_000 < len(interview.text)


def test_a_new_theme_is_made_with_its_mark_and_told_to_the_page(evaluator, interview, here, coder):
    data = said(interview, "penuh", theme="", name="Antrean panjang", kind="tantangan")
    response = evaluator.post(url_of(interview), data, headers=HTMX)
    theme = here.evaluation.themes.get()
    assert (theme.name, theme.kind, theme.key, theme.created_by) == (
        "Antrean panjang",
        "tantangan",
        "antrean-panjang",
        coder,
    )
    assert json.loads(response["HX-Trigger"]) == {
        "newTheme": {"key": theme.pk, "label": "Antrean panjang", "kind": "tantangan"}
    }


def test_without_script_a_pasted_passage_is_found_and_marked(evaluator, interview, theme, coder):
    response = evaluator.post(
        url_of(interview), {"text": "p-", "quote": "pagi. Jadwal <b>", "theme": theme.pk}, follow=True
    )
    excerpt = interview.excerpts.get()
    assert excerpt.quote == "pagi.\r\nJadwal <b>"
    assert response.redirect_chain[-1][0] == f"{url_of(interview)}?bagian={excerpt.pk}#daftar"
    assert "Tema “Jadwal” diberikan." in response.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"quote": "tidak ada di sini"}, "Bagian ini tidak ada dalam teks."),
        ({"quote": ""}, "Pilih dahulu bagian teks"),
        ({"quote": "Loket", "theme": "999999"}, "Masukkan pilihan yang valid"),
        ({"quote": "Loket", "theme": "x\x00"}, "Masukkan pilihan yang valid"),
        ({"quote": "Loket\x00"}, "Karakter null"),
        ({"quote": "Loket", "text": "p-lain"}, "Masukkan pilihan yang valid"),
        ({"quote": "Loket", "theme": ""}, "isi nama dan jenis tema baru"),
        ({"quote": "Loket", "theme": "", "name": "x" * 121, "kind": "tantangan"}, "paling banyak 120"),
        ({"quote": "Loket", "start": "0", "end": "4"}, "Teks ini sudah berubah"),
        ({"quote": "Loket", "start": "-1", "end": "4"}, "lebih besar"),
        ({"quote": "Loket", "start": "9" * 40, "end": "9" * 41}, "Teks ini sudah berubah"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bad_input_is_refused_in_words_and_marks_nothing(evaluator, interview, theme, data, words, headers):
    response = evaluator.post(
        url_of(interview), {"text": "p-", "theme": theme.pk} | data, headers=headers, follow=True
    )
    assert response.status_code == 200
    assert words in html.unescape(response.content.decode())
    assert passages(interview) == []


def test_what_was_typed_stays_after_a_refusal(evaluator, interview):
    page = evaluator.post(url_of(interview), {"text": "p-", "quote": "Loket", "name": "Antrean"}).content.decode()
    assert 'value="Antrean"' in page
    assert ">\nLoket</textarea>" in page


def test_the_last_mark_is_undone_and_made_again(evaluator, interview, theme, coder):
    page = evaluator.post(
        url_of(interview), said(interview, "penuh", theme=theme.pk), headers=HTMX
    ).content.decode()
    coding = Coding.objects.visible_to(coder).get()
    assert f'name="lepas" value="{coding.pk}">Batalkan' in page
    page = evaluator.post(url_of(interview), {"lepas": coding.pk}, headers=HTMX).content.decode()
    assert passages(interview) == []
    again = dict(re.findall(r'<input type="hidden" name="(text|start|end|quote|theme)" value="([^"]*)"', page))
    evaluator.post(url_of(interview), again, headers=HTMX)
    assert passages(interview) == [(coder.username, "penuh", ["Jadwal"])]


def test_nobody_lifts_the_mark_of_another(evaluator, interview, theme, here, world):
    theirs = mark(interview, theme, here.users["admin"], "penuh")
    page = evaluator.post(f"{url_of(interview)}?tampil=semua", {"lepas": theirs.pk}, headers=HTMX).content.decode()
    assert "milik pengode lain" in page
    assert passages(interview) == [(here.users["admin"].username, "penuh", ["Jadwal"])]
    foreign = world.there.evaluation.interviews.get()
    strange = mark(foreign, make_theme(world.there.evaluation), world.there.users["evaluator"], "Jadwal")
    for key in (strange.pk, 0, "x", "9" * 30, ""):
        assert evaluator.post(url_of(interview), {"lepas": key}).status_code == 404
    assert len(passages(foreign)) == 1


def test_a_mark_that_a_finding_quotes_is_not_lifted_and_the_finding_is_named(
    evaluator, interview, theme, coder, here
):
    from evaluations.actions.excerpt_evidence import add_excerpts

    coding = mark(interview, theme, coder, "penuh")
    finding = make_finding(here)
    add_excerpts(finding=finding, excerpts=[coding.excerpt])
    page = evaluator.post(url_of(interview), {"lepas": coding.pk}, headers=HTMX).content.decode()
    assert f"Bagian ini dikutip oleh: “{finding}”" in page
    assert passages(interview) == [(coder.username, "penuh", ["Jadwal"])]
    assert f'Dikutip temuan: <a href="{finding.get_absolute_url()}">' in page


@pytest.mark.parametrize(
    ("shown", "words"),
    [("", ["penuh"]), ("saya", ["penuh"]), ("semua", ["penuh", "padat"]), ("coder", ["padat"]), ("x", ["penuh"])],
)
def test_own_passages_are_shown_or_those_of_all_or_of_one(evaluator, interview, theme, here, coder, shown, words):
    other = here.users["admin"]
    mark(interview, theme, coder, "penuh")
    mark(interview, theme, other, "padat")
    asked = str(other.pk) if shown == "coder" else shown
    page = evaluator.get(url_of(interview), {"tampil": asked})
    assert [excerpt.quote for excerpt in page.context["passages"]] == words
    assert page.content.decode().count("<mark ") == len(words)


def test_the_list_opens_at_the_passage_one_comes_for(evaluator, here, theme, coder):
    interview = make_interview(here.evaluation, text=" ".join(f"kata{number}" for number in range(100, 160)))
    for number in range(100, 160):
        mark(interview, theme, coder, f"kata{number}")
    last = interview.excerpts.last()
    page = evaluator.get(url_of(interview), {"bagian": last.pk}, headers=HTMX)
    assert [excerpt.number for excerpt in page.context["passages"]] == list(range(41, 61))
    for wrong in ("x", "9" * 30, "0", "-1"):
        for name in ("bagian", "daftar"):
            assert evaluator.get(url_of(interview), {name: wrong}).status_code == 200


def test_a_new_mark_is_shown_whichever_page_of_the_list_stood_there(evaluator, here, theme, coder):
    interview = make_interview(here.evaluation, text=" ".join(f"kata{number}" for number in range(100, 160)))
    for number in range(101, 160):
        mark(interview, theme, coder, f"kata{number}")
    page = evaluator.post(
        f"{url_of(interview)}?daftar=3", said(interview, "kata100", theme=theme.pk), headers=HTMX
    )
    assert (page.context["list_page"], page.context["passages"][0].quote) == (1, "kata100")


def test_reading_is_finished_and_opened_again(evaluator, interview, coder):
    evaluator.post(url_of(interview), {"selesai": "1"})
    assert interview.readings.get().coder == coder
    assert "Anda selesai mengode teks ini" in evaluator.get(url_of(interview)).content.decode()
    evaluator.post(url_of(interview), {"selesai": "0"})
    assert not interview.readings.exists()


def test_answers_to_the_guide_are_texts_of_their_own(evaluator, interview, theme):
    InterviewAnswer.objects.create(interview=interview, item_key="kendala", text="Jadwal padat sekali")
    data = {"text": "p-kendala", "start": 7, "end": 12, "quote": "padat", "theme": theme.pk}
    evaluator.post(url_of(interview), data, headers=HTMX)
    assert [(one.part, one.quote) for one in interview.excerpts.all()] == [("kendala", "padat")]
    assert evaluator.get(url_of(interview)).content.decode().count('class="coding-text"') == 2


@pytest.mark.parametrize("kind", ["observation", "document"])
def test_observations_and_documents_are_coded_the_same_way(evaluator, here, theme, kind):
    source, part, words = (
        (make_observation(here.evaluation), "after", "tertib")
        if kind == "observation"
        else (make_document(here.evaluation), "shows", "Alur")
    )
    url = reverse(f"code_{kind}", args=[source.pk])
    evaluator.post(url, {"text": f"p-{part}", "quote": words, "theme": theme.pk})
    assert [(one.part, one.quote) for one in source.excerpts.all()] == [(part, words)]
    assert f'href="{url}"' in evaluator.get(source.get_absolute_url()).content.decode()


def test_a_lost_passage_is_flagged_and_not_drawn(evaluator, interview, theme, coder):
    mark(interview, theme, coder, "penuh")
    interview.excerpts.update(is_lost=True)
    page = evaluator.get(url_of(interview)).content.decode()
    assert "teksnya sudah berubah, periksa" in page
    assert "<mark " not in page


def test_a_text_without_words_says_what_to_do(evaluator, here):
    interview = make_interview(here.evaluation, text="")
    assert "Belum ada teks yang dapat dikode" in evaluator.get(url_of(interview)).content.decode()
    response = evaluator.post(url_of(interview), {"text": "p-", "quote": "x"}, headers=HTMX)
    assert response.status_code == 200


def test_the_page_takes_the_same_queries_for_few_and_many_passages(evaluator, interview, theme, coder, here):
    mark(interview, theme, coder, "Loket")
    evaluator.get(url_of(interview))
    few = page_queries(evaluator, url_of(interview))
    for words in ("penuh", "sejak", "pagi", "padat"):
        mark(interview, theme, coder, words)
        mark(interview, make_theme(here.evaluation, f"Tema {words}"), coder, words)
    assert page_queries(evaluator, url_of(interview)) == few


def test_passages_upon_passages_do_not_let_the_page_grow_with_their_square(evaluator, here, coder):
    interview = make_interview(here.evaluation, text="x" * 3_000)
    Excerpt.objects.bulk_create(
        Excerpt(
            evaluation=here.evaluation,
            interview=interview,
            start=number,
            end=3_000 - number,
            quote="x" * (3_000 - 2 * number),
            coder=coder,
        )
        for number in range(1_000)
    )
    assert len(evaluator.get(url_of(interview)).content) < 800_000


def test_an_interview_that_was_coded_names_its_passages_before_it_goes(evaluator, interview, theme, coder):
    mark(interview, theme, coder, "penuh")
    url = reverse("interview_delete", args=[interview.pk])
    assert "bagian bertanda" in evaluator.get(url).content.decode().lower()
    confirm(evaluator, url)
    assert theme.codings.count() == 0


# --- Open answers ---


def answers_url(survey) -> str:
    return reverse("code_answers", args=[survey.pk, "saran"])


def test_open_answers_stand_without_names_in_an_order_of_their_own(evaluator, here, theme):
    survey = open_survey(here, n=6)
    page = evaluator.get(answers_url(survey))
    texts = [drawn.text.text for drawn in page.context["drawn"]]
    arrived = [f"Tambah loket nomor {number}." for number in range(1, 7)]
    assert sorted(texts) == arrived
    assert [drawn.text.text for drawn in evaluator.get(answers_url(survey)).context["drawn"]] == texts
    body = page.content.decode()
    for enrollment, person in zip(here.enrollments, here.people, strict=True):
        assert person.name not in body
        assert person.nip not in body
        assert f'"{enrollment.code}"' not in body
    for answer in OpenAnswer.objects.visible_to(here.users["evaluator"]):
        assert str(answer.response_id) not in body


def test_an_open_answer_is_marked_by_its_token(evaluator, here, theme, coder):
    survey = open_survey(here)
    text = evaluator.get(answers_url(survey)).context["drawn"][2].text
    evaluator.post(answers_url(survey), {"text": text.key, "quote": "Tambah loket", "theme": theme.pk})
    excerpt = here.evaluation.excerpts.get()
    assert (excerpt.open_answer.text, excerpt.quote, excerpt.coder) == (text.text, "Tambah loket", coder)
    evaluator.post(answers_url(survey), {"selesai": "1"})
    assert here.evaluation.readings.filter(coder=coder).count() == 5
    evaluator.post(answers_url(survey), {"selesai": "1"})
    evaluator.post(answers_url(survey), {"selesai": "0"})
    assert here.evaluation.readings.count() == 0


@pytest.mark.parametrize(
    ("n", "values", "words"),
    [
        (4, {}, "setelah paling sedikit 5 orang menjawab"),
        (4, {"mode": "bernama"}, "setelah paling sedikit 5 orang menjawab"),
        (6, {"mode": "anonim"}, "Survei ini anonim dan belum ditutup"),
    ],
)
def test_answers_that_may_not_be_read_are_not_there(evaluator, here, theme, n, values, words):
    survey = open_survey(here, n=n, **values)
    page = evaluator.get(answers_url(survey)).content.decode()
    assert words in page
    assert "Tambah loket" not in page
    answer = OpenAnswer.objects.visible_to(here.users["evaluator"]).first()
    for key in ("", "p-", str(answer.pk)):
        evaluator.post(answers_url(survey), {"text": key, "quote": "Tambah loket", "theme": theme.pk})
    assert here.evaluation.excerpts.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"mode": "anonim", "is_sealed": True, "state": "ditutup"},
        {"mode": "anonim", "group": "masyarakat", "public_token": "x" * 16, "state": "dibuka"},
        {"mode": "rahasia", "state": "dibuka"},
    ],
)
def test_answers_that_nobody_is_found_by_are_there(evaluator, here, values):
    survey = open_survey(here, **values)
    assert len(evaluator.get(answers_url(survey)).context["drawn"]) == 5


def test_a_question_that_is_not_open_does_not_exist(evaluator, here):
    survey = open_survey(here)
    for key in ("b1", "tidak-ada"):
        assert evaluator.get(reverse("code_answers", args=[survey.pk, key])).status_code == 404


def test_answers_come_page_by_page_and_a_passage_finds_its_page(evaluator, here, theme, coder):
    from evaluations.views.coded_answers import PER_PAGE
    from tests.reports.answers import enroll_more

    enroll_more(here, PER_PAGE)
    survey = open_survey(here, n=PER_PAGE + 6)
    second = evaluator.get(answers_url(survey), {"halaman": "2"})
    assert len(second.context["drawn"]) == 6
    text = second.context["drawn"][0].text
    excerpt = mark(text.source, theme, coder, "Tambah").excerpt
    found = evaluator.get(answers_url(survey), {"bagian": excerpt.pk})
    assert found.context["number"] == 2
    assert [one.quote for one in found.context["passages"]] == ["Tambah"]
    for wrong in ("x", "0", "-3", "9" * 30):
        assert evaluator.get(answers_url(survey), {"halaman": wrong}).status_code == 200


def test_finished_texts_are_those_of_the_coder_alone(evaluator, interview, here):
    finish(interview, here.users["admin"])
    assert "Anda selesai mengode teks ini" not in evaluator.get(url_of(interview)).content.decode()
