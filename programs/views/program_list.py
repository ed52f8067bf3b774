"""The list of programs: one listing, as pages and as a workbook."""

from django.db.models import Count, Exists, Func, IntegerField, Max, Min, OuterRef, QuerySet, Subquery
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from asn_eval.accounts.models import Office, Region, search_key
from asn_eval.listing import KeyPaginator, LongListMixin, SortMixin, WorkbookView
from asn_eval.views import AccessMixin, ScopedListView, searched
from programs.forms.program_filter import ProgramFilterForm
from programs.imports.columns import Beside
from programs.imports.exporting import columns_of
from programs.models import Enrollment, Entity, Program

SHOWN_COLUMNS = (
    "name",
    "type",
    "start_date",
    "end_date",
    "state",
    "is_example",
    "region__name",
    "region__full_name",
)
SUGGESTIONS = 20
SHORTEST_SEARCH = 2  # characters
# Counted program by program, therefore for the rows that are shown, or all of them in a workbook.
N_PARTICIPANTS = Subquery(
    Enrollment.objects.filter(program=OuterRef("pk"), group=Enrollment.Group.PARTICIPANT)
    .order_by()
    .annotate(n=Func(function="COUNT", template="%(function)s(*)", output_field=IntegerField()))
    .values("n")
)


class ByParticipantsPaginator(KeyPaginator):
    """The programs that have participants by their number, and the others before or after them.

    Only the programs that have any are counted and sorted.
    """

    def __init__(self, *args, places: QuerySet, is_descending: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_descending = is_descending
        self.numbers = (
            places.order_by()
            .values("program")
            .annotate(n=Count("*"))
            .order_by("-n" if is_descending else "n", "program")
            .values_list("program", flat=True)
        )
        with_any = places.order_by().filter(program=OuterRef("pk"))
        self.others = self.object_list.filter(~Exists(with_any)).order_by("pk").values_list("pk", flat=True)

    def _few_keys(self) -> None:
        """Two lists make this one; neither is read as a whole."""

    def _keys(self, number: int) -> list[int]:
        first, second = (self.numbers, self.others) if self.is_descending else (self.others, self.numbers)
        start = (number - 1) * self.per_page
        wanted = self.per_page + 1
        keys = list(first[start : start + wanted])
        if len(keys) < wanted:
            n_first = start + len(keys) if keys else first.count()
            skipped = max(0, start - n_first)
            keys += second[skipped : skipped + wanted - len(keys)]
        return keys


class ProgramListing(SortMixin):
    """Which programs, in which order: what the address asks for, of what the person may see."""

    model = Program
    permission = "programs.view_program"
    orderings = {
        "nama": ("name",),
        "mulai": ("start_date", "-name"),
        "wilayah": ("region__search_name",),
        "jenis": ("type",),
        "status": ("state_place",),
        "peserta": ("n_participants",),
    }
    default_ordering = "-mulai"

    @cached_property
    def filter_form(self) -> ProgramFilterForm:
        return ProgramFilterForm(self.request.GET, years=self._years())

    def _in_area(self) -> QuerySet:
        """What the person may see, said twice: the second way lets the database begin with the few regions."""
        programs, user = self.rows(Program), self.request.user
        return programs if user.sees_every_region else programs.filter(region__in=Region.objects.open_to(user))

    def _years(self) -> list[int]:
        """From the latest start of a program in sight to the earliest."""
        programs = self._in_area()
        if self.request.user.sees_every_region:  # one step at either end of an index
            starts = programs.values_list("start_date", flat=True)
            ends = [starts.order_by(order).first() for order in ("start_date", "-start_date")]
        else:
            ends = programs.aggregate(first=Min("start_date"), last=Max("start_date")).values()
        first, last = ends
        return list(range(last.year, first.year - 1, -1)) if first else []

    def get_queryset(self) -> QuerySet:
        programs = self.filter_form.narrow(self._in_area())
        word = self.sorting.removeprefix("-")
        if word == "peserta":
            programs = programs.annotate(n_participants=N_PARTICIPANTS)
        return self.in_order(programs)


class ProgramListView(ProgramListing, LongListMixin, ScopedListView):
    template_name = "programs/program_list.html"

    def shown_rows(self):
        shown = super().shown_rows().select_related("region").annotate(n_participants=N_PARTICIPANTS)
        return shown.only(*SHOWN_COLUMNS)

    def get_paginator(self, queryset, per_page, **kwargs):
        if self.sorting.removeprefix("-") != "peserta":
            return super().get_paginator(queryset, per_page, **kwargs)
        programs = queryset.order_by()
        places = self.rows(Enrollment).filter(group=Enrollment.Group.PARTICIPANT)
        if programs.query.has_filters():  # joining the whole table would cost as much again
            places = places.filter(program__in=programs.values("pk"))
        return ByParticipantsPaginator(
            programs, per_page, rows=self.shown_rows(), places=places, is_descending=self.sorting[0] == "-"
        )

    def get_context_data(self, **kwargs):
        narrowed = self.filter_form.narrowed_by()
        return super().get_context_data(filter_form=self.filter_form, is_narrowed=bool(narrowed), **kwargs)


class ProgramExportView(ProgramListing, AccessMixin, WorkbookView):
    """All pages of the list in one workbook, filtered and sorted as the list was; an import takes it back."""

    sheet_title = gettext_lazy("Program")

    @property
    def file_name(self) -> str:
        return f"program-{localdate():%Y-%m-%d}"

    def get_queryset(self):
        return super().get_queryset().select_related("region", "organizer").annotate(n_participants=N_PARTICIPANTS)

    def columns(self):
        return [
            *columns_of(Entity.PROGRAMS),
            (Beside.N_PARTICIPANTS, lambda program: program.n_participants),
            (Beside.PROGRAM_STATE, lambda program: program.get_state_display()),
        ]


class OrganizerSearchView(AccessMixin, ListView):
    """Options for an input: offices that organise a program in sight and match ``organizer``."""

    model = Office
    permission = "programs.view_program"
    template_name = "programs/_organizer_options.html"

    def get_queryset(self):
        key = search_key(searched(self.request, "organizer"))
        if len(key) < SHORTEST_SEARCH:
            return Office.objects.none()
        organised = self.rows(Program).filter(organizer=OuterRef("pk"))
        return Office.objects.filter(Exists(organised), search_name__contains=key)[:SUGGESTIONS]
