"""Indicators before and after the program -> Indonesian sentences. Pure."""

from asn_eval.numbers import format_integer, format_percent, format_signed
from reports.analysis.indicators import Direction, IndicatorChange, Level, Polarity, Signal, SignalKind
from reports.analysis.ordinal import OrdinalChange
from reports.analysis.results import Suppressed
from reports.indicator_contents import IndicatorResult, PredicateResult
from reports.words import amount, day, decimals, listing, lower_first, sentence_case

FEW_MEASUREMENTS = 4  # with fewer points nobody can tell a change from the usual ups and downs
ENOUGH_FOR_A_CHART = 10  # points from which on the rules of a run chart hold (run_signals)
UNDER_WAY = 4  # points of a trend before the program, one more than a few chance ups and downs make
PERCENT_UNITS = ("%", "persen", "persentase")  # the percentage of a percentage misleads
MEANINGS = {
    Direction.IMPROVED: "perubahan ini adalah perbaikan",
    Direction.WORSENED: "perubahan ini adalah kemunduran",
    Direction.UNCHANGED: "belum ada perbaikan maupun kemunduran",
}
TOWARDS = {
    Direction.IMPROVED: "ke arah yang lebih baik",
    Direction.WORSENED: "ke arah yang lebih buruk",
}


def indicator_paragraphs(result: IndicatorResult) -> tuple[str, ...]:
    """The change with its meaning and target; what the chart shows; what the unit beside it did."""
    if not result.is_judged:
        return _not_judged(result)
    change = (_change_sentence(result), _meaning(result), *_target_sentence(result))
    return (" ".join(change), *_signal_sentences(result), *_comparison_sentences(result))


def indicator_headline(result: IndicatorResult) -> str:
    """The change of an indicator in one sentence, for a summary."""
    if not result.is_judged:
        return _not_judged(result)[0]
    change = result.change
    ends = f"dari {amount(change.baseline)} menjadi {amount(change.last, result.unit)}"
    meaning = {Direction.IMPROVED: ", suatu perbaikan", Direction.WORSENED: ", suatu kemunduran"}.get(
        change.direction, ""
    )
    if result.judged.is_within_usual and change.direction is not Direction.UNCHANGED:
        meaning = ", masih dalam rentang sebelum program"
    target = _target_sentence(result)
    reached = f"; {lower_first(target[0])}" if target else "."
    return f"{_named(result)} {_verb(change)} {ends}{meaning}{reached}"


def indicator_cautions(result: IndicatorResult) -> tuple[str, ...]:
    """What weakens the change: few measurements, a move that had begun before, nothing to compare with."""
    n = len(result.points)
    if not result.is_judged:
        return ()
    cautions = []
    if n < FEW_MEASUREMENTS:
        cautions.append(
            f"Hanya ada {format_integer(n)} pengukuran; naik turun yang biasa belum dapat dibedakan dari "
            "perubahan."
        )
    elif result.signals is None and result.judged.before:
        cautions.append(
            f"Pergeseran dan kecenderungan baru dinilai mulai {ENOUGH_FOR_A_CHART} pengukuran; kini ada "
            f"{format_integer(n)}."
        )
    if any(_began_before(signal, result) for signal in result.signals or ()):
        cautions.append(
            "Kecenderungan itu sudah dimulai sebelum program, sehingga tidak hanya berkaitan dengannya."
        )
    if result.comparison is None:
        cautions.append(
            "Tidak ada unit pembanding; perubahan ini berkaitan dengan masa program dan belum tentu disebabkan "
            "olehnya."
        )
    return tuple(cautions)


def predicate_sentences(result: PredicateResult) -> tuple[str, ...]:
    """Shares of good predicates before and after, and which way two employees compare; never an average."""
    where = f"{sentence_case(result.name)} di {result.agency}"
    change = result.change
    if isinstance(change, Suppressed):
        return (f"{where} tidak ditampilkan karena kurang dari {format_integer(change.minimum)} pegawai dinilai.",)
    if change is None or change.superiority is None:
        missing = " dan ".join(
            name
            for name, side in (("sebelum", result.before), ("sesudah", result.after))
            if side is None or (not isinstance(side.counts, Suppressed) and not sum(side.counts))
        )
        return (f"{where} belum dapat dibandingkan: belum ada data {missing} program.",)
    good = f"{result.names[result.good_from]} atau lebih"
    return (
        f"{where}: pegawai berpredikat {good} {format_percent(change.good_before, 1)} dari "
        f"{format_integer(change.n_before)} orang sebelum program ({day(result.before.date)}) dan "
        f"{format_percent(change.good_after, 1)} dari {format_integer(change.n_after)} orang sesudahnya "
        f"({day(result.after.date)}).",
        _superiority_sentence(change),
    )


PREDICATE_CAUTION = (
    "Predikat adalah urutan, bukan angka, sehingga tidak dirata-ratakan. Data ini tidak menunjukkan siapa yang "
    "berpindah predikat, dan pegawainya dapat berganti di antara kedua penilaian."
)


def _superiority_sentence(change: OrdinalChange) -> str:
    chance = format_percent(change.superiority, 0)
    word = {
        Direction.IMPROVED: "secara keseluruhan predikat bergeser ke atas",
        Direction.WORSENED: "secara keseluruhan predikat bergeser ke bawah",
        Direction.UNCHANGED: "secara keseluruhan predikat tidak bergeser",
    }[change.direction]
    return (
        f"Peluang seorang pegawai sesudah program berpredikat lebih baik daripada seorang pegawai sebelumnya, "
        f"dengan predikat yang sama dihitung setengah, adalah {chance} (50% berarti tidak berbeda): {word}."
    )


def _named(result: IndicatorResult) -> str:
    return f"{sentence_case(result.name)} di {result.agency}"


def _verb(change: IndicatorChange) -> str:
    if change.direction is Direction.UNCHANGED:
        return "tetap"
    return "naik" if change.difference > 0 else "turun"


def _not_judged(result: IndicatorResult) -> tuple[str, ...]:
    if not result.points:
        return (f"Belum ada pengukuran untuk {result.name} di {result.agency}.",)
    if len(result.points) == 1 and result.judged.known_baseline is None:
        point = result.points[0]
        return (
            f"{_named(result)} baru diukur satu kali: {amount(point.value, result.unit)} ({day(point.date)}). "
            "Perubahannya belum dapat dinilai.",
        )
    held = [
        f"{words} {amount(level.median, result.unit)} ({_made_of(level)})"
        for words, level in (("sebelum program", result.judged.before), ("sesudah program", result.judged.after))
        if level
    ]
    missing = "sesudah" if result.judged.after is None else "sebelum"
    told = f"{_named(result)}: {listing(held)}. " if held else f"{_named(result)}: "
    rest = f"belum ada pengukuran {missing} program, sehingga perubahannya belum dapat dinilai."
    return (f"{told}{sentence_case(rest) if held else rest}",)


def _made_of(level: Level) -> str:
    """1 Juli 2026; or: nilai tengah 6 pengukuran, 1.234 kasus."""
    cases = "" if level.n_cases is None else f", {format_integer(level.n_cases)} kasus"
    if level.n_points == 1:
        return f"{day(level.first)}{cases}"
    return f"nilai tengah {format_integer(level.n_points)} pengukuran{cases}"


def _change_sentence(result: IndicatorResult) -> str:
    change, judged = result.change, result.judged
    known = judged.known_baseline is not None
    start = f"{amount(change.baseline, result.unit)} ({'nilai awal' if known else _made_of(judged.before)})"
    end = f"{amount(change.last, result.unit)} ({_made_of(judged.after)})"
    if change.direction is Direction.UNCHANGED:
        return f"{_named(result)} tetap: {start} sebelum program dan {end} sesudahnya."
    moved = f"{_named(result)} {_verb(change)} dari {start} sebelum program menjadi {end} sesudahnya"
    if result.unit.lower() in PERCENT_UNITS:
        return f"{moved}, {amount(abs(change.difference))} poin persentase."
    percent = "" if change.percent_change is None else f", {format_percent(abs(change.percent_change) / 100, 1)}"
    return f"{moved}{percent}."


def _meaning(result: IndicatorResult) -> str:
    rule = _rule(result)
    if result.judged.is_within_usual and result.change.direction is not Direction.UNCHANGED:
        low, high = (amount(end) for end in result.judged.usual)
        return (
            f"Pada indikator ini {rule}, tetapi nilai akhirnya masih berada dalam rentang sebelum program ({low} "
            f"sampai {high}), sehingga belum dapat disebut perbaikan atau kemunduran."
        )
    return f"Karena pada indikator ini {rule}, {MEANINGS[result.change.direction]}."


def _rule(result: IndicatorResult) -> str:
    is_less = result.change.polarity is Polarity.LESS_IS_BETTER
    return "makin rendah makin baik" if is_less else "makin tinggi makin baik"


def _target_sentence(result: IndicatorResult) -> tuple[str, ...]:
    change, judged = result.change, result.judged
    if change.target is None or change.target_reached is None:
        return ()
    reached = "tercapai" if change.target_reached else "belum tercapai"
    target = f"Target {amount(change.target, result.unit)} {reached}"
    if judged.after.n_points == 1:
        return (f"{target}.",)
    latest = f"{amount(judged.latest.value)} pada {day(judged.latest.date)}"
    counted = f"{format_integer(judged.n_reaching)} dari {format_integer(judged.after.n_points)} pengukuran"
    return (f"{target} pada pengukuran terakhir ({latest}); {counted} sesudah program memenuhinya.",)


def _signal_sentences(result: IndicatorResult) -> tuple[str, ...]:
    """Of the signals that reach into the time after the first day; what lay before is no change of ours."""
    if result.signals is None:
        return ()
    told = [_signal_words(signal) for signal in result.signals if signal.end > result.starts]
    if not told:
        return ("Grafiknya tidak menunjukkan pergeseran atau kecenderungan sejak program dimulai.",)
    return (f"Grafiknya menunjukkan {listing(told)}.",)


def _signal_words(signal: Signal) -> str:
    n, span = format_integer(signal.n_points), f"{day(signal.start)} sampai {day(signal.end)}"
    if signal.kind is SignalKind.SHIFT:
        side = "di atas" if signal.rises else "di bawah"
        return f"pergeseran ({n} pengukuran berturut-turut {side} nilai tengah sebelum program, {span})"
    way = "naik" if signal.rises else "turun"
    return f"kecenderungan {way} ({n} pengukuran berturut-turut, {span})"


def _began_before(signal: Signal, result: IndicatorResult) -> bool:
    """A trend with the change that was under way already: several of its points lie before the first day."""
    is_trend = signal.kind is SignalKind.TREND and signal.direction is result.change.direction
    if not is_trend or signal.end <= result.starts:
        return False
    return sum(signal.start <= point.date <= result.starts for point in result.points) >= UNDER_WAY


def _comparison_sentences(result: IndicatorResult) -> tuple[str, ...]:
    compared = result.comparison
    if compared is None:
        return ()
    change, difference = compared.judged.change, compared.difference
    where = f"Pada unit pembanding, {compared.agency},"
    if change.difference is None:
        return (f"{where} belum ada pengukuran sebelum dan sesudah program.",)
    places = max(decimals(change.difference), decimals(difference.difference))
    moved = f"nilai tengahnya dari {amount(change.baseline)} menjadi {amount(change.last, result.unit)}"
    by = format_signed(change.difference, places)
    if difference.direction is Direction.UNCHANGED:
        return (f"{where} {moved} ({by}), perubahan yang sama.",)
    gap = format_signed(difference.difference, places)
    return (
        f"{where} {moved} ({by}). Selisih kedua perubahan {gap} {result.unit}, {TOWARDS[difference.direction]}.",
    )
