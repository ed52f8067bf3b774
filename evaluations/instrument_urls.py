"""Instruments: found, built, drawn from the bank, looked at, printed."""

from django.urls import path

from evaluations.views import builder, instrument_previews, instruments, item_bank

BASE = "data-induk/instrumen/"
VERSION = BASE + "versi/<int:version_pk>/"
ITEM = VERSION + "butir/<int:pk>/"

urlpatterns = [
    path(BASE, instruments.InstrumentListView.as_view(), name="instrument_list"),
    path(BASE + "tambah/", instruments.InstrumentCreateView.as_view(), name="instrument_create"),
    path(BASE + "<int:pk>/", instruments.InstrumentDetailView.as_view(), name="instrument_detail"),
    path(BASE + "<int:pk>/ubah/", instruments.InstrumentUpdateView.as_view(), name="instrument_update"),
    path(BASE + "<int:pk>/salin/", instruments.InstrumentCopyView.as_view(), name="instrument_copy"),
    path(BASE + "<int:pk>/siap/", instruments.InstrumentOfferView.as_view(), name="instrument_offer"),
    path(BASE + "<int:pk>/hapus/", instruments.InstrumentDeleteView.as_view(), name="instrument_delete"),
    path(BASE + "<int:pk>/versi-baru/", instruments.VersionCreateView.as_view(), name="version_create"),
    path(VERSION, builder.VersionView.as_view(), name="instrument_version"),
    path(VERSION + "penilaian/", builder.VersionSettingsView.as_view(), name="version_settings"),
    path(VERSION + "hapus/", builder.VersionDeleteView.as_view(), name="version_delete"),
    path(VERSION + "bank/", item_bank.ItemBankView.as_view(), name="item_bank"),
    path(VERSION + "pratinjau/", instrument_previews.PreviewView.as_view(), name="version_preview"),
    path(VERSION + "pratinjau/ponsel/", instrument_previews.PhoneView.as_view(), name="version_preview_phone"),
    path(VERSION + "kertas.pdf", instrument_previews.PaperView.as_view(), name="version_paper"),
    path(VERSION + "butir/tambah/", builder.ItemCreateView.as_view(), name="item_create"),
    path(ITEM + "ubah/", builder.ItemUpdateView.as_view(), name="item_update"),
    path(ITEM + "salin/", builder.ItemCopyView.as_view(), name="item_copy"),
    path(ITEM + "pindah/", builder.ItemMoveView.as_view(), name="item_move"),
    path(ITEM + "hapus/", builder.ItemDeleteView.as_view(), name="item_delete"),
]
