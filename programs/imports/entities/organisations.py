"""Units that people work in, and programs as a whole: what belongs to a region."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import Region
from asn_eval.tables import Cell
from programs.actions.units import hold_tree
from programs.imports.cells import CellError, Reader, as_text
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.engine import Importer, ReferenceReader
from programs.models import Activity, Agency, Entity, Program

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
            gettext_lazy("Nama unit di atasnya yang sudah terdaftar."),
            ("Induk", "Unit Induk", "unorIndukNama"),
            width=40,
        ),
    )

    def readers(self) -> dict[str, Reader]:
        units = [*self.reach.rows(Agency).values_list("pk", "name")]
        self.names["parent_id"] = dict(units)
        unknown = _("Unit di atasnya belum terdaftar; unggah dulu berkas yang memuatnya, atau kosongkan.")
        return super().readers() | {"parent": ReferenceReader(((pk, [name]) for pk, name in units), unknown)}

    def options(self) -> dict[str, list[str]]:
        return {"parent": [*self.reach.rows(Agency).order_by("name").values_list("name", flat=True)[:2_000]]}

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        if self.reach.locks:
            hold_tree()
        return [self.reach.rows(Agency)]

    def meet(self, checked: Checked, keys: list[object]) -> None:
        """No unit comes to stand above itself, directly or through others that the file moves."""
        above = dict(self.reach.rows(Agency).values_list("pk", "parent_id"))
        for at in checked.good_rows():
            stored, parent = self.stored.get(keys[at]), checked.cells["parent"][at]
            if not stored or parent is None:
                continue
            if parent == stored[0]:
                checked.refuse(at, "parent", _("Unit tidak dapat menjadi bagian dari dirinya sendiri."))
            elif _leads_to(above, parent, stored[0]):
                checked.refuse(at, "parent", _("Unit ini berada di bawah unit pada baris ini."))
            else:
                above[stored[0]] = parent


def _leads_to(above: Mapping[int, int | None], unit: int, wanted: int) -> bool:
    """Whether ``wanted`` stands above ``unit``."""
    passed = set()
    while unit is not None and unit not in passed:
        if unit == wanted:
            return True
        passed.add(unit)
        unit = above.get(unit)
    return False


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
