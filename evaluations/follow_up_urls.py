"""What becomes of recommendations: answered, carried out, shown, listed."""

from django.urls import path

from evaluations.views import follow_up

urlpatterns = [
    path("evaluasi/tindak-lanjut/", follow_up.FollowUpListView.as_view(), name="follow_up_list"),
    path("evaluasi/tindak-lanjut/unduh/", follow_up.FollowUpExportView.as_view(), name="follow_up_export"),
    path(
        "rekomendasi/<int:parent_pk>/tanggapan/",
        follow_up.RecommendationAnswerView.as_view(),
        name="recommendation_answer",
    ),
    path(
        "rekomendasi/<int:parent_pk>/kemajuan/tambah/",
        follow_up.ProgressCreateView.as_view(),
        name="progress_create",
    ),
    path("rekomendasi/<int:parent_pk>/bukti/tambah/", follow_up.ProofCreateView.as_view(), name="proof_create"),
    path("bukti-penyelesaian/<int:pk>/unduh/", follow_up.ProofDownloadView.as_view(), name="proof_download"),
    path("bukti-penyelesaian/<int:pk>/hapus/", follow_up.ProofDeleteView.as_view(), name="proof_delete"),
]
