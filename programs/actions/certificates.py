"""Certificates: who gets one, issued with numbers that run on, revoked with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Office
from asn_eval.dates import period
from programs.actions.programs import lock_program
from programs.certificates.eligibility import Record, Rule, reasons_against
from programs.certificates.numbering import number_in, pattern_problem, series_of
from programs.models import Activity, Batch, Certificate, Enrollment, Program
from programs.participation import MISSING, Tally


class CertificatesRefused(Exception):
    """No certificate was issued; the message says what is to be mended first."""


@dataclass(frozen=True)
class Judged:
    """One participant and what speaks against a certificate."""

    enrollment: Enrollment
    reasons: list[str]

    @property
    def qualifies(self) -> bool:
        return not self.reasons

    @property
    def has_certificate(self) -> bool:
        return self.enrollment.valid_certificate is not None


def participants(program: Program, *, batch: Batch | None = None) -> QuerySet:
    """Those who could be given a certificate, in the order in which they are numbered."""
    people = program.enrollments.filter(group=Enrollment.Group.PARTICIPANT)
    if batch is not None:
        people = people.filter(batch=batch)
    people = people.select_related("person__agency", "batch").prefetch_related("attendances", "certificates")
    return people.order_by("batch__start_date", "batch__name", "person__name", "pk")


def judge(enrollments: Iterable[Enrollment], activities: Sequence[Activity], rule: Rule) -> list[Judged]:
    """Who qualifies and who does not, with every reason. The rows come from ``participants``."""
    return [
        Judged(enrollment, reasons_against(_record(enrollment, activities), rule)) for enrollment in enrollments
    ]


def _record(enrollment: Enrollment, activities: Sequence[Activity]) -> Record:
    noted = {note.activity_id: note.state for note in enrollment.attendances.all()}
    attendance = Tally()
    for activity in activities:
        if enrollment.is_meant_by(activity):
            attendance.add(noted.get(activity.pk, MISSING))
    return Record(
        status=enrollment.status,
        status_label=enrollment.get_status_display(),
        attendance=attendance,
        post_score=enrollment.post_score,
        has_certificate=enrollment.valid_certificate is not None,
    )


@transaction.atomic
def issue_certificates(
    *, program: Program, enrollments: Sequence[int], rule: Rule, issued_on: date, place: str
) -> list[Certificate]:
    """Give a certificate to those of ``enrollments`` who qualify at this moment, and return them in their order.

    Nobody is given a second valid one. Raises ``CertificatesRefused``, with none issued, when the pattern, a
    number or a text does not allow it.
    """
    program = lock_program(program)
    if problem := pattern_problem(program.certificate_pattern):
        raise CertificatesRefused(problem)
    # Programs of one office share their numbers: they wait for each other here.
    office = Office.objects.select_for_update().get(pk=program.organizer_id)
    activities = list(program.activities.all())
    chosen = set(enrollments)
    people = [row for row in participants(program) if row.pk in chosen]
    certificates = [
        _words(judged.enrollment, program, office, activities, issued_on=issued_on, place=place)
        for judged in judge(people, activities, rule)
        if judged.qualifies
    ]
    _number(certificates, office)
    for certificate in certificates:
        _save(certificate)
    return certificates


def _words(
    enrollment: Enrollment,
    program: Program,
    office: Office,
    activities: Sequence[Activity],
    *,
    issued_on: date,
    place: str,
) -> Certificate:
    """What will stand on the certificate, whatever becomes of the records later."""
    batch = enrollment.batch
    time = batch or program
    hours = (activity.lesson_hours for activity in activities if enrollment.is_meant_by(activity))
    return Certificate(
        enrollment=enrollment,
        issuer=office,
        issuer_name=office.name,
        series=series_of(program.certificate_pattern, batch=batch.name if batch else "", issued_on=issued_on),
        issued_on=issued_on,
        holder_name=enrollment.person.name,
        program_name=program.name,
        batch_name=batch.name if batch else "",
        period=period(time.start_date, time.end_date),
        lesson_hours=sum(hours, Decimal(0)),
        place=place,
        signatory_title=office.signatory_title,
        signatory_name=office.signatory_name,
        signatory_rank=office.signatory_rank,
        signatory_nip=office.signatory_nip,
    )


def _number(certificates: list[Certificate], office: Office) -> None:
    """Numbers without a gap in each series. Revoked ones keep theirs, so none is given twice."""
    everywhere = Certificate.objects.unscoped("numbers run on over all programs of an office; shows no row")
    issued = everywhere.filter(issuer=office)
    series = {certificate.series for certificate in certificates}
    highest = dict(
        issued.filter(series__in=series)
        .order_by()
        .values("series")
        .annotate(last=Max("sequence"))
        .values_list("series", "last")
    )
    for certificate in certificates:
        sequence = highest[certificate.series] = highest.get(certificate.series, 0) + 1
        certificate.sequence = sequence
        certificate.number = number_in(certificate.series, sequence=sequence, issued_on=certificate.issued_on)
    numbers = [certificate.number for certificate in certificates]
    taken = issued.filter(number__in=numbers).values_list("number", flat=True).first()
    if taken or len(set(numbers)) < len(numbers):
        raise CertificatesRefused(
            _("Nomor %(number)s sudah dipakai kantor penerbit. Ubah pola nomor sertifikat program ini.")
            % {"number": taken or numbers[0]}
        )


def _save(certificate: Certificate) -> None:
    try:
        certificate.clean_fields()
    except ValidationError as error:
        raise CertificatesRefused(
            _("Sertifikat %(name)s belum dapat diterbitkan: %(problems)s")
            % {"name": certificate.holder_name, "problems": " ".join(error.messages)}
        ) from error
    certificate.save()


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, now: datetime) -> Certificate:
    """Declare a certificate invalid. Its number stays taken and its address says so. Twice is once."""
    program = lock_program(certificate.enrollment.program)
    stored = certificate.enrollment.certificates.select_for_update().get(pk=certificate.pk)
    stored.enrollment.program = program
    if not stored.is_revoked:
        stored.revoked_at, stored.revoke_reason = now, reason
        stored.full_clean()
        stored.save(update_fields=["revoked_at", "revoke_reason"])
    return stored


@transaction.atomic
def replace_certificate(
    *, certificate: Certificate, reason: str, now: datetime, issued_on: date, place: str
) -> Certificate:
    """Revoke one and issue another under a new number, with the words as they are now."""
    revoked = revoke_certificate(certificate=certificate, reason=reason, now=now)
    issued = issue_certificates(
        program=revoked.enrollment.program,
        enrollments=[revoked.enrollment_id],
        rule=Rule(),
        issued_on=issued_on,
        place=place,
    )
    if not issued:
        raise CertificatesRefused(
            _("Pengganti belum dapat diterbitkan: status peserta bukan “Selesai”, atau penggantinya sudah ada.")
        )
    return issued[0]
