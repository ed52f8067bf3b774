"""NIP and NI PPPK. All numbers are synthetic: born on 1 January, serial 9xx."""

from datetime import date

import pytest

from asn_eval.nip import EmploymentStatus, Nip, NipError, Sex, parse_nip

TODAY = date(2026, 11, 23)
PNS = "198601012015051901"
PPPK = "199001012022212902"
LOST = (
    "NIP tersimpan sebagai bilangan (%s) sehingga angka belakangnya hilang; ubah kolom menjadi Teks lalu ketik "
    "ulang NIP."
)
NO_BIRTH = "Delapan angka pertama (%s) bukan tanggal lahir yang mungkin (tahun, bulan, tanggal)."
EMPTY = "NIP kosong."


def refusal(raw):
    with pytest.raises(NipError) as caught:
        parse_nip(raw, today=TODAY)
    return str(caught.value)


def test_parse_nip_reads_a_pns():
    nip = parse_nip(PNS, today=TODAY)
    assert nip == Nip(PNS, date(1986, 1, 1), 2015, EmploymentStatus.PNS, Sex.MALE, 901)
    assert (nip.warnings, nip.formatted) == ((), "19860101 201505 1 901")


def test_parse_nip_reads_a_pppk():
    nip = parse_nip(PPPK, today=TODAY)
    assert nip == Nip(PPPK, date(1990, 1, 1), 2022, EmploymentStatus.PPPK, Sex.FEMALE, 902)
    assert (nip.warnings, nip.formatted) == ((), "19900101 202221 2 902")


@pytest.mark.parametrize(
    "raw",
    [
        "19860101 201505 1 901",
        " 198601012015051901\n",
        "'198601012015051901",
        "\u2019198601012015051901",
        "19860101\u00a0201505\u202f1\u2009901",
        "\ufeff198601012015051901\u200b",
        198601012015051901,
    ],
)
def test_parse_nip_ignores_spaces_and_a_leading_apostrophe(raw):
    assert parse_nip(raw, today=TODAY).digits == PNS


@pytest.mark.parametrize(
    ("block", "status"),
    [("01", "PNS"), ("12", "PNS"), ("21", "PPPK"), ("29", "PPPK")],
)
def test_parse_nip_tells_the_status_by_the_block(block, status):
    assert parse_nip(f"198601012015{block}1901", today=TODAY).status == status


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (None, EMPTY),
        ("", EMPTY),
        (" ' ", EMPTY),
        (1.98601012015052e17, LOST % "1.98601e+17"),
        (198601012015051901.0, LOST % "1.98601e+17"),
        (12345.0, LOST % "12345"),
        ("1.98601E+17", LOST % "1.98601E+17"),
        ("1,98601E+17", LOST % "1,98601E+17"),
        (" 2e17 ", LOST % "2e17"),
        (True, "NIP harus berupa teks 18 angka."),
        (date(1986, 1, 1), "NIP harus berupa teks 18 angka."),
        (19860101201505190, "NIP harus 18 angka; yang tertulis 17 angka."),
        ("19860101201505190", "NIP harus 18 angka; yang tertulis 17 angka."),
        ("1986010120150519011", "NIP harus 18 angka; yang tertulis 19 angka."),
        ("19860101.201505.1.901", "NIP hanya boleh berisi angka 0–9 dan spasi; hapus “.”."),
        ("19860101-201505-1-901", "NIP hanya boleh berisi angka 0–9 dan spasi; hapus “-”."),
        ("NIP 198601012015051901", "NIP hanya boleh berisi angka 0–9 dan spasi; hapus “N”."),
        ("19860101201505190\u0661", "NIP hanya boleh berisi angka 0–9 dan spasi; hapus “\u0661”."),
        ("\uff11\uff1986010120150519", "NIP hanya boleh berisi angka 0–9 dan spasi; hapus “\uff11”."),
        ("19860101201505190²", "NIP hanya boleh berisi angka 0–9 dan spasi; hapus “²”."),
        (-198601012015051901, "NIP hanya boleh berisi angka 0–9 dan spasi; hapus “-”."),
        ("198613012015051901", NO_BIRTH % "19861301"),
        ("198602302015051901", NO_BIRTH % "19860230"),
        ("000001012015051901", NO_BIRTH % "00000101"),
        ("189901012015051901", NO_BIRTH % "18990101"),
        ("202701012045051901", "Tanggal lahir pada delapan angka pertama (20270101) belum terjadi."),
        ("202611242045051901", "Tanggal lahir pada delapan angka pertama (20261124) belum terjadi."),
        ("198601012015001901", "Angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21–29 (PPPK), bukan 00."),
        ("198601012015131901", "Angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21–29 (PPPK), bukan 13."),
        ("198601012015201901", "Angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21–29 (PPPK), bukan 20."),
        ("198601012015301901", "Angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21–29 (PPPK), bukan 30."),
        ("198601012015050901", "Angka ke-15 harus 1 (pria) atau 2 (wanita), bukan 0."),
        ("198601012015053901", "Angka ke-15 harus 1 (pria) atau 2 (wanita), bukan 3."),
        (
            "198601012015051000",
            "Nomor urut (tiga angka terakhir) tidak boleh 000; sering kali ini karena Excel membulatkan "
            "angka: ubah kolom NIP menjadi Teks lalu ketik ulang.",
        ),
    ],
)  # fmt: skip
def test_parse_nip_says_what_is_wrong(raw, message):
    assert refusal(raw) == message


def test_parse_nip_accepts_a_leap_day_only_in_a_leap_year():
    assert parse_nip("198802292015051901", today=TODAY).birth_date == date(1988, 2, 29)
    assert refusal("198702292015051901").startswith("Delapan angka pertama (19870229)")


YOUNG = "Usia saat diangkat kurang dari 18 tahun; periksa tahun lahir dan tahun pengangkatan."


@pytest.mark.parametrize(
    ("digits", "warnings"),
    [
        ("198601012026121901", ()),
        ("198601012027011901", ("Tahun pengangkatan 2027 belum tiba.",)),
        ("198606012004061901", ()),
        ("198606012004051901", (YOUNG,)),
        ("198606012004211901", ()),
        ("198606012003211901", (YOUNG,)),
        ("198606010001011901", (YOUNG,)),
    ],
)
def test_parse_nip_warns_of_what_is_odd(digits, warnings):
    assert parse_nip(digits, today=TODAY).warnings == warnings
