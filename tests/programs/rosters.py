"""Rosters for tests: synthetic people (born 1 January, serial from 951) in files of every kind."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from asn_eval.accounts.models import User
from asn_eval.tables import read_table
from programs.models import Agency, Enrollment, Person, RosterDraft
from programs.roster import ROSTER_HEADERS, Roster, read_roster
from tests.files import xlsx

TODAY = date(2026, 11, 23)
HEADER = ("NIP", "Nama", "Golongan", "Jabatan", "Unit Kerja", "Email", "Telepon", "Kelompok", "Kode Peserta")


def nip(number: int) -> str:
    """A NIP that no other fixture gives: born 1 January 1990, serial 950 + number."""
    return f"19900101201503{1 + number % 2}{950 + number:03d}"


def line(number: int, **cells: str) -> tuple[str, ...]:
    """One row of a roster; cells are named by the fields of ``programs.roster.HEADERS``."""
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


def roster_of(*lines: tuple[object, ...]) -> Roster:
    return read_roster(read_table(file_of(*lines), header_hint=ROSTER_HEADERS), today=TODAY)


def reach(user: User) -> dict[str, object]:
    """What a person may see, as the actions of an import want it."""
    return {"people": Person.objects.visible_to(user), "agencies": Agency.objects.visible_to(user)}


def counts() -> dict[str, int]:
    """How many rows there are of everything that an import writes."""
    models = (Person, Agency, Enrollment, RosterDraft)
    return {model.__name__: model.objects.unscoped("test").count() for model in models}


def upload(client, url, content, name="peserta.xlsx"):
    """Send a file as a person does and return the page that follows: the preview, or the form with an error."""
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def agree(client, url, page, **more):
    """Press "Simpan" on a preview and return the page that follows."""
    form = {"draft": page.context["draft"].pk, "seen": page.context["plan"].digest} | more
    return client.post(url, form, follow=True)


def message(response):
    """The one message that a page shows."""
    (only,) = response.context["messages"]
    return str(only)


def person(number):
    """The stored person of ``line(number)``."""
    return Person.objects.unscoped("test").select_related("agency", "grade").get(nip=nip(number))
