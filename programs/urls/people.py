"""The registry of civil servants."""

from django.urls import path

from programs.views import duplicates, people, person_changes, person_detail

urlpatterns = [
    path("asn/", people.PersonListView.as_view(), name="person_list"),
    path("asn/ekspor.xlsx", people.PersonExportView.as_view(), name="person_export"),
    path("asn/riwayat-pelatihan.xlsx", people.TrainingExportView.as_view(), name="training_export"),
    path("asn/saran/", people.PersonSearchView.as_view(), name="person_search"),
    path("asn/saran-unit/", people.UnitSearchView.as_view(), name="unit_search"),
    path("asn/tambah/", people.PersonCreateView.as_view(), name="person_create"),
    path("asn/tambah/nip/", people.NipReadingView.as_view(), name="nip_reading"),
    path("asn/ganda/", duplicates.DuplicateListView.as_view(), name="person_duplicates"),
    path("asn/<int:pk>/", person_detail.PersonDetailView.as_view(), name="person_detail"),
    path("asn/<int:pk>/ubah/", people.PersonUpdateView.as_view(), name="person_update"),
    path("asn/<int:pk>/hapus/", people.PersonDeleteView.as_view(), name="person_delete"),
    path("asn/<int:pk>/pindah/", person_changes.TransferView.as_view(), name="person_transfer"),
    path("asn/<int:pk>/gabung/", duplicates.MergeChooseView.as_view(), name="person_merge_choose"),
    path("asn/<int:pk>/gabung/<int:other_pk>/", duplicates.MergeView.as_view(), name="person_merge"),
    path("asn/<int:pk>/beda/<int:other_pk>/", duplicates.TellApartView.as_view(), name="person_tell_apart"),
    path("penggabungan/<int:pk>/pisah/", duplicates.MergeUndoView.as_view(), name="person_merge_undo"),
    path(
        "asn/<int:parent_pk>/pelatihan/tambah/",
        person_changes.TrainingRecordCreateView.as_view(),
        name="training_create",
    ),
    path(
        "riwayat-pelatihan/<int:pk>/ubah/",
        person_changes.TrainingRecordUpdateView.as_view(),
        name="training_update",
    ),
    path(
        "riwayat-pelatihan/<int:pk>/hapus/",
        person_changes.TrainingRecordDeleteView.as_view(),
        name="training_delete",
    ),
]
