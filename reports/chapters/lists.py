"""Facts of a program and what was concluded from it -> tables of words."""

from collections.abc import Sequence

from asn_eval.numbers import MISSING, format_integer, format_percent
from reports.analysis.results import Suppressed
from reports.blocks import Column, Table
from reports.fact_contents import (
    ActivityFacts,
    FindingFacts,
    GroupCount,
    ObjectiveFacts,
    RecommendationFacts,
    SurveyResponse,
)
from reports.narrative.summary import evidence_summary
from reports.words import amount, day, period


def count_table(caption: str, heading: str, counts: Sequence[GroupCount]) -> Table:
    withheld = next((one.n for one in counts if isinstance(one.n, Suppressed)), None)
    return Table(
        caption=caption,
        columns=(Column(heading), Column("Peserta", "number")),
        rows=tuple(
            (one.label, MISSING if isinstance(one.n, Suppressed) else format_integer(one.n)) for one in counts
        ),
        note=""
        if withheld is None
        else f"{MISSING}: tidak ditampilkan untuk melindungi kelompok yang lebih kecil dari "
        f"{format_integer(withheld.minimum)} orang.",
    )


def unit_table(response: SurveyResponse) -> Table:
    """Units that may be shown by their numbers, the others together."""
    withheld = next((one.n_invited for one in response.units if isinstance(one.n_invited, Suppressed)), None)
    shown = [one for one in response.units if not isinstance(one.n_invited, Suppressed)]
    rows = [
        (one.unit, format_integer(one.n_invited), format_integer(one.n_answered), format_percent(one.rate, 1))
        for one in shown
    ]
    if withheld is not None:
        n = len(response.units) - len(shown)
        rows.append((f"Unit kerja lain ({format_integer(n)})", MISSING, MISSING, MISSING))
    return Table(
        caption=f"Respons menurut unit kerja: {response.instrument}, {response.wave.lower()}",
        columns=(
            Column("Unit kerja"),
            Column("Diundang", "number"),
            Column("Menjawab", "number"),
            Column("Respons", "number"),
        ),
        rows=tuple(rows),
        note=""
        if withheld is None
        else f"{MISSING}: tidak ditampilkan untuk melindungi unit yang lebih kecil dari "
        f"{format_integer(withheld.minimum)} orang.",
    )


def objective_table(objectives: Sequence[ObjectiveFacts]) -> Table:
    return Table(
        caption="Sasaran, indikator, dan target",
        columns=(
            Column("Sasaran"),
            Column("Indikator"),
            Column("Arah", "text"),
            Column("Nilai awal", "number"),
            Column("Target", "number"),
        ),
        rows=tuple(
            (
                objective.statement,
                f"{objective.indicator} ({objective.unit})" if objective.unit else objective.indicator,
                "makin tinggi makin baik" if objective.more_is_better else "makin rendah makin baik",
                amount(objective.baseline),
                amount(objective.target),
            )
            for objective in objectives
        ),
    )


def activity_table(activities: Sequence[ActivityFacts], total: str) -> Table:
    rows = tuple(
        (
            f"{activity.title} ({activity.topic})" if activity.topic else activity.title,
            ", ".join(filter(None, (activity.form, activity.method, activity.delivery.lower()))),
            period(activity.start_date, activity.end_date),
            activity.speakers or MISSING,
            amount(activity.lesson_hours),
        )
        for activity in activities
    )
    return Table(
        caption="Kegiatan program",
        columns=(
            Column("Kegiatan dan materi"),
            Column("Bentuk dan metode"),
            Column("Waktu"),
            Column("Narasumber"),
            Column("JP", "number"),
        ),
        rows=(*rows, ("Jumlah", "", "", "", total)),
        note="JP: jam pelajaran.",
        strong_rows=frozenset({len(rows)}),
    )


def challenge_table(challenges: Sequence[FindingFacts]) -> Table:
    return Table(
        caption="Tantangan, bukti, dan cara mengatasinya",
        columns=(
            Column("Tantangan"),
            Column("Kategori"),
            Column("Keparahan", "short"),
            Column("Bukti"),
            Column("Cara mengatasi"),
            Column("Pihak"),
        ),
        rows=tuple(
            (
                challenge.statement,
                challenge.category,
                challenge.severity_name or MISSING,
                evidence_summary(challenge),
                challenge.mitigation or MISSING,
                challenge.actor or MISSING,
            )
            for challenge in challenges
        ),
    )


def recommendation_table(recommendations: Sequence[RecommendationFacts]) -> Table:
    return Table(
        caption="Rekomendasi, penanggung jawab, dan tenggat",
        columns=(
            Column("No.", "number"),
            Column("Rekomendasi"),
            Column("Penanggung jawab"),
            Column("Prioritas", "short"),
            Column("Tenggat", "short"),
            Column("Status"),
        ),
        rows=tuple(
            (
                format_integer(number),
                recommendation.statement,
                recommendation.owner,
                recommendation.priority,
                day(recommendation.due_date),
                recommendation.state,
            )
            for number, recommendation in enumerate(recommendations, start=1)
        ),
    )
