"""Telephone numbers as people type them and as spreadsheets spoil them, brought to +62 form. Pure."""

import re

SEPARATORS = re.compile(r"[\s().\-\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")
# National number without its 0: mobile 8 and 8 to 11 more digits, fixed lines 2 to 9 and 6 to 9 more.
NATIONAL = re.compile(r"8[0-9]{8,11}|[2-79][0-9]{6,9}")


def normalise_phone(raw: str | int | float) -> str | None:
    """Return a number in international form ("+6281200000001"), or None when it is not recognised.

    "0812…", "62812…", "+62 812…" and "812…" (a spreadsheet took the 0 away) are the same number; a number
    with another country code stays as it is.
    """
    if isinstance(raw, float):
        if not raw.is_integer():
            return None
        raw = int(raw)
    text = SEPARATORS.sub("", str(raw)).lstrip("'\u2019`")
    if text.startswith("00"):
        text = f"+{text[2:]}"
    if text.startswith("+") and not text.startswith("+62"):
        return text if INTERNATIONAL.fullmatch(text) else None
    national = text.removeprefix("+").removeprefix("62").removeprefix("0")
    return f"+62{national}" if NATIONAL.fullmatch(national) else None
