"""Paper questionnaires, typed in one after the other."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import generic

from asn_eval.views import AccessMixin
from evaluations.actions.responses import AlreadyAnswered, ResponseRefused, says_the_same, store_response
from evaluations.authors import NOBODY
from evaluations.forms.answers import KeyingForm
from evaluations.models import Response, Survey
from evaluations.questionnaire import today_at
from evaluations.register import Known, known_to
from evaluations.survey_counts import with_counts
from evaluations.views.surveys import survey_trail


class SurveyKeyingView(AccessMixin, generic.FormView):
    form_class = KeyingForm
    permission = "evaluations.add_response"
    template_name = "evaluations/survey_keying.html"

    @cached_property
    def survey(self) -> Survey:
        surveys = with_counts(self.rows(Survey)).select_related(
            "version__instrument", "evaluation__program__organizer"
        )
        return get_object_or_404(surveys, pk=self.kwargs["pk"])

    @cached_property
    def known(self) -> list[Known]:
        return known_to(self.survey)

    @cached_property
    def today(self) -> date:
        return today_at(self.survey)

    def get_initial(self):
        """The date of the sheet before, else today, else the last day that counts."""
        survey = self.survey
        try:
            chosen = date.fromisoformat(self.request.GET.get("tanggal", ""))
        except ValueError:
            chosen = self.today
        return {"received_on": min(max(chosen, survey.opens_on), survey.closes_on), "response_id": uuid4()}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        items = list(self.survey.version.items.all())
        return kwargs | {
            "survey": self.survey,
            "items": items,
            "known": self.known,
            "today": self.today,
        }

    def form_valid(self, form):
        author = form.cleaned_data.get("respondent", NOBODY)
        received_on = form.cleaned_data["received_on"]
        try:
            response = store_response(
                survey=self.survey,
                answers=form.answers(),
                author=author,
                response_id=form.cleaned_data["response_id"],
                channel=Response.Channel.PAPER,
                received_on=received_on,
                entered_by=self.request.user,
            )
        except ValidationError as error:
            form.add_answer_errors(error)
        except AlreadyAnswered as error:
            form.add_error("respondent" if author != NOBODY else None, str(error))
            form.renew()
        except ResponseRefused as error:
            form.add_error("received_on", str(error))
        else:
            # The browser's Back brings the form of a stored sheet, and the next sheet is typed into it.
            if not says_the_same(response, form.items, form.answers()):
                form.add_error(None, _("Formulir ini sudah dipakai lembar sebelumnya. Isian ini belum disimpan."))
                form.renew()
        if form.errors:
            return self.form_invalid(form)
        who = next((each.suggestion for each in self.known if each.author == author), _("satu responden"))
        messages.success(
            self.request, _("Jawaban %(who)s disimpan. Lanjutkan dengan lembar berikutnya.") % {"who": who}
        )
        return redirect(f"{reverse('survey_keying', args=[self.survey.pk])}?tanggal={received_on.isoformat()}")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            survey=self.survey,
            suggestions=[known.suggestion for known in self.known],
            is_closed=self.survey.state == Survey.State.CLOSED,
            trail=survey_trail(self.survey),
            **kwargs,
        )
