"""Themes and marked passages for the tests of coding."""

from evaluations.actions.coding import finish_reading, mark_passage
from evaluations.coded_texts import evaluation_of
from evaluations.models import Coding, Excerpt, Item, OpenAnswer, Response, Survey, Theme
from tests.world import Place


def make_theme(evaluation, name: str = "Jadwal", kind: str = "tantangan", **values) -> Theme:
    key = values.pop("key", name.lower().replace(" ", "-"))
    return Theme.objects.create(evaluation=evaluation, key=key, name=name, kind=kind, **values)


def mark(source, theme: Theme, coder, words: str, part: str = "", text: str | None = None) -> Coding:
    """``words`` as they first stand in a text of ``source``, coded by ``coder``."""
    text = text if text is not None else source.text
    start = text.index(words)
    return mark_passage(
        source=source, part=part, start=start, end=start + len(words), quote=words, theme=theme, coder=coder
    )[0]


def finish(source, *coders) -> None:
    for coder in coders:
        finish_reading(source=source, coder=coder, is_finished=True)


def passages(source) -> list[tuple[str, str, list[str]]]:
    """(coder, words, themes) of every passage of ``source``, in the order of the text."""
    rows = evaluation_of(source).excerpts.order_by("start", "end", "pk").select_related("coder")
    return [
        (row.coder.username, row.quote, sorted(row.themes.values_list("name", flat=True)))
        for row in rows.filter(**{Excerpt._meta.get_field(_field(source)).name: source})
    ]


def _field(source) -> str:
    return {"openanswer": "open_answer", "documentreview": "document"}.get(
        source._meta.model_name, source._meta.model_name
    )


def open_survey(place: Place, n: int = 5, **values) -> Survey:
    """The survey after the program with an open question and ``n`` answers to it."""
    survey = place.surveys["sesudah"]
    Survey.objects.visible_to(place.users["evaluator"]).filter(pk=survey.pk).update(**values)
    survey.refresh_from_db()
    Item.objects.get_or_create(
        version=survey.version,
        key="saran",
        defaults={"position": 9, "label": "Saran", "text": "Apa saran Anda?", "type": Item.Type.TEXT},
    )
    for number, enrollment in zip(range(n), place.enrollments, strict=False):
        author = {"pseudonym": f"{number:032x}"} if survey.is_anonymous else {"enrollment": enrollment}
        response = Response.objects.create(survey=survey, answers=[3, 3, 3], channel="tautan", **author)
        OpenAnswer.objects.create(response=response, item_key="saran", text=f"Tambah loket nomor {number + 1}.")
    return survey
