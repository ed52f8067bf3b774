"""What was heard becomes a finding."""

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.actions.findings import add_evidence, record_finding, refusal
from evaluations.models import Finding, Interview


@transaction.atomic
def mark_challenge(*, interview: Interview, quote: str, statement: str, category: str, severity: int) -> Finding:
    """A new challenge that rests on ``quote``, a passage of ``interview``.

    Raises ``ValidationError`` when the passage is not in the text or a value is not allowed.
    """
    finding = Finding(
        evaluation=interview.evaluation,
        kind=Finding.Kind.CHALLENGE,
        statement=statement,
        category=category,
        severity=severity,
    )
    return record_finding(finding=finding, source=interview, quote=quote)


def support_challenge(*, interview: Interview, quote: str, challenge: Finding) -> Finding:
    """``challenge`` was heard here too: a passage of ``interview`` becomes further evidence of it."""
    if challenge.kind != Finding.Kind.CHALLENGE:
        raise refusal("existing", _("Temuan ini bukan tantangan."), "not_a_challenge")
    add_evidence(finding=challenge, source=interview, quote=quote)
    return challenge
