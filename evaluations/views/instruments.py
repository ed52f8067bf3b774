"""Instruments as they are found, read, begun, copied, described, offered and removed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from asn_eval.accounts.models import search_words
from asn_eval.listing import SortMixin
from asn_eval.views import ScopedDetailView, ScopedListView, searched
from evaluations.actions.instrument_items import problems_of_version
from evaluations.actions.instrument_versions import (
    copy_instrument,
    create_instrument,
    delete_instrument,
    describe_instrument,
    description_mark,
    offer_instrument,
    start_new_version,
)
from evaluations.actions.instruments import locked_among, planned_among
from evaluations.forms.instruments import CopyForm, DescriptionForm, NewInstrumentForm
from evaluations.item_listing import lines_of
from evaluations.models import Instrument, InstrumentVersion, Item, Survey
from evaluations.models.instruments import OPEN_TYPES, SILENT_TYPES
from evaluations.views.instrument_editing import (
    ActionFormView,
    ActionView,
    OwnInstrumentMixin,
    confirm_deletion,
    instrument_trail,
    version_url,
)

SURVEYS_SHOWN = 10
OWN, SHARED, OTHERS = "kantor", "bawaan", "lain"


class InstrumentListView(SortMixin, ScopedListView):
    model = Instrument
    permission = "evaluations.view_instrument"
    template_name = "evaluations/instrument_list.html"
    orderings = {"nama": ("name",), "jenis": ("kind", "name"), "status": ("-is_ready", "name")}
    default_ordering = "nama"

    @cached_property
    def wanted(self) -> dict[str, str]:
        owners = dict(self.owners())
        wanted = {
            "q": searched(self.request),
            "kind": self._chosen("jenis", Instrument.Kind.values),
            "owner": self._chosen("milik", owners),
            "status": self._chosen("status", ("siap", "draf")),
        }
        return {name: value for name, value in wanted.items() if value}

    def _chosen(self, name: str, allowed) -> str:
        value = self.request.GET.get(name, "")
        return value if value in allowed else ""

    def owners(self) -> list[tuple[str, str]]:
        return [(OWN, _("Kantor saya")), (SHARED, _("Bawaan aplikasi")), (OTHERS, _("Kantor lain"))]

    def get_queryset(self):
        newest_first = InstrumentVersion.objects.annotate(
            n_closed=Count("items", filter=~Q(items__type__in=[*OPEN_TYPES, *SILENT_TYPES])),
            n_open=Count("items", filter=Q(items__type__in=OPEN_TYPES)),
        ).order_by("-number")
        rows = super().get_queryset().select_related("owner").filter(self._condition())
        return self.in_order(rows).prefetch_related(Prefetch("versions", newest_first))

    def _condition(self) -> Q:
        condition = Q()
        for word in search_words(self.wanted.get("q", "")):
            condition &= Q(name__icontains=word) | Q(description__icontains=word) | Q(source__icontains=word)
        if "kind" in self.wanted:
            condition &= Q(kind=self.wanted["kind"])
        if "status" in self.wanted:
            condition &= Q(is_ready=self.wanted["status"] == "siap")
        office = self.request.user.office_id
        own = Q(owner=office) if office else Q(owner__isnull=True)
        return condition & {OWN: own, SHARED: Q(owner__isnull=True), OTHERS: Q(owner__isnull=False) & ~own}.get(
            self.wanted.get("owner", ""), Q()
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            trail=instrument_trail()[:-1],
            wanted=self.wanted,
            kinds=Instrument.Kind.choices,
            owners=self.owners(),
            states=[("siap", _("Siap pakai")), ("draf", _("Belum siap"))],
            **kwargs,
        )


class InstrumentDetailView(ScopedDetailView):
    """Its versions, who uses it, and the questions of the newest version."""

    model = Instrument
    permission = "evaluations.view_instrument"
    template_name = "evaluations/instrument_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("owner")

    def get_context_data(self, **kwargs):
        user = self.request.user
        versions = list(self.object.versions.order_by("-number").annotate(n_items=Count("items")))
        locked, planned = locked_among(versions), planned_among(versions)
        newest = versions[0] if versions else None
        items = list(newest.items.all()) if newest else []
        problems = problems_of_version(newest, items) if newest else []
        surveys = self.rows(Survey).filter(version__in=versions).select_related("evaluation__program", "version")
        may_change = user.has_perm("evaluations.change_instrument") and self.object.is_editable_by(user)
        return super().get_context_data(
            trail=instrument_trail(),
            versions=[(version, version.pk in locked, version.pk in planned) for version in versions],
            newest=newest,
            newest_is_locked=newest is not None and newest.pk in locked,
            lines=lines_of(newest, items) if newest else [],
            problems=named_problems(problems, items),
            surveys=surveys.order_by("-opens_on", "pk")[:SURVEYS_SHOWN],
            n_surveys=surveys.count(),
            audience=_names(Survey.Group, self.object.audience),
            waves=_names(Survey.Wave, self.object.waves),
            may_change=may_change,
            may_delete=may_change and not planned,
            **kwargs,
        )


def named_problems(problems, items) -> list[tuple[Item | None, str]]:
    """(item, what is wrong) with None for what concerns the whole."""
    by_key = {item.key: item for item in items}
    return [(by_key.get(problem.key), problem.message) for problem in problems]


def _names(choices, values) -> list[str]:
    labels = dict(choices.choices)
    return [str(labels[value]) for value in values if value in labels]


class InstrumentCreateView(ActionFormView):
    permission = "evaluations.add_instrument"
    form_class = NewInstrumentForm
    heading = gettext_lazy("Buat instrumen")

    def get_initial(self):
        kinds = {"kind": self.request.GET.get("jenis", "")} if "jenis" in self.request.GET else {}
        return {"scoring": InstrumentVersion.Scoring.MEAN, **kinds}

    def save(self, form):
        self.version = create_instrument(
            values=form.values, scoring=form.cleaned_data["scoring"], owner=self.request.user.office
        )
        return _("Instrumen dibuat. Tambahkan butir pertamanya.")

    def get_success_url(self):
        return version_url(self.version)

    def get_context_data(self, **kwargs):
        back_url = reverse("instrument_list")
        return super().get_context_data(trail=instrument_trail(), back_url=back_url, **kwargs)


class InstrumentCopyView(ActionFormView):
    """Any instrument that can be read becomes one of the own office."""

    permission = "evaluations.add_instrument"
    form_class = CopyForm

    @cached_property
    def source(self) -> Instrument:
        return get_object_or_404(self.rows(Instrument), pk=self.kwargs["pk"])

    @property
    def heading(self):
        return _("Salin %(name)s") % {"name": self.source}

    def get_initial(self):
        return {"name": _("%(name)s (salinan)") % {"name": self.source.name[:130]}}

    def save(self, form):
        version = self.source.versions.order_by("-number").first()
        if version is None:
            raise ValidationError(_("Instrumen ini belum mempunyai versi."))
        name = form.cleaned_data["name"]
        self.copy = copy_instrument(version=version, name=name, owner=self.request.user.office)
        return _("Salinan dibuat sebagai milik kantor Anda dan dapat diubah.")

    def get_success_url(self):
        return self.copy.get_absolute_url()

    def get_context_data(self, **kwargs):
        trail, back = instrument_trail(self.source), self.source.get_absolute_url()
        return super().get_context_data(trail=trail, back_url=back, submit_label=_("Salin"), **kwargs)


class InstrumentUpdateView(OwnInstrumentMixin, ActionFormView):
    permission = "evaluations.change_instrument"
    form_class = DescriptionForm

    @property
    def heading(self):
        return _("Ubah keterangan %(name)s") % {"name": self.instrument}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.instrument}

    def get_initial(self):
        return {"stamp": description_mark(self.instrument)}

    def stored_form(self):
        stored = self.rows(Instrument).get(pk=self.instrument.pk)
        return DescriptionForm(instance=stored, initial={"stamp": description_mark(stored)})

    def save(self, form):
        mark = form.cleaned_data["stamp"]
        describe_instrument(instrument=self.instrument, mark=mark, values=form.values)
        return _("Keterangan disimpan.")

    def get_success_url(self):
        return self.instrument.get_absolute_url()

    def get_context_data(self, **kwargs):
        trail = instrument_trail(self.instrument)
        return super().get_context_data(trail=trail, back_url=self.instrument.get_absolute_url(), **kwargs)


class InstrumentOfferView(OwnInstrumentMixin, ActionView):
    permission = "evaluations.change_instrument"

    def back_url(self):
        return self.instrument.get_absolute_url()

    def act(self):
        is_ready = self.request.POST.get("siap") == "1"
        offer_instrument(instrument=self.instrument, is_ready=is_ready)
        done = (
            _("Instrumen siap pakai dan dapat dipilih ketika survei direncanakan.")
            if is_ready
            else _("Instrumen tidak lagi ditawarkan. Survei yang sudah ada tidak berubah.")
        )
        return done, self.back_url()


class VersionCreateView(OwnInstrumentMixin, ActionView):
    permission = "evaluations.change_instrument"

    def back_url(self):
        return self.instrument.get_absolute_url()

    def act(self):
        version = start_new_version(instrument=self.instrument)
        done = _(
            "Versi %(number)s dibuat dengan kode butir yang sama. Ubah seperlunya, "
            "lalu nyatakan siap pakai kembali."
        )
        return done % {"number": version.number}, version_url(version)


class InstrumentDeleteView(OwnInstrumentMixin, View):
    """Asks first; only what no survey is bound to can go."""

    permission = "evaluations.delete_instrument"

    def get(self, request, pk):
        return self._ask()

    def post(self, request, pk):
        name = str(self.instrument)
        try:
            delete_instrument(instrument=self.instrument)
        except ValidationError as error:
            return self._ask(error.messages)
        messages.success(request, _("%(name)s dihapus.") % {"name": name})
        return HttpResponseRedirect(reverse("instrument_list"))

    def _ask(self, refused=()):
        held = planned_among(self.instrument.versions.all())
        refused = refused or ([_("Survei, lembar, atau wawancara yang memakai instrumen ini.")] if held else [])
        return confirm_deletion(
            self.request,
            str(self.instrument),
            instrument_trail(self.instrument),
            self.instrument.get_absolute_url(),
            held_by=refused,
            warning=_("Semua versi dan butirnya ikut terhapus."),
        )
