from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from asn_eval.accounts import views

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
    path("kantor/", views.OfficeListView.as_view(), name="office_list"),
    path("kantor/tambah/", views.OfficeCreateView.as_view(), name="office_create"),
    path("kantor/<int:pk>/ubah/", views.OfficeUpdateView.as_view(), name="office_update"),
]
