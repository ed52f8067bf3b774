"""Thin generic views that cannot forget the permission or the region."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from asn_eval.access import PERMISSIONS
from asn_eval.conflicts import typed_in_words
from asn_eval.deletion import Deletion, groups_of, ties_of
from asn_eval.history.models import LogEntry
from asn_eval.history.reading import who
from asn_eval.history.words import moment, zone_of
from asn_eval.scoping import ScopedModel

SAME_MOMENT = gettext_lazy("Data berubah pada saat disimpan. Tekan Simpan sekali lagi.")
LONGEST_KEY = 18  # digits that every database takes for a row's number


def key_in(text: str | None) -> int | None:
    """The row's number that stands in an address or a form; None for anything else that was put there."""
    is_key = text and text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY
    return int(text) if is_key else None


def searched(request, name: str = "q") -> str:
    """What was typed into a page's search. PostgreSQL takes no NUL, and no name has one."""
    return request.GET.get(name, "").replace("\0", "").strip()


class RecordGone(Http404):
    """The record was deleted while somebody was changing it."""

    def __init__(self, entry: LogEntry):
        super().__init__()
        self.entry = entry


class AccessMixin:
    """No right for the role gives 403; a row outside the area gives 404. In this order."""

    permission: str
    abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("abstract"):
            return
        cls.abstract = False
        if getattr(cls, "permission", None) not in PERMISSIONS:
            raise ImproperlyConfigured(f"{cls.__name__} names no permission of POLICY")

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self, model):
        """What this user may see of ``model``."""
        manager = model._default_manager
        return manager.visible_to(self.request.user) if issubclass(model, ScopedModel) else manager.all()

    def get_queryset(self):
        return self.rows(self.model)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class NationalMixin:
    """What all offices share is changed by who answers for all of them: others may read it, and get 404 here."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perm(self.permission) and not request.user.sees_every_region:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class ScopedListView(AccessMixin, generic.ListView):
    abstract = True
    paginate_by = 25


class ScopedDetailView(AccessMixin, generic.DetailView):
    abstract = True


class ScopedFormMixin(AccessMixin):
    """Create and update share their page; a child names the parent it hangs on."""

    abstract = True
    template_name = "form.html"
    heading = ""
    saved_message = ""
    keeps_draft = False  # on this device until saved; never for a form about a person (static/drafts.js)
    parent_model = None  # when set, the URL carries the parent's key as parent_pk
    parent_field = ""  # where the child holds it; the name of the parent's model unless said

    @cached_property
    def parent(self):
        return get_object_or_404(self.rows(self.parent_model), pk=self.kwargs["parent_pk"])

    def get_success_url(self):
        return self.object.get_absolute_url()

    def form_valid(self, form):
        try:
            with transaction.atomic():
                response = super().form_valid(form)
        except IntegrityError:
            # Between the check and the writing somebody else saved the same; checking again names the field.
            form.add_error(None, SAME_MOMENT)
            return self.form_invalid(form)
        messages.success(self.request, self.saved_message or _("Perubahan disimpan."))
        return response

    def get_context_data(self, **kwargs):
        draft_key = f"{self.request.user.pk}:{self.request.path}" if self.keeps_draft else ""
        return super().get_context_data(
            heading=self.heading, back_url=self.get_back_url(), draft_key=draft_key, **kwargs
        )

    def get_back_url(self) -> str:
        holder = self.object or (self.parent if self.parent_model else None)
        return holder.get_absolute_url() if holder else "/"


class ScopedCreateView(ScopedFormMixin, generic.CreateView):
    abstract = True

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.parent_model:
            parent_field = self.parent_field or self.parent_model._meta.model_name
            kwargs["instance"] = self.model(**{parent_field: self.parent})
        return kwargs


class DepartedMixin:
    """Somebody deleted the record while it was open here: who, when, what was typed, in place of a bare 404."""

    def find_departed(self) -> LogEntry | None:
        entries = self.rows(LogEntry).of_kind(self.model, self.kwargs["pk"])
        return entries.filter(action=LogEntry.Action.DELETE).told().first()

    def get_object(self, queryset=None):
        try:
            return super().get_object(queryset)
        except Http404:
            entry = self.find_departed() if self.request.method == "POST" else None
            if entry is None:
                raise
            raise RecordGone(entry) from None

    def show_gone(self, entry: LogEntry):
        zone, zone_name = zone_of(self.request.user)
        context = {
            "entry": entry,
            "person": who(entry)[0],
            "when": f"{moment(entry.timestamp, zone)} {zone_name}",
            "typed": typed_in_words(self.get_form_class(), self.request.POST, self.rows),
        }
        return render(self.request, "record_gone.html", context, status=HTTPStatus.GONE)


class ScopedUpdateView(DepartedMixin, ScopedFormMixin, generic.UpdateView):
    """While it is being saved the row is ours: nothing that is written in between is written over."""

    abstract = True

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except RecordGone as gone:
            return self.show_gone(gone.entry)

    def get_object(self, queryset=None):
        queryset = self.get_queryset() if queryset is None else queryset
        if self.request.method == "POST":
            queryset = queryset.select_for_update(of=("self",))
        return super().get_object(queryset)


class ScopedDeleteView(DepartedMixin, AccessMixin, generic.DeleteView):
    """Asks first, and a second time when other records would go along; what others rest on stays.

    The page names what goes and what forbids it (deletion.py). A view may delete through an action of its own in
    ``form_valid``, and name in ``find_holders`` what else is in the way.
    """

    abstract = True
    template_name = "confirm_delete.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    @cached_property
    def deletion(self) -> Deletion:
        return Deletion(self.object)

    def post(self, request, *args, **kwargs):
        try:
            with transaction.atomic():
                return self.answer()
        except RecordGone as gone:
            return self.show_gone(gone.entry)
        except IntegrityError:  # something came to rest on it between the looking and the deleting
            self.__dict__.pop("deletion", None)
            self.object = self.get_object()
            return self.ask_again(_("Data berubah pada saat dihapus. Periksa daftarnya sekali lagi."))

    def find_holders(self):
        """What keeps this row from going: rows, or words. A view may know of more than the database does."""
        return self.deletion.holders

    def answer(self):
        # Held until it is gone, so that nothing comes to rest on it in between.
        self.object = self.get_object(self.get_queryset().select_for_update(of=("self",)))
        if holders := self.find_holders():
            return self.refuse(holders)
        consent = self.request.POST
        if self.deletion.token and consent.get("goes_along") != self.deletion.token:
            changed = _("Yang ikut terhapus kini berbeda dari yang ditampilkan. Periksa sekali lagi.")
            return self.ask_again(changed if "goes_along" in consent else "")
        if self.deletion.token and not consent.get("agreed"):
            return self.ask_again(_("Beri tanda persetujuan bila data di bawah ini memang boleh ikut terhapus."))
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def ask_again(self, why: str):
        """The page again, with what would go along and why it was not deleted yet."""
        return self.render_to_response(self.get_context_data(why=why))

    def form_valid(self, form):
        success_url = self.get_success_url()
        name = str(self.object)
        self.deletion.perform()
        messages.success(self.request, _("%(name)s dihapus.") % {"name": name})
        return HttpResponseRedirect(success_url)

    def refuse(self, holders):
        """The page again, with what rests on this one."""
        return self.render_to_response(self.get_context_data(holders=holders))

    def get_context_data(self, **kwargs):
        holders = list(kwargs.pop("holders") if "holders" in kwargs else self.find_holders())
        in_words = [holder for holder in holders if not isinstance(holder, Model)]
        rows = [holder for holder in holders if isinstance(holder, Model)]
        going = [row for found in self.deletion.goes_along.values() for row in found]
        name = str(self.object)
        return super().get_context_data(
            **{
                "held_by": sorted(in_words),
                # What a view says in its own words need not be said twice.
                "holders": [] if "held_by" in kwargs else groups_of(rows, self.request.user, self.rows, of=name),
                "goes_along": [] if holders else groups_of(going, self.request.user, self.rows, of=name),
                "ties": [] if holders else ties_of(self.deletion),
                "token": self.deletion.token,
            }
            | kwargs
        )
