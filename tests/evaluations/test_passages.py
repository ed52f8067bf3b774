from evaluations.passages import Segment, find_passage, split_by_passages

TEXT = "Jadwal pelatihan berbenturan\r\ndengan layanan. Anggaran cukup."


def test_find_passage_gives_the_words_as_they_stand():
    assert find_passage(TEXT, "Anggaran cukup") == "Anggaran cukup"


def test_find_passage_reads_over_the_end_of_a_line_as_browsers_select_it():
    assert find_passage(TEXT, "berbenturan\n dengan layanan") == "berbenturan\r\ndengan layanan"


def test_find_passage_refuses_other_words_and_nothing():
    assert find_passage(TEXT, "anggaran cukup") is None
    assert find_passage(TEXT, "Anggaran kurang") is None
    assert find_passage(TEXT, " \n") is None


def test_find_passage_takes_signs_of_patterns_literally():
    assert find_passage("Biaya (sisa) .* habis", "(sisa) .*") == "(sisa) .*"
    assert find_passage("Biaya sisa habis", "s.sa") is None


def test_split_by_passages_loses_nothing_and_marks_each_key():
    assert split_by_passages("abc def ghi", [("def", 1)]) == [
        Segment("abc "),
        Segment("def", (1,)),
        Segment(" ghi"),
    ]


def test_split_by_passages_lets_passages_overlap():
    assert split_by_passages("a b c d", [("a b c", 1), ("b c d", 2)]) == [
        Segment("a ", (1,)),
        Segment("b c", (1, 2)),
        Segment(" d", (2,)),
    ]


def test_split_by_passages_leaves_out_what_does_not_occur():
    assert split_by_passages("abc", [("xyz", 1)]) == [Segment("abc")]
    assert split_by_passages("", [("xyz", 1)]) == []
