"""Programs, their parts and participants, people, files that come in, and reference data."""

from programs.urls import activities, budget, imports, organisations, participants, people, programs

urlpatterns = [
    *programs.urlpatterns,
    *activities.urlpatterns,
    *budget.urlpatterns,
    *participants.urlpatterns,
    *imports.urlpatterns,
    *people.urlpatterns,
    *organisations.urlpatterns,
]
