"""The activities of a program as a file names them."""

from collections import Counter

from programs.models import Program


def names_of_activities(program: Program) -> dict[int, str]:
    """Key -> title; those that share a title with another are told apart by their first day."""
    activities = [*program.activities.values_list("pk", "title", "start_date")]
    times = Counter(title.casefold() for _key, title, _day in activities)
    return {
        key: title if times[title.casefold()] == 1 else f"{title} ({day:%d-%m-%Y})"
        for key, title, day in activities
    }
