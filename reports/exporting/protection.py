"""What few people have in common is told so that it points at none of them. Counts in, decisions out. Pure."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from reports.analysis.groups import suppress_small_groups

Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be told of one question about the person: categories, or classes of numbers.

    A category that is not among the `shown` ones becomes the small one, also when it came after the counting.
    """

    shown: frozenset[str] = frozenset()
    bands: tuple[Band, ...] = ()

    def band_of(self, value: float) -> int | None:
        """The class of a number, counted from 1; None where it lies outside all of them."""
        return next((place for place, (low, high) in enumerate(self.bands, 1) if low <= value <= high), None)


@dataclass(frozen=True, slots=True)
class ShownDays:
    days: frozenset[date] = frozenset()
    months: frozenset[str] = frozenset()


def month_of(day: date) -> str:
    return f"{day.year}-{day.month:02}"


def guard_categories(counts: Mapping[str, int], *, minimum: int) -> Guard:
    """The categories that enough people share, but for those that must go so that the small ones stay hidden."""
    suppression = suppress_small_groups(counts, minimum=minimum)
    if suppression.total is not None:
        return Guard()
    return Guard(shown=frozenset(name for name in counts if suppression.of(name) is None))


def guard_numbers(counts: Mapping[float, int], *, minimum: int) -> Guard:
    """Neighbouring numbers in classes of at least `minimum` people; the last ones join the class before them."""
    bands: list[list[float]] = []
    n = minimum
    for value in sorted(value for value, count in counts.items() if count):
        if n >= minimum:
            bands.append([value, value])
            n = 0
        bands[-1][1] = value
        n += counts[value]
    if n < minimum and len(bands) > 1:
        last = bands.pop()
        bands[-1][1] = last[1]
    if sum(counts.values()) < minimum:
        return Guard()
    return Guard(bands=tuple((low, high) for low, high in bands))


def guard_days(counts: Mapping[date, int], *, minimum: int) -> ShownDays:
    """The days and the months on which enough people answered."""
    months: dict[str, int] = {}
    for day, n in counts.items():
        months[month_of(day)] = months.get(month_of(day), 0) + n
    return ShownDays(
        days=frozenset(day for day, n in counts.items() if n >= minimum),
        months=frozenset(month for month, n in months.items() if n >= minimum),
    )


def shows_halves(n_participants: int, n_comparison: int, *, minimum: int) -> bool:
    """Whether a file says who belongs to the comparison group: both halves must be large enough."""
    return n_participants >= minimum and n_comparison >= minimum


def left_out(paths: Mapping[str, Hashable], *, minimum: int) -> frozenset[str]:
    """Whose answers stay here because few others took part in just the same waves. `paths` by pseudonym.

    What is left out would follow from the published totals minus the file, so it is nobody or at least `minimum`
    persons: where it is fewer, some from the most common path stay as well (always the same ones).
    """
    sizes = Counter(paths.values())
    rare = {who for who, path in paths.items() if sizes[path] < minimum}
    missing = minimum - len(rare)
    if not rare or missing <= 0:
        return frozenset(rare)
    common = sorted(who for who, path in paths.items() if sizes[path] == max(sizes.values()))
    if len(common) - missing < minimum:
        return frozenset(paths)
    return frozenset(rare | set(common[:missing]))
