"""What every column of a file means, as a table of words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evaluations.item_rules import MATRIX
from evaluations.models import Item
from reports.exporting.dataset import Column, Dataset
from reports.exporting.records import Ready
from reports.exporting.variables import DAY, NUMERIC, WORDS


def codebook_header() -> list[str]:
    return [
        _("Variabel"),
        _("Butir"),
        _("Pertanyaan"),
        _("Pertanyaan (Inggris)"),
        _("Jenis"),
        _("Isi"),
        _("Nilai dan artinya"),
        _("Dimensi"),
        _("Tingkat Kirkpatrick"),
        _("Terbalik"),
        _("Tampil bila"),
        _("Gelombang"),
        _("Versi instrumen"),
    ]


def codebook_rows(dataset: Dataset) -> Iterator[list[object]]:
    dimensions = {
        (ready.survey.version.number, key): name
        for ready in dataset.surveys
        for key, name in ready.survey.version.dimension_names.items()
    }
    heads = {
        (ready.survey.version.number, item.key): item
        for ready in dataset.surveys
        for item in ready.items
        if item.type == MATRIX
    }
    waves = {column.wave: _wave_name(column, dataset.surveys) for column in dataset.columns}
    for column in dataset.columns:
        yield _row(column, dimensions, heads, waves[column.wave])


def _row(column: Column, dimensions: dict, heads: dict, wave: str) -> list[object]:
    variable, item = column.variable, column.variable.item
    held = {NUMERIC: _("angka"), WORDS: _("teks"), DAY: _("tanggal")}[variable.kind]
    values = "; ".join(f"{code} = {label}" for code, label in variable.values)
    if item is None:
        return [variable.name, "", variable.label, "", "", held, values, "", "", "", "", wave, ""]
    head = heads.get((column.version, item.matrix))
    return [
        variable.name,
        item.key,
        _question(item.text, head and head.text, is_recalled=variable.is_recalled),
        item.text_en,
        item.get_type_display(),
        held,
        values,
        dimensions.get((column.version, item.dimension), item.dimension),
        f"{item.level} {Item.Level(item.level).label}" if item.level else "",
        _("ya") if item.is_reverse else "",
        item.relevance or (head.relevance if head else ""),
        wave,
        column.version,
    ]


def _question(text: str, head: str | None, *, is_recalled: bool) -> str:
    words = f"{head} {text}" if head else text
    return f"{words} ({_('keadaan sebelum program menurut ingatan')})" if is_recalled else words


def _wave_name(column: Column, surveys: tuple[Ready, ...]) -> str:
    if len(surveys) == 1:
        return surveys[0].survey.wave_shown
    return next((ready.survey.wave_shown for ready in surveys if column.wave.startswith(ready.survey.wave)), "")
