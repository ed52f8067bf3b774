"""Measurements pasted and uploaded: shown first, saved as a whole, taken along and brought back."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from asn_eval.history.models import LogEntry
from evaluations.models import Measurement
from tests.evaluations.evidence import make_indicator
from tests.evaluations.test_indicators import make_predicates
from tests.queries import count_queries

LINES = "Tanggal\tNilai\tJumlah kasus\nJanuari 2026\t9,5\t30\nJuli 2026\t4\t28"


@pytest.fixture
def series(here):
    return make_indicator(here.evaluation)


def paste(browser, series, lines=LINES, **typed):
    return browser.post(reverse("measurement_lines", args=[series.pk]), {"lines": lines} | typed)


def upload(browser, series, content, name="nilai.xlsx", **typed):
    return paste(browser, series, "", file=SimpleUploadedFile(name, content), **typed)


def agree(browser, series, page):
    """Press the button of the page that shows what would be saved."""
    lines = page.context["form"].initial["lines"]
    return paste(browser, series, lines, seen=page.context["plan"].seal, save="1")


def stored(series):
    return [(one.date.isoformat(), one.value, one.n, one.revision) for one in series.measurements.all()]


def test_pasted_lines_are_shown_and_then_saved(evaluator, here, series):
    page = paste(evaluator, series)
    assert (page.context["plan"].n_new, stored(series)) == (2, [])
    assert "Simpan 2 pengukuran" in page.content.decode()
    assert agree(evaluator, series, page).url == series.get_absolute_url()
    assert stored(series) == [
        ("2026-01-31", Decimal("9.5"), 30, 1),
        ("2026-07-31", Decimal(4), 28, 1),
    ]
    user = here.users["evaluator"]
    told = [
        LogEntry.objects.visible_to(user).of_kind(Measurement, one.pk).count() for one in series.measurements.all()
    ]
    assert told == [1, 1]


def test_a_day_that_is_there_is_a_change_or_the_same(evaluator, here, series):
    series.measurements.create(date=date(2026, 1, 31), value=Decimal("9.5"), n=30)
    series.measurements.create(date=date(2026, 7, 31), value=5, n=28)
    page = paste(evaluator, series)
    assert [one.planned.outcome for one in page.context["shown"]] == ["same", "changed"]
    assert "(semula 5)" in page.content.decode()
    agree(evaluator, series, page)
    assert stored(series) == [("2026-01-31", Decimal("9.5"), 30, 1), ("2026-07-31", Decimal(4), 28, 2)]
    entries = LogEntry.objects.visible_to(here.users["evaluator"])
    changed = entries.of_kind(Measurement, series.measurements.last().pk).first()
    assert set(changed.changes) == {"value"}


@pytest.mark.parametrize(
    ("lines", "number", "message"),
    [
        (f"{LINES}\nkemarin\t5", 4, "Tanggal “kemarin” tidak dikenali"),
        (f"{LINES}\n\n31/01/2026\t9,5", 5, "Tanggal ini sudah ada pada baris 2."),
        (f"{LINES}\nDesember 2999\t5", 4, "Tanggal ini belum tiba."),
    ],
)
def test_nothing_is_saved_while_one_line_is_wrong(evaluator, series, lines, number, message):
    page = paste(evaluator, series, lines)
    assert [(one.number, one.message[: len(message)]) for one in page.context["problems"]] == [(number, message)]
    assert 'name="save"' not in page.content.decode()
    again = paste(evaluator, series, lines, seen=page.context["plan"].seal, save="1")
    assert (again.status_code, stored(series)) == (200, [])


def test_what_changed_since_it_was_shown_is_shown_again(evaluator, series):
    page = paste(evaluator, series)
    series.measurements.create(date=date(2026, 7, 31), value=7)
    again = agree(evaluator, series, page)
    assert "berubah sejak diperiksa" in again.content.decode()
    assert stored(series) == [("2026-07-31", Decimal(7), None, 1)]
    agree(evaluator, series, again)
    assert stored(series)[1] == ("2026-07-31", Decimal(4), 28, 2)


def test_other_lines_than_those_shown_are_shown_first(evaluator, series):
    page = paste(evaluator, series)
    again = paste(evaluator, series, LINES.replace("9,5", "95"), seen=page.context["plan"].seal, save="1")
    assert (again.status_code, stored(series)) == (200, [])


def test_saving_twice_stores_once(evaluator, series):
    page = paste(evaluator, series)
    agree(evaluator, series, page)
    again = agree(evaluator, series, page)
    assert (again.status_code, len(stored(series))) == (200, 2)
    assert "Tidak ada yang perlu disimpan." in again.content.decode()


@pytest.mark.parametrize("predicates", [False, True])
def test_a_file_that_was_taken_along_comes_back_unchanged(evaluator, here, series, predicates):
    if predicates:
        series = make_predicates(here.evaluation)
        series.measurements.create(date=date(2024, 12, 31), counts={"kurang": 1, "baik": 1250})
        series.measurements.create(date=date(2025, 12, 31), counts={"sangat_baik": 3})
    else:
        for month, value, n in ((1, "9.5", 1250), (2, "1234.5678", None), (3, "12.345", 0), (4, "-3", 7)):
            series.measurements.create(date=date(2026, month, 28), value=Decimal(value), n=n)
    before = [(one.date, one.value, one.n, one.counts) for one in series.measurements.all()]
    file = evaluator.get(reverse("measurement_export", args=[series.pk]))
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    page = upload(evaluator, series, file.content)
    assert page.context["problems"] == []
    assert (page.context["plan"].n_same, page.context["plan"].n_written) == (len(before), 0)
    series.measurements.all().delete()
    agree(evaluator, series, upload(evaluator, series, file.content))
    assert [(one.date, one.value, one.n, one.counts) for one in series.measurements.all()] == before


def test_a_text_in_an_export_is_no_formula(evaluator, here):
    from openpyxl import load_workbook

    series = make_indicator(here.evaluation, unit='=HYPERLINK("x")')
    series.measurements.create(date=date(2026, 1, 1), value=1)
    content = evaluator.get(reverse("measurement_export", args=[series.pk])).content
    head = load_workbook(BytesIO(content)).active["B1"]
    assert (head.data_type, head.value) == ("s", 'Nilai (=HYPERLINK("x"))')


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "kosong.xlsx"),
        (b"PK\x03\x04 not a workbook", "rusak.xlsx"),
        (b"%PDF-1.7 not a table", "laporan.pdf"),
        (b"\x00" * 500, "nol.csv"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(evaluator, series, content, name):
    page = upload(evaluator, series, content, name)
    assert (page.status_code, stored(series)) == (200, [])
    assert page.context["form"].errors["file"]


def test_errors_of_a_file_name_the_row_of_the_spreadsheet(evaluator, series):
    content = b"Register layanan;;\n\nBulan;Nilai;Kasus\nJanuari 2026;9,5;30\n;;\nFebruari 2026;lima;2\n"
    page = upload(evaluator, series, content, "register.csv")
    assert [(one.number, one.message) for one in page.context["problems"]] == [(6, "“lima” bukan bilangan.")]
    assert [one.planned.number for one in page.context["shown"]] == [4]


def test_nothing_pasted_and_no_file_is_said(evaluator, series):
    page = paste(evaluator, series, " \n")
    assert page.context["form"].errors["lines"] == ["Tempel barisnya di sini, atau pilih berkas."]


def test_hostile_text_is_shown_as_text(evaluator, series):
    page = paste(evaluator, series, "<script>alert(1)</script>\t5").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_saving_asks_the_same_for_two_lines_and_for_many(evaluator, here):
    counts = []
    for n in (2, 40):
        series = make_indicator(here.evaluation, name=f"Waktu {n}")
        lines = "\n".join(f"{1 + day % 28}/{1 + day // 28}/2025\t{day}" for day in range(n))
        page = paste(evaluator, series, lines)
        counts.append(count_queries(lambda page=page, series=series: agree(evaluator, series, page)))
        assert len(stored(series)) == n
    assert counts[0] == counts[1]
