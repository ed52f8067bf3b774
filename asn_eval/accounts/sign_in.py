"""The forms of allauth, in the words of the other pages."""

from allauth.account.forms import ChangePasswordForm, LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _name(self, {"login": _("Nama pengguna"), "password": _("Kata sandi")})


class OwnPasswordForm(ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _name(
            self,
            {
                "oldpassword": _("Kata sandi sekarang"),
                "password1": _("Kata sandi baru"),
                "password2": _("Kata sandi baru, sekali lagi"),
            },
        )


def _name(form, labels) -> None:
    """A label above each field; a placeholder would vanish with the first letter."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
