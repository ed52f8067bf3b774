"""Instruments in and out as XLSForm: uploaded, shown with all that has no place here, saved after consent."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import generic

from asn_eval.exports import XLSX
from asn_eval.views import AccessMixin, key_in
from evaluations.actions.instruments import definition_of, save_as_new_instrument
from evaluations.definitions import InstrumentDefinition
from evaluations.forms.xlsform import XlsFormUploadForm
from evaluations.models import Instrument, Item
from evaluations.xlsform import Outcome, XlsFormReading, write_xlsform
from evaluations.xlsform.draft import packed, unpacked

DRAFT_SECONDS = 24 * 60 * 60
LONGEST_DRAFT = 2_000_000  # below what a request may carry back
PROBLEMS_SHOWN = 200
NOTES_SHOWN = 100


class XlsFormImportView(AccessMixin, generic.FormView):
    """What was read travels to the second step in the page, signed for this user: nothing is kept until then."""

    permission = "evaluations.add_instrument"
    form_class = XlsFormUploadForm
    template_name = "evaluations/xlsform_import.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    def post(self, request, *args, **kwargs):
        if "draft" in request.POST:
            return self._save(request.POST["draft"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        reading = form.reading
        draft = self._signed(reading.definition) if reading.definition else ""
        if len(draft) > LONGEST_DRAFT:
            form.add_error("file", _("Formulir ini terlalu besar untuk diimpor sekaligus; bagi menjadi beberapa."))
            return self.form_invalid(form)
        name = form.cleaned_data["file"].name
        return self.render_to_response(
            self.get_context_data(form=form, reading=reading, draft=draft, file_name=name)
        )

    def _salt(self) -> str:
        return f"xlsform:{self.request.user.pk}"

    def _signed(self, definition: InstrumentDefinition) -> str:
        return signing.dumps(packed(definition), salt=self._salt(), compress=True)

    def _save(self, draft: str):
        try:
            definition = unpacked(signing.loads(draft, salt=self._salt(), max_age=DRAFT_SECONDS))
            instrument = save_as_new_instrument(definition=definition, owner=self.request.user.office)
        except (signing.BadSignature, KeyError, TypeError):
            messages.error(self.request, _("Pratinjau ini sudah tidak berlaku. Unggah berkasnya sekali lagi."))
            return redirect("xlsform_import")
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("xlsform_import")
        messages.success(
            self.request,
            _("Instrumen “%(name)s” diimpor sebagai draf. Periksa butirnya sebelum dipakai.")
            % {"name": instrument},
        )
        return redirect(instrument)

    def get_context_data(self, reading: XlsFormReading | None = None, **kwargs):
        return super().get_context_data(
            reading=reading,
            trail=[(_("Data induk"), reverse("reference_index")), (_("Instrumen"), reverse("instrument_list"))],
            **(_shown(reading) if reading else {}),
            **kwargs,
        )


def _shown(reading: XlsFormReading) -> dict:
    """What the page says of a reading."""
    kinds = dict(Item.Type.choices)
    items = reading.definition.items if reading.definition else ()
    # What refuses the whole form comes first, however many other places are named.
    problems = sorted(reading.problems, key=lambda problem: problem.outcome is not Outcome.FORM)
    return {
        "problems": problems[:PROBLEMS_SHOWN],
        "n_hidden": max(0, len(problems) - PROBLEMS_SHOWN),
        "notes": reading.notes[:NOTES_SHOWN],
        "n_notes_hidden": max(0, len(reading.notes) - NOTES_SHOWN),
        "n_rows_left_out": sum(problem.outcome is Outcome.ROW for problem in problems),
        "items": [(item, kinds[item.type]) for item in items],
    }


class XlsFormView(AccessMixin, generic.View):
    """One version of an instrument as a workbook, the newest unless ``versi`` says which."""

    permission = "evaluations.view_instrument"

    def get(self, request, pk):
        instrument = get_object_or_404(self.rows(Instrument), pk=pk)
        versions = instrument.versions.order_by("-number")
        if "versi" in request.GET:
            versions = versions.filter(number=key_in(request.GET["versi"]))
        version = versions.first()
        if version is None:
            raise Http404
        response = HttpResponse(write_xlsform(definition_of(version)), content_type=XLSX)
        name = f"{instrument.key}-v{version.number}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
