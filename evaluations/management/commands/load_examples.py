from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from asn_eval.accounts.models import Region
from evaluations.examples.records import load_examples
from evaluations.models import Instrument
from programs.models import Grade

PREREQUISITES = ((Region, "load_regions"), (Grade, "load_reference"), (Instrument, "load_instruments"))


class Command(BaseCommand):
    help = "Load the five example evaluations and, in demo mode, accounts to look at them with."

    def add_arguments(self, parser):
        parser.add_argument(
            "--force",
            action="store_true",
            help="also outside demo mode; the accounts then have no password that works",
        )

    @transaction.atomic
    def handle(self, *args, force, **options):
        if not (settings.DEMO or force):
            raise CommandError("Contoh hanya dimuat dalam mode demo (ASN_EVAL_DEMO) atau dengan --force.")
        for model, command in PREREQUISITES:
            if not model.objects.exists():
                call_command(command, stdout=self.stdout)
        for slug, loaded in load_examples().items():
            self.stdout.write(f"{slug}: {'dimuat' if loaded else 'sudah ada'}")
