"""docs/statistics.md names every public function of the statistical core, and nothing that is not there."""

import ast
import re
from pathlib import Path

import pytest

from reports.analysis.satisfaction import BANDS_2017
from reports.analysis.signed_rank import EXACT_UP_TO

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/statistics.md").read_text()
SOURCES = [*sorted((ROOT / "reports/analysis").glob("[!_]*.py")), ROOT / "evaluations/scoring.py"]


def definitions(path: Path, kinds: tuple[type, ...]) -> list[str]:
    """Public names that a module defines at its top level."""
    body = ast.parse(path.read_text()).body
    return [node.name for node in body if isinstance(node, kinds) and not node.name.startswith("_")]


FUNCTIONS = [f"{path.stem}.{name}" for path in SOURCES for name in definitions(path, (ast.FunctionDef,))]
CLASSES = [f"{path.stem}.{name}" for path in SOURCES for name in definitions(path, (ast.ClassDef,))]
MODULES = {path.stem for path in SOURCES}
NAMED = set(re.findall(r"`(\w+\.\w+)[`(]", TEXT))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_public_function_is_documented(function):
    assert function in NAMED


def test_everything_documented_exists():
    of_the_core = {name for name in NAMED if name.split(".")[0] in MODULES}
    assert of_the_core - set(FUNCTIONS) - set(CLASSES) == set()


@pytest.mark.parametrize("reference", sorted(set(re.findall(r"`(tests/[\w/]+\.py::\w+)`", TEXT))))
def test_every_test_that_the_document_names_exists(reference):
    path, _, name = reference.partition("::")
    assert name in definitions(ROOT / path, (ast.FunctionDef,))


def test_thresholds_are_those_of_the_code():
    stated = dict(re.findall(r"([A-D]) from (\d+\.\d\d)", TEXT))
    assert stated == {band.grade: str(band.low) for band in BANDS_2017}
    assert f"up to {EXACT_UP_TO} nonzero differences" in TEXT
