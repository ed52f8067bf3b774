"""Cohen's kappa of two coders: published values, and nothing made up where it is not defined."""

import pytest

from reports.analysis.agreement import ENOUGH_FOR_INTERVAL, MINIMUM_UNITS, CodedUnits, NoKappa, agreement


def test_kappa_equals_the_published_values():
    """`ci.kappa(.05, 31, 12, 4, 58)` of the R package statpsych, as its manual prints it."""
    found = agreement(CodedUnits(both=58, first_only=4, second_only=12, neither=31))
    assert found.n == 105
    assert found.kappa == pytest.approx(0.6756757, abs=5e-8)
    assert found.standard_error == pytest.approx(0.07344761, abs=5e-9)
    assert found.interval.low == pytest.approx(0.5317210, abs=5e-8)
    assert found.interval.high == pytest.approx(0.8196303, abs=5e-8)
    assert found.observed == 89 / 105
    assert (found.is_rough, found.reason) == (False, None)


def test_the_formula_by_hand():
    """20 + 15 of 50 agree; chance alone gives 25/50 × 30/50 + 25/50 × 20/50 = 0.5."""
    found = agreement(CodedUnits(both=20, first_only=5, second_only=10, neither=15))
    assert found.observed == 0.7
    assert found.kappa == pytest.approx((0.7 - 0.5) / (1 - 0.5), abs=1e-12)


def test_it_does_not_matter_who_is_first_or_what_counts_as_coded():
    found = [
        agreement(CodedUnits(*counts)).kappa for counts in ((20, 5, 10, 15), (20, 10, 5, 15), (15, 5, 10, 20))
    ]
    assert found == pytest.approx([found[0]] * 3, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "kappa", "reason"),
    [
        ((0, 0, 0, 0), None, NoKappa.TOO_FEW),
        ((3, 1, 1, 2), None, NoKappa.TOO_FEW),
        ((90, 0, 0, 0), None, NoKappa.NO_VARIATION),
        ((0, 0, 0, 90), None, NoKappa.NO_VARIATION),
        ((10, 0, 0, 80), 1.0, None),
        ((0, 45, 45, 0), -1.0, None),
        ((0, 40, 0, 50), 0.0, None),
    ],
)
def test_degenerate_counts_say_so(counts, kappa, reason):
    found = agreement(CodedUnits(*counts))
    assert (found.kappa, found.reason) == (kappa, reason)
    assert found.interval is None
    assert found.observed == ((counts[0] + counts[3]) / sum(counts) if sum(counts) else None)


def test_few_units_make_the_interval_rough_and_it_never_leaves_its_range():
    rough = agreement(CodedUnits(both=6, first_only=0, second_only=1, neither=MINIMUM_UNITS))
    assert rough.is_rough
    assert rough.interval.high == 1.0
    enough = agreement(CodedUnits(both=20, first_only=4, second_only=4, neither=ENOUGH_FOR_INTERVAL - 28))
    assert not enough.is_rough


def test_confidence_is_an_argument():
    units = CodedUnits(58, 4, 12, 31)
    narrow, wide = (agreement(units, confidence=level).interval for level in (0.8, 0.99))
    assert (narrow.level, wide.level) == (0.8, 0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize("wrong", [{"minimum": 0}, {"confidence": 0}, {"confidence": 1}])
def test_wrong_arguments_are_refused(wrong):
    with pytest.raises(ValueError, match="minimum"):
        agreement(CodedUnits(5, 5, 5, 5), **wrong)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        CodedUnits(1, -1, 1, 1)
