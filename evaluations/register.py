"""Finding who answered by what stands on paper or in a file."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluations.authors import Author
from evaluations.models import Invitation, Respondent, Survey

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


@dataclass(frozen=True)
class Known:
    """One who may be named on paper or in a file, by code, NIP and name."""

    author: Author
    code: str
    nip: str
    name: str

    @property
    def suggestion(self) -> str:
        """As it stands in the list of suggestions; of an anonymous survey the code alone."""
        return f"{self.code}{SEPARATOR}{self.name}" if self.name else self.code


def known_to(survey: Survey) -> list[Known]:
    """Everybody who may answer `survey`: its participants, or the respondents of its group, in order of code.

    Of an anonymous survey only the codes are known, as they stand on the printed sheets.
    """
    if survey.is_public:
        return []
    if survey.is_anonymous:
        invitations = survey.invitations.select_related("enrollment", "respondent__enrollment").order_by("code")
        return [Known(_author(each), each.code, "", "") for each in invitations]
    if survey.is_of_participants:
        enrollments = survey.evaluation.program.enrollments.select_related("person").order_by("code")
        return [
            Known(Author.participant(each), each.code, each.person.nip, each.person.name) for each in enrollments
        ]
    respondents = survey.evaluation.respondents.filter(group=survey.group).select_related("enrollment__person")
    codes = dict(survey.invitations.filter(respondent__isnull=False).values_list("respondent", "code"))
    return [Known(Author.other(each), codes.get(each.pk, ""), "", _rater_name(each)) for each in respondents]


def _author(invitation: Invitation) -> Author:
    if invitation.enrollment is not None:
        return Author.participant(invitation.enrollment)
    return Author.other(invitation.respondent)


def _rater_name(respondent: Respondent) -> str:
    if respondent.enrollment is None:
        return respondent.name
    return _("%(rater)s, menilai %(participant)s") % {
        "rater": respondent.name,
        "participant": respondent.enrollment.person.name,
    }


class Register:
    """Those who may answer a survey, found by code, NIP and name."""

    def __init__(self, *known: Known):
        self._by_code: dict[str, list[Known]] = defaultdict(list)
        self._by_nip: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for each in known:
            if each.code:
                self._by_code[each.code.casefold()].append(each)
            if each.nip:
                self._by_nip[each.nip] = each
            if each.name:
                self._by_name[_plain(each.name)].append(each)

    def find(self, text: str) -> Author:
        """The one with this code or NIP. Raises `UnknownRespondent`."""
        digits = text.replace(" ", "")
        if digits in self._by_nip:
            return self._by_nip[digits].author
        same = self._by_code.get(text.casefold(), []) if text else []
        exact = [known for known in same if known.code == text] or same
        if len(exact) == 1:
            return exact[0].author
        if self._by_nip and len(digits) == NIP_LENGTH and digits.isdigit():
            raise UnknownRespondent(_("NIP ini tidak terdaftar sebagai peserta program."))
        if self._by_nip:
            raise UnknownRespondent(_("Tidak ada responden survei ini dengan kode atau NIP ini."))
        raise UnknownRespondent(_("Tidak ada responden survei ini dengan kode ini."))

    def find_typed(self, text: str) -> Author:
        """As `find`, and by a suggestion ("P001 · Nama") or a full name. Raises `UnknownRespondent`."""
        text = SPACES.sub(" ", text).strip()
        code, _separator, name = text.partition(SEPARATOR.strip())
        try:
            return self.find(code.strip())
        except UnknownRespondent:
            named = self._by_name.get(_plain(name or text), [])
            if len(named) == 1:
                return named[0].author
            if named:
                message = (
                    _("Ada beberapa responden dengan nama ini. Ketik kode atau NIP-nya.")
                    if self._by_nip
                    else _("Ada beberapa responden dengan nama ini. Ketik kodenya.")
                )
                raise UnknownRespondent(message) from None
            raise


def _plain(name: str) -> str:
    return SPACES.sub(" ", name).strip().casefold()
