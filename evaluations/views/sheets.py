"""A sheet is filled in: the questions of an instrument, answered by an observer or a reviewer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from asn_eval.views import AccessMixin, key_in
from evaluations.actions.sheets import SheetChanged, fill_sheet
from evaluations.answering import check_answers
from evaluations.form_rendering import filled_html
from evaluations.models import DocumentReview, Item, Observation
from evaluations.questionnaire import answerable, questions_of, today_of, typed_answers
from evaluations.sheet_values import in_words, known_of, typed_of
from evaluations.views.evidence import evaluation_trail

CHANGED_MEANWHILE = gettext_lazy(
    "Orang lain mengubah lembar ini setelah Anda membukanya. Isian Anda tetap di sini; isian yang tersimpan "
    "ditampilkan pada butir yang berbeda. Tekan Simpan lembar sekali lagi untuk memakai isian Anda."
)


class SheetView(AccessMixin, View):
    abstract = True
    model: type[Observation | DocumentReview]

    def get(self, request, pk):
        typed = typed_of(self.row.sheet, self.items) or known_of(self.row, self.items)
        return self._show(typed, {})

    @transaction.atomic
    def post(self, request, pk):
        row = get_object_or_404(self._rows().select_for_update(of=("self",)), pk=pk)
        self.__dict__["row"] = row
        typed = typed_answers(self.items, request.POST)
        try:
            fill_sheet(
                row=row,
                answers=typed,
                seen_revision=key_in(request.POST.get("seen_revision")) or 0,
                today=self._today,
            )
        except ValidationError as error:
            errors = {key: " ".join(told) for key, told in error.message_dict.items()}
            return self._show(typed, errors)
        except SheetChanged as changed:
            return self._show(typed, self._differences(typed, changed.stored), general=CHANGED_MEANWHILE)
        messages.success(request, _("Lembar disimpan."))
        return HttpResponseRedirect(row.get_absolute_url())

    @cached_property
    def row(self) -> Observation | DocumentReview:
        return get_object_or_404(self._rows(), pk=self.kwargs["pk"])

    def _rows(self):
        return self.rows(self.model).select_related("evaluation__program__organizer", "version__instrument")

    @cached_property
    def items(self) -> list[Item]:
        if self.row.version_id is None:
            raise Http404
        return list(self.row.version.items.all())

    @property
    def _today(self):
        return today_of(self.row.evaluation)

    def _differences(self, typed: dict, stored: dict) -> dict[str, str]:
        """What stands in the stored sheet where it differs from what was typed."""
        values, _errors = check_answers(self.items, typed, today=self._today)
        return {
            item.key: _("Tersimpan: %(answer)s") % {"answer": in_words(item, stored.get(item.key))}
            for item in self.items
            if item.is_answered and values.get(item.key) != stored.get(item.key)
        }

    def _show(self, typed: dict, errors: dict[str, str], *, general: str = ""):
        questions = questions_of(self.items, typed, errors)
        row = self.row
        # A press that follows what the page told about the other person's answers is a decision.
        is_posted = self.request.method == "POST" and not general
        seen = self.request.POST.get("seen_revision", "") if is_posted else row.revision
        context = {
            "row": row,
            "version": row.version,
            "questions": filled_html(questions, layout="gulir"),
            "wrong": [question for question in answerable(questions) if question.has_error] if errors else [],
            "general_error": general,
            "seen_revision": seen,
            "trail": [*evaluation_trail(row.evaluation), (str(row), row.get_absolute_url())],
        }
        return render(self.request, "evaluations/sheet_form.html", context)


class ObservationSheetView(SheetView):
    model = Observation
    permission = "evaluations.change_observation"


class DocumentSheetView(SheetView):
    model = DocumentReview
    permission = "evaluations.change_documentreview"
