"""The history page of a record, and of a program with all its parts."""

from datetime import UTC, datetime, timedelta

import pytest
from auditlog.context import disable_auditlog
from django.urls import reverse

from asn_eval.history.context import Deed, acting, doing
from asn_eval.history.models import LogEntry
from asn_eval.history.reading import Reader
from asn_eval.history.stream import PAGE
from evaluations.models import Interview
from programs.models import Attendance, Batch, BudgetComponent, BudgetLine, ImportJob, Objective, Person, Speaker
from tests.queries import page_queries
from tests.world import synthetic_nip


def history_url(row) -> str:
    return reverse("record_history", args=[row._meta.label_lower, row.pk])


def change(row, **values):
    """Change a row as a person would, one save."""
    row = type(row).objects.unscoped("test").get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def lines(client, url) -> list[str]:
    """Every changed field on the page, newest first."""
    return [
        str(line)
        for moment in client.get(url).context["moments"]
        for entry in moment.entries
        for line in entry.lines
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": "dievaluasi"}, "Status: Selesai → Dievaluasi"),
        ({"end_date": "2026-11-23"}, "Tanggal selesai: 30 Juni 2026 → 23 November 2026"),
        ({"maximum_score": "1250.5"}, "Nilai tertinggi pretes dan postes: 100 → 1.250,5"),
        ({"background": "Antrean panjang."}, "Latar belakang: kosong → Antrean panjang."),
        ({"name": "Nama Lain"}, "Nama program: Program Kota Semarang → Nama Lain"),
    ],
)
def test_a_change_is_told_in_words(world, staff, values, expected):
    change(world.here.program, **values)
    assert lines(staff, history_url(world.here.program)) == [expected]


def test_keys_are_told_by_the_names_of_their_rows(world, staff):
    change(world.here.program, organizer=world.there.office)
    assert lines(staff, history_url(world.here.program)) == [
        "Penyelenggara: BKPSDM Kota Semarang → BKPSDM Kota Medan"
    ]


def test_a_yes_or_no_and_a_list_are_told_in_words(world, client):
    client.force_login(world.national)
    office = world.here.office
    office.city, office.kind, office.is_national = "", "pusat", True
    office.save()
    office.regions.add(world.there.region)
    assert lines(client, history_url(office)) == [
        "Wilayah kerja: ditambah Kota Medan, Sumatera Utara",
        "Jenis kantor: Instansi daerah → Kantor pusat",
        "Mencakup seluruh wilayah: Tidak → Ya",
        "Kota: Kota Semarang → kosong",
    ]


def test_a_long_list_is_cut_with_its_number(world, client):
    client.force_login(world.national)
    component = BudgetComponent.objects.create(name="Uji", order=1)
    entry = LogEntry.objects.unscoped("test").of(component).get()
    entry.changes = {"name": {"type": "m2m", "operation": "add", "objects": [f"W{n:02d}" for n in range(51)]}}
    names = ", ".join(f"W{n:02d}" for n in range(20))
    (line,) = Reader(world.national).tell(entry).lines
    assert line.note == f"ditambah {names} dan 31 lainnya"


def test_a_long_text_is_told_by_what_differs(world, staff):
    words = " ".join(f"kata{n}" for n in range(60))
    with disable_auditlog():
        change(world.here.program, background=words)
    change(world.here.program, background=words.replace("kata30", "KATA"))
    page = staff.get(history_url(world.here.program)).content.decode()
    assert "<del> kata30</del><ins> KATA</ins>" in page
    assert "kata5 " not in page


def test_a_text_that_looks_like_markup_stays_text(world, staff):
    change(world.here.program, background="<script>alert(1)</script>")
    page = staff.get(history_url(world.here.program)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_who_and_when_are_told_in_the_time_zone_of_the_readers_office(world, client):
    world.here.office.time_zone = "Asia/Jayapura"
    world.here.office.save()
    with acting(world.here.users["evaluator"]):
        change(world.here.program, aims="Baru")
    entry = LogEntry.objects.unscoped("test").of(world.here.program).get()
    LogEntry.objects.unscoped("test").filter(pk=entry.pk).update(
        timestamp=datetime(2026, 11, 23, 16, 5, tzinfo=UTC)
    )
    client.force_login(world.here.users["manajer"])
    (moment,) = client.get(history_url(world.here.program)).context["moments"]
    assert (moment.actor, moment.role) == ("evaluator_semarang", "Evaluator")
    assert moment.when == "24 November 2026, 01.05 WIT"


def test_what_nobody_did_is_called_so(world, staff):
    change(world.here.program, aims="Satu")
    with doing(Deed(command="import_participants")):
        change(world.here.program, aims="Dua")
    moments = staff.get(history_url(world.here.program)).context["moments"]
    assert [(moment.actor, moment.role) for moment in moments] == [
        ("Perintah admin di server", "import_participants"),
        ("Sistem", ""),
    ]


def test_what_one_request_did_stands_together(world, staff):
    with doing(Deed(actor=world.here.users["staf"])):
        change(world.here.program, aims="Satu")
        Objective.objects.create(program=world.here.program, statement="Baru", indicator="Skor")
    with doing(Deed(actor=world.here.users["staf"])):
        change(world.here.program, aims="Dua")
    moments = staff.get(reverse("program_history", args=[world.here.program.pk])).context["moments"]
    assert [[(entry.kind, entry.deed) for entry in moment.entries] for moment in moments] == [
        [("Program", "diubah")],
        [("Sasaran", "dibuat"), ("Program", "diubah")],
    ]


def test_the_history_of_a_program_holds_its_parts_and_those_that_are_gone(world, staff):
    program, activity = world.here.program, world.here.program.activities.get()
    Speaker.objects.create(activity=activity, name="Dr. Sari").delete()
    BudgetLine.objects.create(
        program=program, component=BudgetComponent.objects.create(name="Konsumsi", order=1), planned=5
    )
    Attendance.objects.create(activity=activity, enrollment=world.here.enrollments[0], state="hadir")
    Batch.objects.create(program=program, name="Angkatan I", start_date="2026-02-01", end_date="2026-02-02")
    Objective.objects.create(program=world.there.program, statement="Lain", indicator="Skor")
    url = reverse("program_history", args=[program.pk])
    told = [
        (entry.kind, entry.name, entry.deed)
        for moment in staff.get(url).context["moments"]
        for entry in moment.entries
    ]
    assert told == [
        ("Angkatan", "Angkatan I", "dibuat"),
        ("Kehadiran", "Peserta Kota Semarang 1, Lokakarya", "dibuat"),
        ("Anggaran", "Konsumsi", "dibuat"),
        ("Narasumber", "Dr. Sari", "dihapus"),
        ("Narasumber", "Dr. Sari", "dibuat"),
    ]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("programs.objective", ["Baru"]),
        ("programs.program", ["Program Kota Semarang"]),
        ("programs.person", ["Baru", "Program Kota Semarang"]),
        ("junk", ["Baru", "Program Kota Semarang"]),
        ("", ["Baru", "Program Kota Semarang"]),
    ],
)
def test_one_part_can_be_chosen(world, staff, part, expected):
    change(world.here.program, aims="Satu")
    Objective.objects.create(program=world.here.program, statement="Baru", indicator="Skor")
    url = reverse("program_history", args=[world.here.program.pk])
    moments = staff.get(url, {"bagian": part}).context["moments"]
    assert [entry.name for moment in moments for entry in moment.entries] == expected


def test_the_pages_of_a_long_history_repeat_and_lose_nothing(world, staff):
    base = datetime(2026, 11, 1, tzinfo=UTC)
    total = 2 * PAGE + 7
    entries = []
    for number in range(total):
        change(world.here.program, aims=f"Tujuan {number}")
        entry = LogEntry.objects.unscoped("test").latest("pk")
        entries.append(entry)
        # Groups of ten at the very same moment.
        when = base + timedelta(seconds=number // 10)
        LogEntry.objects.unscoped("test").filter(pk=entry.pk).update(timestamp=when)
    url, seen, pages = history_url(world.here.program), [], 0
    parameters = {}
    while pages == 0 or parameters["sebelum"]:
        context = staff.get(url, parameters).context
        seen += [entry.pk for moment in context["moments"] for entry in moment.entries]
        parameters = {"sebelum": context["older"]}
        pages += 1
    assert seen == [entry.pk for entry in reversed(entries)]
    assert pages == 3


@pytest.mark.parametrize("cursor", ["x", "1-", "-1", "9" * 30 + "-1", "1-" + "9" * 30, "\0", "1700000000000000"])
def test_a_cursor_that_is_none_shows_the_newest(world, staff, cursor):
    change(world.here.program, aims="Satu")
    response = staff.get(history_url(world.here.program), {"sebelum": cursor})
    assert [moment.entries[0].kind for moment in response.context["moments"]] == ["Program"]


def test_the_number_of_queries_does_not_grow(world, staff):
    url = reverse("program_history", args=[world.here.program.pk])
    with acting(world.here.users["staf"]):
        change(world.here.program, aims="Satu")
    few = page_queries(staff, url)
    for role in ("admin", "evaluator"):
        with acting(world.here.users[role]):
            change(world.here.program, aims=role)
            Objective.objects.create(program=world.here.program, statement=role, indicator="Skor")
    assert page_queries(staff, url) == few


# --- Who may see it --------------------------------------------------------------------


def test_a_kind_that_the_role_may_not_view_is_refused(world, client):
    interview = world.here.evaluation.interviews.get()
    for role, expected in (("evaluator", 200), ("staf", 403), ("manajer", 403), ("auditor", 403), ("admin", 403)):
        client.force_login(world.here.users[role])
        assert client.get(history_url(interview)).status_code == expected


@pytest.mark.parametrize(
    "label", ["accounts.region", "programs.importjob", "evaluations.response", "junk", "auth.group"]
)
def test_a_kind_without_history_is_not_found(world, client, label):
    client.force_login(world.national)
    assert client.get(f"/jejak/{label}/1/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999", "9" * 19, "9" * 400])
def test_a_record_that_never_was_is_not_found(world, staff, pk):
    assert staff.get(f"/jejak/programs.program/{pk}/").status_code == 404


def test_a_record_of_another_area_is_not_found_even_when_its_parts_changed_here(world, staff):
    change(world.there.program, aims="Rahasia")
    assert staff.get(history_url(world.there.program)).status_code == 404
    assert staff.get(reverse("program_history", args=[world.there.program.pk])).status_code == 404


def test_a_deleted_record_is_shown_to_its_area_alone(world, client):
    objective = world.here.program.objectives.get()
    url = history_url(objective)
    objective.delete()
    client.force_login(world.here.users["staf"])
    page = client.get(url)
    assert "Data ini sudah dihapus." in page.content.decode()
    assert [entry.deed for moment in page.context["moments"] for entry in moment.entries] == ["dihapus"]
    client.force_login(world.there.users["staf"])
    assert client.get(url).status_code == 404


def test_users_and_offices_of_others_are_not_found(world, client):
    client.force_login(world.here.users["auditor"])
    for place, expected in ((world.here, 200), (world.there, 404)):
        assert client.get(history_url(place.users["staf"])).status_code == expected
        assert client.get(history_url(place.office)).status_code == expected


@pytest.mark.parametrize("role", ["manajer", "auditor"])
def test_readers_meet_no_person_in_the_history_of_a_program(world, client, role):
    enrollment, person = world.here.enrollments[0], world.here.people[0]
    change(enrollment, status="hadir", superior="Atasan Rahasia")
    Attendance.objects.create(activity=world.here.program.activities.get(), enrollment=enrollment, state="hadir")
    enrollment.delete()
    client.force_login(world.here.users[role])
    page = client.get(reverse("program_history", args=[world.here.program.pk])).content.decode()
    for secret in (person.name, person.nip, "Atasan Rahasia"):
        assert secret not in page
    assert "(data pribadi)" in page
    assert "Terdaftar" in page


def test_staff_see_who_it_was(world, staff):
    change(world.here.enrollments[0], superior="Atasan Langsung")
    page = staff.get(reverse("program_history", args=[world.here.program.pk])).content.decode()
    assert "Peserta Kota Semarang 1" in page
    assert "Atasan Langsung" in page


def test_what_was_heard_is_for_evaluators_alone(world, client):
    interview = world.here.evaluation.interviews.get()
    change(Interview.objects.unscoped("test").get(pk=interview.pk), text="Kutipan rahasia", unit="Loket Sunyi")
    url = history_url(world.here.evaluation)
    for role in ("evaluator", "staf", "manajer", "auditor", "admin"):
        client.force_login(world.here.users[role])
        page = client.get(url).content.decode()
        is_evaluator = role == "evaluator"
        assert "Loket Sunyi" in page if is_evaluator else "Loket Sunyi" not in page
        assert "Unit kerja" in page
        assert (
            "Kutipan rahasia" not in page
        )  # what was said stands in the interview alone, so that it can be masked


def test_a_record_from_a_file_says_so(world, staff):
    job = ImportJob.objects.create(
        entity="pegawai",
        file_name="pegawai 2026.xlsx",
        created_by=world.here.users["staf"],
        finished_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
    )
    person = Person.objects.bulk_create(
        [
            Person(
                nip=synthetic_nip(70, 1975),
                name="Dari Berkas",
                status="PNS",
                agency=world.here.agency,
                imported_in=job,
            )
        ]
    )[0]
    page = staff.get(history_url(person)).content.decode()
    assert (
        "Dibuat lewat impor berkas “pegawai 2026.xlsx” oleh staf_semarang pada 23 November 2026, 10.00 WIB."
        in page
    )


def test_update_pages_lead_to_the_history(world, staff):
    page = staff.get(reverse("program_update", args=[world.here.program.pk])).content.decode()
    assert f'href="{history_url(world.here.program)}"' in page
    assert "/jejak/" not in staff.get(reverse("program_create")).content.decode()


def test_what_the_name_of_a_note_tells_is_not_said_beside_it(world, staff):
    attendance = Attendance.objects.create(
        activity=world.here.program.activities.get(), enrollment=world.here.enrollments[0], state="sakit"
    )
    url = reverse("program_history", args=[world.here.program.pk])
    (entry,) = staff.get(url).context["moments"][0].entries
    assert (entry.name, [str(line) for line in entry.beside_name]) == (
        "Peserta Kota Semarang 1, Lokakarya",
        ["Kehadiran: kosong → Sakit"],
    )
    assert len(lines(staff, history_url(attendance))) == 3
    # To who may not know the person, the name tells nothing: the activity is said.
    staff.force_login(world.here.users["auditor"])
    (entry,) = staff.get(url).context["moments"][0].entries
    assert [str(line) for line in entry.beside_name][:1] == ["Kegiatan: kosong → Lokakarya"]
