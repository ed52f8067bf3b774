"""Interviews, attachments of what was heard, seen and read, and passages that an edit took away."""

from django.core.files.base import ContentFile

from evaluations.models import Attachment, Excerpt
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "interview_list": ("E", "evaluation"),
    "interview_export": ("E", "evaluation"),
    "interview_plan": ("E", "evaluation"),
    "interview_create": ("E", "evaluation"),
    "interview_detail": ("E", "interview"),
    "interview_update": ("E", "interview"),
    "interview_hold": ("E", "interview"),
    "interview_state": ("E", "interview"),
    "interview_content": ("E", "interview"),
    "interview_mask": ("E", "interview"),
    "interview_withdraw": ("E", "interview"),
    "interview_erase": ("E", "interview"),
    "interview_delete": ("E", "interview"),
    "challenge_from_interview": ("E", "interview"),
    "lost_passages": ("E", "owner of attachments"),
    "lost_excerpt_place": ("E", "lost passage"),
    "lost_excerpt_delete": ("E", "lost passage"),
    "lost_quote_place": ("E", "evidence"),
    "attachment_add": ("E", "owner of attachments"),
    "attachment_download": ("E", "attachment"),
    "attachment_delete": ("E", "attachment"),
}
POST_ONLY = {"challenge_from_interview", "interview_state"}


def rows(place: Place) -> dict[str, object]:
    evaluation, interview = place.evaluation, place.evaluation.interviews.get()
    return {
        "owner of attachments": ("wawancara", interview.pk),
        "attachment": Attachment.objects.create(
            evaluation=evaluation,
            interview=interview,
            file=ContentFile(b"%PDF-1.7 %%EOF", name="a.pdf"),
            file_name="Daftar hadir.pdf",
            size=14,
            sha256="0" * 64,
        ),
        "lost passage": Excerpt.objects.create(
            evaluation=evaluation,
            interview=interview,
            start=0,
            end=5,
            quote="Dulu ",
            coder=place.users["evaluator"],
            is_lost=True,
        ),
    }
