"""Results of the same persons before and after -> Indonesian sentences. Pure.

A number never stands without its n; a decline is called one; what the data cannot tell is said.
"""

from collections.abc import Sequence
from zlib import crc32

from asn_eval.numbers import (
    format_decimal,
    format_integer,
    format_interval,
    format_p,
    format_percent,
    format_signed,
)
from reports.analysis.learning import GainBand, NormalizedGain
from reports.analysis.paired import PairedChange
from reports.analysis.results import Suppressed
from reports.result_contents import ComparisonChange, NamedChange
from reports.words import listing, lower_first

# Below thirty pairs the mean still follows single persons noticeably (a rule of thumb of the field).
SMALL_N = 30
SIGNIFICANCE = 0.05
# Cohen (1988): 0.2 small, 0.5 medium, 0.8 large.
EFFECT_WORDS = ((0.8, "besar"), (0.5, "sedang"), (0.2, "kecil"), (0.0, "sangat kecil"))
GAIN_WORDS = {
    GainBand.HIGH: "tinggi",
    GainBand.MEDIUM: "sedang",
    GainBand.LOW: "rendah",
    GainBand.DECREASED: "menurun",
}

Change = PairedChange | Suppressed | None


def change_sentences(change: Change, *, subject: str, people: str = "peserta") -> tuple[str, ...]:
    """What happened to ``subject`` (as it stands inside a sentence: "skor kompetensi keseluruhan").

    Gives at least one sentence for every possible result, degenerate ones included.
    """
    if change is None:
        return ("Skor keseluruhan tidak dihitung karena butir instrumen ini tidak memakai satu skala yang sama.",)
    if isinstance(change, Suppressed):
        return (withheld_sentence(change, subject=subject),)
    if change.n_paired == 0:
        return (nobody_sentence(change, subject=subject, people=people),)
    sentences = (
        _means_sentence(change, subject),
        _certainty_sentence(change),
        _direction_sentence(change, people),
    )
    return tuple(sentence for sentence in sentences if sentence)


def headline(change: Change, *, subject: str, people: str = "peserta") -> str:
    """The change in one sentence with everything that must stand beside it."""
    if not isinstance(change, PairedChange) or change.n_paired == 0:
        return change_sentences(change, subject=subject, people=people)[0]
    facts = [f"selisih {format_signed(change.mean_difference)}"]
    if change.ci95 is not None:
        facts.append(f"selang kepercayaan 95% {format_interval(change.ci95.low, change.ci95.high)}")
    facts.append(f"n = {format_integer(change.n_paired)}")
    ends = f"dari {format_decimal(change.mean_before)} menjadi {format_decimal(change.mean_after)}"
    unclear = "" if is_clear(change) else "; perubahan ini belum jelas dari data yang ada"
    return f"Rata-rata {subject} {verb(change.mean_difference)} {ends} ({'; '.join(facts)}){unclear}."


def change_cautions(change: Change, *, people: str = "peserta") -> tuple[str, ...]:
    """What weakens the numbers of ``change``: few persons, and persons lost between the waves."""
    if not isinstance(change, PairedChange) or change.n_paired == 0:
        return ()
    cautions = []
    if change.n_paired < SMALL_N:
        cautions.append(
            f"Jumlah {people} yang mengisi kedua gelombang kecil (n = {format_integer(change.n_paired)}), "
            "sehingga jawaban beberapa orang saja dapat menggeser angka ini."
        )
    lost, joined = change.n_before - change.n_paired, change.n_after - change.n_paired
    if lost or joined:
        only = [
            f"{format_integer(n)} orang hanya mengisi {wave} program"
            for n, wave in ((lost, "sebelum"), (joined, "sesudah"))
            if n
        ]
        cautions.append(
            f"Angka ini hanya berlaku bagi {format_integer(change.n_paired)} orang yang mengisi kedua gelombang; "
            f"{listing(only)}."
        )
    return tuple(cautions)


def withheld_sentence(withheld: Suppressed, *, subject: str) -> str:
    return (
        f"Hasil untuk {subject} tidak ditampilkan karena kurang dari {format_integer(withheld.minimum)} orang "
        "mengisinya pada kedua gelombang."
    )


def nobody_sentence(change: PairedChange, *, subject: str, people: str) -> str:
    return (
        f"Belum cukup data untuk {subject}: tidak ada {people} yang mengisi sebelum dan sesudah program "
        f"(sebelum n = {format_integer(change.n_before)}, sesudah n = {format_integer(change.n_after)})."
    )


def verb(difference: float) -> str:
    """meningkat, menurun or tidak berubah, as the number will be read with two decimals."""
    if format_signed(difference) == format_signed(0):
        return "tidak berubah"
    return "meningkat" if difference > 0 else "menurun"


def effect_word(g: float) -> str:
    return next(word for least, word in EFFECT_WORDS if abs(g) >= least)


def is_clear(change: PairedChange) -> bool:
    """The 95% interval of the difference lies on one side of zero."""
    return change.ci95 is not None and (change.ci95.low > 0 or change.ci95.high < 0)


def dimension_sentences(dimensions: Sequence[NamedChange]) -> tuple[str, ...]:
    """The dimensions together: how many rose, which most, and each one that fell."""
    shown = _shown(dimensions)
    if len(shown) < 2:
        return ()
    risen = [one for one in shown if verb(one.change.mean_difference) == "meningkat"]
    fallen = [one for one in shown if verb(one.change.mean_difference) == "menurun"]
    sentences = [_tally_sentence(risen, fallen, len(shown))]
    if risen:
        most = max(risen, key=lambda one: one.change.mean_difference)
        sentences.append(
            _variant(
                most.key,
                f"Peningkatan terbesar tampak pada dimensi {_judged(most)}.",
                f"Dimensi yang paling meningkat adalah {_judged(most)}.",
            )
        )
        unclear = [_named(one) for one in risen if one is not most and not is_clear(one.change)]
        if unclear:
            sentences.append(f"Kenaikan pada dimensi {listing(unclear)} belum jelas dari data yang ada.")
    return (*sentences, *fallen_sentences(dimensions))


def fallen_sentences(dimensions: Sequence[NamedChange]) -> tuple[str, ...]:
    """Each dimension that fell, in one sentence; none where none did."""
    fallen = [_judged(one) for one in _shown(dimensions) if verb(one.change.mean_difference) == "menurun"]
    return (f"Skor menurun pada dimensi {listing(fallen)}.",) if fallen else ()


def item_sentences(items: Sequence[NamedChange]) -> tuple[str, ...]:
    """The items together, judged by the p that allows for their number (Holm)."""
    shown = _shown(items)
    if not shown:
        return ()
    clear = [one for one in shown if one.p_holm is not None and one.p_holm < SIGNIFICANCE]
    risen = [one for one in clear if one.change.mean_difference > 0]
    fallen = [one for one in clear if one.change.mean_difference < 0]
    n = format_integer(len(shown))
    if not clear:
        sentences = [
            f"Dari {n} butir, tidak ada yang perubahannya meyakinkan setelah p disesuaikan untuk banyaknya butir "
            "(Holm, p < 0,05)."
        ]
    else:
        fell = f"{format_integer(len(fallen))} menurun" if fallen else "tidak ada yang menurun"
        sentences = [
            f"Setelah p disesuaikan untuk banyaknya butir (Holm, p < 0,05), {format_integer(len(risen))} dari {n} "
            f"butir meningkat dan {fell}."
        ]
    if fallen:
        sentences.append(f"Butir yang menurun: {listing([_named(one) for one in fallen])}.")
    most = max(shown, key=lambda one: one.change.mean_difference)
    if most.change.mean_difference > 0:
        sentences.append(f"Butir dengan kenaikan terbesar adalah {_named(most)}.")
    return tuple(sentences)


def gain_sentences(gain: NormalizedGain | Suppressed, *, n: int) -> tuple[str, ...]:
    """N-gain of the class and of the persons; ``n`` are those with both scores."""
    if isinstance(gain, Suppressed):
        return ()
    sentences = []
    if gain.class_gain is not None:
        sentences.append(
            f"N-gain kelas, dihitung dari kedua rata-rata, adalah {format_decimal(gain.class_gain)} "
            f"(kategori {GAIN_WORDS[gain.band_class]}, n = {format_integer(n)})."
        )
    if gain.mean_gain is not None:
        sentences.append(
            f"Rata-rata N-gain perorangan adalah {format_decimal(gain.mean_gain)} "
            f"(kategori {GAIN_WORDS[gain.band_mean]}, n = {format_integer(gain.n_individuals)})."
        )
    if gain.n_at_maximum:
        sentences.append(
            f"Sebanyak {format_integer(gain.n_at_maximum)} peserta sudah mencapai nilai tertinggi sebelum program "
            "dan tidak mempunyai N-gain perorangan."
        )
    if not sentences:
        sentences.append("N-gain belum dapat dihitung: belum ada peserta dengan kedua nilai.")
    return tuple(sentences)


def comparison_sentences(
    participants: Change, comparison: ComparisonChange | Change, *, subject: str
) -> tuple[str, ...]:
    """The comparison group beside the participants, without testing one against the other."""
    other = comparison.total if isinstance(comparison, ComparisonChange) else comparison
    if other is None:
        return ()
    sentences = change_sentences(
        other, subject=f"{subject} kelompok pembanding", people="anggota kelompok pembanding"
    )
    if not all(isinstance(one, PairedChange) and one.n_paired for one in (participants, other)):
        return sentences
    return (
        *sentences,
        f"Dalam masa yang sama, selisih pada peserta {format_signed(participants.mean_difference)} "
        f"(n = {format_integer(participants.n_paired)}) dan pada kelompok pembanding "
        f"{format_signed(other.mean_difference)} (n = {format_integer(other.n_paired)}). "
        "Beda antara kedua selisih itu tidak diuji.",
    )


def _means_sentence(change: PairedChange, subject: str) -> str:
    n = format_integer(change.n_paired)
    before, after = format_decimal(change.mean_before), format_decimal(change.mean_after)
    word = verb(change.mean_difference)
    if word == "tidak berubah":
        return (
            f"Rata-rata {subject} tidak berubah: {before} sebelum, {after} sesudah program (n = {n} berpasangan)."
        )
    return _variant(
        subject,
        f"Rata-rata {subject} {word} dari {before} sebelum program menjadi {after} sesudah program, "
        f"selisih {format_signed(change.mean_difference)} (n = {n} berpasangan).",
        f"Sesudah program, rata-rata {subject} {word} {format_decimal(abs(change.mean_difference))} poin: "
        f"dari {before} menjadi {after} (n = {n} berpasangan).",
    )


def _certainty_sentence(change: PairedChange) -> str:
    if change.n_paired == 1:
        return "Dari satu orang saja, selang kepercayaan dan uji statistik tidak dapat dihitung."
    if change.p is None or change.ci95 is None:
        return (
            "Semua orang berubah sama besar, sehingga selang kepercayaan dan uji statistik tidak dapat dihitung."
            if change.n_same < change.n_paired
            else "Skor semua orang tetap, sehingga tidak ada perubahan yang dapat diuji."
        )
    measured = (
        f"selang kepercayaan 95% {format_interval(change.ci95.low, change.ci95.high)}; {format_p(change.p)}"
        + (
            f"; ukuran efek g = {format_decimal(change.g_av)}, {effect_word(change.g_av)}"
            if _has(change.g_av)
            else ""
        )
    )
    if is_clear(change):
        return f"Perubahan itu melampaui yang lazim timbul karena kebetulan ({measured})."
    return f"Data ini belum menunjukkan perubahan yang jelas, karena selangnya memuat nol ({measured})."


def _direction_sentence(change: PairedChange, people: str) -> str:
    n = change.n_paired
    up, same, down = (
        f"{format_integer(count)} ({format_percent(count / n, 1)})"
        for count in (change.n_up, change.n_same, change.n_down)
    )
    return f"Skor naik pada {up}, tetap pada {same}, dan turun pada {down} dari {format_integer(n)} {people}."


def _tally_sentence(risen: Sequence[NamedChange], fallen: Sequence[NamedChange], n: int) -> str:
    if n in (len(risen), len(fallen)):
        return f"Seluruh {format_integer(n)} dimensi {'meningkat' if risen else 'menurun'}."
    parts = [
        f"{format_integer(count)} {word}"
        for count, word in (
            (len(risen), "meningkat"),
            (len(fallen), "menurun"),
            (n - len(risen) - len(fallen), "tidak berubah"),
        )
        if count
    ]
    return f"Dari {format_integer(n)} dimensi, {listing(parts)}."


def _judged(one: NamedChange) -> str:
    """By its own interval; items are judged together instead (see ``item_sentences``)."""
    return _named(one, "" if is_clear(one.change) else "; belum jelas dari data yang ada")


def _named(one: NamedChange, judgement: str = "") -> str:
    return (
        f"“{lower_first(one.label)}” ({format_signed(one.change.mean_difference)}; "
        f"n = {format_integer(one.change.n_paired)}{judgement})"
    )


def _shown(changes: Sequence[NamedChange]) -> list[NamedChange]:
    return [one for one in changes if isinstance(one.change, PairedChange) and one.change.n_paired]


def _has(value: float | None) -> bool:
    return value is not None


def _variant(key: str, *wordings: str) -> str:
    """One of the wordings, always the same one for the same key."""
    return wordings[crc32(key.encode()) % len(wordings)]
