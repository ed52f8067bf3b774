"""Which Kantor Regional of BKN each province belongs to: read by everyone, kept by a national administrator."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import RegionalArea, RegionalOffice, region_key
from asn_eval.accounts.office_forms import RegionalAreaForm
from asn_eval.accounts.office_views import reference_trail
from asn_eval.listing import SortMixin
from asn_eval.views import NationalMixin, ScopedListView, ScopedUpdateView, key_in, searched

VERIFIED = {"ya": True, "belum": False}


class RegionalAreaListView(SortMixin, ScopedListView):
    """All provinces on one page."""

    model = RegionalArea
    permission = "accounts.view_regionalarea"
    template_name = "accounts/regional_area_list.html"
    paginate_by = None
    orderings = {
        "kode": ("province__code",),
        "provinsi": ("province__name",),
        "kanreg": ("regional_office__order", "province__code"),
        "status": ("is_verified", "province__code"),
    }
    default_ordering = "kode"

    def get_queryset(self):
        areas = super().get_queryset().select_related("province", "regional_office")
        if text := searched(self.request):
            found = Q(province__code=text) | Q(province__name__icontains=text)
            if key := region_key(text):
                found |= Q(province__search_name__contains=key)
            areas = areas.filter(found)
        if (office := key_in(self.request.GET.get("kanreg"))) is not None:
            areas = areas.filter(regional_office=office)
        if (verified := self.request.GET.get("status")) in VERIFIED:
            areas = areas.filter(is_verified=VERIFIED[verified])
        return self.in_order(areas)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            text=searched(self.request),
            regional_offices=RegionalOffice.objects.all(),
            chosen_office=key_in(self.request.GET.get("kanreg")),
            chosen_status=self.request.GET.get("status", ""),
            n_unverified=RegionalArea.objects.filter(is_verified=False).count(),
            trail=reference_trail(),
            **kwargs,
        )


class RegionalAreaUpdateView(NationalMixin, ScopedUpdateView):
    model = RegionalArea
    form_class = RegionalAreaForm
    permission = "accounts.change_regionalarea"
    saved_message = gettext_lazy("Wilayah kerja kantor regional disimpan.")

    @property
    def heading(self):
        return self.object.province.name

    def get_context_data(self, **kwargs):
        trail = [*reference_trail(), (_("Kantor regional"), reverse("regional_area_list"))]
        return super().get_context_data(trail=trail, **kwargs)
