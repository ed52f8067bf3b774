from django.apps import AppConfig


class AsnEvalConfig(AppConfig):
    name = "asn_eval"

    def ready(self):
        from asn_eval import checks  # noqa: F401  (registers the start-up checks)
