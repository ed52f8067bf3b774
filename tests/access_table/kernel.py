"""Accounts, offices and what every page has."""

from django.core.files.base import ContentFile

from asn_eval.accounts.models import Region, RegionalArea, RegionalOffice
from tests.access_table.letters import EVERYONE, PUBLIC
from tests.pictures import PNG
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
    "office_create": ("A", None),
    "office_detail": ("AU", "office"),
    "office_update": ("A", "office"),
    "office_delete": ("A", "office"),
    "office_logo": ("AU", "office"),
    "regional_area_list": (EVERYONE, None),
    "regional_area_update": ("A", "regional_area"),
}
POST_ONLY = {"set_language"}
NATIONAL = {"office_create", "office_delete", "regional_area_update"}


def rows(place: Place) -> dict[str, object]:
    if not place.office.logo:
        place.office.logo.save("logo.png", ContentFile(PNG))
    office, _new = RegionalOffice.objects.get_or_create(number="I", seat="Yogyakarta")
    area, _new = RegionalArea.objects.get_or_create(
        province=Region.objects.get(code=place.region.code[:2]), defaults={"regional_office": office}
    )
    return {"user": place.users["staf"], "office": place.office, "regional_area": area}
