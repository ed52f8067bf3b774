"""Codebooks, marked passages and what is counted from them."""

from evaluations.models import Coding, Excerpt, Item, Theme
from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "codebook": (EVERYONE, "evaluation"),
    "codebook_start": ("E", "evaluation"),
    "codebook_export": (EVERYONE, "evaluation"),
    "theme_create": ("E", "evaluation"),
    "theme_detail": (EVERYONE, "theme"),
    "theme_update": ("E", "theme"),
    "theme_delete": ("E", "theme"),
    "theme_merge": ("E", "theme"),
    "theme_split": ("E", "theme"),
    "code_interview": ("E", "interview"),
    "code_observation": ("E", "observation"),
    "code_document": ("E", "document"),
    "code_answers": ("E", "open question"),
    "passage_search": ("E", None),
    "passage_export": ("E", None),
    "finding_from_passages": ("E", "evaluation"),
    "passages_to_finding": ("E", "evaluation"),
    "coding_matrix": (EVERYONE, "evaluation"),
    "coding_matrix_export": (EVERYONE, "evaluation"),
    "coding_matrix_all": (EVERYONE, None),
    "coding_matrix_all_export": (EVERYONE, None),
    "coding_agreement": ("E", "evaluation"),
}
POST_ONLY = {"codebook_start"}


def rows(place: Place) -> dict[str, object]:
    evaluation, survey = place.evaluation, place.surveys["sesudah"]
    theme = Theme.objects.create(
        evaluation=evaluation, key="waktu", name=f"Jadwal {place.region.name}", kind=Theme.Kind.CHALLENGE
    )
    interview = evaluation.interviews.get()
    excerpt = Excerpt.objects.create(
        evaluation=evaluation,
        interview=interview,
        start=0,
        end=6,
        quote=interview.text[:6],
        coder=place.users["evaluator"],
    )
    Coding.objects.create(excerpt=excerpt, theme=theme)
    Item.objects.get_or_create(
        version=survey.version,
        key="saran",
        defaults={"position": 9, "label": "Saran", "text": "Apa saran Anda?", "type": Item.Type.TEXT},
    )
    return {"theme": theme, "open question": (survey.pk, "saran")}
