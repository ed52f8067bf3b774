"""Where indicators are recorded and their measurements typed, pasted and taken along as a file."""

from django.urls import path

from evaluations.views import indicators, measurement_lines

urlpatterns = [
    path(
        "evaluasi/<int:parent_pk>/indikator/tambah/",
        indicators.IndicatorCreateView.as_view(),
        name="indicator_create",
    ),
    path("indikator/<int:pk>/ubah/", indicators.IndicatorUpdateView.as_view(), name="indicator_update"),
    path("indikator/<int:pk>/hapus/", indicators.IndicatorDeleteView.as_view(), name="indicator_delete"),
    path(
        "indikator/<int:parent_pk>/pengukuran/tambah/",
        indicators.MeasurementCreateView.as_view(),
        name="measurement_create",
    ),
    path(
        "indikator/<int:pk>/pengukuran/tempel/",
        measurement_lines.MeasurementLinesView.as_view(),
        name="measurement_lines",
    ),
    path("indikator/<int:pk>/data.xlsx", indicators.MeasurementExportView.as_view(), name="measurement_export"),
    path("pengukuran/<int:pk>/ubah/", indicators.MeasurementUpdateView.as_view(), name="measurement_update"),
    path("pengukuran/<int:pk>/hapus/", indicators.MeasurementDeleteView.as_view(), name="measurement_delete"),
]
