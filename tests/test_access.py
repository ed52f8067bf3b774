"""Every URL × every role × inside and outside the area, as one table.

A letter allows a role: A admin, S staf, E evaluator, M manajer, U auditor. Everyone else gets 403. A row of
the other region gives 404 to whoever the role allows, 403 to the others: the role is asked first.
"""

from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

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
    Survey,
)
from tests.world import Place, World

LETTERS = {"A": "admin", "S": "staf", "E": "evaluator", "M": "manajer", "U": "auditor"}
EVERYONE = "ASEMU"
PUBLIC = "public"  # no account needed; the token is the right

# url name: (roles, what the URL points at)
MATRIX: dict[str, tuple[str, str | None]] = {
    "home": (EVERYONE, None),
    "account_login": (PUBLIC, None),
    "account_logout": (PUBLIC, None),
    "account_change_password": (EVERYONE, None),
    "account_inactive": (PUBLIC, None),
    "set_language": (PUBLIC, None),
    "attribution": (PUBLIC, None),
    "region_search": (EVERYONE, None),
    "user_list": ("AU", None),
    "user_create": ("A", None),
    "user_update": ("A", "user"),
    "office_list": ("AU", None),
    "office_create": ("A", "nothing"),
    "office_update": ("A", "office"),
    "reference_index": (EVERYONE, None),
    # programs
    "program_list": (EVERYONE, None),
    "program_create": ("AS", None),
    "program_detail": (EVERYONE, "program"),
    "program_update": ("AS", "program"),
    "program_state": ("AS", "program"),
    "objective_create": ("AS", "program"),
    "objective_update": ("AS", "objective"),
    "objective_delete": ("AS", "objective"),
    "activity_create": ("AS", "program"),
    "activity_update": ("AS", "activity"),
    "activity_delete": ("AS", "activity"),
    "program_participants": ("ASE", "program"),
    "enrollment_create": ("AS", "program"),
    "enrollment_update": ("AS", "enrollment"),
    "enrollment_delete": ("AS", "enrollment"),
    "roster_upload": ("AS", "program"),
    "roster_template": ("AS", "program"),
    "participants_export": ("ASE", "program"),
    "agency_list": (EVERYONE, None),
    "agency_create": ("AS", None),
    "agency_update": ("AS", "agency"),
    # evaluations
    "evaluation_list": (EVERYONE, None),
    "evaluation_create": ("E", "program"),
    "evaluation_detail": (EVERYONE, "evaluation"),
    "evaluation_update": ("E", "evaluation"),
    "evaluation_state": ("E", "evaluation"),
    "survey_create": ("E", "evaluation"),
    "survey_detail": (EVERYONE, "survey"),
    "survey_update": ("E", "survey"),
    "survey_delete": ("E", "survey"),
    "survey_state": ("E", "survey"),
    "survey_invite": ("E", "survey"),
    "survey_links": ("E", "survey"),
    "survey_keying": ("E", "survey"),
    "response_import": ("E", "survey"),
    "response_template": ("E", "survey"),
    "instrument_list": (EVERYONE, None),
    "instrument_detail": (EVERYONE, "instrument"),
    "answer_personal": (PUBLIC, "invitation"),
    "answer_public": (PUBLIC, "public survey"),
    "answer_done": (PUBLIC, None),
    # evidence
    "interview_create": ("E", "evaluation"),
    "interview_detail": ("E", "interview"),
    "interview_update": ("E", "interview"),
    "interview_delete": ("E", "interview"),
    "challenge_from_interview": ("E", "interview"),
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
    # reports
    "report_list": (EVERYONE, None),
    "evaluation_result": (EVERYONE, "evaluation"),
    "report_download": (EVERYONE, "evaluation"),
}
POST_ONLY = {
    "program_state",
    "evaluation_state",
    "survey_state",
    "survey_invite",
    "challenge_from_interview",
    "set_language",
}
OPEN_ROWS = {"instrument", "invitation", "public survey"}  # the same for every region
DENIED, NOT_FOUND, WRONG_METHOD = 403, 404, 405


def make_rows(place: Place) -> dict[str, object]:
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
        "program": place.program,
        "objective": place.program.objectives.get(),
        "activity": place.program.activities.get(),
        "enrollment": place.enrollments[0],
        "agency": place.agency,
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
        "user": place.users["staf"],
        "office": place.office,
        "instrument": survey.version.instrument,
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


def url_for(name: str, rows: dict[str, object]) -> str:
    kind = MATRIX[name][1]
    if kind in (None, "nothing"):
        return reverse(name)
    key = {"invitation": "token", "public survey": "public_token"}.get(kind, "pk")
    return reverse(name, args=[getattr(rows[kind], key)])


def ask(client, name: str, url: str):
    return client.post(url, {}) if name in POST_ONLY else client.get(url)


def named_patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_patterns(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


@pytest.fixture
def sides(world: World):
    return make_rows(world.here), make_rows(world.there)


def test_the_matrix_knows_every_url():
    assert set(named_patterns(get_resolver())) == set(MATRIX)


def test_every_url_needs_sign_in_unless_the_matrix_says_public(sides, client):
    inside, _outside = sides
    open_to_strangers = set()
    for name in MATRIX:
        response = ask(client, name, url_for(name, inside))
        to_login = response.status_code == 302 and response.url.startswith(reverse("account_login"))
        if not to_login or name == "account_logout":
            open_to_strangers.add(name)
    assert open_to_strangers == {name for name, (roles, _kind) in MATRIX.items() if roles == PUBLIC}


@pytest.mark.parametrize("letter", LETTERS)
def test_inside_the_area_the_role_decides(sides, world, client, letter):
    inside, _outside = sides
    client.force_login(world.here.users[LETTERS[letter]])
    wrong = {}
    for name, (roles, kind) in MATRIX.items():
        if roles == PUBLIC or kind == "nothing":
            continue
        status = ask(client, name, url_for(name, inside)).status_code
        allowed = letter in roles
        if allowed != (status not in (DENIED, NOT_FOUND)) or status >= 500:
            wrong[name] = status
    assert wrong == {}


@pytest.mark.parametrize("letter", LETTERS)
def test_outside_the_area_rows_do_not_exist(sides, world, client, letter):
    _inside, outside = sides
    client.force_login(world.here.users[LETTERS[letter]])
    wrong = {}
    for name, (roles, kind) in MATRIX.items():
        if roles == PUBLIC or kind is None or kind in OPEN_ROWS:
            continue
        for method in ("get", "post"):
            status = getattr(client, method)(url_for(name, outside)).status_code
            if letter not in roles:
                expected = {DENIED}
            elif method == ("get" if name in POST_ONLY else "post"):
                expected = {NOT_FOUND, WRONG_METHOD}  # the same answer as inside, which tells nothing
            else:
                expected = {NOT_FOUND}
            if status not in expected:
                wrong[name, method] = status
    assert wrong == {}


@pytest.mark.parametrize("letter", LETTERS)
def test_nothing_is_written_without_the_right(sides, world, client, letter):
    """A post by a role that may not, inside the area, is refused as well."""
    inside, _outside = sides
    client.force_login(world.here.users[LETTERS[letter]])
    wrong = {
        name: status
        for name, (roles, kind) in MATRIX.items()
        if roles != PUBLIC and letter not in roles and kind != "nothing"
        if (status := client.post(url_for(name, inside), {}).status_code) != DENIED
    }
    assert wrong == {}


LISTS = ["home", "program_list", "evaluation_list", "report_list", "agency_list"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_show_only_the_area(sides, world, client, name):
    foreign, own = world.there.region.name, world.here.region.name
    client.force_login(world.national)
    assert foreign in client.get(reverse(name)).content.decode()
    for role in ("admin", "staf", "evaluator", "manajer", "auditor"):
        client.force_login(world.here.users[role])
        page = client.get(reverse(name)).content.decode()
        assert own in page
        assert foreign not in page


PERSONAL_FREE = ["program_detail", "evaluation_detail", "survey_detail", "finding_detail", "evaluation_result"]


@pytest.mark.parametrize("role", ["manajer", "auditor"])
@pytest.mark.parametrize("name", PERSONAL_FREE)
def test_readers_meet_no_person(sides, world, client, name, role):
    """What managers and auditors read holds no participant, no NIP and no informant's name."""
    inside, _outside = sides
    client.force_login(world.here.users[role])
    page = client.get(url_for(name, inside)).content.decode()
    person = world.here.people[0]
    assert person.name not in page
    assert person.nip not in page
    assert "Informan Rahasia" not in page


def test_the_list_of_participants_does_show_them(sides, world, client):
    inside, _outside = sides
    client.force_login(world.here.users["staf"])
    assert world.here.people[0].name in client.get(url_for("program_participants", inside)).content.decode()


def test_a_local_administrator_cannot_widen_the_office(world, client):
    client.force_login(world.here.users["admin"])
    url = reverse("office_update", args=[world.here.office.pk])
    page = client.get(url).content.decode()
    assert "region_codes" not in page
    client.post(
        url,
        {"name": "Baru", "kind": "pusat", "is_national": "on", "region_codes": "12", "time_zone": "Asia/Jakarta"},
    )
    world.here.office.refresh_from_db()
    assert (world.here.office.name, world.here.office.is_national) == ("Baru", False)
    assert [region.code for region in world.here.office.regions.all()] == ["33.74"]


def test_a_local_administrator_cannot_make_a_national_user(world, client):
    client.force_login(world.here.users["admin"])
    form = {"username": "luas", "role": "admin", "office": "", "is_active": "on", "password": "panjang-sekali-1"}
    assert client.post(reverse("user_create"), form).status_code == 200
    foreign = form | {"office": world.there.office.pk}
    assert client.post(reverse("user_create"), foreign).status_code == 200
    assert client.post(reverse("user_create"), form | {"office": world.here.office.pk}).status_code == 302


def test_region_suggestions_stay_inside_the_area(world, client):
    client.force_login(world.here.users["staf"])
    found = client.get(reverse("region_search"), {"region": "Candi"}).content.decode()
    assert found.strip() == '<option value="Candisari, Kota Semarang, Jawa Tengah (33.74.08)"></option>'
    assert client.get(reverse("region_search"), {"region": "Belawan"}).content.decode().strip() == ""
