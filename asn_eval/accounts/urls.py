from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from asn_eval.accounts import office_views, regional_views, views

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("sandi/", account.password_change, name="account_change_password"),
    path("akun-tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("atribusi/", views.AttributionView.as_view(), name="attribution"),
    path("wilayah/", views.RegionSearchView.as_view(), name="region_search"),
    path("pengguna/", views.UserListView.as_view(), name="user_list"),
    path("pengguna/tambah/", views.UserCreateView.as_view(), name="user_create"),
    path("pengguna/<int:pk>/ubah/", views.UserUpdateView.as_view(), name="user_update"),
    path("kantor/", office_views.OfficeListView.as_view(), name="office_list"),
    path("kantor/tambah/", office_views.OfficeCreateView.as_view(), name="office_create"),
    path("kantor/<int:pk>/", office_views.OfficeDetailView.as_view(), name="office_detail"),
    path("kantor/<int:pk>/ubah/", office_views.OfficeUpdateView.as_view(), name="office_update"),
    path("kantor/<int:pk>/hapus/", office_views.OfficeDeleteView.as_view(), name="office_delete"),
    path("kantor/<int:pk>/logo/", office_views.OfficeLogoView.as_view(), name="office_logo"),
    path("data-induk/kantor-regional/", regional_views.RegionalAreaListView.as_view(), name="regional_area_list"),
    path(
        "data-induk/kantor-regional/<int:pk>/ubah/",
        regional_views.RegionalAreaUpdateView.as_view(),
        name="regional_area_update",
    ),
]
