import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from evaluations.actions.scheduling import run_schedule


class Command(BaseCommand):
    help = (
        "Opens and closes surveys that follow their dates, and queues invitations and reminders that are due. "
        "Once, or with --every again and again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="do so every so many seconds")

    def handle(self, *, every, **options):
        if not every:
            self._once()
            return
        while True:
            try:
                self._once()
            except OperationalError as error:  # the database is away; the next time will do
                self.stderr.write(str(error))
            close_old_connections()
            time.sleep(max(every, 1))

    def _once(self):
        done = run_schedule(now=timezone.now())
        if done.opened or done.closed or done.queued:
            self.stdout.write(f"{done.opened} opened, {done.closed} closed, {done.queued} mails queued")
