"""What the files that bring people share: how a person is described, and in which unit they are."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from asn_eval.nip import format_nip
from asn_eval.tables import Cell
from programs.actions.participants import FOREIGN_NIP, foreign_nips
from programs.actions.units import AmbiguousUnit, UnitDirectory, unit_key
from programs.grades import find_grade
from programs.imports.bulk import matching
from programs.imports.cells import CellError, Reader, read_text
from programs.imports.checking import Checked
from programs.imports.columns import Column, Kind
from programs.imports.engine import Importer, Reach
from programs.models import Agency, Grade, Person, PositionLevel

NIP = Column(
    "nip",
    "NIP",
    Kind.NIP,
    gettext_lazy(
        "18 angka, boleh dengan spasi. Simpan kolom ini sebagai teks: sebagai bilangan, angka belakangnya hilang."
    ),
    ("NIP Baru", "nipBaru", "NIP/NI PPPK", "NI PPPK", "NIP PNS/PPPK", "NIP ASN", "nip_baru"),
    required=True,
    example="19850101 201003 1 901",
    width=24,
)
NAME = Column(
    "name",
    "Nama",
    Kind.NAME,
    gettext_lazy("Nama lengkap, boleh dengan gelar."),
    ("Nama Lengkap", "Nama Pegawai", "Nama Peserta", "Nama ASN", "namaPegawai", "nama_pegawai"),
    required=True,
    example=gettext_lazy("Nama lengkap dengan gelar"),
    width=32,
)
GRADE = Column(
    "grade",
    "Golongan",
    Kind.REFERENCE,
    gettext_lazy("Ditulis seperti III/d (PNS) atau IX (PPPK)."),
    (
        "golRuangAkhir",
        "Golongan/Ruang",
        "Golongan Ruang Akhir",
        "Gol",
        "Gol/Ruang",
        "Pangkat/Gol",
        "Pangkat/Golongan",
        "Pangkat/Gol/Ruang",
        "Pangkat Gol Ruang",
        "golRuang",
        "pangkatAkhir",
    ),
    example="III/d",
    width=12,
)
POSITION = Column(
    "position",
    "Jabatan",
    Kind.TEXT,
    gettext_lazy("Nama jabatan yang sedang dipegang."),
    ("jabatanNama", "Nama Jabatan", "namaJabatan"),
    example=gettext_lazy("Analis Kebijakan"),
    width=28,
)
LEVEL = Column(
    "level",
    "Jenjang Jabatan",
    Kind.CHOICE,
    gettext_lazy("Pilih dari daftar."),
    ("Jenjang", "jenjangJabatan"),
    choices=PositionLevel,
    example=PositionLevel.EXPERT_2.label,
    width=24,
)
UNIT = Column(
    "agency",
    "Unit Kerja",
    Kind.TEXT,
    gettext_lazy("Nama unit kerja. Unit yang belum terdaftar dibuat setelah Anda menyetujui pemeriksaan."),
    (
        "unorNama",
        "Unit",
        "Unor",
        "Unit Organisasi",
        "Perangkat Daerah",
        "OPD",
        "unorIndukNama",
        "satuanKerjaKerjaNama",
        "Instansi",
        "instansiKerjaNama",
    ),
    example=gettext_lazy("Dinas Kependudukan dan Pencatatan Sipil"),
    width=32,
)
EMAIL = Column(
    "email",
    "Email",
    Kind.EMAIL,
    gettext_lazy("Alamat surel dinas atau pribadi."),
    ("E-mail", "Surel", "Alamat Email", "emailGov"),
    example="nama@contoh.go.id",
    width=26,
)
PHONE = Column(
    "phone",
    "Telepon",
    Kind.PHONE,
    gettext_lazy("Nomor telepon seluler, misalnya 0812…; simpan sebagai teks."),
    ("HP", "No HP", "noHp", "Nomor HP", "No Telepon", "Nomor Telepon", "WA", "No WA", "WhatsApp"),
    example="081200000001",
    width=18,
)


PNS, PPPK = Grade.Status.PNS.value, Grade.Status.PPPK.value
# More names than these nobody scrolls through.
MOST_UNITS = 2_000


class GradeReader:
    """Reads a golongan in the many ways in which people write it; holds the key of the stored one."""

    def __init__(self):
        self.keys = {(grade.status, grade.code): grade.pk for grade in Grade.objects.all()}
        self.found: dict[object, object] = {}

    def __call__(self, cell: Cell) -> int | None:
        text = read_text(cell, GRADE.limit)
        if not text:
            return None
        grade = find_grade(text)
        if grade is None:
            raise CellError(_("Golongan tidak dikenali; tulis seperti III/d (PNS) atau IX (PPPK)."))
        key = self.keys.get((str(grade.status), grade.code))
        if key is None:
            raise CellError(_("Golongan ini belum ada pada data acuan."))
        self.found[key] = grade
        return key


class PeopleMixin(Importer):
    """Meets stored people by NIP, and finds or plans their units."""

    is_cleaned = False  # every cell is checked here already; a hundred thousand models would take minutes

    def readers(self) -> dict[str, Reader]:
        self.grades = GradeReader()
        self.names["grade_id"] = {grade.pk: str(grade) for grade in Grade.objects.all()}
        return {"grade": self.grades}

    def options(self) -> dict[str, list[str]]:
        codes = Grade.objects.values_list("code", flat=True)
        return {"grade": [*codes], "agency": self.known_units()}

    def known_units(self) -> list[str]:
        """The units that the importer may see, as far as the template's list reaches."""
        names = self.reach.rows(Agency).order_by("name").values_list("name", flat=True)
        return [*dict.fromkeys(names[:MOST_UNITS])]

    def keys(self, checked: Checked) -> list[object]:
        return checked.cells["nip"]

    @property
    def repeated(self) -> str:
        return _("NIP ini sudah ada pada baris %(row)s.")

    def check_rows(self, checked: Checked) -> None:
        super().check_rows(checked)
        grades, found = checked.cells["grade"], self.grades.found
        if not found:
            return
        statuses = {key: str(grade.status) for key, grade in found.items()}
        for at, (key, nip) in enumerate(zip(grades, checked.cells["nip"], strict=True)):
            if key and nip and statuses[key] != status_of(nip):
                checked.warn(
                    at,
                    "grade",
                    _(
                        "Golongan %(grade)s adalah golongan %(grade_status)s, sedangkan nomornya nomor "
                        "%(nip_status)s."
                    )
                    % {
                        "grade": found[key].code,
                        "grade_status": found[key].status,
                        "nip_status": status_of(nip),
                    },
                )

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        return matching(self.reach.rows(Person), "nip", keys)

    def refuse_foreign(self, checked: Checked, keys: Sequence[object], known: Iterable[str] = ()) -> None:
        """A NIP that belongs to somebody whom the importer may not see is refused; only that it exists is told."""
        unknown = [keys[at] for at in checked.good_rows() if keys[at] not in self.stored]
        foreign = foreign_nips(self.reach.rows(Person), unknown) - set(known)
        for at in checked.good_rows() if foreign else ():
            if keys[at] in foreign:
                checked.refuse(at, "nip", str(FOREIGN_NIP))

    def place(self, checked: Checked, directory: UnitDirectory, at_home: str = "") -> None:
        """Turn the names of units into units: the person's own where it bears that name, else the nearest one.

        New people without a unit come to ``at_home``.
        """
        self.directory, self.planned_units = directory, {}
        index = self.compared.index("agency") + 1
        self.unit_names_by_key = self.names.setdefault("agency_id", {})
        held = {row[index] for row in self.stored.values()}
        for rows in matching(self.reach.rows(Agency), "pk", [*held]):
            self.unit_names_by_key.update(rows.values_list("pk", "name"))
        self.homeless = 0
        texts = checked.cells["agency"]
        keys = self.keys(checked)
        units: dict[str, Agency | str] = {}
        placed: list[Agency | None] = [None] * len(checked)
        stored, guests = self.stored, self.guests
        for at in checked.good_rows():
            text, row = texts[at], stored.get(keys[at])
            if row is not None and (not text or unit_key(text) == unit_key(self.unit_names_by_key[row[index]])):
                continue
            if row is None and keys[at] in guests:
                continue
            if not text:
                self.homeless += 1
                text = at_home
            if text not in units:
                units[text] = self._unit(text)
            unit = units[text]
            if isinstance(unit, str):
                checked.refuse(at, "agency", unit)
            else:
                placed[at] = unit
        checked.cells["agency"] = placed

    guests: frozenset[str] = frozenset()

    def _unit(self, name: str) -> Agency | str:
        """The unit of that name, made on paper where there is none; or why it cannot be told."""
        if not name:
            return _("Unit kerja kosong.")
        try:
            return self.directory.find_or_plan(name)
        except AmbiguousUnit as error:
            return str(error)

    def planned(self, rows: Iterable[int]) -> list[Agency]:
        """The units that these rows need and that do not exist yet."""
        cells = self.checked.cells["agency"]
        units = {id(unit): unit for unit in (cells[at] for at in rows)}
        new = [unit for unit in units.values() if unit is not None and unit.pk is None]
        return sorted(new, key=lambda unit: unit.name)

    def homeless_note(self, unit: str) -> Iterable[str]:
        if self.homeless:
            yield ngettext(
                "Unit kerja %(count)s peserta baru belum diisi; ia dicatat pada “%(unit)s”.",
                "Unit kerja %(count)s peserta baru belum diisi; mereka dicatat pada “%(unit)s”.",
                self.homeless,
            ) % {"count": self.homeless, "unit": unit}

    def title(self, at: int) -> tuple[str, str]:
        nip = self.checked.cells["nip"][at]
        return self.checked.cells["name"][at] or nip, format_nip(nip)


def status_of(nip: str) -> str:
    """PNS or PPPK, as the number says."""
    return PPPK if nip[12] == "2" else PNS


def find_people(reach: Reach, checked: Checked, name: str) -> dict[str, tuple[object, str]]:
    """NIP -> key and name of the stored people in a column; rows about others are refused."""
    nips = [*dict.fromkeys(nip for nip in checked.cells[name] if nip)]
    people = {
        nip: (key, person)
        for rows in matching(reach.rows(Person), "nip", nips)
        for nip, key, person in rows.values_list("nip", "pk", "name")
    }
    foreign = foreign_nips(reach.rows(Person), [nip for nip in nips if nip not in people])
    for at in checked.good_rows() if len(people) < len(nips) else ():
        nip = checked.cells[name][at]
        if nip in foreign:
            checked.refuse(at, name, str(FOREIGN_NIP))
        elif nip not in people:
            checked.refuse(
                at, name, _("Pegawai dengan NIP ini belum terdaftar; impor atau tambahkan dulu pegawainya.")
            )
    return people
