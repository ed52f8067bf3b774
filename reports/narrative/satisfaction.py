"""How satisfied the public is -> Indonesian sentences, by the rules of the instrument. Pure."""

from decimal import Decimal

from asn_eval.numbers import format_decimal, format_integer, format_signed
from reports.analysis.results import Suppressed
from reports.analysis.satisfaction import BANDS_2017, Satisfaction
from reports.result_contents import SatisfactionResult, SatisfactionRules
from reports.words import amount, listing, lower_first

WITHOUT_GRADE = "tanpa mutu"  # below the lowest band of an instrument whose bands do not begin at 25
REGULATION = "Peraturan Menteri PANRB Nomor 14 Tahun 2017"
STEP = Decimal("0.01")  # between the end of a band and the beginning of the next
HIGHEST = Decimal(100)


def wave_words(result: SatisfactionResult) -> tuple[str, str]:
    """How the two waves are called before the word "program"."""
    return "sebelum", "sesudah" if result.after is None else result.after.wave.lower()


def is_later(result: SatisfactionResult) -> bool:
    """Whether the second wave came months after the one that follows a program."""
    return wave_words(result)[1] != "sesudah"


def result_name(result: SatisfactionResult) -> str:
    """The instrument, and the wave where it is not plainly before and after."""
    return result.instrument.name + wave_suffix(result)


def wave_suffix(result: SatisfactionResult) -> str:
    """Behind a title: which wave it is where that is not plainly the one after the program."""
    return f" ({wave_words(result)[1]})" if is_later(result) else ""


def index_name(result: SatisfactionResult) -> str:
    later = f" {wave_words(result)[1]} program" if is_later(result) else ""
    return f"Indeks kepuasan masyarakat (IKM){later}"


def rules_sentence(rules: SatisfactionRules) -> str:
    """By what the index was computed and graded."""
    weights = "; ".join(f"{lower_first(label)}: {amount(weight)}" for label, weight in rules.weights)
    weighed = f"bobot tiap unsur sendiri ({weights})" if weights else "bobot yang sama untuk setiap unsur"
    source = rules.legal_source or ("" if rules.bands or rules.weights else REGULATION)
    by = f" menurut {source}" if source else ""
    graded = " menurut rentang pada instrumennya" if rules.bands and not source else ""
    return (
        f"Indeks kepuasan masyarakat (IKM) dihitung{by} dengan {weighed}, dibulatkan dua desimal, lalu diberi "
        f"mutu{graded}."
    )


def rules_formula(rules: SatisfactionRules) -> str:
    """The index as a formula, and the values of each grade."""
    bands = rules.bands or BANDS_2017
    ends = [HIGHEST, *(band.low - STEP for band in bands[:-1])]
    graded = "; ".join(
        f"{band.grade} {format_decimal(band.low)}–{amount(end) if end == HIGHEST else format_decimal(end)}"
        for band, end in zip(bands, ends, strict=True)
    )
    if rules.weights:
        return f"jumlah (NRR unsur × bobot unsur) / jumlah bobot × 25; {graded}"
    return f"jumlah (NRR unsur × 1/banyak unsur) × 25; {graded}"


def satisfaction_sentences(result: SatisfactionResult) -> tuple[str, ...]:
    """The index of each wave with its grade and n, their difference, and the weakest unsur."""
    waves = zip(wave_words(result), (result.satisfaction_before, result.satisfaction_after), strict=True)
    sentences = [_satisfaction_sentence(name, measured) for name, measured in waves if measured is not None]
    if not sentences:
        return ("Belum ada jawaban SKM pada gelombang mana pun.",)
    difference = satisfaction_difference(result)
    if difference is not None:
        word = "tetap" if not difference else ("naik" if difference > 0 else "turun")
        by = "" if not difference else f" {format_decimal(abs(difference))} poin"
        sentences.append(
            f"IKM {word}{by}. Responden kedua gelombang bukan orang yang sama, "
            "sehingga perbedaan ini juga dapat berasal dari perbedaan respondennya."
        )
    latest = result.satisfaction_after or result.satisfaction_before
    if isinstance(latest, Satisfaction) and latest.lowest:
        labels = {item.key: item.label for item in result.instrument.items}
        names = listing([lower_first(labels[key]) for key in latest.lowest])
        sentences.append(f"Unsur dengan nilai terendah: {names}.")
    return tuple(sentences)


def satisfaction_headline(result: SatisfactionResult) -> str:
    """Both waves with grade and n in one sentence, for a summary; only what there is where one is missing."""
    difference = satisfaction_difference(result)
    if difference is None:
        return " ".join(satisfaction_sentences(result)[:2])
    before, after = (
        f"{format_decimal(one.ikm)} ({_graded(one)}; n = {format_integer(one.n_respondents)})"
        for one in (result.satisfaction_before, result.satisfaction_after)
    )
    if not difference:
        waves = f"{before} sebelum dan {after} {wave_words(result)[1]} program"
        return f"Indeks kepuasan masyarakat (IKM) tetap: {waves}."
    word = "naik" if difference > 0 else "turun"
    return f"{index_name(result)} {word} dari {before} menjadi {after}, selisih {format_signed(difference)} poin."


def satisfaction_difference(result: SatisfactionResult) -> Decimal | None:
    """After − before of two indices that may both be shown."""
    both = (result.satisfaction_before, result.satisfaction_after)
    if not all(isinstance(one, Satisfaction) and one.ikm is not None for one in both):
        return None
    return both[1].ikm - both[0].ikm


def _satisfaction_sentence(wave: str, measured: Satisfaction | Suppressed) -> str:
    if isinstance(measured, Suppressed):
        least = format_integer(measured.minimum)
        return f"IKM {wave} program tidak ditampilkan karena ada unsur yang dijawab kurang dari {least} responden."
    n = format_integer(measured.n_respondents)
    if measured.ikm is None:
        return f"IKM {wave} program belum dapat dihitung: ada unsur tanpa jawaban ({n} responden)."
    graded = f"IKM {wave} program {format_decimal(measured.ikm)}"
    if measured.grade is None:
        return f"{graded}, di bawah rentang mutu yang terendah, dari {n} responden."
    name = f" ({measured.grade_name.lower()})" if measured.grade_name else ""
    return f"{graded} dengan mutu pelayanan {measured.grade}{name}, dari {n} responden."


def _graded(measured: Satisfaction) -> str:
    if measured.grade is None:
        return WITHOUT_GRADE
    return f"mutu {measured.grade}" + (f", {measured.grade_name.lower()}" if measured.grade_name else "")
