"""``manage.py import_responses``: the same way in as the page, for administrators."""

import pytest
from django.core.management import CommandError, call_command

from evaluations.models import Evaluation, Response
from tests.evaluations.sheets import csv
from tests.evaluations.surveying import both_waves_open, public_survey
from tests.world import make_instrument

LONG = csv(["kode", "gelombang", "b1", "b2", "b3"], ["P001", "pre", 3, 3, 3], ["P001", "post", 4, 5, 2])
NO_WAVE = csv(["kode", "b1", "b2", "b3"], ["P001", 3, 3, 3])
WITH_PROBLEM = csv(["kode", "gelombang", "b1"], ["P001", "pre", 9], ["P002", "pre", 3])


@pytest.fixture
def evaluation(world):
    return both_waves_open(world.here)


@pytest.fixture
def run_with(capsys):
    """Run the command; (exit code, standard output, standard error)."""

    def call(*arguments) -> tuple[int, str, str]:
        code, message = 0, ""
        try:
            call_command("import_responses", *map(str, arguments))
        except CommandError as error:
            code, message = error.returncode, str(error)
        out, err = capsys.readouterr()
        return code, out, err + message

    return call


@pytest.fixture
def run(run_with, tmp_path):
    def call(evaluation, content: bytes, *options) -> tuple[int, str, str]:
        file = tmp_path / "jawaban.csv"
        file.write_bytes(content)
        return run_with(evaluation, file, *options)

    return call


def stored() -> list[tuple]:
    rows = Response.objects.unscoped("test").order_by("survey__opens_on", "survey", "enrollment")
    return list(rows.values_list("survey__wave", "enrollment__code", "answers"))


@pytest.mark.parametrize("name", ["pk", "title"])
def test_answers_are_imported_into_the_evaluation_of_that_name(run, evaluation, name):
    code, out, err = run(getattr(evaluation, name), LONG)
    assert (code, err) == (0, "")
    assert "2 jawaban disimpan, 0 sudah ada sebelumnya, 0 masalah dilewati." in out
    assert sorted(stored()) == [("sebelum", "P001", [3, 3, 3]), ("sesudah", "P001", [4, 5, 2])]
    assert "0 jawaban disimpan, 2 sudah ada" in run(evaluation.pk, LONG)[1]


def test_a_file_with_problems_is_refused_with_their_list(run, evaluation):
    code, _out, err = run(evaluation.pk, WITH_PROBLEM)
    assert code == 1
    assert "baris 2: b1: 9: Isi dengan bilangan bulat 1 sampai 5." in err
    assert "Tidak ada yang disimpan." in err
    assert stored() == []


def test_the_right_rows_alone_are_saved_when_asked(run, evaluation):
    code, out, err = run(evaluation.pk, WITH_PROBLEM, "--valid-only")
    assert code == 0
    assert "baris 2: b1: 9:" in err
    assert "1 jawaban disimpan" in out
    assert stored() == [("sebelum", "P002", [3, None, None])]


def test_a_file_that_names_no_wave_needs_one(run, evaluation):
    code, _out, err = run(evaluation.pk, NO_WAVE)
    assert (code, "Berkas ini tidak menyebut gelombang." in err, stored()) == (1, True, [])
    assert run(evaluation.pk, NO_WAVE, "--wave", "sesudah")[0] == 0
    assert stored() == [("sesudah", "P001", [3, 3, 3])]


def test_the_only_wave_need_not_be_named(run, evaluation, world):
    world.here.surveys["sebelum"].delete()
    assert run(evaluation.pk, NO_WAVE)[0] == 0
    assert [wave for wave, *_rest in stored()] == ["sesudah"]


def test_among_several_surveys_one_is_chosen_by_instrument_and_group(run, evaluation, world):
    other = make_instrument("lain")
    public_survey(world.here, other)
    public_survey(world.here, world.version)
    code, _out, err = run(evaluation.pk, NO_WAVE, "--wave", "sesudah")
    assert code == 2
    assert "lain (masyarakat), uji (masyarakat), uji (peserta)" in err
    assert run(evaluation.pk, NO_WAVE, "--wave", "sesudah", "--instrument", "uji")[0] == 2
    chosen = ("--wave", "sesudah", "--instrument", "uji", "--group", "peserta")
    assert run(evaluation.pk, NO_WAVE, *chosen)[0] == 0
    assert stored() == [("sesudah", "P001", [3, 3, 3])]
    code, _out, err = run(evaluation.pk, NO_WAVE, "--instrument", "tidak-ada")
    assert (code, "tidak mempunyai survei yang diminta" in err) == (2, True)


@pytest.mark.parametrize("name", ["Tidak ada", "0", "9" * 30, "٣"])
def test_an_unknown_evaluation_is_said(run, evaluation, name):
    code, _out, err = run(name, LONG)
    assert (code, err) == (2, f"Tidak ada evaluasi dengan judul atau nomor “{name}”.")


def test_a_title_that_occurs_twice_is_not_guessed(run, evaluation, world):
    Evaluation.objects.unscoped("test").update(title="Kembar")
    code, _out, err = run("Kembar", LONG)
    assert (code, "Ada beberapa evaluasi" in err, stored()) == (2, True, [])


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "kosong"), (b"%PDF-1.7", "dokumen PDF"), (b"a,b\n1,2", "Kolom")]
)
def test_an_unreadable_file_is_one_line(run, evaluation, content, message):
    code, _out, err = run(evaluation.pk, content)
    assert (code, message in err, "\n" in err) == (2, True, False)


def test_a_file_that_is_not_there_is_one_line(run_with, evaluation, tmp_path):
    for path in (tmp_path / "tidak-ada.csv", tmp_path):
        code, _out, err = run_with(evaluation.pk, path)
        assert (code, "tidak dapat dibuka" in err, "\n" in err) == (2, True, False)
