"""The ladder, the pure core and the way round the gate, held by reading the imports."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LADDER = ("asn_eval", "programs", "evaluations", "reports")
COMPOSITION_ROOT = "asn_eval/urls.py"
FRAMEWORKS = {"django", "matplotlib", "weasyprint", "allauth", "crispy_forms"}
PURE = (
    "reports/analysis/",
    "reports/exporting/contents.py",
    "reports/exporting/protection.py",
    "reports/exporting/variables.py",
    "reports/exporting/names.py",
    "evaluations/scoring.py",
    "evaluations/answering.py",
    "evaluations/answer_types.py",
    "evaluations/expressions.py",
    "evaluations/item_rules.py",
    "evaluations/definitions.py",
    "evaluations/packing.py",
    "evaluations/answer_headings.py",
    "evaluations/keying_marks.py",
    "evaluations/double_entry.py",
    "evaluations/receipts.py",
    "evaluations/due_dates.py",
    "evaluations/rare_ways.py",
    "evaluations/mail_times.py",
    "evaluations/bounces.py",
    "evaluations/sampling.py",
    "evaluations/passages.py",
    "evaluations/chain_strength.py",
    "evaluations/proposal_wording.py",
    "evaluations/moved_passages.py",
    "evaluations/coded_passages.py",
    "evaluations/sentences.py",
    "evaluations/masking.py",
    "evaluations/transcripts.py",
    "evaluations/conditions.py",
    "evaluations/item_lines.py",
    "evaluations/version_comparison.py",
    "evaluations/predicates.py",
    "evaluations/day_words.py",
    "evaluations/measurement_lines.py",
    "evaluations/sheet_comparison.py",
    "evaluations/scale_library.py",
    "evaluations/xlsform/",
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
PURE_MAY_IMPORT = "django.utils.translation."
# Within an app a module may import only what stands before it.
STEPS = ("models", "actions", "forms", "views", "urls")
SLOW = {"pandas", "matplotlib", "scipy", "statsmodels", "weasyprint", "openpyxl", "pyreadstat"}
MAY_BE_SLOW = (
    "reports/analysis",
    "reports/chart_parts",
    "reports/chart_style",
    "reports/charts",
    "reports/documents",
    "reports/management",
    "asn_eval/documents",
    "programs/certificates/pdf",
    "evaluations/poster",
    "reports/exporting/sav",
)
# Reading past the region gate: file -> why nobody sees too much by it.
ESCAPES = {
    "asn_eval/scoping.py": "defines the gate",
    "asn_eval/conflicts.py": "tells who changed the row that the form holds already",
    "asn_eval/forms.py": "reads the row that the form holds already, once more under lock",
    "asn_eval/history/views.py": "the history of a record that the reader holds goes back before it came here",
    "asn_eval/history/receivers.py": "compares the row in hand with the stored one; shows it to nobody",
    "asn_eval/history/bulk.py": "names behind keys go into entries, which have a gate of their own",
    "evaluations/open_surveys.py": "the token of a link is the right to its row",
    "evaluations/views/respondents.py": "the token of a link is the right to its row",
    "evaluations/actions/instruments.py": "asks only whether anything locks a version; shows no row",
    "evaluations/actions/mailing.py": "mails go to whoever is invited; shows nobody to anybody",
    "evaluations/actions/follow_up_mails.py": "reminders go to who answers for it; shows nobody to anybody",
    "evaluations/actions/scheduling.py": "what is due is due in every region; shows nothing",
    "evaluations/views/mail_stop.py": "the token of a link is the right to its row",
    "evaluations/actions/saved_answers.py": "the invitation in hand, read again under lock",
    "evaluations/actions/sealing.py": "the open answers of a survey that is in hand, put in a new order",
    "evaluations/pseudonyms.py": "the key of an evaluation; shows it to nobody",
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

FILES = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for layer in LADDER
    for path in sorted((ROOT / layer).rglob("*.py"))
    if "migrations" not in path.parts and path.stat().st_size
}


@cache
def imported(name: str, *, only_at_start: bool = False) -> frozenset[str]:
    """The modules that the file names in its imports, with the names it takes from them."""
    nodes = ast.parse(FILES[name]).body
    if only_at_start:
        nodes = [node for node in nodes if not isinstance(node, ast.FunctionDef)]
    return frozenset(module for top in nodes for node in ast.walk(top) for module in named(node, name))


def named(node: ast.AST, name: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = ".".join(Path(name).parent.parts) if node.level else ""
        assert node.level <= 1, f"{name}: a package reaches its own modules only"
        module = f"{package}.{node.module or ''}".strip(".")
        yield module
        yield from (f"{module}.{alias.name}" for alias in node.names)


def offenders(wrong: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """Every file with what ``wrong(name)`` finds in it, where that is anything."""
    return {name: sorted(found) for name in FILES if (found := list(wrong(name)))}


def test_there_are_files_of_every_layer():
    assert tuple(dict.fromkeys(name.split("/")[0] for name in FILES)) == LADDER
    assert len(FILES) > 300


def test_imports_point_down_the_ladder():
    def wrong(name):
        above = LADDER[LADDER.index(name.split("/")[0]) + 1 :]
        return () if name == COMPOSITION_ROOT else {m for m in imported(name) if m.split(".")[0] in above}

    assert offenders(wrong) == {}


def test_pure_modules_know_no_framework():
    def wrong(name):
        if not name.startswith(PURE):
            return ()
        used = {module for module in imported(name) if not f"{module}.".startswith(PURE_MAY_IMPORT)}
        return {module for module in used if module.split(".")[0] in FRAMEWORKS or ".models" in module}

    assert offenders(wrong) == {}


def test_only_named_files_read_past_the_gate():
    found = offenders(lambda name: [word for word in ESCAPE_WORDS if word in FILES[name]])
    assert {name: words for name, words in found.items() if name not in ESCAPES} == {}


def test_every_permitted_escape_is_still_used():
    assert ESCAPES.keys() - FILES.keys() == set()
    unused = {name for name in ESCAPES if not any(word in FILES[name] for word in ESCAPE_WORDS)}
    assert unused == set()


def test_within_an_app_steps_import_only_the_steps_before():
    def wrong(name):
        layer, *rest = Path(name).with_suffix("").parts
        if layer == "asn_eval" or rest[0] not in STEPS:
            return ()
        later = {f"{layer}.{step}" for step in STEPS[STEPS.index(rest[0]) + 1 :]}
        return {module for module in imported(name) if ".".join(module.split(".")[:2]) in later}

    assert offenders(wrong) == {}


def test_a_worker_that_serves_forms_loads_no_slow_library():
    """Slow libraries are imported inside functions, or in modules that only such functions import."""

    def wrong(name):
        used = {module.split(".")[0] for module in imported(name, only_at_start=True)}
        return () if name.startswith(MAY_BE_SLOW) else used & SLOW

    assert offenders(wrong) == {}


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


def test_modules_stay_short():
    lengths = {name: len(source.splitlines()) for name, source in FILES.items()}
    assert {name: length for name, length in lengths.items() if length > SHORT_ENOUGH} == {}


def test_the_import_graph_has_no_circle():
    modules = {name[:-3].replace("/", ".").removesuffix(".__init__"): name for name in FILES}
    graph = {
        module: {used for used in imported(name, only_at_start=True) if used in modules}
        for module, name in modules.items()
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
