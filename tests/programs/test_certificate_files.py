"""Many certificates: parts of a file, orders of a list, and no more queries than for few."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from programs.models import Certificate, Enrollment, Person
from programs.views.certificates import CERTIFICATES_PER_FILE
from tests.access_table.participants import make_certificate
from tests.programs.rosters import nip
from tests.queries import count_queries, page_queries
from tests.world import add_participant


def give_certificates(place, number: int) -> None:
    """``number`` people more with a certificate each, written at once."""
    people = Person.objects.bulk_create(
        Person(
            nip=f"{nip(1)[:14]}{10_00 + place_no}", name=f"Orang {place_no:03d}", status="PNS", agency=place.agency
        )
        for place_no in range(number)
    )
    enrollments = Enrollment.objects.bulk_create(
        Enrollment(program=place.program, person=person, code=f"X{place_no:03d}", status="selesai")
        for place_no, person in enumerate(people)
    )
    pattern = make_certificate(place)
    words = ("issuer", "issuer_name", "series", "issued_on", "program_name", "period", "lesson_hours")
    Certificate.objects.bulk_create(
        Certificate(
            enrollment=enrollment,
            sequence=sequence,
            number=f"{sequence:03d}/UJI",
            holder_name=enrollment.person.name,
            **{name: getattr(pattern, name) for name in words},
        )
        for sequence, enrollment in enumerate(enrollments, start=2)
    )


@pytest.fixture
def url(world):
    return reverse("certificate_list", args=[world.here.program.pk])


def test_a_large_batch_leaves_in_parts_that_are_ready_in_time(world, staff, url):
    give_certificates(world.here, CERTIFICATES_PER_FILE)
    files = staff.get(url).context["files"]
    assert [label for label, _address in files] == ["Semua sertifikat, 1–100", "Semua sertifikat, 101–101"]
    pages = PdfReader(BytesIO(staff.get(files[1][1]).content)).pages
    assert len(pages) == 1
    assert "101/UJI" in pages[0].extract_text()


@pytest.mark.parametrize(
    ("order", "first"),
    [("nomor", "001/UJI"), ("-nomor", "004/UJI"), ("nama", "002/UJI"), ("-nama", "001/UJI"), ("x", "001/UJI")],
)
def test_the_list_is_sorted_by_what_the_address_says(world, staff, url, order, first):
    give_certificates(world.here, 3)
    assert staff.get(url, {"urut": order}).context["object_list"][0].number == first


def test_who_qualifies_is_found_with_the_same_queries_for_few_and_for_many(world, staff):
    url = reverse("certificate_issue", args=[world.here.program.pk])
    form = {"minimum_attendance": "80", "minimum_post": "", "issued_on": "2026-07-01", "place": "Semarang"}
    world.here.program.enrollments.update(status="selesai")
    before = count_queries(lambda: staff.post(url, form))
    for number in range(20, 30):
        add_participant(world.here, number)
    assert count_queries(lambda: staff.post(url, form)) == before


@pytest.mark.parametrize(
    ("order", "first"), [("kode", "P001"), ("-kode", "P006"), ("-nama", "P006"), ("status", "P004"), ("x", "P001")]
)
def test_participants_are_sorted_by_what_the_address_says(world, staff, order, first):
    fourth = world.here.enrollments[3]
    fourth.status = Enrollment.Status.ATTENDED
    fourth.save()
    url = reverse("program_participants", args=[world.here.program.pk])
    assert staff.get(url, {"urut": order}).context["object_list"][0].code == first


def test_the_page_of_sorted_participants_asks_no_more_for_many(world, staff):
    url = reverse("program_participants", args=[world.here.program.pk]) + "?urut=-angkatan&status=terdaftar"
    before = page_queries(staff, url)
    for number in range(20, 30):
        add_participant(world.here, number)
    assert page_queries(staff, url) == before
