"""The item bank: every item of the instruments that are ready, to be searched and taken over."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView

from asn_eval.accounts.models import search_words
from asn_eval.views import key_in, searched
from evaluations.actions.instrument_items import draw_items
from evaluations.item_listing import answer_in_words
from evaluations.models import InstrumentVersion, Item
from evaluations.views.instrument_editing import OwnVersionMixin, version_trail, version_url

MOST_AT_ONCE = 50


class ItemBankView(OwnVersionMixin, ListView):
    permission = "evaluations.change_instrument"
    template_name = "evaluations/item_bank.html"
    paginate_by = 25

    @cached_property
    def wanted(self) -> dict[str, str]:
        kind, level = self.request.GET.get("jenis", ""), self.request.GET.get("tingkat", "")
        wanted = {
            "q": searched(self.request),
            "kind": kind if kind in Item.Type.values else "",
            "level": level if level in map(str, Item.Level.values) else "",
        }
        return {name: value for name, value in wanted.items() if value}

    @cached_property
    def sources(self) -> dict[int, InstrumentVersion]:
        """The newest version of every instrument that is ready, but for the one being built."""
        newest = InstrumentVersion.objects.filter(instrument=OuterRef("instrument")).order_by("-number")
        versions = (
            self.rows(InstrumentVersion)
            .filter(instrument__is_ready=True, pk=Subquery(newest.values("pk")[:1]))
            .exclude(instrument=self.version.instrument)
            .select_related("instrument")
        )
        return {version.pk: version for version in versions}

    def bank(self):
        items = Item.objects.filter(version__in=self.sources).exclude(type=Item.Type.PAGE)
        return items.order_by("version__instrument__name", "version", "position")

    def get_queryset(self):
        items = self.bank()
        if "kind" in self.wanted:
            items = items.filter(type=self.wanted["kind"])
        if "level" in self.wanted:
            items = items.filter(level=self.wanted["level"])
        for word in search_words(self.wanted.get("q", "")):
            items = items.filter(self._holds(word))
        return items

    def _holds(self, word: str) -> Q:
        """In either language: the question, its short name, or the name of its dimension."""
        condition = Q()
        for column in ("text", "text_en", "label", "label_en"):
            condition |= Q(**{f"{column}__icontains": word})
        for pk, version in self.sources.items():
            named = [key for key, names in version.dimensions.items() if _named(names, word)]
            if named:
                condition |= Q(version=pk, dimension__in=named)
        return condition

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            trail=version_trail(self.version),
            version=self.version,
            back_url=version_url(self.version),
            wanted=self.wanted,
            kinds=[(value, label) for value, label in Item.Type.choices if value != Item.Type.PAGE],
            levels=[(str(value), label) for value, label in Item.Level.choices],
            **kwargs,
        )
        context["found"] = [self._line(item) for item in context["object_list"]]
        return context

    def _line(self, item: Item) -> dict[str, object]:
        version = self.sources[item.version_id]
        return {
            "item": item,
            "source": version.instrument,
            "dimension": version.dimension_names.get(item.dimension, ""),
            "answer": answer_in_words(item),
        }

    def post(self, request, *args, **kwargs):
        keys = [key for text in request.POST.getlist("butir") if (key := key_in(text)) is not None]
        items = list(self.bank().filter(pk__in=keys[:MOST_AT_ONCE]).select_related("version__instrument"))
        if not items:
            messages.error(request, _("Centang dahulu butir yang akan diambil."))
            return HttpResponseRedirect(request.get_full_path())
        try:
            drawn = draw_items(version=self.version, items=items)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return HttpResponseRedirect(request.get_full_path())
        sources = ", ".join(dict.fromkeys(str(item.version.instrument) for item in items))
        messages.success(
            request, _("%(count)s butir diambil dari: %(sources)s.") % {"count": len(drawn), "sources": sources}
        )
        return HttpResponseRedirect(f"{version_url(self.version)}#butir-{drawn[0].key}")


def _named(names: dict[str, str], word: str) -> bool:
    return any(word.casefold() in str(names.get(part, "")).casefold() for part in ("id", "en"))
