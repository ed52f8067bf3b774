"""Lists for those who look after the installation: offices, accounts, reference data, changes."""

from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.forms import offices_managed_by
from asn_eval.accounts.models import Office, RegionalArea, User
from asn_eval.history.models import LogEntry
from programs.models import LearningDuty, LessonHourRule
from reports.overview.lines import Line, day, integer
from reports.overview.watch import WatchList

WEEK = timedelta(days=7)


def accounts_of(user) -> QuerySet:
    """The accounts that ``user`` may see: those of the own office, or all."""
    return User.objects.all() if user.sees_every_region else User.objects.filter(office=user.office_id)


def _incomplete_offices(user, today: date) -> QuerySet:
    has_region = Exists(Office.regions.through.objects.filter(office=OuterRef("pk")))
    offices = offices_managed_by(user).annotate(has_region=has_region)
    return offices.filter(Q(is_national=False, has_region=False) | Q(signatory_name="")).order_by("name", "pk")


def _office_line(office: Office, user, today: date) -> Line:
    missing = []
    if not office.is_national and not office.has_region:
        missing.append(_("belum mempunyai wilayah kerja, sehingga penggunanya tidak melihat data"))
    if not office.signatory_name:
        missing.append(_("belum mempunyai penanda tangan"))
    note = "; ".join(missing)
    may_change = user.has_perm("accounts.change_office")
    url = reverse("office_update", args=[office.pk]) if may_change else reverse("office_list")
    return Line(name=office.name, url=url, note=note[:1].upper() + note[1:])


def _never_signed_in(user, today: date) -> QuerySet:
    return (
        accounts_of(user).filter(is_active=True, last_login=None).select_related("office").order_by("-date_joined")
    )


def _account_line(account: User, user, today: date) -> Line:
    may_change = user.has_perm("accounts.change_user")
    values = {"role": account.get_role_display(), "day": day(timezone.localdate(account.date_joined))}
    return Line(
        name=str(account),
        url=reverse("user_update", args=[account.pk]) if may_change else reverse("user_list"),
        place=account.office.name if account.office else "",
        note=_("%(role)s, akun dibuat %(day)s") % values,
    )


def _changes(user, today: date) -> QuerySet:
    """The changes of the last seven days, by who made them."""
    entries = LogEntry.objects.visible_to(user).filter(timestamp__gte=timezone.now() - WEEK)
    by_whom = entries.order_by().values("actor", "actor__username", "actor__first_name", "actor__last_name")
    return by_whom.annotate(n=Count("pk"), last=Max("timestamp")).order_by("-n", "actor")


def _change_line(row: dict, user, today: date) -> Line:
    full_name = f"{row['actor__first_name'] or ''} {row['actor__last_name'] or ''}".strip()
    moment = date_format(timezone.localtime(row["last"]), "DATETIME_FORMAT")
    return Line(
        name=full_name or row["actor__username"] or _("Aplikasi"),
        note=_("%(n)s perubahan, terakhir %(moment)s") % {"n": integer(row["n"]), "moment": moment},
    )


LISTS = (
    WatchList(
        key="kantor-belum-lengkap",
        title=gettext_lazy("Kantor yang belum lengkap"),
        permission="accounts.view_office",
        rows=_incomplete_offices,
        line=_office_line,
        empty=gettext_lazy("Setiap kantor sudah mempunyai wilayah kerja dan penanda tangan."),
    ),
    WatchList(
        key="belum-pernah-masuk",
        title=gettext_lazy("Akun yang belum pernah masuk"),
        permission="accounts.view_user",
        rows=_never_signed_in,
        line=_account_line,
        empty=gettext_lazy("Setiap akun yang aktif sudah pernah masuk."),
    ),
    WatchList(
        key="perubahan-pekan-ini",
        title=gettext_lazy("Perubahan data dalam 7 hari"),
        permission="history.view_journal",
        rows=_changes,
        line=_change_line,
        empty=gettext_lazy("Tidak ada data yang diubah dalam 7 hari terakhir."),
    ),
)


def unverified_lines(user) -> list[Line]:
    """What of the reference data nobody has compared with its official text, one line per table."""
    tables = (
        (_("Wilayah kerja kantor regional"), RegionalArea, "accounts.change_regionalarea", "regional_area_list"),
        (_("Aturan konversi JP"), LessonHourRule, "programs.change_lessonhourrule", "lesson_hour_rule_list"),
        (_("Kewajiban JP per tahun"), LearningDuty, "programs.change_learningduty", "learning_duty_list"),
    )
    lines = []
    for name, model, permission, page in tables:
        if not user.has_perm(permission):
            continue
        rows = model.objects.aggregate(n=Count("pk"), open=Count("pk", filter=Q(is_verified=False)))
        if rows["open"]:
            values = {"open": integer(rows["open"]), "n": integer(rows["n"])}
            note = _("%(open)s dari %(n)s baris belum diverifikasi") % values
            url = reverse("reference_index")
            lines.append(Line(name=name, note=note, url=url, page=page, action=_("Periksa")))
    return lines
