from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Nama pengguna atau kata sandi tidak benar. Periksa, lalu coba lagi.")
    }

    def is_open_for_signup(self, request) -> bool:
        """Accounts are made by an administrator; nobody signs up."""
        return False
