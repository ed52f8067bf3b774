"""The ladder, the pure core and the way round the gate, held by reading the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LADDER = ("asn_eval", "programs", "evaluations", "reports")
COMPOSITION_ROOT = "asn_eval/urls.py"
FRAMEWORKS = {"django", "matplotlib", "weasyprint", "allauth", "crispy_forms"}
PURE = (
    "reports/analysis/",
    "evaluations/scoring.py",
    "evaluations/answering.py",
    "evaluations/passages.py",
    "asn_eval/nip.py",
    "asn_eval/numbers.py",
    "asn_eval/history/textdiff.py",
    "asn_eval/history/context.py",
    "programs/lesson_hours.py",
    "programs/schedule.py",
    "programs/costs.py",
    "programs/material_files.py",
    "programs/calendar_file.py",
    "programs/duplicates.py",
    "programs/learning_hours.py",
    "asn_eval/dates.py",
    "programs/cells.py",
    "programs/certificates/numbering.py",
    "programs/certificates/eligibility.py",
    "programs/participation.py",
    "programs/pasted.py",
)
# django.utils.translation marks words and touches neither settings nor database at import.
PURE_MAY_IMPORT = {"django.utils.translation"}
# Within an app a module may import only what stands before it.
STEPS = ("models", "actions", "forms", "views", "urls")
SLOW = {"pandas", "matplotlib", "scipy", "statsmodels", "weasyprint", "openpyxl"}
# Reading past the region gate: file -> why nobody sees too much by it.
ESCAPES = {
    "asn_eval/scoping.py": "defines the gate",
    "asn_eval/conflicts.py": "tells who changed the row that the form holds already",
    "asn_eval/forms.py": "reads the row that the form holds already, once more under lock",
    "asn_eval/history/views.py": "the history of a record that the reader holds goes back before it came here",
    "asn_eval/history/receivers.py": "compares the row in hand with the stored one; shows it to nobody",
    "asn_eval/history/bulk.py": "names behind keys go into entries, which have a gate of their own",
    "evaluations/views/respondents.py": "the token of a link is the right to its row",
    "evaluations/actions/instruments.py": "asks only whether any survey locks a version; shows no row",
    "evaluations/actions/responses.py": "a respondent has no account; the survey is already held",
    "programs/clashes.py": "outside the area only the number of people is told",
    "programs/actions/programs.py": "the program in hand, read again under lock",
    "programs/actions/participants.py": "a NIP is unique across regions; only that it exists is told",
    "programs/actions/steps.py": "rows that a merge in sight changed or took away, found again to give them back",
    "programs/actions/transfers.py": "the person in hand, read again under lock",
    "programs/actions/imports.py": "steps of imports that are in hand, dead or expired; shows no row",
    "programs/imports/bulk.py": "COPY, and the keys for it; what is written was planned within the gate",
    "programs/actions/import_tasks.py": "a worker carries out what the uploader of a file asked for",
    "programs/actions/certificates.py": "numbers run on over all programs of an office; shows no row",
    "programs/views/verification.py": "the token of a certificate is the right to its row",
    "reports/frames.py": "counts the answers of an evaluation that the caller holds already",
    "programs/management/commands/import_participants.py": "a command of the administrator of this machine",
    "evaluations/management/commands/import_responses.py": "a command of the administrator of this machine",
    "reports/management/commands/build_report.py": "a command of the administrator of this machine",
}
ESCAPE_WORDS = (".unscoped(", "unscoped(", "_base_manager", ".raw(", "connection.cursor")
SHORT_ENOUGH = 400  # lines

FILES = sorted(
    path
    for layer in LADDER
    for path in (ROOT / layer).rglob("*.py")
    if "migrations" not in path.parts and path.stat().st_size
)
IDS = [path.relative_to(ROOT).as_posix() for path in FILES]
each_file = pytest.mark.parametrize("path", FILES, ids=IDS)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path, *, only_at_start: bool = False) -> Iterator[str]:
    """The modules that ``path`` names in its imports, with the names it takes from them."""
    tree = ast.parse(path.read_text())
    if only_at_start:
        tree.body = [node for node in tree.body if not isinstance(node, ast.FunctionDef)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = ".".join(path.relative_to(ROOT).parent.parts) if node.level else ""
            assert node.level <= 1, "a package reaches its own modules only"
            module = f"{package}.{node.module or ''}".strip(".")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@each_file
def test_imports_point_down_the_ladder(path):
    if name_of(path) == COMPOSITION_ROOT:
        return
    layer = LADDER.index(path.relative_to(ROOT).parts[0])
    above = set(LADDER[layer + 1 :])
    used = {module.split(".")[0] for module in imported(path)}
    assert not used & above


@each_file
def test_pure_modules_know_no_framework(path):
    if not name_of(path).startswith(PURE):
        return
    used = {
        module
        for module in imported(path)
        if not any(module == allowed or module.startswith(f"{allowed}.") for allowed in PURE_MAY_IMPORT)
    }
    assert not {module.split(".")[0] for module in used} & FRAMEWORKS
    assert not any(".models" in module for module in used)


@each_file
def test_only_named_files_read_past_the_gate(path):
    source = path.read_text()
    escapes = [word for word in ESCAPE_WORDS if word in source]
    assert not escapes or name_of(path) in ESCAPES


def test_every_permitted_escape_is_still_used():
    assert {name for name in ESCAPES if not (ROOT / name).exists()} == set()
    unused = {name for name in ESCAPES if not any(word in (ROOT / name).read_text() for word in ESCAPE_WORDS)}
    assert unused == set()


@each_file
def test_within_an_app_steps_import_only_the_steps_before(path):
    layer, *rest = path.relative_to(ROOT).with_suffix("").parts
    if layer == "asn_eval" or not rest or rest[0] not in STEPS:
        return
    step = STEPS.index(rest[0])
    later = {f"{layer}.{name}" for name in STEPS[step + 1 :]}
    used = {".".join(module.split(".")[:2]) for module in imported(path)}
    assert not used & later


@each_file
def test_a_worker_that_serves_forms_loads_no_slow_library(path):
    """Slow libraries are imported inside functions, or in modules that only such functions import."""
    name = name_of(path)
    slow = ("reports/analysis", "reports/charts", "reports/documents", "reports/management", "asn_eval/documents")
    if name.startswith((*slow, "programs/certificates/pdf")):
        return
    used = {module.split(".")[0] for module in imported(path, only_at_start=True)}
    assert not used & SLOW


def test_starting_the_urls_loads_no_slow_library():
    import subprocess
    import sys

    probe = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'asn_eval.settings';"
        "import django; django.setup(); import asn_eval.urls;"
        f"print(sorted(set({sorted(SLOW)!r}) & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@each_file
def test_modules_stay_short(path):
    assert len(path.read_text().splitlines()) <= SHORT_ENOUGH


def test_the_import_graph_has_no_circle():
    modules = {name_of(path)[:-3].replace("/", ".").removesuffix(".__init__"): path for path in FILES}
    graph = {
        name: {module for module in imported(path, only_at_start=True) if module in modules}
        for name, path in modules.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name in done:
            return
        for used in sorted(graph[name] - {name}):
            walk(used, (*trail, name))
        done.add(name)

    for name in sorted(graph):
        walk(name, ())
