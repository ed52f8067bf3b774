"""How the number of a certificate is made from the pattern of its program. Pure.

The series is the pattern with year and batch filled in; numbers run on within it without a gap. Nothing but the
four words in braces is replaced, so a pattern can reach nothing else.
"""

import re
from datetime import date

from django.utils.translation import gettext as _

SEQUENCE, BATCH, MONTH, YEAR = "{nomor}", "{angkatan}", "{bulan}", "{tahun}"
WORDS = (SEQUENCE, BATCH, MONTH, YEAR)
BRACED = re.compile(r"\{[^{}]*\}|[{}]")
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DIGITS = 3  # 001; a larger number simply takes more
NO_BATCH = "-"


def roman_month(day: date) -> str:
    return ROMAN_MONTHS[day.month - 1]


def pattern_problem(pattern: str) -> str:
    """What keeps a pattern from giving every certificate a number of its own; empty when nothing does."""
    if not pattern.strip():
        return _("Pola nomor sertifikat belum diisi.")
    unknown = sorted({word for word in BRACED.findall(pattern) if word not in WORDS})
    if unknown:
        return _("Pola nomor memuat %(words)s yang tidak dikenal.") % {"words": ", ".join(unknown)}
    if SEQUENCE not in pattern:
        return _("Pola nomor harus memuat {nomor}, supaya setiap sertifikat bernomor sendiri.")
    return ""


def series_of(pattern: str, *, batch: str, issued_on: date) -> str:
    """What the certificates of one row of numbers have in common."""
    return pattern.strip().replace(YEAR, str(issued_on.year)).replace(BATCH, _batch_word(batch))


def number_in(series: str, *, sequence: int, issued_on: date) -> str:
    return series.replace(MONTH, roman_month(issued_on)).replace(SEQUENCE, f"{sequence:0{DIGITS}d}")


def _batch_word(name: str) -> str:
    """Angkatan II stands as II; braces of a name are no words of the pattern."""
    word = re.sub(r"^\s*angkatan\s+", "", re.sub(r"[{}]", "", name), flags=re.IGNORECASE).strip()
    return word or NO_BATCH
