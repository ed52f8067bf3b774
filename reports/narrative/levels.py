"""Satisfaction and single waves -> Indonesian sentences. Pure."""

from asn_eval.numbers import format_decimal, format_integer, format_percent
from reports.analysis.results import Suppressed
from reports.result_contents import ChoiceResult, ChoiceResults, LevelResult
from reports.words import amount, listing


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
