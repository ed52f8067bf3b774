import pytest
from django.core.management import CommandError, call_command

from programs.models import Person
from tests.programs.rosters import counts, file_of, line, nip
from tests.world import make_program


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on the given rows; returns what it printed."""

    def run(program, *lines, content=None, **options):
        path = tmp_path / "peserta.xlsx"
        path.write_bytes(file_of(*lines) if content is None else content)
        call_command("import_participants", str(program), str(path), **options)
        return capsys.readouterr().out.splitlines()

    return run


def refusal(run, *args, **options):
    with pytest.raises(CommandError) as error:
        run(*args, **options)
    return error.value


def test_participants_are_saved_and_counted(world, run):
    assert run(world.here.program.pk, line(1), line(2)) == ["baru: 2", "berubah: 0", "tetap: 0", "ditolak: 0"]
    assert Person.objects.unscoped("test").get(nip=nip(1)).name == "Baru 1"


def test_the_same_file_twice_changes_nothing(world, run):
    run(world.here.program, line(1), line(2))
    before = counts()
    assert run(world.here.program, line(1), line(2)) == ["baru: 0", "berubah: 0", "tetap: 2", "ditolak: 0"]
    assert counts() == before


def test_what_was_filled_in_for_the_person_is_said(world, run):
    printed = run(world.here.program, line(1, unit=""))
    assert printed[0] == "Unit kerja 1 peserta baru belum diisi; ia dicatat pada “BKPSDM Kota Semarang”."


def test_problems_are_printed_and_nothing_is_saved(world, run, capsys):
    before = counts()
    error = refusal(run, world.here.program.pk, line(1), line(2, nip="123"))
    assert (error.returncode, str(error)) == (1, "Belum ada yang disimpan.")
    assert capsys.readouterr().out.splitlines() == [
        "baris 3, kolom NIP: NIP harus 18 angka; yang tertulis 3 angka.",
        "baru: 1",
        "berubah: 0",
        "tetap: 0",
        "ditolak: 1",
    ]
    assert counts() == before


def test_the_valid_rows_alone_are_saved_when_asked_for(world, run):
    printed = run(world.here.program.pk, line(1), line(2, nip="123"), valid_only=True)
    assert printed[1:] == ["baru: 1", "berubah: 0", "tetap: 0", "ditolak: 1"]
    assert world.here.program.enrollments.count() == 7


def test_the_administrator_reaches_every_area_a_user_only_their_own(world, run, capsys):
    foreign = line(1, nip=world.there.people[0].nip, name="Nama Baru")
    error = refusal(run, world.here.program.pk, foreign, as_user="staf_semarang")
    assert error.returncode == 1
    assert "minta admin memindahkannya" in capsys.readouterr().out
    assert run(world.here.program.pk, foreign)[:2] == [
        "1 peserta baru sudah terdaftar sebagai pegawai; datanya ikut diperbarui menurut berkas.",
        "baru: 1",
    ]
    world.there.people[0].refresh_from_db()
    assert world.there.people[0].name == "Nama Baru"


@pytest.mark.parametrize(
    ("program", "as_user", "message"),
    [
        ("Tidak Ada", None, "Program “Tidak Ada” tidak ditemukan."),
        ("0", None, "Program “0” tidak ditemukan."),
        ("Program Kota Medan", "staf_semarang", "Program “Program Kota Medan” tidak ditemukan."),
        (
            "Program Kota Medan",
            "manajer_medan",
            "Tidak ada pengguna aktif “manajer_medan” yang boleh mengimpor data.",
        ),
        (
            "Program Kota Medan",
            "siapa",
            "Tidak ada pengguna aktif “siapa” yang boleh mengimpor data.",
        ),
    ],
)
def test_what_cannot_be_found_is_said_in_one_line(world, run, program, as_user, message):
    error = refusal(run, program, line(1), as_user=as_user)
    assert (error.returncode, str(error)) == (2, message)


def test_two_programs_of_one_name_are_told_apart_by_number(world, run):
    twin = make_program(world.there.region, world.there.office, name="Program Kota Semarang")
    error = refusal(run, "Program Kota Semarang", line(1))
    assert (error.returncode, "sebutkan nomornya" in str(error)) == (2, True)
    assert run(twin.pk, line(1))[0] == "baru: 1"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 x", b"Nama;Jabatan\na;b\n"])
def test_a_file_that_is_no_roster_is_refused_in_one_line(world, run, content):
    error = refusal(run, world.here.program.pk, content=content)
    assert error.returncode == 2
    assert len(str(error).splitlines()) == 1


def test_a_file_that_does_not_exist_is_refused(world):
    with pytest.raises(CommandError) as error:
        call_command("import_participants", str(world.here.program.pk), "/tidak/ada.xlsx")
    assert error.value.returncode == 2
