"""The auditor's journal: what it holds, how it is narrowed, what it costs, what leaves as a file."""

import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from asn_eval.history import views
from asn_eval.history.context import acting
from asn_eval.history.models import LogEntry
from programs.models import BudgetComponent, Objective
from tests.queries import page_queries

JOURNAL = "journal"


@pytest.fixture
def auditor(client, world):
    client.force_login(world.here.users["auditor"])
    return client


@pytest.fixture
def events(world):
    """Three changes here by two people, one there, one of reference data."""
    here, there = world.here, world.there
    with acting(here.users["staf"]):
        objective = Objective.objects.create(program=here.program, statement="Antrean pendek", indicator="Menit")
    with acting(here.users["staf"]):
        here.enrollments[0].superior = "Atasan Rahasia"
        here.enrollments[0].save()
    with acting(here.users["admin"]):
        objective.delete()
    with acting(there.users["staf"]):
        Objective.objects.create(program=there.program, statement="Milik Medan", indicator="Skor")
    with acting(world.national):
        BudgetComponent.objects.create(name="Komponen uji", order=1)


def names(client, **asked):
    context = client.get(reverse(JOURNAL), asked).context
    return [entry.name for moment in context["moments"] for entry in moment.entries]


ALL = ["Komponen uji", "Antrean pendek", "(data pribadi)", "Antrean pendek"]


def test_the_journal_holds_the_area_and_what_is_the_same_for_all(auditor, events):
    assert names(auditor) == ALL


def test_a_national_reader_sees_every_area(client, world, events):
    client.force_login(world.national)
    assert "Milik Medan" in names(client)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"oleh": "admin_sem"}, ["Antrean pendek"]),
        ({"oleh": "nobody"}, []),
        ({"jenis": "programs.objective"}, ["Antrean pendek", "Antrean pendek"]),
        ({"tindakan": "2"}, ["Antrean pendek"]),
        ({"tindakan": "0", "jenis": "programs.objective"}, ["Antrean pendek"]),
        ({"q": "antrean"}, ["Antrean pendek", "Antrean pendek"]),
        ({"q": "antrean", "oleh": "staf"}, ["Antrean pendek"]),
        ({"jenis": "junk"}, ALL),
        ({"tindakan": "9"}, ALL),
        ({"q": "\0"}, ALL),
        ({"oleh": "9" * 5000}, ALL),
    ],
)
def test_the_journal_is_narrowed_by_what_is_asked(auditor, events, asked, expected):
    assert names(auditor, **asked) == expected


def test_a_person_cannot_be_searched_for_by_who_may_not_see_them(auditor, client, world, events):
    assert names(auditor, q="Peserta Kota Semarang 1") == []
    client.force_login(world.here.users["admin"])
    assert names(client, q="Peserta Kota Semarang 1") == ["Peserta Kota Semarang 1"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"dari": "2026-11-24"}, 1),
        ({"sampai": "2026-11-23"}, 0),
        ({"dari": "2026-11-24", "sampai": "2026-11-24"}, 1),
        ({"dari": "2026-11-25"}, 0),
    ],
)
def test_a_day_is_the_day_of_the_readers_office(auditor, world, asked, expected):
    objective = Objective.objects.create(program=world.here.program, statement="Satu", indicator="Skor")
    # 23 November in Greenwich is 24 November in Semarang.
    when = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    LogEntry.objects.unscoped("test").of(objective).update(timestamp=when)
    assert len(names(auditor, **asked)) == expected


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"dari": "kemarin"}, "Masukkan tanggal yang valid."),
        ({"dari": "0206-01-01"}, "Tahun ini tampaknya keliru; periksa tanggalnya."),
        ({"dari": "2026-02-01", "sampai": "2026-01-01"}, "Tanggal akhir tidak boleh mendahului tanggal awal."),
    ],
)
def test_a_filter_that_cannot_be_understood_says_so(auditor, events, asked, message):
    response = auditor.get(reverse(JOURNAL), asked)
    assert response.status_code == 200
    assert message in response.content.decode()


def test_auditors_meet_no_person(auditor, world, events):
    page = auditor.get(reverse(JOURNAL)).content.decode()
    for secret in ("Peserta Kota Semarang 1", "Atasan Rahasia", world.here.people[0].nip):
        assert secret not in page


def test_the_number_of_queries_does_not_grow(auditor, world):
    url = reverse(JOURNAL)
    with acting(world.here.users["staf"]):
        Objective.objects.create(program=world.here.program, statement="Satu", indicator="Skor")
    few = page_queries(auditor, url)
    for role in ("admin", "evaluator", "staf"):
        with acting(world.here.users[role]):
            Objective.objects.create(program=world.here.program, statement=role, indicator="Skor")
    assert page_queries(auditor, url) == few


def test_no_page_counts_the_entries(auditor, events, django_assert_num_queries):
    with django_assert_num_queries(5) as asked:  # session, user, office, its regions, entries
        auditor.get(reverse(JOURNAL))
    assert not [query for query in asked.captured_queries if "COUNT(" in query["sql"]]


def sheet(response):
    assert response.status_code == 200
    return [list(row) for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)]


def test_what_is_shown_leaves_as_a_workbook(auditor, events, world):
    rows = sheet(auditor.get(reverse("journal_export"), {"jenis": "programs.enrollment"}))
    assert rows[0] == ["Waktu", "Pelaku", "Peran", "Jenis data", "Nama data", "Tindakan", "Perubahan"]
    assert rows[1][1:] == [
        "staf_semarang",
        "Staf program",
        "Peserta",
        "(data pribadi)",
        "diubah",
        "Nama atasan langsung: (data pribadi)",
    ]
    assert len(rows) == 2


def test_a_workbook_says_that_it_holds_the_newest_only(auditor, events, monkeypatch):
    monkeypatch.setattr(views, "MOST_EXPORTED", 2)
    rows = sheet(auditor.get(reverse("journal_export")))
    assert [row[4] for row in rows[1:]] == ["Komponen uji", "Antrean pendek", None]
    assert rows[3][0] == "Hanya catatan terbaru yang dimuat; persempit saringan untuk yang lain."


def test_an_empty_journal_leaves_as_an_empty_workbook(auditor):
    assert len(sheet(auditor.get(reverse("journal_export")))) == 1


@pytest.mark.parametrize(
    ("role", "shown"), [("auditor", True), ("admin", True), ("staf", False), ("manajer", False)]
)
def test_the_journal_stands_in_the_navigation_of_who_may_open_it(client, world, role, shown):
    client.force_login(world.here.users[role])
    assert ('href="/jejak/"' in client.get("/").content.decode()) == shown
