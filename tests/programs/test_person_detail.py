"""One person's page: place, history, programs, JP against the duty; and training elsewhere by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from programs.learning_hours import LearningYear
from programs.models import Assignment, Attendance, Enrollment, TrainingRecord
from programs.views.person_detail import BAR_WIDTH, Bar, bars_of
from tests.programs.people import certify, make_person, owe, stored, values_of
from tests.queries import page_queries

YEAR = date.today().year
RECORD = {"name": "Kursus", "lesson_hours": "7,5", "end_date": "2025-05-05"}


@pytest.fixture
def person(world):
    return make_person(world.here, "198501012010031950", "Siti Aminah", superior=world.here.people[0])


def page_of(client, person):
    return client.get(person.get_absolute_url())


def text_of(client, person) -> str:
    return " ".join(page_of(client, person).content.decode().split())


@pytest.mark.parametrize(
    ("duty", "hours", "sentence"),
    [
        (None, 8, f"Tahun {YEAR}: 8 JP. Kewajiban JP untuk PNS belum tercatat pada data induk"),
        (20, "7.5", f"Tahun {YEAR}: 7,5 dari 20 JP; masih kurang 12,5 JP."),
        (20, 20, f"Tahun {YEAR}: 20 JP; kewajiban 20 JP terpenuhi."),
        (20, None, f"Tahun {YEAR}: 0 dari 20 JP; masih kurang 20 JP."),
    ],
)
def test_the_running_year_stands_against_its_duty(world, staff, person, duty, hours, sentence):
    if duty:
        owe(duty)
    if hours:
        person.training_records.create(name="Kursus", lesson_hours=hours, end_date=date(YEAR, 1, 2))
    assert sentence in text_of(staff, person)


def test_the_sources_of_a_year_are_named(world, staff, person):
    enrollment = Enrollment.objects.create(
        program=world.here.program, person=person, code="P950", status="selesai", post_score=Decimal("87.5")
    )
    Attendance.objects.create(
        activity=world.here.program.activities.get(), enrollment=enrollment, state=Attendance.State.PRESENT
    )
    page = text_of(staff, person)
    assert f"{world.here.program}</a>: 8 JP <small" in page
    assert "(menurut kegiatan yang diikuti, 30 Juni 2026)" in page
    assert "1 dari 1 kegiatan" in page
    assert ">87,5<" in page


def test_a_record_that_repeats_a_certificate_says_so(world, staff, person):
    enrollment = Enrollment.objects.create(program=world.here.program, person=person, code="P950")
    certify(enrollment, 12, number="7/BKPSDM")
    person.training_records.create(
        name="Sama", lesson_hours=12, end_date=date(2026, 6, 30), certificate_number="7 / bkpsdm"
    )
    page = page_of(staff, person)
    assert [record.is_counted for record in page.context["records"]] == [False]
    assert "sudah terhitung pada program" in page.content.decode()


def test_programs_of_other_areas_are_not_shown(world, staff, person):
    foreign = world.there.enrollments[0]
    foreign.person = person
    foreign.save()
    assert world.there.program.name not in text_of(staff, person)


def test_the_history_shows_where_somebody_worked(world, staff, person):
    Assignment.objects.create(
        person=person,
        agency_name="Dinas Lama",
        region_name="Kota Medan",
        started_on=date(2018, 1, 1),
        ended_on=date(2020, 12, 31),
        note="SK 7",
    )
    page = text_of(staff, person)
    assert "1 Januari 2018 sampai 31 Desember 2020" in page
    assert "1 Januari 2021 sampai sekarang" in page


def test_superior_and_subordinates_are_linked(world, staff, person):
    superior = world.here.people[0]
    assert f'<a href="{superior.get_absolute_url()}">{superior}</a>' in text_of(staff, person)
    assert f'<a href="{person.get_absolute_url()}">Siti Aminah</a>' in text_of(staff, superior)


def test_a_superior_of_another_area_is_named_without_a_way_to_them(world, staff, person):
    person.superior = world.there.people[0]
    person.save()
    page = text_of(staff, person)
    assert f"<dd>{person.superior}</dd>" in page
    assert person.superior.get_absolute_url() not in page


def test_a_subordinate_of_another_area_is_not_shown(world, staff, person):
    foreign = world.there.people[0]
    foreign.superior = person
    foreign.save()
    assert foreign.name not in text_of(staff, person)


def test_an_evaluator_reads_and_changes_nothing(world, evaluator, person):
    person.training_records.create(name="Kursus", lesson_hours=1, end_date=date(2025, 1, 1))
    page = text_of(evaluator, person)
    for name in ("person_update", "person_transfer", "person_delete", "person_merge_choose"):
        assert reverse(name, args=[person.pk]) not in page
    assert "/riwayat-pelatihan/" not in page


def test_the_page_asks_the_same_of_the_database_however_much_it_shows(world, staff, person):
    page_queries(staff, person.get_absolute_url())

    def add(number: int) -> None:
        other = make_person(world.here, f"1985010120100319{number}", f"Bawahan {number}", superior=person)
        person.training_records.create(name=f"K{number}", lesson_hours=1, end_date=date(2025, 1, 1))
        Assignment.objects.create(
            person=person, agency_name="Lama", region_name="Kota", ended_on=date(1900 + number, 1, 1)
        )
        person.merges.create(absorbed_nip="1" * 18, absorbed_name=other.name, snapshot={})

    add(60)
    few = page_queries(staff, person.get_absolute_url())
    for number in range(61, 64):
        add(number)
    assert page_queries(staff, person.get_absolute_url()) == few


def test_bars_stand_on_one_scale():
    years = [
        LearningYear(2026, Decimal(10), Decimal(20), ()),
        LearningYear(2025, Decimal(40), None, ()),
        LearningYear(2024, Decimal(0), Decimal(20), ()),
    ]
    assert bars_of(years) == [
        Bar(BAR_WIDTH / 4, BAR_WIDTH / 2),
        Bar(BAR_WIDTH, None),
        Bar(0, BAR_WIDTH / 2),
    ]
    assert bars_of([LearningYear(2026, Decimal(0), None, ())]) == [Bar(0, None)]


def test_numbers_in_the_picture_are_never_localised(world, staff, person):
    owe(30)
    person.training_records.create(name="Kursus", lesson_hours="7.7", end_date=date(YEAR, 1, 2))
    page = page_of(staff, person).content.decode()
    assert 'width="61.6"' in page
    assert 'x1="240.0"' in page


def test_a_record_is_added_changed_and_deleted(world, staff, person):
    response = staff.post(reverse("training_create", args=[person.pk]), RECORD | {"institution": "LAN"})
    assert response.url == person.get_absolute_url()
    (record,) = TrainingRecord.objects.visible_to(world.national)
    assert (record.person, record.lesson_hours, record.institution) == (person, Decimal("7.5"), "LAN")
    url = reverse("training_update", args=[record.pk])
    staff.post(url, RECORD | {"certificate_number": "12/X", "seen_revision": record.revision})
    assert stored(record).certificate_number == "12/X"
    assert staff.post(reverse("training_delete", args=[record.pk])).url == person.get_absolute_url()
    assert values_of(TrainingRecord) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\0"}, "name"),
        ({"lesson_hours": ""}, "lesson_hours"),
        ({"lesson_hours": "-1"}, "lesson_hours"),
        ({"lesson_hours": "1.234"}, "lesson_hours"),
        ({"lesson_hours": "7,55"}, "lesson_hours"),
        ({"lesson_hours": "NaN"}, "lesson_hours"),
        ({"lesson_hours": "999999999"}, "lesson_hours"),
        ({"end_date": ""}, "end_date"),
        ({"end_date": "2099-01-01"}, "end_date"),
        ({"end_date": "0205-01-01"}, "end_date"),
        ({"start_date": "2025-06-01"}, "end_date"),
        ({"form": "99999"}, "form"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, staff, person, values, field):
    page = staff.post(reverse("training_create", args=[person.pk]), RECORD | values)
    assert list(page.context["form"].errors) == [field]
    assert values_of(TrainingRecord) == []


def test_the_same_training_on_the_same_day_is_recorded_once(world, staff, person):
    url = reverse("training_create", args=[person.pk])
    staff.post(url, RECORD)
    page = staff.post(url, RECORD | {"name": " Kursus "})
    assert page.context["form"].errors == {"name": ["Pelatihan ini sudah tercatat pada tanggal tersebut."]}
