"""An instrument with an item of every type, for tests of whatever handles items."""

from evaluations.actions.instruments import save_as_new_instrument
from evaluations.definitions import InstrumentDefinition, ItemDefinition
from evaluations.models import InstrumentVersion

ENDS = [{"id": "Sangat rendah", "en": "Very low"}, *({"id": ""} for _point in range(5)), {"id": "Sangat tinggi"}]
BARRIERS = [
    {"key": "dana", "id": "Kurang dana", "en": "Lack of funds"},
    {"key": "tim", "id": "Dukungan tim", "en": "Support of the team"},
    {"key": "lain", "id": "Lainnya", "en": "Other"},
]

ITEMS = (
    ItemDefinition("pengantar", "catatan", "Selamat datang <b>di sini</b>", label="Pengantar"),
    ItemDefinition("skala", "likert", "Saya mampu", label="Mampu", minimum=1, maximum=5, allows_na=True),
    ItemDefinition("ujung", "likert", "Seberapa tinggi", label="Tinggi", minimum=1, maximum=7, labels=ENDS),
    ItemDefinition("skor", "skor", "Nilai umum", label="Nilai", minimum=0, maximum=100),
    ItemDefinition("hari", "angka", "Lama layanan", label="Lama", minimum=0, unit="hari", is_required=False),
    ItemDefinition("pernah", "ya_tidak", "Pernah menerapkan?", label="Menerapkan"),
    ItemDefinition("hambatan", "pilihan_ganda", "Apa hambatannya?", label="Hambatan", options=BARRIERS),
    ItemDefinition(
        "sebutkan", "teks_singkat", "Sebutkan", label="Hambatan lain", relevance="selected(${hambatan}, 'lain')"
    ),
    ItemDefinition("bagian2", "halaman", "Bagian kedua", label="Bagian kedua"),
    ItemDefinition("utama", "pilihan", "Yang utama", label="Utama", options=BARRIERS, is_required=False),
    ItemDefinition("urutan", "peringkat", "Urutkan", label="Urutan", options=BARRIERS, is_required=False),
    ItemDefinition("tabel", "matriks", "Penilaian berikut", label="Penilaian", minimum=1, maximum=4),
    ItemDefinition("t1", "likert", "Jadwal", label="Jadwal", minimum=1, maximum=4, matrix="tabel"),
    ItemDefinition("t2", "likert", "Materi", label="Materi", minimum=1, maximum=4, matrix="tabel"),
    ItemDefinition("sejak", "tanggal", "Sejak kapan", label="Sejak", is_required=False),
    ItemDefinition("cerita", "teks", "Ceritakan", label="Cerita", is_required=False),
)
ANSWERS = {
    "skala": 4,
    "ujung": 6,
    "skor": 82.5,
    "hari": 3,
    "pernah": 1,
    "hambatan": ["dana", "lain"],
    "utama": "dana",
    "urutan": ["tim", "dana", "lain"],
    "t1": 3,
    "t2": 4,
    "sejak": "2026-07-01",
}
FORM = {
    "jawaban-skala": "4",
    "jawaban-ujung": "6",
    "jawaban-skor": "82,5",
    "jawaban-hari": "3",
    "jawaban-pernah": "1",
    "jawaban-hambatan": ["dana", "lain"],
    "jawaban-sebutkan": "Jaringan",
    "jawaban-utama": "dana",
    "jawaban-urutan.tim": "1",
    "jawaban-urutan.dana": "2",
    "jawaban-urutan.lain": "3",
    "jawaban-t1": "3",
    "jawaban-t2": "4",
    "jawaban-sejak": "2026-07-01",
    "jawaban-cerita": "Antrean lebih tertib 😀 مرحبا",
}


def every_type() -> InstrumentVersion:
    """Stored, ready for use."""
    definition = InstrumentDefinition(
        key="semua", number=1, name="Semua jenis butir", scoring="tanpa", items=ITEMS, audience=("peserta",)
    )
    instrument = save_as_new_instrument(definition=definition, owner=None)
    instrument.is_ready = True
    instrument.save()
    return instrument.versions.get()
