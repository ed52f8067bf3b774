"""Who named which theme, and how far two coders agree: numbers from the marked passages."""

from dataclasses import dataclass

from django.db.models import Min
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import generic

from asn_eval.listing import WorkbookView
from asn_eval.views import AccessMixin, key_in
from evaluations.models import Coding, Evaluation, Interview, Response, Survey, Theme
from evaluations.theme_tree import in_tree_order
from evaluations.views.codebook import codebook_trail
from reports.analysis.informants import InformantMatrix, informant_matrix
from reports.analysis.results import Suppressed
from reports.coding_frames import INTERVIEWED, coders_of, compare, heard, mentions

NATIONAL_MINIMUM = 5  # where evaluations with minimums of their own are counted together, and none asks for more


@dataclass(frozen=True)
class Line:
    """A theme with the numbers of its row."""

    name: str
    kind: str
    level: int
    url: str
    row: object


class MatrixMixin(AccessMixin):
    """Theme by role, unit or region, of one evaluation or of all in sight."""

    abstract = True
    permission = "evaluations.view_theme"

    @cached_property
    def evaluation(self) -> Evaluation | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(self.rows(Evaluation), pk=pk) if pk else None

    @property
    def groupings(self) -> list[tuple[str, str]]:
        by_role = ("peran", _("Peran"))
        if self.evaluation is None:
            return [by_role, ("wilayah", _("Wilayah"))]
        # With the unit beside it, many an informant is one person: that is for who reads the interviews anyway.
        reads_interviews = self.request.user.has_perm("evaluations.view_interview")
        return [by_role, ("unit", _("Unit kerja"))] if reads_interviews else [by_role]

    @cached_property
    def grouping(self) -> str:
        asked = self.request.GET.get("menurut", "")
        return asked if asked in dict(self.groupings) else "peran"

    def own(self, model, path: str):
        rows = self.rows(model)
        return rows.filter(**{path: self.evaluation}) if self.evaluation else rows

    @cached_property
    def minimum(self) -> int:
        if self.evaluation:
            return self.evaluation.minimum_group
        asked = self.rows(Evaluation).order_by("-minimum_group").values_list("minimum_group", flat=True).first()
        return max(asked or 0, NATIONAL_MINIMUM)

    def lines(self) -> tuple[InformantMatrix, list[Line]]:
        themes, name = self.themes()
        matrix = informant_matrix(
            mentions(self.own(Coding, "excerpt__evaluation"), self.grouping, name),
            parents={theme.mark: theme.above for theme in themes},
            heard=heard(
                self.own(Interview, "evaluation"), self.own(Response, "survey__evaluation"), self.grouping
            ),
            minimum=self.minimum,
        )
        rows = {row.theme: row for row in matrix.rows}
        lines = [
            Line(theme.name, theme.get_kind_display(), theme.level, self.url_of(theme), rows[theme.mark])
            for theme in themes
        ]
        return matrix, [line for line in lines if line.row.n_sources or any(line.row.cells)]

    def themes(self) -> tuple[list[Theme], str]:
        """The themes and the path from a coding by which they are told apart."""
        if self.evaluation:
            themes = in_tree_order(self.evaluation.themes.all())
            for theme in themes:
                theme.mark, theme.above = theme.pk, theme.parent_id
            return themes, "theme"
        oldest = self.rows(Theme).order_by().values("key").annotate(first=Min("pk")).values("first")
        themes = list(self.rows(Theme).filter(pk__in=oldest))
        for theme in themes:
            theme.mark, theme.above, theme.level = theme.key, None, 0
        return sorted(themes, key=lambda theme: (Theme.Kind.values.index(theme.kind), theme.name)), "theme__key"

    def url_of(self, theme: Theme) -> str:
        return theme.get_absolute_url() if self.evaluation else ""

    def headings(self, matrix: InformantMatrix) -> list[str]:
        return [self.heading(*group) for group in matrix.groups]

    def heading(self, way: str, group: str) -> str:
        if self.grouping == "peran":
            words = dict(Interview.Role.choices if way == INTERVIEWED else Survey.Group.choices).get(group, group)
        elif self.grouping == "unit":
            words = group or _("Tanpa unit kerja")
        else:
            words = group
        if way == INTERVIEWED:
            return _("%(group)s, wawancara") % {"group": words}
        if self.grouping == "unit":
            return _("Responden survei")
        return _("%(group)s, survei") % {"group": words}


class CodingMatrixView(MatrixMixin, generic.TemplateView):
    template_name = "reports/coding_matrix.html"

    def get_context_data(self, **kwargs):
        matrix, lines = self.lines()
        evaluation = self.evaluation
        export = (
            reverse("coding_matrix_export", args=[evaluation.pk])
            if evaluation
            else reverse("coding_matrix_all_export")
        )
        trail = codebook_trail(self.evaluation) if self.evaluation else [(_("Laporan"), reverse("report_list"))]
        return super().get_context_data(
            evaluation=self.evaluation,
            trail=trail,
            matrix=matrix,
            headings=self.headings(matrix),
            lines=lines,
            grouping=self.grouping,
            groupings=self.groupings,
            minimum=self.minimum,
            is_withheld=any(isinstance(cell, Suppressed) for cell in (*matrix.heard, matrix.total_heard)),
            export_url=f"{export}?menurut={self.grouping}",
            **kwargs,
        )


class CodingMatrixExportView(MatrixMixin, WorkbookView):
    @property
    def sheet_title(self) -> str:
        return _("Tema menurut %(grouping)s") % {"grouping": dict(self.groupings)[self.grouping].lower()}

    @property
    def file_name(self) -> str:
        return f"{self.sheet_title} {self.evaluation or ''}"

    def columns(self):
        matrix, self.found = self.lines()
        places = enumerate(self.headings(matrix))
        told = [_("Didengar"), "", *(_in_cell(n) for n in matrix.heard), _in_cell(matrix.total_heard), ""]
        table = [
            [line.name, line.kind, *map(_in_cell, line.row.cells), _in_cell(line.row.total), line.row.n_sources]
            for line in self.found
        ]
        self.found = [told, *table]
        names = [
            _("Tema"),
            _("Jenis"),
            *(name for _place, name in places),
            _("Informan"),
            _("Observasi dan dokumen"),
        ]
        return [(name, lambda row, place=place: row[place]) for place, name in enumerate(names)]

    def rows_to_write(self):
        return self.found


def _in_cell(n) -> object:
    return _("tidak ditampilkan") if isinstance(n, Suppressed) else n


class CodingAgreementView(AccessMixin, generic.TemplateView):
    """Two coders of one evaluation, theme by theme."""

    permission = "evaluations.view_excerpt"
    template_name = "reports/coding_agreement.html"

    @cached_property
    def evaluation(self) -> Evaluation:
        return get_object_or_404(self.rows(Evaluation), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        from reports.analysis.agreement import ENOUGH_FOR_INTERVAL, MINIMUM_UNITS, agreement

        coders = coders_of(self.evaluation)
        first, second = self.chosen(list(coders))
        compared, lines = None, []
        if first and second:
            compared = compare(self.evaluation, first, second, self.request.user)
            themes = in_tree_order(self.evaluation.themes.all())
            lines = [
                (theme, agreement(compared.units[theme.pk])) for theme in themes if theme.pk in compared.units
            ]
        return super().get_context_data(
            evaluation=self.evaluation,
            trail=codebook_trail(self.evaluation),
            coders=[(str(pk), name) for pk, (name, _n) in coders.items()],
            first=str(first or ""),
            second=str(second or ""),
            compared=compared,
            lines=lines,
            minimum=MINIMUM_UNITS,
            enough=ENOUGH_FOR_INTERVAL,
            **kwargs,
        )

    def chosen(self, coders: list[int]) -> tuple[int | None, int | None]:
        """The two coders that the address asks for; otherwise the first two."""
        asked = [key_in(self.request.GET.get(name)) for name in ("pengode", "dengan")]
        known = [pk if pk in coders else None for pk in asked]
        if None in known or known[0] == known[1]:
            known = [*coders, None, None][:2]
        return known[0], known[1]
