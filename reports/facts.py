"""Rows reached from an evaluation -> the plain facts of its report. A fixed number of queries."""

from collections.abc import Iterable

from django.db.models import Prefetch

from asn_eval.accounts.logos import logo_data_uri
from evaluations.chain_strength import Strength, confidence_name, reasons_for, spread_of
from evaluations.citations import is_own_words, part_name, public_quote
from evaluations.finding_strength import TEXTS, WEIGHED, is_withdrawn, strengths_of
from evaluations.models import (
    CaseEvidence,
    Evaluation,
    Evidence,
    Finding,
    InstrumentVersion,
    Interview,
    Item,
    ObjectiveMeasure,
    Recommendation,
)
from evaluations.models.findings import CASE_SOURCES, SourceLink
from evaluations.sheet_values import side_by_side, visit_pairs
from programs.models import Program
from programs.models.programs import Polarity
from reports.fact_contents import (
    ActivityFacts,
    CaseStudyFacts,
    DocumentFacts,
    EarlierFacts,
    EvidenceFacts,
    FindingFacts,
    InstrumentFacts,
    InterviewFacts,
    ItemFacts,
    ObjectiveFacts,
    ObservationFacts,
    OfficeFacts,
    ProgramFacts,
    RecommendationFacts,
    SheetFacts,
    SheetLineFacts,
)
from reports.words import survey_name

SOURCE_NAMES = {
    "interview": "Wawancara",
    "observation": "Observasi",
    "document": "Dokumen",
    "indicator": "Indikator",
    "survey": "Survei",
    "case_study": "Studi kasus",
}


def office_facts(program: Program) -> OfficeFacts:
    office = program.organizer
    return OfficeFacts(
        name=office.name,
        letterhead=tuple(office.letterhead_lines),
        city=office.city,
        time_zone=office.get_time_zone_display(),
        logo=logo_data_uri(office),
    )


def program_facts(program: Program, measures: Iterable[ObjectiveMeasure] = ()) -> ProgramFacts:
    """``measures`` say which survey results speak of which objective."""
    measured: dict[int, list[tuple[str, str]]] = {}
    for measure in measures:
        measured.setdefault(measure.objective_id, []).append((measure.instrument.key, measure.dimension))
    return ProgramFacts(
        name=program.name,
        type=program.get_type_display(),
        region=program.region.full_name or program.region.name,
        start_date=program.start_date,
        end_date=program.end_date,
        background=program.background.strip(),
        aims=program.aims.strip(),
        target_group=program.target_group.strip(),
        objectives=tuple(
            ObjectiveFacts(
                statement=objective.statement,
                indicator=objective.indicator,
                unit=objective.unit,
                more_is_better=objective.polarity == Polarity.MORE,
                baseline=objective.baseline,
                target=objective.target,
                key=objective.pk,
                measures=tuple(measured.get(objective.pk, ())),
            )
            for objective in program.objectives.all()
        ),
        activities=tuple(
            ActivityFacts(
                title=activity.title,
                form=activity.form.name,
                delivery=activity.get_delivery_display(),
                method=activity.method,
                topic=activity.topic,
                lesson_hours=activity.lesson_hours,
                start_date=activity.start_date,
                end_date=activity.end_date,
                place=activity.place,
                speakers="; ".join(map(str, activity.speakers.all())),
            )
            for activity in program.activities.select_related("form").prefetch_related("speakers")
        ),
    )


def instrument_facts(version: InstrumentVersion, items: Iterable[Item]) -> InstrumentFacts:
    """``items`` in the order of the form."""
    return InstrumentFacts(
        name=version.instrument.name,
        number=version.number,
        scoring=version.scoring,
        description=version.instrument.description,
        source=version.instrument.source,
        dimensions=tuple(version.dimension_names.items()),
        key=version.instrument.key,
        items=tuple(
            ItemFacts(
                key=item.key,
                label=item.label,
                text=item.text,
                type=item.type,
                is_closed=item.is_closed,
                minimum=item.minimum,
                maximum=item.maximum,
                dimension=item.dimension,
                is_reverse=item.is_reverse,
                options=_options(item),
            )
            for item in items
            if item.is_answered
        ),
    )


def _options(item: Item) -> tuple[tuple[str, str, float | None], ...]:
    if item.type == Item.Type.YES_NO:
        return (("1", "Ya", None), ("0", "Tidak", None))
    return tuple((option["key"], option["id"], option.get("score")) for option in item.options)


def interview_facts(evaluation: Evaluation) -> tuple[InterviewFacts, ...]:
    """By role alone: with the unit beside it, many a role is one person."""
    return tuple(
        InterviewFacts(
            key=f"interview-{interview.pk}", role=interview.get_informant_role_display(), date=interview.date
        )
        for interview in evaluation.interviews.filter(state=Interview.State.HELD).defer("text")
    )


def observation_facts(evaluation: Evaluation) -> tuple[ObservationFacts, ...]:
    return tuple(
        ObservationFacts(unit=seen.unit, date=seen.date, before=seen.before.strip(), after=seen.after.strip())
        for seen in evaluation.observations.all()
    )


def sheet_facts(evaluation: Evaluation) -> tuple[SheetFacts, ...]:
    """The units that were observed by one sheet before and after the program."""
    visits = evaluation.observations.exclude(sheet={}).select_related("version__instrument")
    return tuple(
        SheetFacts(
            unit=after.unit,
            instrument=after.version.instrument.name,
            before=before.date,
            after=after.date,
            lines=tuple(
                SheetLineFacts(
                    line.item.label_shown, line.before, line.after, line.change, line.by, line.item.unit
                )
                for line in side_by_side(before, after)
            ),
        )
        for before, after in visit_pairs(visits.prefetch_related("version__items"))
    )


def document_facts(evaluation: Evaluation) -> tuple[DocumentFacts, ...]:
    return tuple(
        DocumentFacts(
            title=document.title,
            number=document.number,
            date=document.date,
            kind=document.kind,
            shows=document.shows.strip(),
        )
        for document in evaluation.documents.all()
    )


def case_study_facts(evaluation: Evaluation) -> tuple[CaseStudyFacts, ...]:
    links = CaseEvidence.objects.select_related(*CASE_SOURCES, "survey__version__instrument").defer(
        "interview__text"
    )
    return tuple(
        CaseStudyFacts(
            title=case.title,
            unit=case.unit,
            before=case.before.strip(),
            applied=case.applied.strip(),
            after=case.after.strip(),
            public_effect=case.public_effect.strip(),
            source=case.source,
            evidence=tuple(_evidence(link) for link in case.sources.all()),
        )
        for case in evaluation.case_studies.prefetch_related(Prefetch("sources", links))
    )


def finding_facts(evaluation: Evaluation) -> tuple[FindingFacts, ...]:
    """Findings with their evidence, the heaviest first within each kind."""
    evidence = Evidence.objects.select_related(*WEIGHED).prefetch_related("survey__version__items").defer(*TEXTS)
    findings = list(evaluation.findings.prefetch_related(Prefetch("evidence", evidence)))
    strengths = strengths_of(findings, evaluation)
    return tuple(_finding(finding, strengths[finding.pk]) for finding in findings)


def recommendation_facts(evaluation: Evaluation) -> tuple[RecommendationFacts, ...]:
    return tuple(
        RecommendationFacts(
            key=recommendation.pk,
            statement=recommendation.statement,
            kind=recommendation.get_kind_display(),
            implementation=recommendation.implementation.strip(),
            owner=recommendation.owner,
            priority=recommendation.get_priority_display(),
            due_date=recommendation.due_date,
            state=recommendation.get_state_display(),
            answers=tuple(finding.statement for finding in recommendation.findings.all()),
            resources=recommendation.resources.strip(),
            implementability=recommendation.get_implementability_display(),
            management_answer=recommendation.get_answer_display(),
            management_reason=recommendation.answer_reason.strip(),
            **_progress(recommendation),
        )
        for recommendation in evaluation.recommendations.prefetch_related("findings", "notes")
    )


def earlier_facts(evaluation: Evaluation) -> tuple[EarlierFacts, ...]:
    """What this evaluation judged of earlier ones of its own region: whoever reads it sees those too."""
    reviews = evaluation.reviews.filter(recommendation__evaluation__program__region=evaluation.program.region_id)
    reviews = reviews.select_related("recommendation__evaluation").prefetch_related(
        "recommendation__notes", "recommendation__proofs"
    )
    return tuple(
        EarlierFacts(
            evaluation=promised.evaluation.title,
            statement=promised.statement,
            owner=promised.owner,
            due_date=promised.due_date,
            management_answer=promised.get_answer_display(),
            state=promised.get_state_display(),
            is_done=promised.state == Recommendation.State.DONE,
            n_proofs=len(promised.proofs.all()),
            outcome=review.get_outcome_display(),
            reason=review.reason.strip(),
            **_progress(promised),
        )
        for review in reviews.order_by("-recommendation__evaluation__start_date", "pk")
        for promised in [review.recommendation]
    )


def _progress(recommendation: Recommendation) -> dict:
    last = max(recommendation.notes.all(), key=lambda note: (note.date, note.pk), default=None)
    return (
        {"progress": last.text.strip(), "progress_on": last.date}
        if last
        else {"progress": "", "progress_on": None}
    )


def _finding(finding: Finding, strength: Strength) -> FindingFacts:
    supports = Evidence.Stance.SUPPORTS
    # What an informant took back counts for nothing, here as in the strength of the finding.
    held = [piece for piece in finding.evidence.all() if not is_withdrawn(piece)]
    pieces = [(piece.stance == supports, _evidence(piece)) for piece in held]
    return FindingFacts(
        key=finding.pk,
        kind=finding.kind,
        statement=finding.statement,
        category=finding.get_category_display(),
        severity=finding.severity,
        severity_name=finding.get_severity_display() if finding.severity else "",
        mitigation=finding.mitigation.strip(),
        actor=finding.actor,
        evidence=tuple(piece for is_support, piece in pieces if is_support),
        contradicting=tuple(piece for is_support, piece in pieces if not is_support),
        spread=tuple(spread_of(strength)),
        confidence=confidence_name(strength),
        reasons=tuple(reasons_for(strength)),
        objective=finding.objective_id,
    )


def _source_name(field: str, source, part: str) -> str:
    if field == "interview":
        role = source.get_informant_role_display()
        return role if source.cited_as == role else f"{source.cited_as} ({role.lower()})"
    if field == "survey":
        group, wave = source.get_group_display().lower(), source.get_wave_display().lower()
        name = f"{survey_name(source.version.instrument.name)}, {group}, {wave} program"
        return f"{name}: {part_name(source.version, part)}" if part else name
    return str(source)


def _evidence(evidence: SourceLink) -> EvidenceFacts:
    field = evidence.source_field
    source = evidence.source
    if field == "interview":
        quote = public_quote(source, evidence.quote)
    else:
        quote = "" if is_own_words(evidence) else evidence.quote
    return EvidenceFacts(
        key=f"{field}-{source.pk}",
        is_interview=field == "interview",
        kind=SOURCE_NAMES[field],
        source=_source_name(field, source, evidence.part),
        date=getattr(source, "date", None),
        quote=quote.strip(),
    )
