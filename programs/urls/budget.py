"""What a program was to cost and did cost."""

from django.urls import path

from programs.views import budget

urlpatterns = [
    path("program/<int:pk>/anggaran/", budget.ProgramBudgetView.as_view(), name="program_budget"),
    path("program/<int:pk>/anggaran/isi/", budget.BudgetGridView.as_view(), name="budget_grid"),
    path("program/<int:pk>/anggaran/ekspor.xlsx", budget.BudgetExportView.as_view(), name="budget_export"),
    path("anggaran/<int:pk>/ubah/", budget.BudgetUpdateView.as_view(), name="budget_update"),
    path("anggaran/<int:pk>/hapus/", budget.BudgetDeleteView.as_view(), name="budget_delete"),
]
