"""How widespread a finding is and how far it may be trusted, from the pieces of evidence under it. Pure.

The rule of confidence is stated in docs/statistics.md ("Keyakinan temuan"); its numbers stand here.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from asn_eval.numbers import format_integer, format_percent

ENOUGH_FOR_HIGH = 3  # independent sources left after what contradicts was taken off
ENOUGH_FOR_MEDIUM = 2
KINDS_FOR_HIGH = 2
# A case study retells what other records say: it illustrates and is no method of its own.
RETELLING = "case_study"


class Confidence(StrEnum):
    LOW = "rendah"
    MEDIUM = "sedang"
    HIGH = "tinggi"


@dataclass(frozen=True)
class Piece:
    """One piece of evidence. Pieces with equal ``source`` come from one voice, however often it is quoted."""

    kind: str  # interview, observation, document, indicator, survey or case_study
    source: Hashable  # of an open answer the respondent, else the record
    supports: bool = True
    is_informant: bool = False  # a person who said it: an interview, or a respondent by an open answer
    unit: str = ""  # a search key, so that one unit in two spellings is one
    role: str = ""
    survey: Hashable | None = None
    part: str = ""  # of a survey that is cited as a whole or by one of its parts


@dataclass(frozen=True)
class SurveyReach:
    """How many answered a survey that the finding cites, of how many; ``n_cited`` said it in their own words."""

    survey: Hashable
    n_answered: int
    n_invited: int | None
    n_cited: int

    @property
    def share_cited(self) -> float | None:
        return self.n_cited / self.n_answered if self.n_cited and self.n_answered >= self.n_cited else None

    @property
    def share_answered(self) -> float | None:
        return self.n_answered / self.n_invited if self.n_invited and self.n_invited >= self.n_answered else None


@dataclass(frozen=True)
class Strength:
    """What the evidence of one finding amounts to. Everything but ``n_contradicting`` counts what supports it."""

    n_sources: int
    kinds: tuple[str, ...]
    n_informants: int
    n_units: int
    n_roles: int
    n_contradicting: int
    all_from_one_unit: bool
    surveys: tuple[SurveyReach, ...]

    @property
    def n_methods(self) -> int:
        return len(set(self.kinds) - {RETELLING})

    @property
    def n_left(self) -> int:
        """Independent sources, less those that say the opposite."""
        return self.n_sources - self.n_contradicting

    @property
    def confidence(self) -> Confidence:
        if self.n_left >= ENOUGH_FOR_HIGH and self.n_methods >= KINDS_FOR_HIGH and not self.all_from_one_unit:
            return Confidence.HIGH
        return Confidence.MEDIUM if self.n_left >= ENOUGH_FOR_MEDIUM else Confidence.LOW


def strength_of(
    pieces: Iterable[Piece], answered: dict[Hashable, tuple[int, int | None]], *, minimum: int
) -> Strength:
    """Sum up the pieces under one finding; ``answered`` has (answered, invited) of each survey they cite.

    Surveys that fewer than ``minimum`` answered tell no number of respondents.
    """
    pieces = list(pieces)
    supporting = [piece for piece in pieces if piece.supports]
    sources = {(piece.kind, piece.source) for piece in supporting}
    units = {piece.unit for piece in supporting if piece.unit}
    cited = {piece.survey for piece in supporting if piece.survey is not None}
    return Strength(
        n_sources=len(sources),
        kinds=tuple(sorted({piece.kind for piece in supporting})),
        n_informants=len({(piece.kind, piece.source) for piece in supporting if piece.is_informant}),
        n_units=len(units),
        n_roles=len({piece.role for piece in supporting if piece.role}),
        n_contradicting=len({(piece.kind, piece.source) for piece in pieces if not piece.supports}),
        all_from_one_unit=len(units) == 1 and all(piece.unit for piece in supporting),
        surveys=tuple(
            _reach(survey, supporting, *answered[survey])
            for survey in sorted(cited, key=str)
            if survey in answered and answered[survey][0] >= minimum
        ),
    )


def _reach(survey: Hashable, supporting: list[Piece], n_answered: int, n_invited: int | None) -> SurveyReach:
    spoke = {piece.source for piece in supporting if piece.survey == survey and piece.is_informant}
    return SurveyReach(survey, n_answered, n_invited, len(spoke))


CONFIDENCE_NAMES = {
    Confidence.LOW: gettext_lazy("Rendah"),
    Confidence.MEDIUM: gettext_lazy("Sedang"),
    Confidence.HIGH: gettext_lazy("Tinggi"),
}
KIND_NAMES = {
    "interview": gettext_lazy("wawancara"),
    "observation": gettext_lazy("observasi"),
    "document": gettext_lazy("dokumen"),
    "indicator": gettext_lazy("indikator"),
    "survey": gettext_lazy("survei"),
    "case_study": gettext_lazy("studi kasus"),
}


def confidence_name(strength: Strength) -> str:
    return str(CONFIDENCE_NAMES[strength.confidence])


def reasons_for(strength: Strength) -> list[str]:
    """Why the confidence is what it is, in short sentences."""
    kinds = ", ".join(str(KIND_NAMES[kind]) for kind in strength.kinds)
    reasons = [
        ngettext(
            "%(n)s sumber yang berdiri sendiri mendukung (%(kinds)s).",
            "%(n)s sumber yang berdiri sendiri mendukung (%(kinds)s).",
            strength.n_sources,
        )
        % {"n": strength.n_sources, "kinds": kinds}
    ]
    if strength.n_contradicting:
        reasons.append(
            ngettext(
                "%(n)s sumber bertentangan dan dikurangkan.",
                "%(n)s sumber bertentangan dan dikurangkan.",
                strength.n_contradicting,
            )
            % {"n": strength.n_contradicting}
        )
    if strength.n_left >= ENOUGH_FOR_HIGH and strength.n_methods < KINDS_FOR_HIGH:
        reasons.append(_("Semua bukti diperoleh dengan cara yang sama."))
    if strength.all_from_one_unit and strength.n_left >= ENOUGH_FOR_MEDIUM:
        reasons.append(_("Semua bukti berasal dari satu unit kerja."))
    if strength.n_left < ENOUGH_FOR_MEDIUM:
        reasons.append(_("Perlu paling sedikit dua sumber yang saling menguatkan."))
    return reasons


def spread_of(strength: Strength) -> list[str]:
    """How widespread the finding is: informants, units and roles that are known, shares of respondents."""
    counted = (
        (strength.n_informants, ngettext("%(n)s informan", "%(n)s informan", strength.n_informants)),
        (strength.n_units, ngettext("%(n)s unit kerja", "%(n)s unit kerja", strength.n_units)),
        (strength.n_roles, ngettext("%(n)s peran", "%(n)s peran", strength.n_roles)),
    )
    shares = [
        _("%(n)s dari %(answered)s responden (%(share)s)")
        % {
            "n": format_integer(one.n_cited),
            "answered": format_integer(one.n_answered),
            "share": format_percent(one.share_cited),
        }
        for one in strength.surveys
        if one.share_cited is not None
    ]
    return [*(words % {"n": n} for n, words in counted if n), *shares]
