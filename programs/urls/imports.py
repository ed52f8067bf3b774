"""Files that come in."""

from django.urls import path

from programs.views import rosters

urlpatterns = [
    path("program/<int:pk>/peserta/impor/", rosters.RosterUploadView.as_view(), name="roster_upload"),
    path("program/<int:pk>/peserta/templat.xlsx", rosters.RosterTemplateView.as_view(), name="roster_template"),
]
