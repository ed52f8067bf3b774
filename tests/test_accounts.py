import csv
from collections import Counter

import pytest
from django.core.management import call_command
from django.urls import reverse

from asn_eval.accounts.management.commands.load_regions import SOURCE
from asn_eval.accounts.models import Office, Region, User, search_key
from asn_eval.fields import RegionField
from tests.forms import send

PASSWORD = "rahasia-sekali"


def sign_in(client, username, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_sign_in_leads_home(world, client):
    response = sign_in(client, "staf_semarang")
    assert (response.status_code, response.url) == (302, reverse("home"))


def test_sign_in_returns_to_the_page_asked_for(world, client):
    wanted = world.here.program.get_absolute_url()
    login = client.get(wanted).url
    response = client.post(login, {"login": "staf_semarang", "password": PASSWORD, "next": wanted})
    assert response.url == wanted


def test_a_wrong_password_is_refused_in_indonesian_and_keeps_the_name(world, client):
    page = sign_in(client, "staf_semarang", "salah").content.decode()
    assert "Anda belum masuk" in page
    assert "Nama pengguna atau kata sandi tidak benar. Periksa, lalu coba lagi." in page
    assert "staf_semarang" in page


def test_an_inactive_account_cannot_sign_in(world, client):
    User.objects.filter(username="staf_semarang").update(is_active=False)
    sign_in(client, "staf_semarang")
    assert client.get(reverse("home")).status_code == 302


def test_sign_in_is_throttled_after_five_failures(world, client):
    for _attempt in range(5):
        sign_in(client, "staf_semarang", "salah")
    response = sign_in(client, "staf_semarang")  # even with the right password
    assert response.status_code == 200
    assert client.get(reverse("home")).status_code == 302


def test_nobody_signs_up(world, client):
    assert client.get("/accounts/signup/").status_code in (302, 404)
    assert "signup" not in client.get(reverse("account_login")).content.decode()


def test_the_password_is_changed_by_its_owner(world, client):
    client.force_login(world.here.users["staf"])
    form = {"oldpassword": PASSWORD, "password1": "sandi-baru-27", "password2": "sandi-baru-27"}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    client.logout()
    assert sign_in(client, "staf_semarang", "sandi-baru-27").status_code == 302


def test_pages_are_indonesian_whatever_the_browser_prefers(world, client):
    page = client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9")
    assert page.headers["Content-Language"] == "id"
    assert '<html lang="id">' in page.content.decode()


def test_the_switch_turns_to_english_and_back(world, client):
    client.post(reverse("set_language"), {"language": "en", "next": "/masuk/"})
    assert '<html lang="en">' in client.get(reverse("account_login")).content.decode()
    client.post(reverse("set_language"), {"language": "id", "next": "/masuk/"})
    assert '<html lang="id">' in client.get(reverse("account_login")).content.decode()


def test_the_content_policy_allows_nothing_from_elsewhere(client, db):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def new_account(world) -> dict:
    return {
        "username": "baru",
        "first_name": "Dewi",
        "role": "staf",
        "office": world.here.office.pk,
        "is_active": "on",
        "password": "kopi-pagi-hari-9",
    }


def test_an_administrator_makes_an_account_that_can_sign_in(world, client):
    client.force_login(world.national)
    assert client.post(reverse("user_create"), new_account(world)).status_code == 302
    client.logout()
    assert sign_in(client, "baru", "kopi-pagi-hari-9").status_code == 302


@pytest.mark.parametrize("change", [{"password": "1234567890"}, {"password": "pendek"}, {"office": ""}])
def test_a_refused_account_keeps_what_was_typed(world, client, change):
    client.force_login(world.national)
    page = client.post(reverse("user_create"), new_account(world) | change)
    assert page.status_code == 200
    assert 'value="Dewi"' in page.content.decode()
    assert not User.objects.filter(username="baru").exists()


def test_changing_an_account_without_a_password_keeps_the_old_one(world, client):
    client.force_login(world.national)
    user = world.here.users["staf"]
    form = {"username": user.username, "role": "evaluator", "office": world.here.office.pk, "is_active": "on"}
    send(client, reverse("user_update", args=[user.pk]), form)
    user.refresh_from_db()
    assert user.role == "evaluator"
    assert user.check_password(PASSWORD)


def test_an_office_gets_its_regions_by_code(world, client):
    client.force_login(world.national)
    form = {"name": "Kanreg Baru", "kind": "kanreg", "time_zone": "Asia/Jakarta"}
    page = client.post(reverse("office_create"), form | {"region_lines": "33\n99.99"})
    assert "99.99" in page.content.decode()
    assert client.post(reverse("office_create"), form | {"region_lines": "33\n12.71"}).status_code == 302
    office = Office.objects.get(name="Kanreg Baru")
    assert [region.code for region in office.regions.all()] == ["12.71", "33"]


@pytest.mark.django_db
def test_load_regions_loads_all_and_changes_nothing_the_second_time():
    call_command("load_regions", verbosity=0)
    first = list(Region.objects.values_list("pk", "code", "full_name"))
    call_command("load_regions", verbosity=0)
    assert list(Region.objects.values_list("pk", "code", "full_name")) == first
    assert Counter(Region.objects.values_list("level", flat=True)) == {
        "province": 38,
        "regency": 514,
        "district": 7285,
    }
    assert str(Region.objects.get(code="33.74.08")) == "Candisari, Kota Semarang, Jawa Tengah"


def test_the_region_file_names_a_parent_for_all_but_provinces():
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["code"] for row in rows}
    assert all(row["parent_code"] in codes for row in rows if row["level"] != "province")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tanjungpinang", "21.72"),
        ("Tanjung Pinang", "21.72"),
        ("tanjung-pinang", "21.72"),
        ("21.72", "21.72"),
        ("Palangkaraya", "62.71"),
        ("Kota Palangka Raya", "62.71"),
        ("Kab. Lampung Utara", "18.03"),
        ("Kab Lampung Utara", "18.03"),
        ("DKI Jakarta", "31"),
        ("DI Yogyakarta", "34"),
        ("Kep. Riau", "21"),
        ("Kec. Masaloka", "74.06.17"),
    ],
)
def test_regions_are_found_by_either_spelling_and_by_short_forms(db, text, code):
    for known, name in (
        ("18.03", "Kabupaten Lampung Utara"),
        ("21", "Kepulauan Riau"),
        ("21.72", "Kota Tanjung Pinang"),
        ("31", "Daerah Khusus Ibukota Jakarta"),
        ("34", "Daerah Istimewa Yogyakarta"),
        ("62.71", "Kota Palangkaraya"),
        ("74.06.17", "Kep. Masaloka Raya"),
    ):
        Region.objects.create(code=known, name=name, level="regency", search_name=search_key(name))
    assert [region.code for region in Region.objects.search(text)] == [code]


@pytest.mark.parametrize("text", ["%", "-", "kec", "..."])
def test_a_search_that_names_nothing_finds_nothing(world, text):
    assert list(Region.objects.search(text)) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Candisari, Kota Semarang, Jawa Tengah (33.74.08)", "33.74.08"),
        ("33.74.08", "33.74.08"),
        ("candisari", "33.74.08"),
    ],
)
def test_region_field_takes_label_code_or_name(world, typed, code):
    assert RegionField(user=world.here.users["staf"]).clean(typed).code == code


@pytest.mark.parametrize(
    ("typed", "word"), [("Atlantis", "tidak ditemukan"), ("kota", "beberapa"), ("12.71", "di luar wilayah")]
)
def test_region_field_refuses_with_a_reason(world, typed, word):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match=word):
        RegionField(user=world.here.users["staf"]).clean(typed)
