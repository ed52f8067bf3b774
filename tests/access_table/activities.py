"""Activities with their speakers, partners, materials and calendar."""

from django.core.files.base import ContentFile

from programs.models import Material, Partnership, Speaker
from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "activities_export": (EVERYONE, "program"),
    "activity_create": ("AS", "program"),
    "activity_hours": (EVERYONE, None),
    "activity_detail": (EVERYONE, "activity"),
    "activity_update": ("AS", "activity"),
    "activity_delete": ("AS", "activity"),
    "speaker_create": ("AS", "activity"),
    "speaker_update": ("AS", "speaker"),
    "speaker_delete": ("AS", "speaker"),
    "material_create": ("AS", "activity"),
    "material_download": (EVERYONE, "material"),
    "material_delete": ("AS", "material"),
    "partnership_create": ("AS", "program"),
    "partnership_update": ("AS", "partnership"),
    "partnership_delete": ("AS", "partnership"),
    "program_calendar": (EVERYONE, "program"),
    "program_calendar_file": (EVERYONE, "program"),
}


def rows(place: Place) -> dict[str, object]:
    activity = place.program.activities.get()
    return {
        "activity": activity,
        "speaker": Speaker.objects.create(activity=activity, name="Dr. Contoh", fee=1_750_000),
        "partnership": Partnership.objects.create(
            program=place.program, institution="Universitas Contoh", kind=Partnership.Kind.UNIVERSITY
        ),
        "material": make_material(activity),
    }


def make_material(activity, *, digest: str = "0", name: str = "modul.pdf") -> Material:
    content = b"%PDF-1.7 %%EOF"
    material = Material(activity=activity, title="Modul", file_name=name, size=len(content), sha256=digest)
    material.file.save("berkas.pdf", ContentFile(content), save=False)
    material.save()
    return material
