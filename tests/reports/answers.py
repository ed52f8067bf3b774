"""Answers, interviews and findings for the small world, written straight into its tables."""

from datetime import date

from evaluations.models import (
    Evidence,
    Finding,
    IndicatorSeries,
    Instrument,
    InstrumentVersion,
    Interview,
    Invitation,
    Item,
    Measurement,
    Recommendation,
    Response,
    Survey,
)
from programs.models import Enrollment
from tests.world import Place, add_participant

# (before, after) of six persons on three items, the third of which is reversed (1 becomes 5).
BEFORE = ([2, 3, 4], [3, 3, 3], [1, 2, 5], [4, 4, 2], [2, 2, 4], [3, 4, 3])
AFTER = ([4, 4, 2], [4, 5, 2], [3, 3, 3], [4, 4, 2], [3, 4, 3], [5, 4, 1])
RECEIVED = {
    "sebelum": date(2026, 1, 12),
    "sesudah": date(2026, 7, 14),
    "bulan_3": date(2026, 10, 14),
    "bulan_12": date(2027, 7, 14),
}
UNSUR = ("u1", "u2", "u3")


def enroll_more(
    place: Place, n: int, *, first: int = 7, group: str = Enrollment.Group.PARTICIPANT
) -> list[Enrollment]:
    added = [add_participant(place, number) for number in range(first, first + n)]
    Enrollment.objects.unscoped("test data").filter(pk__in=[one.pk for one in added]).update(group=group)
    return added


def answer(survey: Survey, enrollments, rows) -> None:
    """One response per enrolment; None in ``rows`` is a person who was invited and kept silent."""
    for enrollment, row in zip(enrollments, rows, strict=True):
        Invitation.objects.create(survey=survey, enrollment=enrollment, is_answered=row is not None)
        if row is not None:
            respond(survey, row, enrollment)


def respond(survey: Survey, row, enrollment=None) -> None:
    Response.objects.create(
        survey=survey,
        enrollment=enrollment,
        answers=row,
        channel=Response.Channel.PAPER,
        received_on=RECEIVED[survey.wave],
    )


def answer_both_waves(place: Place, before=BEFORE, after=AFTER) -> None:
    answer(place.surveys["sebelum"], place.enrollments[: len(before)], before)
    answer(place.surveys["sesudah"], place.enrollments[: len(after)], after)


def add_test(place: Place, pairs) -> None:
    """A knowledge test of 0 to 100 with (before, after) per enrolment."""
    instrument = Instrument.objects.create(key="tes", name="Tes pengetahuan")
    version = InstrumentVersion.objects.create(
        instrument=instrument, scoring=InstrumentVersion.Scoring.TEST, dimensions={}
    )
    Item.objects.create(
        version=version, position=1, key="nilai", label="Nilai", text="Nilai", type="angka", minimum=0, maximum=100
    )
    for wave, place_in_pair in (("sebelum", 0), ("sesudah", 1)):
        survey = add_survey(place, version, wave)
        answer(survey, place.enrollments[: len(pairs)], [[pair[place_in_pair]] for pair in pairs])


def add_satisfaction(place: Place, before, after) -> None:
    """SKM with three unsur, answered by the public in two waves."""
    instrument = Instrument.objects.create(key="skm", name="Survei Kepuasan Masyarakat")
    version = InstrumentVersion.objects.create(
        instrument=instrument, scoring=InstrumentVersion.Scoring.SKM, dimensions={}
    )
    for position, key in enumerate(UNSUR, start=1):
        Item.objects.create(
            version=version,
            position=position,
            key=key,
            label=f"Unsur {position}",
            text=f"Bagaimana unsur {position}?",
            type="likert",
            minimum=1,
            maximum=4,
        )
    for wave, rows in (("sebelum", before), ("sesudah", after)):
        survey = add_survey(place, version, wave, group="masyarakat")
        for row in rows:
            respond(survey, row)


def add_survey(place: Place, version: InstrumentVersion, wave: str, group: str = "peserta") -> Survey:
    is_public = group == "masyarakat"
    return Survey.objects.create(
        evaluation=place.evaluation,
        version=version,
        group=group,
        wave=wave,
        mode="anonim" if is_public else "rahasia",
        opens_on=RECEIVED[wave],
        closes_on=RECEIVED[wave],
        public_token=f"umum-{version.pk}-{wave}" if is_public else None,
    )


def add_indicator(place: Place, values, *, target=3, polarity="turun") -> IndicatorSeries:
    """``values`` are (date, value)."""
    series = IndicatorSeries.objects.create(
        evaluation=place.evaluation,
        name="Waktu penyelesaian",
        agency_name="Disdukcapil",
        unit="hari",
        polarity=polarity,
        target=target,
        source="Register layanan",
    )
    for day, value in values:
        Measurement.objects.create(series=series, date=day, value=value)
    return series


def add_challenge(place: Place, *, consent: str = "peran", name: str = "Nama Sangat Rahasia") -> Recommendation:
    """A challenge heard from one informant and a recommendation that answers it."""
    interview = Interview.objects.create(
        evaluation=place.evaluation,
        informant_role=Interview.Role.UNIT_HEAD,
        informant_name=name,
        date=date(2026, 7, 3),
        consent=consent,
        text="Anggaran kami kecil sekali.",
    )
    finding = Finding.objects.create(
        evaluation=place.evaluation,
        kind=Finding.Kind.CHALLENGE,
        statement="Anggaran pelatihan terbatas",
        category=Finding.Category.BUDGET,
        severity=Finding.Severity.HIGH,
        mitigation="Menggabungkan pelatihan antarunit.",
        actor="BKPSDM",
    )
    Evidence.objects.create(finding=finding, interview=interview, quote="Anggaran kami kecil sekali.")
    recommendation = Recommendation.objects.create(
        evaluation=place.evaluation,
        statement="Susun anggaran pelatihan bersama",
        kind=Recommendation.Kind.FIT_NEEDS,
        owner="BKPSDM",
        due_date=date(2027, 3, 31),
    )
    recommendation.findings.add(finding)
    return recommendation
