"""The pages: a file goes in, what it would do comes out, nothing is saved before it was agreed to."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from asn_eval.history.models import LogEntry
from programs.models import Agency, ColumnMapping, Enrollment, ImportJob, Person
from tests.files import xlsx
from tests.programs.rosters import (
    agree,
    counts,
    file_of,
    job_of,
    line,
    message,
    nip,
    person,
    problems,
    upload,
)
from tests.queries import page_queries

DONE, READY = ImportJob.State.DONE, ImportJob.State.READY


@pytest.fixture
def url(world):
    return reverse("roster_upload", args=[world.here.program.pk])


def changes(page):
    return [
        [(told["label"], told["before"], told["after"]) for told in row["changes"]]
        for row in page.context["report"]["changed"]
    ]


# --- The way through -----------------------------------------------------------------


def test_nothing_is_saved_before_it_is_agreed_to(world, staff, url):
    before = counts()
    page = upload(staff, url, file_of(line(1), line(2, unit="Unit Baru")))
    job = job_of(page)
    assert page.redirect_chain[-1][0] == reverse("import_detail", args=[job.pk])
    assert job.counts == {"new": 2, "changed": 0, "same": 0, "refused": 0}
    assert job.report["new_units"] == ["Unit Baru"]
    assert counts() == before

    done = agree(staff, page)
    assert job_of(done).state == DONE
    assert counts() == {name: number + (1 if name == "Agency" else 2) for name, number in before.items()}
    stored = person(2)
    assert (stored.name, stored.status, stored.grade.code, stored.position) == ("Baru 2", "PNS", "III/d", "Analis")
    assert (stored.agency.name, stored.agency.region) == ("Unit Baru", world.here.region)
    assert (stored.imported_in, str(stored.birth_date)) == (job, "1990-01-01")
    codes = world.here.program.enrollments.filter(person__nip__in=[nip(1), nip(2)])
    assert [(row.code, row.imported_in) for row in codes] == [("P007", job), ("P008", job)]


def test_the_same_file_twice_changes_nothing(staff, url):
    content = file_of(line(1), line(2, group="pembanding", code="K-2"))
    agree(staff, upload(staff, url, content))
    before = counts()
    page = upload(staff, url, content)
    assert job_of(page).counts == {"new": 0, "changed": 0, "same": 2, "refused": 0}
    assert "Semua isi berkas sudah tersimpan" in page.content.decode()
    assert problems(page) == []
    assert counts() == before


def test_a_known_person_is_shown_with_what_would_change(world, staff, url):
    known = world.here.people[0]
    row = line(1, nip=known.nip, name="Nama Baru", position="Kepala Seksi", group="pembanding")
    page = upload(staff, url, file_of(row))
    assert changes(page) == [
        [
            ("nama", known.name, "Nama Baru"),
            ("golongan", "", "Penata Tingkat I (III/d)"),
            ("jabatan", "", "Kepala Seksi"),
            ("kelompok", "Peserta", "Pembanding"),
        ]
    ]
    assert f"Nama: dari “{known.name}” menjadi “Nama Baru”" in page.content.decode()
    agree(staff, page)
    known.refresh_from_db()
    assert (known.name, known.position, known.revision) == ("Nama Baru", "Kepala Seksi", 2)
    assert known.enrollments.get().group == "pembanding"


def test_who_changed_what_stands_in_the_history(world, staff, url):
    known = world.here.people[0]
    agree(staff, upload(staff, url, file_of(line(1, nip=known.nip, name="Nama Baru"), line(2))))
    entries = LogEntry.objects.unscoped("test").order_by("pk")
    told = entries.filter(object_id=known.pk, content_type__model="person").last()
    assert told.changes["name"] == ["Peserta Kota Semarang 1", "Nama Baru"]
    assert told.actor == world.here.users["staf"]
    made = entries.filter(object_id=world.here.program.pk, content_type__model="program").last()
    assert "Peserta program: 1 baris baru dari berkas peserta.xlsx" in made.additional_data.values()
    assert not entries.filter(object_id=person(2).pk, content_type__model="person").exists()


def test_empty_cells_erase_nothing(world, staff, url):
    known = world.here.people[0]
    known.position, known.email = "Arsiparis", "a@contoh.go.id"
    known.save()
    content = xlsx([("NIP", "Nama", "Jabatan", "Unit Kerja", "Email"), (known.nip, known.name, "", "", "")])
    page = upload(staff, url, content)
    assert job_of(page).counts["same"] == 1
    assert (changes(page), page.context["report"]["notes"]) == ([], [])


def test_without_a_unit_new_people_go_to_the_organiser_and_the_page_says_so(world, staff, url):
    page = upload(staff, url, xlsx([("NIP", "Nama"), (nip(1), "Satu"), (nip(2), "Dua")]))
    note = "Unit kerja 2 peserta baru belum diisi; mereka dicatat pada “BKPSDM Kota Semarang”."
    assert note in page.content.decode()
    agree(staff, page)
    assert {person(1).agency, person(2).agency} == {
        Agency.objects.unscoped("test").get(name="BKPSDM Kota Semarang", region=world.here.region)
    }


def test_units_are_matched_without_regard_to_case_and_never_beyond_the_region(world, staff, url):
    page = upload(staff, url, file_of(line(1, unit="  dinas kota  SEMARANG"), line(2, unit="Dinas Kota Medan")))
    assert page.context["report"]["new_units"] == ["Dinas Kota Medan"]
    agree(staff, page)
    assert person(1).agency == world.here.agency
    assert person(2).agency.region == world.here.region


def test_formulas_stay_text_on_their_way_through(world, staff, url):
    page = upload(staff, url, file_of(line(1, position='=HYPERLINK("http://x","y")', unit="@SUM(A1)")))
    agree(staff, page)
    export = staff.get(reverse("participants_export", args=[world.here.program.pk]), {"q": nip(1)}).content
    sheet = openpyxl.load_workbook(BytesIO(export)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n"}
    assert "@SUM(A1)" in [cell.value for cell in cells]


# --- Columns -------------------------------------------------------------------------


def test_unknown_columns_are_asked_about_once_and_remembered_for_the_office(world, staff, client, url):
    content = xlsx(
        [("DAFTAR", "", ""), ("NIP", "Nama", "Tempat Tugas", "Hobi"), (nip(1), "Satu", "Unit X", "Catur")]
    )
    page = upload(staff, url, content)
    job = ImportJob.objects.unscoped("test").get()
    assert page.redirect_chain[-1][0] == reverse("import_mapping", args=[job.pk])
    asked = [(column["header"], column["samples"], field.value()) for column, field in page.context["form"].rows()]
    assert asked == [
        ("NIP", [nip(1)], "nip"),
        ("Nama", ["Satu"], "name"),
        ("Tempat Tugas", ["Unit X"], ""),
        ("Hobi", ["Catur"], ""),
    ]
    chosen = {"column-0": "nip", "column-1": "name", "column-2": "agency", "column-3": ""}
    page = staff.post(reverse("import_mapping", args=[job.pk]), chosen, follow=True)
    assert page.context["report"]["new_units"] == ["Unit X"]
    text = page.content.decode()
    assert "Kolom yang tidak dibaca: Hobi." in text
    assert "Judul kolom dibaca dari baris 2; baris di atasnya dilewati." in text
    assert [*ColumnMapping.objects.values_list("office", "header", "field").order_by("pk")] == [
        (world.here.office.pk, "nip", "nip"),
        (world.here.office.pk, "nama", "name"),
        (world.here.office.pk, "tempattugas", "agency"),
        (world.here.office.pk, "hobi", ""),
    ]
    again = upload(staff, url, content)
    assert job_of(again).state == READY
    assert again.context["report"]["new_units"] == ["Unit X"]
    client.force_login(world.there.users["staf"])
    elsewhere = upload(client, reverse("roster_upload", args=[world.there.program.pk]), content)
    assert elsewhere.redirect_chain[-1][0].endswith("/kolom/")


def test_a_meaning_may_be_changed_after_the_file_was_examined(staff, url):
    page = upload(staff, url, xlsx([("NIP", "Nama", "Jabatan"), (nip(1), "Satu", "Dua")]))
    mapping = reverse("import_mapping", args=[job_of(page).pk])
    page = staff.post(mapping, {"column-0": "nip", "column-1": "", "column-2": "name"}, follow=True)
    assert page.context["report"]["first_new"][0][1] == "Dua"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"column-0": "nip"}, "Tunjuk dulu kolom untuk Nama"),
        ({"column-0": "nip", "column-1": "name", "column-2": "name"}, "sudah dipilih untuk kolom “Sebutan”"),
        ({"column-0": "nip", "column-1": "raja"}, "Masukkan pilihan yang valid"),
    ],
)
def test_a_choice_of_columns_that_cannot_be_is_refused_and_kept(staff, url, chosen, words):
    upload(staff, url, xlsx([("NIP", "Sebutan", "Gelar"), (nip(1), "Satu", "S.Sos.")]))
    job = ImportJob.objects.unscoped("test").get()
    page = staff.post(reverse("import_mapping", args=[job.pk]), chosen)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert ColumnMapping.objects.count() == 0


# --- Problems ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "text"),
    [
        ({"nip": "19900101"}, "NIP", "NIP harus 18 angka; yang tertulis 8 angka."),
        ({"nip": nip(1)[:12] + "13" + nip(1)[14:]}, "NIP", "Angka ke-13 dan 14 harus bulan"),
        ({"nip": "'" + nip(5) + "x"}, "NIP", "hapus “x”"),
        ({"name": ""}, "Nama", "Nama kosong."),
        ({"code": "P001"}, "Kode Peserta", "Kode peserta ini sudah dipakai pada program."),
        ({"unit": "x" * 151}, "Unit Kerja", "Paling panjang 150 huruf."),
    ],
)
def test_a_problem_stands_at_its_row_and_column_and_stops_the_saving(staff, url, cells, column, text):
    before = counts()
    page = upload(staff, url, file_of(line(2), line(1, **cells)))
    ((row, where, told),) = problems(page)
    assert (row, where, text in told) == (3, column, True)
    assert job_of(page).counts["refused"] == 1
    refused = agree(staff, page)
    assert message(refused).startswith("Belum ada yang disimpan.")
    assert counts() == before


def test_only_the_good_rows_are_saved_when_asked_for(staff, url):
    before = counts()
    page = upload(staff, url, file_of(line(1), line(2, nip="salah"), line(1)))
    assert problems(page)[1] == (4, "NIP", "NIP ini sudah ada pada baris 2.")
    assert 'name="valid_only"' in page.content.decode()
    done = agree(staff, page, valid_only="on")
    assert job_of(done).counts == {"new": 1, "changed": 0, "same": 0, "refused": 2}
    assert counts() == before | {"Person": before["Person"] + 1, "Enrollment": before["Enrollment"] + 1}


def test_the_refused_rows_come_back_as_a_workbook_that_can_be_corrected_and_sent_again(staff, url):
    page = upload(staff, url, file_of(line(1), line(2, nip="salah", email="x"), line(3, name="+1")))
    done = agree(staff, page, valid_only="on")
    response = staff.get(reverse("import_errors", args=[job_of(done).pk]))
    workbook = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    sheet = workbook.active
    header, wrong, formula = sheet.iter_rows()
    assert [cell.value for cell in header][-2:] == ["Kode Peserta", "Keterangan"]
    assert wrong[-1].value.startswith("NIP: NIP hanya boleh berisi angka")
    assert "Email: Alamat email tidak sah" in wrong[-1].value
    coloured = [cell.column_letter for cell in wrong if cell.fill.fgColor.rgb == "00F8D7DA"]
    assert coloured == ["A", "F"]
    assert (formula[1].value, formula[1].data_type) == ("+1", "s")
    sheet["A2"], sheet["F2"], sheet["B3"] = nip(2), "ani@contoh.go.id", "Tiga"
    buffer = BytesIO()
    workbook.save(buffer)
    again = upload(staff, url, buffer.getvalue())
    assert job_of(again).counts == {"new": 2, "changed": 0, "same": 0, "refused": 0}


def test_a_nip_of_another_area_is_refused_without_a_word_about_the_person(world, staff, url):
    foreign = world.there.people[0]
    page = upload(staff, url, file_of(line(1, nip=foreign.nip, name="Siapa Saja")))
    ((_row, _column, told),) = problems(page)
    assert told == ("NIP sudah terdaftar pada unit kerja di luar wilayah kantor Anda; minta admin memindahkannya.")
    text = page.content.decode()
    assert foreign.name not in text
    assert "Medan" not in text
    agree(staff, page, valid_only="on")
    foreign.refresh_from_db()
    assert (foreign.name, foreign.agency) == ("Peserta Kota Medan 1", world.there.agency)


def test_a_participant_of_another_area_keeps_the_data_of_their_office(world, staff, url):
    guest = world.there.people[0]
    Enrollment.objects.create(program=world.here.program, person=guest, code="T1")
    page = upload(staff, url, file_of(line(1, nip=guest.nip, name="Lain", group="pembanding")))
    assert [told["message"] for told in page.context["report"]["warnings"]] == [
        "Data pegawai ini dikelola kantor lain; hanya keikutsertaannya yang diperbarui."
    ]
    agree(staff, page)
    guest.refresh_from_db()
    assert guest.name == "Peserta Kota Medan 1"
    assert world.here.program.enrollments.get(person=guest).group == "pembanding"


def test_a_code_is_never_changed_by_a_file(world, staff, url):
    page = upload(staff, url, file_of(line(1, nip=world.here.people[0].nip, code="X9")))
    ((_row, _column, told),) = problems(page)
    assert told.startswith("Peserta ini sudah berkode P001;")


def test_many_problems_are_counted_and_two_hundred_shown(staff, url):
    page = upload(staff, url, file_of(*(line(1, nip=f"salah {number}") for number in range(250))))
    text = page.content.decode()
    assert len(problems(page)) == 200
    assert "250 masalah yang perlu diperbaiki" in text
    assert "Ditampilkan 200 dari 250." in text
    assert "Tidak ada baris yang dapat disimpan." in text


# --- Whose it is, and how long ---------------------------------------------------------


def test_a_file_is_seen_by_the_office_that_sent_it_only(world, staff, client, url):
    key = job_of(upload(staff, url, file_of(line(1)))).pk
    client.force_login(world.here.users["admin"])
    assert client.get(reverse("import_detail", args=[key])).status_code == 200
    for user in (world.there.users["staf"], world.national):
        client.force_login(user)
        assert client.get(reverse("import_detail", args=[key])).status_code == 404
        assert client.post(reverse("import_save", args=[key]), {"seen": "x"}).status_code == 404
    assert not Person.objects.unscoped("test").filter(nip=nip(1)).exists()


def test_pressing_save_twice_saves_once(staff, url):
    page = upload(staff, url, file_of(line(1)))
    agree(staff, page)
    after = counts()
    assert "sudah disimpan" in message(agree(staff, page))
    assert counts() == after


def test_a_discarded_file_is_gone(staff, url, django_capture_on_commit_callbacks):
    job = job_of(upload(staff, url, file_of(line(1))))
    assert job.file.storage.exists(job.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        page = staff.post(reverse("import_discard", args=[job.pk]), follow=True)
    assert message(page) == "Berkas dibuang. Tidak ada yang disimpan."
    assert not job.file.storage.exists(job.file.name)
    gone = ImportJob.objects.unscoped("test").get()
    assert (gone.state, gone.file.name, gone.report) == (ImportJob.State.DISCARDED, "", {})


def test_what_is_saved_leaves_no_file_and_no_rows_behind(staff, url, django_capture_on_commit_callbacks):
    page = upload(staff, url, file_of(line(1)))
    job = job_of(page)
    with django_capture_on_commit_callbacks(execute=True):
        agree(staff, page)
    assert not job.file.storage.exists(job.file.name)
    assert "Baru 1" not in str(job_of(page).report)


def test_what_changed_since_is_shown_before_it_is_written_over(world, staff, url):
    known = world.here.people[0]
    page = upload(staff, url, file_of(line(1, nip=known.nip, name="Dari Berkas")))
    known.name = "Dari Rekan"
    known.save()
    again = agree(staff, page)
    assert "Data tersimpan berubah sejak pemeriksaan." in again.content.decode()
    assert "dari “Dari Rekan” menjadi “Dari Berkas”" in again.content.decode()
    known.refresh_from_db()
    assert known.name == "Dari Rekan"
    agree(staff, again)
    known.refresh_from_db()
    assert known.name == "Dari Berkas"


def test_an_old_file_of_anybody_is_removed_by_the_next_upload(world, staff, client, url):
    client.force_login(world.there.users["staf"])
    old = job_of(upload(client, reverse("roster_upload", args=[world.there.program.pk]), file_of(line(1))))
    jobs = ImportJob.objects.unscoped("test")
    jobs.update(created_at=timezone.now() - timedelta(hours=25))
    client.force_login(world.here.users["staf"])
    upload(client, url, file_of(line(2)))
    old.refresh_from_db()
    assert (old.state, old.file.name, old.report) == (ImportJob.State.DISCARDED, "", {})
    assert jobs.filter(state=READY).count() == 1


def test_the_list_needs_the_same_queries_for_few_files_and_for_many(world, staff, url):
    upload(staff, url, file_of(line(1)))
    few = page_queries(staff, reverse("import_list"))
    for number in (2, 3):
        upload(staff, url, file_of(line(number)))
    assert page_queries(staff, reverse("import_list")) == few


def test_the_list_narrows_by_what_the_files_hold(staff, url):
    upload(staff, url, file_of(line(1)))
    for wanted, found in (("peserta", 1), ("pegawai", 0), ("raja", 1)):
        assert len(staff.get(reverse("import_list"), {"isi": wanted}).context["object_list"]) == found


def test_an_import_of_an_unknown_kind_or_program_is_not_there(world, staff):
    assert staff.get("/impor/raja/baru/").status_code == 404
    for program in (world.there.program.pk, "abc", "0", "9" * 30):
        assert staff.get(reverse("import_start", args=["peserta"]), {"program": program}).status_code == 404


def test_the_program_is_chosen_where_the_address_names_none(world, staff):
    url = reverse("import_start", args=["peserta"])
    assert list(upload(staff, url, file_of(line(1))).context["form"].errors) == ["program"]
    foreign = upload(staff, url, file_of(line(1)), program=world.there.program.pk)
    assert list(foreign.context["form"].errors) == ["program"]
    page = upload(staff, url, file_of(line(1)), program=world.here.program.pk)
    assert job_of(page).program == world.here.program
