"""Instruments enter the installation as data, and a version that was used stays as it was used."""

from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.definitions import InstrumentDefinition, ItemDefinition, read_definition
from evaluations.models import Instrument, InstrumentVersion, Item, Survey

READY_FOLDER = Path(__file__).parents[1] / "instruments"


class Outcome(StrEnum):
    ADDED = "ditambahkan"
    REPLACED = "diperbarui"
    UNCHANGED = "tetap"


def ready_instrument_files() -> list[Path]:
    """The data files of the instruments that come with the application."""
    return sorted(READY_FOLDER.glob("*.json"))


def load_instrument_file(*, path: Path) -> tuple[InstrumentDefinition, Outcome]:
    """Read and save one data file. Raises ``DefinitionError`` and ``ValidationError`` (version locked)."""
    definition = read_definition(path.read_text(encoding="utf-8-sig"))
    return definition, save_instrument(definition=definition)


@transaction.atomic
def save_instrument(*, definition: InstrumentDefinition) -> Outcome:
    """Save ``definition`` as one version of its instrument and make it ready for use.

    Raises ``ValidationError`` when this version has surveys and the definition asks something else: answers
    given under one wording must never be read under another.
    """
    instrument = Instrument.objects.select_for_update().filter(key=definition.key).first() or Instrument(
        key=definition.key
    )
    version = instrument.pk and instrument.versions.filter(number=definition.number).first()
    if version and _content(version) == _wanted(definition):
        outcome = Outcome.UNCHANGED
    else:
        outcome = Outcome.REPLACED if version else Outcome.ADDED
        if version:
            _refuse_if_used(version)
    # Only the newest version speaks for the instrument as a whole.
    if not instrument.pk or not instrument.versions.filter(number__gt=definition.number).exists():
        instrument.name, instrument.description = definition.name, definition.description
        instrument.source, instrument.is_ready = definition.source, True
        instrument.full_clean()
        instrument.save()
    if outcome != Outcome.UNCHANGED:
        _save_version(version or InstrumentVersion(instrument=instrument, number=definition.number), definition)
    return outcome


def _save_version(version: InstrumentVersion, definition: InstrumentDefinition) -> None:
    version.scoring, version.dimensions = definition.scoring, _numbered(definition.dimensions)
    version.full_clean()
    version.save()
    version.items.all().delete()
    for position, item in enumerate(definition.items, start=1):
        row = Item(version=version, position=position, **_fields(item))
        # A number and a text have no labels, which the field alone would take for forgotten.
        row.full_clean(exclude={"labels"})
        row.save()


def _refuse_if_used(version: InstrumentVersion) -> None:
    surveys = Survey.objects.unscoped("a version is locked by a survey in any region")
    if surveys.filter(version=version).exists():
        raise ValidationError(
            _(
                "Instrumen %(key)s versi %(number)s sudah dipakai survei dan tidak dapat diubah. "
                "Beri perubahan ini nomor versi baru."
            )
            % {"key": version.instrument.key, "number": version.number}
        )


def _fields(item: ItemDefinition) -> dict:
    return {name: getattr(item, name) for name in ItemDefinition.__slots__}


def _numbered(dimensions: dict[str, dict[str, str]]) -> dict[str, dict]:
    return {key: names | {"order": place} for place, (key, names) in enumerate(dimensions.items(), start=1)}


def _wanted(definition: InstrumentDefinition) -> tuple:
    items = [_fields(item) for item in definition.items]
    return definition.scoring, _numbered(definition.dimensions), items


def _content(version: InstrumentVersion) -> tuple:
    items = [{name: getattr(item, name) for name in ItemDefinition.__slots__} for item in version.items.all()]
    return version.scoring, version.dimensions, items
