"""Paper questionnaires, typed in one after the other, and a second time by whoever wants to be sure."""

from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from asn_eval.views import AccessMixin
from evaluations.actions.keying import EntriesDiffer, enter_again, keyed_counts
from evaluations.actions.responses import AlreadyAnswered, ResponseRefused, says_the_same, store_response
from evaluations.answering import check_answers, visible_keys
from evaluations.authors import NOBODY, Author
from evaluations.forms.answers import KeyingForm, ShownDifference
from evaluations.models import Item, Response, Survey
from evaluations.questionnaire import today_at
from evaluations.register import Known, known_to
from evaluations.views.surveys import survey_trail

STILL_OPEN = gettext_lazy("Pilih ketikan yang benar untuk setiap isian yang berbeda.")
CHANGED_SINCE = gettext_lazy("Ketikan pertama baru saja berubah. Periksa sekali lagi perbedaannya.")


class SurveyKeyingView(AccessMixin, generic.FormView):
    form_class = KeyingForm
    permission = "evaluations.add_response"
    template_name = "evaluations/survey_keying.html"

    @cached_property
    def survey(self) -> Survey:
        surveys = self.rows(Survey).select_related("version__instrument", "evaluation__program__organizer")
        return get_object_or_404(surveys, pk=self.kwargs["pk"])

    @cached_property
    def items(self) -> list[Item]:
        return list(self.survey.version.items.all())

    @cached_property
    def known(self) -> list[Known]:
        # Once an anonymous survey is sealed nobody can answer; and which items are asked hangs on no person.
        is_needless = self.survey.is_sealed or "asked" in self.request.POST
        return [] if is_needless else known_to(self.survey)

    @cached_property
    def today(self) -> date:
        return today_at(self.survey)

    @property
    def is_again(self) -> bool:
        """Whether sheets are typed a second time; those of the public name nobody and cannot be found again."""
        return bool(self.request.GET.get("ulang")) and not self.survey.is_public

    @property
    def is_closed(self) -> bool:
        if self.is_again:
            return self.survey.is_sealed
        return self.survey.state == Survey.State.CLOSED

    def post(self, request, *args, **kwargs):
        if "asked" in request.POST:
            return JsonResponse({"asked": sorted(self._asked(self.get_form()))})
        return super().post(request, *args, **kwargs)

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
        return kwargs | {
            "survey": self.survey,
            "items": self.items,
            "known": self.known,
            "today": self.today,
            "is_again": self.is_again,
        }

    def form_valid(self, form):
        author = form.cleaned_data.get("respondent", NOBODY)
        return self._again(form, author) if self.is_again else self._first(form, author)

    def _first(self, form: KeyingForm, author: Author):
        received_on = form.cleaned_data["received_on"]
        try:
            response = store_response(
                survey=self.survey,
                answers=form.answers(),
                recalled=form.recalled(),
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
            if not says_the_same(response, form.all_items, form.answers(), form.recalled()):
                form.add_error(None, _("Formulir ini sudah dipakai lembar sebelumnya. Isian ini belum disimpan."))
                form.renew()
        if form.errors:
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Jawaban %(who)s disimpan. Lanjutkan dengan lembar berikutnya.") % {"who": self._who(author)},
        )
        return self._next(tanggal=received_on.isoformat())

    def _again(self, form: KeyingForm, author: Author):
        chosen = form.chosen()
        try:
            response = enter_again(
                survey=self.survey,
                author=author,
                items=self.items,
                answers=form.answers(),
                recalled=form.recalled(),
                chosen=chosen,
                seen=self.request.POST.get("seen", ""),
            )
        except ValidationError as error:
            form.add_answer_errors(error)
        except ResponseRefused as error:
            form.add_error("respondent", str(error))
        except EntriesDiffer as differ:
            shown = [ShownDifference.of(each, form) for each in differ.found]
            if "seen" in self.request.POST:
                is_same = self.request.POST["seen"] == differ.seen
                form.add_error(None, STILL_OPEN if is_same else CHANGED_SINCE)
            return self.render_to_response(self.get_context_data(form=form, differing=shown, seen=differ.seen))
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, self._told(author, response))
        return self._next(ulang="1")

    def _told(self, author: Author, response: Response) -> str:
        who = self._who(author)
        if not response.n_differences:
            return _("Kedua ketikan %(who)s sama. Lanjutkan dengan lembar berikutnya.") % {"who": who}
        return _("Perbedaan pada %(who)s sudah diputuskan dan disimpan. Lanjutkan dengan lembar berikutnya.") % {
            "who": who
        }

    def _next(self, **query: str):
        return redirect(f"{reverse('survey_keying', args=[self.survey.pk])}?{urlencode(query)}")

    def _who(self, author: Author) -> str:
        return next((each.suggestion for each in self.known if each.author == author), _("satu responden"))

    def _asked(self, form: KeyingForm) -> frozenset[str]:
        """The items that the sheet asks of somebody with what was typed so far."""
        typed = {}
        if form.is_bound:
            form.is_valid()
            typed, _errors = check_answers(form.items, form.answers(), may_be_incomplete=True, today=self.today)
        return visible_keys(self.items, typed, self.today)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", None)
        form = kwargs["form"] = kwargs["form"] or self.get_form()
        return super().get_context_data(
            survey=self.survey,
            suggestions=[known.suggestion for known in self.known],
            is_closed=self.is_closed,
            is_again=self.is_again,
            counts=keyed_counts(self.survey, self.items),
            asked=self._asked(form),
            has_conditions=any(item.relevance for item in self.items),
            trail=survey_trail(self.survey),
            **kwargs,
        )
