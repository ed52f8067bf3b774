from django.urls import path

from reports import follow_up_urls
from reports.coding_views import CodingAgreementView, CodingMatrixExportView, CodingMatrixView
from reports.export_views import (
    EvaluationExportFileView,
    EvaluationExportView,
    SurveyExportFileView,
    SurveyExportView,
)
from reports.indicator_views import IndicatorDetailView
from reports.overview.views import OverviewListView, TileMapView, TodoListView
from reports.views import EvaluationResultView, ReportDownloadView, ReportListView, TriangulationView

urlpatterns = [
    path("peta/", TileMapView.as_view(), name="tile_map"),
    path("perlu-dilengkapi/", TodoListView.as_view(), name="todo_list"),
    path("ikhtisar/<slug:key>/", OverviewListView.as_view(), name="overview_list"),
    path("kodebuk/matriks/", CodingMatrixView.as_view(), name="coding_matrix_all"),
    path("kodebuk/matriks.xlsx", CodingMatrixExportView.as_view(), name="coding_matrix_all_export"),
    path("evaluasi/<int:pk>/kodebuk/matriks/", CodingMatrixView.as_view(), name="coding_matrix"),
    path("evaluasi/<int:pk>/kodebuk/matriks.xlsx", CodingMatrixExportView.as_view(), name="coding_matrix_export"),
    path("evaluasi/<int:pk>/kodebuk/kesepakatan/", CodingAgreementView.as_view(), name="coding_agreement"),
    path("indikator/<int:pk>/", IndicatorDetailView.as_view(), name="indicator_detail"),
    path("laporan/", ReportListView.as_view(), name="report_list"),
    path("evaluasi/<int:pk>/hasil/", EvaluationResultView.as_view(), name="evaluation_result"),
    path("evaluasi/<int:pk>/triangulasi/", TriangulationView.as_view(), name="evaluation_triangulation"),
    path("evaluasi/<int:pk>/laporan.pdf", ReportDownloadView.as_view(), name="report_download"),
    path("survei/<int:pk>/data/", SurveyExportView.as_view(), name="survey_export"),
    path("survei/<int:pk>/data/<slug:form>/", SurveyExportFileView.as_view(), name="survey_export_file"),
    path("evaluasi/<int:pk>/data/", EvaluationExportView.as_view(), name="evaluation_export"),
    path(
        "evaluasi/<int:pk>/data/<int:survey_pk>/<slug:form>/",
        EvaluationExportFileView.as_view(),
        name="evaluation_export_file",
    ),
    *follow_up_urls.urlpatterns,
]
