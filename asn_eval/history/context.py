"""By whose hand records are changing, and which changes belong together. Knows no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import uuid4

# These run for days on behalf of others; what they do is not the deed of who started them.
SERVING = frozenset({"runserver", "db_worker"})
COMMAND = "command"  # key in LogEntry.additional_data


def new_correlation() -> str:
    return uuid4().hex


@dataclass(frozen=True)
class Deed:
    """One request, command or task. ``actor`` may be a user who is not loaded before somebody writes."""

    actor: object = None
    command: str = ""
    correlation: str = field(default_factory=new_correlation)


NOBODY = Deed(correlation="")
_deed: ContextVar[Deed] = ContextVar("deed", default=NOBODY)


def current_deed() -> Deed:
    return _deed.get()


@contextmanager
def doing(deed: Deed) -> Iterator[Deed]:
    """Everything written inside belongs to ``deed``; afterwards what was before holds again."""
    token = _deed.set(deed)
    try:
        yield deed
    finally:
        _deed.reset(token)


def acting(actor) -> object:
    """For tasks in the background: what is written inside is the deed of ``actor``; of the command if None."""
    return doing(Deed(actor=actor, command="" if actor else current_deed().command))


def commanding(arguments: list[str]) -> object:
    """For manage.py: what a command writes is known as an administrator's command on this machine."""
    command = next((word for word in arguments[1:] if not word.startswith("-")), "")
    return doing(NOBODY if command in SERVING else Deed(command=command))
