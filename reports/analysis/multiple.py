"""Several tests at once."""

from collections.abc import Sequence

from statsmodels.stats.multitest import multipletests


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return Holm's (1979) step-down adjusted p values in the given order.

    An undefined p (None) stays None in its place and is not counted as a test.
    """
    defined = [p for p in p_values if p is not None]
    if not defined:
        return tuple(p_values)
    adjusted = iter(multipletests(defined, method="holm")[1].tolist())
    return tuple(None if p is None else next(adjusted) for p in p_values)
