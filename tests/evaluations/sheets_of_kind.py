"""A small observation sheet and a small checklist for tests."""

from evaluations.models import Instrument, InstrumentVersion, Item

ITEMS = (
    {"key": "senyum", "label": "Menyapa", "type": "likert", "minimum": 1, "maximum": 4},
    {"key": "tunda", "label": "Menunda", "type": "likert", "minimum": 1, "maximum": 4, "is_reverse": True},
    {"key": "tunggu", "label": "Lama menunggu", "type": "angka", "minimum": 0, "maximum": 600, "unit": "menit"},
    {"key": "papan", "label": "Papan alur", "type": "ya_tidak", "is_required": False},
    {"key": "kejadian", "label": "Kejadian", "type": "teks", "is_required": False},
)
NAMES = ("Tidak tampak", "Sesekali", "Sering", "Selalu")


def make_sheet_version(kind: str) -> InstrumentVersion:
    """The same version for everybody who asks for this kind."""
    instrument, is_new = Instrument.objects.get_or_create(
        key=f"lembar_{kind}", defaults={"name": f"Lembar {kind}", "kind": kind, "is_ready": True}
    )
    if not is_new:
        return instrument.versions.get()
    version = InstrumentVersion.objects.create(instrument=instrument, scoring=InstrumentVersion.Scoring.MEAN)
    for position, given in enumerate(ITEMS, start=1):
        labels = [{"id": name} for name in NAMES] if given["type"] == "likert" else []
        Item.objects.create(version=version, position=position, text=f"{given['label']}?", labels=labels, **given)
    return version
