"""Rosters for tests: synthetic people (born 1 January, serial from 951) in files of every kind."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from asn_eval.accounts.models import User
from programs.actions.imports import carry_out, reach_of
from programs.imports.entities import IMPORTERS
from programs.imports.sheets import make_sheet, read_file
from programs.models import Agency, Enrollment, ImportJob, Person
from tests.files import xlsx

TODAY = date(2026, 11, 23)
HEADER = ("NIP", "Nama", "Golongan", "Jabatan", "Unit Kerja", "Email", "Telepon", "Kelompok", "Kode Peserta")


def nip(number: int) -> str:
    """A NIP that no other fixture gives: born 1 January 1990, serial 950 + number."""
    return f"19900101201503{1 + number % 2}{950 + number:03d}"


def line(number: int, **cells: str) -> tuple[str, ...]:
    """One row of a roster; cells are named by the fields of the importer of participants."""
    values = {
        "nip": nip(number),
        "name": f"Baru {number}",
        "grade": "III/d",
        "position": "Analis",
        "unit": "Dinas Kota Semarang",
        "email": "",
        "phone": "",
        "group": "",
        "code": "",
    } | cells
    return tuple(values.values())


def file_of(*lines: tuple[object, ...]) -> bytes:
    return xlsx([HEADER, *lines])


def importer_for(user: User, program=None, entity="peserta", **changes):
    """The rules of an import in the hands of this person."""
    return IMPORTERS[entity](reach_of(user, program))


def sheet_of(content: bytes, entity="peserta", remembered=None):
    """A file as the importer of an entity sees it."""
    columns = IMPORTERS[entity].columns
    return make_sheet(read_file(content, filename="berkas.xlsx", columns=columns), columns, remembered)


def plan_of(user: User, program, *lines, entity="peserta"):
    """What these rows would do."""
    importer = importer_for(user, program, entity)
    return importer.plan(importer.check(sheet_of(file_of(*lines), entity)))


def save(user: User, program, *lines, valid_only=False, seen=None):
    """Save these rows at once, as the worker does."""
    importer = importer_for(user, program)
    return carry_out(importer, sheet_of(file_of(*lines)), job=None, valid_only=valid_only, seen=seen)


def counts() -> dict[str, int]:
    """How many rows there are of everything that an import writes."""
    models = (Person, Agency, Enrollment)
    return {model.__name__: model.objects.unscoped("test").count() for model in models}


def upload(client, url, content, name="peserta.xlsx", **more):
    """Send a file as a person does and return the page that follows: the import, or the form with an error."""
    return client.post(url, {"file": SimpleUploadedFile(name, content), **more}, follow=True)


def job_of(page) -> ImportJob:
    """The import that a page is about, as it is by now."""
    return ImportJob.objects.unscoped("test").get(pk=page.context["job"].pk)


def agree(client, page, **more):
    """Press "Simpan" on a page that was shown and return the page that follows."""
    job = page.context["job"]
    return client.post(reverse("import_save", args=[job.pk]), {"seen": job.digest} | more, follow=True)


def problems(page) -> list[tuple[int, str, str]]:
    """What a page says is wrong: row, column, message."""
    return [(told["row"], told["column"], told["message"]) for told in page.context["report"].get("problems", ())]


def message(response):
    """The one message that a page shows."""
    (only,) = response.context["messages"]
    return str(only)


def person(number):
    """The stored person of ``line(number)``."""
    return Person.objects.unscoped("test").select_related("agency", "grade").get(nip=nip(number))
