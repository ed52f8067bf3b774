"""Offices: who runs programs, where, and under which kop."""

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from asn_eval.accounts.forms import offices_managed_by
from asn_eval.accounts.logos import content_type, logo_bytes
from asn_eval.accounts.models import Office, RegionalArea, RegionalOffice, User, named_like
from asn_eval.accounts.office_forms import OfficeForm
from asn_eval.listing import SortMixin
from asn_eval.views import (
    AccessMixin,
    NationalMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedDetailView,
    ScopedListView,
    ScopedUpdateView,
    key_in,
    searched,
)


def reference_trail() -> list[tuple[str, str]]:
    return [(_("Data induk"), reverse("reference_index"))]


def office_trail() -> list[tuple[str, str]]:
    return [*reference_trail(), (_("Kantor"), reverse("office_list"))]


class ManagedOfficesMixin:
    """An administrator of one office manages that office, no other; a national one every office."""

    def get_queryset(self):
        return offices_managed_by(self.request.user)


class OfficeListView(SortMixin, ManagedOfficesMixin, ScopedListView):
    model = Office
    permission = "accounts.view_office"
    template_name = "accounts/office_list.html"
    orderings = {
        "nama": ("name",),
        "jenis": ("kind", "name"),
        "kota": ("city", "name"),
    }
    default_ordering = "nama"

    @property
    def kind(self) -> str:
        """The kind that the list is narrowed to; one that does not exist narrows nothing."""
        asked = self.request.GET.get("jenis", "")
        return asked if asked in Office.Kind.values else ""

    def get_queryset(self):
        offices = super().get_queryset().filter(named_like(searched(self.request)))
        if self.kind:
            offices = offices.filter(kind=self.kind)
        return self.in_order(offices).prefetch_related("regions")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            text=searched(self.request),
            kind=self.kind,
            kinds=Office.Kind.choices,
            trail=reference_trail(),
            **kwargs,
        )


class OfficeDetailView(ManagedOfficesMixin, ScopedDetailView):
    model = Office
    permission = "accounts.view_office"
    template_name = "accounts/office_detail.html"

    def get_context_data(self, **kwargs):
        users = User.objects.filter(office=self.object).aggregate(n_users=Count("pk"))
        return super().get_context_data(trail=office_trail(), regions=self.object.regions.all(), **users, **kwargs)


class OfficeLogoView(ManagedOfficesMixin, SingleObjectMixin, AccessMixin, View):
    """The picture itself. It was drawn anew when it came in, and is nothing but a picture."""

    model = Office
    permission = "accounts.view_office"

    def get(self, request, pk):
        office = self.get_object()
        content = logo_bytes(office)
        if content is None:
            raise Http404
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=300",
            "Content-Disposition": "inline",
        }
        return HttpResponse(content, content_type=content_type(office), headers=headers)


class OfficeFormMixin(ManagedOfficesMixin):
    """A page that is left for the office, or for the list when it is new."""

    template_name = "accounts/office_form.html"
    saved_message = gettext_lazy("Kantor disimpan.")

    def post(self, request, *args, **kwargs):
        if "fill" in request.POST:
            return self.fill()
        return super().post(request, *args, **kwargs)

    def fill(self):
        """The same page with the provinces of the chosen Kantor Regional; nothing is saved yet."""
        data = self.request.POST
        chosen = RegionalOffice.objects.filter(pk=key_in(data.get("regional_office"))).first()
        form = self.form_class(**self.get_form_kwargs() | {"data": None, "files": None})
        typed = {name: data.get(name, "") for name in form.fields if name != "logo"}
        form.with_regions_of(chosen, typed)
        unverified = (
            RegionalArea.objects.filter(regional_office=chosen, is_verified=False).count() if chosen else 0
        )
        return self.render_to_response(
            self.get_context_data(form=form, filled_from=chosen, nothing_chosen=not chosen, unverified=unverified)
        )

    def get_back_url(self):
        return self.object.get_absolute_url() if self.object else reverse("office_list")

    def get_context_data(self, **kwargs):
        trail = office_trail()
        if self.object and self.object.pk:
            stored = Office.objects.get(pk=self.object.pk)
            trail = [*trail, (str(stored), stored.get_absolute_url())]
            kwargs |= {"stored": stored}
        return super().get_context_data(trail=trail, **kwargs)


class OfficeCreateView(OfficeFormMixin, NationalMixin, ScopedCreateView):
    model = Office
    form_class = OfficeForm
    permission = "accounts.add_office"
    heading = gettext_lazy("Kantor baru")

    def fill(self):
        self.object = None
        return super().fill()


class OfficeUpdateView(OfficeFormMixin, ScopedUpdateView):
    model = Office
    form_class = OfficeForm
    permission = "accounts.change_office"
    heading = gettext_lazy("Ubah kantor")

    def fill(self):
        self.object = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        return super().fill()


class OfficeDeleteView(NationalMixin, ScopedDeleteView):
    model = Office
    permission = "accounts.delete_office"

    def get_success_url(self):
        return reverse("office_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=office_trail(), **kwargs)
