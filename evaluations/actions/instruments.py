"""Instruments enter the installation as data, and a version that was used stays as it was used."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import count
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Office
from evaluations.definitions import InstrumentDefinition, ItemDefinition, read_definition
from evaluations.models import (
    DocumentReview,
    Instrument,
    InstrumentVersion,
    Interview,
    Item,
    Observation,
    Response,
    Survey,
)
from evaluations.models.instruments import new_stamp

LONGEST_KEY = 48  # with two digits behind it
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
        _describe(instrument, definition)
        instrument.is_ready = True
        instrument.full_clean()
        instrument.save()
    if outcome != Outcome.UNCHANGED:
        _save_version(version or InstrumentVersion(instrument=instrument, number=definition.number), definition)
    return outcome


def _describe(instrument: Instrument, definition: InstrumentDefinition) -> None:
    for name in ("name", "kind", "description", "source"):
        setattr(instrument, name, getattr(definition, name))
    instrument.audience, instrument.waves = list(definition.audience), list(definition.waves)


def _save_version(version: InstrumentVersion, definition: InstrumentDefinition) -> None:
    version.scoring, version.dimensions = definition.scoring, _numbered(definition.dimensions)
    version.bands, version.weights = definition.bands, definition.weights
    version.legal_source, version.stamp = definition.legal_source, new_stamp()
    version.full_clean()
    version.save()
    version.items.all().delete()
    rows = [
        Item(version=version, position=at, **_fields(item)) for at, item in enumerate(definition.items, start=1)
    ]
    for row in rows:
        row.full_clean(exclude={"version", "position"}, validate_unique=False, validate_constraints=False)
    Item.objects.bulk_create(rows)


def is_locked(version: InstrumentVersion) -> bool:
    """Whether somebody has been asked: answers given under one wording must never be read under another."""
    return version.pk in locked_among([version])


def locked_among(versions: Sequence[InstrumentVersion]) -> set[int]:
    """The keys of those versions that are locked, in any region."""
    surveys = Survey.objects.unscoped("a version is locked by a survey in any region").filter(version__in=versions)
    asked = surveys.filter(
        ~Q(state=Survey.State.DRAFT)
        | Exists(Response.objects.unscoped("only whether there is an answer").filter(survey=OuterRef("pk")))
    )
    return set(asked.order_by().values_list("version", flat=True)) | _filled_among(versions)


def _filled_among(versions: Iterable[InstrumentVersion]) -> set[int]:
    """The keys of those versions by which somebody filled in a sheet or held an interview, in any region."""
    reason = "a version is locked by what was recorded by it in any region"
    sheets = (Observation.objects.unscoped(reason), DocumentReview.objects.unscoped(reason))
    filled = [rows.filter(version__in=versions).exclude(sheet={}).values_list("version") for rows in sheets]
    held = Interview.objects.unscoped(reason).filter(guide__in=versions, answers__isnull=False)
    return _keys(*filled, held.values_list("guide"))


def _keys(*found: QuerySet) -> set[int]:
    """The keys in all of them, in one query."""
    return {key for (key,) in found[0].order_by().union(*(rows.order_by() for rows in found[1:]))}


def planned_among(versions: Iterable[InstrumentVersion]) -> set[int]:
    """The keys of those versions that any survey, sheet or interview is bound to, begun or not."""
    reason = "a version is kept for whatever follows it in any region"
    bound = [
        model.objects.unscoped(reason).filter(version__in=versions).values_list("version")
        for model in (Survey, Observation, DocumentReview)
    ]
    return _keys(*bound, Interview.objects.unscoped(reason).filter(guide__in=versions).values_list("guide"))


def _refuse_if_used(version: InstrumentVersion) -> None:
    if is_locked(version):
        raise ValidationError(
            _(
                "Instrumen %(key)s versi %(number)s sudah dipakai survei dan tidak dapat diubah. "
                "Beri perubahan ini nomor versi baru."
            )
            % {"key": version.instrument.key, "number": version.number}
        )


def _fields(item) -> dict:
    return {name: getattr(item, name) for name in ItemDefinition.__slots__}


def definition_of(version: InstrumentVersion) -> InstrumentDefinition:
    """A stored version as data, for writing it into a file or copying it."""
    instrument = version.instrument
    names = sorted(version.dimensions.items(), key=lambda dimension: dimension[1].get("order", 0))
    return InstrumentDefinition(
        key=instrument.key,
        number=version.number,
        name=instrument.name,
        kind=instrument.kind,
        description=instrument.description,
        source=instrument.source,
        audience=tuple(instrument.audience),
        waves=tuple(instrument.waves),
        scoring=version.scoring,
        dimensions={key: {part: text for part, text in each.items() if part != "order"} for key, each in names},
        bands=version.bands,
        weights=version.weights,
        legal_source=version.legal_source,
        items=tuple(ItemDefinition(**_fields(item)) for item in version.items.all()),
    )


@transaction.atomic
def save_as_new_instrument(*, definition: InstrumentDefinition, owner: Office | None) -> Instrument:
    """A new instrument of `owner` with `definition` as its first version, not yet offered to surveys.

    A key that is taken gets a number behind it. Raises `ValidationError`.
    """
    instrument = Instrument(key=free_key(definition.key), owner=owner, is_ready=False)
    _describe(instrument, definition)
    instrument.full_clean()
    instrument.save()
    _save_version(InstrumentVersion(instrument=instrument, number=1), definition)
    return instrument


def free_key(wanted: str) -> str:
    """`wanted`, or the first of `wanted_2`, `wanted_3` … that no instrument has."""
    taken = set(Instrument.objects.filter(key__startswith=wanted[:LONGEST_KEY]).values_list("key", flat=True))
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted[: LONGEST_KEY - len(str(number))]}_{number}" for number in count(2))
    return next(key for key in numbered if key not in taken)


def _numbered(dimensions: dict[str, dict[str, str]]) -> dict[str, dict]:
    return {key: names | {"order": place} for place, (key, names) in enumerate(dimensions.items(), start=1)}


def _wanted(definition: InstrumentDefinition) -> tuple:
    items = [_fields(item) for item in definition.items]
    return (
        definition.scoring,
        _numbered(definition.dimensions),
        definition.bands,
        definition.weights,
        definition.legal_source,
        items,
    )


def _content(version: InstrumentVersion) -> tuple:
    items = [_fields(item) for item in version.items.all()]
    return version.scoring, version.dimensions, version.bands, version.weights, version.legal_source, items
