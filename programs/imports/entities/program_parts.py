"""What a program is to reach, do and cost: objectives, activities, budget."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.numbers import format_rupiah
from programs.imports.activity_names import names_of_activities
from programs.imports.cells import Reader
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.engine import Importer, ReferenceReader
from programs.models import Activity, BudgetComponent, BudgetLine, Entity, Objective, Polarity, TrainingForm


class ObjectivesImporter(Importer):
    entity = Entity.OBJECTIVES
    model = Objective
    needs_program = True
    key = ("statement", "indicator")
    columns = (
        Column(
            "statement",
            "Sasaran",
            Kind.TEXT,
            gettext_lazy("Apa yang hendak dicapai, dalam satu kalimat."),
            ("Tujuan", "Pernyataan Sasaran"),
            required=True,
            limit=300,
            example=gettext_lazy("Kompetensi pelayanan petugas meningkat"),
            width=44,
        ),
        Column(
            "indicator",
            "Indikator",
            Kind.TEXT,
            gettext_lazy("Ukuran yang menunjukkan tercapainya sasaran."),
            required=True,
            limit=200,
            example=gettext_lazy("Rata-rata nilai postes"),
            width=32,
        ),
        Column(
            "unit", "Satuan", Kind.TEXT, gettext_lazy("Contoh: skor 1–5, hari, persen."), limit=50, example="skor"
        ),
        Column(
            "polarity",
            "Arah",
            Kind.CHOICE,
            gettext_lazy("Apakah makin tinggi atau makin rendah yang lebih baik; kosong berarti makin tinggi."),
            choices=Polarity,
            example=Polarity.MORE.label,
            width=26,
        ),
        Column(
            "baseline",
            "Nilai Awal",
            Kind.DECIMAL,
            gettext_lazy("Nilai sebelum program, misalnya 62,5."),
            minimum=None,
            example="62,5",
        ),
        Column(
            "target",
            "Target",
            Kind.DECIMAL,
            gettext_lazy("Nilai yang hendak dicapai."),
            minimum=None,
            example="80",
        ),
    )

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        return [self.reach.program.objectives.all()]

    def writable(self, model) -> QuerySet:
        return self.reach.program.objectives.all()


class ActivitiesImporter(Importer):
    entity = Entity.ACTIVITIES
    model = Activity
    needs_program = True
    key = ("title", "start_date")
    stored_as = {"form": "form_id", "batch": "batch_id"}
    columns = (
        Column(
            "title",
            "Nama Kegiatan",
            Kind.TEXT,
            gettext_lazy("Nama kegiatan dalam program."),
            ("Kegiatan", "Judul Kegiatan"),
            required=True,
            limit=200,
            example=gettext_lazy("Lokakarya pelayanan prima"),
            width=36,
        ),
        Column(
            "form",
            "Bentuk Pelatihan",
            Kind.REFERENCE,
            gettext_lazy("Pilih dari daftar."),
            ("Bentuk", "Jenis Kegiatan"),
            required=True,
            width=28,
        ),
        Column(
            "delivery",
            "Cara Penyampaian",
            Kind.CHOICE,
            gettext_lazy("Kosong berarti tatap muka."),
            ("Penyampaian",),
            choices=Activity.Delivery,
            example=Activity.Delivery.FACE_TO_FACE.label,
        ),
        Column("method", "Metode", Kind.TEXT, gettext_lazy("Contoh: simulasi, proyek, diskusi."), width=24),
        Column("topic", "Materi", Kind.TEXT, gettext_lazy("Pokok bahasan."), ("Topik",), limit=200, width=32),
        Column(
            "lesson_hours",
            "JP",
            Kind.DECIMAL,
            gettext_lazy("Jam pelajaran."),
            ("Jumlah JP", "Jam Pelajaran"),
            required=True,
            places=1,
            digits=6,
            example="8",
            width=8,
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
            gettext_lazy("Kosong berarti selesai pada tanggal mulai."),
            ("Tgl Selesai",),
            example="03-03-2026",
        ),
        Column("start_time", "Jam Mulai", Kind.TIME, gettext_lazy("Ditulis seperti 08.00."), example="08.00"),
        Column("end_time", "Jam Selesai", Kind.TIME, gettext_lazy("Ditulis seperti 16.00."), example="16.00"),
        Column("place", "Tempat", Kind.TEXT, gettext_lazy("Tempat pelaksanaan."), ("Lokasi",), width=28),
        Column("batch", "Angkatan", Kind.REFERENCE, gettext_lazy("Kosong berarti untuk semua angkatan.")),
    )

    def readers(self) -> dict[str, Reader]:
        forms = [*TrainingForm.objects.values_list("pk", "name", "code", "siasn_id")]
        batches = [*self.reach.program.batches.values_list("pk", "name")]
        self.names["form_id"] = {pk: name for pk, name, _code, _id in forms}
        self.names["batch_id"] = dict(batches)
        return {
            "form": ReferenceReader(
                ((pk, [name, code, str(number or "")]) for pk, name, code, number in forms),
                _("Bentuk pelatihan tidak dikenali; pilih dari daftar pada templat."),
            ),
            "batch": ReferenceReader(
                ((pk, [name]) for pk, name in batches),
                _("Angkatan ini belum ada pada program; tambahkan dulu pada halaman program."),
            ),
        }

    def options(self) -> dict[str, list[str]]:
        return {
            "form": [*TrainingForm.objects.values_list("name", flat=True)],
            "batch": [*self.reach.program.batches.values_list("name", flat=True)],
        }

    def fill_new(self, checked: Checked) -> None:
        cells = checked.cells
        for at in self.new:
            cells["end_date"][at] = cells["end_date"][at] or cells["start_date"][at]

    added = ("end_date",)

    def check_rows(self, checked: Checked) -> None:
        super().check_rows(checked)
        cells = checked.cells
        same_day = zip(cells["start_time"], cells["end_time"], cells["start_date"], cells["end_date"], strict=True)
        for at, (starts, ends, first, last) in enumerate(same_day):
            if starts and ends and first == (last or first) and ends <= starts:
                checked.refuse(at, "end_time", _("Jam selesai harus setelah jam mulai."))
        program = self.reach.program
        for at in checked.good_rows():
            start, end = cells["start_date"][at], cells["end_date"][at]
            if start and start < program.start_date:
                checked.warn(at, "start_date", _("Kegiatan ini dimulai sebelum program dimulai."))
            if end and end > program.end_date:
                checked.warn(at, "end_date", _("Kegiatan ini selesai setelah program selesai."))

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        return [self.reach.program.activities.all()]

    def writable(self, model) -> QuerySet:
        return self.reach.program.activities.all()


class BudgetImporter(Importer):
    """A line is known by its component, activity and description."""

    entity = Entity.BUDGET
    model = BudgetLine
    needs_program = True
    key = ("component", "activity", "description")
    stored_as = {"component": "component_id", "activity": "activity_id"}
    columns = (
        Column(
            "component",
            "Komponen",
            Kind.REFERENCE,
            gettext_lazy("Pilih dari daftar komponen anggaran."),
            ("Komponen Anggaran", "Jenis Belanja"),
            required=True,
            width=28,
        ),
        Column(
            "activity",
            "Kegiatan",
            Kind.REFERENCE,
            gettext_lazy("Nama kegiatan program; kosong berarti untuk program secara keseluruhan."),
            ("Nama Kegiatan",),
            width=32,
        ),
        Column(
            "description",
            "Uraian",
            Kind.TEXT,
            gettext_lazy("Untuk apa."),
            limit=200,
            example=gettext_lazy("Honorarium narasumber"),
            width=36,
        ),
        Column("funding_source", "Sumber Dana", Kind.TEXT, gettext_lazy("Contoh: APBD, APBN, hibah."), limit=100),
        Column(
            "planned",
            "Rencana",
            Kind.DECIMAL,
            gettext_lazy("Rupiah."),
            ("Anggaran", "Pagu", "Rencana (Rp)"),
            required=True,
            digits=16,
            example="5000000",
        ),
        Column(
            "realised",
            "Realisasi",
            Kind.DECIMAL,
            gettext_lazy("Rupiah. Kosong berarti belum diketahui, bukan nol."),
            ("Realisasi (Rp)",),
            digits=16,
            example="4750000",
        ),
    )

    def readers(self) -> dict[str, Reader]:
        components = [*BudgetComponent.objects.values_list("pk", "name")]
        activities = names_of_activities(self.reach.program)
        self.names |= {"component_id": dict(components), "activity_id": activities}
        return {
            "component": ReferenceReader(
                ((pk, [name]) for pk, name in components),
                _("Komponen anggaran ini tidak dikenal; pilih dari daftar pada templat."),
            ),
            "activity": ReferenceReader(
                ((pk, [name]) for pk, name in activities.items()),
                _("Kegiatan ini belum ada pada program; tambahkan dulu kegiatannya."),
            ),
        }

    def options(self) -> dict[str, list[str]]:
        return {
            "component": [*BudgetComponent.objects.values_list("name", flat=True)],
            "activity": [*names_of_activities(self.reach.program).values()],
        }

    def title(self, at: int) -> tuple[str, str]:
        cells = self.checked.cells
        component = self.names["component_id"][cells["component"][at]]
        activity = self.names["activity_id"].get(cells["activity"][at], "")
        return cells["description"][at] or component, ", ".join(filter(None, (component, activity)))

    def notes(self, checked: Checked) -> Iterable[str]:
        planned = sum((checked.cells["planned"][at] for at in self.new), Decimal(0))
        if self.new:
            yield _("Jumlah rencana pada baris baru: %(sum)s.") % {"sum": format_rupiah(planned)}

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        return [self.reach.program.budget_lines.all()]

    def writable(self, model) -> QuerySet:
        return self.reach.program.budget_lines.all()
