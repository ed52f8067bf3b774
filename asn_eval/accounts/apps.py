from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "asn_eval.accounts"
    label = "accounts"
    verbose_name = _("Pengguna dan kantor")
