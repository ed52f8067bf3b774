"""Offices and the Kantor Regional of each province."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.logos import CONTENT_TYPES, clean_logo
from asn_eval.accounts.models import Office, Region, RegionalArea, RegionalOffice
from asn_eval.accounts.region_lines import RegionLinesField, lines_of
from asn_eval.fields import RegionField
from asn_eval.forms import ScopedModelForm
from asn_eval.nip import NipError, parse_nip

MOST_LETTERHEAD_LINES, LONGEST_LETTERHEAD_LINE = 6, 90  # what fits over the rule of a page


class LogoInput(forms.FileInput):
    def __init__(self, attrs=None):
        super().__init__({"accept": ",".join([*CONTENT_TYPES.values(), *CONTENT_TYPES])} | (attrs or {}))


class LogoField(forms.FileField):
    """A new picture, or what is stored when none was chosen."""

    widget = LogoInput

    def clean(self, data, initial=None):
        cleaned = super().clean(data, initial)
        return clean_logo(data) if data else cleaned


class OfficeForm(ScopedModelForm):
    region_lines = RegionLinesField(
        label=gettext_lazy("Wilayah kerja"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-region-lines": ""}),
        help_text=gettext_lazy(
            "Satu wilayah per baris: nama atau kode Kemendagri. Wilayah di bawahnya ikut tercakup. "
            "Contoh: Kota Semarang, atau 33.74."
        ),
    )
    region = RegionField(
        label=gettext_lazy("Tambah satu wilayah"),
        required=False,
        help_text=gettext_lazy("Ketik sebagian nama lalu pilih; wilayah ini ditambahkan ke daftar di atas."),
    )
    regional_office = forms.ModelChoiceField(
        RegionalOffice.objects.all(),
        label=gettext_lazy("Wilayah kerja menurut tabel kantor regional"),
        required=False,
        help_text=gettext_lazy("Pilih kantor regionalnya, lalu tekan Isi daftar untuk menyalin provinsinya."),
    )
    logo = LogoField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG atau JPEG, paling besar 1 MB. Tercetak di sebelah kiri kop."),
    )
    signatory_nip = forms.CharField(
        label=gettext_lazy("NIP penanda tangan"),
        required=False,
        max_length=30,  # with the spaces in which it is written
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("18 angka; spasi boleh ditulis."),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Hapus logo yang tersimpan"), required=False)
    groups = (
        (gettext_lazy("Kantor"), ("name", "kind", "is_national", "time_zone")),
        (gettext_lazy("Wilayah kerja"), ("region_lines", "region", "regional_office")),
        (gettext_lazy("Kop surat"), ("letterhead", "logo", "remove_logo")),
        (
            gettext_lazy("Penanda tangan dan tempat"),
            ("city", "signatory_title", "signatory_name", "signatory_rank", "signatory_nip"),
        ),
    )

    class Meta:
        model = Office
        fields = (
            "name",
            "kind",
            "is_national",
            "time_zone",
            "letterhead",
            "logo",
            "city",
            "signatory_title",
            "signatory_name",
            "signatory_rank",
            "signatory_nip",
        )
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 4, "data-kop-lines": ""})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].user = self.user
        self.stored_logo = self.instance.logo.name if self.instance.logo else ""
        if not self.stored_logo:
            del self.fields["remove_logo"]
        self.fields["letterhead"].followed_by = "accounts/_kop_preview.html"
        self.fields["region"].followed_by = "accounts/_add_region.html"
        self.fields["regional_office"].followed_by = "accounts/_fill_regions.html"
        if not self.user.sees_every_region:
            # The area of an office is given to it, not chosen by it.
            for name in ("kind", "is_national", "region_lines", "region", "regional_office"):
                del self.fields[name]
        elif self.instance.pk:
            self.initial.setdefault("region_lines", lines_of(self.instance.regions.all()))

    # What others may change too, though it is no column of an office.
    other_fields = ("region_lines",)

    def stored_value(self, stored, name):
        return list(stored.regions.all()) if name == "region_lines" else super().stored_value(stored, name)

    def name_in_journal(self, name):
        return "regions" if name == "region_lines" else name

    def with_regions_of(self, regional_office: RegionalOffice | None, typed: dict[str, str]) -> None:
        """Show what was typed, unsaved, with the provinces of that Kantor Regional added to the lines."""
        self.initial |= typed
        if regional_office is None:
            return
        provinces = Region.objects.filter(
            pk__in=RegionalArea.objects.filter(regional_office=regional_office).values("province")
        )
        lines = [line.strip() for line in typed.get("region_lines", "").splitlines() if line.strip()]
        added = [province.label for province in provinces if province.label not in lines]
        self.initial["region_lines"] = "\n".join([*lines, *added])

    def clean_letterhead(self):
        lines = [line.strip() for line in self.cleaned_data["letterhead"].splitlines() if line.strip()]
        if len(lines) > MOST_LETTERHEAD_LINES:
            raise forms.ValidationError(
                _("Kop paling banyak %(most)s baris; yang tertulis %(count)s baris."),
                params={"most": MOST_LETTERHEAD_LINES, "count": len(lines)},
            )
        too_long = [str(number) for number, line in enumerate(lines, 1) if len(line) > LONGEST_LETTERHEAD_LINE]
        if too_long:
            raise forms.ValidationError(
                _("Baris %(lines)s lebih panjang dari %(most)s huruf dan tidak muat pada kop. Bagi dua baris."),
                params={"lines": ", ".join(too_long), "most": LONGEST_LETTERHEAD_LINE},
            )
        return "\n".join(lines)

    def clean_signatory_nip(self):
        typed = self.cleaned_data["signatory_nip"]
        if not typed:
            return ""
        try:
            return parse_nip(typed, today=timezone.localdate()).digits
        except NipError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("remove_logo"):
            if self.files.get(self.add_prefix("logo")):
                self.add_error("remove_logo", _("Pilih salah satu: mengganti logo atau menghapusnya."))
            else:
                cleaned["logo"] = False
        if cleaned.get("is_national") and cleaned.get("kind") not in (None, Office.Kind.CENTRAL):
            self.add_error("is_national", _("Hanya kantor pusat yang dapat mencakup seluruh wilayah."))
        if self._would_shut_oneself_out(cleaned):
            self.add_error(
                "is_national",
                _("Ini kantor Anda sendiri: tanpa seluruh wilayah Anda tidak dapat mengelola kantor lain lagi."),
            )
        if cleaned.get("region") and "region_lines" in cleaned:
            regions = {*cleaned["region_lines"], cleaned["region"]}
            cleaned["region_lines"] = sorted(regions, key=lambda region: region.code)
        if self.errors and self.files.get(self.add_prefix("logo")) and "logo" not in self.errors:
            self.add_error("logo", _("Pilih kembali berkas logonya setelah isian lain diperbaiki."))
        return cleaned

    def _would_shut_oneself_out(self, cleaned) -> bool:
        own = self.instance.pk is not None and self.instance.pk == self.user.office_id
        return own and cleaned.get("is_national") is False and self.user.office.is_national

    def save(self, commit=True):
        office = super().save(commit)
        if "region_lines" in self.cleaned_data:
            office.regions.set(self.cleaned_data["region_lines"])
        if self.stored_logo and self.stored_logo != office.logo.name:
            storage, name = office.logo.storage, self.stored_logo
            transaction.on_commit(lambda: storage.delete(name))
        return office


class RegionalAreaForm(ScopedModelForm):
    class Meta:
        model = RegionalArea
        fields = ("regional_office", "source", "is_verified")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_verified") and not cleaned.get("source"):
            self.add_error("source", _("Tulis dokumen yang dicocokkan sebelum menandainya terverifikasi."))
        return cleaned
