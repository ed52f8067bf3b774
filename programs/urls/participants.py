"""Participants of a program: enrolment, attendance, scores, certificates."""

from django.urls import path

from programs.views import (
    attendance,
    attendance_paste,
    certificates,
    part_exports,
    participant_bulk,
    participants,
    score_paste,
    scores,
    verification,
)

urlpatterns = [
    path("program/<int:pk>/peserta/", participants.ParticipantListView.as_view(), name="program_participants"),
    path(
        "program/<int:parent_pk>/peserta/tambah/",
        participants.EnrollmentCreateView.as_view(),
        name="enrollment_create",
    ),
    path(
        "program/<int:pk>/peserta/cari-pegawai/",
        participant_bulk.PersonSuggestionsView.as_view(),
        name="person_suggestions",
    ),
    path(
        "program/<int:pk>/peserta/ubah-banyak/",
        participant_bulk.ParticipantsBulkView.as_view(),
        name="participants_bulk",
    ),
    path("peserta/<int:pk>/ubah/", participants.EnrollmentUpdateView.as_view(), name="enrollment_update"),
    path("peserta/<int:pk>/hapus/", participants.EnrollmentDeleteView.as_view(), name="enrollment_delete"),
    path(
        "program/<int:pk>/peserta/ekspor.xlsx",
        participants.ParticipantsExportView.as_view(),
        name="participants_export",
    ),
    path("program/<int:pk>/kehadiran/", attendance.AttendanceGridView.as_view(), name="attendance_grid"),
    path(
        "program/<int:pk>/kehadiran/tempel/",
        attendance_paste.PastedAttendanceView.as_view(),
        name="attendance_paste",
    ),
    path("program/<int:pk>/nilai/", scores.ScoreGridView.as_view(), name="score_grid"),
    path("program/<int:pk>/nilai/tempel/", score_paste.PastedScoresView.as_view(), name="score_paste"),
    path(
        "program/<int:pk>/kehadiran/ekspor.xlsx",
        part_exports.AttendanceExportView.as_view(),
        name="attendance_export",
    ),
    path("program/<int:pk>/nilai/ekspor.xlsx", part_exports.ScoresExportView.as_view(), name="scores_export"),
    path("program/<int:pk>/sertifikat/", certificates.CertificateListView.as_view(), name="certificate_list"),
    path(
        "program/<int:pk>/sertifikat/terbitkan/",
        certificates.CertificateIssueView.as_view(),
        name="certificate_issue",
    ),
    path(
        "program/<int:pk>/sertifikat/cetak.pdf",
        certificates.CertificatesPdfView.as_view(),
        name="certificates_pdf",
    ),
    path(
        "program/<int:pk>/sertifikat/ekspor.xlsx",
        certificates.CertificatesExportView.as_view(),
        name="certificates_export",
    ),
    path("sertifikat/<int:pk>/cetak.pdf", certificates.CertificatePdfView.as_view(), name="certificate_pdf"),
    path(
        "sertifikat/<int:pk>/batalkan/",
        certificates.CertificateRevokeView.as_view(),
        name="certificate_revoke",
    ),
    # Its last part is a text of letters; no number of a row looks like it.
    path("sertifikat/<str:token>/", verification.verify_certificate, name="certificate_verify"),
]
