"""What programs still lack, kind by kind: which programs, how much, and where it is done.

A program that has been evaluated is closed and asked for nothing more; one that ended before last year is left
to the archive. Drafts are asked for nothing but their state.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.models import Evaluation
from programs.models import Activity, Attendance, BudgetLine, Certificate, Enrollment, Program
from reports.overview.lines import Line, day, integer

STATE = Program.State
STATUS = Enrollment.Status
DUE_WITHIN = timedelta(days=30)  # before its start a program is not asked for participants
UNDECIDED = (STATUS.REGISTERED, STATUS.ATTENDED)
ABSENTEES = (STATUS.INVITED, STATUS.WITHDRAWN)  # no score is expected of them
# What an activity is called in which participants are tested.
TEST_WORDS = ("pretes", "postes", "pre-tes", "post-tes", "tes awal", "tes akhir")


@dataclass(frozen=True)
class Gap:
    """One kind of thing that may be missing."""

    key: str  # stands in the address
    label: str
    permission: str
    page: str  # the name of the URL where it is done
    action: str
    lacking: Callable[[date], Q | Exists]
    numbers: Callable[[date], dict[str, object]]
    note: Callable[[Program], str]

    def programs(self, programs: QuerySet, today: date) -> QuerySet:
        return programs.filter(self.lacking(today))

    def lines(self, programs: QuerySet, keys: list[int], today: date) -> list[Line]:
        """The lines of these programs, in the order of ``keys``."""
        rows = programs.filter(pk__in=keys).select_related("region").annotate(**self.numbers(today))
        by_key = {program.pk: program for program in rows}
        return [self._line(by_key[key]) for key in keys if key in by_key]

    def _line(self, program: Program) -> Line:
        return Line(
            name=program.name,
            url=program.get_absolute_url(),
            place=program.region.name,
            note=self.note(program),
            kind=self.label,
            page=self.page,
            key=program.pk,
            action=self.action,
            is_example=program.is_example,
        )


def open_programs(programs: QuerySet, today: date) -> QuerySet:
    """Those that may still be asked for something."""
    return programs.filter(end_date__gte=date(today.year - 1, 1, 1)).exclude(state=STATE.EVALUATED)


def gaps_open_to(user) -> list[Gap]:
    """The kinds that this person may do something about."""
    gaps = [gap for gap in GAPS if user.has_perm(gap.permission)]
    if user.has_perm("evaluations.add_evaluation"):
        gaps = [replace(gap, **DONE_BY_EVALUATOR) if gap.key == "evaluasi" else gap for gap in gaps]
    return gaps


def count_gaps(programs: QuerySet, gaps: list[Gap], today: date) -> dict[str, int]:
    """How many programs lack what, by key, in one query."""
    if not gaps:
        return {}
    return programs.aggregate(**{gap.key: Count("pk", filter=Q(gap.lacking(today))) for gap in gaps})


def _of_program(rows: QuerySet, path: str = "program") -> Exists:
    return Exists(rows.filter(**{path: OuterRef("pk")}))


def _number(rows: QuerySet, path: str = "program") -> Coalesce:
    """How many of ``rows`` a program has; a subquery, since two joins would multiply each other."""
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _participants() -> QuerySet:
    return Enrollment.objects.filter(group=Enrollment.Group.PARTICIPANT)


def _completed() -> QuerySet:
    return _participants().filter(status=STATUS.COMPLETED)


def _tested() -> QuerySet:
    return _participants().exclude(status__in=ABSENTEES)


def _without_score() -> QuerySet:
    return _tested().filter(Q(pre_score__isnull=True) | Q(post_score__isnull=True))


def _without_certificate() -> QuerySet:
    valid = Certificate.objects.filter(enrollment=OuterRef("pk"), revoked_at__isnull=True)
    return _completed().filter(~Exists(valid))


def _held(today: date) -> QuerySet:
    """Activities that are over."""
    return Activity.objects.filter(end_date__lt=today)


def _unnoted(today: date) -> QuerySet:
    return _held(today).filter(~Exists(Attendance.objects.filter(activity=OuterRef("pk"))))


def _is_tested() -> Q:
    """Whether a test was planned as an activity, or some scores are there already."""
    named = Q()
    for word in TEST_WORDS:
        named |= Q(title__icontains=word) | Q(method__icontains=word)
    entered = Q(pre_score__isnull=False) | Q(post_score__isnull=False)
    return Q(_of_program(Activity.objects.filter(named))) | Q(_of_program(_participants().filter(entered)))


def _state_lags(today: date) -> Q:
    not_started = Q(state__in=[STATE.DRAFT, STATE.PLANNED], start_date__lte=today)
    return not_started | Q(state=STATE.RUNNING, end_date__lt=today)


def _lacks_participants(today: date) -> Q:
    due = Q(state__in=[STATE.PLANNED, STATE.RUNNING, STATE.FINISHED], start_date__lte=today + DUE_WITHIN)
    return due & ~_of_program(Enrollment.objects.all())


def _lacks_attendance(today: date) -> Q:
    running = Q(state__in=[STATE.RUNNING, STATE.FINISHED])
    return running & _of_program(_participants()) & _of_program(_unnoted(today))


def _finished(*conditions: Q | Exists) -> Q:
    return Q(*conditions, state=STATE.FINISHED)


def _state_note(program: Program) -> str:
    state = program.get_state_display()
    if program.state == STATE.RUNNING:
        return _("Masih berstatus “%(state)s”, padahal berakhir %(day)s.") % {
            "state": state,
            "day": day(program.end_date),
        }
    return _("Masih berstatus “%(state)s”, padahal mulai %(day)s.") % {
        "state": state,
        "day": day(program.start_date),
    }


def _participants_note(program: Program) -> str:
    return _("Belum ada peserta; pelaksanaan mulai %(day)s.") % {"day": day(program.start_date)}


def _counted(words: Promise, none: Promise | str = "") -> Callable[[Program], str]:
    """A note that says how many of how many are missing; ``none`` where there is nothing to count."""

    def note(program: Program) -> str:
        numbers = {"missing": integer(program.n_missing), "all": integer(program.n_all)}
        return str(none) if none and not program.n_all else words % numbers

    return note


def _evaluation_note(program: Program) -> str:
    return _("Selesai %(day)s, belum ada evaluasi.") % {"day": day(program.end_date)}


def _nothing(today: date) -> dict[str, object]:
    return {}


GAPS: tuple[Gap, ...] = (
    Gap(
        key="status",
        label=gettext_lazy("Status"),
        permission="programs.change_program",
        page="program_detail",
        action=gettext_lazy("Perbarui status"),
        lacking=_state_lags,
        numbers=_nothing,
        note=_state_note,
    ),
    Gap(
        key="peserta",
        label=gettext_lazy("Peserta"),
        permission="programs.add_enrollment",
        page="program_participants",
        action=gettext_lazy("Daftarkan peserta"),
        lacking=_lacks_participants,
        numbers=_nothing,
        note=_participants_note,
    ),
    Gap(
        key="kehadiran",
        label=gettext_lazy("Kehadiran"),
        permission="programs.add_attendance",
        page="attendance_grid",
        action=gettext_lazy("Catat kehadiran"),
        lacking=_lacks_attendance,
        numbers=lambda today: {"n_missing": _number(_unnoted(today)), "n_all": _number(_held(today))},
        note=_counted(
            gettext_lazy("%(missing)s dari %(all)s kegiatan yang sudah berlangsung belum dicatat kehadirannya.")
        ),
    ),
    Gap(
        key="kelulusan",
        label=gettext_lazy("Kelulusan"),
        permission="programs.change_enrollment",
        page="program_participants",
        action=gettext_lazy("Tetapkan kelulusan"),
        lacking=lambda today: _finished(_of_program(_participants().filter(status__in=UNDECIDED))),
        numbers=lambda today: {
            "n_missing": _number(_participants().filter(status__in=UNDECIDED)),
            "n_all": _number(_participants()),
        },
        note=_counted(gettext_lazy("%(missing)s dari %(all)s peserta belum ditetapkan kelulusannya.")),
    ),
    Gap(
        key="nilai",
        label=gettext_lazy("Nilai"),
        permission="programs.change_enrollment",
        page="score_grid",
        action=gettext_lazy("Isi nilai"),
        lacking=lambda today: _finished(_is_tested(), _of_program(_without_score())),
        numbers=lambda today: {"n_missing": _number(_without_score()), "n_all": _number(_tested())},
        note=_counted(gettext_lazy("%(missing)s dari %(all)s peserta belum lengkap nilai pretes dan postesnya.")),
    ),
    Gap(
        key="sertifikat",
        label=gettext_lazy("Sertifikat"),
        permission="programs.add_certificate",
        page="certificate_list",
        action=gettext_lazy("Terbitkan sertifikat"),
        lacking=lambda today: _finished(_of_program(_without_certificate())),
        numbers=lambda today: {"n_missing": _number(_without_certificate()), "n_all": _number(_completed())},
        note=_counted(gettext_lazy("%(missing)s dari %(all)s peserta yang selesai belum mendapat sertifikat.")),
    ),
    Gap(
        key="anggaran",
        label=gettext_lazy("Anggaran"),
        permission="programs.change_budgetline",
        page="program_budget",
        action=gettext_lazy("Isi realisasi"),
        lacking=lambda today: _finished(
            ~_of_program(BudgetLine.objects.all())
            | Q(_of_program(BudgetLine.objects.filter(realised__isnull=True)))
        ),
        numbers=lambda today: {
            "n_missing": _number(BudgetLine.objects.filter(realised__isnull=True)),
            "n_all": _number(BudgetLine.objects.all()),
        },
        note=_counted(
            gettext_lazy("%(missing)s dari %(all)s pos anggaran belum diisi realisasinya."),
            none=gettext_lazy("Anggaran belum dicatat."),
        ),
    ),
    Gap(
        key="evaluasi",
        label=gettext_lazy("Evaluasi"),
        permission="programs.view_program",
        page="program_detail",
        action=gettext_lazy("Buka program"),
        lacking=lambda today: _finished(~_of_program(Evaluation.objects.all())),
        numbers=_nothing,
        note=_evaluation_note,
    ),
)
# Who may plan an evaluation goes straight there.
DONE_BY_EVALUATOR = {"page": "evaluation_create", "action": gettext_lazy("Buat evaluasi")}
# Those that end first are waited for longest.
LONGEST_WAITING = (F("end_date").asc(), F("pk").asc())
