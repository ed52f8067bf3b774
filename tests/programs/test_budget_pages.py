"""The budget of a program: its page, the grid that fills it, its workbook."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from programs.models import BudgetComponent, BudgetLine
from tests.queries import page_queries


@pytest.fixture
def components(world) -> list[BudgetComponent]:
    return [
        BudgetComponent.objects.create(name=name, order=order)
        for order, name in enumerate(("Honorarium", "Konsumsi", "Perjalanan"), 1)
    ]


@pytest.fixture
def program(world):
    return world.here.program


def add(program, component, planned, realised=None, **fields) -> BudgetLine:
    return BudgetLine.objects.create(
        program=program, component=component, planned=planned, realised=realised, **fields
    )


def fill(staff, program, **fields):
    """Post the grid as the browser does: what it showed, and what was typed over it."""
    url = reverse("budget_grid", args=[program.pk])
    return staff.post(url, typed_in(staff.get(url)) | fields)


def typed_in(response) -> dict[str, str]:
    """What the cells of the grid hold."""
    grid = response.context["grid"]
    cells = {cell.html_name: cell.value() or "" for row in grid.rows for cell in row}
    return cells | {"funding": grid.funding_value}


def lines(program) -> list[tuple]:
    return list(
        program.budget_lines.values_list("component__name", "description", "funding_source", "planned", "realised")
    )


# --- The grid ------------------------------------------------------------------------


def test_a_row_waits_for_each_component(staff, program, components):
    add(program, components[1], 100)
    grid = staff.get(reverse("budget_grid", args=[program.pk])).context["grid"]
    assert [(row.prefix[0], row["component"].value()) for row in grid.rows] == [
        ("b", components[1].pk),
        ("n", components[0].pk),
        ("n", components[2].pk),
        ("n", None),
        ("n", None),
        ("n", None),
    ]


def test_several_lines_are_saved_at_once_with_their_common_source(staff, program, components):
    response = fill(
        staff,
        program,
        funding="APBD",
        **{
            "n0-planned": "12.000.000",
            "n0-realised": "Rp 11.400.000,50",
            "n1-planned": "8000000",
            "n1-funding_source": "Hibah",
        },
    )
    assert response.url == reverse("program_budget", args=[program.pk])
    assert lines(program) == [
        ("Honorarium", "", "APBD", 12_000_000, Decimal("11400000.50")),
        ("Konsumsi", "", "Hibah", 8_000_000, None),
    ]
    assert "2 baris anggaran disimpan." in staff.get(response.url).content.decode()


def test_every_wrong_cell_is_named_and_nothing_is_lost(staff, program, components):
    response = fill(
        staff,
        program,
        **{
            "n0-planned": "dua belas juta",
            "n0-description": "Dua hari",
            "n1-planned": "500.000",
            "n2-realised": "100.000",
            "n3-planned": "1.000",
        },
    )
    assert [(number, cell) for number, _label, cell, _message in response.context["problems"]] == [
        (1, "id_n0-planned"),
        (3, "id_n2-planned"),
        (4, "id_n3-component"),
    ]
    page = response.content.decode()
    assert page.count('aria-invalid="true"') == page.count('class="cell-error"') == 3
    assert "“dua belas juta” bukan jumlah rupiah." in page
    for typed in ("dua belas juta", "Dua hari", "500.000", "100.000"):
        assert f'value="{typed}"' in page
    assert not program.budget_lines.exists()


def test_stored_lines_are_changed_in_place(staff, program, components):
    line = add(program, components[0], 100, description="Dua hari")
    untouched = add(program, components[1], 200)
    fill(staff, program, **{f"b{line.pk}-realised": "90"})
    line.refresh_from_db()
    untouched.refresh_from_db()
    assert (line.realised, line.revision, untouched.revision) == (90, 2, 1)


def test_nothing_typed_saves_nothing(staff, program, components):
    add(program, components[0], 100)
    response = fill(staff, program)
    assert "Tidak ada baris yang diubah." in staff.get(response.url).content.decode()
    assert len(lines(program)) == 1


def test_a_line_that_somebody_else_changed_is_shown_first(staff, program, components):
    line = add(program, components[0], 100)
    url = reverse("budget_grid", args=[program.pk])
    shown = typed_in(staff.get(url))
    program.budget_lines.filter(pk=line.pk).update(planned=150, revision=2)
    response = staff.post(url, shown | {f"b{line.pk}-realised": "90"})
    line.refresh_from_db()
    assert line.realised is None
    assert [message for *_place, message in response.context["problems"]] == [
        "Baris ini telah diubah orang lain; yang tersimpan kini: Rencana “150”, Realisasi “kosong”. "
        "Tekan Simpan sekali lagi bila isian Anda yang berlaku."
    ]
    staff.post(url, typed_in(response))
    line.refresh_from_db()
    assert (line.planned, line.realised) == (100, 90)


def test_a_line_that_was_left_alone_keeps_what_somebody_else_wrote(staff, program, components):
    line = add(program, components[0], 100)
    url = reverse("budget_grid", args=[program.pk])
    shown = typed_in(staff.get(url))
    program.budget_lines.filter(pk=line.pk).update(planned=150, revision=2)
    assert staff.post(url, shown | {"n0-planned": "70"}).status_code == 302
    assert sorted(program.budget_lines.values_list("planned", flat=True)) == [70, 150]


def test_what_was_typed_into_a_deleted_line_is_asked_about_and_kept(staff, program, components):
    line = add(program, components[0], 100)
    url, key = reverse("budget_grid", args=[program.pk]), line.pk
    shown = typed_in(staff.get(url))
    line.delete()
    response = staff.post(url, shown | {f"b{key}-realised": "90"})
    assert [message for *_place, message in response.context["problems"]] == [
        "Baris ini telah dihapus orang lain. Tekan Simpan sekali lagi untuk mencatatnya kembali."
    ]
    staff.post(url, typed_in(response))
    assert lines(program) == [("Honorarium", "", "", 100, 90)]


def test_a_deleted_line_that_was_left_alone_does_not_return(staff, program, components):
    line = add(program, components[0], 100)
    url = reverse("budget_grid", args=[program.pk])
    shown = typed_in(staff.get(url))
    line.delete()
    assert staff.post(url, shown | {"n0-planned": "70"}).status_code == 302
    assert lines(program) == [("Konsumsi", "", "", 70, None)]


def test_more_rows_come_without_losing_what_was_typed(staff, program, components):
    response = fill(staff, program, **{"n0-planned": "12.", "more": "1"})
    grid = response.context["grid"]
    assert len(grid.rows) == 6 + 5
    assert response.context["problems"] == []
    assert grid.rows[0]["planned"].value() == "12."
    assert 'aria-invalid="true"' not in response.content.decode()
    assert not program.budget_lines.exists()


@pytest.mark.parametrize(
    "name", ["n999-planned", "b99999999999999999999-planned", "bx-planned", "n\u0661-planned"]
)
def test_rows_that_the_page_never_had_are_not_read(staff, program, components, name):
    assert staff.post(reverse("budget_grid", args=[program.pk]), {name: "100"}).status_code == 302
    assert lines(program) == []


def test_an_activity_of_another_program_is_refused(world, staff, program, components):
    foreign = world.there.program.activities.get()
    response = fill(staff, program, **{"n0-planned": "100", "n0-activity": str(foreign.pk)})
    assert [cell for _number, _label, cell, _message in response.context["problems"]] == ["id_n0-activity"]


def test_a_very_long_budget_offers_new_rows_and_still_takes_its_old_ones(staff, program, components):
    url = reverse("budget_grid", args=[program.pk])
    rows = [add(program, components[0], number) for number in range(80)]
    shown = typed_in(staff.get(url))
    add(program, components[0], 80)
    grid = staff.get(url).context["grid"]
    assert (grid.is_too_large, {row.prefix[0] for row in grid.rows}) == (True, {"n"})
    assert staff.post(url, shown | {f"b{rows[0].pk}-realised": "5"}).status_code == 302
    assert program.budget_lines.filter(realised=5).get() == rows[0]
    assert program.budget_lines.count() == 81


def test_the_grid_needs_the_same_queries_for_few_rows_and_for_many(staff, program, components):
    url = reverse("budget_grid", args=[program.pk])
    add(program, components[0], 100)
    before = page_queries(staff, url)
    for number in range(3):
        add(program, components[0], number)
    assert page_queries(staff, url) == before


# --- The page ------------------------------------------------------------------------


def test_the_page_shows_sums_shares_and_unit_costs(world, staff, program, components):
    add(program, components[0], 15_000_000, 14_400_000)
    add(program, components[1], 9_000_000, 9_600_000)
    world.here.enrollments[0].group = "pembanding"
    world.here.enrollments[0].save()
    world.here.enrollments[1].status = "diundang"
    world.here.enrollments[1].save()
    response = staff.get(reverse("program_budget", args=[program.pk]))
    costs = response.context["costs"]
    assert (costs.planned_per_participant.n, costs.planned_per_participant.amount) == (4, 6_000_000)
    assert (costs.realised_per_lesson_hour.n, costs.realised_per_lesson_hour.amount) == (8, 3_000_000)
    page = response.content.decode()
    for text in ("Rp24.000.000", "−Rp600.000", "−4,0%", "62,5%", "n = 4 peserta terdaftar", "n = 8 JP"):
        assert text in page
    assert [(bar.name, bar.planned_width) for bar in response.context["bars"]] == [
        ("Honorarium", "100.00%"),
        ("Konsumsi", "60.00%"),
    ]
    assert 'width="60.00%"' in page


def test_a_realisation_that_is_missing_is_said_and_never_zero(staff, program, components):
    add(program, components[0], 100, 90)
    add(program, components[1], 200)
    page = staff.get(reverse("program_budget", args=[program.pk])).content.decode()
    assert "realisasi 1 dari 2 baris; sisanya belum dicatat" in page
    assert "realisasi sebagian baris belum dicatat" in page
    assert "Rp0" not in page


def test_costs_without_participants_say_why(world, staff, program, components):
    add(program, components[0], 100, 90)
    program.enrollments.all().delete()
    page = staff.get(reverse("program_budget", args=[program.pk])).content.decode()
    assert "belum ada peserta terdaftar" in page


def test_an_empty_budget_says_what_to_do(staff, program):
    assert "Belum ada anggaran." in staff.get(reverse("program_budget", args=[program.pk])).content.decode()


@pytest.mark.parametrize(
    ("order", "expected"),
    [("komponen", [3, 1, 2]), ("-rencana", [3, 2, 1]), ("rencana", [1, 2, 3]), ("palsu", [3, 1, 2])],
)
def test_lines_are_sorted_by_the_address(staff, program, components, order, expected):
    for component, planned in zip(components, (3, 1, 2), strict=True):
        add(program, component, planned)
    response = staff.get(reverse("program_budget", args=[program.pk]), {"urut": order})
    assert [line.planned for line in response.context["object_list"]] == expected


def test_the_page_needs_the_same_queries_for_few_rows_and_for_many(staff, program, components):
    url = reverse("program_budget", args=[program.pk])
    activity = program.activities.get()
    add(program, components[0], 100, activity=activity)
    before = page_queries(staff, url)
    for component in components:
        add(program, component, 100, activity=activity)
    assert page_queries(staff, url) == before


def test_the_program_page_sums_the_budget_up(staff, program, components):
    add(program, components[0], 100_000, 90_000)
    add(program, components[1], 200_000)
    page = staff.get(program.get_absolute_url()).content.decode()
    assert "Rp300.000" in page
    assert "Rp90.000 (1 dari 2 baris)" in page


def test_the_workbook_leaves_what_is_missing_empty(staff, program, components):
    add(
        program,
        components[0],
        100,
        90,
        description="=1+1",
        funding_source="APBD",
        activity=program.activities.get(),
    )
    add(program, components[1], 200)
    response = staff.get(reverse("budget_export", args=[program.pk]))
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Komponen", "Kegiatan", "Uraian", "Sumber Dana", "Rencana", "Realisasi", "Selisih"],
        ["Honorarium", "Lokakarya", "=1+1", "APBD", 100, 90, -10],
        ["Konsumsi", None, None, None, 200, None, None],
    ]
    assert sheet["C2"].data_type == "s"


# --- One line ------------------------------------------------------------------------


def test_a_line_is_changed_and_removed_and_leads_back(staff, program, components):
    line = add(program, components[0], 100)
    form = {"component": components[1].pk, "planned": "1.250.000", "realised": "", "seen_revision": 1}
    assert staff.post(reverse("budget_update", args=[line.pk]), form).url == line.get_absolute_url()
    assert lines(program) == [("Konsumsi", "", "", 1_250_000, None)]
    assert staff.post(reverse("budget_delete", args=[line.pk])).url == line.get_absolute_url()
    assert lines(program) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1.500.000", 1_500_000),
        ("1500000", 1_500_000),
        ("Rp1.500.000,-", 1_500_000),
        ("rp. 1.500.000,75", Decimal("1500000.75")),
        ("1.500", 1_500),
        ("0", 0),
        ("1.50", None),
        ("1,500,000", None),
        ("1.500.00", None),
        ("1e9", None),
        ("NaN", None),
        ("\u0661\u0662", None),
        ("-5", None),
        ("", None),
        ("9" * 15, None),
    ],
)
def test_rupiah_are_read_as_people_write_them(staff, program, components, typed, expected):
    line = add(program, components[0], 100)
    form = {"component": components[0].pk, "planned": typed, "seen_revision": 1}
    response = staff.post(reverse("budget_update", args=[line.pk]), form)
    line.refresh_from_db()
    assert (response.status_code, line.planned) == ((200, 100) if expected is None else (302, expected))
