"""The status of recommendations as a PDF, by office and region."""

import pytest
from django.test import RequestFactory

from asn_eval.accounts.models import Office
from evaluations.actions.follow_up import answer_recommendation
from evaluations.models import Recommendation
from reports.follow_up_report import MOST_LISTED, FollowUpReportView
from tests.queries import count_queries
from tests.reports.two_years import TODAY, carry_out, promise

URL = "/evaluasi/tindak-lanjut/laporan.pdf"


def document(user, **asked) -> dict:
    request = RequestFactory().get(URL, asked)
    request.user = user
    view = FollowUpReportView()
    view.setup(request)
    return view.get_document()


def test_offices_and_regions_are_counted(world):
    here = world.here
    carry_out(here, promise(here))
    rejected = promise(here, statement="Kedua")
    answer_recommendation(
        recommendation=rejected,
        answer="ditolak",
        reason="Tidak ada dana.",
        answered_by=here.users["manajer"],
        today=TODAY,
    )
    promise(world.there)
    by_office, by_region = document(world.national)["tables"]
    assert by_office.rows == (
        ("BKPSDM Kota Semarang", "2", "0", "0", "1", "1", "0", "0"),
        ("BKPSDM Kota Medan", "1", "1", "0", "0", "0", "0", "1"),
        ("Jumlah", "3", "1", "0", "1", "1", "0", "1"),
    )
    assert by_region.rows[0] == ("Kota Semarang, Jawa Tengah", "2", "0", "0", "1", "1", "0", "0")


def test_the_lines_say_what_stands_where(world):
    here = world.here
    carry_out(here, promise(here))
    (chapter,) = document(here.users["manajer"])["chapters"]
    (line,) = chapter.table.rows
    assert chapter.name == "BKPSDM Kota Semarang"
    assert (line[0], line[4], line[5]) == ("Jadwal pelatihan disusun bersama unit", "Diterima", "Selesai")
    assert line[6].startswith("3 Agustus 2026: Jadwal bersama dipakai")


def test_it_holds_what_the_list_was_narrowed_to(world):
    here = world.here
    carry_out(here, promise(here))
    promise(here, statement="Kedua")
    found = document(here.users["manajer"], state="selesai")
    assert found["narrowed_by"] == ["Status: Selesai"]
    assert len(found["chapters"][0].table.rows) == 1


def test_it_is_of_what_is_in_sight_alone(world):
    promise(world.there)
    found = document(world.here.users["manajer"])
    assert found["chapters"] == []
    assert found["tables"][0].rows == (("Jumlah", *"0000000"),)


def test_the_office_that_was_named_has_the_chapter(world):
    other = Office.objects.create(name="Dinas Lain", kind=Office.Kind.LOCAL, city="Semarang")
    promise(world.here, owner_office=other)
    (chapter,) = document(world.here.users["manajer"])["chapters"]
    assert chapter.name == "Dinas Lain"


def test_a_long_list_is_cut_and_says_so(world):
    first = promise(world.here)
    values = {name: getattr(first, name) for name in ("evaluation", "kind", "owner", "due_date")}
    Recommendation.objects.bulk_create(
        [Recommendation(statement=f"Rekomendasi {number}", **values) for number in range(MOST_LISTED)]
    )
    found = document(world.here.users["manajer"])
    assert found["is_cut"]
    assert sum(len(chapter.table.rows) for chapter in found["chapters"]) == MOST_LISTED
    assert found["tables"][0].rows[-1][1] == "501"


def test_it_asks_the_same_for_more_rows(world):
    user = world.here.users["manajer"]
    document(user)  # the regions of the office are looked up once
    counts = []
    for number in range(3):
        carry_out(world.here, promise(world.here, statement=f"Rekomendasi {number}"))
        counts.append(count_queries(lambda: document(user)))
    assert counts == [counts[0]] * 3


def test_the_document_is_a_pdf_with_the_letterhead(client, world):
    from reports.documents.follow_up import render_status

    here = world.here
    promise(here, statement="Jadwal <b>bersama</b>")
    client.force_login(here.users["manajer"])
    answer = client.get(URL)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="status-tindak-lanjut.pdf"'
    assert answer.content.startswith(b"%PDF-1.7")
    assert render_status(document(here.users["manajer"])).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("asked", [{"state": "x"}, {"year": "\0"}, {"office": "9" * 40}, {"q": "%' --"}])
def test_hostile_addresses_make_a_document(client, world, asked):
    client.force_login(world.here.users["manajer"])
    assert client.get(URL, asked).status_code == 200
