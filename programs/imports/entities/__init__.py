"""One importer for each kind of file."""

from programs.imports.engine import Importer
from programs.imports.entities.organisations import AgenciesImporter, ProgramsImporter
from programs.imports.entities.participants import ParticipantsImporter
from programs.imports.entities.people import PeopleImporter
from programs.imports.entities.program_parts import ActivitiesImporter, BudgetImporter, ObjectivesImporter
from programs.imports.entities.taking_part import AttendanceImporter, ScoresImporter
from programs.imports.entities.training import TrainingImporter

IMPORTERS: dict[str, type[Importer]] = {
    importer.entity.value: importer
    for importer in (
        ParticipantsImporter,
        PeopleImporter,
        TrainingImporter,
        AttendanceImporter,
        ScoresImporter,
        ActivitiesImporter,
        ObjectivesImporter,
        BudgetImporter,
        ProgramsImporter,
        AgenciesImporter,
    )
}
