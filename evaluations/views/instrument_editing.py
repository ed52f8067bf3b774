"""What all pages share that change an instrument: whose it is, and what becomes of two changes at once."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from asn_eval.accounts.office_views import reference_trail
from asn_eval.views import AccessMixin
from evaluations.actions.instrument_items import ItemsChanged
from evaluations.actions.instruments import is_locked
from evaluations.models import Instrument, InstrumentVersion


def instrument_trail(instrument: Instrument | None = None) -> list[tuple[str, str]]:
    trail = [*reference_trail(), (_("Instrumen"), reverse("instrument_list"))]
    return [*trail, (str(instrument), instrument.get_absolute_url())] if instrument else trail


def version_trail(version: InstrumentVersion) -> list[tuple[str, str]]:
    name = _("Versi %(number)s") % {"number": version.number}
    return [*instrument_trail(version.instrument), (name, version_url(version))]


def version_url(version: InstrumentVersion) -> str:
    return reverse("instrument_version", args=[version.pk])


class OwnInstrumentMixin(AccessMixin):
    """Everybody reads every instrument; who changes one that is not theirs finds no such page."""

    abstract = True

    @cached_property
    def instrument(self) -> Instrument:
        return self._own(get_object_or_404(self.rows(Instrument), pk=self.kwargs["pk"]))

    def _own(self, instrument: Instrument) -> Instrument:
        if not instrument.is_editable_by(self.request.user):
            raise Http404
        return instrument


class OwnVersionMixin(OwnInstrumentMixin):
    abstract = True

    @cached_property
    def version(self) -> InstrumentVersion:
        versions = self.rows(InstrumentVersion).select_related("instrument")
        version = get_object_or_404(versions, pk=self.kwargs["version_pk"])
        self._own(version.instrument)
        return version

    def dispatch(self, request, *args, **kwargs):
        """Nobody fills in a form that can no longer be saved; what is sent all the same, the action refuses."""
        if request.method == "GET" and request.user.has_perm(self.permission) and is_locked(self.version):
            messages.warning(request, _("Versi ini sudah ditanyakan kepada responden dan tidak dapat diubah."))
            return HttpResponseRedirect(version_url(self.version))
        return super().dispatch(request, *args, **kwargs)


class ActionView(View):
    """A button: one action, a message, and back. What the action refuses is told, not answered with an error."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        url = self.back_url()
        try:
            done, url = self.act()
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        else:
            messages.success(request, done)
        return HttpResponseRedirect(url)

    def back_url(self) -> str:
        raise NotImplementedError

    def act(self) -> tuple[str, str]:
        """Do it; return what to say and where to go."""
        raise NotImplementedError


class ActionFormView(AccessMixin, FormView):
    """A form that is saved by an action. What somebody else saved meanwhile is shown beside what was typed."""

    abstract = True
    template_name = "evaluations/instrument_form.html"
    heading = ""

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    def save(self, form) -> str:
        """Call the action; return what to say. Raises ``ValidationError``."""
        raise NotImplementedError

    def stored_form(self):
        """The form as it would be opened now."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            done = self.save(form)
        except ItemsChanged as error:
            return self.show_change(form, error)
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return HttpResponseRedirect(self.get_success_url())

    def show_change(self, form, error: ItemsChanged):
        """Nothing was saved and nothing typed is lost; the next press counts, for then both were seen."""
        stored = self.stored_form()
        data = form.data.copy()
        data["stamp"] = stored["stamp"].value()
        differences = list(_differences(form, stored))
        form.data = data
        context = self.get_context_data(form=form, change=error.messages, differences=differences)
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, **kwargs)


def confirm_deletion(request, name: str, trail, back_url: str, **context):
    """Asks before something goes: `held_by` forbids it, `refused` is why the last press did nothing."""
    context = {"object": name, "trail": trail, "back_url": back_url, **context}
    return render(request, "evaluations/instrument_confirm_delete.html", context)


def put_errors(form, error: ValidationError) -> None:
    """At the field where the form has it, at its top otherwise."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, found in by_field.items():
        for message in found:
            form.add_error(name if name in form.fields else None, capitalised(message))


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _differences(form, stored):
    """(label, what is stored) of every field that holds something else here."""
    for name, field in form.fields.items():
        if name == "stamp" or name in form.told_together or name not in stored.fields:
            continue
        typed, kept = (_in_words(field, each[name].value()) for each in (form, stored))
        if typed != kept:
            yield field.label, kept or _("tidak diisi")
    yield from form.other_differences(stored)


def _in_words(field, value) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(field, each) for each in value)
    if isinstance(value, bool) or value in (None, ""):
        return {True: _("ya"), False: _("tidak")}.get(value, "")
    names = {str(key): str(name) for key, name in getattr(field, "choices", ())}
    return names.get(str(value), "\n".join(str(field.prepare_value(value)).split("\r\n")))
