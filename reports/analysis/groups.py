"""Which groups are too small to be shown, and which others must be hidden so that they stay hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from .results import Reason, Suppressed


@dataclass(frozen=True, slots=True)
class GroupSuppression:
    """What to withhold: the total (None = it may be shown) and the groups, by name."""

    total: Suppressed | None
    too_small: tuple[str, ...]
    complementary: tuple[str, ...]
    minimum: int

    def of(self, group: str) -> Suppressed | None:
        """Return what stands in the place of a group's result, or None when it may be shown."""
        if group in self.too_small:
            return Suppressed(Reason.GROUP_TOO_SMALL, self.minimum)
        if group in self.complementary:
            return Suppressed(Reason.PROTECTS_OTHER_GROUP, self.minimum)
        return None


def suppress_small_groups(sizes: Mapping[str, int], *, minimum: int) -> GroupSuppression:
    """Decide which groups of one table may be shown beside their total.

    `sizes` holds the number of persons by group; the groups do not overlap and add up to the total. A group
    of 1 to `minimum` − 1 is withheld. What is withheld must not follow from the total minus the groups shown:
    at least two groups, together at least `minimum` persons, are withheld, the smallest other groups first
    (level ones by name). A total below `minimum` is withheld itself, and so is every group in it. An empty
    group tells nothing about anybody and is never withheld. Raises `ValueError` for negative sizes and a
    minimum below 1.
    """
    if minimum < 1 or any(n < 0 for n in sizes.values()):
        raise ValueError("sizes must not be negative and the minimum at least 1")
    peopled = sorted((n, name) for name, n in sizes.items() if n)
    too_small = [name for n, name in peopled if n < minimum]
    withheld, n_withheld = len(too_small), sum(n for n, _name in peopled if n < minimum)
    complementary = []
    for n, name in peopled[len(too_small) :]:
        if not withheld or (withheld >= 2 and n_withheld >= minimum):
            break
        complementary.append(name)
        withheld, n_withheld = withheld + 1, n_withheld + n
    total = sum(sizes.values())
    return GroupSuppression(
        total=Suppressed(Reason.GROUP_TOO_SMALL, minimum) if 0 < total < minimum else None,
        too_small=tuple(too_small),
        complementary=tuple(complementary),
        minimum=minimum,
    )
