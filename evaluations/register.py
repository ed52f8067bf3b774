"""Finding a participant of a program by what stands on paper or in a file."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from programs.models import Enrollment

SPACES = re.compile(r"\s+")
NIP_LENGTH = 18
# A spreadsheet keeps 15 digits of a number; the last ones of a NIP that became a number are lost.
SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
EXACT_DIGITS = 15
# What the list of suggestions puts between the code and the name.
SEPARATOR = " · "


class UnknownRespondent(Exception):
    """The text names none, or not exactly one, of the participants; the message tells the person why."""


def respondent_key(cell: object) -> str:
    """A participant code or NIP as text, whatever the spreadsheet made of it; "" for an empty cell.

    Raises `UnknownRespondent` for a NIP that has lost its last digits.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = SPACES.sub(" ", str(cell)).strip().lstrip("'’")
    too_long = not isinstance(cell, str) and len(text) > EXACT_DIGITS
    if too_long or SCIENTIFIC.fullmatch(text):
        raise UnknownRespondent(
            _(
                "NIP ini tersimpan sebagai bilangan sehingga angka belakangnya hilang. "
                "Ubah kolomnya menjadi teks, lalu ketik atau salin ulang NIP-nya."
            )
        )
    return text


class Register:
    """The participants of one program by code, NIP and name."""

    def __init__(self, enrollments: Iterable[Enrollment]):
        self._by_code: dict[str, list[Enrollment]] = defaultdict(list)
        self._by_nip: dict[str, Enrollment] = {}
        self._by_name: dict[str, list[Enrollment]] = defaultdict(list)
        for enrollment in enrollments:
            self._by_code[enrollment.code.casefold()].append(enrollment)
            self._by_nip[enrollment.person.nip] = enrollment
            self._by_name[_plain(enrollment.person.name)].append(enrollment)

    def find(self, text: str) -> Enrollment:
        """The one participant with this code or NIP. Raises `UnknownRespondent`."""
        digits = text.replace(" ", "")
        if digits in self._by_nip:
            return self._by_nip[digits]
        same = self._by_code.get(text.casefold(), []) if text else []
        exact = [enrollment for enrollment in same if enrollment.code == text] or same
        if len(exact) == 1:
            return exact[0]
        if len(digits) == NIP_LENGTH and digits.isdigit():
            raise UnknownRespondent(_("NIP ini tidak terdaftar sebagai peserta program."))
        raise UnknownRespondent(_("Tidak ada peserta program dengan kode atau NIP ini."))

    def find_typed(self, text: str) -> Enrollment:
        """As `find`, and by a suggestion ("P001 · Nama") or a full name. Raises `UnknownRespondent`."""
        text = SPACES.sub(" ", text).strip()
        code = text.split(SEPARATOR.strip())[0].strip()
        try:
            return self.find(code)
        except UnknownRespondent:
            named = self._by_name.get(_plain(text), [])
            if len(named) == 1:
                return named[0]
            if named:
                raise UnknownRespondent(
                    _("Ada beberapa peserta dengan nama ini. Ketik kode peserta atau NIP-nya.")
                ) from None
            raise


def suggestion(enrollment: Enrollment) -> str:
    """How a participant stands in the list of suggestions."""
    return f"{enrollment.code}{SEPARATOR}{enrollment.person.name}"


def _plain(name: str) -> str:
    return SPACES.sub(" ", name).strip().casefold()
