from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "asn_eval.accounts"
    label = "accounts"
    verbose_name = _("Pengguna dan kantor")

    def ready(self):
        from asn_eval.accounts.models import Office, RegionalArea, User
        from asn_eval.history.registration import keep_history

        keep_history(Office, many=["regions"])
        keep_history(RegionalArea, named_with=["province", "regional_office"])
        # A password is no text for a journal, and who signed in when is not a change.
        keep_history(User, without=["password", "last_login", "date_joined", "is_staff", "is_superuser"])
