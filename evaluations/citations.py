"""How evidence may be shown to whom: names and words only as far as the informant allowed."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluations.masking import without_name
from evaluations.models import Evidence, InstrumentVersion, Interview, Survey
from evaluations.models.findings import SourceLink


@dataclass(frozen=True)
class Citation:
    """One piece of evidence as one reader may see it."""

    kind: str
    source: str
    quote: str
    note: str
    url: str
    contradicts: bool = False


def cite(link: SourceLink, user) -> Citation:
    """What ``user`` may see of a source of a finding or of a case; a way to it only for who reads it."""
    source = link.source
    name, url = named_for(source, user)
    reads_source = bool(url)
    quote, note = link.quote, ""
    if isinstance(source, Survey):
        if link.part:
            name = f"{name}: {part_name(source.version, link.part)}"
        if is_own_words(link) and not user.has_perm("evaluations.view_excerpt"):
            quote, note = "", _("Jawaban terbuka hanya dibaca evaluator.")
    elif isinstance(source, Interview) and reads_source:
        quote = quote_for_evaluators(source, link.quote)
        note = "" if source.may_be_quoted else evaluators_note(source)
    elif isinstance(source, Interview):
        quote = public_quote(source, link.quote)
        note = "" if source.may_be_quoted else readers_note(source)
    if reads_source and link.excerpt_id and link.excerpt.is_lost:
        note = " ".join(filter(None, (note, _("Teks sumbernya berubah; kutipan ini perlu diperiksa."))))
    return Citation(
        kind=str(source._meta.verbose_name),
        source=name,
        quote=quote,
        note=note,
        url=url,
        contradicts=isinstance(link, Evidence) and link.stance == Evidence.Stance.CONTRADICTS,
    )


def named_for(source, user) -> tuple[str, str]:
    """A source as ``user`` may know it, and the way to it; empty for who may not read it."""
    if user.has_perm(f"evaluations.view_{source._meta.model_name}"):
        return str(source), source.get_absolute_url()
    return source.cited_as if isinstance(source, Interview) else str(source), ""


def part_name(version: InstrumentVersion, part: str) -> str:
    """A dimension or an item of a survey in words; its key when the version has it no more."""
    kind, _colon, key = part.partition(":")
    if kind == "dimension":
        return version.dimension_names.get(key, key)
    return next((item.label or item.text for item in version.items.all() if item.key == key), key)


def is_own_words(link: SourceLink) -> bool:
    """Whether the quote is what a respondent wrote where nobody's name was to be known."""
    return link.survey_id is not None and link.excerpt_id is not None and link.survey.mode != Survey.Mode.NAMED


def public_quote(interview: Interview, quote: str) -> str:
    """``quote`` as a reader of results may see it: nothing without consent, no name without consent."""
    if not interview.may_be_quoted:
        return ""
    name = interview.informant_name.strip()
    if interview.consent == Interview.Consent.BY_NAME or not name:
        return quote
    return without_name(quote, name, _("[nama informan]"))


def quote_for_evaluators(interview: Interview, quote: str) -> str:
    """Who reads the interview reads its quotes as well, until the informant takes the consent back."""
    return "" if interview.withdrawn_on else quote


def evaluators_note(interview: Interview) -> str:
    if interview.withdrawn_on:
        return _("Informan menarik persetujuannya pada %(day)s; kutipannya tidak ditampilkan lagi.") % {
            "day": date_format(interview.withdrawn_on)
        }
    return _("Hanya untuk evaluator: informan tidak mengizinkan kutipan.")


def readers_note(interview: Interview) -> str:
    if interview.withdrawn_on:
        return _("Informan menarik persetujuannya; ucapannya tidak dikutip lagi.")
    return _("Informan tidak mengizinkan ucapannya dikutip.")
