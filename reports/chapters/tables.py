"""Results -> tables of words."""

from collections.abc import Sequence

from asn_eval.numbers import (
    MISSING,
    format_decimal,
    format_integer,
    format_interval,
    format_p_cell,
    format_percent,
    format_signed,
)
from reports.analysis.reliability import Reliability
from reports.analysis.results import Suppressed
from reports.analysis.satisfaction import Satisfaction
from reports.blocks import Column, Table
from reports.fact_contents import SurveyFacts
from reports.narrative.satisfaction import wave_words
from reports.result_contents import (
    ChoiceResult,
    CompetenceResult,
    InstrumentReliability,
    LevelResult,
    NamedChange,
    OptionCount,
    SatisfactionResult,
)
from reports.words import period

CHANGE_COLUMNS = (
    Column("", "text"),
    Column("n", "number"),
    Column("Sebelum", "number"),
    Column("Sesudah", "number"),
    Column("Selisih", "number"),
    Column("Selang 95%", "number"),
    Column("p", "number"),
    Column("g", "number"),
    Column("Naik / tetap / turun", "number"),
)
DETAIL_COLUMNS = (
    Column("", "text"),
    Column("n", "number"),
    Column("SB sebelum", "number"),
    Column("SB sesudah", "number"),
    Column("SB selisih", "number"),
    Column("t (db)", "number"),
    Column("p", "number"),
    Column("p Holm", "number"),
    Column("p Wilcoxon", "number"),
    Column("d_z (selang 95%)", "number"),
)


def change_table(caption: str, rows: Sequence[NamedChange], *, heading: str, minimum: int) -> Table:
    """Means, difference, interval, p (Holm among items), g and directions of each row."""
    return Table(
        caption=caption,
        columns=(Column(heading), *CHANGE_COLUMNS[1:]),
        rows=tuple((row.label, *_change_cells(row)) for row in rows),
        note=_change_note(rows, minimum),
        strong_rows=frozenset(index for index, row in enumerate(rows) if row.key == ""),
    )


def detail_table(caption: str, rows: Sequence[NamedChange], *, heading: str) -> Table:
    """What else stands behind the same rows: spread, test statistics and the rank test."""
    return Table(
        caption=caption,
        columns=(Column(heading), *DETAIL_COLUMNS[1:]),
        rows=tuple((row.label, *_detail_cells(row)) for row in rows),
        note="SB: simpangan baku (pembagi n − 1); db: derajat bebas; d_z: selisih rata-rata dibagi SB selisih.",
        strong_rows=frozenset(index for index, row in enumerate(rows) if row.key == ""),
    )


def competence_rows(result: CompetenceResult) -> tuple[NamedChange, ...]:
    """The total, where there is one, above the dimensions."""
    total = (NamedChange("", "Keseluruhan", result.total),) if result.total is not None else ()
    return (*total, *result.dimensions)


def _change_cells(row: NamedChange) -> tuple[str, ...]:
    change = row.change
    if isinstance(change, Suppressed):
        return (f"< {format_integer(change.minimum)}", *[MISSING] * 7)
    if not change.n_paired:
        return ("0", *[MISSING] * 7)
    interval = change.ci95
    return (
        format_integer(change.n_paired),
        format_decimal(change.mean_before),
        format_decimal(change.mean_after),
        format_signed(change.mean_difference),
        format_interval(interval.low, interval.high) if interval else MISSING,
        format_p_cell(change.p if row.p_holm is None else row.p_holm),
        format_decimal(change.g_av),
        " / ".join(map(format_integer, (change.n_up, change.n_same, change.n_down))),
    )


def _detail_cells(row: NamedChange) -> tuple[str, ...]:
    change = row.change
    if isinstance(change, Suppressed):
        return (f"< {format_integer(change.minimum)}", *[MISSING] * 8)
    t = MISSING if change.t is None else f"{format_decimal(change.t)} ({format_integer(change.df)})"
    d_z = format_decimal(change.d_z)
    if change.d_z_ci is not None:
        d_z = f"{d_z} ({format_interval(change.d_z_ci.low, change.d_z_ci.high)})"
    return (
        format_integer(change.n_paired),
        format_decimal(change.sd_before),
        format_decimal(change.sd_after),
        format_decimal(change.sd_difference),
        t,
        format_p_cell(change.p),
        format_p_cell(row.p_holm),
        format_p_cell(change.wilcoxon.p),
        d_z,
    )


def _change_note(rows: Sequence[NamedChange], minimum: int) -> str:
    notes = [
        "Rata-rata dari yang mengisi kedua gelombang; selisih = sesudah − sebelum, dihitung "
        "sebelum angkanya dibulatkan; g: ukuran efek."
    ]
    if any(row.p_holm is not None for row in rows):
        notes.append("p disesuaikan menurut Holm untuk banyaknya butir.")
    if any("(dibalik)" in row.label for row in rows):
        notes.append("Butir yang dibalik dinilai terbalik, sehingga angka lebih tinggi selalu lebih baik.")
    if any(isinstance(row.change, Suppressed) for row in rows):
        notes.append(f"Baris dengan kurang dari {format_integer(minimum)} orang tidak ditampilkan.")
    return " ".join(notes)


def satisfaction_table(caption: str, result: SatisfactionResult) -> Table:
    """NRR, converted value and grade per unsur and wave; the index last."""
    labels = {item.key: item.label for item in result.instrument.items}
    waves = (result.satisfaction_before, result.satisfaction_after)
    rows = [
        (labels[item.key], *(cell for wave in waves for cell in _unsur_cells(wave, item.key)))
        for item in result.instrument.unsur
    ]
    rows.append(("IKM", *(cell for wave in waves for cell in _index_cells(wave))))
    return Table(
        caption=caption,
        columns=(
            Column("Unsur"),
            *(
                Column(f"{name} {wave}", "number")
                for wave in wave_words(result)
                for name in ("n", "NRR", "Konversi", "Mutu")
            ),
        ),
        rows=tuple(rows),
        note="NRR: nilai rata-rata per unsur pada skala 1 sampai 4; konversi = NRR × 25.",
        strong_rows=frozenset({len(rows) - 1}),
    )


def _unsur_cells(wave: Satisfaction | Suppressed | None, key: str) -> tuple[str, ...]:
    if not isinstance(wave, Satisfaction):
        return (MISSING,) * 4
    item = next(item for item in wave.items if item.name == key)
    converted = None if item.nrr is None else item.nrr * 25
    return (format_integer(item.n), format_decimal(item.nrr, 3), format_decimal(converted), item.grade or MISSING)


def _index_cells(wave: Satisfaction | Suppressed | None) -> tuple[str, ...]:
    if isinstance(wave, Suppressed):
        return (f"< {format_integer(wave.minimum)}", *[MISSING] * 3)
    if wave is None:
        return (MISSING,) * 4
    return (
        format_integer(wave.n_respondents),
        format_decimal(wave.index, 3),
        format_decimal(wave.ikm),
        wave.grade or MISSING,
    )


def level_table(result: LevelResult) -> Table:
    rows = []
    for one in result.scores:
        measured = one.distribution
        if isinstance(measured, Suppressed):
            rows.append((one.label, f"< {format_integer(measured.minimum)}", *[MISSING] * 3))
        else:
            rows.append(
                (
                    one.label,
                    format_integer(measured.n),
                    format_decimal(measured.mean),
                    format_decimal(measured.sd),
                    format_decimal(measured.median),
                )
            )
    return Table(
        caption=f"Skor {result.instrument.name}, {result.survey.wave.lower()} program",
        columns=(
            Column("Skor"),
            Column("n", "number"),
            Column("Rata-rata", "number"),
            Column("SB", "number"),
            Column("Median", "number"),
        ),
        rows=tuple(rows),
        note="SB: simpangan baku.",
        strong_rows=frozenset(index for index, one in enumerate(result.scores) if one.key == ""),
    )


def choice_table(question: ChoiceResult, minimum: int) -> Table:
    """n and percent of each option of one question; of a ranking the mean place as well."""
    columns = [Column("Pilihan"), Column("n", "number"), Column("%", "number")]
    if question.is_ranking:
        columns = [Column("Pilihan"), Column("n", "number"), Column("Rata-rata urutan", "number")]
    if isinstance(question.options, Suppressed):
        rows = ((f"Kurang dari {format_integer(minimum)} orang menjawab", MISSING, MISSING),)
    else:
        rows = tuple(
            (option.label, format_integer(option.n), _share(question, option)) for option in question.options
        )
    shown = "kurang dari batas" if isinstance(question.options, Suppressed) else format_integer(question.n)
    note = f"n = {shown} orang yang menjawab."
    if question.is_multiple:
        note += " Satu orang dapat memilih lebih dari satu, sehingga jumlahnya dapat melebihi 100%."
    return Table(caption=f"{question.label}: {question.text}", columns=tuple(columns), rows=rows, note=note)


def _share(question: ChoiceResult, option: OptionCount) -> str:
    if not question.n:
        return MISSING
    return format_decimal(option.mean_place) if question.is_ranking else format_percent(option.n / question.n, 1)


def survey_table(surveys: Sequence[SurveyFacts]) -> Table:
    return Table(
        caption="Survei, responden, dan tingkat respons",
        columns=(
            Column("Instrumen"),
            Column("Responden"),
            Column("Gelombang", "short"),
            Column("Masa pengisian"),
            Column("Diundang", "number"),
            Column("Menjawab", "number"),
            Column("Respons", "number"),
        ),
        rows=tuple(
            (
                survey.instrument,
                survey.respondents,
                survey.wave,
                period(survey.opens_on, survey.closes_on),
                format_integer(survey.n_invited),
                format_integer(survey.n_answered),
                format_percent(survey.response_rate, 1),
            )
            for survey in surveys
        ),
        note="Survei masyarakat dibuka lewat tautan umum, sehingga tidak mempunyai jumlah yang diundang."
        if any(survey.is_public for survey in surveys)
        else "",
    )


def reliability_table(measured: Sequence[InstrumentReliability]) -> Table:
    rows, strong = [], set()
    for instrument in measured:
        for wave in instrument.waves:
            strong.add(len(rows))
            rows.append((instrument.instrument, wave.wave, *_alpha_cells(wave.total)))
            rows += [(name, wave.wave, *_alpha_cells(one)) for name, one in wave.dimensions]
    return Table(
        caption="Keandalan instrumen (Cronbach's alpha)",
        columns=(
            Column("Skala"),
            Column("Gelombang", "short"),
            Column("Butir", "number"),
            Column("n lengkap", "number"),
            Column("Alpha", "number"),
            Column("Selang 95%", "number"),
        ),
        rows=tuple(rows),
        note="Dihitung dari responden yang menjawab semua butir instrumen; baris tebal untuk seluruh skala.",
        strong_rows=frozenset(strong),
    )


def _alpha_cells(measured: Reliability | Suppressed) -> tuple[str, ...]:
    if isinstance(measured, Suppressed):
        return (MISSING, f"< {format_integer(measured.minimum)}", MISSING, MISSING)
    return (
        format_integer(measured.n_items),
        format_integer(measured.n_complete),
        format_decimal(measured.alpha),
        format_interval(measured.ci95.low, measured.ci95.high) if measured.ci95 else MISSING,
    )
