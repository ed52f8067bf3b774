"""The three commands over the real files, csv and workbook, against what other software prints."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.reports.analysis.test_paired import READING_INSTRUCTION, SLEEP, half_unit
from tests.reports.analysis.test_reliability import HALF_UNIT, PUBLISHED
from tests.reports.real_data import FOLDER, real_file, write_xlsx

ROOT = Path(__file__).parents[2]
each_kind = pytest.mark.parametrize("kind", ["csv", "xlsx"])


def run(capsys, command, *arguments):
    """The JSON that a command prints; NaN and infinity are no JSON."""
    call_command(command, *map(str, arguments))
    return json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def refusal(command, *arguments):
    with pytest.raises(CommandError) as caught:
        call_command(command, *map(str, arguments))
    message = str(caught.value)
    assert (caught.value.returncode, message.count("\n")) == (2, 0)
    return message


def flat(path: str) -> str:
    return path.replace("d_z_ci.", "d_z_ci95_").replace("ci95.", "ci95_")


@each_kind
@pytest.mark.parametrize(
    ("name", "published"),
    [("sleep", SLEEP), ("reading_instruction", READING_INSTRUCTION)],
    ids=["sleep", "reading"],
)
def test_impact_of_a_real_file_equals_the_published_values(capsys, tmp_path, kind, name, published):
    result = run(capsys, "impact", real_file(name, kind, tmp_path))
    for path, printed in published.items():
        expected = pytest.approx(float(printed), rel=1e-12, abs=half_unit(printed) * (1 + 1e-9))
        assert result["all"][flat(path)] == expected
    assert result["problems"] == []


@each_kind
def test_impact_names_the_wilcoxon_method_it_used(capsys, tmp_path, kind):
    sleep = run(capsys, "impact", real_file("sleep", kind, tmp_path))["all"]
    assert [sleep[f"wilcoxon_{name}"] for name in ("w_plus", "w_minus", "n_nonzero", "method")] == [
        45,
        0,
        9,
        "exact",
    ]
    assert round(sleep["wilcoxon_p"], 6) == 0.003906
    reading = run(capsys, "impact", real_file("reading_instruction", kind, tmp_path))["all"]
    assert (reading["wilcoxon_w_plus"], reading["wilcoxon_w_minus"]) == (366.5, 1403.5)
    assert (reading["wilcoxon_n_nonzero"], reading["wilcoxon_method"]) == (59, "normal_tie_corrected")
    assert f"{reading['wilcoxon_p']:.4e}" == "8.0552e-05"


def test_impact_has_the_groups_of_the_file(capsys):
    result = run(capsys, "impact", FOLDER / "reading_instruction.csv")
    assert {name: group["n_paired"] for name, group in result["groups"].items()} == dict.fromkeys(
        ["Basal", "DRTA", "Strat"], 22
    )


@each_kind
def test_reliability_of_a_real_file_equals_the_published_values(capsys, tmp_path, kind):
    result = run(capsys, "reliability", real_file("attitude", kind, tmp_path))
    assert (result["n_rows"], result["n_complete"], result["n_items"]) == (30, 30, 7)
    printed = {"alpha": 0.843143, "ci95_low": 0.739376, "ci95_high": 0.915773, "alpha_standardized": 0.839084}
    assert {name: round(result[name], 6) for name in printed} == printed
    for name, (alpha_if_dropped, item_rest_r) in PUBLISHED.items():
        assert result["items"][name]["alpha_if_dropped"] == pytest.approx(alpha_if_dropped, abs=HALF_UNIT)
        assert result["items"][name]["item_rest_r"] == pytest.approx(item_rest_r, abs=HALF_UNIT)


@each_kind
def test_skm_of_a_real_file_equals_the_published_values(capsys, tmp_path, kind):
    result = run(capsys, "skm", real_file("skm_sekadau", kind, tmp_path))
    assert (result["n"], result["ikm"], result["mutu"]) == (49, "78.74", "B")
    assert round(result["index"], 6) == 3.149660
    assert [item["sum"] for item in result["items"].values()] == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    nrr = [2.816, 2.837, 3.061, 3.612, 3.245, 3.327, 3.286, 2.918, 3.245]
    assert [round(item["nrr"], 3) for item in result["items"].values()] == nrr


def test_impact_takes_the_ends_of_the_scale(capsys, tmp_path):
    file = write_xlsx(
        tmp_path / "nilai.xlsx", [["id", "pre", "post"], ["a", 60, 80], ["b", 55, 101], ["c", -1, 5]]
    )
    result = run(capsys, "impact", file, "--min-score", "0", "--max-score", "100")
    assert [(problem["row"], problem["column"], problem["value"]) for problem in result["problems"]] == [
        (3, "post", 101),
        (4, "pre", -1),
    ]
    assert (result["all"]["n_paired"], result["all"]["ngain_class"]) == (1, 0.5)


def test_reliability_takes_scale_and_reverse_items(capsys, tmp_path):
    file = tmp_path / "skala.csv"
    file.write_text("b1;b2;b3\n4;3;4\n3;3;3\n4;2;4\n2;3;2\n3;4;3\n")
    result = run(capsys, "reliability", file, "--scale", "1", "5", "--reverse", "b2")
    assert round(result["alpha"], 4) == 0.8372


@pytest.mark.parametrize(
    ("command", "content", "options", "message"),
    [
        ("impact", "", [], "kosong"),
        ("impact", "id,before\na,1\n", [], "Kolom after/sesudah/post tidak ada"),
        ("impact", "id,pre,post\na,1,2\n", ["--max-score", "seratus"], "--max-score harus berupa angka"),
        ("impact", "id,pre,post\na,1,2\n", ["--max-score", "-"], "--max-score harus berupa angka"),
        ("impact", "id,pre,post\na,1,2\n", ["--min-score", "9", "--max-score", "9"], "batas bawah"),
        ("reliability", "b1,b2\n1,2\n", ["--scale", "5", "1"], "batas bawah"),
        ("reliability", "b1,b2\n1,2\n", ["--scale", "1", "5", "--reverse", "b7"], "“b7” tidak ada"),
        ("skm", "id,saran\n1,baik\n", [], "Tidak ada kolom unsur"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_one_line(tmp_path, command, content, options, message):
    file = tmp_path / "berkas.csv"
    file.write_text(content)
    assert message in refusal(command, file, *options)


@pytest.mark.parametrize("command", ["impact", "reliability", "skm"])
def test_a_file_that_is_not_there_is_named(tmp_path, command):
    assert "tidak-ada.csv" in refusal(command, tmp_path / "tidak-ada.csv")


@pytest.mark.parametrize(("name", "code"), [("sleep.csv", 0), ("README.md", 2)])
def test_the_shell_gets_json_or_one_line_and_the_exit_code(name, code):
    command = [sys.executable, "manage.py", "impact", str(FOLDER / name)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == code
    assert (done.stderr.count("\n"), done.stdout[:1]) == ((1, "") if code else (0, "{"))
