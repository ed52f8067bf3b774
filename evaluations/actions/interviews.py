"""Interviews are planned, held or cancelled; consent may be withdrawn; what was heard becomes a finding."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asn_eval.history.entries import record_note
from evaluations.actions.findings import add_evidence, record_finding, refusal
from evaluations.models import INTERVIEW_TRANSITIONS, Finding, Interview
from programs.actions.activities import forget_files


@transaction.atomic
def change_interview_state(*, interview: Interview, state: str) -> Interview:
    """Move ``interview``, as it is filled in, to ``state``; ``ValidationError`` where no way leads there."""
    stored = interview.evaluation.interviews.select_for_update().get(pk=interview.pk)
    if state not in INTERVIEW_TRANSITIONS[stored.state]:
        raise ValidationError(
            _("Wawancara yang berstatus “%(state)s” tidak dapat diubah seperti itu.")
            % {"state": stored.get_state_display()},
            code="no_way",
        )
    interview.state = state
    interview.full_clean()
    interview.save()
    return interview


@transaction.atomic
def withdraw_consent(*, interview: Interview, day: date) -> Interview:
    """From now on nothing that the informant said is quoted. Raises ``ValidationError``."""
    interview = interview.evaluation.interviews.select_for_update().get(pk=interview.pk)
    if not interview.is_held:
        raise refusal("day", _("Persetujuan belum dicatat karena wawancara belum dilaksanakan."), "not_held")
    if interview.withdrawn_on is not None:
        raise refusal("day", _("Penarikan persetujuan sudah dicatat."), "again")
    if not interview.date <= day <= timezone.localdate():
        raise refusal(
            "day", _("Tanggal penarikan tidak mungkin sebelum wawancara atau di masa depan."), "impossible"
        )
    interview.withdrawn_on = day
    interview.revision += 1
    interview.save(update_fields=["withdrawn_on", "revision", "updated_at"])
    return interview


@transaction.atomic
def erase_words(*, interview: Interview) -> None:
    """Nothing that the informant said is kept: no text, no file, no passage. That they were heard stays known.

    What rests on the interview keeps it as its source, without a quote. Raises ``ValidationError`` while the
    consent holds.
    """
    interview = interview.evaluation.interviews.select_for_update().get(pk=interview.pk)
    if interview.withdrawn_on is None:
        raise ValidationError(
            _("Isi wawancara hanya dihapus setelah persetujuannya ditarik."), code="consent_holds"
        )
    for links in (interview.evidence, interview.caseevidence):
        links.update(quote="", excerpt=None)
    forget_files(attachment.file for attachment in interview.attachments.all())
    for parts in (interview.excerpts, interview.readings, interview.answers, interview.attachments):
        parts.all().delete()
    interview.text = interview.informant_name = ""
    interview.revision += 1
    interview.save(update_fields=["text", "informant_name", "revision", "updated_at"])
    record_note(interview, _("isi wawancara dihapus setelah persetujuan ditarik"))


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
