"""Evaluations, surveys, evidence and findings."""

from uuid import uuid4

from evaluations.models import (
    CaseStudy,
    DocumentReview,
    Evidence,
    Finding,
    IndicatorSeries,
    Invitation,
    Measurement,
    Observation,
    Recommendation,
    Respondent,
    Survey,
)
from tests.access_table.letters import EVERYONE, PUBLIC
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "evaluation_list": (EVERYONE, None),
    "evaluation_create": ("E", "program"),
    "evaluation_detail": (EVERYONE, "evaluation"),
    "evaluation_update": ("E", "evaluation"),
    "evaluation_state": ("E", "evaluation"),
    "survey_create": ("E", "evaluation"),
    "objective_measures": ("E", "evaluation"),
    "evaluation_plan": ("E", "evaluation"),
    "sample_size": ("E", None),
    "respondent_list": ("E", "evaluation"),
    "respondent_proposals": ("E", "evaluation"),
    "respondent_create": ("E", "evaluation"),
    "respondent_update": ("E", "respondent"),
    "respondent_delete": ("E", "respondent"),
    "survey_detail": (EVERYONE, "survey"),
    "survey_update": ("E", "survey"),
    "survey_delete": ("E", "survey"),
    "survey_state": ("E", "survey"),
    "survey_invite": ("E", "survey"),
    "invitation_list": ("E", "survey"),
    "invitation_change": ("E", "survey"),
    "response_monitor": ("E", "evaluation"),
    "survey_poster": ("E", "survey"),
    "survey_paper": ("E", "survey"),
    "survey_links": ("E", "survey"),
    "survey_keying": ("E", "survey"),
    "response_import": ("E", "survey"),
    "response_template": ("E", "survey"),
    "xlsform_import": ("AE", None),
    "xlsform_download": (EVERYONE, "instrument"),
    "answer_personal": (PUBLIC, "invitation"),
    "answer_public": (PUBLIC, "public survey"),
    "answer_personal_manifest": (PUBLIC, "invitation"),
    "answer_public_manifest": (PUBLIC, "public survey"),
    "mail_stop": (PUBLIC, "invitation"),
    "answer_code": (PUBLIC, None),
    "answer_done": (PUBLIC, None),
    "service_worker": (PUBLIC, None),
    "observation_create": ("E", "evaluation"),
    "observation_detail": ("E", "observation"),
    "observation_update": ("E", "observation"),
    "observation_delete": ("E", "observation"),
    "document_create": ("E", "evaluation"),
    "document_detail": ("E", "document"),
    "document_update": ("E", "document"),
    "document_delete": ("E", "document"),
    "indicator_create": ("E", "evaluation"),
    "indicator_detail": ("E", "indicator"),
    "indicator_update": ("E", "indicator"),
    "indicator_delete": ("E", "indicator"),
    "measurement_create": ("E", "indicator"),
    "measurement_update": ("E", "measurement"),
    "measurement_delete": ("E", "measurement"),
    "casestudy_create": ("E", "evaluation"),
    "casestudy_detail": ("E", "casestudy"),
    "casestudy_update": ("E", "casestudy"),
    "casestudy_delete": ("E", "casestudy"),
    "finding_create": ("E", "evaluation"),
    "finding_detail": (EVERYONE, "finding"),
    "finding_update": ("E", "finding"),
    "finding_delete": ("E", "finding"),
    "evidence_add": ("E", "finding"),
    "evidence_delete": ("E", "evidence"),
    "recommendation_create": ("E", "evaluation"),
    "recommendation_detail": (EVERYONE, "recommendation"),
    "recommendation_update": ("E", "recommendation"),
    "recommendation_delete": ("E", "recommendation"),
}
POST_ONLY = {"invitation_change", "evaluation_state", "survey_state", "survey_invite"}
OPEN_ROWS = {"invitation", "public survey"}  # the same for every region
KEYS = {"invitation": "token", "public survey": "public_token"}  # what the URL carries instead of pk


def rows(place: Place) -> dict[str, object]:
    evaluation = place.evaluation
    interview = evaluation.interviews.get()
    finding = Finding.objects.create(
        evaluation=evaluation,
        statement=f"Jadwal berbenturan {place.region.name}",
        kind=Finding.Kind.CHALLENGE,
        category=Finding.Category.SCHEDULE,
        severity=2,
    )
    indicator = IndicatorSeries.objects.create(
        evaluation=evaluation,
        name="Waktu layanan",
        agency_name="Dinas",
        unit="hari",
        polarity="turun",
        source="Rekap",
    )
    recommendation = Recommendation.objects.create(
        evaluation=evaluation,
        statement=f"Jadwal fleksibel {place.region.name}",
        kind=Recommendation.Kind.FLEXIBLE_SCHEDULE,
        owner="BKPSDM",
        due_date="2027-01-31",
    )
    recommendation.findings.add(finding)
    survey = place.surveys["sesudah"]
    return {
        "evaluation": evaluation,
        "survey": survey,
        "interview": interview,
        "finding": finding,
        "evidence": Evidence.objects.create(finding=finding, interview=interview, quote="berbenturan"),
        "recommendation": recommendation,
        "indicator": indicator,
        "measurement": Measurement.objects.create(series=indicator, date="2026-03-01", value=5),
        "observation": Observation.objects.create(
            evaluation=evaluation, unit="Loket", date="2026-07-01", after="Antrean tertib"
        ),
        "document": DocumentReview.objects.create(
            evaluation=evaluation, title="SOP", date="2026-01-01", shows="Alur layanan"
        ),
        "casestudy": CaseStudy.objects.create(
            evaluation=evaluation,
            title="Kasus",
            unit="Loket",
            before="a",
            applied="b",
            after="c",
            source="Observasi",
        ),
        "respondent": Respondent.objects.create(
            evaluation=evaluation, group="penyelenggara", name=f"Panitia {place.region.name}"
        ),
        "invitation": Invitation.objects.create(survey=survey, enrollment=place.enrollments[0]),
        "public survey": Survey.objects.create(
            evaluation=evaluation,
            version=survey.version,
            group=Survey.Group.PUBLIC,
            wave=Survey.Wave.AFTER,
            mode=Survey.Mode.ANONYMOUS,
            opens_on="2026-07-01",
            closes_on="2026-12-31",
            public_token=uuid4().hex,
        ),
    }
