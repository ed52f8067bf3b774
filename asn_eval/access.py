"""Who may do what: one screen, one diff. Which rows is the region gate's affair (scoping.py)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMIN = "admin", _("Admin")
    STAFF = "staf", _("Staf program")
    EVALUATOR = "evaluator", _("Evaluator")
    MANAGER = "manajer", _("Manajer")
    AUDITOR = "auditor", _("Auditor")


def _edit(app: str, *models_: str) -> frozenset[str]:
    return frozenset(f"{app}.{verb}_{model}" for model in models_ for verb in ("view", "add", "change", "delete"))


def _view(app: str, *models_: str) -> frozenset[str]:
    return frozenset(f"{app}.view_{model}" for model in models_)


PROGRAM_RECORDS = (
    "program",
    "batch",
    "objective",
    "activity",
    "speaker",
    "partnership",
    "material",
    "budgetline",
)
PERSONAL_RECORDS = ("person", "trainingrecord", "enrollment", "attendance", "certificate")
REFERENCE_LISTS = ("trainingform", "lessonhourrule", "learningduty", "budgetcomponent")
EVIDENCE_RECORDS = ("interview", "observation", "documentreview", "indicatorseries", "casestudy")
CODING_RECORDS = ("theme", "excerpt", "attachment")

HOME = frozenset({"accounts.view_home"})
# What became of one record stands beside it; the journal of all records is for who watches over them.
JOURNAL = frozenset({"history.view_journal"})
# What everyone with an account may read; no person stands in it.
READ = (
    HOME
    | frozenset({"history.view_history"})
    | _view("programs", *PROGRAM_RECORDS, "agency", "grade", *REFERENCE_LISTS)
    | _view("accounts", "regionalarea")
    | _view("evaluations", "evaluation", "survey", "instrument", "waverule", "theme", "finding", "recommendation")
)
PEOPLE = _edit("programs", *PERSONAL_RECORDS) | frozenset({"programs.merge_person", "programs.import_rows"})
RESULTS = frozenset({"reports.view_result", "reports.download_report"})
COLLECT = frozenset(
    {
        "evaluations.run_survey",
        "evaluations.view_invitation",
        "evaluations.add_response",
        "evaluations.export_response",
    }
)
# Progress of a recommendation is told by who works on it; whether it is accepted, by who leads.
FOLLOW = frozenset({"evaluations.follow_recommendation"})

POLICY: dict[str, frozenset[str]] = {
    Role.ADMIN: READ
    | RESULTS
    | PEOPLE
    | JOURNAL
    | _edit("programs", *PROGRAM_RECORDS, "agency", *REFERENCE_LISTS)
    | _edit("accounts", "user", "office", "regionalarea")
    | _edit("evaluations", "instrument", "waverule"),
    Role.STAFF: READ | RESULTS | PEOPLE | FOLLOW | _edit("programs", *PROGRAM_RECORDS, "agency"),
    Role.EVALUATOR: READ
    | RESULTS
    | COLLECT
    | FOLLOW
    | _view("programs", *PERSONAL_RECORDS)
    | _edit("evaluations", "evaluation", "survey", "respondent", "instrument")
    | _edit("evaluations", "finding", "recommendation", *EVIDENCE_RECORDS, *CODING_RECORDS),
    Role.MANAGER: READ | RESULTS | FOLLOW | frozenset({"evaluations.answer_recommendation"}),
    Role.AUDITOR: READ | RESULTS | JOURNAL | _view("accounts", "user", "office"),
}
PERMISSIONS: frozenset[str] = frozenset().union(*POLICY.values())


def permissions_of(role: str) -> frozenset[str]:
    """Every permission that ``role`` holds; none for a role that does not exist."""
    return POLICY.get(role, frozenset())
