"""The evidence of one evaluation as its workspace lists it: sections of short tables."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.chain_strength import Strength, confidence_name, spread_of
from evaluations.finding_strength import strengths_of, with_evidence
from evaluations.models import (
    CaseStudy,
    DocumentReview,
    Evaluation,
    Finding,
    IndicatorSeries,
    Interview,
    Observation,
    Recommendation,
)

ROWS_SHOWN = 25  # of a section; the rest stands on a list of its own
# What has to be acted on is read first.
KIND_ORDER = (
    Finding.Kind.CHALLENGE,
    Finding.Kind.WEAKNESS,
    Finding.Kind.NEED,
    Finding.Kind.IMPACT,
    Finding.Kind.STRENGTH,
)


@dataclass(frozen=True)
class Cell:
    """One value of a row; ``state`` is "", "active" or "attention" and shows it as a word of state."""

    label: str
    text: str
    state: str = ""

    @property
    def is_number(self) -> bool:
        return self.text.isdecimal()


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class EvidenceSection:
    """One kind of record. ``add_url`` is empty for who may not add."""

    slug: str
    heading: str
    title_label: str
    rows: tuple[Row, ...]
    empty: str
    add_label: str
    add_url: str
    more: tuple[tuple[str, str], ...] = ()  # (label, address) of further pages
    more_url: str = ""  # the list of all of them, when this page shows the first only
    n_all: int = 0


def evidence_context(evaluation: Evaluation, user) -> dict:
    """``{"evidence_sections": […], "chain_sections": […]}`` for ``_evidence_sections.html``.

    Holds only what ``user``'s role reads, in a number of queries that does not
    depend on how much was recorded.
    """
    return {
        "evidence_sections": _readable(evaluation, user, SOURCE_SECTIONS),
        "chain_sections": _readable(evaluation, user, CHAIN_SECTIONS),
    }


def _readable(evaluation: Evaluation, user, builders: dict) -> list[EvidenceSection]:
    return [
        build(evaluation, _add_url(evaluation, user, model))
        for model, build in builders.items()
        if user.has_perm(f"evaluations.view_{model._meta.model_name}")
    ]


def _add_url(evaluation: Evaluation, user, model) -> str:
    if not user.has_perm(f"evaluations.add_{model._meta.model_name}"):
        return ""
    return reverse(CREATE_URL[model], args=[evaluation.pk])


def _first(rows: QuerySet) -> tuple[list, int]:
    """The newest rows that a section shows, and how many there are; one query unless there are more."""
    newest = list(rows.order_by("-date", "-pk")[: ROWS_SHOWN + 1])
    if len(newest) <= ROWS_SHOWN:
        return newest, len(newest)
    return newest[:ROWS_SHOWN], rows.count()


def _list_url(evaluation: Evaluation, name: str, n_all: int) -> str:
    return reverse(name, args=[evaluation.pk]) if n_all > ROWS_SHOWN else ""


def _sheet_cell(row: Observation) -> Cell:
    """The sheet that the record follows; one that waits to be filled in says so."""
    if row.version_id is None:
        return Cell(_("Lembar"), "–")
    return (
        Cell(_("Lembar"), str(row.version.instrument))
        if row.sheet
        else Cell(_("Lembar"), _("belum diisi"), "attention")
    )


def _interviews(evaluation: Evaluation, add_url: str) -> EvidenceSection:
    interviews = evaluation.interviews.defer("text").annotate(n_marked=Count("evidence"))
    today = timezone.localdate()
    more = [(_("Semua wawancara"), reverse("interview_list", args=[evaluation.pk]))]
    if add_url:
        more.append((_("Rencanakan wawancara"), reverse("interview_plan", args=[evaluation.pk])))
    return EvidenceSection(
        slug="wawancara",
        heading=_("Wawancara"),
        title_label=_("Informan"),
        rows=tuple(
            Row(
                str(interview),
                interview.get_absolute_url(),
                (
                    Cell(_("Tanggal"), formats.date_format(interview.date)),
                    interview_state(interview, today),
                    interview_consent(interview),
                    Cell(_("Bagian ditandai"), str(interview.n_marked)),
                ),
            )
            for interview in interviews
        ),
        empty=_("Belum ada wawancara. Catat apa yang dikatakan atasan, peserta, atau petugas layanan."),
        add_label=_("Catat wawancara"),
        add_url=add_url,
        more=tuple(more),
    )


def interview_state(interview: Interview, today: date) -> Cell:
    """The state in words; a plan whose day went by says so."""
    if interview.is_planned and interview.date < today:
        return Cell(_("Status"), _("Rencana lewat tanggal"), "attention")
    return Cell(_("Status"), interview.get_state_display(), "active" if interview.is_held else "plain")


def interview_consent(interview: Interview) -> Cell:
    if interview.withdrawn_on:
        return Cell(_("Persetujuan"), _("Ditarik"), "attention")
    return Cell(_("Persetujuan"), interview.get_consent_display() or "–")


def _observations(evaluation: Evaluation, add_url: str) -> EvidenceSection:
    shown, n_all = _first(evaluation.observations.select_related("version__instrument"))
    return EvidenceSection(
        slug="observasi",
        heading=_("Observasi"),
        title_label=_("Unit kerja"),
        rows=tuple(
            Row(
                str(seen),
                seen.get_absolute_url(),
                (
                    Cell(_("Tanggal"), formats.date_format(seen.date)),
                    Cell(_("Saat pengamatan"), seen.get_moment_display()),
                    _sheet_cell(seen),
                ),
            )
            for seen in shown
        ),
        empty=_("Belum ada observasi. Catat apa yang terlihat, sebelum dan sesudah program."),
        add_label=_("Catat observasi"),
        add_url=add_url,
        more_url=_list_url(evaluation, "observation_list", n_all),
        n_all=n_all,
    )


def _documents(evaluation: Evaluation, add_url: str) -> EvidenceSection:
    shown, n_all = _first(evaluation.documents.select_related("version__instrument"))
    return EvidenceSection(
        slug="dokumen",
        heading=_("Telaah dokumen"),
        title_label=_("Dokumen"),
        rows=tuple(
            Row(
                document.title,
                document.get_absolute_url(),
                (
                    Cell(_("Jenis dokumen"), document.kind),
                    Cell(_("Nomor dokumen"), document.number),
                    Cell(_("Tanggal"), formats.date_format(document.date)),
                ),
            )
            for document in shown
        ),
        empty=_("Belum ada dokumen yang ditelaah."),
        add_label=_("Catat telaah dokumen"),
        add_url=add_url,
        more_url=_list_url(evaluation, "document_list", n_all),
        n_all=n_all,
    )


def _indicators(evaluation: Evaluation, add_url: str) -> EvidenceSection:
    indicators = evaluation.indicators.annotate(n_measured=Count("measurements"))
    return EvidenceSection(
        slug="indikator",
        heading=_("Indikator layanan"),
        title_label=_("Indikator"),
        rows=tuple(
            Row(
                series.name,
                series.get_absolute_url(),
                (
                    Cell(_("Unit kerja"), series.agency_name),
                    Cell(_("Satuan"), _("predikat") if series.is_of_predicates else series.unit),
                    Cell(
                        _("Pengukuran"),
                        str(series.n_measured),
                        # One value shows no change.
                        "attention" if series.n_measured < 2 else "",
                    ),
                ),
            )
            for series in indicators
        ),
        empty=_("Belum ada indikator. Contoh: waktu penyelesaian layanan, dalam hari."),
        add_label=_("Tambah indikator"),
        add_url=add_url,
    )


def _case_studies(evaluation: Evaluation, add_url: str) -> EvidenceSection:
    return EvidenceSection(
        slug="studi-kasus",
        heading=_("Studi kasus"),
        title_label=_("Judul"),
        rows=tuple(
            Row(
                case.title,
                case.get_absolute_url(),
                (
                    Cell(_("Unit kerja"), case.unit),
                    Cell(_("Sumber tertaut"), str(case.n_sources), "" if case.n_sources else "attention"),
                ),
            )
            for case in evaluation.case_studies.annotate(n_sources=Count("sources"))
        ),
        empty=_("Belum ada studi kasus."),
        add_label=_("Catat studi kasus"),
        add_url=add_url,
    )


def _findings(evaluation: Evaluation, add_url: str) -> EvidenceSection:
    order = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(KIND_ORDER)), output_field=IntegerField()
    )
    findings = list(
        with_evidence(evaluation.findings.annotate(n_answers=Count("recommendations", distinct=True))).order_by(
            order, "-severity", "pk"
        )
    )
    strengths = strengths_of(findings, evaluation)
    return EvidenceSection(
        slug="temuan",
        heading=_("Temuan"),
        title_label=_("Temuan"),
        rows=tuple(
            Row(
                finding.statement,
                finding.get_absolute_url(),
                (
                    Cell(_("Jenis"), finding.get_kind_display()),
                    Cell(_("Kategori"), finding.get_category_display()),
                    Cell(_("Keparahan atau kekuatan"), finding.get_severity_display() or ""),
                    Cell(_("Bukti"), _evidence_in_words(finding, strengths[finding.pk])),
                    Cell(_("Keyakinan"), confidence_name(strengths[finding.pk])),
                    _answers(finding),
                ),
            )
            for finding in findings
        ),
        empty=_("Belum ada temuan. Temuan dicatat dari wawancara, observasi, dokumen, indikator, atau survei."),
        add_label=_("Catat temuan"),
        add_url=add_url,
    )


def _evidence_in_words(finding: Finding, strength: Strength) -> str:
    n = len(finding.evidence.all())
    return ", ".join([ngettext("%(n)s bukti", "%(n)s bukti", n) % {"n": n}, *spread_of(strength)])


def _answers(finding: Finding) -> Cell:
    if finding.n_answers or finding.kind != Finding.Kind.CHALLENGE:
        return Cell(_("Rekomendasi"), str(finding.n_answers))
    return Cell(_("Rekomendasi"), _("belum ada"), "attention")


def _recommendations(evaluation: Evaluation, add_url: str) -> EvidenceSection:
    return EvidenceSection(
        slug="rekomendasi",
        heading=_("Rekomendasi"),
        title_label=_("Rekomendasi"),
        rows=tuple(
            Row(
                recommendation.statement,
                recommendation.get_absolute_url(),
                (
                    Cell(_("Prioritas"), recommendation.get_priority_display()),
                    Cell(_("Penanggung jawab"), recommendation.owner),
                    Cell(_("Tenggat"), formats.date_format(recommendation.due_date)),
                    state_of(recommendation),
                ),
            )
            for recommendation in evaluation.recommendations.all()
        ),
        empty=_("Belum ada rekomendasi. Setiap rekomendasi menjawab paling sedikit satu temuan."),
        add_label=_("Tambah rekomendasi"),
        add_url=add_url,
    )


def state_of(recommendation: Recommendation) -> Cell:
    """The state in words; what is overdue says so."""
    unfinished = recommendation.state in {Recommendation.State.PROPOSED, Recommendation.State.RUNNING}
    if unfinished and recommendation.due_date < timezone.localdate():
        return Cell(_("Status"), _("Lewat tenggat"), "attention")
    return Cell(_("Status"), recommendation.get_state_display(), "active")


SOURCE_SECTIONS = {
    Interview: _interviews,
    Observation: _observations,
    DocumentReview: _documents,
    IndicatorSeries: _indicators,
    CaseStudy: _case_studies,
}
CHAIN_SECTIONS = {Finding: _findings, Recommendation: _recommendations}
CREATE_URL = {
    Interview: "interview_create",
    Observation: "observation_create",
    DocumentReview: "document_create",
    IndicatorSeries: "indicator_create",
    CaseStudy: "casestudy_create",
    Finding: "finding_create",
    Recommendation: "recommendation_create",
}
