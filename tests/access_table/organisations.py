"""Units and the lists that programs choose from."""

from datetime import date

from evaluations.models import WaveRule
from programs.models import BudgetComponent, LearningDuty, LessonHourRule, TrainingForm
from tests.access_table.letters import EVERYONE
from tests.world import Place

EDITED_LISTS = ("training_form", "lesson_hour_rule", "learning_duty", "budget_component", "wave_rule")
URLS: dict[str, tuple[str, str | None]] = {
    "reference_index": (EVERYONE, None),
    "agency_list": (EVERYONE, None),
    "agency_export": (EVERYONE, None),
    "agency_create": ("AS", None),
    "agency_detail": (EVERYONE, "agency"),
    "agency_units": (EVERYONE, "agency"),
    "agency_update": ("AS", "agency"),
    "agency_delete": ("AS", "agency"),
    "grade_list": (EVERYONE, None),
    **{f"{name}_list": (EVERYONE, None) for name in EDITED_LISTS},
    **{f"{name}_create": ("A", None) for name in EDITED_LISTS},
    **{f"{name}_{verb}": ("A", name) for name in EDITED_LISTS for verb in ("update", "delete")},
}
NATIONAL = {f"{name}_{verb}" for name in EDITED_LISTS for verb in ("create", "update", "delete")}


def rows(place: Place) -> dict[str, object]:
    form, _new = TrainingForm.objects.get_or_create(
        code="magang", defaults={"name": "Magang", "track": "nonklasikal"}
    )
    rule, _new = LessonHourRule.objects.get_or_create(
        form=form, unit="kegiatan", valid_from=date(2018, 1, 1), defaults={"lesson_hours": 20}
    )
    duty, _new = LearningDuty.objects.get_or_create(
        status="PNS", valid_from=date(2017, 1, 1), defaults={"lesson_hours": 20}
    )
    wave_rule, _new = WaveRule.objects.get_or_create(wave="sebelum", defaults={"offset": -14, "anchor": "mulai"})
    component, _new = BudgetComponent.objects.get_or_create(name="Konsumsi")
    return {
        "agency": place.agency,
        "training_form": form,
        "lesson_hour_rule": rule,
        "learning_duty": duty,
        "budget_component": component,
        "wave_rule": wave_rule,
    }
