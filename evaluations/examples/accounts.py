"""Offices and accounts of the examples. The accounts can be signed in to in demo mode only."""

from django.conf import settings
from django.contrib.auth.hashers import make_password

from asn_eval.access import Role
from asn_eval.accounts.models import Office, Region, User

DEMO_PASSWORD = "contoh-asn-eval"  # noqa: S105 - published in README, refused outside demo mode
CENTRAL_OFFICE = {
    "name": "Kantor Pusat",
    "kind": Office.Kind.CENTRAL,
    "is_national": True,
    "letterhead": ["KANTOR PUSAT PEMBINAAN KEPEGAWAIAN", "DATA CONTOH"],
    "city": "Jakarta",
    "signatory_title": "Direktur Pengembangan Kompetensi",
    "signatory_name": "Ratna Prameswari",
    "signatory_nip": "197201011996012990",
    "time_zone": Office.TimeZone.WIB,
    "regions": [],
}
CENTRAL_USERS = {
    Role.ADMIN: "Yusuf Hidayat",
    Role.EVALUATOR: "Lestari Handayani",
    Role.MANAGER: "Bagus Prakoso",
    Role.AUDITOR: "Mira Kusumawati",
}
# The one role whose plain account shows what a local office sees: that of Candisari.
LOCAL_STAFF_SLUG, LOCAL_STAFF_NAME = "candisari", "Wahyu Setiawan"


class Accounts:
    """Makes offices and users that do not exist yet; leaves those that do as they are."""

    def __init__(self):
        # One hash for all, because they share one published password and hashing is slow on purpose.
        self._password = make_password(DEMO_PASSWORD if settings.DEMO else None)

    def central(self) -> User:
        """The national office with its users; returns the administrator, who sees every region."""
        office = self._office(CENTRAL_OFFICE)
        users = {role: self._user(role.value, role, name, office) for role, name in CENTRAL_USERS.items()}
        return users[Role.ADMIN]

    def second_coder(self) -> User:
        """The evaluator of the national office, who codes beside the one of the local office."""
        return User.objects.get(username=Role.EVALUATOR.value)

    def local(self, example: dict) -> tuple[Office, dict[str, User]]:
        """The office of one example and its users by role."""
        office = self._office(example["office"])
        users = {
            role: self._user(f"{role}.{example['slug']}", Role(role), name, office)
            for role, name in example["users"].items()
        }
        if example["slug"] == LOCAL_STAFF_SLUG:
            self._user(Role.STAFF.value, Role.STAFF, LOCAL_STAFF_NAME, office)
        return office, users

    def _office(self, fields: dict) -> Office:
        office = Office.objects.filter(name=fields["name"]).first()
        if office is None:
            plain = {name: value for name, value in fields.items() if name not in ("regions", "letterhead")}
            office = Office(**plain, letterhead="\n".join(fields["letterhead"]))
            office.full_clean()
            office.save()
            office.regions.set(Region.objects.filter(code__in=fields["regions"]))
        return office

    def _user(self, username: str, role: Role, name: str, office: Office) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            first, _space, last = name.partition(" ")
            user = User(
                username=username,
                role=role,
                office=office,
                first_name=first,
                last_name=last,
                password=self._password,
            )
            user.full_clean()
            user.save()
        return user
