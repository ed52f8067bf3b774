"""Instruments in and out as XLSForm."""

from django.urls import path

from evaluations.views import xlsform

urlpatterns = [
    path("data-induk/instrumen/impor/", xlsform.XlsFormImportView.as_view(), name="xlsform_import"),
    path("data-induk/instrumen/<int:pk>/xlsform.xlsx", xlsform.XlsFormView.as_view(), name="xlsform_download"),
]
