"""What evaluators conclude from all evidence."""

from django.urls import path

from evaluations.views import findings

OF_EVALUATION = "evaluasi/<int:parent_pk>/"

urlpatterns = [
    path(f"{OF_EVALUATION}temuan/tambah/", findings.FindingCreateView.as_view(), name="finding_create"),
    path("temuan/<int:pk>/", findings.FindingDetailView.as_view(), name="finding_detail"),
    path("temuan/<int:pk>/ubah/", findings.FindingUpdateView.as_view(), name="finding_update"),
    path("temuan/<int:pk>/hapus/", findings.FindingDeleteView.as_view(), name="finding_delete"),
    path("temuan/<int:parent_pk>/bukti/tambah/", findings.EvidenceAddView.as_view(), name="evidence_add"),
    path("bukti/<int:pk>/hapus/", findings.EvidenceDeleteView.as_view(), name="evidence_delete"),
    path(
        f"{OF_EVALUATION}rekomendasi/tambah/",
        findings.RecommendationCreateView.as_view(),
        name="recommendation_create",
    ),
    path("rekomendasi/<int:pk>/", findings.RecommendationDetailView.as_view(), name="recommendation_detail"),
    path("rekomendasi/<int:pk>/ubah/", findings.RecommendationUpdateView.as_view(), name="recommendation_update"),
    path("rekomendasi/<int:pk>/hapus/", findings.RecommendationDeleteView.as_view(), name="recommendation_delete"),
]
