from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView

from asn_eval.accounts.forms import OfficeForm, UserForm, offices_managed_by
from asn_eval.accounts.models import Office, Region, User
from asn_eval.views import AccessMixin, ScopedCreateView, ScopedListView, ScopedUpdateView, searched

SUGGESTIONS = 20
SHORTEST_SEARCH = 2  # characters


@method_decorator(login_not_required, name="dispatch")
class AttributionView(TemplateView):
    """Whose data this installation uses; the licence of the regions asks for it."""

    template_name = "attribution.html"


class RegionSearchView(AccessMixin, ListView):
    """Options for an input: up to 20 regions of the person's area whose code or name matches ``region``."""

    model = Region
    permission = "accounts.view_home"
    template_name = "accounts/_region_options.html"

    def get_queryset(self):
        text = searched(self.request, "region")
        if len(text) < SHORTEST_SEARCH:
            return Region.objects.none()
        return Region.objects.open_to(self.request.user).search(text)[:SUGGESTIONS]


class ManagedMixin:
    """An administrator of one office manages that office and its people, nobody else's."""

    def get_queryset(self):
        user = self.request.user
        if self.model is Office:
            return offices_managed_by(user)
        return User.objects.select_related("office").filter(
            **({} if user.sees_every_region else {"office": user.office})
        )


class UserListView(ManagedMixin, ScopedListView):
    model = User
    permission = "accounts.view_user"
    template_name = "accounts/user_list.html"


class UserFormMixin(ManagedMixin):
    """Below the list of users, and back to it."""

    saved_message = _("Pengguna disimpan.")

    def get_success_url(self):
        return reverse("user_list")

    get_back_url = get_success_url

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=[(_("Pengguna"), reverse("user_list"))], **kwargs)


class UserCreateView(UserFormMixin, ScopedCreateView):
    model = User
    form_class = UserForm
    permission = "accounts.add_user"
    heading = _("Pengguna baru")


class UserUpdateView(UserFormMixin, ScopedUpdateView):
    model = User
    form_class = UserForm
    permission = "accounts.change_user"
    heading = _("Ubah pengguna")


class OfficeListView(ManagedMixin, ScopedListView):
    model = Office
    permission = "accounts.view_office"
    template_name = "accounts/office_list.html"

    def get_queryset(self):
        return super().get_queryset().prefetch_related("regions")


class OfficeFormMixin(ManagedMixin):
    """Below the list of offices, and back to it."""

    saved_message = _("Kantor disimpan.")

    def get_success_url(self):
        return reverse("office_list")

    get_back_url = get_success_url

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=[(_("Kantor"), reverse("office_list"))], **kwargs)


class OfficeCreateView(OfficeFormMixin, ScopedCreateView):
    model = Office
    form_class = OfficeForm
    permission = "accounts.add_office"
    heading = _("Kantor baru")

    def dispatch(self, request, *args, **kwargs):
        if (
            request.user.is_authenticated
            and not request.user.sees_every_region
            and request.user.has_perm(self.permission)
        ):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class OfficeUpdateView(OfficeFormMixin, ScopedUpdateView):
    model = Office
    form_class = OfficeForm
    permission = "accounts.change_office"
    heading = _("Ubah kantor")
