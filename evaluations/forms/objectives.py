"""Which survey results speak of which objective: one group of ticks per objective."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

from evaluations.models import Evaluation, InstrumentVersion
from programs.models import Objective

Scoring = InstrumentVersion.Scoring


class ObjectiveMeasuresForm(forms.Form):
    """``chosen`` after cleaning: objective pk -> list of (instrument pk, dimension)."""

    def __init__(self, *args, evaluation: Evaluation, user, **kwargs):
        super().__init__(*args, **kwargs)
        choices = measure_choices(evaluation)
        held: dict[int, list[str]] = {}
        for measure in evaluation.objective_measures.all():
            held.setdefault(measure.objective_id, []).append(f"{measure.instrument_id}:{measure.dimension}")
        self.objectives: Mapping[str, Objective] = {
            f"sasaran-{objective.pk}": objective for objective in evaluation.program.objectives.all()
        }
        for name, objective in self.objectives.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=objective.statement,
                help_text=_("Indikator: %(indicator)s") % {"indicator": objective.indicator},
                choices=choices,
                initial=held.get(objective.pk, []),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def field_groups(self):
        yield "", [self[name] for name in self.fields]

    @property
    def chosen(self) -> dict[int, list[tuple[int, str]]]:
        return {
            objective.pk: [_parts(choice) for choice in self.cleaned_data[name]]
            for name, objective in self.objectives.items()
        }


def measure_choices(evaluation: Evaluation) -> list[tuple[str, str]]:
    """What surveys of ``evaluation`` can measure: an instrument as a whole, then each of its dimensions."""
    versions = {}
    for survey in evaluation.surveys.select_related("version__instrument").order_by("-version__number"):
        versions.setdefault(survey.version.instrument_id, survey.version)
    choices = []
    for version in sorted(versions.values(), key=lambda version: version.instrument.name):
        choices.append((f"{version.instrument_id}:", version.instrument.name))
        if version.scoring == Scoring.MEAN:
            choices += [
                (f"{version.instrument_id}:{key}", f"{version.instrument.name}: {name}")
                for key, name in version.dimension_names.items()
            ]
    return choices


def _parts(choice: str) -> tuple[int, str]:
    instrument, _colon, dimension = choice.partition(":")
    return int(instrument), dimension
