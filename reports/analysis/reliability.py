"""Internal consistency of a scale: Cronbach's alpha from item moments, never from persons."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

import numpy as np
from scipy import stats

from .results import Interval

# Relative to the numbers that enter: what is smaller is what floating point leaves of zero.
EPSILON = 1e-12

Rows = Sequence[Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class ItemMoments:
    """Means and covariances (divisor n − 1) of items over the respondents who answered all of them.

    Reverse items are already turned. The covariances are None for fewer than two complete respondents and
    for answers whose squares exceed the range of floats; the means for nobody complete.
    """

    items: tuple[str, ...]
    n_rows: int
    n_complete: int
    means: tuple[float, ...] | None
    covariance: tuple[tuple[float, ...], ...] | None

    @classmethod
    def from_rows(cls, rows: Rows, items: Sequence[str], *, counts: Sequence[int] | None = None) -> Self:
        """Return the moments of answer rows; None is missing, `counts` tells how often each row occurred.

        Raises `ValueError` when a row is not as long as `items`, or `counts` not as long as `rows`.
        """
        occurrences = [1] * len(rows) if counts is None else list(counts)
        complete = [
            (row, count)
            for row, count in zip(rows, occurrences, strict=True)
            if all(value is not None for _item, value in zip(items, row, strict=True))
        ]
        weights = np.array([count for _row, count in complete], dtype=float)
        n_complete = sum(count for _row, count in complete)
        means = covariance = None
        if n_complete and items:
            values = np.array([row for row, _count in complete], dtype=float)
            means, covariance = _moments(values, weights)
        return cls(tuple(items), sum(occurrences), n_complete, means, covariance)

    @classmethod
    def from_sums(
        cls,
        items: Sequence[str],
        *,
        n_rows: int,
        n_complete: int,
        sums: Sequence[int | Fraction],
        products: Sequence[Sequence[int | Fraction]],
    ) -> Self:
        """Return the moments of answers from their exact running sums over the complete rows.

        `sums` holds Σx per item and `products` Σxy per pair of items; the rows themselves need not be kept.
        Exact sums make the covariance (nΣxy − ΣxΣy)/(n(n − 1)) exact, so an item that never varies gets 0.
        """
        means = covariance = None
        if n_complete and items:
            means = tuple(float(total / n_complete) for total in sums)
            if n_complete >= 2:
                pairs = n_complete * (n_complete - 1)
                covariance = tuple(
                    tuple(float((n_complete * xy - x * y) / pairs) for xy, y in zip(line, sums, strict=True))
                    for line, x in zip(products, sums, strict=True)
                )
        return cls(tuple(items), n_rows, n_complete, means, covariance)

    def of_items(self, names: Sequence[str]) -> Self:
        """Return the moments of some of the items, still over the rows in which all items are answered."""
        chosen = [self.items.index(name) for name in names]
        return type(self)(
            tuple(names),
            self.n_rows,
            self.n_complete,
            None if self.means is None else tuple(self.means[place] for place in chosen),
            None
            if self.covariance is None
            else tuple(tuple(self.covariance[a][b] for b in chosen) for a in chosen),
        )


@dataclass(frozen=True, slots=True)
class ItemReliability:
    """One item: alpha of the scale without it, and its correlation with the sum of the other items."""

    name: str
    alpha_if_dropped: float | None
    item_rest_r: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha with its interval; None where it is not defined (see `reliability`)."""

    n_rows: int
    n_complete: int
    n_items: int
    alpha: float | None
    ci95: Interval | None
    alpha_standardized: float | None
    items: tuple[ItemReliability, ...]


def reliability(moments: ItemMoments, *, confidence: float = 0.95) -> Reliability:
    """Return Cronbach's alpha (1951) with Feldt's interval (1965) and what each item contributes.

    Needs two items, two complete respondents and some variance of the total; each single number that lacks
    what it needs is None: two items have no alpha without one of them, an item that never varies has no
    correlation and the scale then no standardised alpha.
    """
    names = moments.items
    matrix = np.zeros((len(names), len(names))) if moments.covariance is None else np.array(moments.covariance)
    alpha = _alpha(matrix)
    return Reliability(
        n_rows=moments.n_rows,
        n_complete=moments.n_complete,
        n_items=len(names),
        alpha=alpha,
        ci95=None if alpha is None else _feldt(alpha, moments.n_complete, len(names), confidence),
        alpha_standardized=_standardized_alpha(matrix),
        items=tuple(
            ItemReliability(name, _alpha(_without(matrix, position)), _item_rest_r(matrix, position))
            for position, name in enumerate(names)
        ),
    )


def _moments(values: np.ndarray, weights: np.ndarray) -> tuple[tuple | None, tuple | None]:
    """Weighted means and covariances; None for what is not finite or, with one respondent, not defined."""
    n = int(weights.sum())
    with np.errstate(over="ignore", invalid="ignore"):
        # Measured from the first row, an item that never varies has a variance of exactly 0.
        shifted = values - values[0]
        shifted[np.abs(shifted) <= EPSILON * np.abs(values).max(axis=0)] = 0.0
        centers = weights @ shifted / n
        deviations = shifted - centers
        means = values[0] + centers
        matrix = (deviations.T * weights) @ deviations / max(n - 1, 1)
    covariance = tuple(tuple(line) for line in matrix.tolist()) if n >= 2 and np.isfinite(matrix).all() else None
    return tuple(means.tolist()) if np.isfinite(means).all() else None, covariance


def _alpha(matrix: np.ndarray) -> float | None:
    """k/(k − 1) × (1 − Σ item variances / variance of the sum)."""
    k = len(matrix)
    if k < 2 or _is_zero(matrix.sum(), matrix):
        return None
    return float(k / (k - 1) * (1 - np.trace(matrix) / matrix.sum()))


def _standardized_alpha(matrix: np.ndarray) -> float | None:
    """Alpha of the correlation matrix: every item weighs the same whatever its spread."""
    variances = np.diag(matrix)
    if len(matrix) < 2 or any(variances <= 0):
        return None
    deviations = np.sqrt(variances)
    return _alpha(matrix / np.outer(deviations, deviations))


def _item_rest_r(matrix: np.ndarray, position: int) -> float | None:
    rest = _without(matrix, position)
    rest_variance, own_variance = rest.sum(), matrix[position, position]
    if own_variance <= 0 or _is_zero(rest_variance, rest):
        return None
    together = np.delete(matrix[position], position).sum()
    return float(np.clip(together / np.sqrt(own_variance * rest_variance), -1, 1))


def _feldt(alpha: float, n: int, k: int, confidence: float) -> Interval:
    """(1 − alpha of the population)/(1 − alpha) follows F with (n − 1)(k − 1) and n − 1 degrees of freedom."""
    tail = (1 - confidence) / 2
    df_persons, df_error = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - alpha) * stats.f.isf(tail, df_persons, df_error)
    high = 1 - (1 - alpha) * stats.f.ppf(tail, df_persons, df_error)
    return Interval(float(low), float(high), confidence)


def _without(matrix: np.ndarray, position: int) -> np.ndarray:
    return np.delete(np.delete(matrix, position, axis=0), position, axis=1)


def _is_zero(variance: float, matrix: np.ndarray) -> bool:
    return bool(variance <= EPSILON * np.abs(matrix).max(initial=0.0))
