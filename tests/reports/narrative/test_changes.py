"""Sentences for changes between two waves, the degenerate ones above all."""

import pytest

from reports.analysis.counts import PairedCounts
from reports.analysis.learning import n_gain
from reports.analysis.paired import paired_change
from reports.analysis.results import Reason, Suppressed
from reports.narrative.changes import (
    change_cautions,
    change_sentences,
    comparison_sentences,
    dimension_sentences,
    gain_sentences,
    headline,
    item_sentences,
    verb,
)
from reports.result_contents import NamedChange

TOO_FEW = Suppressed(Reason.GROUP_TOO_SMALL, 5)
SLEEP = (
    (0.7, 1.9), (-1.6, 0.8), (-0.2, 1.1), (-1.2, 0.1), (-0.1, -0.1),
    (3.4, 4.4), (3.7, 5.5), (0.8, 1.6), (0.0, 4.6), (2.0, 3.4),
)  # fmt: skip


def change(*pairs):
    return paired_change(PairedCounts.from_pairs(pairs))


def words(result, **options):
    return " ".join(change_sentences(result, subject="skor uji", **options))


def test_a_rise_is_told_with_its_interval_p_and_n():
    assert words(change(*SLEEP)) == (
        "Sesudah program, rata-rata skor uji meningkat 1,58 poin: dari 0,75 menjadi 2,33 (n = 10 berpasangan). "
        "Perubahan itu melampaui yang lazim timbul karena kebetulan (selang kepercayaan 95% 0,70 sampai 2,46; "
        "p = 0,003; ukuran efek g = 0,76, sedang). "
        "Skor naik pada 9 (90,0%), tetap pada 1 (10,0%), dan turun pada 0 (0,0%) dari 10 peserta."
    )


def test_a_decline_is_called_one():
    told = words(change(*((after, before) for before, after in SLEEP)))
    assert "menurun 1,58 poin: dari 2,33 menjadi 0,75" in told
    assert "−2,46 sampai −0,70" in told
    assert "meningkat" not in told


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            change(),
            "Belum cukup data untuk skor uji: tidak ada peserta yang mengisi sebelum dan sesudah program "
            "(sebelum n = 0, sesudah n = 0).",
        ),
        (
            change((3, None), (4, None), (None, 2)),
            "Belum cukup data untuk skor uji: tidak ada peserta yang mengisi sebelum dan sesudah program "
            "(sebelum n = 2, sesudah n = 1).",
        ),
        (
            TOO_FEW,
            "Hasil untuk skor uji tidak ditampilkan karena kurang dari 5 orang mengisinya pada kedua gelombang.",
        ),
        (
            None,
            "Skor keseluruhan tidak dihitung karena butir instrumen ini tidak memakai satu skala yang sama.",
        ),
        (
            change((3, 4)),
            "Sesudah program, rata-rata skor uji meningkat 1,00 poin: dari 3,00 menjadi 4,00 (n = 1 berpasangan). "
            "Dari satu orang saja, selang kepercayaan dan uji statistik tidak dapat dihitung. "
            "Skor naik pada 1 (100,0%), tetap pada 0 (0,0%), dan turun pada 0 (0,0%) dari 1 peserta.",
        ),
        (
            change((3, 4), (2, 3)),
            "Sesudah program, rata-rata skor uji meningkat 1,00 poin: dari 2,50 menjadi 3,50 (n = 2 berpasangan). "
            "Semua orang berubah sama besar, sehingga selang kepercayaan dan uji statistik tidak dapat dihitung. "
            "Skor naik pada 2 (100,0%), tetap pada 0 (0,0%), dan turun pada 0 (0,0%) dari 2 peserta.",
        ),
        (
            change((3, 3), (2, 2)),
            "Rata-rata skor uji tidak berubah: 2,50 sebelum, 2,50 sesudah program (n = 2 berpasangan). "
            "Skor semua orang tetap, sehingga tidak ada perubahan yang dapat diuji. "
            "Skor naik pada 0 (0,0%), tetap pada 2 (100,0%), dan turun pada 0 (0,0%) dari 2 peserta.",
        ),
        (
            change((3, 4), (4, 3)),
            "Rata-rata skor uji tidak berubah: 3,50 sebelum, 3,50 sesudah program (n = 2 berpasangan). "
            "Data ini belum menunjukkan perubahan yang jelas, karena selangnya memuat nol (selang kepercayaan 95% "
            "−12,71 sampai 12,71; p > 0,999; ukuran efek g = 0,00, sangat kecil). "
            "Skor naik pada 1 (50,0%), tetap pada 0 (0,0%), dan turun pada 1 (50,0%) dari 2 peserta.",
        ),
    ],
    ids=["nothing", "unpaired", "withheld", "no total", "one", "no spread", "all the same", "two opposite"],
)
def test_degenerate_changes_say_what_they_are(result, expected):
    assert words(result) == expected
    assert "nan" not in words(result).lower()


def test_no_sentence_claims_a_cause():
    told = words(change(*SLEEP)) + " ".join(dimension_sentences([NamedChange("a", "A", change(*SLEEP))] * 2))
    assert not any(word in told for word in ("menyebabkan", "akibat", "berkat", "dampak program"))


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (0.5, "meningkat"),
        (-0.5, "menurun"),
        (0, "tidak berubah"),
        (0.004, "tidak berubah"),
        (-0.004, "tidak berubah"),
    ],
)
def test_what_reads_as_zero_is_no_change(difference, expected):
    assert verb(difference) == expected


def test_cautions_name_small_n_and_unpaired_loss():
    assert change_cautions(change(*SLEEP, (1, None), (2, None), (None, 3))) == (
        "Jumlah peserta yang mengisi kedua gelombang kecil (n = 10), sehingga jawaban beberapa orang saja dapat "
        "menggeser angka ini.",
        "Angka ini hanya berlaku bagi 10 orang yang mengisi kedua gelombang; 2 orang hanya mengisi sebelum "
        "program dan 1 orang hanya mengisi sesudah program.",
    )
    assert change_cautions(change(*SLEEP, (1, None)))[1] == (
        "Angka ini hanya berlaku bagi 10 orang yang mengisi kedua gelombang; 1 orang hanya mengisi sebelum "
        "program."
    )
    assert change_cautions(change(*SLEEP * 3)) == ()
    assert change_cautions(TOO_FEW) == change_cautions(change()) == change_cautions(None) == ()


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            change(*SLEEP),
            "Rata-rata skor uji meningkat dari 0,75 menjadi 2,33 (selisih +1,58; selang kepercayaan 95% 0,70 "
            "sampai "
            "2,46; n = 10).",
        ),
        (
            change((3, 4), (4, 3), (2, 2)),
            "Rata-rata skor uji tidak berubah dari 3,00 menjadi 3,00 (selisih 0,00; selang kepercayaan 95% −2,48 "
            "sampai 2,48; n = 3); perubahan ini belum jelas dari data yang ada.",
        ),
        (
            TOO_FEW,
            "Hasil untuk skor uji tidak ditampilkan karena kurang dari 5 orang mengisinya pada kedua gelombang.",
        ),
    ],
)
def test_headline_holds_the_number_and_its_n(result, expected):
    assert headline(result, subject="skor uji") == expected


def test_dimensions_name_the_best_and_every_decline():
    rows = [
        NamedChange("a", "Pelayanan", change((2, 4), (3, 4))),
        NamedChange("b", "Waktu", change((3, 2), (3, 3))),
        NamedChange("c", "Teknis", TOO_FEW),
    ]
    told = " ".join(dimension_sentences(rows))
    assert told.startswith("Dari 2 dimensi, 1 meningkat dan 1 menurun.")
    assert "“pelayanan” (+1,50; n = 2; belum jelas dari data yang ada)" in told
    assert "Skor menurun pada dimensi “waktu” (−0,50; n = 2; belum jelas dari data yang ada)." in told
    assert dimension_sentences(rows[:1]) == dimension_sentences([]) == ()


def test_dimensions_that_all_rose_are_said_together():
    rows = [NamedChange(key, key, change((2, 4), (3, 4))) for key in ("a", "b", "c")]
    assert dimension_sentences(rows)[0] == "Seluruh 3 dimensi meningkat."


def test_items_are_judged_by_the_adjusted_p():
    clear, unclear = change(*SLEEP), change((3, 4), (4, 3), (2, 3))
    rows = [NamedChange("a", "Satu", clear, 0.006), NamedChange("b", "Dua", unclear, 0.06)]
    assert item_sentences(rows)[0] == (
        "Setelah p disesuaikan untuk banyaknya butir (Holm, p < 0,05), 1 dari 2 butir meningkat dan tidak ada "
        "yang "
        "menurun."
    )
    assert item_sentences(rows[1:])[0].startswith("Dari 1 butir, tidak ada yang perubahannya meyakinkan")
    assert item_sentences([NamedChange("a", "Satu", TOO_FEW)]) == ()


def test_items_that_fell_are_named():
    fallen = change(*((after, before) for before, after in SLEEP))
    told = " ".join(item_sentences([NamedChange("a", "Satu", fallen, 0.006)]))
    assert told == (
        "Setelah p disesuaikan untuk banyaknya butir (Holm, p < 0,05), 0 dari 1 butir meningkat dan 1 menurun. "
        "Butir yang menurun: “satu” (−1,58; n = 10)."
    )


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            [(60, 80), (55, 75), (70, 85), (65, 70), (50, 75)],
            (
                "N-gain kelas, dihitung dari kedua rata-rata, adalah 0,43 (kategori sedang, n = 5).",
                "Rata-rata N-gain perorangan adalah 0,42 (kategori sedang, n = 5).",
            ),
        ),
        (
            [(100, 90), (80, 70)],
            (
                "N-gain kelas, dihitung dari kedua rata-rata, adalah −1,00 (kategori menurun, n = 2).",
                "Rata-rata N-gain perorangan adalah −0,50 (kategori menurun, n = 1).",
                "Sebanyak 1 peserta sudah mencapai nilai tertinggi sebelum program dan tidak mempunyai N-gain "
                "perorangan.",
            ),
        ),
        ([], ("N-gain belum dapat dihitung: belum ada peserta dengan kedua nilai.",)),
    ],
)
def test_gain_is_named_after_its_kind(pairs, expected):
    counts = PairedCounts.from_pairs(pairs)
    assert gain_sentences(n_gain(counts, maximum=100), n=counts.n_paired) == expected


@pytest.mark.parametrize(
    ("participants", "other", "n_sentences"),
    [
        (change(*SLEEP), None, 0),
        (change(*SLEEP), TOO_FEW, 1),
        (change(*SLEEP), change(), 1),
        (TOO_FEW, change(*SLEEP), 3),
        (change(*SLEEP), change(*SLEEP), 4),
    ],
)
def test_comparison_is_set_side_by_side_only_where_both_may_be_shown(participants, other, n_sentences):
    told = comparison_sentences(participants, other, subject="skor uji")
    assert len(told) == n_sentences
    assert any("Dalam masa yang sama" in sentence for sentence in told) is (n_sentences == 4)
