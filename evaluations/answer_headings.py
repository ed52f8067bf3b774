"""The headings that are understood in a file of answers. Pure."""

from collections.abc import Iterable, Sequence

from asn_eval.tables import header_key
from evaluations.item_rules import SILENT
from evaluations.packing import is_recalled

RECALLED = "dulu:"  # before the key of an item: how it was, in a retrospective survey
# Accepted headers; of two that are present the earlier one in this list is read.
KEY_NAMES = (
    "Kode Peserta",
    "Kode Responden",
    "Kode",
    "Nomor Peserta",
    "Kunci",
    "Responden",
    "Respondent",
    "Resp",
    "ID",
    "NIP",
    "NIP Baru",
)
WAVE_NAMES = ("Gelombang", "Wave")
DATE_NAMES = ("Tanggal", "Tanggal Diterima", "Tanggal Pengisian", "Date")
NAME_NAMES = ("Nama", "Nama Lengkap", "Nama Peserta", "Name")
IGNORED_NAMES = (
    *NAME_NAMES,
    "Menilai",
    "Menilai Peserta",
    "Asal",
    "Asal Jawaban",
    "Kelompok",
    "Group",
    "Unit Kerja",
    "No",
    "Nomor",
    "Nomor Urut",
)
WAVE_WORDS = {
    "sebelum": ("sebelum", "before", "pre", "pretest", "pretes"),
    "sesudah": ("sesudah", "setelah", "after", "post", "posttest", "postes"),
    "bulan_3": ("bulan_3", "3 bulan", "3 bulan sesudah", "3 months"),
    "bulan_6": ("bulan_6", "6 bulan", "6 bulan sesudah", "6 months"),
    "bulan_12": ("bulan_12", "12 bulan", "12 bulan sesudah", "12 months"),
}
WAVES = {word: wave for wave, words in WAVE_WORDS.items() for word in words}


def asked_items(items: Iterable) -> list:
    return [item for item in items if item.type not in SILENT]


def known_headers(items: Iterable) -> list[str]:
    """Every header that is understood in a file of answers to `items`."""
    names = [*KEY_NAMES, *WAVE_NAMES, *DATE_NAMES, *IGNORED_NAMES, *WAVES]
    asked = asked_items(items)
    recalled = [RECALLED + item.key for item in asked if is_recalled(item)]
    return names + recalled + [name for item in asked for name in _names(item)]


def free_name(names: Sequence[str], items: Iterable) -> str:
    """The first of these headings that no item answers to: a question may be called "tanggal" as well."""
    taken = {header_key(name) for item in asked_items(items) for name in _names(item)}
    return next((name for name in names if header_key(name) not in taken), names[-1])


def key_heading(items: Iterable, *, is_of_participants: bool, is_public: bool = False) -> str:
    """The heading of the column that says who answered."""
    if is_public:
        return free_name(("Responden", "Respondent", "Resp"), items)
    return free_name(KEY_NAMES if is_of_participants else KEY_NAMES[1:], items)


def _names(item) -> list[str]:
    return [name for name in (item.key, item.label, item.label_en) if name]
