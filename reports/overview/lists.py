"""The lists of the home page besides the gaps: what runs, opens, closes, is overdue, is ready."""

from datetime import date, timedelta

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.access import Role
from asn_eval.numbers import format_percent
from evaluations.models import Evaluation, Finding, Recommendation, Survey
from evaluations.survey_counts import with_counts
from programs.models import Program
from reports.overview import administration
from reports.overview.lines import Line, distance, integer, language
from reports.overview.watch import WatchList

SOON = timedelta(days=30)  # a program that starts
SURVEY_SOON = timedelta(days=14)  # a survey that opens
# From these states on an evaluation is expected to have findings.
WITH_FINDINGS = (Evaluation.State.REPORTING, Evaluation.State.FOLLOWING_UP)
UNSETTLED = (Recommendation.State.PROPOSED, Recommendation.State.RUNNING)


def _programs(user) -> QuerySet:
    return Program.objects.visible_to(user).select_related("region")


def _program_line(program: Program, note: str, *, is_late: bool = False) -> Line:
    return Line(
        name=program.name,
        url=program.get_absolute_url(),
        place=program.region.name,
        note=note,
        is_example=program.is_example,
        is_late=is_late,
    )


def _running(user, today: date) -> QuerySet:
    over = Case(When(end_date__lt=today, then=1), default=0, output_field=IntegerField())
    return _programs(user).filter(state=Program.State.RUNNING).order_by(over, "end_date", "pk")


def _running_line(program: Program, user, today: date) -> Line:
    note = _("Berakhir %(day)s") % {"day": distance(program.end_date, today)}
    return _program_line(program, note, is_late=program.end_date < today)


def _starting(user, today: date) -> QuerySet:
    soon = _programs(user).filter(start_date__gt=today, start_date__lte=today + SOON)
    return soon.filter(state__in=[Program.State.DRAFT, Program.State.PLANNED]).order_by("start_date", "pk")


def _starting_line(program: Program, user, today: date) -> Line:
    values = {"day": distance(program.start_date, today), "state": program.get_state_display()}
    return _program_line(program, _("Mulai %(day)s, status “%(state)s”") % values)


def _surveys(user) -> QuerySet:
    return Survey.objects.visible_to(user).select_related("evaluation__program__region", "version__instrument")


def _survey_line(survey: Survey, note: str) -> Line:
    program = survey.evaluation.program
    return Line(
        name=f"{survey.evaluation}: {survey}",
        url=survey.get_absolute_url(),
        place=program.region.name,
        note=note,
        is_example=program.is_example,
    )


def _open_surveys(user, today: date) -> QuerySet:
    surveys = _surveys(user).filter(state=Survey.State.OPEN, opens_on__lte=today, closes_on__gte=today)
    return with_counts(surveys).order_by("closes_on", "pk")


def _open_survey_line(survey: Survey, user, today: date) -> Line:
    values = {
        "day": distance(survey.closes_on, today),
        "answered": integer(survey.n_answered),
        "invited": integer(survey.n_invited),
    }
    if not survey.n_invited:
        return _survey_line(survey, _("%(answered)s jawaban; ditutup setelah %(day)s") % values)
    values["share"] = format_percent(survey.n_answered / survey.n_invited, 0, language())
    note = _("%(answered)s dari %(invited)s menjawab (%(share)s); ditutup setelah %(day)s") % values
    return _survey_line(survey, note)


def _coming_surveys(user, today: date) -> QuerySet:
    coming = Q(state=Survey.State.DRAFT) | Q(state=Survey.State.OPEN, opens_on__gt=today)
    surveys = _surveys(user).filter(coming, opens_on__lte=today + SURVEY_SOON, closes_on__gte=today)
    return surveys.order_by("opens_on", "pk")


def _coming_survey_line(survey: Survey, user, today: date) -> Line:
    values = {"day": distance(survey.opens_on, today)}
    if survey.opens_on > today:
        return _survey_line(survey, _("Dibuka mulai %(day)s") % values)
    return _survey_line(survey, _("Seharusnya dibuka %(day)s, tetapi belum dibuka") % values)


def _evaluations(user) -> QuerySet:
    return Evaluation.objects.visible_to(user).select_related("program__region")


def _evaluation_line(evaluation: Evaluation, note: str, url: str = "") -> Line:
    return Line(
        name=evaluation.title,
        url=url or evaluation.get_absolute_url(),
        place=evaluation.program.region.name,
        note=note,
        is_example=evaluation.program.is_example,
    )


def _bare_evaluations(user, today: date) -> QuerySet:
    own = {"evaluation": OuterRef("pk")}
    evaluations = _evaluations(user).annotate(
        has_survey=Exists(Survey.objects.filter(**own)), has_finding=Exists(Finding.objects.filter(**own))
    )
    bare = Q(has_survey=False) | Q(has_finding=False, state__in=WITH_FINDINGS)
    return evaluations.filter(bare).order_by("end_date", "pk")


def _bare_evaluation_line(evaluation: Evaluation, user, today: date) -> Line:
    values = {"state": evaluation.get_state_display()}
    if not evaluation.has_survey:
        return _evaluation_line(evaluation, _("Tahap “%(state)s”, belum ada survei") % values)
    return _evaluation_line(evaluation, _("Tahap “%(state)s”, belum ada temuan") % values)


def _ready_results(user, today: date) -> QuerySet:
    return _evaluations(user).filter(state__in=WITH_FINDINGS).order_by("-end_date", "-pk")


def _ready_result_line(evaluation: Evaluation, user, today: date) -> Line:
    note = _("Tahap “%(state)s”") % {"state": evaluation.get_state_display()}
    return _evaluation_line(evaluation, note, reverse("evaluation_result", args=[evaluation.pk]))


def _overdue(user, today: date) -> QuerySet:
    recommendations = Recommendation.objects.visible_to(user).filter(state__in=UNSETTLED, due_date__lt=today)
    return recommendations.select_related("evaluation__program__region").order_by("due_date", "pk")


def _overdue_line(recommendation: Recommendation, user, today: date) -> Line:
    values = {"day": distance(recommendation.due_date, today), "state": recommendation.get_state_display()}
    return Line(
        name=recommendation.statement,
        url=recommendation.get_absolute_url(),
        place=recommendation.evaluation.program.region.name,
        note=_("Tenggat %(day)s, status “%(state)s”") % values,
        is_example=recommendation.evaluation.program.is_example,
        is_late=True,
    )


def _unanswered(user, today: date) -> QuerySet:
    recommendations = Recommendation.objects.visible_to(user).filter(state__in=UNSETTLED, answer="")
    return recommendations.select_related("evaluation__program__region").order_by("priority", "due_date", "pk")


def _unanswered_line(recommendation: Recommendation, user, today: date) -> Line:
    values = {
        "day": distance(recommendation.due_date, today),
        "priority": recommendation.get_priority_display().lower(),
    }
    return Line(
        name=recommendation.statement,
        url=recommendation.get_absolute_url(),
        place=recommendation.evaluation.program.region.name,
        note=_("Prioritas %(priority)s, tenggat %(day)s") % values,
        is_example=recommendation.evaluation.program.is_example,
    )


LISTS: dict[str, WatchList] = {
    each.key: each
    for each in (
        WatchList(
            key="sedang-berjalan",
            title=gettext_lazy("Sedang berjalan"),
            permission="programs.view_program",
            rows=_running,
            line=_running_line,
            empty=gettext_lazy("Tidak ada program yang berstatus “Berjalan”."),
            page="program_list",
            query=f"state={Program.State.RUNNING}",
        ),
        WatchList(
            key="segera-mulai",
            title=gettext_lazy("Mulai dalam 30 hari"),
            permission="programs.view_program",
            rows=_starting,
            line=_starting_line,
            empty=gettext_lazy("Tidak ada program yang mulai dalam 30 hari ke depan."),
        ),
        WatchList(
            key="survei-dibuka",
            title=gettext_lazy("Survei yang sedang dibuka"),
            permission="evaluations.view_survey",
            rows=_open_surveys,
            line=_open_survey_line,
            empty=gettext_lazy("Tidak ada survei yang sedang dibuka."),
        ),
        WatchList(
            key="survei-segera-dibuka",
            title=gettext_lazy("Survei yang segera dibuka"),
            permission="evaluations.view_survey",
            rows=_coming_surveys,
            line=_coming_survey_line,
            empty=gettext_lazy("Tidak ada survei yang dibuka dalam 14 hari ke depan."),
        ),
        WatchList(
            key="evaluasi-belum-lengkap",
            title=gettext_lazy("Evaluasi tanpa survei atau temuan"),
            permission="evaluations.view_evaluation",
            rows=_bare_evaluations,
            line=_bare_evaluation_line,
            empty=gettext_lazy("Setiap evaluasi sudah mempunyai survei dan temuan."),
        ),
        WatchList(
            key="hasil-siap",
            title=gettext_lazy("Hasil evaluasi yang siap dibaca"),
            permission="reports.view_result",
            rows=_ready_results,
            line=_ready_result_line,
            empty=gettext_lazy("Belum ada evaluasi yang sampai pada tahap laporan."),
        ),
        WatchList(
            key="rekomendasi-terlambat",
            title=gettext_lazy("Rekomendasi lewat tenggat"),
            permission="evaluations.view_recommendation",
            rows=_overdue,
            line=_overdue_line,
            empty=gettext_lazy("Tidak ada rekomendasi yang lewat tenggat."),
            page="follow_up_list",
            query="late=terlambat",
        ),
        WatchList(
            key="rekomendasi-menunggu",
            title=gettext_lazy("Rekomendasi yang menunggu tanggapan"),
            permission="evaluations.answer_recommendation",
            rows=_unanswered,
            line=_unanswered_line,
            empty=gettext_lazy("Setiap rekomendasi sudah ditanggapi."),
            page="follow_up_list",
            query="late=belum-ditanggapi",
        ),
        *administration.LISTS,
    )
}
LISTS_OF: dict[str, tuple[str, ...]] = {
    Role.STAFF: ("sedang-berjalan", "segera-mulai", "rekomendasi-terlambat"),
    Role.EVALUATOR: (
        "survei-dibuka",
        "survei-segera-dibuka",
        "evaluasi-belum-lengkap",
        "rekomendasi-terlambat",
    ),
    Role.MANAGER: (
        "rekomendasi-menunggu",
        "rekomendasi-terlambat",
        "hasil-siap",
        "sedang-berjalan",
        "segera-mulai",
    ),
    Role.AUDITOR: ("perubahan-pekan-ini", "belum-pernah-masuk"),
    Role.ADMIN: (
        "kantor-belum-lengkap",
        "belum-pernah-masuk",
        "sedang-berjalan",
        "segera-mulai",
    ),
}
