"""Several people at the same moment, on a database that refuses at once where a file would wait."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import OperationalError, connection

ATTEMPTS = 200
PAUSE = 0.02  # seconds


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Start every call in a thread of its own at the same moment; return the answers in their order.

    Clients need ``raise_request_exception=False``: otherwise each raises the exceptions of all the others.
    """
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            barrier.wait(10)
            return _patiently(call)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as people:
        return list(people.map(run, calls))


def _patiently(call: Callable[[], object]) -> object:
    for _attempt in range(ATTEMPTS):
        try:
            answer = call()
        except OperationalError as error:
            # Tests keep SQLite in memory, and that knows no waiting.
            if "locked" not in str(error):
                raise
        else:
            if getattr(answer, "status_code", None) != 500:
                return answer
        time.sleep(PAUSE)
    raise AssertionError("never got a turn")
