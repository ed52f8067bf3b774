"""Reference data: units and the lists that programs choose from."""

from django.urls import path

from programs.views import reference

urlpatterns = [
    path("data-induk/", reference.ReferenceIndexView.as_view(), name="reference_index"),
    path("data-induk/unit-kerja/", reference.AgencyListView.as_view(), name="agency_list"),
    path("data-induk/unit-kerja/tambah/", reference.AgencyCreateView.as_view(), name="agency_create"),
    path("data-induk/unit-kerja/<int:pk>/ubah/", reference.AgencyUpdateView.as_view(), name="agency_update"),
]
