"""Files that come in, and the empty files to start from."""

from django.urls import path

from programs.views import imports

urlpatterns = [
    path("program/<int:pk>/peserta/impor/", imports.ImportStartView.as_view(), name="roster_upload"),
    path("program/<int:pk>/peserta/templat.xlsx", imports.ImportTemplateView.as_view(), name="roster_template"),
    path("impor/", imports.ImportListView.as_view(), name="import_list"),
    path("impor/<int:pk>/", imports.ImportDetailView.as_view(), name="import_detail"),
    path("impor/<int:pk>/kolom/", imports.ImportMappingView.as_view(), name="import_mapping"),
    path("impor/<int:pk>/simpan/", imports.ImportSaveView.as_view(), name="import_save"),
    path("impor/<int:pk>/periksa/", imports.ImportAgainView.as_view(), name="import_again"),
    path("impor/<int:pk>/buang/", imports.ImportDiscardView.as_view(), name="import_discard"),
    path("impor/<int:pk>/perbaikan.xlsx", imports.ImportErrorsView.as_view(), name="import_errors"),
    path("impor/<slug:entity>/baru/", imports.ImportStartView.as_view(), name="import_start"),
    path("impor/<slug:entity>/templat.xlsx", imports.ImportTemplateView.as_view(), name="import_template"),
]
