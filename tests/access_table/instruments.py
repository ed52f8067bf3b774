"""Instruments: read by all, changed by the office that they belong to."""

from evaluations.models import Instrument, InstrumentVersion, Item
from tests.access_table.letters import EVERYONE
from tests.world import Place, make_instrument

URLS: dict[str, tuple[str, str | None]] = {
    "instrument_list": (EVERYONE, None),
    "instrument_create": ("AE", None),
    "instrument_detail": (EVERYONE, "instrument"),
    "instrument_copy": ("AE", "instrument"),
    "instrument_update": ("AE", "own instrument"),
    "instrument_offer": ("AE", "own instrument"),
    "instrument_delete": ("AE", "own instrument"),
    "version_create": ("AE", "own instrument"),
    "instrument_version": (EVERYONE, "version"),
    "version_preview": (EVERYONE, "version"),
    "version_preview_phone": (EVERYONE, "version"),
    "version_paper": (EVERYONE, "version"),
    "version_settings": ("AE", "own version"),
    "version_delete": ("AE", "own version"),
    "item_bank": ("AE", "own version"),
    "item_create": ("AE", "own version"),
    "item_update": ("AE", "own item"),
    "item_copy": ("AE", "own item"),
    "item_move": ("AE", "own item"),
    "item_delete": ("AE", "own item"),
}
POST_ONLY = {"instrument_offer", "version_create", "item_copy", "item_move"}
OPEN_ROWS = {"instrument", "version"}


def rows(place: Place) -> dict[str, object]:
    version = make_instrument(key=f"milik-{place.office.pk}")
    Instrument.objects.filter(pk=version.instrument_id).update(owner=place.office)
    item: Item = version.items.get(key="b1")
    used: InstrumentVersion = place.surveys["sesudah"].version
    return {
        "instrument": used.instrument,
        "version": (used.pk,),
        "own instrument": version.instrument,
        "own version": (version.pk,),
        "own item": (version.pk, item.pk),
    }
