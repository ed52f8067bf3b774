"""What the worker does: one import after the other, with a sign of life while it lasts."""

import threading
from datetime import timedelta

from django.db import connection, transaction
from django.db.utils import OperationalError
from django.utils import timezone
from django_tasks import task

from programs.actions.imports import run, take_up_dead
from programs.imports.journal import acting
from programs.models import ImportJob

BEAT = timedelta(seconds=3)


@task()
def run_import(pk: int) -> None:
    """Carry out the next step of an import in the name of who uploaded it."""
    take_up_dead(now=timezone.now())
    job = ImportJob.objects.unscoped("a worker carries out what its uploader asked for").filter(pk=pk).first()
    if job is None:
        return
    with acting(job.created_by), Heartbeat(pk) as heart:
        run(pk, told=heart.told)


class Heartbeat:
    """Writes every few seconds that the worker is alive and how far it is, by a connection of its own.

    The rows themselves are in a transaction that nobody else can look into.
    """

    def __init__(self, pk: int):
        self.pk = pk
        self.n_done = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exception):
        self.over.set()
        self.thread.join()

    def told(self, number: int) -> None:
        self.n_done += number

    def beat(self) -> None:
        jobs = ImportJob.objects.unscoped("a worker carries out what its uploader asked for").filter(pk=self.pk)
        try:
            while not self.over.wait(BEAT.total_seconds()):
                try:
                    with transaction.atomic():
                        jobs.update(beat_at=timezone.now(), n_done=self.n_done)
                except OperationalError:
                    continue  # SQLite lets nobody write while the rows are being saved; the next beat will do
        finally:
            connection.close()
