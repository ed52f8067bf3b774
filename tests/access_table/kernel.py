"""Accounts, offices and what every page has."""

from tests.access_table.letters import EVERYONE, PUBLIC
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "home": (EVERYONE, None),
    "account_login": (PUBLIC, None),
    "account_logout": (PUBLIC, None),
    "account_change_password": (EVERYONE, None),
    "account_inactive": (PUBLIC, None),
    "set_language": (PUBLIC, None),
    "attribution": (PUBLIC, None),
    "region_search": (EVERYONE, None),
    "user_list": ("AU", None),
    "user_create": ("A", None),
    "user_update": ("A", "user"),
    "office_list": ("AU", None),
    "office_create": ("A", "nothing"),
    "office_update": ("A", "office"),
}
POST_ONLY = {"set_language"}


def rows(place: Place) -> dict[str, object]:
    return {"user": place.users["staf"], "office": place.office}
