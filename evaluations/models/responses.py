"""A response is one row: closed answers packed, open texts beside it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asn_eval.scoping import ScopedModel
from evaluations.models.invitations import Respondent
from evaluations.models.surveys import Consent, Survey
from programs.models import Enrollment


class Response(ScopedModel):
    """One respondent's answers to one survey.

    ``answers`` holds one value per closed item in the order of the instrument
    version, ``null`` where the answer is missing. The key is random and comes with
    the form, so that a second press of "Kirim" meets the first one's row.

    Who answered is an enrollment, a respondent or, where the survey is anonymous, a
    pseudonym that nobody can turn back once its key is destroyed; of the public it
    is nobody. An anonymous answer to an invitation has no day either.
    """

    region_path = "survey__evaluation__program__region"

    class Channel(models.TextChoices):
        LINK = "tautan", _("Tautan")
        PAPER = "kertas", _("Kertas")
        FILE = "berkas", _("Berkas")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The constraint on survey and enrollment begins with the survey and serves as its index.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses", db_index=False)
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="responses", null=True, blank=True)
    respondent = models.ForeignKey(
        Respondent, models.PROTECT, related_name="responses", null=True, blank=True, db_index=False
    )
    pseudonym = models.CharField(max_length=32, blank=True, editable=False)
    # Of a pseudonym nothing else is known but the half of the evaluation it belongs to.
    is_comparison = models.BooleanField(default=False, editable=False)
    answers = models.JSONField()
    # Of a retrospective survey: how it was before the program, in the same order.
    recalled = models.JSONField(null=True, blank=True)
    channel = models.CharField(_("asal"), max_length=10, choices=Channel)
    received_on = models.DateField(_("tanggal diterima"), null=True, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    is_keyed_twice = models.BooleanField(_("diketik dua kali"), default=False)
    # In how many fields the second entry of a sheet differed from the first, before one of them was chosen.
    n_differences = models.PositiveSmallIntegerField(
        _("isian yang berbeda"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("jawaban")
        verbose_name_plural = _("jawaban")
        constraints = [
            models.UniqueConstraint(fields=["survey", "enrollment"], name="response_once_per_person_and_survey"),
            models.UniqueConstraint(
                fields=["respondent", "survey"],
                name="response_once_per_respondent",
                condition=Q(respondent__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["survey", "pseudonym"], name="response_once_per_pseudonym", condition=~Q(pseudonym="")
            ),
            models.CheckConstraint(
                name="response_has_one_author_at_most",
                condition=Q(enrollment__isnull=True, respondent__isnull=True)
                | Q(enrollment__isnull=True, pseudonym="")
                | Q(respondent__isnull=True, pseudonym=""),
            ),
            models.CheckConstraint(
                name="what_was_keyed_twice_was_compared",
                condition=Q(is_keyed_twice=False, n_differences__isnull=True)
                | Q(is_keyed_twice=True, n_differences__isnull=False),
            ),
            models.CheckConstraint(
                name="an_anonymous_answer_has_no_day",
                condition=Q(pseudonym="") | Q(received_on__isnull=True),
            ),
        ]

    def __str__(self):
        return str(self.id)


class OpenAnswer(ScopedModel):
    region_path = "response__survey__evaluation__program__region"

    response = models.ForeignKey(Response, models.CASCADE, related_name="open_answers")
    item_key = models.SlugField(max_length=30)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "item_key"], name="open_answer_once_per_item")]

    def __str__(self):
        return self.item_key


class ResponseDraft(ScopedModel):
    """A file of answers that somebody has uploaded and not yet confirmed; kept for a day at most."""

    region_path = "survey__evaluation__program__region"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="drafts")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    sheet = models.JSONField()

    class Meta:
        verbose_name = _("berkas jawaban")
        verbose_name_plural = _("berkas jawaban")

    def __str__(self):
        return self.file_name
