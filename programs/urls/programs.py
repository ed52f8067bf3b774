"""Programs and their parts: state, objectives, batches."""

from django.urls import path

from programs.views import history, part_exports, program_detail, program_list, program_parts, programs

urlpatterns = [
    path("program/", program_list.ProgramListView.as_view(), name="program_list"),
    path("program/unduh/", program_list.ProgramExportView.as_view(), name="program_export"),
    path("program/penyelenggara/", program_list.OrganizerSearchView.as_view(), name="organizer_search"),
    path("program/tambah/", programs.ProgramCreateView.as_view(), name="program_create"),
    path("program/<int:pk>/", program_detail.ProgramDetailView.as_view(), name="program_detail"),
    path("program/<int:pk>/ubah/", programs.ProgramUpdateView.as_view(), name="program_update"),
    path("program/<int:pk>/jejak/", history.ProgramHistoryView.as_view(), name="program_history"),
    path("program/<int:pk>/status/", programs.ProgramStateView.as_view(), name="program_state"),
    path("program/<int:pk>/salin/", programs.ProgramCopyView.as_view(), name="program_copy"),
    path("program/<int:pk>/hapus/", programs.ProgramDeleteView.as_view(), name="program_delete"),
    path(
        "program/<int:parent_pk>/sasaran/tambah/",
        program_parts.ObjectiveCreateView.as_view(),
        name="objective_create",
    ),
    path(
        "program/<int:pk>/sasaran/ekspor.xlsx",
        part_exports.ObjectivesExportView.as_view(),
        name="objectives_export",
    ),
    path("sasaran/<int:pk>/ubah/", program_parts.ObjectiveUpdateView.as_view(), name="objective_update"),
    path("sasaran/<int:pk>/urutan/", program_parts.ObjectiveShiftView.as_view(), name="objective_shift"),
    path("sasaran/<int:pk>/hapus/", program_parts.ObjectiveDeleteView.as_view(), name="objective_delete"),
    path(
        "program/<int:parent_pk>/angkatan/tambah/",
        program_parts.BatchCreateView.as_view(),
        name="batch_create",
    ),
    path("angkatan/<int:pk>/ubah/", program_parts.BatchUpdateView.as_view(), name="batch_update"),
    path("angkatan/<int:pk>/hapus/", program_parts.BatchDeleteView.as_view(), name="batch_delete"),
]
