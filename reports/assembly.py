"""An evaluation -> its report as one frozen object."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.utils import translation

from evaluations.models import Evaluation, Finding, Item, Survey
from evaluations.version_comparison import REWORDED, SAME, compare_versions
from programs.models import Enrollment, Program
from reports.analysis.groups import suppress_small_groups
from reports.analysis.themes import ThemeCounts, count_themes
from reports.choice_outcomes import choice_results
from reports.contents import EvaluationReport
from reports.earlier import moves_between
from reports.fact_contents import (
    FindingFacts,
    GroupCount,
    InterviewFacts,
    Participants,
    SurveyFacts,
)
from reports.facts import (
    case_study_facts,
    document_facts,
    earlier_facts,
    finding_facts,
    instrument_facts,
    interview_facts,
    observation_facts,
    office_facts,
    program_facts,
    recommendation_facts,
    sheet_facts,
)
from reports.frames import COMPARISON, PARTICIPANT, Frames, collect
from reports.indicator_outcomes import indicator_results
from reports.outcomes import (
    Material,
    competence_results,
    knowledge_results,
    level_results,
    main_group,
    paired_surveys,
    reliability_results,
    satisfaction_results,
    version_breaks,
)
from reports.result_contents import Moves
from reports.unit_responses import unit_responses


def assemble(evaluation: Evaluation, *, generated_at: datetime) -> EvaluationReport:
    """The report of ``evaluation`` from what is stored at this moment, in Indonesian.

    ``generated_at`` is aware of its time zone and is shown in that of the organising office. The number of
    queries depends neither on respondents nor on surveys. Personal names appear only where an informant
    allowed it.
    """
    with translation.override("id"):
        return _assemble(evaluation, generated_at)


@lru_cache
def code_version() -> str:
    """The version of this program, as pyproject.toml states it."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def _assemble(evaluation: Evaluation, generated_at: datetime) -> EvaluationReport:
    program = evaluation.program
    material = material_of(evaluation)
    findings = finding_facts(evaluation)
    measures = evaluation.objective_measures.select_related("instrument")
    interviews = interview_facts(evaluation)
    indicators, predicates = indicator_results(evaluation)
    return EvaluationReport(
        title=evaluation.title,
        generated_at=generated_at.astimezone(ZoneInfo(program.organizer.time_zone)),
        code_version=code_version(),
        is_example=program.is_example,
        office=office_facts(program),
        program=program_facts(program, measures),
        start_date=evaluation.start_date,
        end_date=evaluation.end_date,
        team=evaluation.team,
        questions=tuple(evaluation.question_list),
        criteria=evaluation.criteria,
        design=evaluation.get_design_display(),
        has_comparison=evaluation.design == Evaluation.Design.WITH_COMPARISON,
        method_note=evaluation.method_note.strip(),
        minimum_group=evaluation.minimum_group,
        participants=_participants(program, evaluation.minimum_group),
        instruments=tuple(material.instruments.values()),
        surveys=tuple(material.facts.values()),
        unit_responses=unit_responses(evaluation, material.surveys, evaluation.minimum_group),
        interviews=interviews,
        observations=observation_facts(evaluation),
        sheets=sheet_facts(evaluation),
        documents=document_facts(evaluation),
        reliabilities=reliability_results(material),
        competence=competence_results(material),
        knowledge=knowledge_results(material),
        satisfaction=satisfaction_results(material),
        levels=level_results(material),
        choices=choice_results(material),
        breaks=version_breaks(material),
        indicators=indicators,
        predicates=predicates,
        findings=findings,
        challenge_themes=_challenge_themes(interviews, findings),
        recommendations=recommendation_facts(evaluation),
        case_studies=case_study_facts(evaluation),
        closing_remark=evaluation.closing_remark.strip(),
        earlier=earlier_facts(evaluation),
        moves=_moves_since(evaluation, material),
    )


def _moves_since(evaluation: Evaluation, material: Material) -> Moves | None:
    """How the measures moved since the latest evaluation of the region that this one judges."""
    judged = evaluation.reviews.filter(recommendation__evaluation__program__region=evaluation.program.region_id)
    latest = judged.select_related("recommendation__evaluation").order_by(
        "-recommendation__evaluation__start_date"
    )
    review = latest.first()
    if review is None:
        return None
    earlier = review.recommendation.evaluation
    return moves_between(earlier, material_of(earlier), evaluation, material)


def material_of(evaluation: Evaluation) -> Material:
    surveys = sorted(
        evaluation.surveys.select_related("version__instrument"),
        key=lambda survey: (survey.version.instrument.name, survey.version_id, survey.group, survey.opens_on),
    )
    items = _items(surveys)
    versions = {survey.version_id: survey.version for survey in surveys}
    instruments = {key: instrument_facts(version, items[key]) for key, version in versions.items()}
    comparable = _comparable(surveys, items)
    frames = collect(evaluation, surveys, instruments, paired_surveys(surveys), comparable)
    return Material(
        surveys=surveys,
        instruments=instruments,
        frames=frames,
        facts=_survey_facts(surveys, frames),
        minimum=evaluation.minimum_group,
        comparable=comparable,
    )


def _items(surveys: Sequence[Survey]) -> dict[int, list[Item]]:
    """The items of each version, in one query."""
    items: dict[int, list[Item]] = {survey.version_id: [] for survey in surveys}
    for item in Item.objects.filter(version__in=items):
        items[item.version_id].append(item)
    return items


def _comparable(
    surveys: Sequence[Survey], items: Mapping[int, list[Item]]
) -> dict[tuple[int, int], frozenset[str]]:
    """For two versions of one instrument the keys of the items that ask the same, if in other words."""
    versions = {survey.version_id: survey.version for survey in surveys}
    return {
        (old, new): frozenset(
            key for key, status in compare_versions(items[old], items[new]) if status in (SAME, REWORDED)
        )
        for old, version in versions.items()
        for new, other in versions.items()
        if old != new and version.instrument_id == other.instrument_id
    }


def _survey_facts(surveys: Sequence[Survey], frames: Frames) -> dict[tuple[int, str | None], SurveyFacts]:
    """One entry per survey for those it is held for, one more where the comparison group was asked."""
    facts = {}
    for survey in surveys:
        groups = [main_group(survey)]
        if (survey.pk, COMPARISON) in {*frames.waves, *frames.invited}:
            groups.append(COMPARISON)
        for group in groups:
            wave = frames.waves.get((survey.pk, group))
            facts[survey.pk, group] = SurveyFacts(
                instrument=survey.version.instrument.name,
                respondents=_group_name(survey, group),
                is_public=survey.is_public,
                is_before=survey.wave == Survey.Wave.BEFORE,
                wave=survey.wave_shown,
                mode=survey.get_mode_display(),
                opens_on=survey.opens_on,
                closes_on=survey.closes_on,
                n_invited=None if survey.is_public else frames.invited.get((survey.pk, group), 0),
                n_answered=wave.n if wave else 0,
                # Anonymous answers have no day; they came while the survey was open.
                first_received=wave.first_received or survey.opens_on if wave else None,
                last_received=wave.last_received or survey.closes_on if wave else None,
                is_retrospective=survey.is_retrospective,
                group=survey.group,
            )
    return facts


def _group_name(survey: Survey, group: str | None) -> str:
    if group != COMPARISON:
        return survey.get_group_display()
    if survey.is_of_participants:
        return "Kelompok pembanding"
    return f"{survey.get_group_display()} kelompok pembanding"


def _participants(program: Program, minimum: int) -> Participants:
    by_group, by_status, by_agency = Counter(), Counter(), Counter()
    n_withdrawn = 0
    counted = (
        program.enrollments.order_by()
        .values_list("group", "status", "person__status", "person__agency__name")
        .annotate(Count("pk"))
    )
    for group, status, employment, agency, n in counted:
        by_group[group] += n
        if group == PARTICIPANT:
            by_status[employment] += n
            by_agency[agency] += n
            n_withdrawn += n if status == Enrollment.Status.WITHDRAWN else 0
    return Participants(
        n_participants=by_group[PARTICIPANT],
        n_comparison=by_group[COMPARISON],
        n_withdrawn=n_withdrawn,
        by_status=_group_counts(by_status, minimum),
        by_agency=_group_counts(by_agency, minimum),
    )


def _group_counts(sizes: Mapping[str, int], minimum: int) -> tuple[GroupCount, ...]:
    suppression = suppress_small_groups(sizes, minimum=minimum)
    largest_first = sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(GroupCount(name, suppression.of(name) or n) for name, n in largest_first)


def _challenge_themes(interviews: Sequence[InterviewFacts], findings: Sequence[FindingFacts]) -> ThemeCounts:
    """How many informants named each category of challenge."""
    return count_themes(
        {interview.key: interview.role for interview in interviews},
        [
            (finding.category, evidence.key)
            for finding in findings
            if finding.kind == Finding.Kind.CHALLENGE
            for evidence in finding.evidence
            if evidence.is_interview
        ],
    )
