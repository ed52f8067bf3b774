"""Coding: a text, the passages that people marked in it, and the themes that these speak of.

Every change is a POST to the page itself. With htmx only the list beside the text and the blocks of the text that
a passage touches come back; without JavaScript the whole page does.
"""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from asn_eval.views import SAME_MOMENT, AccessMixin, key_in
from evaluations.actions.coding import finish_reading, lift_theme, mark_passage, theme_named
from evaluations.chain import chain_around
from evaluations.coded_texts import TEXT_FIELD, texts_of
from evaluations.coding_forms import MarkForm
from evaluations.coding_page import EVERYBODY, OWN, CodedPage, PageText
from evaluations.models import Coding, DocumentReview, Evaluation, Interview, Observation
from evaluations.passages import locate
from evaluations.theme_tree import in_tree_order
from evaluations.views.evidence import evaluation_trail


class CodingView(AccessMixin, TemplateView):
    """A page of texts of one evaluation. A view says what ``holder`` is and which ``texts`` it shows."""

    abstract = True
    permission = "evaluations.add_excerpt"
    template_name = "evaluations/coding.html"
    form: MarkForm | None = None

    @property
    def evaluation(self) -> Evaluation:
        return self.holder.evaluation

    @cached_property
    def themes(self):
        return in_tree_order(self.evaluation.themes.all())

    @property
    def shown(self) -> str:
        """Whose passages: "saya", "semua" or the number of a coder."""
        asked = self.request.GET.get("tampil", "")
        key = key_in(asked)
        return asked if asked == EVERYBODY else str(key) if key is not None else OWN

    def load(self) -> CodedPage:
        return CodedPage(self.evaluation, self.texts, self.request.user, self.shown)

    # --- Reading ---

    def get(self, request, *args, **kwargs):
        if request.htmx:
            context = self.list_context(self.load())
            return render(request, "evaluations/_coding_list.html", context)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        page = self.load()
        coders = sorted(page.coders.items(), key=lambda coder: coder[1])
        return super().get_context_data(
            holder=self.holder,
            evaluation=self.evaluation,
            chain=chain_around(self.holder, self.request.user),
            trail=[*evaluation_trail(self.evaluation), (str(self.holder), self.holder.get_absolute_url())],
            heading=_("Kode: %(what)s") % {"what": self.holder},
            drawn=page.draw(),
            form=self.form or self.make_form(),
            has_themes=bool(self.themes),
            coders=[(str(pk), name) for pk, name in coders if pk != self.request.user.pk],
            is_finished=self.is_finished(),
            **self.list_context(page),
            **kwargs,
        )

    def list_context(self, page: CodedPage) -> dict:
        asked, found = key_in(self.request.GET.get("daftar")), page.page_with(self.chosen)
        # What was just marked is shown, whichever page of the list stood there before.
        wanted = found if found and (self.request.method == "POST" or not asked) else asked
        number = min(max(wanted or 1, 1), page.n_pages)
        return {
            "passages": page.page(number),
            "n_passages": page.n,
            "list_page": number,
            "list_pages": page.n_pages,
            "shown": self.shown,
            "chosen": self.chosen,
            "finding_url": reverse("finding_from_passages", args=[self.evaluation.pk]),
        }

    @cached_property
    def chosen(self) -> int | None:
        return key_in(self.request.GET.get("bagian"))

    def make_form(self, data=None) -> MarkForm:
        return MarkForm(data, texts=self.texts, themes=self.themes)

    # --- Changing ---

    def post(self, request, *args, **kwargs):
        try:
            with transaction.atomic():
                return self.change()
        except ValidationError as error:
            return self.refuse(error)
        except IntegrityError:
            return self.refuse(ValidationError(SAME_MOMENT))

    def change(self) -> HttpResponse:
        data = self.request.POST
        self.lock()
        if "lepas" in data:
            return self.lift(key_in(data["lepas"]))
        if data.get("selesai") in {"1", "0"}:
            is_finished = data["selesai"] == "1"
            self.finish(is_finished)
            messages.success(
                self.request, _("Anda selesai mengode teks ini.") if is_finished else _("Teks ini dibuka lagi.")
            )
            return HttpResponseRedirect(self.url())
        self.form = self.make_form(data)
        if not self.form.is_valid():
            return self.refuse_form()
        return self.mark(self.form.cleaned_data)

    def mark(self, cleaned) -> HttpResponse:
        text = next(text for text in self.texts if text.key == cleaned["text"])
        start, end = cleaned["start"], cleaned["end"]
        if start is None or end is None:
            place = locate(text.text, cleaned["quote"])
            if place is None:
                self.form.add_error("quote", _("Bagian ini tidak ada dalam teks. Salin persis seperti tertulis."))
                return self.refuse_form()
            start, end = place
            cleaned["quote"] = text.text[start:end]
        user, theme = self.request.user, cleaned["theme"]
        if theme is None:
            theme = theme_named(evaluation=self.evaluation, name=cleaned["name"], kind=cleaned["kind"], user=user)
        coding, is_new = mark_passage(
            source=text.source,
            part=text.part,
            start=start,
            end=end,
            quote=cleaned["quote"],
            theme=theme,
            coder=user,
        )
        words = _("Tema “%(theme)s” diberikan.") if is_new else _("Bagian ini sudah bertema “%(theme)s”.")
        place = (self.texts.index(text), start, end)
        response = self.answer(
            words % {"theme": theme}, coding.excerpt_id, [place], undo=coding if is_new else None
        )
        if not self.form.cleaned_data["theme"] and self.request.htmx:
            fresh = {"key": theme.pk, "label": theme.name, "kind": theme.get_kind_display().lower()}
            response["HX-Trigger"] = json.dumps({"newTheme": fresh})
        return response

    def lift(self, key: int | None) -> HttpResponse:
        rows = self.rows(Coding).filter(excerpt__in=self.evaluation.excerpts.all())
        coding = get_object_or_404(rows.select_related("excerpt__evaluation", "theme"), pk=key)
        if coding.excerpt.coder_id != self.request.user.pk:
            raise ValidationError(
                _("Kode ini milik pengode lain; hanya ia yang dapat melepasnya."), code="foreign"
            )
        excerpt, theme = coding.excerpt, coding.theme
        key, place = excerpt.pk, self.place_of(excerpt)
        lift_theme(coding=coding)
        return self.answer(
            _("Tema “%(theme)s” dilepas.") % {"theme": theme},
            key,
            [(place, excerpt.start, excerpt.end)] if place is not None and not excerpt.is_lost else [],
            again=None if place is None or excerpt.is_lost else (self.texts[place], excerpt, theme),
        )

    def place_of(self, excerpt) -> int | None:
        found = (getattr(excerpt, f"{excerpt.text_field}_id"), excerpt.part)
        return next((place for place, text in enumerate(self.texts) if text.place == found), None)

    def answer(self, words: str, excerpt: int, places, *, undo=None, again=None) -> HttpResponse:
        """What was done, with the way back: ``undo`` is a coding to lift, ``again`` what was lifted."""
        if not self.request.htmx:
            messages.success(self.request, words)
            return HttpResponseRedirect(self.url(bagian=excerpt, anchor="daftar"))
        self.chosen = excerpt
        page = self.load()
        context = self.list_context(page) | {
            "done": words,
            "undo": undo,
            "again": again,
            "redrawn": [block for drawn in page.draw(places) for block in drawn.blocks],
        }
        return render(self.request, "evaluations/_coding_answer.html", context)

    def refuse(self, error: ValidationError) -> HttpResponse:
        words = " ".join(error.messages)
        if self.request.htmx:
            return render(
                self.request,
                "evaluations/_coding_answer.html",
                self.list_context(self.load()) | {"refused": words},
            )
        messages.error(self.request, words)
        return HttpResponseRedirect(self.url())

    def refuse_form(self) -> HttpResponse:
        if not self.request.htmx:
            return self.render_to_response(self.get_context_data())
        labels = {field.name: field.label for field in self.form}
        errors = [f"{labels[name]}: {words}" for name, found in self.form.errors.items() for words in found]
        return self.refuse(ValidationError(list(dict.fromkeys(errors))))

    def url(self, anchor: str = "", **query) -> str:
        if self.shown != OWN:
            query["tampil"] = self.shown
        return f"{self.request.path}{f'?{urlencode(query)}' if query else ''}{f'#{anchor}' if anchor else ''}"


class SourceCodingView(CodingView):
    """The texts of an interview, an observation or a document."""

    abstract = True
    model: type
    related: tuple[str, ...] = ()

    @cached_property
    def holder(self):
        return get_object_or_404(
            self.rows(self.model).select_related("evaluation", *self.related), pk=self.kwargs["pk"]
        )

    @cached_property
    def texts(self) -> list[PageText]:
        return [
            PageText(f"p-{text.part}", text.heading, self.holder, text.part, text.text)
            for text in texts_of(self.holder)
        ]

    def lock(self) -> None:
        """Nobody changes the text while a passage of it is marked."""
        get_object_or_404(self.rows(self.model).select_for_update(of=("self",)), pk=self.kwargs["pk"])

    def is_finished(self) -> bool:
        field = {TEXT_FIELD[self.model]: self.holder}
        return self.evaluation.readings.filter(coder=self.request.user, **field).exists()

    def finish(self, is_finished: bool) -> None:
        finish_reading(source=self.holder, coder=self.request.user, is_finished=is_finished)


class InterviewCodingView(SourceCodingView):
    model = Interview
    related = ("guide",)


class ObservationCodingView(SourceCodingView):
    model = Observation
    related = ("version",)


class DocumentCodingView(SourceCodingView):
    model = DocumentReview
    related = ("version",)
