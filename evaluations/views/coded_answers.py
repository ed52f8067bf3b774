"""Open answers of a survey, coded question by question. Nobody is named, and no order tells who came first."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from asn_eval.views import key_in
from evaluations.actions.coding import finish_answers
from evaluations.coding_page import PageText
from evaluations.models import Excerpt, Survey
from evaluations.open_texts import OpenTexts, open_items, texts_to
from evaluations.views.coding import CodingView

PER_PAGE = 50


class AnswerCodingView(CodingView):
    """One open question: its answers page by page, each a text of its own."""

    template_name = "evaluations/coding_answers.html"

    @cached_property
    def holder(self) -> Survey:
        surveys = self.rows(Survey).select_related("evaluation", "version__instrument")
        return get_object_or_404(surveys, pk=self.kwargs["pk"])

    @cached_property
    def items(self):
        return open_items(self.holder)

    @cached_property
    def answers(self) -> OpenTexts:
        item = next((item for item in self.items if item.key == self.kwargs["item"]), None)
        if item is None:
            raise Http404
        return texts_to(self.holder, item, self.request.user)

    @property
    def n_pages(self) -> int:
        return max(1, -(-len(self.answers.keys) // PER_PAGE))

    @cached_property
    def number(self) -> int:
        """The page of answers: the one asked for, or that of the passage one comes for."""
        asked = key_in(self.request.GET.get("halaman"))
        if asked is None and self.chosen is not None:
            rows = self.rows(Excerpt).filter(pk=self.chosen, open_answer__isnull=False)
            answer = rows.values_list("open_answer", flat=True).first()
            asked = self.answers.place_of(answer) // PER_PAGE + 1 if answer else 1
        return min(max(asked or 1, 1), self.n_pages)

    @cached_property
    def texts(self) -> list[PageText]:
        start = (self.number - 1) * PER_PAGE
        return [
            PageText(token, _("Jawaban %(number)s") % {"number": place}, answer, "", answer.text)
            for place, (token, answer) in enumerate(self.answers.answers(start, start + PER_PAGE), start=start + 1)
        ]

    def lock(self) -> None:
        get_object_or_404(self.rows(Survey).select_for_update(of=("self",), no_key=True), pk=self.kwargs["pk"])

    def is_finished(self) -> bool:
        sources = [text.source for text in self.texts]
        read = self.evaluation.readings.filter(coder=self.request.user, open_answer__in=sources).count()
        return bool(sources) and read == len(sources)

    def finish(self, is_finished: bool) -> None:
        sources = [text.source for text in self.texts]
        finish_answers(
            evaluation=self.evaluation, answers=sources, coder=self.request.user, is_finished=is_finished
        )

    def url(self, anchor: str = "", **query) -> str:
        return super().url(anchor, **{"halaman": self.number} | query)

    def get_context_data(self, **kwargs):
        answers = self.answers
        return super().get_context_data(
            item=answers.item,
            items=self.items,
            refusal=answers.refusal,
            n_answers=len(answers.keys),
            number=self.number,
            n_pages=self.n_pages,
            **kwargs,
        )
