"""Who is asked: participants by their enrollment, everybody else as a respondent of the evaluation."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.surveys import RATERS, TOKEN_ALPHABET, Survey, new_token
from programs.models import Enrollment, Person

CODE_LENGTH = 8  # 31**8 is about 40 bits; trying codes is throttled (evaluations.views.codes)


def new_code() -> str:
    """What is typed where a link cannot be opened: short, and of no use without the page that throttles."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _unused in range(CODE_LENGTH))


class Respondent(ScopedModel):
    """Somebody who answers without being a participant: in one evaluation, in all of its waves."""

    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="respondents")
    group = models.CharField(_("responden"), max_length=15, choices=Survey.Group)
    enrollment = models.ForeignKey(
        Enrollment,
        models.CASCADE,
        verbose_name=_("menilai peserta"),
        related_name="raters",
        null=True,
        blank=True,
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, verbose_name=_("ASN"), related_name="answers_for", null=True, blank=True
    )
    name = models.CharField(_("nama"), max_length=150)
    unit = models.CharField(_("unit kerja"), max_length=150, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=20, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("responden")
        verbose_name_plural = _("responden")
        constraints = [
            models.CheckConstraint(
                name="only_raters_answer_about_a_participant",
                condition=Q(group__in=RATERS, enrollment__isnull=False)
                | Q(group__in=["narasumber", "penyelenggara"], enrollment__isnull=True),
                violation_error_message=_(
                    "Atasan, rekan, dan bawahan menilai satu peserta; responden lain tidak."
                ),
            ),
            models.UniqueConstraint(
                fields=["evaluation", "group", "enrollment", "person"],
                condition=Q(person__isnull=False, enrollment__isnull=False),
                name="person_once_as_rater_of_a_participant",
                violation_error_message=_("ASN ini sudah menjadi responden bagi peserta tersebut."),
            ),
            models.UniqueConstraint(
                fields=["evaluation", "group", "person"],
                condition=Q(person__isnull=False, enrollment__isnull=True),
                name="person_once_per_group_of_respondents",
                violation_error_message=_("ASN ini sudah menjadi responden."),
            ),
        ]

    def __str__(self):
        return self.name


class Invitation(ScopedModel):
    """One person's link to one survey. Says who was asked and whether that is done, never what was answered."""

    region_path = "survey__evaluation__program__region"

    class Delivery(models.TextChoices):
        """What became of the mails to this person."""

        NONE = "", _("belum ada surel")
        SENT = "terkirim", _("terkirim")
        BOUNCED = "terpental", _("alamat salah")
        REFUSED = "berhenti", _("meminta berhenti")
        FAILED = "gagal", _("gagal dikirim")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations", db_index=False)
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="invitations", null=True, blank=True)
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="invitations", null=True, blank=True)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    code = models.CharField(_("kode"), max_length=12, unique=True, default=new_code)
    is_answered = models.BooleanField(_("sudah menjawab"), default=False)
    has_saved = models.BooleanField(default=False, editable=False)  # something typed waits to be gone on with
    closes_on = models.DateField(_("batas waktu sendiri"), null=True, blank=True)
    n_mails = models.PositiveSmallIntegerField(_("surel terkirim"), default=0)
    next_mail_at = models.DateTimeField(_("surel berikutnya"), null=True, blank=True)
    delivery = models.CharField(_("surel"), max_length=10, choices=Delivery, blank=True, default=Delivery.NONE)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")
        indexes = [
            models.Index(fields=["survey", "is_answered"], name="invitation_by_survey"),
            models.Index(
                fields=["next_mail_at"], name="invitation_by_next_mail", condition=Q(next_mail_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["survey", "enrollment"], name="invitation_once_per_survey"),
            models.UniqueConstraint(fields=["survey", "respondent"], name="respondent_invited_once_per_survey"),
            models.CheckConstraint(
                name="invitation_is_for_one_person",
                condition=Q(enrollment__isnull=False, respondent__isnull=True)
                | Q(enrollment__isnull=True, respondent__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.addressee_name}: {self.survey}"

    @property
    def addressee_name(self) -> str:
        return self.respondent.name if self.respondent_id else self.enrollment.person.name

    @property
    def addressee_email(self) -> str:
        return self.respondent.email if self.respondent_id else self.enrollment.person.email

    @property
    def addressee_phone(self) -> str:
        return self.respondent.phone if self.respondent_id else self.enrollment.person.phone

    def outweighs(self, other: "Invitation") -> bool:
        """Of two invitations of one person to one survey, the answered one stays (programs.actions.merging)."""
        return self.is_answered and not other.is_answered


class SavedAnswers(ScopedModel):
    """What was typed so far, to go on with on another device. Never for an anonymous survey; gone once sent."""

    region_path = "invitation__survey__evaluation__program__region"

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="saved")
    form_id = models.UUIDField()
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    def __str__(self):
        return str(self.form_id)


class MailBlock(models.Model):
    """An address that gets no mail any more, because it does not exist or because its owner asked so."""

    class Reason(models.TextChoices):
        BOUNCED = "terpental", _("alamat salah")
        REFUSED = "berhenti", _("meminta berhenti")

    email = models.EmailField(unique=True, help_text="in small letters")
    reason = models.CharField(max_length=10, choices=Reason)
    noted_on = models.DateField(auto_now_add=True)

    def __str__(self):
        return self.email
