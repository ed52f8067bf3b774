"""The list of programs: one listing, as pages and as a workbook."""

from django.db.models import Case, Exists, Func, IntegerField, Max, Min, OuterRef, QuerySet, Subquery, Value, When
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from asn_eval.accounts.models import Office, Region, search_key
from asn_eval.listing import LongListMixin, SortMixin, WorkbookView
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
# Counted program by program, so only for the rows that are shown, or, sorted by it, in an index alone.
N_PARTICIPANTS = Subquery(
    Enrollment.objects.filter(program=OuterRef("pk"), group=Enrollment.Group.PARTICIPANT)
    .order_by()
    .annotate(n=Func(function="COUNT", template="%(function)s(*)", output_field=IntegerField()))
    .values("n")
)
# States in the order of a program's life, not of the alphabet.
STATE_PLACE = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(Program.State.values)),
    output_field=IntegerField(),
)


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
        if word == "status":
            programs = programs.annotate(state_place=STATE_PLACE)
        return self.in_order(programs)


class ProgramListView(ProgramListing, LongListMixin, ScopedListView):
    template_name = "programs/program_list.html"

    def shown_rows(self):
        shown = super().shown_rows().select_related("region").annotate(n_participants=N_PARTICIPANTS)
        return shown.only(*SHOWN_COLUMNS)

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
