"""By whose hand: a signed-in person, a command of this machine, a task in the background, nobody."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from django.test import Client
from django.urls import reverse

from asn_eval.history.context import NOBODY, Deed, acting, commanding, current_deed, doing
from asn_eval.history.entries import record_note
from tests.history.entries import all_entries, entries_of
from tests.world import World

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["manage.py", "create_admin", "sari"], "create_admin"),
        (["manage.py", "--traceback", "import_participants"], "import_participants"),
        (["manage.py", "runserver"], ""),
        (["manage.py", "db_worker", "--interval", "1"], ""),
        (["manage.py"], ""),
    ],
)
def test_a_command_is_known_and_a_server_is_none(arguments, command):
    with commanding(arguments):
        assert current_deed().command == command
    assert current_deed() == NOBODY


def test_what_was_before_holds_again_afterwards():
    outer, inner = Deed(command="satu"), Deed(command="dua")
    with doing(outer):
        with pytest.raises(ZeroDivisionError), doing(inner):
            assert current_deed() == inner
            raise ZeroDivisionError
        assert current_deed() == outer


def test_a_task_of_nobody_stays_the_deed_of_its_command():
    with doing(Deed(command="import_participants")):
        with acting(None) as deed:
            assert (deed.actor, deed.command) == (None, "import_participants")
        with acting("somebody") as deed:
            assert (deed.actor, deed.command) == ("somebody", "")


def test_what_happened_can_be_told_in_words(world, staff):
    with acting(world.here.users["staf"]):
        record_note(world.here.program, "400 peserta dimuat dari berkas peserta.xlsx")
    page = staff.get(reverse("program_history", args=[world.here.program.pk])).content.decode()
    assert "diubah: 400 peserta dimuat dari berkas peserta.xlsx" in " ".join(page.split())


def test_another_thread_knows_nothing_of_it():
    seen = []
    with acting("somebody"):
        thread = Thread(target=lambda: seen.append(current_deed()))
        thread.start()
        thread.join()
    assert seen == [NOBODY]


def test_a_command_of_this_machine_is_recognised(tmp_path):
    """manage.py itself, in a process of its own."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/probe.sqlite3",
        "ASN_EVAL_SECRET_KEY": "only-for-tests-" * 5,
        "ASN_EVAL_HTTPS": "0",
    }

    def manage(*arguments, **kwargs):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, **kwargs
        ).stdout

    # The tables alone; the migrations run where the browser tests start.
    tables = (
        "from django.apps import apps; from django.conf import settings;"
        "from django.core.management import call_command;"
        "settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()};"
        "call_command('migrate', run_syncdb=True, verbosity=0)"
    )
    manage("shell", "--no-imports", "-c", tables)
    manage("create_admin", "sari", input="panjang-sekali-1\npanjang-sekali-1\n")
    told = (
        "from asn_eval.history.models import LogEntry;"
        "entries = LogEntry.objects.unscoped('test').order_by('pk');"
        "print([(entry.object_repr, entry.actor, entry.additional_data) for entry in entries])"
    )
    assert manage("shell", "-v", "0", "-c", told).strip() == "[('sari', None, {'command': 'create_admin'})]"


def test_a_stranger_at_the_door_is_nobody(world: World):
    client = Client()
    client.post(reverse("account_login"), {"login": "staf_semarang", "password": "salah"})
    client.post(reverse("account_login"), {"login": "staf_semarang", "password": "rahasia-sekali"})
    assert all_entries() == []


def test_changing_ones_own_password_tells_no_value(world, staff):
    new = {
        "oldpassword": "rahasia-sekali",
        "password1": "sandi-baru-panjang-1",
        "password2": "sandi-baru-panjang-1",
    }
    assert staff.post(reverse("account_change_password"), new).status_code == 302
    assert entries_of(world.here.users["staf"]) == []


def test_a_list_of_participants_that_leaves_is_told(world, staff):
    assert staff.get(reverse("participants_export", args=[world.here.program.pk])).status_code == 200
    page = staff.get(reverse("program_history", args=[world.here.program.pk])).content.decode()
    assert "diunduh: daftar peserta" in " ".join(page.split())
