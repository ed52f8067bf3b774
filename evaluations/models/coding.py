"""Coding: a codebook of themes, and the passages of texts that speak of them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.evidence import DocumentReview, Observation
from evaluations.models.interviews import Interview
from evaluations.models.responses import OpenAnswer

TEXT_FIELDS = ("interview", "observation", "document", "open_answer")


def exactly_one(*names: str) -> Q:
    """The condition that one of these fields holds something and the others nothing."""
    return Q(
        *(Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names),
        _connector=Q.OR,
    )


class Theme(ScopedModel, RevisedModel):
    """A code of one evaluation's codebook. ``key`` stays when it is renamed, so that evaluations compare."""

    region_path = "evaluation__program__region"

    class Kind(models.TextChoices):
        IMPACT = "dampak", _("Dampak")
        STRENGTH = "kekuatan", _("Kekuatan")
        WEAKNESS = "kelemahan", _("Kelemahan")
        CHALLENGE = "tantangan", _("Tantangan")
        NEED = "kebutuhan", _("Kebutuhan")
        SUGGESTION = "saran", _("Saran")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="themes")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("bagian dari"), related_name="children", null=True, blank=True
    )
    key = models.SlugField(max_length=60, editable=False)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    name = models.CharField(_("nama tema"), max_length=120)
    category = models.CharField(_("kategori temuan"), max_length=15, blank=True)
    definition = models.TextField(
        _("batasan"), blank=True, help_text=_("Kapan tema ini dipakai, dan kapan tidak.")
    )
    example = models.TextField(_("contoh ucapan"), blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("tema")
        verbose_name_plural = _("tema")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "key"], name="theme_key_once_per_evaluation"),
            models.UniqueConstraint(
                fields=["evaluation", "kind", "name"],
                name="theme_name_once_per_kind",
                violation_error_message=_("Tema dengan nama ini sudah ada."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("theme_detail", args=[self.pk])


class Excerpt(ScopedModel):
    """A passage that one coder marked: characters ``start`` to ``end`` of one text.

    ``part`` says which text of the source: "" the transcript, a question's key of an interview; ``before``,
    ``after`` or an item's key of an observation; ``shows`` or an item's key of a document; "" an open answer.
    ``quote`` is the passage as it stands there. When the text was edited and the passage could not be found
    again, ``is_lost`` asks somebody to look.
    """

    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="excerpts")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="excerpts", null=True, blank=True)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="excerpts", null=True, blank=True)
    document = models.ForeignKey(DocumentReview, models.CASCADE, related_name="excerpts", null=True, blank=True)
    open_answer = models.ForeignKey(OpenAnswer, models.CASCADE, related_name="excerpts", null=True, blank=True)
    part = models.CharField(max_length=30, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(_("kutipan"))
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    is_lost = models.BooleanField(default=False)
    themes = models.ManyToManyField(Theme, through="Coding", related_name="excerpts")

    class Meta:
        ordering = ["start", "pk"]
        verbose_name = _("bagian bertanda")
        verbose_name_plural = _("bagian bertanda")
        constraints = [
            models.CheckConstraint(name="excerpt_has_exactly_one_source", condition=exactly_one(*TEXT_FIELDS)),
            models.CheckConstraint(name="excerpt_is_not_empty", condition=Q(start__lt=F("end"))),
            *(
                models.UniqueConstraint(
                    fields=[name, "part", "coder", "start", "end"],
                    name=f"excerpt_once_per_coder_{name}",
                    # Where a lost one stood says nothing any more, and must not keep another from standing there.
                    condition=Q(**{f"{name}__isnull": False}, is_lost=False),
                )
                for name in TEXT_FIELDS
            ),
        ]

    def __str__(self):
        # Not its words: a name stands in messages and journals, which keep what an informant may take back.
        return str(self._meta.verbose_name)

    @property
    def text_field(self) -> str:
        return next(name for name in TEXT_FIELDS if getattr(self, f"{name}_id") is not None)

    @property
    def text_source(self) -> Interview | Observation | DocumentReview | OpenAnswer:
        return getattr(self, self.text_field)


class Coding(ScopedModel):
    """One theme on one passage."""

    region_path = "theme__evaluation__program__region"

    excerpt = models.ForeignKey(Excerpt, models.CASCADE, related_name="codings")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="codings")

    class Meta:
        verbose_name = _("tema pada bagian")
        verbose_name_plural = _("tema pada bagian")
        constraints = [models.UniqueConstraint(fields=["excerpt", "theme"], name="theme_once_per_excerpt")]

    def __str__(self):
        return str(self.theme)

    def clean(self):
        if self.theme.evaluation_id != self.excerpt.evaluation_id:
            raise ValidationError(_("Tema ini milik evaluasi lain."), code="foreign")


class Reading(ScopedModel):
    """A coder has read one text to its end, so that what they did not mark counts as "not named"."""

    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="readings")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="readings", null=True, blank=True)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="readings", null=True, blank=True)
    document = models.ForeignKey(DocumentReview, models.CASCADE, related_name="readings", null=True, blank=True)
    open_answer = models.ForeignKey(OpenAnswer, models.CASCADE, related_name="readings", null=True, blank=True)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("teks selesai dikode")
        verbose_name_plural = _("teks selesai dikode")
        constraints = [
            models.CheckConstraint(name="reading_has_exactly_one_source", condition=exactly_one(*TEXT_FIELDS)),
            *(
                models.UniqueConstraint(
                    fields=[name, "coder"],
                    name=f"reading_once_per_coder_{name}",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in TEXT_FIELDS
            ),
        ]

    def __str__(self):
        return str(self.finished_at)
