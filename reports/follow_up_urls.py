"""Proposals of recommendations, what came of earlier ones, and the status report."""

from django.urls import path

from reports.earlier_views import EarlierFollowUpView, ReviewView
from reports.follow_up_report import FollowUpReportView
from reports.proposal_views import ProposalAcceptView, ProposalDropView, ProposalListView

urlpatterns = [
    path("evaluasi/tindak-lanjut/laporan.pdf", FollowUpReportView.as_view(), name="follow_up_report"),
    path("evaluasi/<int:pk>/usulan-rekomendasi/", ProposalListView.as_view(), name="proposal_list"),
    path(
        "evaluasi/<int:parent_pk>/usulan-rekomendasi/terima/<str:key>/",
        ProposalAcceptView.as_view(),
        name="proposal_accept",
    ),
    path("evaluasi/<int:pk>/usulan-rekomendasi/pilihan/", ProposalDropView.as_view(), name="proposal_drop"),
    path("evaluasi/<int:pk>/tindak-lanjut-terdahulu/", EarlierFollowUpView.as_view(), name="earlier_follow_up"),
    path(
        "evaluasi/<int:parent_pk>/tindak-lanjut-terdahulu/<int:pk>/",
        ReviewView.as_view(),
        name="review_edit",
    ),
]
