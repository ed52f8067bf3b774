from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("Program")

    def ready(self):
        from asn_eval.history.registration import keep_history
        from programs import models

        for_all = (models.LearningDuty, models.BudgetComponent, models.TrainingForm)
        keep_history(models.Agency, models.Program, *for_all)
        keep_history(models.LessonHourRule, named_with=["form"])
        of_program = (models.Batch, models.Objective, models.Activity, models.Partnership)
        keep_history(*of_program, part_of="program", without=["order"])
        keep_history(models.BudgetLine, part_of="program", named_with=["component"])
        # A fee is money paid to a named person, and the journal has readers who may not know it.
        keep_history(models.Speaker, part_of="activity__program", without=["fee"])
        keep_history(models.Material, part_of="activity__program", without=["file", "sha256"])
        keep_history(
            models.Person,
            personal=[
                "nip",
                "name",
                "birth_date",
                "grade",
                "position",
                "level",
                "superior",
                "email",
                "phone",
            ],
        )
        keep_history(
            models.TrainingRecord,
            part_of="person",
            personal=["person", "name", "institution", "certificate_number"],
        )
        keep_history(
            models.Enrollment,
            part_of="program",
            named_with=["person"],
            personal=["person", "code", "exit_reason", "exit_note", "superior", "pre_score", "post_score"],
        )
        keep_history(
            models.Attendance,
            part_of="activity__program",
            personal=["enrollment"],
            name=lambda row: f"{row.enrollment}, {row.activity}",
            named_with=["enrollment__person", "activity"],
            told_by_name=["enrollment", "activity"],
        )
        keep_history(
            models.Certificate,
            part_of="enrollment__program",
            without=["token", "series", "sequence", "issuer"],
            personal=["enrollment", "number", "holder_name"],
        )
