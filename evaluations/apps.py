from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = _("Evaluasi")

    def ready(self):
        from asn_eval.history.registration import EVERYTHING, keep_history
        from evaluations import models

        # Never Invitation, Response, OpenAnswer or ResponseDraft: their times would tell who answered what.
        keep_history(models.Evaluation)
        keep_history(
            models.Survey,
            part_of="evaluation",
            without=["public_token", "consent"],
            named_with=["version__instrument"],
        )
        keep_history(models.WaveRule)
        keep_history(
            models.Respondent,
            part_of="evaluation",
            named_with=["enrollment__person", "person"],
            personal=EVERYTHING,
            seen_with="evaluations.view_survey",
            revealed_with="evaluations.view_respondent",
        )
        keep_history(models.Theme, part_of="evaluation")
        keep_history(models.Finding, part_of="evaluation")
        keep_history(
            models.Recommendation,
            part_of="evaluation",
            many=["findings"],
            without=["earlier"],  # may lie outside the area of who reads this one
            personal=["owner_person", "owner_email"],
            has_personal_name=False,
            seen_with="evaluations.view_recommendation",
            revealed_with="evaluations.follow_recommendation",
        )
        keep_history(
            models.ProgressNote,
            part_of="recommendation__evaluation",
            named_with=["recommendation"],
            seen_with="evaluations.view_recommendation",
        )
        keep_history(
            models.Proof,
            part_of="recommendation__evaluation",
            named_with=["recommendation"],
            without=["file", "sha256"],
            seen_with="evaluations.view_recommendation",
        )
        keep_history(models.Review, part_of="evaluation", seen_with="evaluations.view_recommendation")
        # What was heard and seen is for evaluators; others learn that a record changed, not what stands in it.
        for model in (models.Observation, models.DocumentReview, models.CaseStudy):
            keep_history(model, part_of="evaluation", personal=EVERYTHING)
        # A name that was masked, and words whose consent was withdrawn, must not live on in the journal.
        keep_history(
            models.Interview, part_of="evaluation", without=["text", "informant_name"], personal=EVERYTHING
        )
        keep_history(models.IndicatorSeries, part_of="evaluation", personal=EVERYTHING)
        keep_history(
            models.Measurement,
            part_of="series__evaluation",
            named_with=["series"],
            personal=EVERYTHING,
            seen_with="evaluations.view_indicatorseries",
        )
        keep_history(
            models.CaseEvidence,
            part_of="case_study__evaluation",
            without=["quote", "excerpt"],
            named_with=["interview", "observation", "document", "indicator", "survey__version__instrument"],
            personal=EVERYTHING,
            seen_with="evaluations.view_casestudy",
            revealed_with="evaluations.view_interview",
        )
        keep_history(
            models.Evidence,
            part_of="finding__evaluation",
            without=["quote", "excerpt"],
            named_with=[
                "interview",
                "observation",
                "document",
                "indicator",
                "case_study",
                "survey__version__instrument",
            ],
            personal=EVERYTHING,
            seen_with="evaluations.view_finding",
            revealed_with="evaluations.view_interview",
        )
