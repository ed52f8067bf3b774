from datetime import date

import pytest
from django.urls import reverse

from asn_eval.accounts.models import Region, search_key
from evaluations.models import Evaluation
from programs.models import PROGRAM_TRANSITIONS, Activity, Objective, Program, TrainingForm
from tests.queries import page_queries
from tests.world import add_participant, make_program

SEMARANG = "Kota Semarang, Jawa Tengah (33.74)"


def program_form(world, **changes):
    return {
        "name": "Pelatihan Loket",
        "type": "pelatihan",
        "region": SEMARANG,
        "organizer": world.here.office.pk,
        "start_date": "2026-03-01",
        "end_date": "2026-03-31",
        "background": "Antrean panjang.",
        "aims": "Layanan lebih cepat.",
        "target_group": "petugas loket",
    } | changes


def names_listed(response):
    return [program.name for program in response.context["object_list"]]


# --- Creating and changing -----------------------------------------------------------


def test_a_new_program_belongs_to_its_author_and_opens_its_workspace(world, staff):
    response = staff.post(reverse("program_create"), program_form(world))
    program = Program.objects.unscoped("test").get(name="Pelatihan Loket")
    assert response.url == program.get_absolute_url()
    assert (program.created_by, program.region, program.state, program.revision) == (
        world.here.users["staf"],
        world.here.region,
        "draf",
        1,
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"region": "Kota Medan, Sumatera Utara (12.71)"},
            "region",
            "Wilayah ini di luar wilayah kerja kantor Anda.",
        ),
        (
            {"region": "Antah Berantah"},
            "region",
            "Wilayah tidak ditemukan. Ketik sebagian nama lalu pilih dari daftar.",
        ),
        ({"end_date": "2026-02-01"}, "end_date", "Tanggal selesai tidak boleh mendahului tanggal mulai."),
        ({"start_date": "0206-03-01"}, "start_date", "Tahun ini tampaknya keliru; periksa tanggalnya."),
        (
            {"name": "Program Kota Semarang", "start_date": "2026-02-01"},
            None,
            "Program dengan nama, wilayah, dan tanggal mulai ini sudah ada.",
        ),
    ],
)
def test_a_wrong_program_is_refused_at_its_field_and_keeps_what_was_typed(world, staff, changes, field, message):
    response = staff.post(reverse("program_create"), program_form(world, **changes))
    form = response.context["form"]
    assert response.status_code == 200
    assert message in (form.errors[field] if field else form.non_field_errors())
    assert "Antrean panjang." in response.content.decode()
    assert not Program.objects.unscoped("test").filter(name="Pelatihan Loket").exists()


def test_only_the_own_office_organises_unless_the_user_is_national(world, client):
    client.force_login(world.here.users["staf"])
    form = client.get(reverse("program_create")).context["form"]
    assert list(form.fields["organizer"].queryset) == [world.here.office]
    client.force_login(world.national)
    assert client.get(reverse("program_create")).context["form"].fields["organizer"].queryset.count() == 3


def test_a_program_keeps_the_foreign_organiser_it_has(world, staff):
    world.here.program.organizer = world.national.office
    world.here.program.save()
    form = staff.get(reverse("program_update", args=[world.here.program.pk])).context["form"]
    assert set(form.fields["organizer"].queryset) == {world.here.office, world.national.office}


def test_an_activity_that_a_program_shrinks_away_from_says_so(world, staff):
    program = world.here.program
    form = program_form(world, name=program.name, start_date="2026-03-01", end_date="2026-06-30", seen_revision=1)
    staff.post(reverse("program_update", args=[program.pk]), form)
    program.refresh_from_db()
    assert program.start_date == date(2026, 3, 1)
    assert "di luar masa program" in staff.get(program.get_absolute_url()).content.decode()


# --- States --------------------------------------------------------------------------

MOVES = [(start, end) for start in Program.State.values for end in Program.State.values]


@pytest.mark.parametrize(("start", "end"), MOVES)
def test_a_program_moves_only_along_its_transitions(world, staff, start, end):
    program = world.here.program
    program.state = start
    program.save()
    response = staff.post(reverse("program_state", args=[program.pk]), {"state": end}, follow=True)
    program.refresh_from_db()
    allowed = end in PROGRAM_TRANSITIONS[start]
    assert program.state == (end if allowed else start)
    (message,) = response.context["messages"]
    assert message.level_tag == ("success" if allowed else "error")


def test_a_refused_move_says_where_the_program_can_go(world, staff):
    url = reverse("program_state", args=[world.here.program.pk])
    (message,) = staff.post(url, {"state": "draf"}, follow=True).context["messages"]
    assert (
        str(message) == "Status program “Selesai” tidak dapat diubah begitu; yang mungkin: Dievaluasi, Berjalan."
    )


def test_the_state_is_changed_by_posting_only(world, staff):
    assert staff.get(reverse("program_state", args=[world.here.program.pk])).status_code == 405


# --- The list ------------------------------------------------------------------------


@pytest.fixture
def many(world):
    """Three more programs here, each differing in one respect."""
    district = world.here.region.__class__.objects.get(code="33.74.08")
    for name, values in (
        ("Karier Muda", {"type": "pengembangan_karier"}),
        ("Loket Cepat", {"state": "berjalan", "region": district}),
        ("Arsip Lama", {"start_date": date(2024, 1, 1), "end_date": date(2024, 2, 1), "is_example": True}),
    ):
        program = make_program(world.here.region, world.here.office, name=name)
        Program.objects.unscoped("test").filter(pk=program.pk).update(**values)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Karier Muda", "Loket Cepat", "Program Kota Semarang", "Arsip Lama"]),
        ({"q": "loket"}, ["Loket Cepat"]),
        ({"q": "cepat LOKET"}, ["Loket Cepat"]),
        ({"type": "pengembangan_karier"}, ["Karier Muda"]),
        ({"state": "berjalan"}, ["Loket Cepat"]),
        ({"year": "2024"}, ["Arsip Lama"]),
        ({"region": "candi sari"}, ["Loket Cepat"]),
        ({"region": "Jawa Tengah"}, ["Karier Muda", "Loket Cepat", "Program Kota Semarang", "Arsip Lama"]),
        ({"region": "Medan"}, []),
        (
            {"type": "bukan jenis", "year": "abc"},
            ["Karier Muda", "Loket Cepat", "Program Kota Semarang", "Arsip Lama"],
        ),
        ({"q": "loket", "type": "pengembangan_karier"}, []),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_says(world, many, staff, query, expected):
    assert names_listed(staff.get(reverse("program_list"), query)) == expected


@pytest.mark.parametrize("spelling", ["Kota Tanjungpinang", "Tanjung Pinang", "TANJUNGPINANG"])
def test_a_region_is_found_in_both_spellings(world, client, spelling):
    region = Region.objects.create(
        code="21.72", name="Kota Tanjung Pinang", level="regency", search_name=search_key("Kota Tanjung Pinang")
    )
    make_program(region, world.national.office, name="Simulasi")
    client.force_login(world.national)
    assert names_listed(client.get(reverse("program_list"), {"region": spelling})) == ["Simulasi"]


def test_example_programs_are_marked(world, many, staff):
    page = staff.get(reverse("program_list"), {"q": "Arsip"}).content.decode()
    assert '<span class="example-mark">data contoh</span>' in page
    assert "example-mark" not in staff.get(reverse("program_list"), {"q": "Karier"}).content.decode()


def test_an_empty_list_says_what_to_do_next(world, client):
    Evaluation.objects.unscoped("test").all().delete()
    Program.objects.unscoped("test").all().delete()
    client.force_login(world.here.users["staf"])
    page = client.get(reverse("program_list")).content.decode()
    assert "Mulailah dengan mencatat satu program" in page
    client.force_login(world.here.users["manajer"])
    assert "Program dicatat oleh staf program." in client.get(reverse("program_list")).content.decode()


def test_a_search_without_result_offers_the_way_back(world, staff):
    page = staff.get(reverse("program_list"), {"q": "tiada"}).content.decode()
    assert "Tampilkan semua program" in page


def test_pages_of_the_list_keep_the_search(world, staff):
    for number in range(30):
        make_program(world.here.region, world.here.office, name=f"Kelas {number:02d}")
    response = staff.get(reverse("program_list"), {"q": "Kelas"})
    assert len(response.context["object_list"]) == 25
    assert "?q=Kelas&amp;page=2" in response.content.decode()


@pytest.mark.parametrize("name", ["program_list", "agency_list"])
def test_lists_need_the_same_queries_for_one_row_and_for_many(world, staff, name):
    url = reverse(name)
    before = page_queries(staff, url)
    for number in range(5):
        make_program(world.here.region, world.here.office, name=f"Lain {number}")
        world.here.agency.__class__.objects.create(
            name=f"Unit {number}", region=world.here.region, parent=world.here.agency
        )
    assert page_queries(staff, url) == before


# --- The workspace -------------------------------------------------------------------


def test_the_workspace_counts_what_there_is(world, staff):
    context = staff.get(world.here.program.get_absolute_url()).context
    assert [(step.label, step.count) for step in context["steps"]] == [
        ("Sasaran", 1),
        ("Kegiatan", 1),
        ("Peserta", 6),
        ("Evaluasi", 1),
    ]
    assert (context["n_participants"], context["n_comparison"], context["total_hours"]) == (6, 0, 8)
    assert context["next_step"] is None


@pytest.mark.parametrize(
    ("role", "missing", "expected_url", "text"),
    [
        ("staf", "objectives", "objective_create", "belum mempunyai sasaran"),
        ("staf", "activities", "activity_create", "belum dicatat"),
        ("staf", "enrollments", "roster_upload", "Peserta belum didaftarkan"),
        ("staf", "evaluations", None, "Evaluator yang membuka evaluasinya."),
        ("evaluator", "evaluations", "evaluation_create", "Program ini belum dievaluasi."),
        ("manajer", "activities", None, "Staf program yang melengkapinya."),
    ],
)
def test_the_next_step_is_the_first_thing_missing(world, client, role, missing, expected_url, text):
    program = world.here.program
    program.evaluations.get().surveys.all().delete() if missing == "evaluations" else None
    getattr(program, missing).all().delete()
    client.force_login(world.here.users[role])
    response = client.get(program.get_absolute_url())
    step = response.context["next_step"]
    assert (step and step.url) == (expected_url and reverse(expected_url, args=[program.pk]))
    assert text in response.content.decode()


def test_the_workspace_needs_the_same_queries_for_few_rows_and_for_many(world, staff):
    program = world.here.program
    before = page_queries(staff, program.get_absolute_url())
    form = TrainingForm.objects.get()
    for number in range(4):
        add_participant(world.here, 20 + number)
        Objective.objects.create(program=program, statement=f"S{number}", indicator="Skor")
        Activity.objects.create(
            program=program,
            title=f"K{number}",
            form=form,
            lesson_hours=2,
            start_date=program.start_date,
            end_date=program.start_date,
        )
    assert page_queries(staff, program.get_absolute_url()) == before


@pytest.mark.parametrize("role", ["manajer", "auditor"])
def test_readers_see_how_many_took_part_but_nobody(world, client, role):
    client.force_login(world.here.users[role])
    response = client.get(world.here.program.get_absolute_url())
    page = response.content.decode()
    assert response.context["n_participants"] == 6
    assert not any(person.name in page or person.nip in page for person in world.here.people)
    assert reverse("program_participants", args=[world.here.program.pk]) not in page
    assert client.get(reverse("program_participants", args=[world.here.program.pk])).status_code == 403
