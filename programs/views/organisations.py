"""Units kerja: the tree, one unit with what is below it, and the same rows as a workbook."""

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import Region, named_like
from asn_eval.accounts.office_views import reference_trail
from asn_eval.listing import SortMixin, WorkbookView
from asn_eval.views import (
    AccessMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedListView,
    ScopedUpdateView,
    key_in,
    searched,
)
from programs.actions.units import hold_tree
from programs.forms.organisations import AgencyForm
from programs.imports.columns import Beside
from programs.imports.exporting import columns_of
from programs.models import Agency, Entity, Person

UNFOLDED = 200  # units shown below one that is opened in the tree; its own page shows all


def agency_trail(agency: Agency | None = None) -> list[tuple[str, str]]:
    trail = [*reference_trail(), (_("Unit kerja"), reverse("agency_list"))]
    if agency is not None:
        trail += [(unit.name, unit.get_absolute_url()) for unit in [*agency.above, agency]]
    return trail


class AgencyRowsMixin(SortMixin):
    """Units with what a list shows of them: region, number of units below and, for those who may, of people."""

    model = Agency
    permission = "programs.view_agency"
    default_ordering = "nama"

    @property
    def shows_people(self) -> bool:
        return self.request.user.has_perm("programs.view_person")

    @property
    def orderings(self):
        orderings = {
            "nama": ("name",),
            "tingkat": ("kind", "name"),
            "wilayah": ("region__full_name", "name"),
            "unit": ("n_units", "name"),
        }
        return orderings | ({"pegawai": ("n_people", "name")} if self.shows_people else {})

    def counted(self, agencies):
        counts = {"n_units": self._count(self.rows(Agency), "parent")}
        if self.shows_people:
            counts["n_people"] = self._count(self.rows(Person), "agency")
        return agencies.select_related("region").annotate(**counts)

    def _count(self, rows, column: str):
        of_unit = rows.order_by().filter(**{column: OuterRef("pk")}).values(column)
        return Coalesce(Subquery(of_unit.annotate(n=Count("pk")).values("n")), 0)

    def get_context_data(self, **kwargs):
        return super().get_context_data(shows_people=self.shows_people, **kwargs)


class AgencyFilterMixin(AgencyRowsMixin):
    """What the list and its workbook are narrowed by."""

    @cached_property
    def wanted(self) -> dict[str, str]:
        kind = self.request.GET.get("tingkat", "")
        wanted = {
            "q": searched(self.request),
            "region": searched(self.request, "region"),
            "kind": kind if kind in Agency.Kind.values else "",
        }
        return {name: value for name, value in wanted.items() if value}

    def get_queryset(self):
        agencies = self.counted(self.rows(Agency)).filter(named_like(self.wanted.get("q", "")))
        if "region" in self.wanted:
            agencies = agencies.filter(region__in=Region.objects.found_or_inside(self.wanted["region"]))
        if "kind" in self.wanted:
            agencies = agencies.filter(kind=self.wanted["kind"])
        return self.in_order(agencies).with_path()


class AgencyListView(AgencyFilterMixin, ScopedListView):
    """The tops of the tree, to be opened; a search goes through all levels and shows the path."""

    template_name = "programs/agency_list.html"

    def get_queryset(self):
        agencies = super().get_queryset()
        if self.wanted:
            return agencies
        return agencies.tops(self.rows(Agency))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            wanted=self.wanted,
            kinds=Agency.Kind.choices,
            is_tree=not self.wanted,
            depth=0,
            trail=reference_trail(),
            **kwargs,
        )


class AgencyExportView(AgencyFilterMixin, AccessMixin, WorkbookView):
    """The columns are those of the import, so that the file can come back changed."""

    sheet_title = gettext_lazy("Unit kerja")
    file_name = gettext_lazy("unit kerja")

    def columns(self):
        columns = [
            *columns_of(Entity.AGENCIES, {"parent": lambda unit: unit.above[-1].name if unit.above else None}),
            (Beside.N_UNITS, lambda unit: unit.n_units),
        ]
        return [*columns, (Beside.N_PEOPLE, lambda unit: unit.n_people)] if self.shows_people else columns


class AgencyUnitsView(AgencyRowsMixin, ScopedListView):
    """The rows right below one unit, for the tree that is opened."""

    template_name = "programs/_agency_rows.html"
    paginate_by = None

    @cached_property
    def agency(self) -> Agency:
        return get_object_or_404(self.rows(Agency), pk=self.kwargs["pk"])

    def get_queryset(self):
        return self.in_order(self.counted(self.rows(Agency).filter(parent=self.agency)))[: UNFOLDED + 1]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(agency=self.agency, is_tree=True, depth=self.depth, **kwargs)
        units = list(context["object_list"])
        return context | {"object_list": units[:UNFOLDED], "has_more": len(units) > UNFOLDED}

    @property
    def depth(self) -> int:
        """How far the rows are indented; what the address says beyond the tree is cut."""
        return min(key_in(self.request.GET.get("tingkat")) or 1, 8)


class AgencyDetailView(AgencyRowsMixin, ScopedListView):
    """One unit: where it hangs, who works there, and the units right below it."""

    template_name = "programs/agency_detail.html"

    @cached_property
    def agency(self) -> Agency:
        agencies = self.rows(Agency).select_related("region").with_path()
        return get_object_or_404(agencies, pk=self.kwargs["pk"])

    def get_queryset(self):
        return self.in_order(self.counted(self.rows(Agency).filter(parent=self.agency)))

    def get_context_data(self, **kwargs):
        people = {}
        if self.shows_people:
            below = self.rows(Agency).below(self.agency).order_by().values("pk")
            people = self.rows(Person).aggregate(
                n_people=Count("pk", filter=Q(agency=self.agency)),
                n_people_below=Count("pk", filter=Q(agency__in=below)),
            )
        return super().get_context_data(
            object=self.agency,
            agency=self.agency,
            above=self.agency.above,
            trail=agency_trail(self.agency)[:-1],
            is_tree=True,
            depth=0,
            **people,
            **kwargs,
        )


class AgencyFormMixin:
    saved_message = gettext_lazy("Unit kerja disimpan.")

    def get_back_url(self):
        return self.object.get_absolute_url() if self.object else reverse("agency_list")


class AgencyCreateView(AgencyFormMixin, ScopedCreateView):
    model = Agency
    form_class = AgencyForm
    permission = "programs.add_agency"
    heading = gettext_lazy("Unit kerja baru")

    @cached_property
    def upper(self) -> Agency | None:
        """The unit below which a new one was asked for."""
        return self.rows(Agency).filter(pk=key_in(self.request.GET.get("di-bawah"))).first()

    def get_initial(self):
        return {"parent": self.upper.pk, "region": self.upper.region_id} if self.upper else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=agency_trail(self.upper), **kwargs)


class AgencyUpdateView(AgencyFormMixin, ScopedUpdateView):
    model = Agency
    form_class = AgencyForm
    permission = "programs.change_agency"
    heading = gettext_lazy("Ubah unit kerja")

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        hold_tree()
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        stored = self.rows(Agency).with_path().get(pk=self.object.pk)
        return super().get_context_data(trail=agency_trail(stored), **kwargs)


class AgencyDeleteView(ScopedDeleteView):
    """A unit with people or with units below it stays."""

    model = Agency
    permission = "programs.delete_agency"

    def get_success_url(self):
        upper = self.rows(Agency).filter(pk=self.object.parent_id).first()
        return upper.get_absolute_url() if upper else reverse("agency_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=agency_trail(self.object), **kwargs)
