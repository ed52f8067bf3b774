"""The registry of civil servants, as SIASN or a personnel office exports it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.actions.units import AmbiguousUnit, UnitDirectory, unit_key
from programs.imports.bulk import Told, matching
from programs.imports.cells import NipReader, Reader
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.entities.participants import personal_cells, personal_names
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
)
from programs.models import Agency, Entity, ImportJob, Person

BIRTH_DATE = Column(
    "birth_date",
    "Tanggal Lahir",
    Kind.DATE,
    gettext_lazy("Kosong berarti menurut NIP."),
    ("tglLahir", "Tgl Lahir", "tanggalLahir"),
    example="01-01-1985",
)
SUPERIOR_NIP = Column(
    "superior",
    "NIP Atasan",
    Kind.REFERENCE,
    gettext_lazy("NIP atasan langsung yang sudah terdaftar atau ada pada berkas ini juga."),
    ("nipAtasan", "NIP Atasan Langsung"),
    width=24,
)


class PeopleImporter(PeopleMixin):
    entity = Entity.PEOPLE
    model = Person
    key = ("nip",)
    columns = (NIP, NAME, BIRTH_DATE, GRADE, POSITION, LEVEL, UNIT, SUPERIOR_NIP, EMAIL, PHONE)
    stored_as = {"agency": "agency_id", "grade": "grade_id", "superior": "superior_id"}
    unstored = ("nip",)

    def readers(self) -> dict[str, Reader]:
        nip = NipReader(self.reach.today)
        return super().readers() | {"superior": lambda cell: nip(cell) if cell is not None else None}

    def check_rows(self, checked: Checked) -> None:
        super().check_rows(checked)
        for at, (nip, superior) in enumerate(zip(checked.cells["nip"], checked.cells["superior"], strict=True)):
            if nip and nip == superior:
                checked.refuse(at, "superior", _("Seseorang tidak dapat menjadi atasannya sendiri."))

    def meet(self, checked: Checked, keys: list[object]) -> None:
        self.refuse_foreign(checked, keys)
        self._find_superiors(checked)
        regions = self.reach.regions
        if len(regions) == 1:
            self.place(checked, UnitDirectory(self.reach.rows(Agency), regions[0]))
        else:
            self.place(checked, KnownUnits(self.reach.rows(Agency)))

    def _find_superiors(self, checked: Checked) -> None:
        """A NIP becomes the key of the person; one who comes with the same file is linked when that is stored."""
        self.superiors = checked.cells["superior"]
        wanted = [nip for nip in {*self.superiors} if nip]
        found = {
            nip: (key, name)
            for rows in matching(self.reach.rows(Person), "nip", wanted)
            for nip, key, name in rows.values_list("nip", "pk", "name")
        }
        self.names["superior_id"] = dict(found.values())
        coming = {checked.cells["nip"][at] for at in checked.good_rows()}
        placed: list[object] = []
        for at, nip in enumerate(self.superiors):
            placed.append(found[nip][0] if nip in found else None)
            if nip and nip not in found and nip not in coming and at not in checked.refused:
                checked.refuse(
                    at, "superior", _("Atasan dengan NIP ini belum terdaftar; daftarkan dulu atau kosongkan.")
                )
        keys = [key for key, _name in self.names["superior_id"].items()]
        held = {row[1 + self.compared.index("superior")] for row in self.stored.values()} - {None, *keys}
        for rows in matching(self.reach.rows(Person), "pk", [*held]):
            self.names["superior_id"].update(rows.values_list("pk", "name"))
        checked.cells["superior"] = placed

    def unit_names(self) -> tuple[str, ...]:
        return tuple(unit.name for unit in self.planned([*self.new, *self.changed]))

    def save(self, job: ImportJob | None, told: Told) -> None:
        checked = self.checked
        for unit in self.planned([*self.new, *self.changed]):
            unit.save()
        cells = personal_cells(checked)
        given = checked.cells["birth_date"]
        cells["birth_date"] = [
            day or told_by_nip for day, told_by_nip in zip(given, cells["birth_date"], strict=True)
        ]
        names = [*personal_names(checked), "agency", "superior", "status", "birth_date", "nip"]
        self.insert(Person, names, cells, self.new, {}, job, told)
        self.change(Person, dict(self.changed.values()), told)
        self._link_superiors(told)

    def _link_superiors(self, told: Told) -> None:
        """Those who came with the same file as their superior."""
        late = {
            self.checked.cells["nip"][at]: nip
            for at in (*self.new, *self.changed)
            if (nip := self.superiors[at]) and self.checked.cells["superior"][at] is None
        }
        if not late:
            return
        keys = {
            nip: key
            for rows in matching(self.reach.rows(Person), "nip", [*{*late, *late.values()}])
            for nip, key in rows.values_list("nip", "pk")
        }
        self.change(Person, {keys[nip]: {"superior_id": (None, keys[over])} for nip, over in late.items()}, told)


class KnownUnits:
    """Finds a unit by name among all that the importer may see; makes none, for nobody said in which region."""

    def __init__(self, agencies: QuerySet):
        self.agencies = agencies
        self.found: dict[str, list[Agency]] = {}

    def find_or_plan(self, name: str) -> Agency:
        if not self.found:
            for agency in self.agencies:
                self.found.setdefault(unit_key(agency.name), []).append(agency)
        known = self.found.get(unit_key(name), [])
        if len(known) > 1:
            raise AmbiguousUnit(
                _("Nama unit kerja ini dipakai di beberapa wilayah; bedakan dulu namanya pada data induk.")
            )
        if not known:
            raise AmbiguousUnit(_("Unit kerja ini belum terdaftar; tambahkan dulu pada data induk."))
        return known[0]
