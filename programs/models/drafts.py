"""A file of participants that was read but not saved yet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.scoping import ScopedModel, ScopedQuerySet
from programs.models.programs import Program

# A working day and the next morning: long enough to ask somebody, short for personal data that nobody saved.
DRAFT_LIFETIME = timedelta(hours=24)


class RosterDraftQuerySet(ScopedQuerySet):
    def expired(self, now: datetime) -> "RosterDraftQuerySet":
        return self.filter(created_at__lt=now - DRAFT_LIFETIME)


class RosterDraft(ScopedModel):
    """What one upload held, between its preview and its saving. ``content`` is written by actions.drafts."""

    region_path = "program__region"

    program = models.ForeignKey(Program, models.CASCADE, related_name="roster_drafts")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    content = models.JSONField()

    objects = RosterDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas peserta")
        verbose_name_plural = _("berkas peserta")

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return f"{reverse('roster_upload', args=[self.program_id])}?berkas={self.pk}"
