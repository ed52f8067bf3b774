"""The builder of one version: its items in order, and the pages that add, change, copy, move and remove one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from asn_eval.views import ScopedDetailView
from evaluations.actions.instrument_items import (
    add_item,
    copy_item,
    delete_item,
    move_item,
    problems_of_version,
    update_item,
)
from evaluations.actions.instrument_versions import delete_version, set_up_version
from evaluations.actions.instruments import is_locked, planned_among
from evaluations.forms.instruments import SettingsForm, settings_of
from evaluations.forms.items import PALETTE, ItemForm, initial_of, new_item, typed_in
from evaluations.item_listing import dropped_items, lines_of
from evaluations.models import InstrumentVersion, Item
from evaluations.views.instrument_editing import (
    ActionFormView,
    ActionView,
    OwnVersionMixin,
    confirm_deletion,
    instrument_trail,
    version_trail,
    version_url,
)
from evaluations.views.instruments import named_problems

UP, DOWN = "naik", "turun"


class VersionView(ScopedDetailView):
    """Read by everybody; changed by its owners as long as nobody was asked."""

    model = InstrumentVersion
    permission = "evaluations.view_instrument"
    template_name = "evaluations/instrument_version.html"
    pk_url_kwarg = "version_pk"

    def get_queryset(self):
        return super().get_queryset().select_related("instrument__owner")

    def get_context_data(self, **kwargs):
        version, user = self.object, self.request.user
        items = list(version.items.all())
        before = version.instrument.versions.filter(number__lt=version.number).order_by("-number").first()
        earlier = list(before.items.all()) if before else None
        problems = problems_of_version(version, items)
        locked = is_locked(version)
        is_own = user.has_perm("evaluations.change_instrument") and version.instrument.is_editable_by(user)
        newest = not version.instrument.versions.filter(number__gt=version.number).exists()
        return super().get_context_data(
            trail=instrument_trail(version.instrument),
            is_locked=locked,
            is_own=is_own,
            is_newest=newest,
            may_edit=is_own and not locked,
            may_delete=is_own and not locked and before is not None and not planned_among([version]),
            lines=lines_of(version, items, problems, earlier),
            earlier=before,
            dropped=dropped_items(earlier, items) if before else [],
            problems=named_problems(problems, items),
            palette=[(value, Item.Type(value).label, words) for value, words in PALETTE],
            **kwargs,
        )


class VersionSettingsView(OwnVersionMixin, ActionFormView):
    permission = "evaluations.change_instrument"
    form_class = SettingsForm

    @property
    def heading(self):
        return _("Penilaian %(version)s") % {"version": self.version}

    def get_initial(self):
        return settings_of(self.version) | {"stamp": self.version.stamp}

    def stored_form(self):
        stored = self.rows(InstrumentVersion).get(pk=self.version.pk)
        return SettingsForm(initial=settings_of(stored) | {"stamp": stored.stamp})

    def save(self, form):
        set_up_version(version=self.version, stamp=form.cleaned_data["stamp"], values=form.values)
        return _("Cara penilaian disimpan.")

    def get_success_url(self):
        return version_url(self.version)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            trail=version_trail(self.version), back_url=version_url(self.version), **kwargs
        )


class VersionDeleteView(OwnVersionMixin, View):
    permission = "evaluations.delete_instrument"

    def get(self, request, version_pk):
        return self._ask()

    def post(self, request, version_pk):
        instrument, name = self.version.instrument, str(self.version)
        try:
            delete_version(version=self.version)
        except ValidationError as error:
            return self._ask(error.messages)
        messages.success(request, _("%(name)s dihapus.") % {"name": name})
        return HttpResponseRedirect(instrument.get_absolute_url())

    def _ask(self, held_by=()):
        return confirm_deletion(
            self.request,
            str(self.version),
            version_trail(self.version),
            version_url(self.version),
            held_by=held_by,
            warning=_("Semua butir versi ini ikut terhapus."),
        )


class ItemFormView(OwnVersionMixin, ActionFormView):
    """Adding and changing share their page; the type may be chosen anew on it before anything is saved."""

    abstract = True
    permission = "evaluations.change_instrument"
    template_name = "evaluations/item_form.html"

    @cached_property
    def items(self) -> list[Item]:
        return list(self.version.items.all())

    def item_shown(self) -> Item:
        raise NotImplementedError

    def build(self, data=None, initial=None) -> ItemForm:
        return ItemForm(data, version=self.version, items=self.items, item=self.item_shown(), initial=initial)

    def stored_initial(self) -> dict[str, object]:
        return initial_of(self.item_shown(), self.items) | {"stamp": self.version.stamp}

    def get_form(self, form_class=None):
        if self.request.method == "POST":
            return self.build(self.request.POST)
        return self.build(initial=self.stored_initial())

    def stored_form(self):
        for name in ("version", "items"):
            self.__dict__.pop(name, None)
        return self.build(initial=self.stored_initial())

    def post(self, request, *args, **kwargs):
        if "ganti" not in request.POST and "syarat_lagi" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.build(request.POST)
        typed = typed_in(form, request.POST)
        if "syarat_lagi" in request.POST:
            typed[f"condition_item_{form.n_lines}"] = ""
        return self.render_to_response(self.get_context_data(form=self.build(initial=typed)))

    def get_success_url(self):
        return f"{version_url(self.version)}#butir-{self.saved.key}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            trail=version_trail(self.version), version=self.version, back_url=version_url(self.version), **kwargs
        )


class ItemCreateView(ItemFormView):
    @property
    def heading(self):
        return _("Tambah butir")

    @cached_property
    def after(self) -> str:
        return self.request.GET.get("sesudah", "")

    def item_shown(self):
        kind = self.request.GET.get("jenis", "")
        return new_item(
            self.version, kind if kind in Item.Type.values else Item.Type.LIKERT, self.items, self.after
        )

    def save(self, form):
        self.saved = add_item(version=self.version, values=form.values, rows=form.matrix_rows, after=self.after)
        return _("Butir %(item)s ditambahkan.") % {"item": self.saved.label}

    def get_success_url(self):
        if "lagi" not in self.request.POST:
            return super().get_success_url()
        again = reverse("item_create", args=[self.version.pk])
        return f"{again}?jenis={self.saved.type}&sesudah={self.saved.key}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_new=True, **kwargs)


class ItemUpdateView(ItemFormView):
    @cached_property
    def item(self) -> Item | None:
        return next((each for each in self.items if each.pk == self.kwargs["pk"]), None)

    @property
    def heading(self):
        return _("Ubah butir %(item)s") % {"item": self.item.label}

    def item_shown(self):
        return next(each for each in self.items if each.pk == self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission):
            return super().dispatch(request, *args, **kwargs)  # which refuses
        if self.item is None:
            return self.show_departed(request)
        return super().dispatch(request, *args, **kwargs)

    def show_departed(self, request):
        """Somebody removed the item: what was typed can become a new one, a mere look is not found."""
        if request.method != "POST":
            get_object_or_404(Item.objects.none())
        messages.warning(
            request,
            _(
                "Butir ini telah dihapus orang lain. Isian Anda tetap ada di bawah ini; "
                "Simpan menambahkannya kembali."
            ),
        )
        again = ItemCreateView()
        again.setup(request, version_pk=self.version.pk)
        form = again.build(request.POST)
        typed = typed_in(form, request.POST)
        context = again.get_context_data(form=again.build(initial=typed))
        context["form_action"] = reverse("item_create", args=[self.version.pk])
        return again.render_to_response(context)

    def save(self, form):
        stamp, values = form.cleaned_data["stamp"], form.values
        self.saved = update_item(item=self.item, stamp=stamp, values=values, rows=form.matrix_rows)
        return _("Butir %(item)s disimpan.") % {"item": self.saved.label}


class ItemActionView(OwnVersionMixin, ActionView):
    """A button beside an item; the form carries the stamp of the list that it stood in."""

    abstract = True
    permission = "evaluations.change_instrument"

    @cached_property
    def item(self) -> Item:
        return get_object_or_404(self.version.items.select_related("version"), pk=self.kwargs["pk"])

    @property
    def stamp(self) -> str:
        return self.request.POST.get("stamp", "")

    def back_url(self):
        return f"{version_url(self.version)}#butir-{self.item.key}"


class ItemCopyView(ItemActionView):
    def act(self):
        copy = copy_item(item=self.item, stamp=self.stamp)
        done = _("Butir %(item)s disalin dengan kode %(key)s.") % {"item": copy.label, "key": copy.key}
        return done, f"{version_url(self.version)}#butir-{copy.key}"


class ItemMoveView(ItemActionView):
    def act(self):
        direction = self.request.POST.get("arah", "")
        if direction not in (UP, DOWN):
            raise ValidationError(_("Pilih naik atau turun."))
        move_item(item=self.item, stamp=self.stamp, steps=1 if direction == DOWN else -1)
        return _("Urutan butir diubah."), self.back_url()


class ItemDeleteView(OwnVersionMixin, View):
    """Asks first; an item on which others depend stays, and the page names them."""

    permission = "evaluations.change_instrument"

    @cached_property
    def item(self) -> Item:
        return get_object_or_404(self.version.items.select_related("version"), pk=self.kwargs["pk"])

    def get(self, request, version_pk, pk):
        return self._ask()

    def post(self, request, version_pk, pk):
        label = self.item.label
        try:
            delete_item(item=self.item, stamp=request.POST.get("stamp", ""))
        except ValidationError as error:
            self.__dict__.pop("version", None)
            return self._ask(error.messages)
        messages.success(request, _("Butir %(item)s dihapus.") % {"item": label})
        return HttpResponseRedirect(version_url(self.version))

    def _ask(self, refused=()):
        with_rows = self.item.type == Item.Type.MATRIX
        return confirm_deletion(
            self.request,
            self.item.label,
            version_trail(self.version),
            version_url(self.version),
            refused=refused,
            stamp=self.version.stamp,
            warning=_("Semua baris matriks ini ikut terhapus.") if with_rows else self.item.text_shown,
        )
