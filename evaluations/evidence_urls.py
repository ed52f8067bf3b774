"""Where evaluators record what they saw, read and measured, and what follows from it."""

from django.urls import path

from evaluations.views import evidence, findings, indicators

OF_EVALUATION = "evaluasi/<int:parent_pk>/"

urlpatterns = [
    path(f"{OF_EVALUATION}observasi/tambah/", evidence.ObservationCreateView.as_view(), name="observation_create"),
    path("observasi/<int:pk>/", evidence.ObservationDetailView.as_view(), name="observation_detail"),
    path("observasi/<int:pk>/ubah/", evidence.ObservationUpdateView.as_view(), name="observation_update"),
    path("observasi/<int:pk>/hapus/", evidence.ObservationDeleteView.as_view(), name="observation_delete"),
    path(f"{OF_EVALUATION}telaah-dokumen/tambah/", evidence.DocumentCreateView.as_view(), name="document_create"),
    path("telaah-dokumen/<int:pk>/", evidence.DocumentDetailView.as_view(), name="document_detail"),
    path("telaah-dokumen/<int:pk>/ubah/", evidence.DocumentUpdateView.as_view(), name="document_update"),
    path("telaah-dokumen/<int:pk>/hapus/", evidence.DocumentDeleteView.as_view(), name="document_delete"),
    path(f"{OF_EVALUATION}indikator/tambah/", indicators.IndicatorCreateView.as_view(), name="indicator_create"),
    path("indikator/<int:pk>/", indicators.IndicatorDetailView.as_view(), name="indicator_detail"),
    path("indikator/<int:pk>/ubah/", indicators.IndicatorUpdateView.as_view(), name="indicator_update"),
    path("indikator/<int:pk>/hapus/", indicators.IndicatorDeleteView.as_view(), name="indicator_delete"),
    path(
        "indikator/<int:parent_pk>/pengukuran/tambah/",
        indicators.MeasurementCreateView.as_view(),
        name="measurement_create",
    ),
    path("pengukuran/<int:pk>/ubah/", indicators.MeasurementUpdateView.as_view(), name="measurement_update"),
    path("pengukuran/<int:pk>/hapus/", indicators.MeasurementDeleteView.as_view(), name="measurement_delete"),
    path(f"{OF_EVALUATION}studi-kasus/tambah/", evidence.CaseStudyCreateView.as_view(), name="casestudy_create"),
    path("studi-kasus/<int:pk>/", evidence.CaseStudyDetailView.as_view(), name="casestudy_detail"),
    path("studi-kasus/<int:pk>/ubah/", evidence.CaseStudyUpdateView.as_view(), name="casestudy_update"),
    path("studi-kasus/<int:pk>/hapus/", evidence.CaseStudyDeleteView.as_view(), name="casestudy_delete"),
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
