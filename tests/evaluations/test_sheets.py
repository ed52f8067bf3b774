"""Observation sheets and checklists: filled in, set side by side, followed by what coders marked."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluations.actions.instrument_versions import delete_instrument, delete_version
from evaluations.actions.instruments import is_locked, planned_among
from evaluations.models import DocumentReview, Excerpt, Observation
from tests.evaluations.evidence import make_interview
from tests.evaluations.sheets_of_kind import make_sheet_version
from tests.forms import send
from tests.queries import page_queries

ANSWERS = {"jawaban-senyum": "3", "jawaban-tunda": "2", "jawaban-tunggu": "12,5", "jawaban-papan": "1"}
SHEET = {"senyum": 3, "tunda": 2, "tunggu": 12.5, "papan": 1}


@pytest.fixture
def version(here):
    return make_sheet_version("observasi")


def make_visit(place, version, moment, sheet, day, unit="Loket"):
    return Observation.objects.create(
        evaluation=place.evaluation,
        unit=unit,
        date=day,
        moment=moment,
        after="Antrean",
        version=version,
        sheet=sheet,
    )


def make_empty(place, version):
    return make_visit(place, version, "sesudah", {}, date(2026, 7, 1))


def fill(browser, row, answers=ANSWERS, **typed):
    url = reverse("observation_sheet", args=[row.pk])
    return browser.post(url, {"seen_revision": row.revision} | answers | typed)


def test_choosing_a_sheet_leads_to_filling_it_in(evaluator, here, version):
    typed = {"unit": "Loket", "date": "2026-07-01", "moment": "sesudah", "after": "", "version": version.pk}
    sent = evaluator.post(reverse("observation_create", args=[here.evaluation.pk]), typed)
    seen = here.evaluation.observations.get()
    assert sent.url == reverse("observation_sheet", args=[seen.pk])
    assert 'name="jawaban-senyum"' in evaluator.get(sent.url).content.decode()
    assert fill(evaluator, seen).url == seen.get_absolute_url()
    seen.refresh_from_db()
    assert (seen.sheet, seen.revision) == (SHEET, 2)
    page = evaluator.get(seen.get_absolute_url()).content.decode()
    assert "Sering (3)" in page
    assert "12,5 menit" in page
    form = evaluator.get(sent.url).content.decode()
    assert 'name="jawaban-tunggu" value="12,5"' in form


@pytest.mark.parametrize(
    ("moment", "day", "message"),
    [
        ("sebelum", "2026-02-01", None),
        ("sebelum", "2026-02-02", "Pada tanggal pengamatan ini program sudah dimulai."),
        ("selama", "2026-02-01", None),
        ("selama", "2026-01-31", "Pada tanggal pengamatan ini program belum dimulai."),
        ("sesudah", "2026-01-31", "Pada tanggal pengamatan ini program belum dimulai."),
    ],
)
def test_the_moment_agrees_with_the_dates_of_the_program(evaluator, here, moment, day, message):
    typed = {"unit": "Loket", "date": day, "moment": moment, "after": "Tertib"}
    sent = evaluator.post(reverse("observation_create", args=[here.evaluation.pk]), typed)
    assert (sent.status_code == 302) is (message is None)
    if message:
        assert sent.context["form"].errors["moment"] == [message]


def test_only_sheets_of_their_kind_are_offered_in_their_newest_version(evaluator, here, version):
    make_sheet_version("dokumen")
    newer = version.instrument.versions.create(number=2, scoring=version.scoring)
    page = evaluator.get(reverse("observation_create", args=[here.evaluation.pk]))
    assert list(page.context["form"].fields["version"].queryset) == [newer]
    seen = make_empty(here, version)
    page = evaluator.get(reverse("observation_update", args=[seen.pk]))
    assert set(page.context["form"].fields["version"].queryset) == {newer, version}


def test_what_is_wrong_is_said_at_its_item_and_nothing_is_lost(evaluator, here, version):
    seen = make_empty(here, version)
    page = fill(evaluator, seen, ANSWERS | {"jawaban-senyum": "", "jawaban-tunggu": "900"}).content.decode()
    assert "Butir ini wajib dijawab." in page
    assert "Isi dengan angka 0 sampai 600." in page
    assert 'value="900"' in page
    seen.refresh_from_db()
    assert (seen.sheet, seen.revision) == ({}, 1)


@pytest.mark.parametrize("seen_revision", ["", "x", "9" * 40])
def test_a_revision_that_is_none_overwrites_nothing(evaluator, here, version, seen_revision):
    seen = make_visit(here, version, "sesudah", SHEET, date(2026, 7, 1))
    page = fill(evaluator, seen, ANSWERS | {"jawaban-senyum": "1"}, seen_revision=seen_revision)
    assert page.status_code == 200
    seen.refresh_from_db()
    assert seen.sheet == SHEET


def test_two_people_fill_in_one_sheet_and_neither_is_lost(evaluator, here, version):
    seen = make_empty(here, version)
    fill(evaluator, seen)
    page = fill(evaluator, seen, ANSWERS | {"jawaban-senyum": "1"})
    shown = page.content.decode()
    assert "Orang lain mengubah lembar ini" in shown
    assert "Tersimpan: Sering (3)" in shown
    assert shown.count("Tersimpan:") == 2  # beside the item, and in the summary
    seen.refresh_from_db()
    assert seen.sheet["senyum"] == 3
    fill(evaluator, seen, ANSWERS | {"jawaban-senyum": "1"})
    seen.refresh_from_db()
    assert (seen.sheet["senyum"], seen.revision) == (1, 3)


def test_a_sheet_that_was_filled_in_stays_with_its_version(evaluator, here, version):
    seen = make_visit(here, version, "sesudah", SHEET, date(2026, 7, 1))
    typed = {"unit": "Loket", "date": "2026-07-01", "moment": "sesudah", "after": "Antrean", "version": ""}
    page = send(evaluator, reverse("observation_update", args=[seen.pk]), typed)
    assert page.context["form"].errors["version"] == [
        "Lembar ini sudah diisi. Catat tersendiri bila memakai lembar lain."
    ]


def test_a_version_by_which_a_sheet_was_filled_in_is_locked(here, version):
    seen = make_empty(here, version)
    assert not is_locked(version)
    seen.sheet = SHEET
    seen.save()
    assert is_locked(version)


@pytest.mark.parametrize("kind", ["sheet", "guide"])
def test_what_follows_a_version_keeps_it(here, version, kind):
    newer = version.instrument.versions.create(number=2, scoring=version.scoring)
    if kind == "sheet":
        make_empty(here, newer)
    else:
        make_interview(here.evaluation, guide=newer).answers.create(item_key="p1", text="Ya")
    assert planned_among([version, newer]) == {newer.pk}
    assert is_locked(newer) is (kind == "guide")
    with pytest.raises(ValidationError, match=r"tidak dapat di(hapus|ubah)\."):
        delete_version(version=newer)
    with pytest.raises(ValidationError, match="tidak dapat dihapus"):
        delete_instrument(instrument=version.instrument)


def test_a_source_without_a_sheet_has_no_form(evaluator, here):
    seen = Observation.objects.create(evaluation=here.evaluation, unit="Loket", date="2026-07-01", after="x")
    assert evaluator.get(reverse("observation_sheet", args=[seen.pk])).status_code == 404


def test_before_and_after_stand_side_by_side(evaluator, here, version):
    before = make_visit(
        here, version, "sebelum", {"senyum": 1, "tunda": 4, "tunggu": 30, "papan": 0}, date(2026, 1, 9)
    )
    make_visit(here, version, "sebelum", SHEET, date(2026, 1, 8), unit="Gudang")
    after = make_visit(here, version, "sesudah", SHEET, date(2026, 7, 1), unit=" loket ")
    for row in (before, after):
        page = evaluator.get(row.get_absolute_url())
        assert page.context["compared"] == (before, after)
        assert [(line.item.key, line.change) for line in page.context["lines"]] == [
            ("senyum", "better"),
            ("tunda", "better"),
            ("tunggu", "fallen"),
            ("papan", "changed"),
        ]
    shown = page.content.decode()
    assert "Tidak tampak (1)" in shown
    assert "17,5 menit" in shown


def test_another_visit_can_be_chosen(evaluator, here, version):
    first = make_visit(here, version, "sebelum", SHEET, date(2026, 1, 5))
    last = make_visit(here, version, "sebelum", SHEET, date(2026, 1, 20))
    after = make_visit(here, version, "sesudah", SHEET, date(2026, 7, 1))
    assert evaluator.get(after.get_absolute_url()).context["compared"] == (last, after)
    chosen = evaluator.get(f"{after.get_absolute_url()}?banding={first.pk}")
    assert chosen.context["compared"] == (first, after)
    assert evaluator.get(f"{after.get_absolute_url()}?banding=x'--").context["compared"] == (last, after)


def test_one_visit_alone_is_compared_with_nothing(evaluator, here, version):
    seen = make_visit(here, version, "sesudah", SHEET, date(2026, 7, 1))
    make_visit(here, version, "sesudah", SHEET, date(2026, 7, 2))
    make_empty(here, version)
    assert "compared" not in evaluator.get(seen.get_absolute_url()).context


def test_marked_passages_follow_the_text_of_a_sheet(evaluator, here, version):
    seen = make_visit(here, version, "sesudah", SHEET | {"kejadian": "Antrean panjang sekali."}, date(2026, 7, 1))
    marked = Excerpt.objects.create(
        evaluation=here.evaluation,
        observation=seen,
        part="kejadian",
        start=8,
        end=15,
        quote="panjang",
        coder=here.users["evaluator"],
    )
    fill(evaluator, seen, ANSWERS | {"jawaban-kejadian": "Pagi itu antrean panjang sekali."})
    marked.refresh_from_db()
    assert (marked.start, marked.end, marked.is_lost) == (17, 24, False)


@pytest.mark.parametrize(
    ("name", "part", "field"), [("observation", "after", "after"), ("document", "shows", "shows")]
)
def test_marked_passages_follow_the_text_of_a_form(evaluator, here, name, part, field):
    typed = {
        "unit": "Loket",
        "date": "2026-07-01",
        "moment": "sesudah",
        "title": "SOP",
        field: "Alur baru dipasang.",
    }
    evaluator.post(reverse(f"{name}_create", args=[here.evaluation.pk]), typed)
    source = {"observation": here.evaluation.observations, "document": here.evaluation.documents}[name].get()
    marked = Excerpt.objects.create(
        evaluation=here.evaluation,
        part=part,
        start=5,
        end=9,
        quote="baru",
        coder=here.users["evaluator"],
        **{name: source},
    )
    send(evaluator, reverse(f"{name}_update", args=[source.pk]), typed | {field: "Kini alur baru dipasang."})
    marked.refresh_from_db()
    assert (marked.start, marked.end, marked.is_lost) == (10, 14, False)
    send(evaluator, reverse(f"{name}_update", args=[source.pk]), typed | {field: "Tidak ada."})
    marked.refresh_from_db()
    assert (marked.is_lost, marked.quote) == (True, "baru")


def test_a_checklist_is_filled_in_for_a_document(evaluator, here):
    checklist = make_sheet_version("dokumen")
    typed = {
        "title": "Laporan",
        "unit": "Loket",
        "date": "2026-01-02",
        "shows": "Lengkap",
        "version": checklist.pk,
    }
    sent = evaluator.post(reverse("document_create", args=[here.evaluation.pk]), typed)
    document = DocumentReview.objects.visible_to(here.users["evaluator"]).get()
    assert sent.url == reverse("document_sheet", args=[document.pk])
    evaluator.post(sent.url, {"seen_revision": 1} | ANSWERS)
    document.refresh_from_db()
    assert document.sheet == SHEET


@pytest.mark.parametrize("name", ["observation", "document"])
def test_a_list_searches_sorts_and_asks_the_same(evaluator, here, version, name):
    url = reverse(f"{name}_list", args=[here.evaluation.pk])
    assert "Belum ada" in evaluator.get(url).content.decode()
    counts = []
    for number in (1, 2, 3):
        if name == "observation":
            make_visit(here, version, "sesudah", SHEET, date(2026, 7, number), unit=f"Loket {number}")
        else:
            DocumentReview.objects.create(
                evaluation=here.evaluation,
                title=f"Loket {number}",
                date=date(2026, 7, number),
                shows="x",
                version=version,
            )
        counts.append(page_queries(evaluator, url))
    assert counts == [counts[0]] * 3
    assert [str(row) for row in evaluator.get(url).context["object_list"]] == ["Loket 3", "Loket 2", "Loket 1"]
    assert [str(row) for row in evaluator.get(f"{url}?q=loket+2").context["object_list"]] == ["Loket 2"]
    assert "yang cocok" in evaluator.get(f"{url}?q=%00zzz").content.decode()


def test_a_long_section_leads_to_its_list(evaluator, here):
    for number in range(26):
        Observation.objects.create(
            evaluation=here.evaluation, unit=f"Loket {number}", date="2026-07-01", after="x"
        )
    page = evaluator.get(here.evaluation.get_absolute_url()).content.decode()
    link = f'<a href="{reverse("observation_list", args=[here.evaluation.pk])}">Lihat semua (26)</a>'
    assert link in page
    assert page.count('class="row-title" href="/observasi/') == 25
    here.evaluation.observations.first().delete()
    assert link not in evaluator.get(here.evaluation.get_absolute_url()).content.decode()
