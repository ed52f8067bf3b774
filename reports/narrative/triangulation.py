"""Sources side by side -> Indonesian words. Pure."""

from collections.abc import Iterable, Sequence

from asn_eval.numbers import MISSING, format_integer
from reports.analysis.triangulation import Agreement, Direction, Strength
from reports.triangulation import (
    DOCUMENTS,
    INDICATORS,
    INTERVIEWS,
    OBSERVATIONS,
    SURVEYS,
    NamedStrand,
    ObjectiveEvidence,
)
from reports.words import listing, lower_first

MEASURED = {
    Direction.FAVOURABLE: "membaik",
    Direction.UNFAVOURABLE: "memburuk",
    Direction.UNCHANGED: "belum berubah",
    Direction.MIXED: "beragam",
    Direction.UNKNOWN: "tanpa pembanding",
}
HEARD = MEASURED | {Direction.FAVOURABLE: "mendukung", Direction.UNFAVOURABLE: "mempersoalkan"}
STRENGTHS = {Strength.WEAK: "lemah", Strength.MODERATE: "sedang", Strength.STRONG: "kuat", None: MISSING}
AGREEMENTS = {
    Agreement.AGREE: "sejalan",
    Agreement.PARTLY: "sebagian sejalan",
    Agreement.CONTRADICT: "bertentangan",
    Agreement.ONE_SOURCE: "satu sumber",
    Agreement.SILENT: "tidak ada data",
}
COLUMNS = {
    SURVEYS: "Survei",
    INTERVIEWS: "Wawancara",
    OBSERVATIONS: "Observasi",
    DOCUMENTS: "Dokumen",
    INDICATORS: "Indikator",
}
UNITS = {
    SURVEYS: "orang",
    INTERVIEWS: "informan",
    OBSERVATIONS: "pengamatan",
    DOCUMENTS: "dokumen",
    INDICATORS: "pengukuran",
}
SHOWING = {
    Direction.FAVOURABLE: "keadaan yang membaik",
    Direction.UNFAVOURABLE: "keadaan yang belum baik",
    Direction.UNCHANGED: "keadaan yang belum berubah",
    Direction.MIXED: "gambaran yang beragam",
}
RULE = (
    "Arah survei dibaca dari selang 95% selisih rata-rata, arah indikator dari arah yang lebih baik, dan arah "
    "wawancara, observasi, serta dokumen dari temuan yang bertumpu padanya. Kekuatan menyatakan seberapa jauh "
    "sumber itu dapat menjadi pegangan; tidak ada nilai gabungan."
)


def direction_word(kind: str, direction: Direction) -> str:
    """In a word, as it suits what was measured or heard."""
    return (MEASURED if kind in (SURVEYS, INDICATORS) else HEARD)[direction]


def source_name(strand: NamedStrand) -> str:
    """The source for a row: who was asked and what, or the kind of record."""
    if strand.kind == SURVEYS:
        return f"Survei {lower_first(strand.group)}: {lower_first(strand.label)}"
    if strand.kind == INDICATORS:
        return f"Indikator: {lower_first(strand.label)}"
    return COLUMNS[strand.kind]


def basis(strand: NamedStrand) -> str:
    """The n of a strand with what it counts."""
    return f"{format_integer(strand.strand.n)} {strand.counted or UNITS[strand.kind]}"


def overview_cell(strands: Sequence[NamedStrand]) -> str:
    """One word for all strands of one column, also where there are no data."""
    directions = {one.strand.direction for one in strands}
    known = directions - {Direction.UNKNOWN}
    if not directions:
        return AGREEMENTS[Agreement.SILENT]
    if not known:
        return direction_word(strands[0].kind, Direction.UNKNOWN)
    return direction_word(strands[0].kind, known.pop() if len(known) == 1 else Direction.MIXED)


def missing_sources(row: ObjectiveEvidence) -> tuple[str, ...]:
    """The kinds of source that say nothing of an objective."""
    held = {one.kind for one in row.strands}
    return tuple(lower_first(name) for kind, name in COLUMNS.items() if kind not in held)


def objective_sentences(row: ObjectiveEvidence) -> tuple[str, ...]:
    """How the sources of one objective stand to each other, and which of them are missing."""
    gaps = missing_sources(row)
    missing = f"Tidak ada data dari {listing(gaps)}." if gaps and len(gaps) < len(COLUMNS) else ""
    return tuple(sentence for sentence in (_stand(row), missing) if sentence)


def _stand(row: ObjectiveEvidence) -> str:
    known = [one for one in row.strands if one.strand.direction is not Direction.UNKNOWN]
    if row.agreement is Agreement.SILENT:
        if row.strands:
            return "Data sudah ada, tetapi belum ada yang dapat dibandingkan, sehingga arahnya belum diketahui."
        return "Belum ada data untuk sasaran ini."
    if row.agreement is Agreement.ONE_SOURCE:
        only = known[0]
        return (
            f"Hanya satu sumber yang menunjukkan arah, yaitu {_plain(only)}: {SHOWING[only.strand.direction]}. "
            "Belum ada sumber lain untuk membandingkannya."
        )
    if row.agreement is Agreement.AGREE:
        return f"{_names(known, first=True)} sejalan menunjukkan {SHOWING[known[0].strand.direction]}."
    told = "; ".join(
        f"{_names(held)} menunjukkan {SHOWING[direction]}" for direction, held in _by_direction(known)
    )
    if row.agreement is Agreement.CONTRADICT:
        return f"Sumber-sumbernya bertentangan: {told}. Penyebab perbedaan ini perlu dicari sebelum disimpulkan."
    return f"Sumber-sumbernya sejalan sebagian: {told}."


def _by_direction(strands: Iterable[NamedStrand]) -> list[tuple[Direction, list[NamedStrand]]]:
    held: dict[Direction, list[NamedStrand]] = {}
    for one in strands:
        held.setdefault(one.strand.direction, []).append(one)
    return list(held.items())


def _plain(strand: NamedStrand) -> str:
    return f"survei {lower_first(strand.group)}" if strand.kind == SURVEYS else lower_first(COLUMNS[strand.kind])


def _names(strands: Iterable[NamedStrand], *, first: bool = False) -> str:
    words = listing(list(dict.fromkeys(_plain(one) for one in strands)))
    return words[:1].upper() + words[1:] if first else words
