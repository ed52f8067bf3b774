"""Activities of a program, with speakers, partners and materials."""

from django.urls import path

from programs.views import programs

urlpatterns = [
    path(
        "program/<int:parent_pk>/kegiatan/tambah/",
        programs.ActivityCreateView.as_view(),
        name="activity_create",
    ),
    path("kegiatan/<int:pk>/ubah/", programs.ActivityUpdateView.as_view(), name="activity_update"),
    path("kegiatan/<int:pk>/hapus/", programs.ActivityDeleteView.as_view(), name="activity_delete"),
]
