"""What an evaluation has and what it lacks, in the words of its workspace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.numbers import format_integer
from evaluations.models import EVALUATION_TRANSITIONS, Evaluation, Finding, InstrumentVersion, Interview, Survey


@dataclass(frozen=True)
class Standing:
    """Where a survey stands today; `tone` is "", "active" or "attention"."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class InstrumentRow:
    """One instrument asked of one group, with its survey of each wave where there is one.

    ``waves`` has every wave that a column stands for: before and after, and later ones where any survey is held.
    """

    version: InstrumentVersion
    group: str
    waves: list[tuple[str, Survey | None]]

    @property
    def before(self) -> Survey | None:
        return self.waves[0][1]

    @property
    def after(self) -> Survey | None:
        return self.waves[1][1]


@dataclass(frozen=True)
class Step:
    """Something to do next. `url` is empty for who may not do it."""

    text: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage on the progress line; `place` is "done", "current" or ""."""

    label: str
    place: str


def answered(survey: Survey) -> str:
    """How many answered, of how many where that is known; surveys come `with_counts`."""
    language = get_language() or "id"
    n_answered = format_integer(survey.n_answered, language)
    if survey.is_public or not survey.n_invited:
        return _("%(answered)s jawaban") % {"answered": n_answered}
    return _("%(answered)s dari %(invited)s") % {
        "answered": n_answered,
        "invited": format_integer(survey.n_invited, language),
    }


def standing(survey: Survey, today: date) -> Standing:
    """The state of `survey` and its dates as one expression."""
    if survey.state == Survey.State.DRAFT:
        return Standing(_("Belum dibuka"), "attention" if survey.opens_on <= today else "")
    if survey.state == Survey.State.CLOSED:
        return Standing(_("Ditutup"))
    if today < survey.opens_on:
        return Standing(_("Menerima jawaban mulai %(day)s") % {"day": date_format(survey.opens_on)})
    if today > survey.closes_on:
        return Standing(_("Masa menjawab lewat"), "attention")
    return Standing(_("Menerima jawaban"), "active")


def instrument_rows(surveys: Iterable[Survey]) -> list[InstrumentRow]:
    """The surveys of an evaluation by instrument and group, the waves side by side."""
    cells: dict[tuple, dict[str, Survey]] = {}
    held = {Survey.Wave.BEFORE.value, Survey.Wave.AFTER.value}
    for survey in surveys:
        group = survey.get_group_display()
        recalled = _("retrospektif")
        name = f"{group} ({recalled})" if survey.is_retrospective else group
        cells.setdefault((survey.version, name), {})[survey.wave] = survey
        held.add(survey.wave)
    columns = [(wave.value, wave.label) for wave in Survey.Wave if wave.value in held]
    return [
        InstrumentRow(version, group, [(label, waves.get(wave)) for wave, label in columns])
        for (version, group), waves in cells.items()
    ]


def stages(evaluation: Evaluation) -> list[Stage]:
    """The way from plan to follow-up with the place of `evaluation` on it."""
    states = list(Evaluation.State)
    here = states.index(evaluation.state)
    return [
        Stage(state.label, "done" if place < here else "current" if place == here else "")
        for place, state in enumerate(states)
    ]


def open_steps(evaluation: Evaluation, surveys: list[Survey], *, user, today: date) -> list[Step]:
    """What is missing, the most urgent first; surveys come `with_counts`."""
    may = user.has_perm
    steps = list(_survey_steps(evaluation, surveys, may, today))
    lacking = (
        (
            evaluation.interviews.filter(state=Interview.State.HELD).exists(),
            _("Belum ada wawancara yang dicatat."),
            _("Catat wawancara"),
            may("evaluations.add_interview") and "interview_create",
        ),
        (
            evaluation.findings.filter(kind=Finding.Kind.CHALLENGE).exists(),
            _("Belum ada tantangan yang dicatat."),
            _("Catat temuan"),
            may("evaluations.add_finding") and "finding_create",
        ),
        (
            evaluation.recommendations.exists(),
            _("Belum ada rekomendasi."),
            _("Tambah rekomendasi"),
            may("evaluations.add_recommendation") and "recommendation_create",
        ),
    )
    steps += [
        Step(text, label, reverse(name, args=[evaluation.pk]) if name else "")
        for is_there, text, label, name in lacking
        if not is_there
    ]
    return steps


def _survey_steps(evaluation: Evaluation, surveys: list[Survey], may, today: date) -> Iterable[Step]:
    if not surveys:
        url = reverse("survey_create", args=[evaluation.pk]) if may("evaluations.add_survey") else ""
        yield Step(_("Belum ada survei yang direncanakan."), _("Rencanakan survei"), url)
    for survey in surveys:
        url = survey.get_absolute_url() if may("evaluations.run_survey") else ""
        name = {"survey": survey}
        is_now = survey.opens_on <= today <= survey.closes_on
        if survey.state == Survey.State.DRAFT and survey.opens_on <= today and not survey.n_answered:
            yield Step(_("Survei “%(survey)s” belum dibuka.") % name, _("Buka survei"), url)
        elif survey.state == Survey.State.OPEN and is_now and not survey.n_answered:
            yield Step(_("Survei “%(survey)s” belum mendapat jawaban.") % name, _("Bagikan tautan"), url)
        elif survey.state == Survey.State.OPEN and survey.closes_on < today:
            yield Step(
                _("Masa menjawab survei “%(survey)s” sudah lewat, tetapi survei belum ditutup.") % name,
                _("Tutup survei"),
                url,
            )


def forward_state(evaluation: Evaluation) -> str:
    """The next stage, "" at the last one."""
    states = list(Evaluation.State)
    here = states.index(evaluation.state)
    return next((state for state in EVALUATION_TRANSITIONS[evaluation.state] if states.index(state) > here), "")
