"""How evidence may be shown to whom: names and words only as far as the informant allowed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluations.models import Evidence, InstrumentVersion, Interview


@dataclass(frozen=True)
class Citation:
    """One piece of evidence as one reader may see it."""

    kind: str
    source: str
    quote: str
    note: str
    url: str
    contradicts: bool = False


def cite(evidence: Evidence, user) -> Citation:
    """What ``user`` may see of ``evidence``; only roles that read the source get a way to it."""
    source = evidence.source
    reads_source = user.has_perm(f"evaluations.view_{source._meta.model_name}")
    note = ""
    if not isinstance(source, Interview):
        name, quote = str(source), evidence.quote
        if evidence.part:
            name = f"{name}: {part_name(source.version, evidence.part)}"
    elif reads_source:
        name, quote = str(source), evidence.quote
        note = "" if source.may_be_quoted else _("Hanya untuk evaluator: informan tidak mengizinkan kutipan.")
    else:
        name, quote = source.cited_as, public_quote(source, evidence.quote)
        note = "" if source.may_be_quoted else _("Informan tidak mengizinkan ucapannya dikutip.")
    return Citation(
        kind=str(source._meta.verbose_name),
        source=name,
        quote=quote,
        note=note,
        url=source.get_absolute_url() if reads_source else "",
        contradicts=evidence.stance == Evidence.Stance.CONTRADICTS,
    )


def part_name(version: InstrumentVersion, part: str) -> str:
    """A dimension or an item of a survey in words; its key when the version has it no more."""
    kind, _colon, key = part.partition(":")
    if kind == "dimension":
        return version.dimension_names.get(key, key)
    return next((item.label or item.text for item in version.items.all() if item.key == key), key)


def public_quote(interview: Interview, quote: str) -> str:
    """``quote`` as a reader of results may see it: nothing without consent, no name without consent."""
    if not interview.may_be_quoted:
        return ""
    name = interview.informant_name.strip()
    if interview.consent == Interview.Consent.BY_NAME or not name:
        return quote
    return quote.replace(name, _("[nama informan]"))
