"""All marked passages in sight, found by words, theme, role, unit, region and coder."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from asn_eval.accounts.models import Region, User, search_words
from asn_eval.history.entries import record_access_by
from asn_eval.listing import LongListMixin, SortMixin, WorkbookView
from asn_eval.views import AccessMixin, key_in, searched
from evaluations.actions.themes import DEEPEST
from evaluations.coded_sources import (
    coding_url,
    quote_to_take_along,
    role_of,
    source_name,
    still_said,
    unit_of,
    with_sources,
)
from evaluations.models import Evaluation, Excerpt, Interview, Survey, Theme
from evaluations.theme_tree import in_tree_order, under
from evaluations.views.evidence import evaluation_trail

UNIT_FIELDS = ("interview__unit", "observation__unit", "document__unit")
ROLES = {**dict(Interview.Role.choices), **dict(Survey.Group.choices)}


class PassageSearchMixin(SortMixin):
    """What the address asks for, shared by the page and its workbook."""

    model = Excerpt
    permission = "evaluations.view_excerpt"
    orderings = {
        "terbaru": ("-pk",),
        "evaluasi": ("evaluation__title", "pk"),
        "pengode": ("coder__username", "pk"),
    }
    default_ordering = "terbaru"

    @cached_property
    def evaluation(self) -> Evaluation | None:
        key = key_in(self.request.GET.get("evaluasi"))
        return None if key is None else get_object_or_404(self.rows(Evaluation), pk=key)

    @cached_property
    def wanted(self) -> dict[str, str]:
        """The filters that are in force; what is not known is left out."""
        given = {name: searched(self.request, name) for name in ("q", "tema", "unit", "wilayah")}
        kind, role, coder = (self.request.GET.get(name, "") for name in ("jenis", "peran", "pengode"))
        given |= {
            "jenis": kind if kind in Theme.Kind.values else "",
            "peran": role if role in ROLES else "",
            "pengode": str(key_in(coder) or ""),
        }
        return {name: value for name, value in given.items() if value}

    def get_queryset(self):
        rows, wanted = still_said(self.rows(Excerpt)), self.wanted
        if self.evaluation:
            rows = rows.filter(evaluation=self.evaluation)
        for word in search_words(wanted.get("q", "")):
            rows = rows.filter(quote__icontains=word)
        conditions = Q()
        if "tema" in wanted:
            conditions &= under("codings__theme", DEEPEST, key=wanted["tema"])
        if "jenis" in wanted:
            conditions &= Q(codings__theme__kind=wanted["jenis"])
        if conditions:
            rows = rows.filter(pk__in=self.rows(Excerpt).filter(conditions).values("pk"))
        if "peran" in wanted:
            role = wanted["peran"]
            rows = rows.filter(Q(interview__informant_role=role) | Q(open_answer__response__survey__group=role))
        if "unit" in wanted:
            in_unit = Q()
            for field in UNIT_FIELDS:
                in_unit |= Q(**{f"{field}__icontains": wanted["unit"]})
            rows = rows.filter(in_unit)
        if "wilayah" in wanted:
            rows = rows.filter(evaluation__program__region__code__startswith=wanted["wilayah"])
        if "pengode" in wanted:
            rows = rows.filter(coder=wanted["pengode"])
        return self.in_order(rows)


class PassageSearchView(PassageSearchMixin, LongListMixin, AccessMixin, ListView):
    template_name = "evaluations/passage_search.html"
    paginate_by = 25

    def shown_rows(self):
        return with_sources(self.rows(Excerpt)).prefetch_related("codings__theme")

    def get_context_data(self, **kwargs):
        scope = self.rows(Excerpt).filter(evaluation=self.evaluation) if self.evaluation else self.rows(Excerpt)
        context = super().get_context_data(
            wanted=self.wanted,
            evaluation=self.evaluation,
            trail=evaluation_trail(self.evaluation)
            if self.evaluation
            else [(_("Evaluasi"), reverse("evaluation_list"))],
            themes=self.theme_choices(),
            kinds=Theme.Kind.choices,
            roles=list(ROLES.items()),
            regions=self.region_choices(),
            coders=[(str(user.pk), str(user)) for user in User.objects.filter(pk__in=scope.values("coder"))],
            query=self.request.GET.urlencode(),
            **kwargs,
        )
        for excerpt in context["object_list"]:
            excerpt.source_name, excerpt.coding_url = source_name(excerpt), coding_url(excerpt)
            excerpt.role, excerpt.unit = role_of(excerpt), unit_of(excerpt)
        return context

    def theme_choices(self) -> list[tuple[str, str]]:
        """Themes by keys, which mean the same everywhere; those of one evaluation in the order of its tree."""
        if self.evaluation:
            themes = in_tree_order(self.evaluation.themes.all())
            return [(theme.key, f"{'— ' * theme.level}{theme.name}") for theme in themes]
        rows = self.rows(Theme).order_by("name", "key").values_list("key", "name").distinct()
        return list({key: (key, name) for key, name in rows}.values())

    def region_choices(self) -> list[tuple[str, str]]:
        programs = self.rows(Excerpt).values("evaluation__program__region")
        return list(Region.objects.filter(pk__in=programs).order_by("name").values_list("code", "full_name"))


class PassageExportView(PassageSearchMixin, AccessMixin, WorkbookView, ListView):
    """The passages of the search as a workbook; the words of who allowed no quotation stay here."""

    sheet_title = gettext_lazy("Bagian bertanda")
    file_name = gettext_lazy("bagian bertanda")

    def columns(self):
        return [
            (_("Evaluasi"), lambda row: row.evaluation.title),
            (_("Wilayah"), lambda row: row.evaluation.program.region.name),
            (_("Sumber"), source_name),
            (_("Peran"), role_of),
            (_("Unit kerja"), unit_of),
            (_("Bagian teks"), quote_to_take_along),
            (_("Tema"), lambda row: "; ".join(str(coding.theme) for coding in row.codings.all())),
            (_("Pengode"), lambda row: str(row.coder)),
            (_("Perlu diperiksa"), lambda row: _("ya") if row.is_lost else ""),
        ]

    def rows_to_write(self):
        record_access_by(self.request.user, _("bagian bertanda"))
        rows = with_sources(self.get_queryset()).prefetch_related("codings__theme")
        return rows.iterator(chunk_size=2000)
