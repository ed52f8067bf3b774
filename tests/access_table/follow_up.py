"""Recommendations answered, followed up, proposed and judged later."""

from django.core.files.base import ContentFile

from evaluations.models import Evaluation, Finding, Proof, Recommendation
from tests.access_table.letters import EVERYONE
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "follow_up_list": (EVERYONE, None),
    "follow_up_export": (EVERYONE, None),
    "follow_up_report": (EVERYONE, None),
    "recommendation_answer": ("M", "followed recommendation"),
    "progress_create": ("SEM", "followed recommendation"),
    "proof_create": ("SEM", "followed recommendation"),
    "proof_download": (EVERYONE, "proof"),
    "proof_delete": ("SEM", "proof"),
    "proposal_list": ("E", "evaluation"),
    "proposal_accept": ("E", "proposal"),
    "proposal_drop": ("E", "evaluation"),
    "earlier_follow_up": (EVERYONE, "evaluation"),
    "review_edit": ("E", "judgement"),
}
POST_ONLY = {"proposal_drop"}


def rows(place: Place) -> dict[str, object]:
    earlier = Evaluation.objects.create(
        program=place.program, title="Evaluasi terdahulu", start_date="2025-01-05", end_date="2025-09-30"
    )
    finding = Finding.objects.create(
        evaluation=earlier,
        statement="Anggaran terbatas",
        kind=Finding.Kind.NEED,
        category=Finding.Category.BUDGET,
    )
    recommendation = Recommendation.objects.create(
        evaluation=earlier,
        statement=f"Kelas bersama {place.region.name}",
        kind=Recommendation.Kind.PARTNERSHIP,
        owner="BKPSDM",
        due_date="2027-01-31",
    )
    recommendation.findings.add(finding)
    proof = Proof(recommendation=recommendation, title="Notula", file_name="notula.pdf", size=4, sha256="0" * 64)
    proof.file.save("notula.pdf", ContentFile(b"%PDF"), save=True)
    return {
        "followed recommendation": recommendation,
        "proof": proof,
        "proposal": (place.evaluation.pk, "kategori:waktu:budaya_belajar"),
        "judgement": (place.evaluation.pk, recommendation.pk),
    }
