"""An instrument with an item of every type, and answers to it."""

from evaluations.models import Instrument, InstrumentVersion, Item

PLACES = [
    {"key": "kelas", "id": "Di kelas", "en": "In class"},
    {"key": "daring", "id": "Daring", "en": "Online"},
    {"key": "kantor", "id": "Di tempat kerja", "en": "At work"},
]
AGES = [{"key": "muda", "id": "Sampai 35 tahun", "en": ""}, {"key": "tua", "id": "Di atas 35 tahun", "en": ""}]
FIVE = [{"id": name, "en": ""} for name in ("Sangat rendah", "Rendah", "Sedang", "Tinggi", "Sangat tinggi")]

ITEMS: tuple[dict, ...] = (
    {"key": "pengantar", "type": "catatan", "text": "Isilah dengan jujur."},
    {
        "key": "mampu",
        "type": "likert",
        "minimum": 1,
        "maximum": 5,
        "labels": FIVE,
        "dimension": "satu",
        "level": 2,
    },
    {"key": "nilai", "type": "skor", "minimum": 0, "maximum": 100, "level": 1, "allows_na": True},
    {"key": "jam", "type": "angka", "minimum": 0, "maximum": 99, "unit": "jam", "level": 3},
    {"key": "pakai", "type": "ya_tidak", "level": 3},
    {"key": "umur", "type": "pilihan", "options": AGES},
    {"key": "tempat", "type": "pilihan_ganda", "options": PLACES, "level": 3, "allows_na": True},
    {"key": "urutan", "type": "peringkat", "options": PLACES, "level": 3},
    {"key": "halaman-dua", "type": "halaman", "text": "Bagian dua"},
    {"key": "kepala", "type": "matriks", "minimum": 1, "maximum": 4, "text": "Seberapa sering Anda"},
    {"key": "baris_a", "type": "likert", "minimum": 1, "maximum": 4, "matrix": "kepala", "text": "mencatat?"},
    {"key": "baris_b", "type": "likert", "minimum": 1, "maximum": 4, "matrix": "kepala", "text": "membaca?"},
    {"key": "sejak", "type": "tanggal", "level": 3, "relevance": "${pakai} = 1"},
    {"key": "alasan", "type": "teks_singkat"},
    {"key": "saran", "type": "teks"},
)
CLOSED = tuple(
    item["key"] for item in ITEMS if item["type"] not in ("catatan", "halaman", "matriks", "teks", "teks_singkat")
)
# What is stored of one person, in the order of CLOSED.
PACKED = [4, 85, 2.5, 1, "muda", ["kelas", "kantor"], ["kantor", "kelas", "daring"], 3, 2, "2026-03-05"]
# The same as it is typed or stands in a file.
TYPED = {
    "mampu": "4",
    "nilai": "85",
    "jam": "2,5",
    "pakai": "ya",
    "umur": "muda",
    "tempat": "kelas; kantor",
    "urutan": "kantor; kelas; daring",
    "baris_a": "3",
    "baris_b": "2",
    "sejak": "05/03/2026",
    "alasan": "Perlu",
    "saran": "Tambah latihan",
}


def every_type(key: str = "lengkap") -> InstrumentVersion:
    instrument = Instrument.objects.create(key=key, name=f"Instrumen {key}")
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        scoring=InstrumentVersion.Scoring.MEAN,
        dimensions={"satu": {"id": "Dimensi satu", "en": ""}},
    )
    for position, fields in enumerate(ITEMS, start=1):
        values = {"label": fields["key"].capitalize(), "text": f"Pertanyaan {fields['key']}"} | fields
        Item.objects.create(version=version, position=position, is_required=False, **values)
    return version
