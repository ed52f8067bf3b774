import sys
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from asn_eval.access import Role
from asn_eval.accounts.models import User


class Command(BaseCommand):
    help = (
        "Create the first administrator, who belongs to no office and sees every region. "
        "Asks for the password, or reads it as one line from standard input."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = User(username=username, role=Role.ADMIN)
        try:
            user.full_clean(exclude=["password"])
            password = self.ask_password()
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        # Not a superuser: Django would then never ask the policy what an administrator may do.
        User.objects.create_user(username, password=password, role=Role.ADMIN)
        self.stdout.write(f"{username}: {Role.ADMIN.label}")

    def ask_password(self) -> str:
        if sys.stdin.isatty():
            return getpass("Kata sandi: ")
        return sys.stdin.readline().rstrip("\n")
