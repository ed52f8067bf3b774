"""What has to hold between the items of one version of an instrument, wherever they come from. Pure.

A data file, an XLSForm and the builder all end here, so that none of them lets in what the others refuse.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from evaluations.expressions import ExpressionError, looks_at_itself, parse, references

LIKERT, SCORE, NUMBER, YES_NO = "likert", "skor", "angka", "ya_tidak"
CHOICE, CHOICES, RANKING, MATRIX = "pilihan", "pilihan_ganda", "peringkat", "matriks"
DATE, SHORT_TEXT, TEXT, NOTE, PAGE = "tanggal", "teks_singkat", "teks", "catatan", "halaman"
TYPES = (
    LIKERT, SCORE, NUMBER, YES_NO, CHOICE, CHOICES, RANKING, MATRIX, DATE, SHORT_TEXT, TEXT, NOTE, PAGE,
)  # fmt: skip
SCALES = (LIKERT, SCORE)
WITH_OPTIONS = (CHOICE, CHOICES, RANKING)
OPEN = (SHORT_TEXT, TEXT)
SILENT = (NOTE, PAGE, MATRIX)
SUMMED = (LIKERT, SCORE, NUMBER, CHOICE)  # what a score can be made of

HIGHEST_LEVEL = 4  # Kirkpatrick knows four
LONGEST_KEY = 30
LONGEST_OPTION = 300
LARGEST_BOUND = 99_999_999
MOST_ITEMS = 500
MOST_OPTIONS = 60
MOST_RANKED = 12
MOST_POINTS = 11
SCORE_BOUNDS = (Decimal(0), Decimal(100))
SKM_BOUNDS = (1, 4)
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
# A name in ${…} begins as an XML name does.
ITEM_KEY = re.compile(r"[a-zA-Z_][-a-zA-Z0-9_]*")


class RuledItem(Protocol):
    """What this module needs to know of an item; a row of the table and an ``ItemDefinition`` have it."""

    key: str
    type: str
    minimum: Decimal | None
    maximum: Decimal | None
    labels: list[dict[str, str]]
    options: list[dict]
    matrix: str
    dimension: str
    is_reverse: bool
    relevance: str
    constraint: str


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """What is wrong, at which item ("" for all of them) and which of its fields."""

    key: str
    field: str
    message: str

    def __str__(self) -> str:
        if not self.key:
            return self.message
        return _("Butir %(item)s: %(problem)s") % {"item": self.key, "problem": self.message}


def problems_of_items(
    items: Iterable[RuledItem], *, dimensions: Mapping[str, object], scoring: str
) -> list[ItemProblem]:
    """Everything that is wrong with these items as one questionnaire, in their order."""
    items = list(items)
    problems = [problem for item in items for problem in problems_of_item(item, dimensions)]
    return [*problems, *_between(items), *_scored(items, scoring)]


def problems_of_item(item: RuledItem, dimensions: Mapping[str, object]) -> Iterator[ItemProblem]:
    """What is wrong with one item, whatever stands beside it."""
    for field, message in (
        *_key(item),
        *_bounds(item),
        *_labels(item),
        *_options(item),
        *_dimension(item, dimensions),
        *_expressions(item),
    ):
        yield ItemProblem(item.key, field, message)


def _key(item: RuledItem) -> Iterator[tuple[str, str]]:
    if not ITEM_KEY.fullmatch(item.key) or len(item.key) > LONGEST_KEY:
        yield (
            "key",
            _(
                "kode butir terdiri atas huruf, angka, garis bawah, atau tanda hubung, tidak diawali angka, "
                "paling panjang 30."
            ),
        )


def _bounds(item: RuledItem) -> Iterator[tuple[str, str]]:
    low, high = item.minimum, item.maximum
    if item.type not in (*SCALES, NUMBER):
        if item.type != MATRIX and (low is not None or high is not None):
            yield "minimum", _("jenis butir ini tidak mempunyai batas terendah dan tertinggi.")
        return
    if item.type in SCALES and (low is None or high is None):
        yield "minimum", _("skala memerlukan titik terendah dan tertinggi.")
    elif low is not None and high is not None and low >= high:
        yield "maximum", _("batas tertinggi harus lebih besar daripada batas terendah.")
    elif item.type == LIKERT and (low % 1 or high % 1):
        yield "minimum", _("titik skala harus bilangan bulat.")
    elif item.type == LIKERT and high - low + 1 > MOST_POINTS:
        yield "maximum", _("skala ini terlalu panjang: paling banyak %(n)s titik.") % {"n": MOST_POINTS}
    elif item.type == SCORE and (low, high) != SCORE_BOUNDS:
        yield "minimum", _("skor berjalan dari 0 sampai 100.")


def _labels(item: RuledItem) -> Iterator[tuple[str, str]]:
    if item.type not in (LIKERT, MATRIX):
        if item.labels:
            yield "labels", _("jenis butir ini tidak mempunyai nama titik skala.")
        return
    if item.labels and item.minimum is not None and item.maximum is not None:
        if len(item.labels) != item.maximum - item.minimum + 1:
            yield "labels", _("nama skala harus satu untuk tiap titik; nama di tengah boleh kosong.")
        elif not (item.labels[0].get("id") and item.labels[-1].get("id")):
            yield "labels", _("kedua ujung skala harus bernama.")


def _options(item: RuledItem) -> Iterator[tuple[str, str]]:
    if item.type not in WITH_OPTIONS:
        if item.options:
            yield "options", _("jenis butir ini tidak mempunyai pilihan jawaban.")
        return
    keys = [option.get("key", "") for option in item.options]
    most = MOST_RANKED if item.type == RANKING else MOST_OPTIONS
    if len(keys) < 2:
        yield "options", _("tulis paling sedikit dua pilihan jawaban.")
    elif len(keys) > most:
        yield "options", _("paling banyak %(n)s pilihan jawaban.") % {"n": most}
    if any(not SLUG.fullmatch(key) or len(key) > LONGEST_KEY for key in keys):
        yield "options", _("kode pilihan terdiri atas huruf, angka, garis bawah, atau tanda hubung.")
    if len({key.casefold() for key in keys}) < len(keys):
        yield "options", _("dua pilihan jawaban mempunyai kode yang sama.")
    if any(not 0 < len(str(option.get("id", "")).strip()) <= LONGEST_OPTION for option in item.options):
        yield "options", _("tiap pilihan jawaban memerlukan nama, paling panjang 300 huruf.")
    scores = [option["score"] for option in item.options if option.get("score") is not None]
    if scores and item.type != CHOICE:
        yield "options", _("nilai pilihan hanya untuk butir satu pilihan.")
    elif scores and len(scores) != len(keys):
        yield "options", _("bila satu pilihan diberi nilai, semua pilihan harus diberi nilai.")
    elif scores and len(set(scores)) < 2:
        yield "options", _("nilai semua pilihan sama sehingga butir ini tidak membedakan apa pun.")


def _dimension(item: RuledItem, dimensions: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if item.dimension and item.type in (*OPEN, *SILENT):
        yield "dimension", _("jenis butir ini tidak termasuk dimensi mana pun.")
    elif item.dimension and item.dimension not in dimensions:
        yield "dimension", _("dimensi ini tidak ada dalam daftar dimensi instrumen.")
    if item.is_reverse and item.type not in SCALES:
        yield "is_reverse", _("hanya butir berskala yang dapat dibalik.")


def _expressions(item: RuledItem) -> Iterator[tuple[str, str]]:
    for field in ("relevance", "constraint"):
        text = getattr(item, field)
        if not text:
            continue
        try:
            node = parse(text)
        except ExpressionError as error:
            yield field, unreadable(error)
            continue
        if field == "relevance" and looks_at_itself(node):
            yield field, _("titik (.) berarti jawaban butir itu sendiri dan hanya berlaku dalam syarat jawaban.")
        if field == "constraint" and item.type in SILENT:
            yield field, _("jenis butir ini tidak dijawab sehingga tidak dapat diberi syarat.")


def unreadable(error: ExpressionError) -> str:
    """What to tell who wrote the expression."""
    if not error.part:
        return _("rumus ini belum selesai.")
    return _("rumus ini tidak dapat dibaca mulai dari “%(part)s” (huruf ke-%(position)s).") % {
        "part": error.part,
        "position": error.position,
    }


def _between(items: list[RuledItem]) -> Iterator[ItemProblem]:
    if len(items) > MOST_ITEMS:
        yield ItemProblem("", "", _("Paling banyak %(n)s butir dalam satu instrumen.") % {"n": MOST_ITEMS})
    seen: dict[str, RuledItem] = {}
    matrix = None
    for item in items:
        if item.key.casefold() in {key.casefold() for key in seen}:
            yield ItemProblem(item.key, "key", _("kode ini dipakai lebih dari satu butir."))
        yield from _matrix_row(item, matrix)
        if not item.matrix:
            matrix = item if item.type == MATRIX else None
        for field in ("relevance", "constraint"):
            yield from _refers_back(item, field, seen)
        seen[item.key] = item
    rows = {item.matrix for item in items if item.matrix}
    for item in items:
        if item.type == MATRIX and item.key not in rows:
            yield ItemProblem(item.key, "rows", _("matriks memerlukan paling sedikit satu baris."))
    if not any(item.type not in SILENT for item in items):
        yield ItemProblem("", "", _("Instrumen memerlukan paling sedikit satu butir yang dijawab."))


def _matrix_row(item: RuledItem, matrix: RuledItem | None) -> Iterator[ItemProblem]:
    if not item.matrix:
        return
    if matrix is None or matrix.key != item.matrix:
        yield ItemProblem(item.key, "matrix", _("baris matriks harus berdiri langsung di bawah matriksnya."))
    elif item.type != LIKERT or (item.minimum, item.maximum) != (matrix.minimum, matrix.maximum):
        yield ItemProblem(item.key, "matrix", _("semua baris matriks memakai skala matriksnya."))
    if item.relevance:
        yield ItemProblem(item.key, "relevance", _("baris matriks tampil bersama matriksnya."))


def _refers_back(item: RuledItem, field: str, earlier: Mapping[str, RuledItem]) -> Iterator[ItemProblem]:
    try:
        wanted = references(parse(getattr(item, field))) if getattr(item, field) else frozenset()
    except ExpressionError:
        return  # said already
    for key in sorted(wanted - {item.key if field == "constraint" else ""}):
        if key not in earlier or earlier[key].type in SILENT:
            message = _("rumus menyebut “%(key)s”, yang bukan butir sebelum butir ini.") % {"key": key}
            yield ItemProblem(item.key, field, message)


def _scored(items: list[RuledItem], scoring: str) -> Iterator[ItemProblem]:
    closed = [item for item in items if item.type not in (*OPEN, *SILENT)]
    scales = [item for item in closed if item.type in (*SCALES, NUMBER)]
    if scoring == "rata_rata" and not scales:
        yield ItemProblem("", "", _("Rata-rata memerlukan paling sedikit satu butir berskala atau angka."))
    if scoring == "tes" and not any(is_scored(item) for item in closed) and len(scales) != 1:
        yield ItemProblem("", "", _("Tes memerlukan soal pilihan yang bernilai, atau tepat satu butir nilai."))
    if scoring == "tes" and any(is_scored(item) for item in closed) and scales:
        yield ItemProblem(
            "", "", _("Tes memuat soal pilihan yang bernilai, atau satu butir nilai; bukan keduanya.")
        )
    if scoring == "skm":
        unsur = [item for item in closed if item.type == LIKERT]
        if not unsur or any((item.minimum, item.maximum) != SKM_BOUNDS for item in unsur):
            yield ItemProblem("", "", _("Unsur SKM memakai skala 1 sampai 4."))


def is_scored(item: RuledItem) -> bool:
    """A question with right and wrong answers."""
    return item.type == CHOICE and any(option.get("score") is not None for option in item.options)
