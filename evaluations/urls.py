"""Evaluations, their surveys and instruments; evidence and respondents' pages have lists of their own."""

from django.urls import path

from evaluations import evidence_urls, follow_up_urls, instrument_urls, xlsform_urls
from evaluations.views import (
    evaluations,
    imports,
    invitations,
    keying,
    planning,
    reference_index,
    respondent_lists,
    surveys,
)

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
    path("evaluasi/<int:parent_pk>/rencana/", planning.EvaluationPlanView.as_view(), name="evaluation_plan"),
    path("evaluasi/ukuran-sampel/", planning.SampleSizeView.as_view(), name="sample_size"),
    path(
        "evaluasi/<int:parent_pk>/responden/",
        respondent_lists.RespondentListView.as_view(),
        name="respondent_list",
    ),
    path(
        "evaluasi/<int:parent_pk>/responden/usulan/",
        respondent_lists.RespondentProposalView.as_view(),
        name="respondent_proposals",
    ),
    path(
        "evaluasi/<int:parent_pk>/responden/tambah/",
        respondent_lists.RespondentCreateView.as_view(),
        name="respondent_create",
    ),
    path("responden/<int:pk>/ubah/", respondent_lists.RespondentUpdateView.as_view(), name="respondent_update"),
    path("responden/<int:pk>/hapus/", respondent_lists.RespondentDeleteView.as_view(), name="respondent_delete"),
    path("survei/<int:pk>/", surveys.SurveyDetailView.as_view(), name="survey_detail"),
    path("survei/<int:pk>/ubah/", surveys.SurveyUpdateView.as_view(), name="survey_update"),
    path("survei/<int:pk>/hapus/", surveys.SurveyDeleteView.as_view(), name="survey_delete"),
    path("survei/<int:pk>/status/", surveys.SurveyStateView.as_view(), name="survey_state"),
    path("survei/<int:pk>/undangan/", surveys.SurveyInviteView.as_view(), name="survey_invite"),
    path("survei/<int:pk>/undangan/daftar/", invitations.InvitationListView.as_view(), name="invitation_list"),
    path("survei/<int:pk>/undangan/ubah/", invitations.InvitationChangeView.as_view(), name="invitation_change"),
    path("survei/<int:pk>/formulir.pdf", surveys.SurveyPaperView.as_view(), name="survey_paper"),
    path("survei/<int:pk>/poster.pdf", surveys.SurveyPosterView.as_view(), name="survey_poster"),
    path("evaluasi/<int:parent_pk>/respons/", invitations.ResponseMonitorView.as_view(), name="response_monitor"),
    path("survei/<int:pk>/tautan/", surveys.SurveyLinksView.as_view(), name="survey_links"),
    path("survei/<int:pk>/entri/", keying.SurveyKeyingView.as_view(), name="survey_keying"),
    path("survei/<int:pk>/impor/", imports.ResponseImportView.as_view(), name="response_import"),
    path("survei/<int:pk>/templat.xlsx", imports.ResponseTemplateView.as_view(), name="response_template"),
    path("data-induk/", reference_index.ReferenceIndexView.as_view(), name="reference_index"),
    path("data-induk/aturan-gelombang/", planning.WaveRuleListView.as_view(), name="wave_rule_list"),
    path("data-induk/aturan-gelombang/tambah/", planning.WaveRuleCreateView.as_view(), name="wave_rule_create"),
    path(
        "data-induk/aturan-gelombang/<int:pk>/ubah/",
        planning.WaveRuleUpdateView.as_view(),
        name="wave_rule_update",
    ),
    path(
        "data-induk/aturan-gelombang/<int:pk>/hapus/",
        planning.WaveRuleDeleteView.as_view(),
        name="wave_rule_delete",
    ),
    *instrument_urls.urlpatterns,
    *xlsform_urls.urlpatterns,
    *evidence_urls.urlpatterns,
    *follow_up_urls.urlpatterns,
]
