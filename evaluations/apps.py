from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = _("Evaluasi")

    def ready(self):
        from asn_eval.history.registration import keep_history
        from evaluations import models

        # Never Invitation, Response, OpenAnswer or ResponseDraft: their times would tell who answered what.
        keep_history(
            models.Evaluation,
            models.Survey,
            models.Interview,
            models.Observation,
            models.DocumentReview,
            models.IndicatorSeries,
            models.Measurement,
            models.CaseStudy,
            models.Finding,
            models.Evidence,
            models.Recommendation,
        )
