"""Where the words of an informant are quoted."""

from dataclasses import dataclass, field

from evaluations.models import CaseStudy, Finding, Interview


@dataclass
class Use:
    """A finding or a case study with the passages of one interview that it quotes."""

    record: Finding | CaseStudy
    quotes: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)


def quoted_in(interview: Interview) -> list[Use]:
    """Every finding and case study that quotes ``interview``, in two queries."""
    links = [
        *((link.finding, link.quote) for link in interview.evidence.select_related("finding")),
        *((link.case_study, link.quote) for link in interview.caseevidence.select_related("case_study")),
    ]
    uses: dict[object, Use] = {}
    for record, quote in links:
        use = uses.setdefault(record, Use(record))
        if quote:
            use.quotes.append(quote)
    return list(uses.values())
