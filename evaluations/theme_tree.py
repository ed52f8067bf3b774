"""Themes in the order of their tree, and how often each was named."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from evaluations.models import Theme


def in_tree_order(themes: Iterable[Theme]) -> list[Theme]:
    """Parents before their children, kinds in their order; each theme gets its ``level``, 0 at the top."""
    kinds = list(Theme.Kind.values)
    children: dict[int | None, list[Theme]] = {}
    for theme in themes:
        children.setdefault(theme.parent_id, []).append(theme)
    for group in children.values():
        group.sort(key=lambda theme: (kinds.index(theme.kind), theme.position, theme.pk))
    found: list[Theme] = []

    def walk(parent: int | None, level: int) -> None:
        for theme in children.get(parent, ()):
            theme.level = level
            found.append(theme)
            walk(theme.pk, level + 1)

    walk(None, 0)
    return found


def with_counts(themes: QuerySet) -> QuerySet:
    """Each theme with its passages and its informants: an interview or an open answer is one, however many
    passages it has and however many coders marked it. Observations and documents are sources of their own."""
    excerpts = "codings__excerpt"
    # Two answers of one nameless person must not be known as theirs, so each is counted for itself.
    interviews, answers = f"{excerpts}__interview", f"{excerpts}__open_answer"
    observations, documents = f"{excerpts}__observation", f"{excerpts}__document"
    said = Q(**{f"{excerpts}__interview__withdrawn_on": None})
    return themes.annotate(
        n_passages=Count("codings", filter=said, distinct=True),
        n_informants=Count(interviews, filter=said, distinct=True) + Count(answers, distinct=True),
        n_sources=Count(observations, distinct=True) + Count(documents, distinct=True),
    )


def under(theme_lookup: str, deepest: int, **condition) -> Q:
    """The condition on ``theme_lookup``, or on a theme above it: a theme with everything below it."""
    found, path = Q(), theme_lookup
    for _level in range(deepest):
        found |= Q(**{f"{path}__{name}": value for name, value in condition.items()})
        path = f"{path}__parent"
    return found
