"""Reference data: units and the lists that programs choose from."""

from django.urls import path

from programs.views import organisations, reference

urlpatterns = [
    path("data-induk/unit-kerja/", organisations.AgencyListView.as_view(), name="agency_list"),
    path("data-induk/unit-kerja/unit-kerja.xlsx", organisations.AgencyExportView.as_view(), name="agency_export"),
    path("data-induk/unit-kerja/tambah/", organisations.AgencyCreateView.as_view(), name="agency_create"),
    path("data-induk/unit-kerja/<int:pk>/", organisations.AgencyDetailView.as_view(), name="agency_detail"),
    path("data-induk/unit-kerja/<int:pk>/bawahan/", organisations.AgencyUnitsView.as_view(), name="agency_units"),
    path("data-induk/unit-kerja/<int:pk>/ubah/", organisations.AgencyUpdateView.as_view(), name="agency_update"),
    path("data-induk/unit-kerja/<int:pk>/hapus/", organisations.AgencyDeleteView.as_view(), name="agency_delete"),
    path("data-induk/bentuk-pelatihan/", reference.TrainingFormListView.as_view(), name="training_form_list"),
    path(
        "data-induk/bentuk-pelatihan/tambah/",
        reference.TrainingFormCreateView.as_view(),
        name="training_form_create",
    ),
    path(
        "data-induk/bentuk-pelatihan/<int:pk>/ubah/",
        reference.TrainingFormUpdateView.as_view(),
        name="training_form_update",
    ),
    path(
        "data-induk/bentuk-pelatihan/<int:pk>/hapus/",
        reference.TrainingFormDeleteView.as_view(),
        name="training_form_delete",
    ),
    path("data-induk/konversi-jp/", reference.LessonHourRuleListView.as_view(), name="lesson_hour_rule_list"),
    path(
        "data-induk/konversi-jp/tambah/",
        reference.LessonHourRuleCreateView.as_view(),
        name="lesson_hour_rule_create",
    ),
    path(
        "data-induk/konversi-jp/<int:pk>/ubah/",
        reference.LessonHourRuleUpdateView.as_view(),
        name="lesson_hour_rule_update",
    ),
    path(
        "data-induk/konversi-jp/<int:pk>/hapus/",
        reference.LessonHourRuleDeleteView.as_view(),
        name="lesson_hour_rule_delete",
    ),
    path("data-induk/kewajiban-jp/", reference.LearningDutyListView.as_view(), name="learning_duty_list"),
    path(
        "data-induk/kewajiban-jp/tambah/", reference.LearningDutyCreateView.as_view(), name="learning_duty_create"
    ),
    path(
        "data-induk/kewajiban-jp/<int:pk>/ubah/",
        reference.LearningDutyUpdateView.as_view(),
        name="learning_duty_update",
    ),
    path(
        "data-induk/kewajiban-jp/<int:pk>/hapus/",
        reference.LearningDutyDeleteView.as_view(),
        name="learning_duty_delete",
    ),
    path(
        "data-induk/komponen-anggaran/", reference.BudgetComponentListView.as_view(), name="budget_component_list"
    ),
    path(
        "data-induk/komponen-anggaran/tambah/",
        reference.BudgetComponentCreateView.as_view(),
        name="budget_component_create",
    ),
    path(
        "data-induk/komponen-anggaran/<int:pk>/ubah/",
        reference.BudgetComponentUpdateView.as_view(),
        name="budget_component_update",
    ),
    path(
        "data-induk/komponen-anggaran/<int:pk>/hapus/",
        reference.BudgetComponentDeleteView.as_view(),
        name="budget_component_delete",
    ),
    path("data-induk/golongan/", reference.GradeListView.as_view(), name="grade_list"),
]
