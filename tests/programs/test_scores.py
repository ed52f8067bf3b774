"""Pre-test and post-test scores: typed in a grid, pasted, summarised."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.actions.attendance import CellsChanged
from programs.actions.scores import record_scores
from programs.cells import Edit
from programs.models import Enrollment
from tests.history.entries import entries_of
from tests.queries import count_queries, page_queries
from tests.world import add_participant


def stored(world) -> dict[str, tuple[str | None, str | None]]:
    rows = world.here.program.enrollments.order_by("code").values_list("code", "pre_score", "post_score")
    return {
        code: tuple(None if score is None else f"{score.normalize():f}" for score in scores)
        for code, *scores in rows
        if any(score is not None for score in scores)
    }


@pytest.fixture
def url(world):
    return reverse("score_grid", args=[world.here.program.pk])


def name(enrollment, test) -> str:
    return f"n-{enrollment.pk}-{test}"


def test_a_missing_score_is_no_zero(world, staff, url):
    first, second = world.here.enrollments[:2]
    form = {
        name(first, "pre"): "0",
        name(first, "post"): "82,50",
        name(second, "pre"): " ",
        name(second, "post"): "",
    }
    assert staff.post(url, form).url == url
    assert stored(world) == {"P001": ("0", "82.5")}
    page = staff.get(url)
    assert (page.context["summary"].n_pre, page.context["summary"].n) == (1, 6)
    assert [cell.value for cell in page.context["rows"][0].cells] == ["0", "82,5"]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("100,01", "Nilai harus antara 0 dan 100."),
        ("-1", "Nilai harus antara 0 dan 100."),
        ("delapan", "Tulis angka, misalnya 82,5."),
        ("80,555", "Pastikan"),
        ("NaN", "Tulis angka, misalnya 82,5."),
        ("1" * 12, "Nilai harus antara 0 dan 100."),
        ("8\x000x", "Tulis angka, misalnya 82,5."),
    ],
)
def test_what_is_no_score_is_refused_at_its_cell_and_stays(world, staff, url, typed, error):
    first, second = world.here.enrollments[:2]
    page = staff.post(url, {name(first, "pre"): typed, name(second, "post"): "70"})
    cells = {cell.name: cell for row in page.context["rows"] for cell in row.cells}
    assert cells[name(first, "pre")].error.startswith(error)
    assert (cells[name(first, "pre")].value, cells[name(second, "post")].value) == (typed, "70")
    assert stored(world) == {}


def test_the_highest_score_is_that_of_the_program(world, staff, url):
    world.here.program.maximum_score = 10
    world.here.program.save()
    first = world.here.enrollments[0]
    assert staff.post(url, {name(first, "pre"): "10"}).status_code == 302
    page = staff.post(url, {name(first, "post"): "10,5"})
    assert page.context["rows"][0].cells[1].error == "Nilai harus antara 0 dan 10."


def test_who_was_slower_decides_with_the_other_score_in_view(world, staff, url):
    first, second = world.here.enrollments[:2]
    seen = staff.get(url).context["seen"]
    record_scores(program=world.here.program, edits=[Edit((first.pk, "pre"), "", "60")])
    form = {"seen": seen, name(first, "pre"): "65", name(second, "pre"): "70"}
    page = staff.post(url, form)
    assert "<small>kini: 60</small>" in page.content.decode()
    assert stored(world) == {"P001": ("60", None)}
    staff.post(url, form | {"seen": page.context["seen"]})
    assert stored(world) == {"P001": ("65", None), "P002": ("70", None)}


def test_a_score_raises_the_revision_so_that_an_open_form_notices(world):
    first = world.here.enrollments[0]
    edits = [Edit((first.pk, "pre"), "", "60"), Edit((first.pk, "post"), "", "80")]
    assert record_scores(program=world.here.program, edits=edits) == 2
    first.refresh_from_db()
    assert (first.revision, first.pre_score, first.post_score) == (2, Decimal(60), Decimal(80))
    assert record_scores(program=world.here.program, edits=[Edit((first.pk, "pre"), "60", "")]) == 1
    assert stored(world) == {"P001": (None, "80")}


def test_many_scores_need_the_queries_of_few_and_an_entry_each(world):
    rows = world.here.enrollments

    def write(people, was, score):
        edits = [Edit((row.pk, test), was, score) for row in people for test in ("pre", "post")]
        return count_queries(lambda: record_scores(program=world.here.program, edits=edits))

    few = write(rows[:1], "", "70")
    assert write(rows[1:], "", "70") == few
    write(rows, "70", "80.5")
    entries = entries_of(rows[5])[-2:]
    assert [entry.changes for entry in entries] == [
        {"pre_score": [None, "70"], "post_score": [None, "70"]},
        {"pre_score": ["70.00", "80.5"], "post_score": ["70.00", "80.5"]},
    ]
    assert [entry.additional_data["revision"] for entry in entries] == [2, 3]


def test_the_action_refuses_what_the_page_would(world):
    first = world.here.enrollments[0]
    with pytest.raises(ValidationError):
        record_scores(program=world.here.program, edits=[Edit((first.pk, "pre"), "", "101")])
    with pytest.raises(CellsChanged):
        record_scores(program=world.here.program, edits=[Edit((first.pk, "pre"), "50", "60")])
    foreign = world.there.enrollments[0]
    edits = [Edit((foreign.pk, "pre"), "", "60"), Edit((first.pk, "akhir"), "", "60")]
    assert record_scores(program=world.here.program, edits=edits) == 0


def test_means_are_shown_from_five_persons_on(world, staff, url):
    rows = world.here.enrollments
    record_scores(program=world.here.program, edits=[Edit((row.pk, "pre"), "", "60") for row in rows[:4]])
    assert staff.get(url).context["summary"].mean_pre is None
    record_scores(program=world.here.program, edits=[Edit((rows[4].pk, "pre"), "", "70")])
    assert staff.get(url).context["summary"].mean_pre == Decimal(62)
    rows[4].group = Enrollment.Group.COMPARISON
    rows[4].pre_score = 70
    rows[4].save()
    assert staff.get(url).context["summary"].n_pre == 4


def test_an_evaluator_reads_and_cannot_write(world, client, url):
    client.force_login(world.here.users["evaluator"])
    assert '<input class="cell' not in client.get(url).content.decode()
    assert client.post(url, {name(world.here.enrollments[0], "pre"): "60"}).status_code == 403
    assert stored(world) == {}


def test_the_grid_needs_the_same_queries_for_few_and_for_many(world, staff, url):
    before = page_queries(staff, url)
    for number in range(20, 40):
        add_participant(world.here, number)
    assert page_queries(staff, url) == before


# --- A pasted list ---------------------------------------------------------------------


@pytest.fixture
def paste_url(world):
    return reverse("score_paste", args=[world.here.program.pk])


@pytest.mark.parametrize(
    ("columns", "text", "expected"),
    [
        ("both", "P001\t60\t80,5\nP002\t\t70", {"P001": ("60", "80.5"), "P002": (None, "70")}),
        ("both", "P001 60", {"P001": ("60", None)}),
        ("pre", "1. Peserta Kota Semarang 3\t55", {"P003": ("55", None)}),
        ("post", "P001 - 80\nP002;90", {"P001": (None, "80"), "P002": (None, "90")}),
        ("pre", "P001 60 80", {}),
        ("both", "P001 60 80 90\nP002 101 50\nP003", {}),
    ],
)
def test_a_pasted_list_becomes_scores(world, staff, paste_url, columns, text, expected):
    form = {"columns": columns, "text": text}
    page = staff.post(paste_url, form)
    assert len(page.context["plan"].wrong) == (0 if expected else len(text.splitlines()))
    assert stored(world) == {}
    staff.post(paste_url, form | {"seen": page.context["seen"], "save": "1"})
    assert stored(world) == expected


def test_a_score_that_differs_is_replaced_only_when_told_so(world, staff, paste_url):
    first = world.here.enrollments[0]
    record_scores(program=world.here.program, edits=[Edit((first.pk, "pre"), "", "60")])
    form = {"columns": "pre", "text": "P001 65\nP002 70"}
    page = staff.post(paste_url, form)
    assert "kini 60, daftar ini 65" in page.content.decode()
    form |= {"seen": page.context["seen"], "save": "1"}
    staff.post(paste_url, form)
    assert stored(world) == {"P001": ("60", None), "P002": ("70", None)}
    staff.post(paste_url, form | {"replace": "1"})
    assert stored(world)["P001"] == ("65", None)
