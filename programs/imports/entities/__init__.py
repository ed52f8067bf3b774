"""One importer for each kind of file."""

from programs.imports.engine import Importer
from programs.imports.entities.participants import ParticipantsImporter
from programs.imports.entities.people import PeopleImporter
from programs.imports.entities.training import TrainingImporter

IMPORTERS: dict[str, type[Importer]] = {
    importer.entity.value: importer for importer in (ParticipantsImporter, PeopleImporter, TrainingImporter)
}
