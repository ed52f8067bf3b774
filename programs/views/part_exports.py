"""The parts of a program as workbooks, in the columns of the import: they leave, are changed, and come back."""

from django.utils.translation import gettext as _

from asn_eval.history.entries import record_access
from asn_eval.listing import WorkbookView
from programs.imports.activity_names import names_of_activities
from programs.imports.exporting import columns_of
from programs.models import Attendance, Enrollment, Entity
from programs.views.participants import OneProgramMixin


class PartExportView(OneProgramMixin, WorkbookView):
    """One kind of parts of the program in the address."""

    abstract = True
    entity: Entity

    @property
    def sheet_title(self) -> str:
        return str(self.entity.label)

    @property
    def file_name(self) -> str:
        return f"{self.entity.label} {self.program}"

    def columns(self):
        return columns_of(self.entity)


class ObjectivesExportView(PartExportView):
    permission = "programs.view_objective"
    entity = Entity.OBJECTIVES

    def rows_to_write(self):
        return self.program.objectives.all()


class ActivitiesExportView(PartExportView):
    permission = "programs.view_activity"
    entity = Entity.ACTIVITIES

    def rows_to_write(self):
        return self.program.activities.select_related("form", "batch")


class AttendanceExportView(PartExportView):
    """Only what was noted: who was not noted at an activity does not stand in the file."""

    permission = "programs.view_attendance"
    entity = Entity.ATTENDANCE

    def columns(self):
        names = names_of_activities(self.program)
        return columns_of(self.entity, {"activity": lambda attendance: names[attendance.activity_id]})

    def rows_to_write(self):
        record_access(self.program, _("daftar kehadiran"))
        noted = self.rows(Attendance).filter(activity__program=self.program)
        return noted.select_related("enrollment__person").order_by(
            "activity__start_date", "activity__title", "activity_id", "enrollment__person__name", "pk"
        )


class ScoresExportView(PartExportView):
    """Everybody who takes part, also without a score: the file can be filled in."""

    permission = "programs.view_enrollment"
    entity = Entity.SCORES

    def rows_to_write(self):
        record_access(self.program, _("daftar nilai"))
        people = self.rows(Enrollment).filter(program=self.program)
        return people.select_related("person").order_by("person__name", "pk")
