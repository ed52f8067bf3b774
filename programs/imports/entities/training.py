"""Training that people had outside the programs kept here, as SIASN exports it (rw_kursus, rw_diklat)."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.nip import format_nip
from asn_eval.tables import Cell
from programs.imports.bulk import matching
from programs.imports.cells import CellError, Reader, as_text
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.engine import Importer, ReferenceReader
from programs.imports.entities.person_fields import NIP, find_people
from programs.models import Entity, TrainingForm, TrainingRecord


class TrainingImporter(Importer):
    """A record is known by the person, the name of the training and the day it ended."""

    entity = Entity.TRAINING
    model = TrainingRecord
    key = ("nip", "name", "end_date")
    is_cleaned = False
    columns = (
        NIP,
        Column(
            "name",
            "Nama Pelatihan",
            Kind.TEXT,
            gettext_lazy("Nama pelatihan, kursus, atau diklat."),
            ("namaKursus", "Nama Kursus", "Nama Diklat", "latihanStrukturalNama", "Pelatihan"),
            required=True,
            limit=200,
            example=gettext_lazy("Pelatihan Pelayanan Publik"),
            width=36,
        ),
        Column(
            "form",
            "Bentuk Pelatihan",
            Kind.REFERENCE,
            gettext_lazy("Pilih dari daftar; nomor jenis diklat SIASN juga dikenali."),
            ("jenisKursusNama", "jenisDiklatId", "jenisDiklatNama", "Jenis Kursus", "Jenis Diklat", "Bentuk"),
            example=gettext_lazy("Pelatihan teknis"),
            width=28,
        ),
        Column(
            "institution",
            "Penyelenggara",
            Kind.TEXT,
            gettext_lazy("Lembaga yang menyelenggarakan."),
            ("institusiPenyelenggara", "Institusi Penyelenggara", "Lembaga"),
            example="BPSDM",
            width=28,
        ),
        Column(
            "lesson_hours",
            "JP",
            Kind.DECIMAL,
            gettext_lazy("Jumlah jam pelajaran menurut sertifikat."),
            ("jumlahJam", "Jumlah Jam", "Jumlah JP", "Jam Pelajaran"),
            required=True,
            places=1,
            digits=6,
            example="20",
            width=8,
        ),
        Column(
            "certificate_number",
            "Nomor Sertifikat",
            Kind.CODE,
            gettext_lazy("Seperti tercetak pada sertifikat."),
            ("noSertipikat", "No Sertifikat", "noSertifikat", "Nomor Sertipikat"),
            limit=100,
            example="123/BPSDM/2026",
            width=24,
        ),
        Column(
            "start_date",
            "Tanggal Mulai",
            Kind.DATE,
            gettext_lazy("Ditulis seperti 23-11-2026."),
            ("tanggalKursus", "tanggal", "Tanggal Kursus", "Tgl Mulai"),
            example="02-03-2026",
        ),
        Column(
            "end_date",
            "Tanggal Selesai",
            Kind.DATE,
            gettext_lazy("Ditulis seperti 23-11-2026. Kosong berarti selesai pada tanggal mulai."),
            ("tanggalSelesaiKursus", "tanggalSelesai", "Tgl Selesai", "Tanggal Selesai Kursus"),
            example="06-03-2026",
        ),
        Column(
            "year",
            "Tahun",
            Kind.TEXT,
            gettext_lazy("Hanya dicocokkan dengan tanggal selesai."),
            ("tahunKursus", "Tahun Kursus"),
            width=8,
        ),
    )
    stored_as = {"form": "form_id"}
    unstored = ("nip", "year")

    def readers(self) -> dict[str, Reader]:
        forms = [*TrainingForm.objects.values_list("pk", "name", "code", "siasn_id")]
        self.names["form_id"] = {pk: name for pk, name, _code, _id in forms}
        unknown = _("Bentuk pelatihan tidak dikenali; pilih dari daftar pada templat atau kosongkan.")
        spellings = ((pk, [name, code, str(number or "")]) for pk, name, code, number in forms)
        return {"form": ReferenceReader(spellings, unknown), "year": read_year}

    def options(self) -> dict[str, list[str]]:
        return {"form": [*TrainingForm.objects.values_list("name", flat=True)]}

    @property
    def repeated(self) -> str:
        return _("Pelatihan ini sudah ada pada baris %(row)s.")

    def complete(self, checked: Checked) -> None:
        """SIASN leaves the last day empty for what took one day."""
        cells = checked.cells
        cells["end_date"] = [
            end or start for end, start in zip(cells["end_date"], cells["start_date"], strict=True)
        ]
        for at in checked.good_rows():
            if cells["end_date"][at] is None:
                checked.refuse(
                    at, "end_date", _("Tanggal Selesai kosong; isi tanggal selesai atau tanggal mulai.")
                )

    def check_rows(self, checked: Checked) -> None:
        super().check_rows(checked)
        cells = checked.cells
        for at, (year, day) in enumerate(zip(cells["year"], cells["end_date"], strict=True)):
            if year and day and year != day.year:
                checked.warn(
                    at, "year", _("Tahun ini berbeda dari tahun tanggal selesai; yang disimpan tanggalnya.")
                )

    def key_columns(self) -> tuple[str, ...]:
        return ("person__nip", "name", "end_date")

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        nips = [*dict.fromkeys(nip for nip, _name, _day in keys)]
        return matching(self.reach.rows(TrainingRecord), "person__nip", nips)

    def meet(self, checked: Checked, keys: list[object]) -> None:
        nips = checked.cells["nip"]
        self.people = find_people(self.reach, checked, "nip")
        checked.cells["person_id"] = [self.people[nip][0] if nip in self.people else None for nip in nips]

    added = ("person_id",)

    def title(self, at: int) -> tuple[str, str]:
        nip = self.checked.cells["nip"][at]
        return self.checked.cells["name"][at], f"{self.people[nip][1]}, {format_nip(nip)}"


def read_year(cell: Cell) -> int | None:
    """A year of four digits."""
    text = as_text(cell).strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise CellError(_("Tahun ditulis dengan empat angka, misalnya 2026."))
    return int(text)
