"""How the participants of a program did: who was at which activity, and their scores."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.nip import format_nip
from asn_eval.numbers import format_decimal
from programs.imports.activity_names import names_of_activities
from programs.imports.cells import Reader
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.engine import Importer, ReferenceReader
from programs.imports.entities.person_fields import NAME, NIP
from programs.models import Attendance, Enrollment, Entity

ONLY_FOR_READERS = replace(
    NAME, required=False, help=gettext_lazy("Hanya untuk dibaca; peserta dikenali dari NIP."), kind=Kind.TEXT
)


class ParticipantMixin(Importer):
    """Rows about people who take part in the program already."""

    needs_program = True
    is_cleaned = False

    @property
    def repeated(self) -> str:
        return _("NIP ini sudah ada pada baris %(row)s.")

    def find_participants(self, checked: Checked) -> None:
        """Refuse rows about others; ``participants`` holds NIP -> key and name of the enrollment."""
        rows = self.reach.program.enrollments.values_list("person__nip", "pk", "person__name")
        self.participants = {nip: (key, name) for nip, key, name in rows}
        for at in checked.good_rows():
            if checked.cells["nip"][at] not in self.participants:
                checked.refuse(at, "nip", _("NIP ini bukan peserta program; daftarkan dulu sebagai peserta."))

    def title(self, at: int) -> tuple[str, str]:
        nip = self.checked.cells["nip"][at]
        return self.participants[nip][1], format_nip(nip)


class AttendanceImporter(ParticipantMixin):
    entity = Entity.ATTENDANCE
    model = Attendance
    key = ("nip", "activity")
    stored_as = {"activity": "activity_id"}
    unstored = ("nip", "name")
    added = ("enrollment_id",)
    columns = (
        NIP,
        ONLY_FOR_READERS,
        Column(
            "activity",
            "Kegiatan",
            Kind.REFERENCE,
            gettext_lazy("Nama kegiatan program."),
            ("Nama Kegiatan",),
            required=True,
            width=36,
        ),
        Column(
            "state",
            "Kehadiran",
            Kind.CHOICE,
            gettext_lazy("Pilih dari daftar."),
            ("Status Kehadiran", "Hadir"),
            required=True,
            choices=Attendance.State,
            example=Attendance.State.PRESENT.label,
        ),
    )

    def readers(self) -> dict[str, Reader]:
        activities = self.names["activity_id"] = names_of_activities(self.reach.program)
        unknown = _("Kegiatan ini belum ada pada program; tambahkan dulu kegiatannya.")
        return {"activity": ReferenceReader(((pk, [name]) for pk, name in activities.items()), unknown)}

    def options(self) -> dict[str, list[str]]:
        return {"activity": [*names_of_activities(self.reach.program).values()]}

    @property
    def repeated(self) -> str:
        return _("Kehadiran peserta ini pada kegiatan ini sudah ada pada baris %(row)s.")

    def key_columns(self) -> tuple[str, ...]:
        return ("enrollment__person__nip", "activity_id")

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        return [self.reach.rows(Attendance).filter(activity__program=self.reach.program)]

    def meet(self, checked: Checked, keys: list[object]) -> None:
        self.find_participants(checked)
        checked.cells["enrollment_id"] = [
            self.participants[nip][0] if nip in self.participants else None for nip in checked.cells["nip"]
        ]

    def placed(self) -> dict[str, object]:
        return {}

    def title(self, at: int) -> tuple[str, str]:
        name, nip = super().title(at)
        return f"{name}, {self.names['activity_id'][self.checked.cells['activity'][at]]}", nip


class ScoresImporter(ParticipantMixin):
    """Only changes: a score belongs to somebody who takes part."""

    entity = Entity.SCORES
    model = Enrollment
    key = ("nip",)
    unstored = ("nip", "name")
    columns = (
        NIP,
        ONLY_FOR_READERS,
        Column(
            "pre_score",
            "Nilai Pretes",
            Kind.DECIMAL,
            gettext_lazy("Nilai sebelum pelatihan, misalnya 62,5."),
            ("Pretes", "Pre-test", "Pre Test", "Nilai Pre-test"),
            digits=6,
            example="62,5",
        ),
        Column(
            "post_score",
            "Nilai Postes",
            Kind.DECIMAL,
            gettext_lazy("Nilai setelah pelatihan, misalnya 80."),
            ("Postes", "Post-test", "Post Test", "Nilai Post-test"),
            digits=6,
            example="80",
        ),
    )

    def check_rows(self, checked: Checked) -> None:
        highest = Decimal(self.reach.program.maximum_score)
        shown = format_decimal(highest, 0 if highest == highest.to_integral_value() else 2)
        for name in ("pre_score", "post_score"):
            for at, score in enumerate(checked.cells[name]):
                if score is not None and score > highest:
                    checked.refuse(
                        at, name, _("Nilai tertinggi pada program ini %(highest)s.") % {"highest": shown}
                    )

    def key_columns(self) -> tuple[str, ...]:
        return ("person__nip",)

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        return [self.reach.program.enrollments.all()]

    def meet(self, checked: Checked, keys: list[object]) -> None:
        self.find_participants(checked)

    def writable(self, model) -> QuerySet:
        return self.reach.program.enrollments.all()
