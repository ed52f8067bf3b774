"""Activities of a program, with speakers, partners and materials."""

from django.urls import path

from programs.views import activities

urlpatterns = [
    path(
        "program/<int:parent_pk>/kegiatan/tambah/",
        activities.ActivityCreateView.as_view(),
        name="activity_create",
    ),
    path("kegiatan/<int:pk>/ubah/", activities.ActivityUpdateView.as_view(), name="activity_update"),
    path("kegiatan/<int:pk>/hapus/", activities.ActivityDeleteView.as_view(), name="activity_delete"),
]
