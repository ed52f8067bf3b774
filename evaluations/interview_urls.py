"""Interviews, the files that go with what was heard, seen and read, and passages that an edit took away."""

from django.urls import path

from evaluations.views import attachments, interview_list, interview_texts, interviews, lost_passages

OF_EVALUATION = "evaluasi/<int:parent_pk>/wawancara/"
ONE = "wawancara/<int:pk>/"

urlpatterns = [
    path(OF_EVALUATION, interview_list.InterviewListView.as_view(), name="interview_list"),
    path(f"{OF_EVALUATION}ekspor.xlsx", interview_list.InterviewExportView.as_view(), name="interview_export"),
    path(f"{OF_EVALUATION}rencana/", interviews.InterviewPlanView.as_view(), name="interview_plan"),
    path(f"{OF_EVALUATION}tambah/", interviews.InterviewCreateView.as_view(), name="interview_create"),
    path(ONE, interviews.InterviewDetailView.as_view(), name="interview_detail"),
    path(f"{ONE}ubah/", interviews.InterviewUpdateView.as_view(), name="interview_update"),
    path(f"{ONE}pelaksanaan/", interviews.InterviewHoldView.as_view(), name="interview_hold"),
    path(f"{ONE}status/", interviews.InterviewStateView.as_view(), name="interview_state"),
    path(f"{ONE}isi/", interview_texts.InterviewContentView.as_view(), name="interview_content"),
    path(f"{ONE}samarkan/", interview_texts.InterviewMaskView.as_view(), name="interview_mask"),
    path(f"{ONE}persetujuan/", interviews.InterviewWithdrawView.as_view(), name="interview_withdraw"),
    path(f"{ONE}hapus-isi/", interviews.InterviewEraseView.as_view(), name="interview_erase"),
    path(f"{ONE}hapus/", interviews.InterviewDeleteView.as_view(), name="interview_delete"),
    path(f"{ONE}tantangan/", interviews.ChallengeFromInterviewView.as_view(), name="challenge_from_interview"),
    path("bagian/<int:pk>/letakkan/", lost_passages.ExcerptPlaceView.as_view(), name="lost_excerpt_place"),
    path("bagian/<int:pk>/lepas/", lost_passages.LostExcerptDeleteView.as_view(), name="lost_excerpt_delete"),
    path("bukti/<int:pk>/kutipan/", lost_passages.QuotePlaceView.as_view(), name="lost_quote_place"),
    path("lampiran/<int:pk>/unduh/", attachments.AttachmentDownloadView.as_view(), name="attachment_download"),
    path("lampiran/<int:pk>/hapus/", attachments.AttachmentDeleteView.as_view(), name="attachment_delete"),
    path("<slug:kind>/<int:pk>/lampiran/", attachments.AttachmentAddView.as_view(), name="attachment_add"),
    path("<slug:kind>/<int:pk>/perlu-dilihat/", lost_passages.LostPassagesView.as_view(), name="lost_passages"),
]
