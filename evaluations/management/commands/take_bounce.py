import sys
from email import message_from_bytes, policy

from django.core.management.base import BaseCommand, CommandError

from evaluations.actions.mailing import block_address
from evaluations.bounces import bounced_addresses
from evaluations.models import MailBlock


class Command(BaseCommand):
    help = (
        "Reads a delivery report from standard input, as a mail server hands it to a program, and writes to the "
        "addresses that do not exist no more."
    )

    def handle(self, **options):
        report = message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
        addresses = bounced_addresses(report)
        if not addresses:
            raise CommandError("No address that failed for good is named in this message.")
        for address in addresses:
            block_address(email=address, reason=MailBlock.Reason.BOUNCED)
        self.stdout.write(f"{len(addresses)} addresses blocked")
