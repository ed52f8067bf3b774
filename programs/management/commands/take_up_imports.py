from django.core.management.base import BaseCommand
from django.utils import timezone

from programs.actions.imports import take_up_dead


class Command(BaseCommand):
    help = (
        "Put imports whose worker died back into the queue. Run before a worker starts; does no harm at any time."
    )

    def handle(self, **options):
        self.stdout.write(str(take_up_dead(now=timezone.now())))
