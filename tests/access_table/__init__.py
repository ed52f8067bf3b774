"""Which role may open which URL, and what the URL points at: one module per part of the application.

A module names ``URLS`` (url name -> (letters of the roles, kind of row or None)) and, where it needs them,
``POST_ONLY`` (names that answer to POST alone), ``OPEN_ROWS`` (kinds that are the same for every region),
``KEYS`` (kind -> attribute that the URL carries instead of pk) and ``rows(place)`` (kind -> row, or the tuple
of arguments of the URL) and ``NATIONAL`` (names that answer 404 to who does not answer for every region).
"""

from tests.access_table import (
    activities,
    budget,
    coding,
    evaluations,
    follow_up,
    history,
    imports,
    indicators,
    instruments,
    interviews,
    kernel,
    organisations,
    participants,
    people,
    programs,
    reports,
)
from tests.world import Place

MODULES = (
    kernel,
    organisations,
    programs,
    activities,
    budget,
    people,
    participants,
    imports,
    history,
    evaluations,
    coding,
    indicators,
    instruments,
    interviews,
    reports,
    follow_up,
)
MATRIX: dict[str, tuple[str, str | None]] = {
    name: entry for module in MODULES for name, entry in module.URLS.items()
}
POST_ONLY = frozenset(name for module in MODULES for name in getattr(module, "POST_ONLY", ()))
NATIONAL = frozenset(name for module in MODULES for name in getattr(module, "NATIONAL", ()))
OPEN_ROWS = frozenset(kind for module in MODULES for kind in getattr(module, "OPEN_ROWS", ()))
KEYS: dict[str, str] = {kind: key for module in MODULES for kind, key in getattr(module, "KEYS", {}).items()}


def make_rows(place: Place) -> dict[str, object]:
    """One row of every kind, in that place."""
    return {kind: row for module in MODULES if hasattr(module, "rows") for kind, row in module.rows(place).items()}


def arguments(kind: str | None, rows: dict[str, object]) -> list[object]:
    """What the URL of a page about ``kind`` carries."""
    if kind is None:
        return []
    row = rows[kind]
    return list(row) if isinstance(row, tuple) else [getattr(row, KEYS.get(kind, "pk"))]
