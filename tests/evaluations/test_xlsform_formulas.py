import pytest

from evaluations.expressions import parse
from evaluations.xlsform.formulas import FormulaError, Known, as_text, both, translate


def known(**changes):
    return Known(
        keys={
            "umur": ["umur"],
            "nama.lengkap": ["nama_lengkap"],
            "ya": ["ya"],
            "w": ["w"],
            "s": ["s"],
            "dua": ["a", "b"],
        },
        left_out={"foto"},
        values={"ya": {"y": 1, "t": 0}, "w": {"merah.tua": "merah_tua"}},
        not_applicable={"s": "99"},
    )


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("${umur} > 20", "${umur} > 20"),
        ("${ umur }  >\n 20", "${umur} > 20"),
        ("${nama.lengkap} != ''", "${nama_lengkap} != ''"),
        ("${umur} = ‘5’", "${umur} = '5'"),
        (". <= date('2026-01-31')", ". <= '2026-01-31'"),
        ("${ya} = 'y'", "${ya} = 1"),
        ("'t' != ${ya}", "${ya} != 0"),
        ("selected(${ya}, 'y')", "${ya} = 1"),
        ("not(selected(${ya}, 't')) and ${umur} < 3", "not(${ya} = 0) and (${umur} < 3)"),
        ("selected(${w}, 'merah.tua') or ${umur} < -1.5", "selected(${w}, 'merah_tua') or (${umur} < (-1.5))"),
        ("selected(${w}, 'biru')", "selected(${w}, 'biru')"),
        ("${w} = 'merah.tua'", "${w} = 'merah_tua'"),
        ("selected(., 'merah.tua')", "selected(., 'merah_tua')"),
    ],
)
def test_expression_speaks_of_our_keys_and_values(written, ours):
    assert translate(written, known(), own="w") == ours


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("regex(., '^[0-9]+$')", "fungsi regex() tidak dikenal"),
        ("${umur} > 5 and coalesce(${umur}, 1) = 2", "fungsi coalesce() tidak dikenal"),
        ("if(${umur} > 5, 1, 0) = 1", "fungsi if() tidak dikenal"),
        ("${lain} = 1", "menyebut “lain”, yang bukan pertanyaan sebelum baris ini"),
        ("${foto} = 1", "menyebut “foto”, yang dilewati"),
        ("${dua} = 1", "“dua” dapat berarti lebih dari satu baris"),
        ("${last-saved#umur} = 1", "menyebut “last-saved#umur”, yang bukan pertanyaan sebelum baris ini"),
        ("${s} = '99'", "membandingkan dengan “tidak berlaku”"),
        ("${umur} >", "rumus ini belum selesai"),
        ("../umur = 1", "rumus ini tidak dapat dibaca mulai dari “/umur = 1” (huruf ke-3)"),
        ("${umur} = 1 or " * 40 + "${umur} = 2", "lebih panjang daripada 500 huruf"),
    ],
)
def test_expression_that_is_beyond_us_says_why(written, reason):
    with pytest.raises(FormulaError) as error:
        translate(written, known())
    assert str(error.value) == reason


@pytest.mark.parametrize(
    "text",
    [
        "${a} = 1",
        "not(selected(., 'x')) or (count-selected(.) = 1)",
        "(((${a} + 2) * 3) div 4) > (-(${b}))",
        "string-length(.) >= 10",
        "(. <= today()) and true()",
        '${a} = "it\'s"',
        ". = 0.25",
    ],
)
def test_written_expression_is_read_as_the_same(text):
    assert parse(as_text(parse(text))) == parse(text)


def test_both_holds_when_each_does():
    assert both("", "") == ""
    assert both("a", "") == "a"
    assert both("", "b") == "b"
    assert both("a", "b") == "(a) and (b)"
