"""Programs, their parts and participants, and the reference data that they choose from."""

from django.urls import path

from programs.views import participants, programs, reference, rosters

urlpatterns = [
    path("program/", programs.ProgramListView.as_view(), name="program_list"),
    path("program/tambah/", programs.ProgramCreateView.as_view(), name="program_create"),
    path("program/<int:pk>/", programs.ProgramDetailView.as_view(), name="program_detail"),
    path("program/<int:pk>/ubah/", programs.ProgramUpdateView.as_view(), name="program_update"),
    path("program/<int:pk>/status/", programs.ProgramStateView.as_view(), name="program_state"),
    path(
        "program/<int:parent_pk>/sasaran/tambah/",
        programs.ObjectiveCreateView.as_view(),
        name="objective_create",
    ),
    path("sasaran/<int:pk>/ubah/", programs.ObjectiveUpdateView.as_view(), name="objective_update"),
    path("sasaran/<int:pk>/hapus/", programs.ObjectiveDeleteView.as_view(), name="objective_delete"),
    path(
        "program/<int:parent_pk>/kegiatan/tambah/",
        programs.ActivityCreateView.as_view(),
        name="activity_create",
    ),
    path("kegiatan/<int:pk>/ubah/", programs.ActivityUpdateView.as_view(), name="activity_update"),
    path("kegiatan/<int:pk>/hapus/", programs.ActivityDeleteView.as_view(), name="activity_delete"),
    path("program/<int:pk>/peserta/", participants.ParticipantListView.as_view(), name="program_participants"),
    path(
        "program/<int:parent_pk>/peserta/tambah/",
        participants.EnrollmentCreateView.as_view(),
        name="enrollment_create",
    ),
    path("peserta/<int:pk>/ubah/", participants.EnrollmentUpdateView.as_view(), name="enrollment_update"),
    path("peserta/<int:pk>/hapus/", participants.EnrollmentDeleteView.as_view(), name="enrollment_delete"),
    path("program/<int:pk>/peserta/impor/", rosters.RosterUploadView.as_view(), name="roster_upload"),
    path("program/<int:pk>/peserta/templat.xlsx", rosters.RosterTemplateView.as_view(), name="roster_template"),
    path(
        "program/<int:pk>/peserta/ekspor.xlsx",
        participants.ParticipantsExportView.as_view(),
        name="participants_export",
    ),
    path("data-induk/", reference.ReferenceIndexView.as_view(), name="reference_index"),
    path("data-induk/unit-kerja/", reference.AgencyListView.as_view(), name="agency_list"),
    path("data-induk/unit-kerja/tambah/", reference.AgencyCreateView.as_view(), name="agency_create"),
    path("data-induk/unit-kerja/<int:pk>/ubah/", reference.AgencyUpdateView.as_view(), name="agency_update"),
]
