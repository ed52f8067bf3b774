"""One address may open the public page of certificates so often in a minute, and is told when to come back."""

import pytest
from django.urls import reverse

from programs.views.verification import PER_MINUTE

NOON = 1_800_000_000.0  # the beginning of a minute
URL = reverse("certificate_verify", args=["b" * 24])


@pytest.fixture
def clock(monkeypatch):
    now = [NOON]
    monkeypatch.setattr("asn_eval.throttle.time.time", lambda: now[0])
    return now


@pytest.fixture
def tired(client, db, clock):
    """The browser of somebody who has used up a minute."""
    answers = [client.get(URL).status_code for _time in range(PER_MINUTE)]
    assert answers == [404] * PER_MINUTE
    return client


def test_beyond_the_limit_a_page_says_when_to_come_back(tired, clock):
    clock[0] = NOON + 17
    response = tired.get(URL)
    assert (response.status_code, response["Retry-After"]) == (429, "43")
    text = response.content.decode()
    assert "Terlalu banyak permintaan" in text
    assert "Tunggu satu menit" in text


def test_the_next_minute_counts_anew(tired, clock):
    clock[0] = NOON + 60
    assert tired.get(URL).status_code == 404


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("192.0.2.1", "192.0.2.2", 404),
        ("2001:db8:1:1::1", "2001:db8:1:2::1", 404),
        ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", 429),  # of one network
    ],
)
def test_each_address_has_its_own_count(client, db, clock, first, second, status):
    for _time in range(PER_MINUTE):
        client.get(URL, REMOTE_ADDR=first)
    assert client.get(URL, REMOTE_ADDR=second).status_code == status


def test_the_address_itself_is_not_kept(client, db, clock, settings):
    from django.db import connection

    client.get(URL, REMOTE_ADDR="192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache_entry")
        kept = [key for (key,) in cursor.fetchall()]
    assert len(kept) == 1
    assert "192.0.2" not in kept[0]


def test_a_sender_that_tells_no_address_is_turned_away(client, db, clock):
    assert client.get(URL, REMOTE_ADDR="").status_code == 403


@pytest.mark.parametrize("address", ["unix:", "tidak-jelas"])
def test_a_sender_whose_address_is_none_is_turned_away_too(client, db, clock, address):
    assert client.get(URL, REMOTE_ADDR=address).status_code == 403
