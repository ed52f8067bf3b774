"""Addresses that nobody's browser writes: refused or ignored, never an error of the server."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from asn_eval.views import key_in

ENDLESS = "9" * 5000  # Python refuses to make a number of so many digits
LISTS = (
    ("staf", "program_list", None),
    ("staf", "agency_list", None),
    ("staf", "program_participants", "program"),
    ("staf", "participants_export", "program"),
    ("staf", "region_search", None),
    ("evaluator", "evaluation_list", None),
)
KEYS = (
    ("evaluator", "response_import", "survey", "berkas", 200),
    ("evaluator", "recommendation_create", "evaluation", "temuan", 200),
)
COMMANDS = (
    ("build_report", ENDLESS, "--output", "laporan.pdf"),
    ("import_responses", ENDLESS, "jawaban.csv"),
)


def address(world, name, of) -> str:
    rows = {
        "program": world.here.program,
        "evaluation": world.here.evaluation,
        "survey": world.here.surveys["sebelum"],
    }
    return reverse(name, args=[rows[of].pk] if of else [])


@pytest.mark.parametrize(("role", "name", "of"), LISTS)
@pytest.mark.parametrize("text", ["\0", "sema\0rang", "%", "_", "'", ENDLESS])
def test_a_search_takes_any_text(client, world, role, name, of, text):
    client.force_login(world.here.users[role])
    assert client.get(address(world, name, of), {"q": text}).status_code == 200


def test_a_search_leaves_out_what_no_name_holds(client, world):
    client.force_login(world.here.users["staf"])
    found = client.get(reverse("agency_list"), {"q": "dinas\0 kota"}).context["object_list"]
    assert [agency.name for agency in found] == ["Dinas Kota Semarang"]


@pytest.mark.parametrize(("role", "name", "of", "parameter", "status"), KEYS)
@pytest.mark.parametrize("key", [ENDLESS, "9" * 19, "²", "٣", "-1", "1\0", "x"])
def test_a_key_that_is_none_leads_nowhere(client, world, role, name, of, parameter, status, key):
    client.force_login(world.here.users[role])
    assert client.get(address(world, name, of), {parameter: key}).status_code == status


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_takes_an_endless_number_for_a_name(db, command):
    with pytest.raises(CommandError) as refused:
        call_command(*command)
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("text", "key"), [("7", 7), ("007", 7), ("9" * 18, int("9" * 18)), ("9" * 19, None), ("²", None), ("", None)]
)
def test_a_key_is_read_as_the_database_can_hold_it(text, key):
    assert key_in(text) == key
