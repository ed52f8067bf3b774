"""Data induk: what programs and evaluations choose from."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from asn_eval.views import AccessMixin, ScopedCreateView, ScopedListView, ScopedUpdateView, searched
from programs.forms.programs import AgencyForm
from programs.models import Agency


def reference_trail():
    return [(_("Data induk"), reverse("reference_index"))]


class ReferenceIndexView(AccessMixin, TemplateView):
    permission = "programs.view_agency"
    template_name = "programs/reference_index.html"


class AgencyListView(ScopedListView):
    model = Agency
    permission = "programs.view_agency"
    template_name = "programs/agency_list.html"

    def get_queryset(self):
        agencies = super().get_queryset().select_related("region", "parent").annotate(n_people=Count("people"))
        for word in searched(self.request).split():
            agencies = agencies.filter(name__icontains=word)
        return agencies.order_by("name", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(text=searched(self.request), trail=reference_trail(), **kwargs)


class AgencyFormMixin:
    saved_message = gettext_lazy("Unit kerja disimpan.")

    def get_success_url(self):
        return reverse("agency_list")

    def get_back_url(self):
        return reverse("agency_list")

    def get_context_data(self, **kwargs):
        trail = [*reference_trail(), (_("Unit kerja"), reverse("agency_list"))]
        return super().get_context_data(trail=trail, **kwargs)


class AgencyCreateView(AgencyFormMixin, ScopedCreateView):
    model = Agency
    form_class = AgencyForm
    permission = "programs.add_agency"
    heading = gettext_lazy("Unit kerja baru")


class AgencyUpdateView(AgencyFormMixin, ScopedUpdateView):
    model = Agency
    form_class = AgencyForm
    permission = "programs.change_agency"
    heading = gettext_lazy("Ubah unit kerja")
