"""Instruments made by people: begun, copied, described, set up, offered, continued in a new version, removed."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Office
from evaluations.actions.instrument_items import COLUMNS, ItemsChanged, hold_version, problems_of_version
from evaluations.actions.instruments import (
    definition_of,
    free_key,
    is_locked,
    planned_among,
    save_as_new_instrument,
)
from evaluations.item_lines import key_from
from evaluations.models import Instrument, InstrumentVersion, Item
from evaluations.models.instruments import new_stamp

LONGEST_KEY = 40
DESCRIBED = ("name", "kind", "description", "source", "audience", "waves")
SETTINGS = ("scoring", "dimensions", "bands", "weights", "legal_source")


@transaction.atomic
def create_instrument(*, values: Mapping, scoring: str, owner: Office | None) -> InstrumentVersion:
    """An empty instrument of `owner` with a first version to fill. Raises `ValidationError`."""
    key = free_key(key_from(values["name"], longest=LONGEST_KEY, otherwise="instrumen"))
    instrument = Instrument(key=key, owner=owner, **values)
    instrument.full_clean()
    instrument.save()
    version = InstrumentVersion(instrument=instrument, number=1, scoring=scoring)
    version.full_clean()
    version.save()
    return version


@transaction.atomic
def copy_instrument(*, version: InstrumentVersion, name: str, owner: Office | None) -> Instrument:
    """The same questions as an instrument of `owner`, not offered yet. Raises `ValidationError`."""
    key = key_from(name, longest=LONGEST_KEY, otherwise="instrumen")
    return save_as_new_instrument(definition=replace(definition_of(version), key=key, name=name), owner=owner)


def description_mark(instrument: Instrument) -> str:
    """Changes whenever somebody describes the instrument anew."""
    return sha256(repr([getattr(instrument, name) for name in DESCRIBED]).encode()).hexdigest()[:16]


@transaction.atomic
def describe_instrument(*, instrument: Instrument, mark: str, values: Mapping) -> None:
    """Write name, kind, description and so on. Raises `ItemsChanged` where somebody else did after `mark`."""
    held = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    if mark != description_mark(held):
        raise ItemsChanged(_("Keterangan instrumen ini telah diubah sejak halaman ini dibuka."))
    for name, value in values.items():
        setattr(held, name, value)
    held.full_clean()
    held.save()


@transaction.atomic
def set_up_version(*, version: InstrumentVersion, stamp: str, values: Mapping) -> None:
    """Write scoring, dimensions, bands and weights. A dimension that items belong to cannot go.

    Raises `ItemsChanged`, `VersionLocked` and `ValidationError` by field.
    """
    version, items = hold_version(version, stamp)
    for name in SETTINGS:
        setattr(version, name, values[name])
    lost = [item for item in items if item.dimension and item.dimension not in version.dimensions]
    if lost:
        names = ", ".join(f"“{item.label}”" for item in lost)
        raise ValidationError({"dimensions": _("Dimensi ini masih dipakai butir: %(names)s.") % {"names": names}})
    known = {*version.dimensions, *(item.key for item in items)}
    if strangers := sorted(set(version.weights) - known):
        message = _("Tidak ada butir atau dimensi dengan kode %(keys)s.") % {"keys": ", ".join(strangers)}
        raise ValidationError({"weights": message})
    version.stamp = new_stamp()
    version.full_clean()
    version.save()
    if version.instrument.is_ready and problems_of_version(version, items):
        version.instrument.is_ready = False
        version.instrument.save(update_fields=["is_ready"])


@transaction.atomic
def offer_instrument(*, instrument: Instrument, is_ready: bool) -> None:
    """Let surveys choose the newest version, or no longer. Raises `ValidationError` while it is not sound."""
    held = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    version = held.versions.order_by("-number").first()
    if is_ready and (version is None or problems_of_version(version, version.items.all())):
        raise ValidationError(_("Instrumen ini belum dapat dipakai: perbaiki dahulu yang tertera pada versinya."))
    held.is_ready = is_ready
    held.save(update_fields=["is_ready"])


@transaction.atomic
def start_new_version(*, instrument: Instrument) -> InstrumentVersion:
    """A copy of the newest version that can be changed; every item keeps its key.

    The instrument is no longer offered until somebody says that the new version is ready. Raises
    `ValidationError` while the newest one can still be changed itself.
    """
    held = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    newest = held.versions.order_by("-number").first()
    if not is_locked(newest):
        raise ValidationError(
            _("Versi %(number)s belum ditanyakan kepada siapa pun; ubah saja versi itu.")
            % {"number": newest.number}
        )
    settings = {name: getattr(newest, name) for name in SETTINGS}
    version = InstrumentVersion(instrument=held, number=newest.number + 1, **settings)
    version.full_clean()
    version.save()
    Item.objects.bulk_create(
        Item(version=version, position=item.position, **{name: getattr(item, name) for name in COLUMNS})
        for item in newest.items.all()
    )
    held.is_ready = False
    held.save(update_fields=["is_ready"])
    return version


@transaction.atomic
def delete_version(*, version: InstrumentVersion) -> None:
    """Only one that nothing is bound to, and never the last one. Raises `ValidationError`."""
    held, _items = hold_version(version, None)
    if planned_among([held]):
        raise ValidationError(_("Versi ini sudah dipakai dan tidak dapat dihapus."))
    if held.instrument.versions.count() == 1:
        raise ValidationError(_("Ini satu-satunya versi; hapus instrumennya bila tidak diperlukan."))
    held.delete()


@transaction.atomic
def delete_instrument(*, instrument: Instrument) -> None:
    """Only one that nothing is bound to. Raises `ValidationError`."""
    versions = list(instrument.versions.select_for_update(of=("self",)))
    if planned_among(versions):
        raise ValidationError(
            _("Instrumen ini dipakai survei, wawancara, atau lembar isian dan tidak dapat dihapus.")
        )
    instrument.versions.all().delete()
    instrument.delete()
