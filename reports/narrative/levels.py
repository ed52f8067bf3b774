"""Satisfaction, indicators and single waves -> Indonesian sentences. Pure."""

from asn_eval.numbers import format_decimal, format_integer, format_percent
from reports.analysis.indicators import Direction, Polarity
from reports.analysis.results import Suppressed
from reports.result_contents import ChoiceResult, ChoiceResults, IndicatorResult, LevelResult
from reports.words import amount, day, listing, lower_first, sentence_case

FEW_MEASUREMENTS = 4  # with fewer points nobody can tell a change from the usual ups and downs
PERCENT_UNITS = ("%", "persen", "persentase")  # the percentage of a percentage misleads


def indicator_sentences(result: IndicatorResult) -> tuple[str, ...]:
    """From the value found to the last one, what that means for this indicator, and the target."""
    if not result.points:
        return (f"Belum ada pengukuran untuk {result.name} di {result.agency}.",)
    if result.baseline is None or result.last is None:
        point = result.points[-1]
        return (
            f"{sentence_case(result.name)} di {result.agency} baru diukur satu kali: "
            f"{amount(point.value, result.unit)} ({day(point.date)}). Perubahannya belum dapat dinilai.",
            *_target_sentence(result),
        )
    return (_indicator_change_sentence(result), _indicator_meaning(result), *_target_sentence(result))


def is_within_usual(result: IndicatorResult) -> bool:
    """The last value lies where the values before the program already lay."""
    if result.usual is None or result.last is None:
        return False
    low, high = result.usual
    return low <= result.last.value <= high


def indicator_headline(result: IndicatorResult) -> str:
    """The change of an indicator in one sentence, for a summary."""
    if result.baseline is None or result.last is None:
        return indicator_sentences(result)[0]
    change = result.change
    name = f"{sentence_case(result.name)} di {result.agency}"
    ends = f"dari {amount(change.baseline)} menjadi {amount(change.last, result.unit)}"
    word = {Direction.UNCHANGED: "tetap"}.get(change.direction, "naik" if change.difference > 0 else "turun")
    meaning = {Direction.IMPROVED: ", suatu perbaikan", Direction.WORSENED: ", suatu kemunduran"}.get(
        change.direction, ""
    )
    if is_within_usual(result) and change.direction is not Direction.UNCHANGED:
        meaning = ", masih dalam rentang sebelum program"
    target = _target_sentence(result)
    reached = f"; {lower_first(target[0])}" if target else "."
    return f"{name} {word} {ends}{meaning}{reached}"


def indicator_cautions(result: IndicatorResult) -> tuple[str, ...]:
    if result.last is not None and len(result.points) < FEW_MEASUREMENTS:
        n = format_integer(len(result.points))
        return (f"Hanya ada {n} pengukuran; naik turun yang biasa belum dapat dibedakan dari perubahan.",)
    return ()


def _indicator_change_sentence(result: IndicatorResult) -> str:
    change = result.change
    start = f"{amount(change.baseline, result.unit)} ({day(result.baseline.date)})"
    end = f"{amount(change.last, result.unit)} ({day(result.last.date)})"
    name = f"{sentence_case(result.name)} di {result.agency}"
    if change.direction is Direction.UNCHANGED:
        return f"{name} tetap: {start} dan {end}."
    word = "naik" if change.difference > 0 else "turun"
    is_share = result.unit.lower() in PERCENT_UNITS
    if is_share:
        return f"{name} {word} dari {start} menjadi {end}, {amount(abs(change.difference))} poin persentase."
    percent = "" if change.percent_change is None else f", {format_percent(abs(change.percent_change) / 100, 1)}"
    return f"{name} {word} dari {start} menjadi {end}{percent}."


def _indicator_meaning(result: IndicatorResult) -> str:
    rule = (
        "makin rendah makin baik"
        if result.change.polarity is Polarity.LESS_IS_BETTER
        else "makin tinggi makin baik"
    )
    if is_within_usual(result) and result.change.direction is not Direction.UNCHANGED:
        low, high = (amount(end) for end in result.usual)
        return (
            f"Pada indikator ini {rule}, tetapi nilai akhirnya masih berada dalam rentang sebelum program ({low} "
            f"sampai {high}), sehingga belum dapat disebut perbaikan atau kemunduran."
        )
    meaning = {
        Direction.IMPROVED: "perubahan ini adalah perbaikan",
        Direction.WORSENED: "perubahan ini adalah kemunduran",
        Direction.UNCHANGED: "belum ada perbaikan maupun kemunduran",
    }[result.change.direction]
    return f"Karena pada indikator ini {rule}, {meaning}."


def _target_sentence(result: IndicatorResult) -> tuple[str, ...]:
    change = result.change
    if change.target is None or change.target_reached is None:
        return ()
    reached = "tercapai" if change.target_reached else "belum tercapai"
    return (f"Target {amount(change.target, result.unit)} {reached}.",)


def choice_sentences(results: ChoiceResults) -> tuple[str, ...]:
    """What was chosen most at each question, with its n; a small group is said to be withheld."""
    return tuple(_choice_sentence(question) for question in results.questions)


def _choice_sentence(question: ChoiceResult) -> str:
    if isinstance(question.options, Suppressed):
        return (
            f"{question.label}: tidak ditampilkan karena kurang dari {format_integer(question.options.minimum)} "
            "orang menjawab."
        )
    if not question.n:
        return f"{question.label}: belum ada yang menjawab."
    n = format_integer(question.n)
    if question.is_ranking:
        first = min(question.options, key=lambda option: option.mean_place)
        return (
            f"{question.label}: urutan pertama “{first.label}” (rata-rata urutan "
            f"{format_decimal(first.mean_place)}; n = {n})."
        )
    most = max(option.n for option in question.options)
    named = listing([f"“{option.label}”" for option in question.options if option.n == most])
    return (
        f"{question.label}: paling banyak dipilih {named} ({format_integer(most)} dari {n} orang, "
        f"{format_percent(most / question.n, 1)})."
    )


def level_sentences(result: LevelResult) -> tuple[str, ...]:
    """One wave: its mean and n; no change can be read from it."""
    survey = result.survey
    total = next((one.distribution for one in result.scores if one.key == ""), None)
    wave = survey.wave.lower()
    if survey.n_answered == 0 or total is None:
        return (f"Belum ada jawaban pada survei {result.instrument.name} ({wave}).",)
    if isinstance(total, Suppressed):
        return (
            f"Hasil {result.instrument.name} ({wave}) tidak ditampilkan karena kurang dari "
            f"{format_integer(total.minimum)} orang menjawab.",
        )
    if total.n == 0:
        return (f"Belum cukup jawaban lengkap pada {result.instrument.name} ({wave}) untuk menghitung skor.",)
    return (
        f"Rata-rata skor {result.instrument.name} ({wave}) adalah {format_decimal(total.mean)} pada skala "
        f"{amount(result.minimum)} sampai {amount(result.maximum)} (n = {format_integer(total.n)}). "
        "Tanpa gelombang pasangan dari orang yang sama, perubahan tidak dapat dihitung.",
    )
