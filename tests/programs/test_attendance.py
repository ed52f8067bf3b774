"""Who was where: on the grid, on a phone, by two people at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from asn_eval.history.models import LogEntry
from programs.actions.attendance import CellsChanged, note_attendance, note_rest_present
from programs.cells import Edit
from programs.models import Activity, Attendance, Batch, Enrollment, TrainingForm
from tests.history.entries import entries_of_kind
from tests.queries import count_queries, page_queries
from tests.world import add_participant


def first_activity(place) -> Activity:
    return Activity.objects.unscoped("test").get(program=place.program, title="Lokakarya")


def add_activity(place, title="Seminar", batch=None) -> Activity:
    program = place.program
    return Activity.objects.create(
        program=program,
        batch=batch,
        title=title,
        form=TrainingForm.objects.get(code="workshop"),
        lesson_hours=4,
        start_date=program.start_date,
        end_date=program.start_date,
    )


def add_batch(place, name="Angkatan I") -> Batch:
    return Batch.objects.create(
        program=place.program, name=name, start_date=date(2026, 2, 1), end_date=date(2026, 3, 1)
    )


def noted(activity) -> dict[str, str]:
    return dict(
        Attendance.objects.unscoped("test").filter(activity=activity).values_list("enrollment__code", "state")
    )


@pytest.fixture
def activity(world):
    return first_activity(world.here)


@pytest.fixture
def url(world):
    return reverse("attendance_grid", args=[world.here.program.pk])


def cell(activity, enrollment) -> str:
    return f"k-{activity.pk}-{enrollment.pk}"


# --- The action ------------------------------------------------------------------------


def test_notes_are_written_changed_and_taken_back(world, activity):
    program, (first, second, *_rest) = world.here.program, world.here.enrollments

    def note(**states):
        rows = {"first": first, "second": second}
        now = {(activity.pk, row.pk): noted(activity).get(row.code, "") for row in rows.values()}
        edits = [
            Edit((activity.pk, rows[name].pk), now[activity.pk, rows[name].pk], state)
            for name, state in states.items()
        ]
        return note_attendance(program=program, edits=edits)

    entries = LogEntry.objects.unscoped("test").count()
    assert note(first="hadir", second="sakit") == 2
    assert note(first="hadir", second="izin") == 1
    assert note(first="", second="izin") == 1
    assert noted(activity) == {"P002": "izin"}
    assert LogEntry.objects.unscoped("test").count() == entries + 4


def test_who_was_slower_reads_what_differs_and_saves_nothing(world, activity):
    program, (first, second, *_rest) = world.here.program, world.here.enrollments
    note_attendance(program=program, edits=[Edit((activity.pk, first.pk), "", "izin")])
    later = [Edit((activity.pk, first.pk), "", "hadir"), Edit((activity.pk, second.pk), "", "hadir")]
    with pytest.raises(CellsChanged) as refusal:
        note_attendance(program=program, edits=later)
    assert refusal.value.conflicts == {(activity.pk, first.pk): "izin"}
    assert noted(activity) == {"P001": "izin"}


@pytest.mark.parametrize("state", ["terlambat", "H", "'; drop", "hadir "])
def test_a_state_that_does_not_exist_is_refused(world, activity, state):
    edits = [Edit((activity.pk, world.here.enrollments[0].pk), "", state)]
    with pytest.raises(ValidationError, match="H, I, S, atau A"):
        note_attendance(program=world.here.program, edits=edits)


def test_only_activities_of_ones_own_batch_are_noted(world):
    batch = add_batch(world.here)
    activity = add_activity(world.here, batch=batch)
    own, other = world.here.enrollments[:2]
    own.batch = batch
    own.save()
    with pytest.raises(ValidationError, match="bukan peserta angkatan"):
        note_attendance(program=world.here.program, edits=[Edit((activity.pk, other.pk), "", "hadir")])
    assert note_attendance(program=world.here.program, edits=[Edit((activity.pk, own.pk), "", "hadir")]) == 1


def test_cells_of_another_program_are_left_out(world, activity):
    foreign, strange = world.there.enrollments[0], first_activity(world.there)
    own = world.here.enrollments[0]
    edits = [
        Edit((activity.pk, foreign.pk), "", "hadir"),
        Edit((strange.pk, own.pk), "", "hadir"),
        Edit((strange.pk, foreign.pk), "", "hadir"),
        Edit((10**17, 10**17), "", "hadir"),
    ]
    assert note_attendance(program=world.here.program, edits=edits) == 0
    assert not Attendance.objects.unscoped("test").exists()


def test_the_rest_is_present_except_who_left_and_who_is_noted(world, activity):
    ill, gone, compared, *_rest = world.here.enrollments
    note_attendance(program=world.here.program, edits=[Edit((activity.pk, ill.pk), "", "sakit")])
    gone.status, compared.group = Enrollment.Status.WITHDRAWN, Enrollment.Group.COMPARISON
    gone.save()
    compared.save()
    assert note_rest_present(activity=activity) == 3
    assert noted(activity) == {"P001": "sakit", "P004": "hadir", "P005": "hadir", "P006": "hadir"}
    assert note_rest_present(activity=activity) == 0


def test_many_notes_need_the_queries_of_few(world, activity):
    """Of every kind: new, changed, taken back; a second activity beside."""
    program, rows, second = world.here.program, world.here.enrollments, add_activity(world.here)

    def note(count, was, state):
        edits = [Edit((each.pk, row.pk), was, state) for each in (activity, second) for row in rows[:count]]
        return count_queries(lambda: note_attendance(program=program, edits=edits))

    steps = (("", "hadir"), ("hadir", "sakit"), ("sakit", ""))
    few = [note(2, *step) for step in steps]
    assert [note(6, *step) for step in steps] == few
    assert max(few) < 30


def test_everybody_present_is_written_at_once_with_an_entry_each(world, activity):
    seldom, often = add_activity(world.here, batch=add_batch(world.here)), activity
    first = world.here.enrollments[0]
    first.batch = seldom.batch
    first.save()
    seldom = Activity.objects.unscoped("test").get(pk=seldom.pk)  # held without its program, like the other
    few = count_queries(lambda: note_rest_present(activity=seldom))
    assert count_queries(lambda: note_rest_present(activity=often)) == few
    told = [entry for entry in entries_of_kind(Attendance) if entry.object_repr.endswith(", Lokakarya")]
    assert [entry.object_repr for entry in told] == [f"{row.person}, Lokakarya" for row in world.here.enrollments]
    assert told[0].changes == {
        "activity": [None, "Lokakarya"],
        "enrollment": [None, "Peserta Kota Semarang 1"],
        "state": [None, "hadir"],
    }
    assert {entry.region for entry in told} == {world.here.region}


# --- The pages -------------------------------------------------------------------------


def test_letters_of_the_grid_and_words_of_the_phone_mean_the_same(world, staff, url, activity):
    rows = world.here.enrollments
    form = {
        cell(activity, row): typed for row, typed in zip(rows, ("h", "I", " s ", "alpa", "", "H"), strict=True)
    }
    assert staff.post(url, form).url == url
    expected = {"P001": "hadir", "P002": "izin", "P003": "sakit", "P004": "alpa", "P006": "hadir"}
    assert noted(activity) == expected


def test_the_second_of_two_people_decides_with_the_other_value_in_view(world, staff, url, activity):
    first, second = world.here.enrollments[:2]
    seen = staff.get(url).context["seen"]
    note_attendance(program=world.here.program, edits=[Edit((activity.pk, first.pk), "", "izin")])
    form = {"seen": seen, cell(activity, first): "H", cell(activity, second): "S"}
    page = staff.post(url, form)
    text = page.content.decode()
    assert "1 isian telah diubah orang lain" in text
    assert "<small>kini: Izin</small>" in text
    assert f'name="{cell(activity, first)}" value="H"' in text
    assert f'name="{cell(activity, second)}" value="S"' in text
    assert noted(activity) == {"P001": "izin"}
    staff.post(url, form | {"seen": page.context["seen"]})
    assert noted(activity) == {"P001": "hadir", "P002": "sakit"}


def test_what_somebody_else_noted_in_an_untouched_cell_stays(world, staff, url, activity):
    first, second = world.here.enrollments[:2]
    seen = staff.get(url).context["seen"]
    note_attendance(program=world.here.program, edits=[Edit((activity.pk, first.pk), "", "izin")])
    staff.post(url, {"seen": seen, cell(activity, first): "", cell(activity, second): "S"})
    assert noted(activity) == {"P001": "izin", "P002": "sakit"}


def test_a_wrong_letter_is_marked_and_everything_typed_stays(world, staff, url, activity):
    first, second = world.here.enrollments[:2]
    text = staff.post(url, {cell(activity, first): "X", cell(activity, second): "H"}).content.decode()
    assert "Kehadiran ditulis H, I, S, atau A" in text
    assert f'name="{cell(activity, first)}" value="X"' in text
    assert f'name="{cell(activity, second)}" value="H"' in text
    assert noted(activity) == {}


def test_one_activity_is_noted_person_under_person(world, staff, url, activity):
    here = f"{url}?kegiatan={activity.pk}"
    page = staff.get(here).content.decode()
    assert page.count('type="radio"') == 6 * 5
    assert "Belum ada yang dicatat; 6 peserta menunggu." in page
    form = {cell(activity, world.here.enrollments[0]): "sakit", "all_present": "1"}
    assert staff.post(here, form).url == here
    assert noted(activity) == {"P001": "sakit"} | dict.fromkeys(("P002", "P003", "P004", "P005", "P006"), "hadir")
    assert "Hadir 5 dari 6 yang dicatat (83,3%); 0 belum dicatat." in staff.get(here).content.decode()


def test_who_left_is_shown_and_marked_and_awaited_no_more(world, staff, url, activity):
    gone = world.here.enrollments[0]
    gone.status = Enrollment.Status.WITHDRAWN
    gone.save()
    page = staff.get(f"{url}?kegiatan={activity.pk}")
    assert "mengundurkan diri" in page.content.decode()
    assert (len(page.context["rows"]), page.context["tally"].missing) == (6, 5)


def test_an_activity_of_a_batch_shows_its_people_only(world, staff, url):
    batch = add_batch(world.here)
    member = world.here.enrollments[2]
    member.batch = batch
    member.save()
    activity = add_activity(world.here, batch=batch)
    page = staff.get(f"{url}?kegiatan={activity.pk}")
    assert [row.enrollment for row in page.context["rows"]] == [member]
    grid = staff.get(url)
    assert [cell.is_meant for row in grid.context["rows"] for cell in row.cells].count(False) == 5
    assert dict(grid.context["activities"])[activity].missing == 1


@pytest.mark.parametrize("key", ["x", "", "9" * 30, "0"])
def test_an_activity_that_is_none_of_the_program_is_unknown(world, staff, url, key):
    assert staff.get(url, {"kegiatan": key}).status_code == 404
    assert staff.get(url, {"kegiatan": first_activity(world.there).pk}).status_code == 404


def test_an_evaluator_reads_and_cannot_write(world, client, url, activity):
    client.force_login(world.here.users["evaluator"])
    assert '<input class="cell"' not in client.get(url).content.decode()
    form = {cell(activity, world.here.enrollments[0]): "H"}
    assert client.post(url, form).status_code == 403
    assert noted(activity) == {}


def test_the_grid_needs_the_same_queries_for_few_and_for_many(world, staff, url):
    before = page_queries(staff, url)
    for number in range(20, 40):
        enrollment = add_participant(world.here, number)
        Attendance.objects.create(activity=first_activity(world.here), enrollment=enrollment, state="hadir")
    for number in range(7):
        add_activity(world.here, title=f"Kegiatan {number}")
    assert page_queries(staff, url) == before


def test_a_page_of_many_activities_has_fewer_people_than_fields_allow(world, staff, url):
    for number in range(199):
        add_activity(world.here, title=f"Kegiatan {number}")
    page = staff.get(url)
    assert len(page.context["rows"]) == 4  # 4 × 200 cells
    fields = [cell.name for row in page.context["rows"] for cell in row.cells]
    assert staff.post(url, dict.fromkeys(fields, "H") | {"seen": ""}).status_code == 302
    assert Attendance.objects.unscoped("test").count() == 800


# --- A pasted list ---------------------------------------------------------------------


@pytest.fixture
def paste_url(world):
    return reverse("attendance_paste", args=[world.here.program.pk])


def pasted(activity, *lines, **more):
    return {"activity": activity.pk, "state": "hadir", "text": "\n".join(lines)} | more


def test_a_pasted_list_is_shown_before_it_is_saved(world, staff, paste_url, activity):
    first = world.here.enrollments[0]
    note_attendance(program=world.here.program, edits=[Edit((activity.pk, first.pk), "", "izin")])
    form = pasted(activity, "P001", "2. Peserta Kota Semarang 2 - sakit", "P003", "P003", "Orang Lain")
    page = staff.post(paste_url, form)
    plan, reading = page.context["plan"], page.context["reading"]
    assert [(row.enrollment.code, row.state) for row in plan.fresh] == [("P002", "sakit"), ("P003", "hadir")]
    assert [(row.enrollment.code, row.stored) for row in plan.different] == [("P001", "izin")]
    assert (len(reading.unknown), len(reading.repeated)) == (1, 1)
    assert noted(activity) == {"P001": "izin"}
    seen = page.context["seen"]
    staff.post(paste_url, form | {"seen": seen, "save": "1"})
    assert noted(activity) == {"P001": "izin", "P002": "sakit", "P003": "hadir"}


def test_what_is_noted_otherwise_is_replaced_only_when_told_so(world, staff, paste_url, activity):
    first = world.here.enrollments[0]
    note_attendance(program=world.here.program, edits=[Edit((activity.pk, first.pk), "", "izin")])
    form = pasted(activity, "P001")
    seen = staff.post(paste_url, form).context["seen"]
    staff.post(paste_url, form | {"seen": seen, "save": "1", "replace": "1"})
    assert noted(activity) == {"P001": "hadir"}


def test_a_note_made_after_the_preview_stops_the_saving(world, staff, paste_url, activity):
    first = world.here.enrollments[0]
    form = pasted(activity, "P001", "P002")
    seen = staff.post(paste_url, form).context["seen"]
    note_attendance(program=world.here.program, edits=[Edit((activity.pk, first.pk), "", "izin")])
    page = staff.post(paste_url, form | {"seen": seen, "save": "1", "replace": "1"})
    assert "diubah orang lain sejak pratinjau dibuat" in page.content.decode()
    assert noted(activity) == {"P001": "izin"}


def test_a_name_of_two_people_is_asked_about(world, staff, paste_url, activity):
    namesakes = world.here.enrollments[:2]
    for enrollment in namesakes:
        enrollment.person.name = "Budi Santoso"
        enrollment.person.save()
    form = pasted(activity, "Budi Santoso")
    (question,) = staff.post(paste_url, form).context["reading"].questions
    assert list(question.people) == namesakes
    staff.post(paste_url, form | {question.name: namesakes[1].pk, "save": "1"})
    assert noted(activity) == {"P002": "hadir"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"text": "x\n" * 10_001}, "text"),
        ({"text": "x" * 500_001}, "text"),
        ({"activity": ""}, "activity"),
        ({"activity": "99999999"}, "activity"),
        ({"state": "terlambat"}, "state"),
    ],
)
def test_a_wrong_list_is_refused_at_its_field(staff, paste_url, activity, changes, field):
    response = staff.post(paste_url, pasted(activity, "P001", save="1") | changes)
    assert list(response.context["form"].errors) == [field]
    assert noted(activity) == {}


def test_a_list_may_hold_a_nul(staff, paste_url, activity):
    staff.post(paste_url, pasted(activity, "P0\x0001", save="1"))
    assert noted(activity) == {"P001": "hadir"}
