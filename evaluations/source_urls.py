"""Where evaluators record what they saw and read, and the cases they tell from it."""

from django.urls import path

from evaluations.views import case_studies, sheets, sources

OF_EVALUATION = "evaluasi/<int:parent_pk>/"

urlpatterns = [
    path(f"{OF_EVALUATION}observasi/", sources.ObservationListView.as_view(), name="observation_list"),
    path(f"{OF_EVALUATION}observasi/tambah/", sources.ObservationCreateView.as_view(), name="observation_create"),
    path("observasi/<int:pk>/", sources.ObservationDetailView.as_view(), name="observation_detail"),
    path("observasi/<int:pk>/ubah/", sources.ObservationUpdateView.as_view(), name="observation_update"),
    path("observasi/<int:pk>/lembar/", sheets.ObservationSheetView.as_view(), name="observation_sheet"),
    path("observasi/<int:pk>/hapus/", sources.ObservationDeleteView.as_view(), name="observation_delete"),
    path(f"{OF_EVALUATION}telaah-dokumen/", sources.DocumentListView.as_view(), name="document_list"),
    path(f"{OF_EVALUATION}telaah-dokumen/tambah/", sources.DocumentCreateView.as_view(), name="document_create"),
    path("telaah-dokumen/<int:pk>/", sources.DocumentDetailView.as_view(), name="document_detail"),
    path("telaah-dokumen/<int:pk>/ubah/", sources.DocumentUpdateView.as_view(), name="document_update"),
    path("telaah-dokumen/<int:pk>/lembar/", sheets.DocumentSheetView.as_view(), name="document_sheet"),
    path("telaah-dokumen/<int:pk>/hapus/", sources.DocumentDeleteView.as_view(), name="document_delete"),
    path(
        f"{OF_EVALUATION}studi-kasus/tambah/", case_studies.CaseStudyCreateView.as_view(), name="casestudy_create"
    ),
    path("studi-kasus/<int:pk>/", case_studies.CaseStudyDetailView.as_view(), name="casestudy_detail"),
    path("studi-kasus/<int:pk>/ubah/", case_studies.CaseStudyUpdateView.as_view(), name="casestudy_update"),
    path("studi-kasus/<int:pk>/hapus/", case_studies.CaseStudyDeleteView.as_view(), name="casestudy_delete"),
    path(
        "studi-kasus/<int:parent_pk>/sumber/tambah/",
        case_studies.CaseEvidenceAddView.as_view(),
        name="case_evidence_add",
    ),
    path(
        "sumber-studi-kasus/<int:pk>/hapus/",
        case_studies.CaseEvidenceDeleteView.as_view(),
        name="case_evidence_delete",
    ),
]
