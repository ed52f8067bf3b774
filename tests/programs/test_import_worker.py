"""Long files are left to the worker: queued, taken up once, taken up again when a worker died."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from programs.actions import imports
from programs.actions.imports import DEAD_AFTER, PATIENCE, is_unattended, run, take_up_dead
from programs.models import ImportJob
from tests.programs.rosters import agree, counts, file_of, job_of, line, message, person, upload

State = ImportJob.State


@pytest.fixture
def url(world, monkeypatch):
    monkeypatch.setattr(imports, "SMALL_ROWS", 2)
    return reverse("roster_upload", args=[world.here.program.pk])


@pytest.fixture
def without_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def jobs():
    return ImportJob.objects.unscoped("test")


def work():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_a_long_file_goes_the_same_way_through_the_worker(world, staff, url):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    assert job_of(page).counts["new"] == 3
    done = agree(staff, page)
    assert (job_of(done).state, job_of(done).n_done) == (State.DONE, 3)
    assert person(3).imported_in == job_of(done)


def test_a_long_file_waits_for_the_worker_and_can_be_taken_back(staff, url, without_worker):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    job = job_of(page)
    assert (job.state, job.is_agreed) == (State.WAITING, False)
    text = page.content.decode()
    assert "Berkas menunggu giliran untuk diperiksa." in text
    assert 'hx-trigger="every 2s"' in text
    assert "Lihat keadaan terbaru" in text  # for a browser without scripts
    staff.post(reverse("import_discard", args=[job.pk]))
    before = counts()
    run(job.pk)
    assert (job_of(page).state, counts()) == (State.DISCARDED, before)


def test_progress_is_asked_for_in_pieces_until_something_is_to_be_decided(staff, url, without_worker):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    address = reverse("import_detail", args=[job_of(page).pk])
    jobs().update(state=State.SAVING, n_done=1500, n_total=3000, beat_at=timezone.now())
    piece = staff.get(address, headers={"HX-Request": "true"})
    assert "1.500 dari 3.000 baris" in piece.content.decode()
    assert "<html" not in piece.content.decode()
    jobs().update(state=State.READY)
    assert staff.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_file_that_nobody_takes_up_is_told_to_wait_for_nobody(staff, url, without_worker):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    job = job_of(page)
    now = timezone.now()
    assert not is_unattended(job, now=now)
    assert is_unattended(job, now=now + PATIENCE * 2)
    busy = jobs().create(entity="peserta", file_name="lain.xlsx", state=State.SAVING, beat_at=now + PATIENCE)
    assert not is_unattended(job, now=now + PATIENCE * 2)
    busy.delete()
    jobs().update(updated_at=now - PATIENCE * 2)
    assert (
        "layanan di belakang layar tampaknya tidak berjalan" in staff.get(job.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("state", [State.READING, State.SAVING])
def test_what_a_dead_worker_left_is_taken_up_again(staff, url, state):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    now = timezone.now()
    lost = jobs().filter(pk=job_of(page).pk)
    lost.update(state=state, beat_at=now, **({"digest": ""} if state == State.READING else {}))
    assert take_up_dead(now=now + DEAD_AFTER) == 0
    assert take_up_dead(now=now + DEAD_AFTER + timedelta(seconds=1)) == 1
    assert lost.get().state == (State.READY if state == State.READING else State.DONE)
    assert take_up_dead(now=now + DEAD_AFTER * 2) == 0


def test_an_import_is_carried_out_once_however_often_it_is_started(staff, url, without_worker):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    pk = job_of(page).pk
    run(pk)
    jobs().filter(pk=pk).update(state=State.WAITING)
    run(pk)
    after = counts()
    for _again in range(2):
        run(pk)
    assert (job_of(page).state, counts()) == (State.DONE, after)


def test_a_file_that_vanished_or_cannot_be_read_is_told_in_one_sentence(staff, url):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    job = job_of(page)
    job.file.storage.delete(job.file.name)
    after = agree(staff, page)
    assert job_of(after).state == State.FAILED
    assert "Berkas ini sudah tidak tersimpan" in after.content.decode()


def test_who_lost_the_right_meanwhile_imports_nothing(world, staff, url, without_worker):
    page = upload(staff, url, file_of(line(1), line(2), line(3)))
    before = counts()
    user = world.here.users["staf"]
    user.is_active = False
    user.save()
    run(job_of(page).pk)
    assert (job_of(page).state, counts()) == (State.FAILED, before)
    assert job_of(page).message == "Pengunggah berkas ini tidak lagi berhak mengimpor data."


@pytest.mark.django_db(transaction=True)
def test_the_real_worker_examines_and_saves(settings, client, monkeypatch):
    from tests.world import build_world

    world = build_world()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(imports, "SMALL_ROWS", 2)
    client.force_login(world.here.users["staf"])
    url = reverse("roster_upload", args=[world.here.program.pk])
    page = upload(client, url, file_of(line(1), line(2), line(3)))
    work()
    page = client.get(page.context["job"].get_absolute_url())
    assert page.context["job"].state == State.READY
    agree(client, page)
    work()
    assert job_of(page).state == State.DONE
    assert person(3).name == "Baru 3"


def test_take_up_imports_says_how_many(staff, url, capsys):
    call_command("take_up_imports")
    assert capsys.readouterr().out.strip() == "0"


def test_a_saved_file_cannot_be_discarded(staff, url):
    page = upload(staff, url, file_of(line(1)))
    agree(staff, page)
    refused = staff.post(reverse("import_discard", args=[job_of(page).pk]), follow=True)
    assert "tidak dapat dibuang lagi" in message(refused)
    assert job_of(page).state == State.DONE
