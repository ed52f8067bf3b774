"""People of one program: who they are and how they take part."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.actions.participants import REASON_NEEDED, free_codes
from programs.actions.units import UnitDirectory
from programs.imports.bulk import Told
from programs.imports.cells import Reader
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.engine import ReferenceReader, says_otherwise
from programs.imports.entities.person_fields import (
    EMAIL,
    GRADE,
    LEVEL,
    NAME,
    NIP,
    PHONE,
    POSITION,
    UNIT,
    PeopleMixin,
    status_of,
)
from programs.imports.plans import ChangedRow, described
from programs.models import Agency, Enrollment, Entity, ImportJob, Person

GROUP = Column(
    "group",
    "Kelompok",
    Kind.CHOICE,
    gettext_lazy("Diisi peserta atau pembanding; kosong berarti peserta."),
    choices=Enrollment.Group,
    example=Enrollment.Group.PARTICIPANT.label,
)
SUPERIOR = Column(
    "superior",
    "Atasan",
    Kind.TEXT,
    gettext_lazy("Nama atasan langsung."),
    ("Nama Atasan", "Atasan Langsung"),
    example=gettext_lazy("Nama atasan langsung"),
    width=28,
)
CODE = Column(
    "code",
    "Kode Peserta",
    Kind.CODE,
    gettext_lazy("Boleh dikosongkan; aplikasi memberi nomor berikutnya, seperti P001."),
    ("Nomor Peserta",),
    limit=20,
)
STATUS = Column(
    "status",
    "Status Keikutsertaan",
    Kind.CHOICE,
    gettext_lazy("Kosong berarti terdaftar."),
    ("Status", "Keikutsertaan"),
    choices=Enrollment.Status,
    width=20,
)
BATCH = Column(
    "batch",
    "Angkatan",
    Kind.REFERENCE,
    gettext_lazy("Nama angkatan yang sudah ada pada program."),
    ("Nama Angkatan", "Batch"),
)
EXIT_REASON = Column(
    "exit_reason",
    "Alasan Berhenti",
    Kind.CHOICE,
    gettext_lazy("Hanya untuk peserta yang mengundurkan diri."),
    choices=Enrollment.ExitReason,
    width=28,
)
EXIT_NOTE = Column(
    "exit_note",
    "Keterangan Berhenti",
    Kind.TEXT,
    gettext_lazy("Penjelasan singkat; hanya untuk peserta yang mengundurkan diri."),
    limit=200,
    width=32,
)
TAKING_PART = ("group", "superior", "code", "status", "batch", "exit_reason", "exit_note")


class ParticipantsImporter(PeopleMixin):
    """A person is found by NIP everywhere, an enrollment within the program."""

    entity = Entity.PARTICIPANTS
    model = Person
    needs_program = True
    key = ("nip",)
    columns = (
        NIP, NAME, GRADE, POSITION, UNIT, EMAIL, PHONE, GROUP, SUPERIOR, CODE, STATUS, BATCH, LEVEL,
        EXIT_REASON, EXIT_NOTE,
    )  # fmt: skip
    stored_as = {"agency": "agency_id", "grade": "grade_id", "batch": "batch_id"}
    unstored = ("nip", *TAKING_PART)

    def readers(self) -> dict[str, Reader]:
        batches = [*self.reach.program.batches.values_list("pk", "name")]
        self.names["batch_id"] = dict(batches)
        unknown = _("Angkatan ini belum ada pada program; tambahkan dulu pada halaman program.")
        return super().readers() | {"batch": ReferenceReader(((pk, [name]) for pk, name in batches), unknown)}

    def options(self) -> dict[str, list[str]]:
        return super().options() | {"batch": [*self.reach.program.batches.values_list("name", flat=True)]}

    def known_units(self) -> list[str]:
        return UnitDirectory(self.reach.rows(Agency), self.reach.program.region).names()

    def check_rows(self, checked: Checked) -> None:
        super().check_rows(checked)
        checked.refuse_repeated(checked.cells["code"], "code", _("Kode peserta ini sudah ada pada baris %(row)s."))

    def meet(self, checked: Checked, keys: list[object]) -> None:
        enrolled = self.reach.held(self.reach.program.enrollments.all())
        self.enrolled = {
            row[0]: row[1:]
            for row in enrolled.values_list(
                "person__nip", "pk", "person_id", *(self.column_of(name) for name in TAKING_PART)
            )
        }
        # Somebody of another office who takes part here: their data stay their office's.
        self.guests = frozenset(nip for nip in self.enrolled if nip not in self.stored)
        self.refuse_foreign(checked, keys, known=self.guests)
        self._check_codes(checked, keys)
        self._check_exits(checked, keys)
        for at in checked.good_rows() if self.guests else ():
            if keys[at] in self.guests:
                checked.warn(
                    at,
                    "nip",
                    _("Data pegawai ini dikelola kantor lain; hanya keikutsertaannya yang diperbarui."),
                )
        directory = UnitDirectory(self.reach.rows(Agency), self.reach.program.region)
        self.place(checked, directory, at_home=self.reach.program.organizer.name)

    def _check_codes(self, checked: Checked, keys: list[object]) -> None:
        if not checked.has("code"):
            return
        if not self.enrolled:
            return
        at_code = 2 + TAKING_PART.index("code")
        owners = {row[at_code]: nip for nip, row in self.enrolled.items()}
        for at, code in enumerate(checked.cells["code"]):
            if not code or at in checked.refused:
                continue
            row = self.enrolled.get(keys[at])
            if row is not None and row[at_code] != code:
                message = _(
                    "Peserta ini sudah berkode %(code)s; kode diubah pada halaman peserta, bukan lewat berkas."
                )
                checked.refuse(at, "code", message % {"code": row[at_code]})
            elif owners.get(code, keys[at]) != keys[at]:
                checked.refuse(at, "code", _("Kode peserta ini sudah dipakai pada program."))

    def _check_exits(self, checked: Checked, keys: list[object]) -> None:
        """A reason belongs to who withdrew, and whoever withdraws has one."""
        names = ("status", "exit_reason", "exit_note")
        if not any(map(checked.has, names)):
            return
        at_reason = "exit_reason" if checked.has("exit_reason") else "status"
        places = [2 + TAKING_PART.index(name) for name in names]
        for at in checked.good_rows():
            row = self.enrolled.get(keys[at])
            stored = [row[place] for place in places] if row else ["", "", ""]
            told = [checked.cells[name][at] for name in names]
            status, reason, note = (new or old for new, old in zip(told, stored, strict=True))
            if status != Enrollment.Status.WITHDRAWN:
                if told[1] or told[2]:
                    checked.refuse(
                        at, at_reason, _("Alasan berhenti hanya diisi untuk peserta yang mengundurkan diri.")
                    )
            elif told[0] and not reason and stored[0] != status:
                checked.refuse(at, at_reason, REASON_NEEDED)
            elif told[1] == Enrollment.ExitReason.OTHER and not note:
                checked.refuse(at, at_reason, _("Tuliskan alasannya, karena yang dipilih “Lainnya”."))

    def _compare(self, checked: Checked, keys: list[object]) -> None:
        super()._compare(checked, keys)
        self.new_people = [at for at in self.new if keys[at] not in self.guests] if self.guests else self.new
        self.changed_people = self.changed
        self.changed_places: dict[int, tuple[object, dict[str, tuple[object, object]]]] = {}
        told = [
            (self.column_of(name), checked.cells[name], index)
            for index, name in enumerate(TAKING_PART, 2)
            if checked.has(name)
        ]
        new, changed = [] if self.enrolled else [*checked.good_rows()], {}
        for at in checked.good_rows() if self.enrolled else ():
            row = self.enrolled.get(keys[at])
            if row is None:
                new.append(at)
                continue
            changes = {
                column: (row[index], values[at])
                for column, values, index in told
                if says_otherwise(values[at], row[index])
            }
            if changes.get("status", ("", ""))[0] == Enrollment.Status.WITHDRAWN:
                changes |= self._without_exit(row)
            if changes:
                self.changed_places[at] = (row[0], changes)
            if changes or at in self.changed_people:
                changed[at] = (None, {})
        # What the page counts are participants: one who is known to the registry may still be new here.
        self.new, self.changed = new, changed

    @staticmethod
    def _without_exit(row: tuple) -> dict[str, tuple[object, object]]:
        """Who takes part again has no reason to have left."""
        stored = {name: row[2 + TAKING_PART.index(name)] for name in ("exit_reason", "exit_note")}
        return {name: (value, "") for name, value in stored.items() if value}

    def overwritten(self) -> Iterable[int]:
        return sorted({*self.changed_people, *self.changed_places})

    def described_row(self, at: int) -> ChangedRow:
        title, detail = self.title(at)
        changes = ()
        for model, rows in ((Person, self.changed_people), (Enrollment, self.changed_places)):
            changes += described(model, rows[at][1], self.name_of) if at in rows else ()
        return ChangedRow(self.checked.numbers[at], title, detail, changes)

    def notes(self, checked: Checked) -> Iterable[str]:
        known = sum(at in self.changed_people for at in self.new)
        if known:
            yield _(
                "%(count)s peserta baru sudah terdaftar sebagai pegawai; datanya ikut diperbarui menurut berkas."
            ) % {"count": known}
        yield from self.homeless_note(self.reach.program.organizer.name)

    def unit_names(self) -> tuple[str, ...]:
        return tuple(unit.name for unit in self.planned([*self.new_people, *self.changed_people]))

    def save(self, job: ImportJob | None, told: Told) -> None:
        checked, keys = self.checked, self.checked.cells["nip"]
        for unit in self.planned([*self.new_people, *self.changed_people]):
            unit.save()
        cells = personal_cells(checked)
        names = [*personal_names(checked), "agency", "status", "birth_date", "nip"]
        made = self.insert(Person, names, cells, self.new_people, {}, job, told)
        people = _by_row(len(checked), self.new_people, made)
        if self.stored:
            people = [key or self.stored.get(nip, (None,))[0] for key, nip in zip(people, keys, strict=True)]
        self.change(Person, dict(self.changed_people.values()), told)
        self._enrol(people, job, told)
        self.change(Enrollment, dict(self.changed_places.values()), told)

    def _enrol(self, people: list[object], job: ImportJob | None, told: Told) -> None:
        checked = self.checked
        used = [row[2 + TAKING_PART.index("code")] for row in self.enrolled.values()]
        given = checked.cells["code"]
        codes = free_codes([*used, *filter(None, given)])
        cells = {name: checked.cells[name] for name in TAKING_PART} | {
            "code": _filled(given, self.new, codes),
            "person_id": people,
        }
        names = ["person_id", "code", *(name for name in TAKING_PART if name != "code" and checked.has(name))]
        self.insert(Enrollment, names, cells, self.new, {"program": self.reach.program}, job, told)

    def writable(self, model) -> QuerySet:
        return self.reach.program.enrollments.all() if model is Enrollment else super().writable(model)


def personal_names(checked: Checked) -> list[str]:
    """The fields of a person, beside those that every row has, that the file says something about."""
    return [name for name in ("name", "grade", "position", "level", "email", "phone") if checked.has(name)]


def personal_cells(checked: Checked) -> dict[str, list]:
    """The cells of new people, with what their number tells about them."""
    days = [nip and nip[:8] for nip in checked.cells["nip"]]
    births = {digits: digits and date.fromisoformat(digits) for digits in {*days}}
    born = [births[digits] for digits in days]
    status = [nip and status_of(nip) for nip in checked.cells["nip"]]
    units = _keys(checked.cells["agency"])
    return checked.cells | {"birth_date": born, "status": status, "agency": units}


def _keys(units: Sequence[Agency | None]) -> list[object]:
    """The keys of units, each of which stands here many times."""
    keys = {id(unit): unit and unit.pk for unit in units}
    return [keys[id(unit)] for unit in units]


def _by_row(size: int, rows: Sequence[int], values: Iterable[object]) -> list[object]:
    cells: list[object] = [None] * size
    for at, value in zip(rows, values, strict=True):
        cells[at] = value
    return cells


def _filled(given: Sequence[str], rows: Sequence[int], codes: Iterable[str]) -> list[object]:
    if "" not in given and None not in given:
        return list(given)
    return _by_row(len(given), rows, (given[at] or next(codes) for at in rows))
