from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office, Region, User
from asn_eval.forms import ScopedModelForm


class UserForm(ScopedModelForm):
    """An account. The password is typed by the administrator and changed by its owner."""

    password = forms.CharField(
        label=_("Kata sandi"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit 10 karakter."),
    )
    groups = (
        (_("Orang"), ("username", "first_name", "last_name", "email")),
        (_("Hak"), ("role", "office", "is_active")),
        (_("Sandi"), ("password",)),
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "role", "office", "is_active")
        labels = {
            "username": _("Nama pengguna"),
            "first_name": _("Nama depan"),
            "last_name": _("Nama belakang"),
            "email": _("Surel"),
            "is_active": _("Akun aktif"),
        }
        help_texts = {
            "username": _("Dipakai untuk masuk. Huruf, angka, titik, garis."),
            "is_active": _("Akun yang tidak aktif tidak dapat masuk; catatannya tetap ada."),
        }
        # The browser would offer the administrator's own data.
        widgets = {
            "username": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices_managed_by(self.user)
        self.fields["office"].required = not self.user.sees_every_region
        self.fields["password"].required = self.instance.pk is None
        if self.instance.pk:
            self.fields["password"].help_text = _("Paling sedikit 10 karakter. Kosongkan bila tidak diubah.")

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password

    def save(self, commit=True):
        if self.cleaned_data["password"]:
            self.instance.set_password(self.cleaned_data["password"])
        return super().save(commit)

    def written_fields(self):
        return (
            [*super().written_fields(), "password"] if self.cleaned_data["password"] else super().written_fields()
        )


class OfficeForm(ScopedModelForm):
    region_codes = forms.CharField(
        label=_("Wilayah kerja"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kode Kemendagri, satu per baris. Wilayah di bawahnya ikut. Contoh: 33.74."),
    )
    groups = (
        (_("Kantor"), ("name", "kind", "is_national", "region_codes", "time_zone")),
        (
            _("Kop dan penanda tangan"),
            ("letterhead", "city", "signatory_title", "signatory_name", "signatory_nip"),
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
            "city",
            "signatory_title",
            "signatory_name",
            "signatory_nip",
        )
        widgets = {
            "letterhead": forms.Textarea(attrs={"rows": 3}),
            "signatory_nip": forms.TextInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.user.sees_every_region:
            # The area of an office is given to it, not chosen by it.
            del self.fields["is_national"], self.fields["region_codes"]
        elif self.instance.pk:
            self.initial["region_codes"] = "\n".join(self.instance.regions.values_list("code", flat=True))

    other_fields = ("region_codes",)

    def stored_value(self, stored, name):
        return list(stored.regions.all()) if name == "region_codes" else super().stored_value(stored, name)

    def name_in_journal(self, name):
        return "regions" if name == "region_codes" else name

    def clean_region_codes(self):
        codes = self.cleaned_data["region_codes"].split()
        regions = list(Region.objects.filter(code__in=codes))
        unknown = sorted(set(codes) - {region.code for region in regions})
        if unknown:
            raise forms.ValidationError(
                _("Kode wilayah tidak dikenal: %(codes)s."), params={"codes": ", ".join(unknown)}
            )
        return regions

    def save(self, commit=True):
        office = super().save(commit)
        if "region_codes" in self.cleaned_data:
            office.regions.set(self.cleaned_data["region_codes"])
        return office


def offices_managed_by(user):
    """A national administrator manages every office, any other only their own."""
    return Office.objects.all() if user.sees_every_region else Office.objects.filter(pk=user.office_id)
