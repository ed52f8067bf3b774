"""Programs and their parts: state, objectives, batches."""

from django.urls import path

from programs.views import history, programs

urlpatterns = [
    path("program/", programs.ProgramListView.as_view(), name="program_list"),
    path("program/tambah/", programs.ProgramCreateView.as_view(), name="program_create"),
    path("program/<int:pk>/", programs.ProgramDetailView.as_view(), name="program_detail"),
    path("program/<int:pk>/ubah/", programs.ProgramUpdateView.as_view(), name="program_update"),
    path("program/<int:pk>/jejak/", history.ProgramHistoryView.as_view(), name="program_history"),
    path("program/<int:pk>/status/", programs.ProgramStateView.as_view(), name="program_state"),
    path(
        "program/<int:parent_pk>/sasaran/tambah/",
        programs.ObjectiveCreateView.as_view(),
        name="objective_create",
    ),
    path("sasaran/<int:pk>/ubah/", programs.ObjectiveUpdateView.as_view(), name="objective_update"),
    path("sasaran/<int:pk>/hapus/", programs.ObjectiveDeleteView.as_view(), name="objective_delete"),
]
