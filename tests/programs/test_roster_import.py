"""The page: a file goes in, a preview comes out, nothing is saved before it was agreed to."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Agency, Enrollment, Person, RosterDraft
from tests.files import xlsx
from tests.programs.rosters import agree, counts, file_of, line, message, nip, person, upload
from tests.queries import count_queries


@pytest.fixture
def url(world):
    return reverse("roster_upload", args=[world.here.program.pk])


# --- The way through -----------------------------------------------------------------


def test_nothing_is_saved_before_the_preview_is_agreed_to(world, staff, url):
    before = counts()
    page = upload(staff, url, file_of(line(1), line(2, unit="Unit Baru")))
    assert page.redirect_chain[-1][0] == f"{url}?berkas={page.context['draft'].pk}"
    assert (page.context["n_new"], page.context["n_updated"], page.context["n_same"]) == (2, 0, 0)
    assert [agency.name for agency in page.context["plan"].new_agencies] == ["Unit Baru"]
    assert counts() == before | {"RosterDraft": 1}

    done = agree(staff, url, page)
    assert message(done) == "2 peserta baru didaftarkan, 0 diperbarui, 0 sudah sama, 0 ditolak."
    assert done.redirect_chain[-1][0] == reverse("program_participants", args=[world.here.program.pk])
    assert counts() == before | {
        "Person": before["Person"] + 2,
        "Enrollment": before["Enrollment"] + 2,
        "Agency": before["Agency"] + 1,
    }
    stored = person(2)
    assert (stored.name, stored.status, stored.grade.code, stored.position) == ("Baru 2", "PNS", "III/d", "Analis")
    assert (stored.agency.name, stored.agency.region) == ("Unit Baru", world.here.region)
    assert [row.code for row in world.here.program.enrollments.filter(person__nip__in=[nip(1), nip(2)])] == [
        "P007",
        "P008",
    ]


def test_the_same_file_twice_changes_nothing(staff, url):
    content = file_of(line(1), line(2, group="pembanding", code="K-2"))
    agree(staff, url, upload(staff, url, content))
    before = counts()
    page = upload(staff, url, content)
    assert (page.context["n_new"], page.context["n_updated"], page.context["n_same"]) == (0, 0, 2)
    assert "Semua isi berkas sudah tersimpan" in page.content.decode()
    agree(staff, url, page)
    assert counts() == before


def test_a_known_person_is_shown_with_what_would_change(world, staff, url):
    known = world.here.people[0]
    row = line(1, nip=known.nip, name="Nama Baru", position="Kepala Seksi", group="pembanding")
    page = upload(staff, url, file_of(row))
    (planned,) = page.context["changed"]
    assert [(change.label, change.before, change.after) for change in planned.changes] == [
        ("nama", known.name, "Nama Baru"),
        ("golongan", "", "Penata Tingkat I (III/d)"),
        ("jabatan", "", "Kepala Seksi"),
        ("kelompok", "Peserta", "Pembanding"),
    ]
    assert f"Nama: dari “{known.name}” menjadi “Nama Baru”" in page.content.decode()
    agree(staff, url, page)
    known.refresh_from_db()
    assert (known.name, known.position, known.enrollments.get().group) == (
        "Nama Baru",
        "Kepala Seksi",
        "pembanding",
    )


def test_a_known_person_may_move_to_a_unit_that_is_new(world, staff, url):
    known = world.here.people[0]
    page = upload(staff, url, file_of(line(1, nip=known.nip, name=known.name, unit="Badan Baru")))
    (planned,) = page.context["changed"]
    changes = {change.label: (change.before, change.after) for change in planned.changes}
    assert changes["unit kerja"] == ("Dinas Kota Semarang", "Badan Baru")
    agree(staff, url, page)
    known.refresh_from_db()
    assert known.agency == Agency.objects.unscoped("test").get(name="Badan Baru")


def test_empty_cells_erase_nothing(world, staff, url):
    known = world.here.people[0]
    known.position, known.email = "Arsiparis", "a@contoh.go.id"
    known.save()
    content = xlsx([("NIP", "Nama", "Jabatan", "Unit Kerja", "Email"), (known.nip, known.name, "", "", "")])
    page = upload(staff, url, content)
    assert (page.context["n_same"], page.context["changed"]) == (1, [])
    assert page.context["plan"].notes == ()


def test_without_a_unit_new_people_go_to_the_organiser_and_the_page_says_so(world, staff, url):
    page = upload(staff, url, xlsx([("NIP", "Nama"), (nip(1), "Satu"), (nip(2), "Dua")]))
    note = "Unit kerja 2 peserta baru belum diisi; mereka dicatat pada “BKPSDM Kota Semarang”."
    assert note in page.content.decode()
    agree(staff, url, page)
    assert {person(1).agency, person(2).agency} == {
        Agency.objects.unscoped("test").get(name="BKPSDM Kota Semarang", region=world.here.region)
    }


def test_units_are_matched_without_regard_to_case_and_never_beyond_the_region(world, staff, url):
    page = upload(staff, url, file_of(line(1, unit="  dinas kota  SEMARANG"), line(2, unit="Dinas Kota Medan")))
    assert [agency.name for agency in page.context["plan"].new_agencies] == ["Dinas Kota Medan"]
    agree(staff, url, page)
    assert person(1).agency == world.here.agency
    assert person(2).agency.region == world.here.region


def test_unknown_columns_and_notes_on_reading_are_told(staff, url):
    content = xlsx([("DAFTAR PESERTA", "", ""), ("NIP", "Nama", "Hobi"), (nip(1), "Satu", "Catur")])
    text = upload(staff, url, content, "peserta.csv").content.decode()
    assert "Kolom yang tidak dikenal dan tidak dibaca: Hobi." in text
    assert "Judul kolom dibaca dari baris 2; baris di atasnya dilewati." in text
    assert "Nama berkas berakhiran .csv" in text


def test_warnings_do_not_keep_a_row_out(staff, url):
    page = upload(staff, url, file_of(line(1, phone="12")))
    assert [(warning.row, warning.column) for warning in page.context["warnings"]] == [(2, "Telepon")]
    assert "1 peserta baru didaftarkan" in message(agree(staff, url, page))


def test_formulas_stay_text_on_their_way_through(world, staff, url):
    page = upload(staff, url, file_of(line(1, position='=HYPERLINK("http://x","y")', unit="@SUM(A1)")))
    agree(staff, url, page)
    export = staff.get(reverse("participants_export", args=[world.here.program.pk]), {"q": nip(1)}).content
    sheet = openpyxl.load_workbook(BytesIO(export)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n"}
    assert "@SUM(A1)" in [cell.value for cell in cells]


# --- Problems ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "text"),
    [
        ({"nip": "19900101"}, "NIP", "NIP harus 18 angka; yang tertulis 8 angka."),
        ({"nip": nip(1)[:12] + "13" + nip(1)[14:]}, "NIP", "Angka ke-13 dan 14 harus bulan"),
        ({"nip": "'" + nip(5) + "x"}, "NIP", "hapus “x”"),
        ({"name": ""}, "Nama", "Nama kosong."),
        ({"grade": "V/z"}, "Golongan", "Golongan tidak dikenali"),
        ({"grade": "IV/e"}, "Golongan", "Golongan ini belum ada pada data acuan."),
        ({"email": "bukan surel"}, "Email", "Alamat email tidak sah"),
        ({"group": "penonton"}, "Kelompok", "Kelompok harus “peserta” atau “pembanding”."),
        ({"code": "P001"}, "Kode Peserta", "Kode peserta ini sudah dipakai pada program."),
        ({"unit": "x" * 151}, "Unit Kerja", "Paling panjang 150 huruf."),
    ],
)
def test_a_problem_stands_at_its_row_and_column_and_stops_the_saving(staff, url, cells, column, text):
    before = counts()
    page = upload(staff, url, file_of(line(2), line(1, **cells)))
    (problem,) = page.context["problems"]
    assert (problem.row, problem.column, text in problem.message) == (3, column, True)
    assert page.context["plan"].n_rejected == 1
    refused = agree(staff, url, page)
    assert message(refused).startswith("Belum ada yang disimpan.")
    assert counts() == before | {"RosterDraft": 1}


def test_only_the_good_rows_are_saved_when_asked_for(staff, url):
    before = counts()
    page = upload(staff, url, file_of(line(1), line(2, nip="salah"), line(1)))
    assert [(problem.row, problem.message) for problem in page.context["problems"]][1] == (
        4,
        "NIP ini sudah ada pada baris 2.",
    )
    assert 'name="valid_only"' in page.content.decode()
    done = agree(staff, url, page, valid_only="on")
    assert message(done) == "1 peserta baru didaftarkan, 0 diperbarui, 0 sudah sama, 2 ditolak."
    assert counts() == before | {"Person": before["Person"] + 1, "Enrollment": before["Enrollment"] + 1}


def test_a_nip_of_another_area_is_refused_without_a_word_about_the_person(world, staff, url):
    foreign = world.there.people[0]
    page = upload(staff, url, file_of(line(1, nip=foreign.nip, name="Siapa Saja")))
    (problem,) = page.context["problems"]
    assert problem.message == (
        "NIP sudah terdaftar pada unit kerja di luar wilayah kantor Anda; minta admin memindahkannya."
    )
    text = page.content.decode()
    assert foreign.name not in text
    assert "Medan" not in text
    agree(staff, url, page, valid_only="on")
    foreign.refresh_from_db()
    assert (foreign.name, foreign.agency) == ("Peserta Kota Medan 1", world.there.agency)


def test_a_participant_of_another_area_keeps_the_data_of_their_office(world, staff, url):
    guest = world.there.people[0]
    Enrollment.objects.create(program=world.here.program, person=guest, code="T1")
    page = upload(staff, url, file_of(line(1, nip=guest.nip, name="Lain", group="pembanding")))
    assert [warning.message for warning in page.context["warnings"]] == [
        "Data pegawai ini dikelola kantor lain; hanya keikutsertaannya yang diperbarui."
    ]
    agree(staff, url, page)
    guest.refresh_from_db()
    assert guest.name == "Peserta Kota Medan 1"
    assert world.here.program.enrollments.get(person=guest).group == "pembanding"


def test_a_code_is_never_changed_by_a_file(world, staff, url):
    page = upload(staff, url, file_of(line(1, nip=world.here.people[0].nip, code="X9")))
    (problem,) = page.context["problems"]
    assert problem.message.startswith("Peserta ini sudah berkode P001;")


def test_thousands_of_problems_are_counted_and_two_hundred_shown(staff, url):
    page = upload(staff, url, file_of(*(line(1, nip=f"salah {number}") for number in range(250))))
    text = page.content.decode()
    assert len(page.context["problems"]) == 200
    assert "250 masalah yang perlu diperbaiki" in text
    assert "Ditampilkan 200 dari 250." in text
    assert "Tidak ada baris yang dapat disimpan." in text


# --- Between preview and saving ------------------------------------------------------


def test_the_page_and_the_session_carry_no_personal_data(staff, url):
    page = upload(staff, url, file_of(*(line(number) for number in range(1, 15))))
    text = page.content.decode()
    assert "Baru 14" not in text  # only the first rows are shown, the rest stays on the server
    assert "Baru 14" not in str(dict(staff.session))
    assert nip(14) not in str(staff.cookies)


def test_a_draft_is_found_only_where_it_belongs(world, staff, client, url):
    page = upload(staff, url, file_of(line(1)))
    key = page.context["draft"].pk
    client.force_login(world.there.users["staf"])
    foreign = reverse("roster_upload", args=[world.there.program.pk])
    for response in (
        client.get(foreign, {"berkas": key}, follow=True),
        client.post(foreign, {"draft": key, "seen": ""}, follow=True),
    ):
        assert message(response).startswith("Berkas ini sudah disimpan atau sudah dihapus.")
    assert client.get(url, {"berkas": key}).status_code == 404
    assert client.post(url, {"draft": key}).status_code == 404
    assert not Person.objects.unscoped("test").filter(nip=nip(1)).exists()


@pytest.mark.parametrize("key", ["", "abc", "0", "-1", "9" * 30, "²"])
def test_a_draft_that_does_not_exist_is_asked_for_again(staff, url, key):
    assert "Unggah lagi" in message(staff.get(url, {"berkas": key}, follow=True))
    assert "Unggah lagi" in message(staff.post(url, {"draft": key}, follow=True))


def test_pressing_save_twice_saves_once(staff, url):
    page = upload(staff, url, file_of(line(1)))
    agree(staff, url, page)
    after = counts()
    assert "sudah disimpan" in message(agree(staff, url, page))
    assert counts() == after


def test_a_discarded_file_is_gone(staff, url):
    page = upload(staff, url, file_of(line(1)))
    before = counts()
    assert message(agree(staff, url, page, discard="1")) == "Berkas dibuang. Tidak ada yang disimpan."
    assert counts() == before | {"RosterDraft": 0}


def test_what_changed_since_the_preview_is_shown_before_it_is_written_over(world, staff, url):
    known = world.here.people[0]
    page = upload(staff, url, file_of(line(1, nip=known.nip, name="Dari Berkas")))
    known.name = "Dari Rekan"
    known.save()
    again = agree(staff, url, page)
    assert message(again).startswith("Data tersimpan berubah sejak pratinjau dibuat.")
    assert "dari “Dari Rekan” menjadi “Dari Berkas”" in again.content.decode()
    known.refresh_from_db()
    assert known.name == "Dari Rekan"
    agree(staff, url, again)
    known.refresh_from_db()
    assert known.name == "Dari Berkas"


def test_an_old_draft_of_anybody_is_removed_by_the_next_upload(world, staff, url):
    for program, hours in ((world.there.program, 25), (world.there.program, 23)):
        draft = RosterDraft.objects.create(program=program, file_name=f"{hours} jam", content={})
        old = timezone.now() - timedelta(hours=hours)
        RosterDraft.objects.unscoped("test").filter(pk=draft.pk).update(created_at=old)
    upload(staff, url, file_of(line(1)))
    assert sorted(str(draft) for draft in RosterDraft.objects.unscoped("test")) == ["23 jam", "peserta.xlsx"]


def test_the_preview_needs_the_same_queries_for_few_rows_and_for_many(staff, url):
    def n_queries(n_rows):
        rows = [line(number, unit=f"Unit {number}") for number in range(1, n_rows + 1)]
        page = upload(staff, url, file_of(*rows))
        return count_queries(lambda: staff.get(url, {"berkas": page.context["draft"].pk}))

    assert n_queries(1) == n_queries(40)


def test_the_form_offers_the_template(staff, url, world):
    assert reverse("roster_template", args=[world.here.program.pk]) in staff.get(url).content.decode()
