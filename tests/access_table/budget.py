"""The budget of a program."""

from programs.models import BudgetComponent, BudgetLine
from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "program_budget": (EVERYONE, "program"),
    "budget_export": (EVERYONE, "program"),
    "budget_grid": ("AS", "program"),
    "budget_update": ("AS", "budget_line"),
    "budget_delete": ("AS", "budget_line"),
}


def rows(place: Place) -> dict[str, object]:
    component, _created = BudgetComponent.objects.get_or_create(name="Honorarium narasumber")
    return {
        "budget_line": BudgetLine.objects.create(program=place.program, component=component, planned=12_500_000)
    }
