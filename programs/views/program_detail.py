"""The workspace of one program: what it holds, what is missing, what comes next. It shows counts, no person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from asn_eval.views import ScopedDetailView
from programs.models import Batch, Enrollment, Program, StateChange
from programs.views.programs import list_trail


@dataclass(frozen=True)
class Step:
    """One part of the year's work on a program, and where it is done."""

    label: str
    count: int
    missing: str
    action: str
    url: str  # empty when this installation has no page for it
    permission: str
    of: int | None = None  # out of how many, where that is known
    is_due: bool = True

    @property
    def is_missing(self) -> bool:
        return self.is_due and not self.count and bool(self.url)


@dataclass(frozen=True)
class Station:
    """One state on the line of a program's states; who and when are empty where nobody noted them."""

    label: str
    is_passed: bool
    is_current: bool
    who: User | None = None
    when: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Counts:
    """How much of everything a program holds."""

    objectives: int
    activities: int
    budget_lines: int
    participants: int
    comparison: int
    attended: int  # activities whose attendance was noted
    scored: int
    evaluations: int


class ProgramDetailView(ScopedDetailView):
    model = Program
    permission = "programs.view_program"
    template_name = "programs/program_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("region", "organizer", "created_by", "copied_from")

    @cached_property
    def batches(self) -> list[Batch]:
        in_group = {
            f"n_{group}": Count("enrollments", filter=Q(enrollments__group=group), distinct=True)
            for group in Enrollment.Group.values
        }
        return list(self.object.batches.annotate(**in_group, n_activities=Count("activities", distinct=True)))

    def get_context_data(self, **kwargs):
        program = self.object
        objectives = list(program.objectives.all())
        activities = list(
            program.activities.select_related("form", "batch")
            .prefetch_related("speakers")
            .annotate(n_attendances=Count("attendances"))
        )
        evaluations = list(program.evaluations.all())
        people = _people(program)
        counts = Counts(
            objectives=len(objectives),
            activities=len(activities),
            budget_lines=program.budget_lines.count(),
            attended=sum(bool(activity.n_attendances) for activity in activities),
            evaluations=len(evaluations),
            **people,
        )
        steps = steps_of(program, counts)
        missing = [step for step in steps if step.is_missing]
        changes = list(program.state_changes.select_related("moved_by"))
        return super().get_context_data(
            trail=list_trail(),
            objectives=objectives,
            activities=activities,
            batches=self.batches,
            evaluations=evaluations,
            copies=list(self.rows(Program).filter(copied_from=program).order_by("start_date", "pk")),
            copied_from=self.rows(Program).filter(pk=program.copied_from_id).first(),
            n_participants=counts.participants,
            n_comparison=counts.comparison,
            total_hours=sum(activity.lesson_hours for activity in activities),
            steps=steps,
            current_step=missing[0] if missing else None,
            next_step=next(filter(self._may, missing), None),
            stations=stations_of(program, changes),
            state_changes=changes,
            **kwargs,
        )

    def _may(self, step: Step) -> bool:
        return self.request.user.has_perm(step.permission)


def _people(program: Program) -> dict[str, int]:
    is_participant = Q(group=Enrollment.Group.PARTICIPANT)
    is_scored = Q(pre_score__isnull=False) | Q(post_score__isnull=False)
    return program.enrollments.aggregate(
        participants=Count("pk", filter=is_participant),
        comparison=Count("pk", filter=~is_participant),
        scored=Count("pk", filter=is_scored),
    )


def stations_of(program: Program, changes: list[StateChange]) -> list[Station]:
    """The states in their order, each that was reached with the last move that led there."""
    states = Program.State.values
    current = states.index(program.state)
    last = {change.to_state: change for change in changes}
    stations = []
    for place, state in enumerate(states):
        origin: dict[str, object] = {}
        if place <= current and state in last:
            change = last[state]
            origin = {"who": change.moved_by, "when": change.moved_at, "note": change.note}
        elif place == 0:
            origin = {"who": program.created_by, "when": program.created_at}
        label = str(Program.State(state).label)
        stations.append(Station(label, is_passed=place < current, is_current=place == current, **origin))
    return stations


def page_of(name: str, program: Program) -> str:
    """The address of a page about ``program``; empty where this installation has none of that name."""
    try:
        return reverse(name, args=[program.pk])
    except NoReverseMatch:
        return ""


def steps_of(program: Program, counts: Counts) -> list[Step]:
    """The year's work in the order in which it is really done."""
    has_begun = program.state not in (Program.State.DRAFT, Program.State.PLANNED)
    return [
        Step(
            label=_("Sasaran"),
            count=counts.objectives,
            missing=_("Program ini belum mempunyai sasaran dengan indikator dan targetnya."),
            action=_("Tambah sasaran"),
            url=page_of("objective_create", program),
            permission="programs.add_objective",
        ),
        Step(
            label=_("Kegiatan"),
            count=counts.activities,
            missing=_("Kegiatan pelatihan beserta tanggal dan JP-nya belum dicatat."),
            action=_("Tambah kegiatan"),
            url=page_of("activity_create", program),
            permission="programs.add_activity",
        ),
        Step(
            label=_("Anggaran"),
            count=counts.budget_lines,
            missing=_("Rencana anggaran belum dicatat."),
            action=_("Buka anggaran"),
            url=page_of("program_budget", program),
            permission="programs.add_budgetline",
        ),
        Step(
            label=_("Peserta"),
            count=counts.participants + counts.comparison,
            missing=_("Peserta belum didaftarkan. Masukkan satu per satu atau dari berkas Excel."),
            action=_("Tambah peserta"),
            url=page_of("roster_upload", program),
            permission="programs.add_enrollment",
        ),
        Step(
            label=_("Kehadiran"),
            count=counts.attended,
            of=counts.activities,
            is_due=has_begun,
            missing=_("Kehadiran peserta pada kegiatan belum dicatat."),
            action=_("Catat kehadiran"),
            url=page_of("attendance_grid", program),
            permission="programs.add_attendance",
        ),
        Step(
            label=_("Nilai"),
            count=counts.scored,
            of=counts.participants + counts.comparison,
            is_due=has_begun,
            missing=_("Nilai pretes dan postes belum dicatat."),
            action=_("Catat nilai"),
            url=page_of("score_grid", program),
            permission="programs.change_enrollment",
        ),
        Step(
            label=_("Evaluasi"),
            count=counts.evaluations,
            missing=_("Program ini belum dievaluasi."),
            action=_("Buat evaluasi"),
            url=page_of("evaluation_create", program),
            permission="evaluations.add_evaluation",
        ),
    ]
