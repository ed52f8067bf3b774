from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "asn_eval.history"
    label = "history"
    verbose_name = _("jejak perubahan")
