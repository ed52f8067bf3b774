"""The codebook rearranged: whatever happens to a theme, its passages stay."""

import csv

import pytest
from django.core.exceptions import ValidationError

from evaluations.actions.themes import (
    DEEPEST,
    FILE,
    delete_theme,
    merge_themes,
    ready_themes,
    save_theme,
    split_theme,
    start_codebook,
)
from evaluations.models import Evaluation, Finding, Theme
from evaluations.theme_tree import in_tree_order, with_counts
from tests.evaluations.coding import make_theme, mark, open_survey, passages
from tests.evaluations.evidence import make_interview, make_observation


@pytest.fixture
def coder(here):
    return here.users["evaluator"]


@pytest.fixture
def evaluation(here):
    return here.evaluation


def tree(evaluation) -> list[tuple[int, str]]:
    return [(theme.level, theme.name) for theme in in_tree_order(evaluation.themes.all())]


def test_the_ready_themes_are_a_sound_tree():
    rows = ready_themes()
    keys = [row["key"] for row in rows]
    assert len(set(keys)) == len(keys) == 48
    assert {row["kind"] for row in rows} == set(Theme.Kind.values)
    assert {row["category"] for row in rows} <= set(Finding.Category.values)
    for place, row in enumerate(rows):
        assert row["name"] and row["definition"] and row["example"], row["key"]
        assert row["parent"] in {"", *keys[:place]}, row["key"]
    with FILE.open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["key", "parent", "kind", "category", "name", "definition", "example"]


def test_a_codebook_is_begun_once_and_told_in_the_journal(evaluation, coder):
    themes = start_codebook(evaluation=evaluation, user=coder)
    assert len(themes) == evaluation.themes.count() == 48
    assert evaluation.themes.get(key="tantangan-merasa-berpengalaman").parent.key == "tantangan-resistensi"
    with pytest.raises(ValidationError):
        start_codebook(evaluation=evaluation, user=coder)
    assert evaluation.themes.count() == 48


def test_a_codebook_is_copied_with_its_tree_and_keys(evaluation, coder):
    source = Evaluation.objects.create(
        program=evaluation.program, title="Lama", start_date="2025-01-01", end_date="2025-02-01"
    )
    top = make_theme(source, "Induk", definition="Batas")
    make_theme(source, "Anak", parent=top, example="Contoh")
    start_codebook(evaluation=evaluation, user=coder, source=source)
    assert tree(evaluation) == [(0, "Induk"), (1, "Anak")]
    child = evaluation.themes.get(key="anak")
    assert (child.example, child.parent.definition, child.created_by) == ("Contoh", "Batas", coder)
    with pytest.raises(ValidationError):
        start_codebook(evaluation=source, user=coder, source=evaluation)  # what has themes is not written over


def test_renaming_keeps_the_key(evaluation):
    theme = save_theme(theme=Theme(evaluation=evaluation, name="Jadwal  padat", kind="tantangan"))
    theme.name = "Waktu sempit"
    save_theme(theme=theme)
    theme.refresh_from_db()
    assert (theme.key, theme.name) == ("jadwal-padat", "Waktu sempit")


@pytest.mark.parametrize("name", ["ثقة", "???", "-"])
def test_a_name_without_latin_letters_gets_a_key_too(evaluation, name):
    assert save_theme(theme=Theme(evaluation=evaluation, name=name, kind="saran")).key == "tema"


def test_no_circle_no_strange_parent_and_no_endless_tree(evaluation, world):
    top = make_theme(evaluation, "Satu")
    chain = [top]
    for number in range(1, DEEPEST):
        chain.append(make_theme(evaluation, f"Tingkat {number}", parent=chain[-1]))

    def refused(theme, parent) -> str:
        theme.parent = parent
        with pytest.raises(ValidationError) as error:
            save_theme(theme=theme)
        return error.value.error_dict["parent"][0].code

    assert refused(chain[0], chain[-1]) == "circle"
    assert refused(chain[1], chain[1]) == "circle"
    assert refused(Theme(evaluation=evaluation, name="Baru", kind="saran"), chain[-1]) == "too_deep"
    assert refused(make_theme(evaluation, "Lain"), chain[-1]) == "too_deep"
    assert refused(make_theme(evaluation, "Asing"), make_theme(world.there.evaluation)) == "foreign"


def test_merging_moves_codings_of_everybody_children_and_leaves_one_of_doubles(evaluation, here, coder):
    interview = make_interview(evaluation, text="Jadwal padat. Dana kurang. Loket penuh.")
    gone, stays = make_theme(evaluation, "Waktu"), make_theme(evaluation, "Jadwal")
    make_theme(evaluation, "Anak", parent=gone)
    other = here.users["admin"]
    mark(interview, gone, coder, "Jadwal padat.")
    mark(interview, stays, coder, "Jadwal padat.")
    mark(interview, gone, coder, "Dana kurang.")
    mark(interview, gone, other, "Loket penuh.")
    assert merge_themes(theme=gone, into=stays) == 3
    assert passages(interview) == [
        (coder.username, "Jadwal padat.", ["Jadwal"]),
        (coder.username, "Dana kurang.", ["Jadwal"]),
        (other.username, "Loket penuh.", ["Jadwal"]),
    ]
    assert tree(evaluation) == [(0, "Jadwal"), (1, "Anak")]


def test_a_theme_merges_into_one_below_it(evaluation):
    top = make_theme(evaluation, "Atas")
    middle = make_theme(evaluation, "Tengah", parent=top)
    make_theme(evaluation, "Bawah", parent=middle)
    make_theme(evaluation, "Samping", parent=top)
    merge_themes(theme=top, into=middle)
    assert sorted(tree(evaluation)) == [(0, "Tengah"), (1, "Bawah"), (1, "Samping")]


@pytest.mark.parametrize("which", ["self", "foreign"])
def test_a_theme_is_not_merged_into_itself_or_a_strange_one(evaluation, world, which):
    theme = make_theme(evaluation)
    into = theme if which == "self" else make_theme(world.there.evaluation)
    with pytest.raises(ValidationError):
        merge_themes(theme=theme, into=into)
    assert tree(evaluation) == [(0, "Jadwal")]


def test_splitting_moves_the_chosen_passages_to_a_new_theme(evaluation, coder):
    interview = make_interview(evaluation, text="Jadwal padat. Dana kurang.")
    theme = make_theme(evaluation)
    mark(interview, theme, coder, "Jadwal padat.")
    moved = mark(interview, theme, coder, "Dana kurang.").excerpt
    into = Theme(evaluation=evaluation, name="Anggaran", kind="tantangan")
    assert split_theme(theme=theme, excerpts=[moved], into=into) == 1
    assert passages(interview) == [
        (coder.username, "Jadwal padat.", ["Jadwal"]),
        (coder.username, "Dana kurang.", ["Anggaran"]),
    ]


def test_splitting_into_a_theme_that_the_passage_has_leaves_it_once(evaluation, coder):
    interview = make_interview(evaluation, text="Jadwal padat.")
    theme, other = make_theme(evaluation), make_theme(evaluation, "Anggaran")
    mark(interview, theme, coder, "Jadwal padat.")
    excerpt = mark(interview, other, coder, "Jadwal padat.").excerpt
    split_theme(theme=theme, excerpts=[excerpt], into=other)
    assert passages(interview) == [(coder.username, "Jadwal padat.", ["Anggaran"])]


def test_only_an_unused_theme_without_children_is_deleted(evaluation, coder):
    used, parent, free = (make_theme(evaluation, name) for name in ("Dipakai", "Induk", "Bebas"))
    make_theme(evaluation, "Anak", parent=parent)
    mark(make_interview(evaluation, text="Jadwal padat."), used, coder, "Jadwal")
    for theme in (used, parent):
        with pytest.raises(ValidationError):
            delete_theme(theme=theme)
    delete_theme(theme=free)
    assert sorted(tree(evaluation)) == [(0, "Dipakai"), (0, "Induk"), (1, "Anak")]


def test_informants_count_once_and_sources_apart(evaluation, here, coder):
    theme = make_theme(evaluation)
    interview, observation = (
        make_interview(evaluation, text="Jadwal padat. Jadwal lagi."),
        make_observation(evaluation),
    )
    for words in ("Jadwal padat.", "Jadwal lagi."):
        for who in (coder, here.users["admin"]):
            mark(interview, theme, who, words)
    mark(observation, theme, coder, "tertib", part="after", text=observation.after)
    survey = open_survey(here)
    for response in survey.responses.all()[:2]:
        mark(response.open_answers.get(), theme, coder, "Tambah loket")
    counted = with_counts(evaluation.themes.all()).get()
    assert (counted.n_passages, counted.n_informants, counted.n_sources) == (7, 3, 1)
