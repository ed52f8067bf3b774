import pytest

from reports.analysis.themes import RoleCount, Theme, ThemeCounts, count_themes

INFORMANTS = {1: "peserta", 2: "peserta", 3: "atasan", 4: "atasan"}


def test_an_informant_counts_once_however_often_a_theme_returns():
    mentions = [("anggaran", 1), ("anggaran", 1), ("anggaran", 3), ("waktu", 2)]
    assert count_themes(INFORMANTS, mentions) == ThemeCounts(
        n_informants=4,
        themes=(
            Theme("anggaran", 2, 3, (RoleCount("atasan", 1, 2), RoleCount("peserta", 1, 2))),
            Theme("waktu", 1, 1, (RoleCount("atasan", 0, 2), RoleCount("peserta", 1, 2))),
        ),
    )


def test_themes_are_ordered_by_informants_then_mentions_then_name():
    mentions = [("d", 1), ("c", 1), ("b", 1), ("b", 1), ("a", 1), ("a", 2)]
    assert [theme.category for theme in count_themes(INFORMANTS, mentions).themes] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("informants", [{}, INFORMANTS])
def test_without_mentions_there_are_no_themes(informants):
    assert count_themes(informants, []) == ThemeCounts(len(informants), ())


def test_a_mention_of_somebody_not_heard_is_refused():
    with pytest.raises(KeyError):
        count_themes(INFORMANTS, [("anggaran", 9)])
