from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("Program")

    def ready(self):
        from asn_eval.history.registration import keep_history
        from programs import models

        keep_history(
            models.Agency,
            models.LessonHourRule,
            models.LearningDuty,
            models.BudgetComponent,
            models.TrainingForm,
            models.Program,
            models.Batch,
            models.Objective,
            models.Activity,
            models.Partnership,
            models.BudgetLine,
            models.Person,
            models.TrainingRecord,
            models.Enrollment,
            models.Attendance,
            models.Certificate,
        )
        # A fee is money paid to a named person, and the journal has readers who may not know it.
        keep_history(models.Speaker, without=("fee",))
        keep_history(models.Material, without=("file", "sha256"))
