"""How many informants named a theme: persons are counted once, however often they returned to it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many of the informants of one role named a theme, out of how many were heard."""

    role: str
    n: int
    n_role: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One category: informants who named it, passages that speak of it, and the informants by role."""

    category: str
    n_informants: int
    n_mentions: int
    roles: tuple[RoleCount, ...]


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """All themes, most widely named first, and the number of informants heard."""

    n_informants: int
    themes: tuple[Theme, ...]


def count_themes(informants: Mapping[Hashable, str], mentions: Iterable[tuple[str, Hashable]]) -> ThemeCounts:
    """Count informants per category.

    `informants` maps an opaque key of everyone who was heard to a role; `mentions` are (category, key), one
    per marked passage. Themes are sorted by informants, then mentions, then name. Raises `KeyError` for a
    mention of somebody who was not heard.
    """
    heard = Counter(informants.values())
    passages = Counter(mentions)
    categories = dict.fromkeys(category for category, _key in passages)
    themes = [_theme(category, passages, informants, heard) for category in categories]
    themes.sort(key=lambda theme: (-theme.n_informants, -theme.n_mentions, theme.category))
    return ThemeCounts(n_informants=len(informants), themes=tuple(themes))


def _theme(category: str, passages: Counter, informants: Mapping[Hashable, str], heard: Counter[str]) -> Theme:
    mentions = {key: n for (named, key), n in passages.items() if named == category}
    by_role = Counter(informants[key] for key in mentions)
    return Theme(
        category=category,
        n_informants=len(mentions),
        n_mentions=sum(mentions.values()),
        roles=tuple(RoleCount(role, by_role[role], n) for role, n in sorted(heard.items())),
    )
