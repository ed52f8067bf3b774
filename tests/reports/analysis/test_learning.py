import pytest

from reports.analysis.counts import PairedCounts
from reports.analysis.learning import GainBand, NormalizedGain, gain_band, n_gain

HIGH, MEDIUM, LOW, DECREASED = GainBand
KNOWLEDGE = [(60, 80), (55, 75), (70, 85), (65, 70), (50, 75)]


def gain_of(data, maximum=100):
    return n_gain(PairedCounts.from_pairs(data), maximum=maximum)


def test_n_gain_equals_the_domain_test_vector():
    gain = gain_of(KNOWLEDGE)
    assert gain.class_gain == pytest.approx(0.4250, rel=1e-12)
    assert gain.mean_gain == pytest.approx((0.5 + 20 / 45 + 0.5 + 5 / 35 + 0.5) / 5, rel=1e-12)
    assert round(gain.mean_gain, 4) == 0.4175
    assert (gain.n_individuals, gain.n_at_maximum) == (5, 0)
    assert (gain.band_class, gain.band_mean) == (MEDIUM, MEDIUM)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([], NormalizedGain(None, None, 0, 0, None, None)),
        ([(50, None), (None, 60)], NormalizedGain(None, None, 0, 0, None, None)),
        ([(100, 100), (100, 90)], NormalizedGain(None, None, 0, 2, None, None)),
        ([(100, 100), (50, 100)], NormalizedGain(1.0, 1.0, 1, 1, HIGH, HIGH)),
        ([(100, 80), (60, 80)], NormalizedGain(0.0, 0.5, 1, 1, LOW, MEDIUM)),
        ([(50, 40)], NormalizedGain(-0.2, -0.2, 1, 0, DECREASED, DECREASED)),
        ([(50, 50)], NormalizedGain(0.0, 0.0, 1, 0, LOW, LOW)),
    ],
)
def test_persons_at_the_maximum_have_no_gain_of_their_own(data, expected):
    assert gain_of(data) == expected


@pytest.mark.parametrize("data", [[(101, 90)], [(90, 101)], [(90, 90), (100.5, 100)]])
def test_scores_above_the_maximum_are_refused(data):
    with pytest.raises(ValueError, match="maximum 100"):
        gain_of(data)


@pytest.mark.parametrize(
    ("gain", "band"),
    [
        (None, None),
        (-0.0001, DECREASED),
        (-1e-16, LOW),
        (0.0, LOW),
        (0.2999, LOW),
        (0.3, MEDIUM),
        (0.1 + 0.2, MEDIUM),
        (0.6999, MEDIUM),
        (0.7, HIGH),
        (0.7 - 1e-16, HIGH),
        (1.0, HIGH),
    ],
)
def test_gain_band_has_hakes_thresholds(gain, band):
    assert gain_band(gain) == band


def test_gain_of_counts_equals_gain_of_persons():
    tallied = PairedCounts((40, 60, 100), (70, 60, 90), (3, 2, 1))
    persons = [(40, 70)] * 3 + [(60, 60)] * 2 + [(100, 90)]
    assert n_gain(tallied, maximum=100) == gain_of(persons)


def test_a_gain_beyond_the_range_of_floats_is_undefined():
    assert gain_of([(-1e-300, -1e300)], maximum=0) == NormalizedGain(None, None, 1, 0, None, None)
