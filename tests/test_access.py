"""Every URL × every role × inside and outside the area, as one table (tests/access_table).

A letter allows a role: A admin, S staf, E evaluator, M manajer, U auditor. Everyone else gets 403. A row of
the other region gives 404 to whoever the role allows, 403 to the others: the role is asked first.
"""

from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_table import MATRIX, NATIONAL, OPEN_ROWS, POST_ONLY, arguments, make_rows
from tests.access_table.letters import LETTERS, PUBLIC
from tests.snapshots import Snapshot
from tests.world import World, build_world

DENIED, NOT_FOUND, WRONG_METHOD = 403, 404, 405


def url_for(name: str, rows: dict[str, object]) -> str:
    return reverse(name, args=arguments(MATRIX[name][1], rows))


def ask(client, name: str, url: str):
    response = client.post(url, {}) if name in POST_ONLY else client.get(url)
    if response.streaming:
        response.getvalue()  # read to its end, which closes the file
    return response


def named_patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_patterns(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


@dataclass
class Furnished:
    """The world with a row of every kind on both sides."""

    world: World
    inside: dict[str, object]
    outside: dict[str, object]


def furnish() -> Furnished:
    world = build_world()
    return Furnished(world, make_rows(world.here), make_rows(world.there))


snapshot_of_the_furnished_world = Snapshot(furnish)


@pytest.fixture(autouse=True)
def documents_are_drawn_once(monkeypatch, request):
    """Drawing takes seconds. The evaluator may have every document, and gets them; of the others it is only asked
    whether they may have it."""
    if not request.node.name.endswith("[E]"):
        monkeypatch.setattr("weasyprint.HTML.write_pdf", lambda *_args, **_kwargs: b"%PDF-1.7")


@pytest.fixture
def furnished(db) -> Furnished:
    return snapshot_of_the_furnished_world()


@pytest.fixture
def world(furnished) -> World:
    return furnished.world


@pytest.fixture
def sides(furnished):
    return furnished.inside, furnished.outside


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


@pytest.mark.long(10)
@pytest.mark.parametrize("letter", LETTERS)
def test_inside_the_area_the_role_decides(sides, world, client, letter):
    inside, _outside = sides
    client.force_login(world.here.users[LETTERS[letter]])
    wrong = {}
    for name, (roles, _kind) in MATRIX.items():
        if roles == PUBLIC or name in NATIONAL:
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
        if roles == PUBLIC or (name not in NATIONAL and (kind is None or kind in OPEN_ROWS)):
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
        for name, (roles, _kind) in MATRIX.items()
        if roles != PUBLIC and letter not in roles
        if (status := client.post(url_for(name, inside), {}).status_code) != DENIED
    }
    assert wrong == {}


def test_what_is_national_opens_to_a_national_administrator(sides, world, client):
    inside, _outside = sides
    client.force_login(world.national)
    statuses = {name: client.get(url_for(name, inside)).status_code for name in NATIONAL}
    assert statuses == dict.fromkeys(NATIONAL, 200)


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


PERSONAL_FREE = [
    "program_detail",
    "program_calendar",
    "program_budget",
    "activity_detail",
    "evaluation_detail",
    "survey_detail",
    "finding_detail",
    "evaluation_result",
    "codebook",
    "theme_detail",
    "coding_matrix",
]


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


def test_the_registry_shows_only_people_of_the_area(world, client):
    foreign, own = world.there.people[0], world.here.people[0]
    url = reverse("person_list")
    client.force_login(world.national)
    assert foreign.nip_printed in client.get(url).content.decode()
    for role in ("admin", "staf", "evaluator"):
        client.force_login(world.here.users[role])
        page = client.get(url).content.decode()
        assert own.nip_printed in page
        assert foreign.nip_printed not in page


def test_a_local_administrator_cannot_widen_the_office(world, client):
    client.force_login(world.here.users["admin"])
    url = reverse("office_update", args=[world.here.office.pk])
    page = client.get(url).content.decode()
    assert "region_lines" not in page
    client.post(
        url,
        {
            "name": "Baru",
            "kind": "pusat",
            "is_national": "on",
            "region_lines": "12",
            "time_zone": "Asia/Jakarta",
            "seen_revision": 1,
        },
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
