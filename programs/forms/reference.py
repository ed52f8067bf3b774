"""The lists that programs choose from. A dated rule never holds on the same day as another of its kind."""

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from asn_eval.forms import ScopedModelForm
from programs.models import BudgetComponent, LearningDuty, LessonHourRule, TrainingForm

LONGEST_CODE = 50


class TrainingFormForm(ScopedModelForm):
    class Meta:
        model = TrainingForm
        fields = ("name", "track", "siasn_id", "source")

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        code = slugify(name)[:LONGEST_CODE].strip("-")
        if not code:
            raise forms.ValidationError(_("Tulis nama dengan huruf."))
        others = TrainingForm.objects.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Bentuk pelatihan dengan nama ini sudah ada."))
        if self.instance.pk is None:
            # Files and examples know a form by its code, so it stays when the name is corrected.
            if others.filter(code=code).exists():
                raise forms.ValidationError(_("Nama ini terlalu mirip dengan bentuk pelatihan yang sudah ada."))
            self.instance.code = code
        return name

    def clean_siasn_id(self):
        siasn_id = self.cleaned_data["siasn_id"]
        used = TrainingForm.objects.exclude(pk=self.instance.pk).filter(siasn_id=siasn_id).first()
        if siasn_id is not None and used:
            raise forms.ValidationError(
                _("Id SIASN %(id)s sudah dipakai oleh “%(name)s”."), params={"id": siasn_id, "name": used}
            )
        return siasn_id


class DatedRuleForm(ScopedModelForm):
    """``same_kind`` names the fields in which two rules are alike that may not hold on the same day."""

    same_kind: tuple[str, ...] = ()

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Tanggal akhir tidak boleh mendahului tanggal mulai berlaku."))
        elif first and "valid_until" in cleaned:
            for rule in self._rivals(cleaned).between(first, last)[:1]:
                self.add_error("valid_from", self._overlap(rule))
        if cleaned.get("is_verified") and not cleaned.get("legal_basis"):
            self.add_error("legal_basis", _("Tulis dokumen yang dicocokkan sebelum menandainya terverifikasi."))
        return cleaned

    def _rivals(self, cleaned) -> QuerySet:
        alike = {name: cleaned.get(name) for name in self.same_kind}
        if None in alike.values():
            return self._meta.model.objects.none()
        return self._meta.model.objects.filter(**alike).exclude(pk=self.instance.pk)

    def _overlap(self, rule) -> str:
        if rule.valid_until is None:
            sentence = _(
                "Bertumpang tindih dengan “%(rule)s” yang berlaku sejak %(start)s tanpa tanggal akhir. "
                "Isi dulu tanggal akhir aturan itu."
            )
        else:
            sentence = _(
                "Bertumpang tindih dengan “%(rule)s” yang berlaku %(start)s sampai %(end)s. "
                "Ubah salah satu tanggalnya."
            )
        end = date_format(rule.valid_until) if rule.valid_until else ""
        return sentence % {"rule": rule, "start": date_format(rule.valid_from), "end": end}


class LessonHourRuleForm(DatedRuleForm):
    same_kind = ("form", "unit")

    class Meta:
        model = LessonHourRule
        fields = (
            "form",
            "unit",
            "lesson_hours",
            "maximum",
            "valid_from",
            "valid_until",
            "legal_basis",
            "is_verified",
        )
        field_classes = {"lesson_hours": NumberField, "maximum": NumberField}

    def clean(self):
        cleaned = super().clean()
        lesson_hours, maximum = cleaned.get("lesson_hours"), cleaned.get("maximum")
        if lesson_hours is not None and maximum is not None and maximum < lesson_hours:
            self.add_error("maximum", _("Batas ini lebih kecil daripada JP untuk satu satuan."))
        return cleaned


class LearningDutyForm(DatedRuleForm):
    same_kind = ("status",)

    class Meta:
        model = LearningDuty
        fields = ("status", "lesson_hours", "valid_from", "valid_until", "legal_basis", "is_verified")
        field_classes = {"lesson_hours": NumberField}


class BudgetComponentForm(ScopedModelForm):
    class Meta:
        model = BudgetComponent
        fields = ("name", "order")
        help_texts = {"order": gettext_lazy("Angka kecil tampil lebih dahulu pada daftar pilihan.")}

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if BudgetComponent.objects.exclude(pk=self.instance.pk).filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Komponen dengan nama ini sudah ada."))
        return name
