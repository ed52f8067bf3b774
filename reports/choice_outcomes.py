"""Questions with options -> how many chose what, and which of that may be shown."""

from evaluations.models import Item
from reports.analysis.results import Reason, Suppressed
from reports.fact_contents import ItemFacts
from reports.frames import ChoiceFrame
from reports.outcomes import Material, main_group
from reports.result_contents import ChoiceResult, ChoiceResults, OptionCount


def choice_results(material: Material) -> tuple[ChoiceResults, ...]:
    """The questions with options, survey by survey; a small group is withheld as everywhere."""
    found = []
    for survey in material.surveys:
        frame = material.frames.waves.get((survey.pk, main_group(survey)))
        instrument = material.instruments[survey.version_id]
        asked = [item for item in instrument.closed_items if item.options and not item.is_scored]
        if frame and asked:
            questions = tuple(_choice(item, frame.choices[item.key], material.minimum) for item in asked)
            found.append(ChoiceResults(instrument, material.main_facts(survey), questions))
    return tuple(found)


def _choice(item: ItemFacts, counts: ChoiceFrame, minimum: int) -> ChoiceResult:
    is_ranking = item.type == Item.Type.RANKING
    if 0 < counts.n < minimum:
        options = Suppressed(Reason.GROUP_TOO_SMALL, minimum)
    else:
        options = tuple(
            OptionCount(
                label=name,
                n=counts.chosen.get(key, 0),
                mean_place=counts.places[key] / counts.n if is_ranking and counts.n else None,
            )
            for key, name, _score in item.options
        )
    return ChoiceResult(
        key=item.key,
        label=item.label,
        text=item.text,
        is_ranking=is_ranking,
        is_multiple=item.type == Item.Type.CHOICES,
        n=counts.n,
        options=options,
    )
