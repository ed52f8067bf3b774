"""Sentences for every kind of result, the degenerate ones above all."""

from datetime import date
from decimal import Decimal

import pytest

from reports.analysis.counts import PairedCounts
from reports.analysis.indicators import Polarity, indicator_change
from reports.analysis.learning import n_gain
from reports.analysis.paired import paired_change
from reports.analysis.reliability import ItemMoments, reliability
from reports.analysis.results import Reason, Suppressed
from reports.analysis.satisfaction import satisfaction
from reports.contents import (
    IndicatorPoint,
    IndicatorResult,
    InstrumentFacts,
    InstrumentReliability,
    ItemFacts,
    NamedChange,
    SatisfactionResult,
    SurveyFacts,
    WaveReliability,
)
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
from reports.narrative.levels import indicator_headline, indicator_sentences, satisfaction_sentences
from reports.narrative.method import reliability_sentences, source_line

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
        "Jumlah peserta berpasangan kecil (n = 10), sehingga jawaban beberapa orang saja dapat menggeser angka "
        "ini.",
        "Angka ini hanya berlaku bagi 10 orang yang mengisi kedua gelombang; 2 orang hanya mengisi sebelum dan 1 "
        "orang hanya mengisi sesudah program.",
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
    assert "“pelayanan” (+1,50; n = 2)" in told
    assert "Skor menurun pada dimensi “waktu” (−0,50; n = 2)." in told
    assert dimension_sentences(rows[:1]) == dimension_sentences([]) == ()


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


def indicator(values, *, polarity=Polarity.LESS_IS_BETTER, target=3, usual=None, unit="hari"):
    points = tuple(IndicatorPoint(date(2026, month, 1), Decimal(str(value)), None) for month, value in values)
    first, last = (points[0] if points else None), (points[-1] if len(points) > 1 else None)
    return IndicatorResult(
        name="waktu penyelesaian",
        agency="Disdukcapil",
        unit=unit,
        source="register",
        points=points,
        baseline=first,
        last=last,
        usual=usual,
        change=indicator_change(
            baseline=first and first.value, last=last and last.value, target=target, polarity=polarity
        ),
    )


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            indicator([(1, 5), (7, 2.5)]),
            "Waktu penyelesaian di Disdukcapil turun dari 5 hari (1 Januari 2026) menjadi 2,5 hari (1 Juli 2026), "
            "50,0%. Karena pada indikator ini makin rendah makin baik, perubahan ini adalah perbaikan. Target 3 "
            "hari "
            "tercapai.",
        ),
        (
            indicator([(1, 5), (7, 6)], target=None),
            "Waktu penyelesaian di Disdukcapil naik dari 5 hari (1 Januari 2026) menjadi 6 hari (1 Juli 2026), "
            "20,0%. Karena pada indikator ini makin rendah makin baik, perubahan ini adalah kemunduran.",
        ),
        (
            indicator([(1, 40), (7, 60)], polarity=Polarity.MORE_IS_BETTER, target=80, unit="persen"),
            "Waktu penyelesaian di Disdukcapil naik dari 40 persen (1 Januari 2026) menjadi 60 persen (1 Juli "
            "2026), "
            "20 poin persentase. Karena pada indikator ini makin tinggi makin baik, perubahan ini adalah "
            "perbaikan. "
            "Target 80 persen belum tercapai.",
        ),
        (
            indicator([(1, 5), (7, 4.9)], usual=(Decimal("4.5"), Decimal(5)), target=None),
            "Waktu penyelesaian di Disdukcapil turun dari 5 hari (1 Januari 2026) menjadi 4,9 hari (1 Juli 2026), "
            "2,0%. Pada indikator ini makin rendah makin baik, tetapi nilai akhirnya masih berada dalam rentang "
            "sebelum program (4,5 sampai 5), sehingga belum dapat disebut perbaikan atau kemunduran.",
        ),
        (
            indicator([(1, 0), (7, 2)], target=None),
            "Waktu penyelesaian di Disdukcapil naik dari 0 hari (1 Januari 2026) menjadi 2 hari (1 Juli 2026). "
            "Karena pada indikator ini makin rendah makin baik, perubahan ini adalah kemunduran.",
        ),
        (
            indicator([(1, 5), (7, 5)], target=None),
            "Waktu penyelesaian di Disdukcapil tetap: 5 hari (1 Januari 2026) dan 5 hari (1 Juli 2026). "
            "Karena pada indikator ini makin rendah makin baik, belum ada perbaikan maupun kemunduran.",
        ),
        (
            indicator([(1, 5)]),
            "Waktu penyelesaian di Disdukcapil baru diukur satu kali: 5 hari (1 Januari 2026). Perubahannya belum "
            "dapat dinilai.",
        ),
        (indicator([]), "Belum ada pengukuran untuk waktu penyelesaian di Disdukcapil."),
    ],
    ids=["fall is good", "rise is bad", "percent", "usual", "from zero", "same", "one value", "none"],
)
def test_indicators_respect_polarity(result, expected):
    assert " ".join(indicator_sentences(result)) == expected
    assert indicator_headline(result).endswith(".")


def unsur(*answers):
    counts = {key: {} for key in ("u1", "u2")}
    for row in answers:
        for key, value in zip(counts, row, strict=True):
            counts[key][value] = counts[key].get(value, 0) + 1
    return satisfaction(counts, n_respondents=len(answers))


def item(key, label):
    return ItemFacts(key, label, "?", "likert", True, Decimal(1), Decimal(4), "", False)


SKM = InstrumentFacts("SKM", 1, "skm", "", "", (), (item("u1", "Persyaratan"), item("u2", "Waktu")))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            unsur((3, 3), (3, 2)),
            unsur((4, 4), (4, 3)),
            "IKM sebelum program 68,75 dengan mutu pelayanan C (kurang baik), dari 2 responden. IKM sesudah "
            "program "
            "93,75 dengan mutu pelayanan A (sangat baik), dari 2 responden. IKM naik 25,00 poin (+25,00). "
            "Responden "
            "kedua gelombang bukan orang yang sama, sehingga perbedaan ini juga dapat berasal dari perbedaan "
            "respondennya. Unsur dengan nilai terendah: Waktu.",
        ),
        (
            unsur((4, 4)),
            unsur((3, 3)),
            "IKM sebelum program 100,00 dengan mutu pelayanan A (sangat baik), dari 1 responden. IKM sesudah "
            "program "
            "75,00 dengan mutu pelayanan C (kurang baik), dari 1 responden. IKM turun 25,00 poin (−25,00). "
            "Responden "
            "kedua gelombang bukan orang yang sama, sehingga perbedaan ini juga dapat berasal dari perbedaan "
            "respondennya. Unsur dengan nilai terendah: Persyaratan dan Waktu.",
        ),
        (
            TOO_FEW,
            None,
            "IKM sebelum program tidak ditampilkan karena ada unsur yang dijawab kurang dari 5 responden.",
        ),
        (
            satisfaction({"u1": {4: 2}, "u2": {}}, n_respondents=2),
            None,
            "IKM sebelum program belum dapat dihitung: ada unsur tanpa jawaban (2 responden). Unsur dengan nilai "
            "terendah: Persyaratan.",
        ),
        (None, None, "Belum ada jawaban SKM pada gelombang mana pun."),
    ],
    ids=["rise", "fall", "withheld", "unsur without answers", "none"],
)
def test_satisfaction_is_told_with_grade_and_n(before, after, expected):
    assert " ".join(satisfaction_sentences(SatisfactionResult(SKM, None, None, before, after))) == expected


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (TOO_FEW, "Keandalan Uji (sebelum) tidak ditampilkan karena kurang dari 5 orang menjawab semua butir."),
        (
            reliability(ItemMoments(("a", "b"), 0, 0, None, None)),
            "Keandalan Uji (sebelum) tidak dapat dihitung dari 0 jawaban lengkap.",
        ),
        (
            reliability(
                ItemMoments.from_rows([(4, 3, 4), (3, 3, 3), (4, 4, 4), (2, 3, 2), (3, 2, 3)], ("a", "b", "c"))
            ),
            "Cronbach's alpha untuk uji (sebelum) adalah 0,84, selang 95% 0,18 sampai 0,98, dari 5 jawaban "
            "lengkap "
            "atas 3 butir: baik.",
        ),
    ],
)
def test_reliability_is_told_with_its_interval(total, expected):
    measured = InstrumentReliability("Uji", (WaveReliability("Sebelum", total, ()),))
    assert reliability_sentences(measured) == (expected,)


def test_source_names_survey_wave_dates_and_n():
    survey = SurveyFacts(
        "SKM", "Masyarakat", True, True, "Sebelum", "Anonim", date(2026, 1, 1), date(2026, 1, 31), None, 12,
        date(2026, 1, 3), date(2026, 1, 20),
    )  # fmt: skip
    assert (
        source_line(survey, None)
        == "survei SKM, masyarakat: sebelum 3 Januari 2026 sampai 20 Januari 2026, n = 12."
    )
    assert source_line(None) == ""


def test_items_that_fell_are_named():
    fallen = change(*((after, before) for before, after in SLEEP))
    told = " ".join(item_sentences([NamedChange("a", "Satu", fallen, 0.006)]))
    assert told == (
        "Setelah p disesuaikan untuk banyaknya butir (Holm, p < 0,05), 0 dari 1 butir meningkat dan 1 menurun. "
        "Butir yang menurun: “satu” (−1,58; n = 10)."
    )


def test_dimensions_that_all_rose_are_said_together():
    rows = [NamedChange(key, key, change((2, 4), (3, 4))) for key in ("a", "b", "c")]
    assert dimension_sentences(rows)[0] == "Semua (3) dimensi meningkat."


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
