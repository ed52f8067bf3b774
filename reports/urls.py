from django.urls import path

from reports.views import EvaluationResultView, ReportDownloadView, ReportListView

urlpatterns = [
    path("laporan/", ReportListView.as_view(), name="report_list"),
    path("evaluasi/<int:pk>/hasil/", EvaluationResultView.as_view(), name="evaluation_result"),
    path("evaluasi/<int:pk>/laporan.pdf", ReportDownloadView.as_view(), name="report_download"),
]
