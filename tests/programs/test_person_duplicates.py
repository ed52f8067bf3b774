"""The pages on which two rows are found, compared, put together, taken apart or told apart."""

import pytest
from django.urls import reverse

from programs.models import DistinctPeople, Merge
from tests.programs.people import make_person, stored, values_of
from tests.queries import page_queries

URL = "/asn/ganda/"


@pytest.fixture
def quiet(world):
    """The people of the world have names and NIPs that are near each other; here they are not to be found."""
    for place in (world.here, world.there):
        for number, person in enumerate(place.people):
            person.name = ["Agus", "Budi", "Cahya", "Dewi", "Eko", "Fajar"][number]
            person.save()
    return world


@pytest.fixture
def pair(quiet):
    return (
        make_person(quiet.here, "198501012010031950", "Siti Aminah"),
        make_person(quiet.here, "198501012010031951", "Hj. Siti Aminah, S.Sos."),
    )


def pairs(client, **query) -> list[tuple]:
    return [(first.pk, second.pk, signs) for first, second, signs in client.get(URL, query).context["pairs"]]


@pytest.mark.parametrize(
    ("query", "n_found"), [({}, 1), ({"tanda": "nama"}, 1), ({"tanda": "nip"}, 1), ({"tanda": "?"}, 1)]
)
def test_the_page_lists_pairs_with_their_signs(pair, staff, query, n_found):
    first, second = pair
    assert pairs(staff, **query) == [(first.pk, second.pk, ("nama", "nip"))] * n_found


def test_a_sign_narrows_the_list(pair, staff, world):
    stored(pair[1]).delete()
    assert pairs(staff) == []
    other = make_person(world.here, "198501012001122777", "Siti Aminah")
    assert pairs(staff, tanda="nip") == []
    assert pairs(staff, tanda="nama") == [(pair[0].pk, other.pk, ("nama",))]


def test_only_people_in_sight_are_compared(quiet, staff, client):
    first = make_person(quiet.here, "198501012010031950", "Siti Aminah")
    second = make_person(quiet.there, "198501012010031951", "Siti Aminah")
    assert pairs(staff) == []
    client.force_login(quiet.national)
    assert pairs(client)[0] == (first.pk, second.pk, ("nama", "nip"))


def test_a_pair_told_apart_does_not_come_back(pair, staff, world):
    first, second = pair
    url = reverse("person_tell_apart", args=[second.pk, first.pk])
    for _press in range(2):
        assert staff.post(url).url == URL
    assert [(row["first_id"], row["second_id"]) for row in values_of(DistinctPeople)] == [(first.pk, second.pk)]
    assert pairs(staff) == []


def test_a_change_of_anybody_starts_the_search_anew(pair, staff):
    assert len(pairs(staff)) == 1
    first, second = pair
    second.name = "Rina Wati"
    second.save()
    assert pairs(staff) == []
    second.name = first.name
    second.save()
    assert len(pairs(staff)) == 1


def test_what_was_found_for_one_area_is_not_shown_in_another(pair, staff, client, world):
    assert len(pairs(staff)) == 1
    client.force_login(world.there.users["staf"])
    assert pairs(client) == []


def test_nobody_is_compared_with_themselves(pair, staff):
    key = pair[0].pk
    assert staff.get(reverse("person_merge", args=[key, key])).status_code == 404
    assert staff.post(reverse("person_tell_apart", args=[key, key])).status_code == 404


def test_a_pair_of_which_one_is_foreign_does_not_exist(pair, staff, world):
    foreign = world.there.people[0]
    for keys in ([pair[0].pk, foreign.pk], [foreign.pk, pair[0].pk]):
        assert staff.get(reverse("person_merge", args=keys)).status_code == 404
        assert staff.post(reverse("person_merge", args=keys)).status_code == 404
        assert staff.post(reverse("person_tell_apart", args=keys)).status_code == 404
    assert stored(foreign) is not None


def test_the_list_asks_the_same_of_the_database_however_long(pair, staff, world):
    few = page_queries(staff, URL)
    for number in range(52, 57):
        make_person(world.here, f"1985010120100319{number}", "Siti Aminah")
    assert page_queries(staff, URL) == few
    assert len(pairs(staff)) > 5


def test_comparing_shows_the_differing_fields_with_the_fuller_value_chosen(pair, staff):
    first, second = pair
    second.position = "Analis"
    second.save()
    fields = staff.get(reverse("person_merge", args=[first.pk, second.pk])).context["fields"]
    assert [(field["name"], field["kept"], field["absorbed"], field["choice"]) for field in fields] == [
        ("nip", "19850101 201003 1 950", "19850101 201003 1 951", "kept"),
        ("name", "Siti Aminah", "Hj. Siti Aminah, S.Sos.", "kept"),
        ("position", "", "Analis", "absorbed"),
    ]


def test_the_page_merges_and_both_pages_tell(pair, staff, world):
    first, second = pair
    response = staff.post(reverse("person_merge", args=[first.pk, second.pk]), {"name": "absorbed"})
    assert response.url == first.get_absolute_url()
    page = staff.get(response.url).content.decode()
    assert "Hj. Siti Aminah, S.Sos. (NIP 198501012010031951) digabungkan ke sini" in page
    (merge,) = values_of(Merge)
    undo = reverse("person_merge_undo", args=[merge["id"]])
    assert undo in page
    assert "digabungkan ke Hj. Siti Aminah" in staff.get(undo).content.decode()
    assert staff.post(undo).url == second.get_absolute_url()
    assert "Dipisahkan lagi pada" in staff.get(first.get_absolute_url()).content.decode()
    again = staff.post(undo)
    assert again.context["refusal"] == "Penggabungan ini sudah dipisahkan lagi."


def test_a_refused_merge_says_why_and_keeps_the_choices(pair, staff):
    first, second = pair
    page = staff.post(
        reverse("person_merge", args=[first.pk, second.pk]), {"name": "absorbed", "nip": "<b>keduanya</b>"}
    )
    assert page.context["refusal"] == "Pilih nilai yang berlaku untuk setiap isian yang berbeda."
    choices = {field["name"]: field["choice"] for field in page.context["fields"]}
    assert choices == {"nip": "<b>keduanya</b>", "name": "absorbed"}
    assert "<b>keduanya" not in page.content.decode()
    assert stored(second) is not None


def test_any_two_people_can_be_chosen_by_hand(quiet, staff):
    one, other = quiet.here.people[:2]
    url = reverse("person_merge_choose", args=[one.pk])
    assert staff.post(url, {"person": other.nip}).url == reverse("person_merge", args=[one.pk, other.pk])
    for typed, message in (
        (one.nip, "Ini data yang sama. Pilih data lain dari orang yang sama."),
        (quiet.there.people[0].nip, "Tidak ada ASN tercatat dengan nama atau NIP ini. Pilih dari saran."),
    ):
        page = staff.post(url, {"person": typed})
        assert page.context["form"].errors == {"person": [message]}
