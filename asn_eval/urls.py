"""The composition root: the only module of the kernel that looks up the ladder."""

from django.urls import include, path

from reports.overview.views import HomeView

urlpatterns = [
    # First of all: hundreds of respondents may come in one minute, and each address is looked for from the top.
    path("", include("evaluations.respondent_urls")),
    path("", HomeView.as_view(), name="home"),
    path("", include("asn_eval.accounts.urls")),
    path("", include("asn_eval.history.urls")),
    path("", include("programs.urls")),
    path("", include("evaluations.urls")),
    path("", include("reports.urls")),
]
