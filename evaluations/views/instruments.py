"""Instruments as the evaluator reads them before choosing one."""

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from asn_eval.views import ScopedDetailView, ScopedListView
from evaluations.models import Instrument, InstrumentVersion, Item


class InstrumentListView(ScopedListView):
    model = Instrument
    permission = "evaluations.view_instrument"
    template_name = "evaluations/instrument_list.html"

    def get_queryset(self):
        newest_first = InstrumentVersion.objects.annotate(
            n_closed=Count("items", filter=~Q(items__type=Item.Type.TEXT)),
            n_open=Count("items", filter=Q(items__type=Item.Type.TEXT)),
        ).order_by("-number")
        return super().get_queryset().prefetch_related(Prefetch("versions", newest_first))

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=[(_("Data induk"), reverse("reference_index"))], **kwargs)


class InstrumentDetailView(ScopedDetailView):
    model = Instrument
    permission = "evaluations.view_instrument"
    template_name = "evaluations/instrument_detail.html"

    def get_context_data(self, **kwargs):
        versions = list(self.object.versions.order_by("-number").prefetch_related("items"))
        return super().get_context_data(
            trail=[
                (_("Data induk"), reverse("reference_index")),
                (_("Instrumen"), reverse("instrument_list")),
            ],
            versions=[(version, _items_by_dimension(version)) for version in versions],
            **kwargs,
        )


def _items_by_dimension(version: InstrumentVersion) -> list[tuple[str, list[Item]]]:
    """The items in the order of the dimensions; open questions come last without a name."""
    items = list(version.items.all())
    names = version.dimension_names | {"": ""}
    groups = [(name, [item for item in items if item.dimension == key]) for key, name in names.items()]
    return [(name, members) for name, members in groups if members]
