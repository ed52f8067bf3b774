"""The codebook, its themes, and the search over all passages."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from evaluations.models import Interview, Theme
from tests.evaluations.coding import make_theme, mark, open_survey, passages
from tests.evaluations.evidence import make_interview, make_observation
from tests.forms import confirm, send
from tests.history.entries import entries_of
from tests.queries import page_queries
from tests.test_same_moment import MESSAGE, somebody_faster


@pytest.fixture
def coder(here):
    return here.users["evaluator"]


@pytest.fixture
def evaluation(here):
    return here.evaluation


def sheet(client, url: str) -> list[list]:
    rows = openpyxl.load_workbook(BytesIO(client.get(url).content)).worksheets[0].iter_rows(values_only=True)
    return [list(row) for row in rows]


def test_one_press_begins_the_codebook(evaluator, evaluation):
    url = reverse("codebook", args=[evaluation.pk])
    assert "Mulai kodebuk" in evaluator.get(url).content.decode()
    page = evaluator.post(reverse("codebook_start", args=[evaluation.pk]), {"source": ""}, follow=True)
    assert "Kodebuk dimulai dengan 48 tema." in page.content.decode()
    again = evaluator.post(reverse("codebook_start", args=[evaluation.pk]), {"source": ""}, follow=True)
    assert "sudah mempunyai kodebuk" in again.content.decode()
    assert evaluation.themes.count() == 48


def test_only_codebooks_in_sight_are_copied(evaluator, evaluation, world):
    make_theme(world.there.evaluation)
    response = evaluator.post(
        reverse("codebook_start", args=[evaluation.pk]), {"source": world.there.evaluation.pk}
    )
    assert response.status_code == 200
    assert response.context["form"].errors["source"]
    assert evaluation.themes.count() == 0


def test_the_codebook_takes_the_same_queries_for_few_and_many(evaluator, evaluation, coder):
    url = reverse("codebook", args=[evaluation.pk])
    interview = make_interview(evaluation, text="satu dua tiga empat")
    mark(interview, make_theme(evaluation, "Satu"), coder, "satu")
    few = page_queries(evaluator, url)
    for name in ("Dua", "Tiga", "Empat"):
        mark(interview, make_theme(evaluation, name), coder, name.lower())
    assert page_queries(evaluator, url) == few


def test_the_codebook_leaves_as_a_workbook_without_formulas(evaluator, evaluation, coder):
    top = make_theme(evaluation, "Waktu", definition="=1+1", category="waktu")
    make_theme(evaluation, "Jadwal", parent=top, example="Padat")
    mark(make_interview(evaluation, text="Jadwal padat"), top, coder, "Jadwal")
    rows = sheet(evaluator, reverse("codebook_export", args=[evaluation.pk]))
    assert rows[1:] == [
        ["waktu", 1, "Tantangan", "Waktu", None, "Waktu dan jadwal", "=1+1", None, 1, 1, 0],
        ["jadwal", 2, "Tantangan", "Jadwal", "Waktu", None, None, "Padat", 0, 0, 0],
    ]


def test_who_reads_no_passages_gets_no_counts_that_could_tell_of_a_small_group(client, evaluation, here, coder):
    theme = make_theme(evaluation, "Waktu")
    mark(make_interview(evaluation, text="Jadwal padat"), theme, coder, "Jadwal")
    client.force_login(here.users["manajer"])
    rows = sheet(client, reverse("codebook_export", args=[evaluation.pk]))
    assert rows[0][-1] == "Contoh ucapan"
    for url in (reverse("codebook", args=[evaluation.pk]), theme.get_absolute_url()):
        assert "Informan" not in client.get(url).content.decode()


def test_a_theme_is_made_changed_and_moved_by_its_form(evaluator, evaluation, coder):
    parent = make_theme(evaluation, "Induk")
    typed = {
        "kind": "saran",
        "name": "Bergilir",
        "parent": parent.pk,
        "category": "waktu",
        "definition": "",
        "example": "",
    }
    response = evaluator.post(reverse("theme_create", args=[evaluation.pk]), typed)
    assert response.status_code == 302, response.context["form"].errors
    theme = evaluation.themes.get(key="bergilir")
    assert (theme.parent, theme.category, theme.created_by) == (parent, "waktu", coder)
    send(evaluator, reverse("theme_update", args=[theme.pk]), typed | {"name": "Jadwal bergilir", "parent": ""})
    theme.refresh_from_db()
    assert (theme.name, theme.key, theme.parent) == ("Jadwal bergilir", "bergilir", None)
    assert len(entries_of(theme)) == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "Induk", "kind": "tantangan"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"kind": "lain"}, "kind"),
        ({"parent": "999999"}, "parent"),
        ({"parent": "x\x00"}, "parent"),
        ({"category": "lain sekali"}, "category"),
    ],
)
def test_a_wrong_theme_is_refused_at_its_field(evaluator, evaluation, typed, field):
    make_theme(evaluation, "Induk")
    page = evaluator.post(reverse("theme_create", args=[evaluation.pk]), {"kind": "saran", "name": "Baru"} | typed)
    errors = page.context["form"].errors
    assert field in errors or "__all__" in errors
    assert evaluation.themes.count() == 1


def test_a_theme_cannot_be_moved_below_itself(evaluator, evaluation):
    top = make_theme(evaluation, "Induk")
    child = make_theme(evaluation, "Anak", parent=top)
    form = evaluator.get(reverse("theme_update", args=[top.pk])).context["form"]
    assert [value for value, _label in form.fields["parent"].choices] == [""]
    page = send(
        evaluator, reverse("theme_update", args=[top.pk]), {"kind": "saran", "name": "X", "parent": child.pk}
    )
    assert "parent" in page.context["form"].errors


def test_two_people_who_change_a_theme_are_told_of_each_other(evaluator, evaluation):
    theme = make_theme(evaluation)
    url = reverse("theme_update", args=[theme.pk])
    old = evaluator.get(url).context["form"]["seen_revision"].value()
    typed = {"kind": "tantangan", "name": "Pertama", "parent": "", "category": ""}
    send(evaluator, url, typed)
    page = evaluator.post(url, typed | {"name": "Kedua", "seen_revision": old})
    assert "telah diubah orang lain" in page.content.decode()
    assert evaluation.themes.get().name == "Pertama"


@pytest.mark.parametrize("page", ["theme_create", "theme_split"])
def test_a_theme_that_somebody_else_just_made_is_no_error(evaluator, evaluation, coder, page):
    theme = make_theme(evaluation)
    excerpt = mark(make_interview(evaluation, text="Jadwal padat"), theme, coder, "Jadwal").excerpt
    row = evaluation if page == "theme_create" else theme
    typed = {"kind": "saran", "name": "Baru", "excerpts": [excerpt.pk]}
    with somebody_faster(Theme):
        answer = evaluator.post(reverse(page, args=[row.pk]), typed)
    assert MESSAGE in answer.content.decode()
    assert evaluator.post(reverse(page, args=[row.pk]), typed | {"name": "Lain"}).status_code == 302


def test_a_used_theme_is_merged_and_not_deleted(evaluator, evaluation, coder):
    interview = make_interview(evaluation, text="Jadwal padat")
    used, into = make_theme(evaluation, "Waktu"), make_theme(evaluation, "Jadwal")
    mark(interview, used, coder, "Jadwal")
    url = reverse("theme_delete", args=[used.pk])
    assert "1 bagian bertanda" in evaluator.get(url).content.decode()
    evaluator.post(url)
    merge = reverse("theme_merge", args=[used.pk])
    assert "1 bagian bertanda dari semua pengode pindah" in evaluator.get(merge).content.decode()
    for wrong in ("", str(used.pk), "999999", "x"):
        assert evaluator.post(merge, {"into": wrong}).context["form"].errors["into"]
    response = evaluator.post(merge, {"into": into.pk})
    assert response.url == into.get_absolute_url()
    assert passages(interview) == [(coder.username, "Jadwal", ["Jadwal"])]
    confirm(evaluator, reverse("theme_delete", args=[make_theme(evaluation, "Bebas").pk]))
    assert [theme.name for theme in evaluation.themes.all()] == ["Jadwal"]


def test_a_theme_is_split_by_its_page(evaluator, evaluation, coder, world):
    interview = make_interview(evaluation, text="Jadwal padat. Dana kurang.")
    theme = make_theme(evaluation)
    mark(interview, theme, coder, "Jadwal padat.")
    moved = mark(interview, theme, coder, "Dana kurang.").excerpt
    url = reverse("theme_split", args=[theme.pk])
    foreign = mark(
        world.there.evaluation.interviews.get(),
        make_theme(world.there.evaluation),
        world.there.users["evaluator"],
        "Jadwal",
    ).excerpt
    for typed in ({"name": "Dana"}, {"excerpts": [moved.pk]}, {"name": "Dana", "excerpts": [foreign.pk]}):
        assert evaluator.post(url, typed).context["form"].errors
    evaluator.post(url, {"name": "Dana", "excerpts": [moved.pk]})
    assert passages(interview) == [
        (coder.username, "Jadwal padat.", ["Jadwal"]),
        (coder.username, "Dana kurang.", ["Dana"]),
    ]


def test_readers_see_what_a_theme_means_but_no_words_of_informants(client, evaluation, here, coder):
    theme = make_theme(evaluation, definition="Kapan dipakai")
    mark(make_interview(evaluation, text="Rahasia sekali"), theme, coder, "Rahasia")
    for role, reads in (("manajer", False), ("auditor", False), ("staf", False), ("evaluator", True)):
        client.force_login(here.users[role])
        page = client.get(theme.get_absolute_url()).content.decode()
        assert "Kapan dipakai" in page
        assert ("Rahasia" in page) == reads


# --- Search ---


@pytest.fixture
def marked(evaluation, here, coder):
    """A head of unit and a superior, an observation and an open answer, by two coders."""
    time = make_theme(evaluation, "Waktu")
    schedule = make_theme(evaluation, "Jadwal", parent=time)
    money = make_theme(evaluation, "Dana", kind="saran")
    head = make_interview(evaluation, text="Jadwal padat sekali. Dana habis.", unit="Loket terpadu")
    mark(head, schedule, coder, "Jadwal padat")
    mark(head, money, here.users["admin"], "Dana habis")
    seen = make_observation(evaluation)
    mark(seen, time, coder, "Antrean tertib", part="after", text=seen.after)
    survey = open_survey(here)
    mark(survey.responses.first().open_answers.get(), money, coder, "Tambah loket")


def found(client, **asked) -> list[str]:
    return [excerpt.quote for excerpt in client.get(reverse("passage_search"), asked).context["object_list"]]


ALL = ["Tambah loket", "Antrean tertib", "Dana habis", "Jadwal padat"]


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ({}, ALL),
        ({"q": "JADWAL"}, ["Jadwal padat"]),
        ({"q": "padat jadwal"}, ["Jadwal padat"]),
        ({"q": "tidak ada"}, []),
        ({"tema": "waktu"}, ["Antrean tertib", "Jadwal padat"]),
        ({"tema": "jadwal"}, ["Jadwal padat"]),
        ({"tema": "lain"}, []),
        ({"jenis": "saran"}, ["Tambah loket", "Dana habis"]),
        ({"peran": "pimpinan_unit"}, ["Dana habis", "Jadwal padat"]),
        ({"peran": "peserta"}, ["Tambah loket"]),
        ({"unit": "loket"}, ["Antrean tertib", "Dana habis", "Jadwal padat"]),
        ({"wilayah": "33.74"}, ALL),
        ({"wilayah": "12"}, []),
        ({"jenis": "x", "peran": "\x00", "pengode": "x", "urut": "x", "page": "x"}, ALL),
        ({"q": "\x00", "unit": "\x00", "tema": "\x00"}, ALL),
        ({"pengode": "9" * 30}, ALL),
        ({"urut": "pengode"}, ["Dana habis", "Jadwal padat", "Antrean tertib", "Tambah loket"]),
    ],
)
def test_passages_are_found_by_what_they_are(evaluator, marked, asked, quotes):
    assert found(evaluator, **asked) == quotes


def test_passages_are_found_by_coder_and_evaluation(evaluator, marked, here, evaluation):
    assert found(evaluator, pengode=here.users["admin"].pk) == ["Dana habis"]
    assert found(evaluator, evaluasi=evaluation.pk) == ALL


def test_the_search_stays_inside_the_area(evaluator, marked, world):
    there = world.there
    mark(
        there.evaluation.interviews.get(),
        make_theme(there.evaluation, "Medan"),
        there.users["evaluator"],
        "Jadwal",
    )
    assert found(evaluator) == ALL
    page = evaluator.get(reverse("passage_search")).content.decode()
    assert "Medan" not in page
    assert evaluator.get(reverse("passage_search"), {"evaluasi": there.evaluation.pk}).status_code == 404


def test_the_search_takes_the_same_queries_for_few_and_many(evaluator, marked, evaluation, coder):
    url = reverse("passage_search")
    few = page_queries(evaluator, url)
    interview = make_interview(evaluation, text="satu dua tiga")
    for words in ("satu", "dua", "tiga"):
        mark(interview, make_theme(evaluation, f"Tema {words}"), coder, words)
    assert page_queries(evaluator, url) == few


def test_every_passage_leads_to_where_it_was_marked(evaluator, marked):
    for excerpt in evaluator.get(reverse("passage_search")).context["object_list"]:
        page = evaluator.get(excerpt.coding_url.split("#")[0])
        assert excerpt.pk in [one.pk for one in page.context["passages"]]


def test_the_workbook_takes_along_only_what_the_informant_allowed(evaluator, evaluation, coder):
    theme = make_theme(evaluation)
    for consent, name in ((Interview.Consent.NO_QUOTE, "Budi"), (Interview.Consent.BY_ROLE, "Ratna")):
        interview = make_interview(
            evaluation, text=f"Kata {name} jadwal padat", consent=consent, informant_name=name
        )
        mark(interview, theme, coder, f"{name} jadwal padat")
    rows = sheet(evaluator, reverse("passage_export"))
    assert sorted(row[5] for row in rows[1:]) == [
        "[informan tidak mengizinkan kutipan]",
        "[nama informan] jadwal padat",
    ]
