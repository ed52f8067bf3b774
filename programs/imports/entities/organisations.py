"""Units that people work in, and programs as a whole: what belongs to a region."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import Region
from asn_eval.tables import Cell, header_key
from programs.actions.units import hold_tree
from programs.imports.bulk import Told
from programs.imports.cells import CellError, Reader, as_text, well_spaced
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.engine import Importer, ReferenceReader
from programs.imports.sheets import Sheet
from programs.models import Activity, Agency, Entity, ImportJob, Program
from programs.models.organisations import DEEPEST

REGION = Column(
    "region",
    "Wilayah",
    Kind.REFERENCE,
    gettext_lazy("Nama atau kode Kemendagri; kosong berarti wilayah kantor Anda, bila hanya satu."),
    ("Kode Wilayah", "Kabupaten/Kota", "Daerah"),
    width=30,
)


class RegionalImporter(Importer):
    """Rows that stand in a region of their own, within the area of the importer."""

    stored_as = {"region": "region_id"}

    def readers(self) -> dict[str, Reader]:
        return {"region": self.read_region}

    def read_region(self, cell: Cell) -> int | None:
        text = as_text(cell).strip()
        if not text:
            return None
        code = text.rsplit("(", 1)[-1].rstrip(")") if text.endswith(")") else text
        found = [*Region.objects.filter(code=code)[:1]] or [*Region.objects.filter(full_name__iexact=text)[:2]]
        found = found or [*Region.objects.search(text)[:2]]
        if not found:
            raise CellError(_("Wilayah tidak ditemukan; tulis nama lengkapnya atau kode Kemendagri."))
        if len(found) > 1:
            raise CellError(_("Ada beberapa wilayah dengan nama ini; tulis kode Kemendagri-nya."))
        if not self.reach.areas.filter(pk=found[0].pk).exists():
            raise CellError(_("Wilayah ini di luar wilayah kerja kantor Anda."))
        self.names.setdefault("region_id", {})[found[0].pk] = str(found[0])
        return found[0].pk

    def complete(self, checked: Checked) -> None:
        home = self.reach.regions[0].pk if len(self.reach.regions) == 1 else None
        cells = checked.cells["region"]
        for at in checked.good_rows():
            if cells[at] is None and home is None:
                checked.refuse(at, "region", _("Wilayah kosong; kantor Anda mencakup lebih dari satu wilayah."))
            cells[at] = cells[at] or home

    added = ("region",)

    def title(self, at: int) -> tuple[str, str]:
        return self.checked.cells["name"][at], ""


class AgenciesImporter(RegionalImporter):
    entity = Entity.AGENCIES
    model = Agency
    key = ("name", "region")
    stored_as = {"region": "region_id", "parent": "parent_id"}
    columns = (
        Column(
            "name",
            "Nama Unit Kerja",
            Kind.TEXT,
            gettext_lazy("Nama instansi, perangkat daerah, atau unit kerja."),
            ("Unit Kerja", "unorNama", "Nama Unit", "Unor", "Perangkat Daerah", "OPD"),
            required=True,
            example=gettext_lazy("Dinas Kependudukan dan Pencatatan Sipil"),
            width=40,
        ),
        Column(
            "kind",
            "Tingkat",
            Kind.CHOICE,
            gettext_lazy("Kosong berarti unit kerja."),
            choices=Agency.Kind,
            example=Agency.Kind.DEPARTMENT.label,
            width=20,
        ),
        REGION,
        Column(
            "parent",
            "Bagian Dari",
            Kind.REFERENCE,
            gettext_lazy("Nama unit di atasnya: yang sudah terdaftar, atau yang ada pada berkas ini."),
            ("Induk", "Unit Induk", "unorIndukNama"),
            width=40,
        ),
    )

    def check(self, sheet: Sheet) -> Checked:
        above = {header_key(as_text(cell)) for cell in {*(sheet.cells("parent") or ())}} - {""}
        names = enumerate(map(as_text, sheet.cells("name") or ())) if above else ()
        self.coming = {at: Agency(name=well_spaced(name)) for at, name in names if header_key(name) in above}
        self.row_of = {id(unit): at for at, unit in self.coming.items()}
        return super().check(sheet)

    def readers(self) -> dict[str, Reader]:
        """The unit above is a stored one, or one that the same file brings, in whatever order the rows stand."""
        units = [*self.reach.rows(Agency).values_list("pk", "name")]
        self.names["parent_id"] = dict(units)
        known = {header_key(name) for _pk, name in units}
        units += [(unit, unit.name) for unit in self.coming.values() if header_key(unit.name) not in known]
        unknown = _("Unit di atasnya belum terdaftar dan tidak ada pada berkas ini; tambahkan, atau kosongkan.")
        return super().readers() | {"parent": ReferenceReader(((unit, [name]) for unit, name in units), unknown)}

    def options(self) -> dict[str, list[str]]:
        return {"parent": [*self.reach.rows(Agency).order_by("name").values_list("name", flat=True)[:2_000]]}

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        if self.reach.locks:
            hold_tree()
        return [self.reach.rows(Agency)]

    def meet(self, checked: Checked, keys: list[object]) -> None:
        """No unit comes to stand above itself, directly or through others of the file, nor too far down."""
        before: dict[object, object] = dict(self.reach.rows(Agency).values_list("pk", "parent_id"))
        above = dict(before)
        moved: dict[object, int] = {}
        for at in checked.good_rows():
            parent = self._place_of(checked.cells["parent"][at])
            unit = self.stored[keys[at]][0] if keys[at] in self.stored else _Row(at)
            if parent is None or parent == before.get(unit):
                continue
            if parent == unit:
                checked.refuse(at, "parent", _("Unit tidak dapat menjadi bagian dari dirinya sendiri."))
            elif unit in _way_up(above, parent):
                checked.refuse(at, "parent", _("Unit ini berada di bawah unit pada baris ini."))
            else:
                above[unit] = parent
                moved[unit] = at
        ways = [_way_up(above, unit) for unit in above] if moved else []
        # What brings a unit too far down is the move nearest above it, or its own.
        too_deep = {
            next((moved[unit] for unit in way if unit in moved), None) for way in ways if len(way) > DEEPEST
        }
        for at in too_deep - {None}:
            words = _("Susunan unit paling dalam %(levels)s tingkat.")
            checked.refuse(at, "parent", words % {"levels": DEEPEST})

    def _place_of(self, parent: object) -> object:
        """A unit above as a place in the tree: the key of a stored one, the row of one that comes."""
        return _Row(self.row_of[id(parent)]) if isinstance(parent, Agency) else parent

    def _clean(self, checked: Checked, keys: list[object]) -> None:
        super()._clean(checked, keys)
        self._refuse_orphans(checked)
        self.new = [at for at in self.new if at not in checked.refused]
        self.changed = {at: change for at, change in self.changed.items() if at not in checked.refused}

    def _refuse_orphans(self, checked: Checked) -> None:
        """A row whose unit above is refused waits for it, and so do those below."""
        below = defaultdict(list)
        for at in checked.good_rows():
            if isinstance(place := self._place_of(checked.cells["parent"][at]), _Row):
                below[place.at].append(at)
        refused = [at for at in below if at in checked.refused]
        while refused:
            over = refused.pop()
            for at in below.pop(over, ()):
                words = _("Unit di atasnya, pada baris %(row)s, belum benar.")
                checked.refuse(at, "parent", words % {"row": checked.numbers[over]})
                refused.append(at)

    def save(self, job: ImportJob | None, told: Told) -> None:
        """Level by level: a row needs the key of the unit above it."""
        cells = self.checked.cells
        names = [name for name in self.compared if self.checked.has(name) or name in self.key]
        waiting = self.new
        while waiting:
            ready = [at for at in waiting if getattr(cells["parent"][at], "pk", True)]
            parents = [getattr(parent, "pk", parent) for parent in cells["parent"]]
            made = self.insert(Agency, names, cells | {"parent": parents}, ready, {}, job, told)
            for at, key in zip(ready, made, strict=True):
                if at in self.coming:
                    self.coming[at].pk = key
            waiting = sorted({*waiting} - {*ready})
        self.change(Agency, dict(self.changed.values()), told)


@dataclass(frozen=True)
class _Row:
    """A unit that is not stored yet, by its row."""

    at: int


def _way_up(above: Mapping[object, object], unit: object) -> list[object]:
    """The unit and what it is part of, one level further than a tree may reach: a long circle is too deep, too."""
    way: list[object] = []
    while unit is not None and unit not in way and len(way) <= DEEPEST:
        way.append(unit)
        unit = above.get(unit)
    return way


class ProgramsImporter(RegionalImporter):
    entity = Entity.PROGRAMS
    model = Program
    key = ("name", "region", "start_date")
    stored_as = {"region": "region_id", "organizer": "organizer_id"}
    columns = (
        Column(
            "name",
            "Nama Program",
            Kind.TEXT,
            gettext_lazy("Nama program seperti pada dokumen perencanaan."),
            ("Program",),
            required=True,
            limit=200,
            example=gettext_lazy("Pelatihan Pelayanan Publik 2026"),
            width=44,
        ),
        Column(
            "type",
            "Jenis Program",
            Kind.CHOICE,
            gettext_lazy("Pilih dari daftar."),
            ("Jenis",),
            required=True,
            choices=Program.Type,
            example=Program.Type.TRAINING.label,
            width=24,
        ),
        REGION,
        Column(
            "organizer",
            "Penyelenggara",
            Kind.REFERENCE,
            gettext_lazy("Nama kantor; kosong berarti kantor Anda."),
            width=30,
        ),
        Column(
            "start_date",
            "Tanggal Mulai",
            Kind.DATE,
            gettext_lazy("Ditulis seperti 23-11-2026."),
            ("Tgl Mulai",),
            required=True,
            example="02-03-2026",
        ),
        Column(
            "end_date",
            "Tanggal Selesai",
            Kind.DATE,
            gettext_lazy("Ditulis seperti 23-11-2026."),
            ("Tgl Selesai",),
            required=True,
            example="30-06-2026",
        ),
        Column(
            "target_group", "Sasaran Peserta", Kind.TEXT, gettext_lazy("Siapa pesertanya."), limit=200, width=30
        ),
        Column(
            "aims", "Tujuan Umum", Kind.LONG_TEXT, gettext_lazy("Satu atau dua kalimat."), limit=5000, width=40
        ),
        Column(
            "background",
            "Latar Belakang",
            Kind.LONG_TEXT,
            gettext_lazy("Mengapa diadakan."),
            limit=20000,
            width=40,
        ),
        Column(
            "needs_note",
            "Kebutuhan Pelatihan",
            Kind.LONG_TEXT,
            gettext_lazy("Kesenjangan kompetensi yang mendasarinya."),
            limit=20000,
            width=40,
        ),
        Column(
            "maximum_score",
            "Nilai Tertinggi",
            Kind.DECIMAL,
            gettext_lazy("Nilai tertinggi pretes dan postes; kosong berarti 100."),
            digits=6,
            minimum=1,
        ),
    )

    def readers(self) -> dict[str, Reader]:
        offices = [*self.reach.offices.values_list("pk", "name")]
        self.names["organizer_id"] = dict(offices)
        unknown = _(
            "Kantor ini tidak dapat Anda pilih sebagai penyelenggara; kosongkan atau tulis nama kantor Anda."
        )
        return super().readers() | {"organizer": ReferenceReader(((pk, [name]) for pk, name in offices), unknown)}

    def options(self) -> dict[str, list[str]]:
        return {"organizer": [*self.reach.offices.values_list("name", flat=True)]}

    def fill_new(self, checked: Checked) -> None:
        own = self.reach.office and self.reach.office.pk
        for at in self.new:
            checked.cells["organizer"][at] = checked.cells["organizer"][at] or own
            if checked.cells["organizer"][at] is None:
                checked.refuse(at, "organizer", _("Penyelenggara kosong."))

    def meet(self, checked: Checked, keys: list[object]) -> None:
        """The end of a program does not move before that of its activities."""
        stored = {row[0]: key for key, row in self.stored.items()}
        last = Activity.objects.none()
        if stored:
            last = self.reach.rows(Activity).filter(program__in=[*stored])
        ends = {
            stored[pk]: day
            for pk, day in last.order_by()
            .values_list("program")
            .annotate(Max("end_date"))
            .values_list("program", "end_date__max")
        }
        for at in checked.good_rows():
            day = ends.get(keys[at])
            if day and checked.cells["end_date"][at] < day:
                checked.refuse(
                    at, "end_date", _("Program ini memiliki kegiatan yang selesai setelah tanggal ini.")
                )

    added = ("region", "organizer")

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        return [self.reach.rows(Program)]
