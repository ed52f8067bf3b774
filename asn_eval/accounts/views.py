from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView

from asn_eval.access import Role
from asn_eval.accounts.forms import UserForm
from asn_eval.accounts.models import Region, User, search_key, search_words
from asn_eval.listing import SortMixin
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


class ManagedUsersMixin:
    """An administrator of one office manages the people of that office, nobody else's."""

    def get_queryset(self):
        user = self.request.user
        users = User.objects.select_related("office")
        return users if user.sees_every_region else users.filter(office=user.office)


class UserListView(SortMixin, ManagedUsersMixin, ScopedListView):
    model = User
    permission = "accounts.view_user"
    template_name = "accounts/user_list.html"
    orderings = {
        "nama": ("first_name", "last_name", "username"),
        "masuk": ("username",),
        "peran": ("role", "username"),
        "kantor": ("office__name", "username"),
    }
    default_ordering = "masuk"

    @property
    def role(self) -> str:
        """The role that the list is narrowed to; one that does not exist narrows nothing."""
        asked = self.request.GET.get("peran", "")
        return asked if asked in Role.values else ""

    def get_queryset(self):
        users = super().get_queryset()
        for word in search_words(searched(self.request)):
            named = Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
            in_office = Q(office__name__icontains=word)
            if key := search_key(word):
                in_office |= Q(office__search_name__contains=key)
            users = users.filter(named | in_office)
        if self.role:
            users = users.filter(role=self.role)
        return self.in_order(users)

    def get_context_data(self, **kwargs):
        return super().get_context_data(text=searched(self.request), role=self.role, roles=Role.choices, **kwargs)


class UserFormMixin(ManagedUsersMixin):
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
