"""From packed answers to count tables: who is paired with whom, and what it costs."""

from collections import Counter

import pytest

from evaluations.models import InstrumentVersion, Item
from programs.models import Enrollment
from reports.analysis.reliability import ItemMoments
from reports.facts import instrument_facts
from reports.frames import COMPARISON, OUTSIDERS, PARTICIPANT, collect
from reports.outcomes import paired_surveys
from reports.scorer import TOTAL
from tests.reports.answers import (
    AFTER,
    BEFORE,
    RECEIVED,
    add_satisfaction,
    add_test,
    answer,
    answer_both_waves,
    enroll_more,
)


def frames_of(place):
    surveys = list(place.evaluation.surveys.select_related("version__instrument"))
    versions = {survey.version_id: survey.version for survey in surveys}
    instruments = {
        key: instrument_facts(version, Item.objects.filter(version=version)) for key, version in versions.items()
    }
    return collect(place.evaluation, surveys, instruments, paired_surveys(surveys))


def change_of(place, group=PARTICIPANT):
    return frames_of(place).changes[*both_waves(place), group]


def both_waves(place) -> tuple[int, int]:
    return place.surveys["sebelum"].pk, place.surveys["sesudah"].pk


def pairs_of(counts):
    return sorted(zip(counts.before, counts.after, counts.count, strict=True))


def test_answers_of_one_person_are_paired_by_enrolment(world):
    answer_both_waves(world.here)
    assert pairs_of(change_of(world.here).items["b1"]) == [
        (1, 3, 1),
        (2, 3, 1),
        (2, 4, 1),
        (3, 4, 1),
        (3, 5, 1),
        (4, 4, 1),
    ]


def test_reverse_items_are_turned_before_they_are_counted(world):
    answer_both_waves(world.here)
    expected = Counter((6 - before[2], 6 - after[2]) for before, after in zip(BEFORE, AFTER, strict=True))
    turned = pairs_of(change_of(world.here).items["b3"])
    assert turned == sorted((*pair, count) for pair, count in expected.items())


def test_scores_are_means_of_turned_items(world):
    answer_both_waves(world.here, before=BEFORE[:1], after=AFTER[:1])
    change = change_of(world.here)
    assert pairs_of(change.scores[TOTAL]) == [(pytest.approx(7 / 3), 4.0, 1)]  # (2+3+2)/3 and (4+4+4)/3
    assert pairs_of(change.scores["satu"]) == pairs_of(change.scores[TOTAL])


def test_half_of_the_items_must_be_answered_for_a_score(world):
    answer_both_waves(
        world.here,
        before=[[2, 3, None], [2, None, None], [None, None, None]],
        after=[[4, 4, 2], [4, 4, 2], [4, 4, 2]],
    )
    scores = change_of(world.here).scores[TOTAL]
    assert pairs_of(scores) == [(2.5, 4.0, 1)]
    assert scores.n_after_only == 2


def test_persons_with_one_wave_are_counted_but_not_paired(world):
    answer_both_waves(world.here, before=BEFORE, after=[*AFTER[:4], None, None])
    scores = change_of(world.here).scores[TOTAL]
    assert (scores.n_paired, scores.n_before_only, scores.n_after_only) == (4, 2, 0)


def test_comparison_group_is_kept_apart(world):
    others = enroll_more(world.here, 2, group=Enrollment.Group.COMPARISON)
    answer_both_waves(world.here)
    for wave, row in (("sebelum", [1, 1, 5]), ("sesudah", [5, 5, 1])):
        answer(world.here.surveys[wave], others, [row, row])
    frames = frames_of(world.here)
    before = world.here.surveys["sebelum"].pk
    assert frames.changes[*both_waves(world.here), PARTICIPANT].scores[TOTAL].n_paired == 6
    assert pairs_of(frames.changes[*both_waves(world.here), COMPARISON].scores[TOTAL]) == [(1.0, 5.0, 2)]
    assert frames.waves[before, PARTICIPANT].n == 6
    assert frames.invited == {
        (survey.pk, group): n
        for survey in world.here.surveys.values()
        for group, n in ((PARTICIPANT, 6), (COMPARISON, 2))
    }


def test_public_answers_stand_alone_and_are_counted_by_unsur(world):
    add_satisfaction(world.here, before=[[1, 2, None], [1, 4, 3]], after=[[4, 4, 4]])
    frames = frames_of(world.here)
    skm = next(
        survey for survey in world.here.evaluation.surveys.all() if survey.is_public and survey.wave == "sebelum"
    )
    wave = frames.waves[skm.pk, OUTSIDERS]
    assert wave.n == 2
    assert wave.values == {"u1": {1: 2}, "u2": {2: 1, 4: 1}, "u3": {None: 1, 3: 1}}
    assert (wave.scores, wave.moments) == ({}, None)
    assert {group for _before, _after, group in frames.changes} == {PARTICIPANT}


def test_a_test_has_one_score_and_its_values_stay_exact(world):
    add_test(world.here, [(60, 80), (55.5, 75)])
    waves = {s.wave: s.pk for s in world.here.evaluation.surveys.all() if s.version.scoring == "tes"}
    change = frames_of(world.here).changes[waves["sebelum"], waves["sesudah"], PARTICIPANT]
    assert pairs_of(change.scores[TOTAL]) == [(55.5, 75.0, 1), (60.0, 80.0, 1)]


def test_moments_of_complete_rows_only(world):
    answer_both_waves(world.here, before=[[2, 3, 4], [3, 3, None], [1, 2, 5]], after=[None] * 3)
    wave = frames_of(world.here).waves[world.here.surveys["sebelum"].pk, PARTICIPANT]
    assert (wave.moments.n_rows, wave.moments.n_complete) == (3, 2)
    assert wave.moments.means == (1.5, 2.5, 1.5)
    assert wave.moments.covariance == ((0.5,) * 3,) * 3


def test_moments_from_the_stream_are_those_of_the_rows(world):
    """Whole and decimal answers alike, against the moments of the rows held in memory."""
    Item.objects.filter(version=world.version).update(type="angka", is_reverse=False)
    rows = [[2, 3.5, 4], [3, 3, 3.1], [1, 2, 5], [4, 4, 2.7], [2.25, 2, 4]]
    answer_both_waves(world.here, before=rows, after=[None] * 5)
    streamed = frames_of(world.here).waves[world.here.surveys["sebelum"].pk, PARTICIPANT].moments
    held = ItemMoments.from_rows(rows, ("b1", "b2", "b3"))
    assert streamed.means == pytest.approx(held.means, rel=1e-12)
    for own, other in zip(streamed.covariance, held.covariance, strict=True):
        assert own == pytest.approx(other, rel=1e-9)


def test_dates_of_the_answers_are_known(world):
    answer_both_waves(world.here)
    wave = frames_of(world.here).waves[world.here.surveys["sesudah"].pk, PARTICIPANT]
    assert (wave.first_received, wave.last_received) == (RECEIVED["sesudah"],) * 2


def test_answers_of_another_region_are_not_read(world):
    answer_both_waves(world.there)
    assert frames_of(world.here).waves == {}


def test_a_scale_without_common_bounds_has_no_total(world):
    wide = Item.objects.create(
        version=world.version, position=4, key="b4", label="Lebar", text="?", type="likert", minimum=0, maximum=10,
        dimension="dua",
    )  # fmt: skip
    InstrumentVersion.objects.filter(pk=world.version.pk).update(
        dimensions={"satu": {"id": "Satu"}, "dua": {"id": "Dua"}}
    )
    answer_both_waves(world.here, before=[[2, 3, 4, 7]], after=[[4, 4, 2, 9]])
    change = change_of(world.here)
    assert wide.key in change.items
    assert set(change.scores) == {"satu", "dua"}


@pytest.mark.parametrize("n", [6, 60])
def test_queries_do_not_grow_with_respondents(world, django_assert_num_queries, n):
    more = enroll_more(world.here, n - 6)
    answer_both_waves(world.here)
    for wave, rows in (("sebelum", BEFORE), ("sesudah", AFTER)):
        answer(world.here.surveys[wave], more, [rows[number % 6] for number in range(len(more))])
    surveys = list(world.here.evaluation.surveys.select_related("version__instrument"))
    facts = {world.version.pk: instrument_facts(world.version, list(Item.objects.filter(version=world.version)))}
    with django_assert_num_queries(2):
        frames = collect(world.here.evaluation, surveys, facts, paired_surveys(surveys))
    change = frames.changes[*both_waves(world.here), PARTICIPANT]
    assert change.scores[TOTAL].n_paired == n
    assert len(change.scores[TOTAL].count) <= 6  # as many places as there are different pairs
