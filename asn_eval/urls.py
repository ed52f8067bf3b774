"""The composition root: the only module of the kernel that looks up the ladder."""

from django.urls import include, path

urlpatterns = [
    path("", include("asn_eval.accounts.urls")),
    path("", include("programs.urls")),
    path("", include("evaluations.urls")),
    path("", include("reports.urls")),
]
