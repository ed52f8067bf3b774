"""The English catalogue holds every text of the source, translated, and none that is gone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ("asn_eval", "programs", "evaluations", "reports", "templates")
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """A catalogue of the texts that the source asks for, collected in a copy of it."""
    copy = tmp_path_factory.mktemp("source")
    shutil.copy(ROOT / "manage.py", copy)
    for name in SOURCES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "static").mkdir()
    (copy / "locale").mkdir()
    run = subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-location", "--verbosity", "0"],
        cwd=copy,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "asn_eval.settings"},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return copy / "locale" / "en" / "LC_MESSAGES" / "django.po"


def test_english_catalogue_is_complete_and_current(collected):
    compared = subprocess.run(["msgcmp", CATALOGUE, collected], capture_output=True, text=True)
    assert (compared.returncode, compared.stderr) == (0, "")


def test_english_catalogue_keeps_every_placeholder():
    checked = subprocess.run(
        ["msgfmt", "--check-format", "--output-file", os.devnull, CATALOGUE], capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")
