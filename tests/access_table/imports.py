"""Files that come in."""

from programs.models import ImportJob
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "roster_upload": ("AS", "program"),
    "roster_template": ("AS", "program"),
    "import_list": ("AS", None),
    "import_start": ("AS", "import_entity"),
    "import_template": ("AS", "import_entity"),
    "import_detail": ("AS", "import_job"),
    "import_mapping": ("AS", "import_job"),
    "import_save": ("AS", "import_job"),
    "import_again": ("AS", "import_job"),
    "import_discard": ("AS", "import_job"),
    "import_errors": ("AS", "import_job"),
}
POST_ONLY = {"import_save", "import_again", "import_discard"}
OPEN_ROWS = {"import_entity"}


def rows(place: Place) -> dict[str, object]:
    job = ImportJob.objects.create(
        entity="peserta",
        program=place.program,
        region=place.region,
        office=place.office,
        created_by=place.users["staf"],
        file_name="peserta.xlsx",
        state=ImportJob.State.READY,
    )
    return {"import_job": job, "import_entity": ("pegawai",)}
