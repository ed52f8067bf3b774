"""A survey: one instrument version, asked of one group of respondents, in one wave."""

import secrets
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.instruments import InstrumentVersion
from programs.models import Enrollment

# No letter or digit that is read as another one: codes are typed from paper.
TOKEN_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105
TOKEN_LENGTH = 16  # 31**16 is about 79 bits


def new_token() -> str:
    """A link nobody can guess."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _unused in range(TOKEN_LENGTH))


class Survey(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    class Group(models.TextChoices):
        PARTICIPANT = "peserta", _("Peserta")
        PUBLIC = "masyarakat", _("Masyarakat")

    class Wave(models.TextChoices):
        BEFORE = "sebelum", _("Sebelum")
        AFTER = "sesudah", _("Sesudah")

    class Mode(models.TextChoices):
        NAMED = "bernama", _("Bernama")
        CONFIDENTIAL = "rahasia", _("Rahasia")
        ANONYMOUS = "anonim", _("Anonim")

    class State(models.TextChoices):
        DRAFT = "draf", _("Belum dibuka")
        OPEN = "dibuka", _("Dibuka")
        CLOSED = "ditutup", _("Ditutup")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="surveys")
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, verbose_name=_("instrumen"), related_name="+")
    group = models.CharField(_("responden"), max_length=12, choices=Group)
    wave = models.CharField(_("gelombang"), max_length=10, choices=Wave)
    mode = models.CharField(_("kerahasiaan"), max_length=10, choices=Mode)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.DRAFT)
    opens_on = models.DateField(_("dibuka mulai"))
    closes_on = models.DateField(_("ditutup setelah"))
    public_token = models.CharField(max_length=32, unique=True, null=True, blank=True, editable=False)

    class Meta:
        ordering = ["version__instrument__name", "group", "opens_on", "pk"]
        verbose_name = _("survei")
        verbose_name_plural = _("survei")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "version", "group", "wave"],
                name="survey_once_per_wave",
                violation_error_message=_("Survei dengan instrumen, responden, dan gelombang ini sudah ada."),
            ),
            models.CheckConstraint(
                name="survey_closes_on_or_after_its_opening",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("Tanggal tutup tidak boleh mendahului tanggal buka."),
            ),
            models.CheckConstraint(
                name="only_a_public_survey_is_anonymous",
                condition=Q(group="masyarakat", mode="anonim", public_token__isnull=False)
                | (~Q(group="masyarakat") & ~Q(mode="anonim") & Q(public_token__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.version.instrument}, {self.get_group_display()}, {self.get_wave_display()}"

    def get_absolute_url(self):
        return reverse("survey_detail", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.group == self.Group.PUBLIC

    def accepts_answers(self, today: date) -> bool:
        """Open by state and by date; both end days count."""
        return self.state == self.State.OPEN and self.opens_on <= today <= self.closes_on

    @property
    def next_states(self) -> tuple[str, ...]:
        return SURVEY_TRANSITIONS[self.state]


SURVEY_TRANSITIONS: dict[str, tuple[str, ...]] = {
    Survey.State.DRAFT: (Survey.State.OPEN,),
    Survey.State.OPEN: (Survey.State.CLOSED,),
    Survey.State.CLOSED: (Survey.State.OPEN,),
}


class Invitation(ScopedModel):
    """One participant's personal link to one survey."""

    region_path = "survey__evaluation__program__region"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    is_answered = models.BooleanField(_("sudah menjawab"), default=False)

    class Meta:
        ordering = ["enrollment__person__name", "pk"]
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")
        constraints = [models.UniqueConstraint(fields=["survey", "enrollment"], name="invitation_once_per_survey")]

    def __str__(self):
        return f"{self.enrollment}: {self.survey}"

    def outweighs(self, other: "Invitation") -> bool:
        """Of two invitations of one person to one survey, the answered one stays (programs.actions.merging)."""
        return self.is_answered and not other.is_answered
