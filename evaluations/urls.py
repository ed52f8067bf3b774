"""Evaluations, their surveys and instruments; evidence and respondents' pages have lists of their own."""

from django.urls import path

from evaluations import evidence_urls, instrument_urls, respondent_urls
from evaluations.views import evaluations, imports, keying, reference_index, surveys

urlpatterns = [
    path("evaluasi/", evaluations.EvaluationListView.as_view(), name="evaluation_list"),
    path(
        "program/<int:parent_pk>/evaluasi/tambah/",
        evaluations.EvaluationCreateView.as_view(),
        name="evaluation_create",
    ),
    path("evaluasi/<int:pk>/", evaluations.EvaluationDetailView.as_view(), name="evaluation_detail"),
    path("evaluasi/<int:pk>/ubah/", evaluations.EvaluationUpdateView.as_view(), name="evaluation_update"),
    path("evaluasi/<int:pk>/status/", evaluations.EvaluationStateView.as_view(), name="evaluation_state"),
    path("evaluasi/<int:parent_pk>/survei/tambah/", surveys.SurveyCreateView.as_view(), name="survey_create"),
    path("survei/<int:pk>/", surveys.SurveyDetailView.as_view(), name="survey_detail"),
    path("survei/<int:pk>/ubah/", surveys.SurveyUpdateView.as_view(), name="survey_update"),
    path("survei/<int:pk>/hapus/", surveys.SurveyDeleteView.as_view(), name="survey_delete"),
    path("survei/<int:pk>/status/", surveys.SurveyStateView.as_view(), name="survey_state"),
    path("survei/<int:pk>/undangan/", surveys.SurveyInviteView.as_view(), name="survey_invite"),
    path("survei/<int:pk>/tautan/", surveys.SurveyLinksView.as_view(), name="survey_links"),
    path("survei/<int:pk>/entri/", keying.SurveyKeyingView.as_view(), name="survey_keying"),
    path("survei/<int:pk>/impor/", imports.ResponseImportView.as_view(), name="response_import"),
    path("survei/<int:pk>/templat.xlsx", imports.ResponseTemplateView.as_view(), name="response_template"),
    path("data-induk/", reference_index.ReferenceIndexView.as_view(), name="reference_index"),
    *instrument_urls.urlpatterns,
    *respondent_urls.urlpatterns,
    *evidence_urls.urlpatterns,
]
