from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office, User
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


def offices_managed_by(user):
    """A national administrator manages every office, any other only their own."""
    return Office.objects.all() if user.sees_every_region else Office.objects.filter(pk=user.office_id)
