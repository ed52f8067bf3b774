"""What the documents and the lock say is what the code says."""

import io
import os
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from asn_eval.access import Role

ROOT = Path(__file__).parent.parent
SHORT_ENOUGH = 400  # lines; tests/test_architecture.py holds the application itself to it
TEXT_FILES = sorted(
    path
    for folder in ("tests", "benchmarks", "static", "script", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {"", ".py", ".css", ".js", ".html"} and path.is_file() and path.stat().st_size
)
TEMPLATES = sorted(
    path for folder in ROOT.glob("*/") for path in folder.rglob("*.html") if ".venv" not in path.parts
)
SCRIPTS = (
    "script/server",
    "script/test",
    "script/setup",
    "script/lint",
    "script/bench",
    "script/lock",
    "script/pictures",
    ".ci/run",
)


def read(name: str) -> str:
    return (ROOT / name).read_text()


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def variables_of_settings() -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', read("asn_eval/settings.py")))


def named_dependencies() -> list[str]:
    project = tomllib.loads(read("pyproject.toml"))
    groups = (project["project"]["dependencies"], *project["dependency-groups"].values())
    return [re.match(r"[\w-]+", line)[0] for group in groups for line in group]


def first_cells(document: str) -> list[str]:
    """The name in backticks that starts each row of the tables of a document."""
    return re.findall(r"^\| `([\w-]+)` \|", document, re.MULTILINE)


def locked_packages() -> dict[str, str]:
    """Name and version -> the rest of its entry in requirements.txt, hashes and all."""
    entries = re.split(r"^(?=[\w.-]+(?:\[|==))", read("requirements.txt"), flags=re.MULTILINE)
    return {re.match(r"([\w.-]+)", entry)[1]: entry for entry in entries if not entry.startswith("#")}


def test_deployment_lists_exactly_the_variables_of_settings():
    assert variables_of_settings()
    assert set(first_cells(read("docs/deployment.md"))) == variables_of_settings()


def test_test_settings_leave_no_variable_to_the_machine():
    assigned = set(re.findall(r"\b([A-Z_]+)=", read("script/lib.sh").partition("use_test_settings()")[2]))
    assert assigned == variables_of_settings()


def test_dependencies_lists_exactly_the_dependencies_of_pyproject():
    python, _heading, _system = read("docs/dependencies.md").partition("## From the system")
    assert sorted(first_cells(python)) == sorted(named_dependencies())


def test_dependencies_lists_exactly_the_system_packages_of_setup():
    documented = read("docs/dependencies.md").partition("## From the system")[2]
    names = re.findall(r"`([\w.-]+)`", "".join(re.findall(r"^\|(.*?)\|", documented, re.MULTILINE)))
    setup = read("script/setup")
    lists = re.findall(r"missing_packages ([^)]*)\)", setup) + re.findall(r'packages="\$packages ([^"]+)"', setup)
    assert set(names) | {"python3"} == set(" ".join(lists).split())


def test_lock_holds_every_dependency():
    assert set(named_dependencies()) - set(locked_packages()) == set()


def test_lock_pins_every_package_by_version_and_hash():
    careless = [
        name
        for name, entry in locked_packages().items()
        if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry) or "--hash=sha256:" not in entry
    ]
    assert careless == []


@pytest.mark.parametrize("lock", ["requirements.txt", "script/uv.txt"])
def test_lock_names_no_host(lock):
    assert re.findall(r".*(?:://|index-url|find-links).*", read(lock)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=map(relative, TEMPLATES))
def test_template_loads_nothing_from_elsewhere(path):
    loading_tags = re.findall(
        r"<(?!a\b)\w[^>]*", path.read_text()
    )  # a link takes the reader there; it loads nothing
    assert [tag for tag in loading_tags if re.search(r"""["'(=]\s*(?:https?:)?//""", tag)] == []


def test_static_files_load_nothing_from_elsewhere():
    sources = [path for path in TEXT_FILES if path.suffix in {".css", ".js"}]
    assert sources
    loads = r"""(?:url\(|@import|import|fetch\()\s*\(?["']?\s*(?:https?:)?//"""
    assert [relative(path) for path in sources if re.search(loads, path.read_text())] == []


@pytest.mark.parametrize("path", TEXT_FILES, ids=map(relative, TEXT_FILES))
def test_file_is_short_enough(path):
    assert len(path.read_text().splitlines()) <= SHORT_ENOUGH


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_is_executable(name):
    assert os.access(ROOT / name, os.X_OK)


def test_readme_starts_with_its_two_commands():
    commands = re.findall(r"^```\n(.*?)\n```$", read("README.md"), re.MULTILINE | re.DOTALL)
    assert commands == ["script/server", "script/test"]


def test_readme_names_commands_that_exist():
    commands = re.findall(r"^\| `([a-z_]+) ", read("README.md"), re.MULTILINE)
    assert len(commands) == 10
    assert set(commands) - set(get_commands()) == set()


def test_readme_names_an_account_of_every_role():
    accounts = re.findall(r"^\| `(\w+)` \| (\w+)", read("README.md"), re.MULTILINE)
    assert sorted(accounts) == sorted((role.value, role.value) for role in Role)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_document_links_to_files_that_exist(name):
    links = re.findall(r"\]\(([^)#:]+)\)", read(name))
    assert [link for link in links if not (ROOT / link).exists()] == []
