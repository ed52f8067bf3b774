from django.urls import path

from asn_eval.history import views

urlpatterns = [
    path("jejak/", views.JournalView.as_view(), name="journal"),
    path("jejak/unduh/", views.JournalExportView.as_view(), name="journal_export"),
    path("jejak/<str:label>/<int:pk>/", views.RecordHistoryView.as_view(), name="record_history"),
]
