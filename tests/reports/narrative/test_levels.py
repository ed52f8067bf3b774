"""Sentences for what is measured as a level: the satisfaction of the public."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.analysis.results import Reason, Suppressed
from reports.analysis.satisfaction import Band, satisfaction
from reports.fact_contents import InstrumentFacts, ItemFacts
from reports.narrative.satisfaction import satisfaction_headline, satisfaction_sentences
from reports.result_contents import SatisfactionResult

TOO_FEW = Suppressed(Reason.GROUP_TOO_SMALL, 5)


def unsur(*answers, **rules):
    counts = {key: {} for key in ("u1", "u2")}
    for row in answers:
        for key, value in zip(counts, row, strict=True):
            counts[key][value] = counts[key].get(value, 0) + 1
    return satisfaction(counts, n_respondents=len(answers), **rules)


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
            "93,75 dengan mutu pelayanan A (sangat baik), dari 2 responden. IKM naik 25,00 poin. "
            "Responden "
            "kedua gelombang bukan orang yang sama, sehingga perbedaan ini juga dapat berasal dari perbedaan "
            "respondennya. Unsur dengan nilai terendah: waktu.",
        ),
        (
            unsur((4, 4)),
            unsur((3, 3)),
            "IKM sebelum program 100,00 dengan mutu pelayanan A (sangat baik), dari 1 responden. IKM sesudah "
            "program "
            "75,00 dengan mutu pelayanan C (kurang baik), dari 1 responden. IKM turun 25,00 poin. "
            "Responden "
            "kedua gelombang bukan orang yang sama, sehingga perbedaan ini juga dapat berasal dari perbedaan "
            "respondennya. Unsur dengan nilai terendah: persyaratan dan waktu.",
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
            "terendah: persyaratan.",
        ),
        (None, None, "Belum ada jawaban SKM pada gelombang mana pun."),
    ],
    ids=["rise", "fall", "withheld", "unsur without answers", "none"],
)
def test_satisfaction_is_told_with_grade_and_n(before, after, expected):
    assert " ".join(satisfaction_sentences(SatisfactionResult(SKM, None, None, before, after))) == expected


def test_grades_are_those_of_the_instrument_and_there_may_be_none():
    own = (Band("Prima", Decimal(90), "Sangat Memuaskan"), Band("Cukup", Decimal(70)))
    result = SatisfactionResult(SKM, None, None, unsur((2, 2), bands=own), unsur((4, 4), bands=own))
    before, after, *_others = satisfaction_sentences(result)
    assert before == "IKM sebelum program 50,00, di bawah rentang mutu yang terendah, dari 1 responden."
    assert after == (
        "IKM sesudah program 100,00 dengan mutu pelayanan Prima (sangat memuaskan), dari 1 responden."
    )
    assert satisfaction_headline(result) == (
        "Indeks kepuasan masyarakat (IKM) naik dari 50,00 (tanpa mutu; n = 1) menjadi 100,00 (mutu Prima, sangat "
        "memuaskan; n = 1), selisih +50,00 poin."
    )
    unnamed = replace(result, satisfaction_after=unsur((3, 3), bands=own))
    assert "dengan mutu pelayanan Cukup, dari 1 responden." in satisfaction_sentences(unnamed)[1]
    assert "(mutu Cukup; n = 1)" in satisfaction_headline(unnamed)
