"""What the source documents of the five examples name stands in their records, with its evidence."""

from datetime import date

from evaluations.examples.records import example_files, read_example
from evaluations.models import Evidence, Finding, Interview, Recommendation
from programs.models import Enrollment
from tests.evaluations.examples import SLUGS, each_example, evaluation_of, rows

# What FEATURES.md names for each source document, as it must stand in the records of its example.
CHECKLIST = {
    "candisari": {
        "type": "pembinaan",
        "words": (
            "kapasitas dan kualitas pegawai",
            "profesional, berintegritas, dan berorientasi pada pelayanan publik",
            "keterampilan komunikasi",
            "manajemen waktu",
            "wawancara mendalam",
            "survei",
            "percaya diri",
            "lebih terbuka",
            "kepercayaan masyarakat",
            "jadwal kerja",
        ),
        "roles": {"peserta", "atasan", "pimpinan_unit", "masyarakat"},
        "challenges": {"resistensi"},
        "recommendations": {"sesuaikan_kebutuhan", "evaluasi_berkala", "umpan_balik", "dukungan"},
        "instruments": {"kompetensi", "tes_pengetahuan", "skm"},
        "sources": {"interviews", "indicators", "case_studies"},
        "case": "Jadwal kerja",
    },
    "kotabumi": {
        "type": "pengembangan_karier",
        "words": (
            "pelatihan dan pendidikan",
            "tugas dan tanggung jawab",
            "beradaptasi",
            "Teknologi informasi",
            "Manajemen waktu",
            "analisis data kinerja",
            "puas terhadap materi",
            "merasa dihargai",
            "gagasan baru dalam rapat dinas",
            "Kabupaten Lampung Utara",
        ),
        "roles": {"peserta", "atasan", "pimpinan_unit"},
        "challenges": {"anggaran", "partisipasi", "waktu"},
        "recommendations": {"tambah_pelatihan", "libatkan_asn", "evaluasi_berkala", "jadwal_fleksibel"},
        "instruments": {"kompetensi"},
        "sources": {"interviews", "documents", "indicators", "case_studies"},
        "case": "berhenti",
    },
    "tanjungpinang": {
        "type": "pelatihan",
        "words": (
            "BKN Tanjungpinang",
            "efektivitas dan efisiensi",
            "Kepemimpinan dan kolaborasi",
            "Komunikasi",
            "workshop",
            "seminar",
            "pembelajaran berbasis proyek",
            "Simulasi penanganan bencana",
            "teori dan praktik langsung",
            "survei pasca pelatihan",
            "narasumber",
            "komitmen semua pihak",
        ),
        "roles": {"petugas_layanan", "peserta", "masyarakat", "narasumber"},
        "challenges": {"waktu", "anggaran"},
        "recommendations": {"jadwal_fleksibel", "kerja_sama"},
        "instruments": {"kompetensi", "tes_pengetahuan", "skm"},
        "sources": {"interviews", "documents", "indicators", "case_studies"},
        "case": "Menerangkan prosedur",
    },
    "belawan": {
        "type": "pembinaan",
        "words": (
            "kekuatan dan kelemahan",
            "sesuai dengan kebutuhan masyarakat",
            "keterampilan dan pengetahuan",
            "efektif dan efisien",
            "analisis dokumen",
            "tantangan dan kebutuhannya",
            "cara manual",
            "tidak sesuai harapan",
            "dari luar",
            "dari dalam",
            "lebih relevan",
            "dapat dikerjakan",
        ),
        "roles": {"peserta", "petugas_layanan", "masyarakat"},
        "challenges": {"sarana"},
        "recommendations": {"pelatihan_ti", "sesuaikan_kebutuhan", "umpan_balik"},
        "instruments": {"kompetensi", "skm"},
        "sources": {"interviews", "documents", "indicators"},
        "case": "pengaduan",
    },
    "palangka_raya": {
        "type": "peningkatan_kualitas",
        "words": (
            "berintegritas, profesional, dan mampu beradaptasi",
            "keterampilan teknis, soft skills",
            "regulasi dan kebijakan",
            "Teknologi informasi",
            "Manajemen waktu dan produktivitas",
            "Pelayanan publik",
            "workshop",
            "seminar lintas instansi",
            "waktu dan kemampuan masing-masing",
            "Umpan balik peserta",
            "diamati",
            "berkala",
            "budaya belajar",
            "rutinitas",
            "bagian integral pengembangan ASN",
        ),
        "roles": {"peserta", "petugas_layanan", "masyarakat"},
        "challenges": {"anggaran", "resistensi"},
        "recommendations": {"budaya_belajar", "evaluasi_berkala"},
        "instruments": {"kompetensi", "tes_pengetahuan", "skm"},
        "sources": {"interviews", "observations", "indicators", "case_studies"},
        "case": "kependudukan",
    },
}


def every_text(value) -> str:
    """All texts of a file, one per line."""
    if isinstance(value, dict):
        return "\n".join(map(every_text, value.values()))
    if isinstance(value, list):
        return "\n".join(map(every_text, value))
    return str(value)


@each_example
def test_the_words_of_the_source_checklist_stand_in_the_example(slug):
    text = every_text(read_example(next(path for path in example_files() if path.stem == slug)))
    assert [word for word in CHECKLIST[slug]["words"] if word.casefold() not in text.casefold()] == []


@each_example
def test_the_records_of_the_source_checklist_exist(examples, slug):
    wanted, evaluation = CHECKLIST[slug], evaluation_of(slug)
    findings, recommendations = evaluation.findings.all(), evaluation.recommendations.all()
    assert evaluation.program.type == wanted["type"]
    assert wanted["roles"] <= {interview.informant_role for interview in evaluation.interviews.all()}
    assert wanted["challenges"] <= {row.category for row in findings if row.kind == Finding.Kind.CHALLENGE}
    assert wanted["recommendations"] <= {row.kind for row in recommendations}
    assert wanted["instruments"] == {row.version.instrument.key for row in evaluation.surveys.all()}
    assert [name for name in wanted["sources"] if not getattr(evaluation, name).exists()] == []
    assert wanted["case"].casefold() in " ".join(row.title for row in evaluation.case_studies.all()).casefold()


@each_example
def test_an_example_is_as_large_as_a_real_program(examples, slug):
    evaluation = evaluation_of(slug)
    program = evaluation.program
    assert 3 <= program.objectives.count() <= 4
    assert 4 <= program.activities.count() <= 6
    assert 24 <= program.enrollments.filter(group=Enrollment.Group.PARTICIPANT).count() <= 48
    assert 4 <= evaluation.interviews.count() <= 8
    assert len({enrollment.person.agency_id for enrollment in program.enrollments.all()}) >= 3
    for series in evaluation.indicators.filter(scale="angka"):
        dates = [measurement.date for measurement in series.measurements.all()]
        assert 8 <= len(dates) <= 14


def test_belawan_shows_what_did_not_improve(examples):
    evaluation = evaluation_of("belawan")
    survey = {row.wave: row for row in evaluation.surveys.filter(version__instrument__key="kompetensi")}
    keys = [item.key for item in survey["sebelum"].version.items.all() if item.is_closed]
    technical = [place for place, key in enumerate(keys) if key.startswith("t")]
    means = {}
    for wave, row in survey.items():
        values = [
            response.answers[place]
            for response in row.responses.all()
            for place in technical
            if response.answers[place] is not None
        ]
        means[wave] = sum(values) / len(values)
    assert means["sesudah"] <= means["sebelum"]
    manual = evaluation.indicators.get(name="Porsi berkas yang diolah manual")
    assert manual.polarity == "turun"
    assert manual.measurements.last().value > manual.target


def test_indicators_know_both_directions(examples):
    polarity = {slug: {row.polarity for row in evaluation_of(slug).indicators.all()} for slug in SLUGS}
    assert all("turun" in directions for directions in polarity.values())
    assert "naik" in polarity["candisari"]
    waiting = evaluation_of("palangka_raya").indicators.get(agency_name__startswith="Disdukcapil", scale="angka")
    assert (waiting.polarity, waiting.unit) == ("turun", "hari kerja")


def test_every_indicator_was_measured_before_and_after_its_program(examples):
    for slug in SLUGS:
        evaluation = evaluation_of(slug)
        for series in evaluation.indicators.filter(scale="angka"):
            dates = [measurement.date for measurement in series.measurements.all()]
            assert sum(day < evaluation.program.start_date for day in dates) >= 4
            assert sum(day > evaluation.program.end_date for day in dates) >= 4


def test_a_stated_baseline_is_the_last_measurement_before_the_program(examples):
    compared = 0
    for slug in SLUGS:
        evaluation = evaluation_of(slug)
        series = {row.name: row for row in evaluation.indicators.all()}
        for objective in evaluation.program.objectives.filter(baseline__isnull=False):
            row = series[objective.indicator]
            last = row.measurements.filter(date__lt=evaluation.program.start_date).last()
            assert objective.baseline == last.value
            assert (objective.target, objective.unit, objective.polarity) == (row.target, row.unit, row.polarity)
            compared += 1
    assert compared >= len(SLUGS)


def test_every_finding_has_evidence_and_every_challenge_two_kinds_or_more(examples):
    for finding in rows(Finding).prefetch_related("evidence"):
        sources = {(piece.source_field, piece.source.pk) for piece in finding.evidence.all()}
        assert sources
        if finding.kind == Finding.Kind.CHALLENGE:
            assert len(sources) >= 2
            assert finding.mitigation
            assert finding.actor
            assert finding.recommendations.exists()


def test_every_quote_stands_word_for_word_in_its_source(examples):
    for piece in rows(Evidence).exclude(quote=""):
        if piece.source_field == "survey":
            texts = piece.survey.responses.values_list("open_answers__text", flat=True)
        else:
            fields = {"interview": ["text"], "observation": ["before", "after"], "document": ["shows"]}
            texts = [getattr(piece.source, field) for field in fields[piece.source_field]]
        assert any(piece.quote in (text or "") for text in texts), piece.quote


def test_nobody_is_quoted_who_did_not_allow_it(examples):
    refused = rows(Interview).filter(consent=Interview.Consent.NO_QUOTE)
    assert refused.exists()
    assert not rows(Evidence).filter(interview__in=refused).exclude(quote="").exists()
    held = rows(Interview).filter(state=Interview.State.HELD)
    assert set(held.values_list("consent", flat=True)) == set(Interview.Consent.values)
    assert "" not in held.values_list("consent_form", flat=True)


def test_interviews_are_as_long_as_notes_are(examples):
    transcripts = rows(Interview).exclude(text="").values_list("text", flat=True)
    lengths = [len(text.split()) for text in transcripts]
    assert len(lengths) > 25
    assert [length for length in lengths if not 60 <= length <= 150] == []


def test_recommendations_can_be_carried_out(examples):
    for recommendation in rows(Recommendation):
        assert recommendation.findings.exists()
        assert recommendation.implementation
        assert date(2026, 1, 1) <= recommendation.due_date <= date(2027, 12, 31)
    states = set(rows(Recommendation).values_list("state", flat=True))
    assert {Recommendation.State.PROPOSED, Recommendation.State.RUNNING, Recommendation.State.DONE} <= states
