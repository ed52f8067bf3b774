"""Who is given a certificate, and why somebody is not. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from programs.participation import Tally

COMPLETED = "selesai"


@dataclass(frozen=True, slots=True)
class Rule:
    """What the organiser asks for. None asks for nothing."""

    minimum_attendance: int | None = None  # percent of the activities that were meant for the person
    minimum_post: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one participant."""

    status: str
    status_label: str
    attendance: Tally
    post_score: Decimal | None
    has_certificate: bool = False


def attended_share(attendance: Tally) -> Fraction:
    """Present among all activities meant for somebody: what nobody noted is no proof of presence."""
    return Fraction(attendance.present, attendance.expected) if attendance.expected else Fraction(0)


def reasons_against(record: Record, rule: Rule) -> list[str]:
    """Why this participant is not given one; empty when nothing speaks against it."""
    if record.has_certificate:
        return [_("sudah mempunyai sertifikat")]
    reasons = []
    if record.status != COMPLETED:
        reasons.append(_("status %(status)s") % {"status": record.status_label})
    if rule.minimum_attendance and attended_share(record.attendance) * 100 < rule.minimum_attendance:
        reasons.append(_attendance_words(record.attendance))
    if rule.minimum_post is not None and record.post_score is None:
        reasons.append(_("belum ada nilai postes"))
    elif rule.minimum_post is not None and record.post_score < rule.minimum_post:
        reasons.append(_("nilai postes di bawah batas"))
    return reasons


def _attendance_words(attendance: Tally) -> str:
    words = {"present": attendance.present, "expected": attendance.expected, "missing": attendance.missing}
    if attendance.missing:
        return _("hadir %(present)d dari %(expected)d kegiatan, %(missing)d belum dicatat") % words
    return _("hadir %(present)d dari %(expected)d kegiatan") % words
