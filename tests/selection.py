"""Which tests run, and in which order: a plugin of pytest for the whole suite."""

import gc

import pytest
from xdist.scheduler import LoadScopeScheduling

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}
# Modules that share something costly, by the beginning of their names: one process runs them.
TOGETHER = {
    "tests/evaluations/examples/": "examples",
    "tests/evaluations/test_load_examples": "examples",
    "tests/reports/test_pdf": "document",
    "tests/test_guide": "guide",
    "tests/test_translations": "catalogues",
}
LEFT_OUT = pytest.StashKey[int]()
WHY = "they ran on the other database and cannot tell the two apart"


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that use no database: a run on a second one learns nothing from them",
    )


@pytest.hookimpl(trylast=True)  # after pytest-randomly, whose order stays otherwise
def pytest_collection_modifyitems(config, items):
    if config.getoption("database_only"):
        left_out = [item for item in items if not uses_database(item)]
        items[:] = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = len(left_out)
    # The longest first, so that no process is left alone with one at the end.
    items.sort(key=seconds, reverse=True)
    # What was imported and collected stays to the end: it is not looked through for garbage again and again.
    gc.collect()
    gc.freeze()


def seconds(item) -> int:
    marker = item.get_closest_marker("long")
    return marker.args[0] if marker else 0


def uses_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def pytest_sessionfinish(session, exitstatus):
    """A process of pytest-xdist tells the one that prints the summary. Nothing left to run is no failure."""
    left_out = session.config.stash.get(LEFT_OUT, 0)
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = left_out
    elif left_out and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


class OneAtATime(LoadScopeScheduling):
    """As --dist loadgroup of pytest-xdist, whose own marks pytest 9.2 loses."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for start, group in TOGETHER.items() if nodeid.startswith(start)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return OneAtATime(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    if hasattr(node, "workeroutput"):  # each has collected, and left out, the same tests
        node.config.stash[LEFT_OUT] = node.workeroutput["left_out"]


def pytest_terminal_summary(terminalreporter, config):
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{left_out} tests that use no database left out: {WHY}")
