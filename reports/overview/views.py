"""The home page by role, the lists behind its blocks, and the tile map."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from asn_eval.access import Role
from asn_eval.accounts.models import Region
from asn_eval.views import AccessMixin
from programs.models import Program
from reports.analysis.overview import outermost
from reports.overview import administration
from reports.overview.bars import (
    budget_rows,
    completion_words,
    hours,
    money,
    realised_words,
    region_chart,
    type_chart,
)
from reports.overview.choice import MAP_MEASURES, MEASURES, Choice, read_choice
from reports.overview.figures import MINIMUM, area_of, by_province, figures, tally_year, years_of
from reports.overview.gaps import LONGEST_WAITING, Gap, count_gaps, gaps_open_to, open_programs
from reports.overview.lines import Line, take_turns
from reports.overview.lists import LISTS, LISTS_OF
from reports.overview.tile_map import draw
from reports.overview.watch import WatchList

SHOWN = 6  # lines of a block on the home page
SHOWN_GAPS = 8
READERS = (Role.MANAGER, Role.AUDITOR)  # those who are asked for nothing


class HomeView(AccessMixin, TemplateView):
    permission = "accounts.view_home"
    template_name = "home.html"

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def years(self) -> list[int]:
        return years_of(self.request.user)

    def get_context_data(self, **kwargs):
        user = self.request.user
        choice = read_choice(self.request, today=self.today, years=self.years)
        tallies = tally_year(user, choice)
        return super().get_context_data(
            todo=None if user.role in READERS else self.todo(),
            blocks=[
                LISTS[key].block(user, self.today, SHOWN)
                for key in LISTS_OF.get(user.role, ())
                if user.has_perm(LISTS[key].permission)
            ],
            unverified=administration.unverified_lines(user),
            accounts=self.count_accounts(),
            figures_first=user.role == Role.MANAGER,
            **self.numbers(choice, tallies),
            **self.small_map(choice, tallies),
            **kwargs,
        )

    def todo(self) -> dict[str, object]:
        """What is lacking: how many programs by kind, and the first lines of every kind."""
        gaps = gaps_open_to(self.request.user)
        programs = open_programs(self.rows(Program), self.today)
        counts = count_gaps(programs, gaps, self.today)
        lines = [self.gap_lines(gap, programs) if counts[gap.key] else [] for gap in gaps]
        is_single = len(gaps) == 1
        return {
            "title": _("Program selesai tanpa evaluasi") if is_single else _("Perlu dilengkapi"),
            "is_single": is_single,
            "kinds": [(gap, counts[gap.key]) for gap in gaps if counts[gap.key]],
            "lines": [line for part in take_turns(lines, SHOWN_GAPS) for line in part],
            "total": sum(counts.values()),
        }

    def gap_lines(self, gap: Gap, programs) -> list[Line]:
        lacking = gap.programs(programs, self.today).order_by(*LONGEST_WAITING)
        return gap.lines(programs, list(lacking.values_list("pk", flat=True)[:SHOWN_GAPS]), self.today)

    def count_accounts(self) -> dict[str, int] | None:
        if not self.request.user.has_perm("accounts.view_user"):
            return None
        return administration.accounts_of(self.request.user).aggregate(
            active=Count("pk", filter=Q(is_active=True)),
            inactive=Count("pk", filter=Q(is_active=False)),
            never=Count("pk", filter=Q(is_active=True, last_login=None)),
        )

    def numbers(self, choice: Choice, tallies) -> dict[str, object]:
        user = self.request.user
        of_year = figures(user, choice, tallies)
        total = of_year.total
        latest = self.years[0] if self.years and self.years[0] != choice.year else None
        return {
            "choice": choice,
            "map_query": choice.query(wilayah=""),
            "measures": MEASURES,
            "measure_label": MEASURES[choice.measure],
            "years": with_years(self.years, choice.year, self.today.year),
            "latest_year": latest,
            "latest_query": choice.query(tahun=latest),
            "regions": regions_to_choose(user, choice),
            "total": total,
            "n_persons": of_year.n_persons,
            "hours": hours(total.lesson_hours),
            "planned": money(total.planned),
            "realised": realised_words(total),
            "completion": of_year.regions.total_completion,
            "completion_text": completion_words(of_year.regions.total_completion),
            "type_chart": type_chart(of_year.types, choice),
            "region_chart": region_chart(of_year.regions, choice, outermost(area_of(user))),
            "budget_rows": budget_rows(of_year.types),
            "minimum": MINIMUM,
        }

    def small_map(self, choice: Choice, tallies) -> dict[str, object]:
        """For those whose area reaches beyond one province."""
        area = area_of(self.request.user)
        if not self.request.user.sees_every_region and len({code[:2] for code in area}) < 2:
            return {"tile_map": None}
        return map_context(self.request.user, choice, tallies)


class TileMapView(AccessMixin, TemplateView):
    permission = "programs.view_program"
    template_name = "overview/tile_map.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        all_years = years_of(self.request.user)
        choice = read_choice(self.request, today=today, years=all_years, measures=MAP_MEASURES)
        return super().get_context_data(
            choice=choice,
            measures={name: MEASURES[name] for name in MAP_MEASURES},
            years=with_years(all_years, choice.year, today.year),
            measure_label=MEASURES[choice.measure],
            minimum=MINIMUM,
            under_home=True,
            **map_context(self.request.user, choice, tally_year(self.request.user, choice)),
            **kwargs,
        )


class TodoListView(AccessMixin, ListView):
    """Every program that lacks one kind of thing."""

    permission = "programs.view_program"
    template_name = "overview/todo_list.html"
    paginate_by = 25

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps_open_to(self.request.user)

    @cached_property
    def programs(self):
        return open_programs(self.rows(Program), self.today)

    @cached_property
    def counts(self) -> dict[str, int]:
        return count_gaps(self.programs, self.gaps, self.today)

    @cached_property
    def gap(self) -> Gap:
        """The kind that the address names; else the first of which something is lacking."""
        by_key = {gap.key: gap for gap in self.gaps}
        lacking = [gap for gap in self.gaps if self.counts[gap.key]]
        return by_key.get(self.request.GET.get("jenis", "")) or (lacking or self.gaps)[0]

    def get_queryset(self):
        return self.gap.programs(self.programs, self.today).order_by(*LONGEST_WAITING).values_list("pk", flat=True)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(gap=self.gap, under_home=True, **kwargs)
        keys = list(context["object_list"])
        return context | {
            "lines": self.gap.lines(self.programs, keys, self.today),
            "kinds": [(gap, self.counts[gap.key]) for gap in self.gaps],
        }


class OverviewListView(AccessMixin, ListView):
    """All of a list of which the home page shows the beginning."""

    permission = "accounts.view_home"
    template_name = "overview/list.html"
    paginate_by = 25

    @cached_property
    def watch(self) -> WatchList:
        watch = LISTS.get(self.kwargs["key"])
        if watch is None:
            raise Http404
        if not self.request.user.has_perm(watch.permission):
            raise PermissionDenied
        return watch

    def get_queryset(self):
        return self.watch.rows(self.request.user, timezone.localdate())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(watch=self.watch, under_home=True, **kwargs)
        user, today = self.request.user, timezone.localdate()
        return context | {"lines": [self.watch.line(row, user, today) for row in context["object_list"]]}


def map_context(user, choice: Choice, tallies) -> dict[str, object]:
    breakdown = by_province(user, tallies)
    return {
        "tile_map": draw(breakdown, choice, area=area_of(user), sees_all=user.sees_every_region),
    }


def with_years(years: list[int], *others: int) -> list[int]:
    """The years that can be chosen, the latest first."""
    return sorted({*years, *others}, reverse=True)


def regions_to_choose(user, choice: Choice) -> list[Region]:
    """The regions around the chosen one, itself, and those below it: the way up and the way down."""
    area = outermost(area_of(user))
    if not choice.region and len(area) > 1:
        return list(Region.objects.filter(code__in=area))
    inside = choice.code or (area[0] if area else "")
    if not inside and not user.sees_every_region:
        return []
    above = [inside[:length] for length in (2, 5, 8) if length <= len(inside)]
    depth = {0: 2, 2: 5, 5: 8}.get(len(inside))
    below = Q(code__startswith=inside, level=_level(depth)) if depth else Q(pk__in=[])
    around = Q(code__in=above) if choice.region else Q(pk__in=[])
    return list(Region.objects.open_to(user).filter(around | below))


def _level(length: int) -> str:
    return {2: Region.Level.PROVINCE, 5: Region.Level.REGENCY, 8: Region.Level.DISTRICT}[length]
