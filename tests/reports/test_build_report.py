"""manage.py build_report: the PDF of one evaluation into a file."""

import io

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.reports.answers import answer_both_waves


def build(name, output) -> str:
    told = io.StringIO()
    call_command("build_report", str(name), "--output", str(output), stdout=told)
    return told.getvalue()


@pytest.mark.parametrize("named", ["pk", "title"])
def test_report_is_found_by_number_or_title(world, tmp_path, named):
    answer_both_waves(world.here)
    output = tmp_path / "laporan.pdf"
    told = build(getattr(world.here.evaluation, named), output)
    assert told == f"{output}: Evaluasi Kota Semarang, {output.stat().st_size} byte\n"
    assert PdfReader(output).metadata.title == "Evaluasi Kota Semarang"


@pytest.mark.parametrize("name", ["Evaluasi yang tidak ada", "99999", "evaluasi kota semarang "])
def test_unknown_evaluation_is_one_clear_line_and_exit_2(world, tmp_path, name):
    with pytest.raises(CommandError) as error:
        build(name, tmp_path / "x.pdf")
    assert (str(error.value), error.value.returncode) == (f"Evaluasi “{name}” tidak ditemukan.", 2)
    assert not (tmp_path / "x.pdf").exists()


def test_title_of_two_evaluations_asks_for_the_number(world, tmp_path):
    world.there.evaluation.title = world.here.evaluation.title
    world.there.evaluation.save()
    with pytest.raises(CommandError) as error:
        build(world.here.evaluation.title, tmp_path / "x.pdf")
    assert error.value.returncode == 2
    assert "sebutkan nomornya" in str(error.value)


def test_unwritable_output_is_one_clear_line_and_exit_2(world, tmp_path):
    with pytest.raises(CommandError) as error:
        build(world.here.evaluation.pk, tmp_path / "tidak-ada" / "x.pdf")
    assert error.value.returncode == 2
    assert "tidak dapat ditulis" in str(error.value)
