"""The five examples: complete by the checklist of their source documents, truthful, and the same every time."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q

from asn_eval.accounts.models import Office, User
from evaluations.examples.records import example_files, read_example
from evaluations.models import (
    Evaluation,
    Evidence,
    Finding,
    Interview,
    Invitation,
    Recommendation,
    Response,
    Survey,
)
from evaluations.models.surveys import TOKEN_ALPHABET, TOKEN_LENGTH
from programs.models import Enrollment, Person, Program
from programs.nip import parse_nip

TODAY = date(2026, 11, 23)
REASON = "a test looks at every region"
SLUGS = ("belawan", "candisari", "kotabumi", "palangka_raya", "tanjungpinang")
REGIONS = dict(zip(SLUGS, ("12.71.08", "33.74.08", "18.03.02", "62.71", "21.72"), strict=True))

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
each_example = pytest.mark.parametrize("slug", SLUGS)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """All five, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        load()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def examples(loaded, db):
    return None


def load() -> str:
    out = StringIO()
    call_command("load_examples", force=True, stdout=out)
    return out.getvalue()


def rows(model):
    return model.objects.unscoped(REASON)


def evaluation_of(slug: str) -> Evaluation:
    return rows(Evaluation).get(program__region__code=REGIONS[slug])


def every_text(value) -> str:
    """All texts of a file, one per line."""
    if isinstance(value, dict):
        return "\n".join(map(every_text, value.values()))
    if isinstance(value, list):
        return "\n".join(map(every_text, value))
    return str(value)


def content() -> dict:
    """Every row of every application, as the database holds it."""
    labels = ("accounts", "programs", "evaluations")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model.__name__: sorted(map(repr, model._base_manager.values_list())) for model in models}


def test_loading_again_changes_nothing(examples):
    before = content()
    assert load().splitlines() == [f"{slug}: sudah ada" for slug in SLUGS]
    assert content() == before


def test_forced_accounts_have_no_password_that_works(examples):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_who_sees_which_examples(examples):
    seen = {
        user.username: set(Program.objects.visible_to(user).values_list("region__code", flat=True))
        for user in User.objects.all()
    }
    for username in ("admin", "evaluator", "manajer", "auditor"):
        assert seen[username] == set(REGIONS.values())
    assert seen["staf"] == {REGIONS["candisari"]}
    for slug in SLUGS:
        for role in ("staf", "evaluator", "manajer"):
            assert seen[f"{role}.{slug}"] == {REGIONS[slug]}


def test_every_program_says_that_it_is_an_example(examples):
    assert list(rows(Program).values_list("is_example", flat=True)) == [True] * len(SLUGS)


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
    for series in evaluation.indicators.all():
        dates = [measurement.date for measurement in series.measurements.all()]
        assert 8 <= len(dates) <= 14


@each_example
def test_both_waves_of_every_instrument_were_answered_but_not_by_everybody(examples, slug):
    evaluation = evaluation_of(slug)
    waves = Counter((survey.version.instrument.key, survey.group) for survey in evaluation.surveys.all())
    assert set(waves.values()) == {2}
    for survey in evaluation.surveys.all():
        answered = survey.responses.count()
        if survey.is_public:
            assert 60 <= answered <= 150
        else:
            invited = survey.invitations.count()
            assert invited == evaluation.program.enrollments.count()
            assert answered == survey.invitations.filter(is_answered=True).count()
            assert 0.6 * invited < answered <= invited
    after = evaluation.surveys.get(version__instrument__key="kompetensi", wave=Survey.Wave.AFTER)
    assert after.responses.count() < after.invitations.count()


def test_answers_lie_on_the_scale_in_the_order_of_the_version(examples):
    gaps = 0
    for survey in rows(Survey).select_related("version"):
        items = [item for item in survey.version.items.all() if item.is_closed]
        for response in survey.responses.all():
            assert len(response.answers) == len(items)
            assert survey.opens_on <= response.received_on <= min(survey.closes_on, TODAY)
            for item, value in zip(items, response.answers, strict=True):
                assert value is None or item.minimum <= value <= item.maximum
            gaps += response.answers.count(None)
            # The form asks for every required item, so only a paper can leave one out.
            assert None not in response.answers or response.channel == Response.Channel.PAPER
    assert gaps > 0


def test_the_reverse_item_is_answered_in_reverse(examples):
    survey = evaluation_of("candisari").surveys.get(version__instrument__key="kompetensi", wave=Survey.Wave.AFTER)
    keys = [item.key for item in survey.version.items.all() if item.is_closed]
    complete = [row.answers for row in survey.responses.all() if None not in row.answers]
    straight, turned = keys.index("w2"), keys.index("w3")
    high = [row[turned] for row in complete if row[straight] >= 4]
    low = [row[turned] for row in complete if row[straight] <= 3]
    assert sum(high) / len(high) < sum(low) / len(low)


def test_public_answers_belong_to_nobody_and_the_others_to_somebody(examples):
    public = Q(survey__group=Survey.Group.PUBLIC)
    assert not rows(Response).filter(public, enrollment__isnull=False).exists()
    assert not rows(Response).filter(~public, enrollment__isnull=True).exists()
    assert not rows(Invitation).filter(public).exists()


def test_tokens_look_like_those_of_the_application(examples):
    tokens = list(rows(Invitation).values_list("token", flat=True))
    tokens += rows(Survey).filter(public_token__isnull=False).values_list("public_token", flat=True)
    assert len(set(tokens)) == len(tokens)
    assert all(len(token) == TOKEN_LENGTH and set(token) <= set(TOKEN_ALPHABET) for token in tokens)


def test_one_survey_is_left_open_to_be_tried(examples):
    surveys = [survey for survey in rows(Survey) if survey.accepts_answers(TODAY)]
    assert [(str(survey.evaluation.program.region.code), survey.group) for survey in surveys] == [
        (REGIONS["palangka_raya"], Survey.Group.PUBLIC)
    ]


def test_the_comparison_group_is_asked_the_same_questions(examples):
    evaluation = evaluation_of("palangka_raya")
    assert evaluation.design == Evaluation.Design.WITH_COMPARISON
    compared = evaluation.program.enrollments.filter(group=Enrollment.Group.COMPARISON)
    assert 12 <= compared.count() <= 18
    for survey in evaluation.surveys.filter(group=Survey.Group.PARTICIPANT):
        assert survey.responses.filter(enrollment__in=compared).count() >= 12
    others = rows(Evaluation).exclude(pk=evaluation.pk).values_list("design", flat=True)
    assert set(others) == {Evaluation.Design.ONE_GROUP}


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
    waiting = evaluation_of("palangka_raya").indicators.get(agency_name__startswith="Disdukcapil")
    assert (waiting.polarity, waiting.unit) == ("turun", "hari kerja")


def test_every_indicator_was_measured_before_and_after_its_program(examples):
    for slug in SLUGS:
        evaluation = evaluation_of(slug)
        for series in evaluation.indicators.all():
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
    assert set(rows(Interview).values_list("consent", flat=True)) == set(Interview.Consent.values)


def test_interviews_are_as_long_as_notes_are(examples):
    lengths = [len(text.split()) for text in rows(Interview).values_list("text", flat=True)]
    assert [length for length in lengths if not 60 <= length <= 150] == []


def test_recommendations_can_be_carried_out(examples):
    for recommendation in rows(Recommendation):
        assert recommendation.findings.exists()
        assert recommendation.implementation
        assert date(2026, 1, 1) <= recommendation.due_date <= date(2027, 12, 31)
    states = set(rows(Recommendation).values_list("state", flat=True))
    assert {Recommendation.State.PROPOSED, Recommendation.State.RUNNING, Recommendation.State.DONE} <= states


def test_every_nip_is_valid_and_recognisably_synthetic(examples):
    people = list(rows(Person))
    for person in people:
        nip = parse_nip(person.nip, today=TODAY)
        assert nip.warnings == ()
        assert nip.status.value == person.status == person.grade.status
        assert (nip.birth_date.month, nip.birth_date.day) == (1, 1)
        assert nip.serial > 900
        assert not person.email
        assert not person.phone
    assert {person.status for person in people} == {"PNS", "PPPK"}
    for office in Office.objects.all():
        assert parse_nip(office.signatory_nip, today=TODAY).serial > 900


def test_names_are_not_repeated_within_an_example(examples):
    for slug in SLUGS:
        names = [enrollment.person.name for enrollment in evaluation_of(slug).program.enrollments.all()]
        assert len(set(names)) == len(names)


def test_every_office_can_put_its_head_on_a_report(examples):
    for office in Office.objects.all():
        assert len(office.letterhead_lines) >= 2
        assert office.city
        assert office.signatory_title
        assert office.signatory_name
        assert office.time_zone == Office.TimeZone.WIB
