"""Results -> pictures with the words that stand for them."""

from collections import Counter
from collections.abc import Sequence

from asn_eval.numbers import format_decimal, format_integer, format_percent, format_signed
from reports import charts
from reports.analysis.paired import PairedChange
from reports.analysis.satisfaction import CONVERSION, Band, Satisfaction
from reports.blocks import Picture
from reports.fact_contents import FindingFacts
from reports.narrative.satisfaction import WITHOUT_GRADE, wave_suffix, wave_words
from reports.result_contents import (
    CompetenceResult,
    KnowledgeResult,
    NamedChange,
    SatisfactionResult,
)

LOWEST_CONVERTED, HIGHEST_CONVERTED = 25, 100


def change_picture(caption: str, rows: Sequence[NamedChange], result: CompetenceResult) -> tuple[Picture, ...]:
    """Dots and intervals of the rows that may be shown; none when there is none, several when they are many."""
    return tuple(_change_picture(caption, part, result) for part in _parts(_shown(rows)))


def _change_picture(caption: str, shown: Sequence[NamedChange], result: CompetenceResult) -> Picture:
    svg = charts.change_chart(
        tuple(
            charts.ChangeRow(
                label=row.label,
                before=row.change.mean_before,
                after=row.change.mean_after,
                difference=row.change.mean_difference,
                low=row.change.ci95.low if row.change.ci95 else None,
                high=row.change.ci95.high if row.change.ci95 else None,
                is_total=row.key == "",
            )
            for row in shown
        ),
        low=float(result.minimum),
        high=float(result.maximum),
    )
    told = "; ".join(
        f"{row.label}: {format_decimal(row.change.mean_before)} menjadi {format_decimal(row.change.mean_after)} "
        f"({format_signed(row.change.mean_difference)})"
        for row in shown
    )
    return Picture(svg=svg, alt=f"Rata-rata sebelum dan sesudah program. {told}.", caption=caption)


def direction_picture(caption: str, rows: Sequence[NamedChange]) -> tuple[Picture, ...]:
    """Shares of those whose score fell, stayed and rose."""
    return tuple(_direction_picture(caption, part) for part in _parts(_shown(rows)))


def _direction_picture(caption: str, shown: Sequence[NamedChange]) -> Picture:
    svg = charts.direction_chart(
        tuple(
            charts.DirectionRow(
                label=row.label,
                down=row.change.n_down / row.change.n_paired,
                same=row.change.n_same / row.change.n_paired,
                up=row.change.n_up / row.change.n_paired,
            )
            for row in shown
        )
    )
    told = "; ".join(
        f"{row.label}: {format_percent(row.change.n_up / row.change.n_paired, 0)} meningkat, "
        f"{format_percent(row.change.n_same / row.change.n_paired, 0)} tetap, "
        f"{format_percent(row.change.n_down / row.change.n_paired, 0)} menurun"
        for row in shown
    )
    return Picture(svg=svg, alt=f"Bagian peserta menurut arah perubahan. {told}.", caption=caption)


def knowledge_picture(result: KnowledgeResult) -> tuple[Picture, ...]:
    rows = [("Peserta", result.change), ("Kelompok pembanding", result.comparison)]
    shown = [(name, one) for name, one in rows if isinstance(one, PairedChange) and one.n_paired]
    if not shown:
        return ()
    svg = charts.level_chart(
        tuple(
            charts.LevelRow(f"{name} (n = {one.n_paired})", one.mean_before, one.mean_after) for name, one in shown
        ),
        low=float(result.minimum),
        high=float(result.maximum),
        title="Rata-rata nilai",
    )
    told = "; ".join(
        f"{name}: {format_decimal(one.mean_before)} menjadi {format_decimal(one.mean_after)}"
        for name, one in shown
    )
    return (
        Picture(
            svg=svg,
            alt=f"Rata-rata nilai tes sebelum dan sesudah program. {told}.",
            caption=f"{result.instrument.name} sebelum dan sesudah program",
        ),
    )


def satisfaction_picture(result: SatisfactionResult) -> tuple[Picture, ...]:
    waves = [
        one if isinstance(one, Satisfaction) and one.ikm is not None else None
        for one in (result.satisfaction_before, result.satisfaction_after)
    ]
    if not any(waves):
        return ()
    labels = {item.key: item.label for item in result.instrument.items}
    names = [item.name for item in next(wave for wave in waves if wave).items]
    converted = [
        {item.name: float(item.nrr * CONVERSION) for item in wave.items} if wave else {} for wave in waves
    ]
    index = [float(wave.ikm) if wave else None for wave in waves]
    values = [value for wave in converted for value in wave.values()]
    svg = charts.level_chart(
        (
            charts.LevelRow("IKM", *index, is_total=True),
            *(charts.LevelRow(labels[name], converted[0].get(name), converted[1].get(name)) for name in names),
        ),
        low=_axis_start(min(values)),
        high=HIGHEST_CONVERTED,
        title="Nilai konversi",
        bands=_bands(next(wave for wave in reversed(waves) if wave).bands),
    )
    told = "; ".join(
        f"{name} {format_decimal(wave.ikm)} ({wave.grade or WITHOUT_GRADE})"
        for name, wave in zip(wave_words(result), waves, strict=True)
        if wave
    )
    return (
        Picture(
            svg=svg,
            alt=f"IKM dan nilai tiap unsur: {told}.",
            caption=f"SKM per unsur dengan pita mutu{wave_suffix(result)}",
        ),
    )


def challenge_picture(challenges: Sequence[FindingFacts]) -> tuple[Picture, ...]:
    """Passages of evidence per category of challenge; a single category needs no picture."""
    counts = Counter()
    for challenge in challenges:
        counts[challenge.category] += len(challenge.evidence)
    if len(counts) < 2:
        return ()
    ordered = counts.most_common()
    svg = charts.count_chart(tuple(charts.CountRow(category, n) for category, n in ordered))
    told = "; ".join(f"{category}: {format_integer(n)}" for category, n in ordered)
    return (
        Picture(
            svg=svg,
            alt=f"Banyaknya bukti per kategori tantangan. {told}.",
            caption="Jumlah bukti per kategori tantangan",
        ),
    )


def _shown(rows: Sequence[NamedChange]) -> list[NamedChange]:
    return [row for row in rows if isinstance(row.change, PairedChange) and row.change.n_paired]


def _parts(rows: list[NamedChange]) -> list[list[NamedChange]]:
    """The rows in portions of which each fits on one page."""
    step = charts.ROWS_PER_PICTURE
    return [rows[start : start + step] for start in range(0, len(rows), step)]


def _bands(graded_by: tuple[Band, ...]) -> tuple[charts.Band, ...]:
    """The grades of the SKM from the lowest, each up to where the next begins."""
    lowest_first = graded_by[::-1]
    ends = [*(float(band.low) for band in lowest_first[1:]), HIGHEST_CONVERTED]
    return tuple(
        charts.Band(
            f"{band.grade} ({band.name.lower()})" if band.name else band.grade, float(band.low), end, band.grade
        )
        for band, end in zip(lowest_first, ends, strict=True)
    )


def _axis_start(least: float) -> float:
    """The ten below the smallest value, so that grades are seen without a wide empty left half."""
    return max(LOWEST_CONVERTED, least // 10 * 10 - 5)
