"""The result of an evaluation as a page and as a PDF: two renderings of one frozen report."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from asn_eval.views import ScopedDetailView, ScopedListView
from evaluations.models import Evaluation
from evaluations.views.evidence import evaluation_trail

# What the page shows of the report, results first; the rest is for the document.
PAGE_CHAPTERS = (
    "ringkasan",
    "hasil",
    "kasus",
    "tantangan",
    "terdahulu",
    "rekomendasi",
    "kesimpulan",
    "metodologi",
)
LONGEST_FILE_NAME = 80  # letters of the title in the name of the file


class ReportListView(ScopedListView):
    permission = "reports.view_result"
    model = Evaluation
    template_name = "reports/report_list.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region")


class EvaluationResultView(ScopedDetailView):
    permission = "reports.view_result"
    model = Evaluation
    template_name = "reports/evaluation_result.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "program__organizer")

    def get_context_data(self, **kwargs):
        # Analysis and charts load slow libraries; a worker that only serves forms does without them.
        from reports.assembly import assemble
        from reports.chapters.book import chapters_of

        report = assemble(self.object, generated_at=timezone.now())
        by_key = {chapter.key: chapter for chapter in chapters_of(report)}
        chapters = [by_key[key] for key in PAGE_CHAPTERS if key in by_key]
        trail = [(_("Laporan"), reverse("report_list"))]
        return super().get_context_data(report=report, chapters=chapters, trail=trail, **kwargs)


class TriangulationView(ScopedDetailView):
    """For each objective what every kind of source says; what is strong and what is weak."""

    permission = "reports.view_result"
    model = Evaluation
    template_name = "reports/evaluation_triangulation.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "program__organizer")

    def get_context_data(self, **kwargs):
        from reports.assembly import assemble
        from reports.chapters.triangulation import objective_block, overview_blocks, strengths_blocks
        from reports.triangulation import triangulate

        report = assemble(self.object, generated_at=timezone.now())
        rows = triangulate(report)
        return super().get_context_data(
            overview=overview_blocks(rows),
            objectives=[(objective_block(number, row), row.findings) for number, row in enumerate(rows, start=1)],
            strengths=strengths_blocks(report),
            heading=_("Triangulasi"),
            trail=evaluation_trail(self.object),
            **kwargs,
        )


class ReportDownloadView(ScopedDetailView):
    permission = "reports.download_report"
    model = Evaluation

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "program__organizer")

    def render_to_response(self, context, **response_kwargs):
        from reports.assembly import assemble
        from reports.documents.pdf import render_pdf

        document = render_pdf(assemble(self.object, generated_at=timezone.now()))
        return HttpResponse(
            document,
            content_type="application/pdf",
            headers={
                "Content-Disposition": content_disposition_header(True, file_name(self.object.title)),
                "X-Content-Type-Options": "nosniff",
            },
        )


def file_name(title: str) -> str:
    """A name that every file system takes: laporan-evaluasi-….pdf"""
    return f"laporan-{slugify(title)[:LONGEST_FILE_NAME].strip('-') or 'evaluasi'}.pdf"
