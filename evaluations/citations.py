"""How evidence may be shown to whom: names and words only as far as the informant allowed."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluations.masking import without_name
from evaluations.models import Interview, Survey
from evaluations.models.findings import SourceLink


@dataclass(frozen=True)
class Citation:
    """One piece of evidence as one reader may see it."""

    kind: str
    source: str
    quote: str
    note: str
    url: str


def cite(link: SourceLink, user) -> Citation:
    """What ``user`` may see of a source of a finding or of a case; a way to it only for who reads it."""
    source = link.source
    reads_source = user.has_perm(f"evaluations.view_{source._meta.model_name}")
    note = ""
    if not isinstance(source, Interview):
        name, quote = _named(source, link.part), link.quote
    elif reads_source:
        name, quote = str(source), quote_for_evaluators(source, link.quote)
        note = "" if source.may_be_quoted else evaluators_note(source)
    else:
        name, quote = source.cited_as, public_quote(source, link.quote)
        note = "" if source.may_be_quoted else readers_note(source)
    if reads_source and link.excerpt_id and link.excerpt.is_lost:
        note = " ".join(filter(None, (note, _("Teks sumbernya berubah; kutipan ini perlu diperiksa."))))
    return Citation(
        kind=str(source._meta.verbose_name),
        source=name,
        quote=quote,
        note=note,
        url=source.get_absolute_url() if reads_source else "",
    )


def _named(source, part: str) -> str:
    """A source, and the dimension of a survey that is meant."""
    kind, _colon, key = part.partition(":")
    if isinstance(source, Survey) and kind == "dimension":
        return f"{source}: {source.version.dimension_names.get(key, key)}"
    return str(source)


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
