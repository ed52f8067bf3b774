"""The codebook of an evaluation: a tree of themes with their meaning and how widely each was named."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from asn_eval.listing import WorkbookView
from asn_eval.views import SAME_MOMENT, AccessMixin, ScopedDetailView
from evaluations.actions.themes import delete_theme, merge_themes, save_theme, split_theme, start_codebook
from evaluations.chain import chain_around
from evaluations.coded_sources import named_with_sources, still_said
from evaluations.coding_forms import MergeForm, SplitForm, StartCodebookForm, ThemeForm
from evaluations.models import Evaluation, Finding, Theme
from evaluations.theme_tree import in_tree_order, with_counts
from evaluations.views.evidence import RecordCreateView, RecordDeleteView, RecordUpdateView, evaluation_trail
from evaluations.views.findings import ActionFormMixin

SHOWN_PASSAGES = 100  # on the page of a theme; the search has all of them


def codebook_trail(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [*evaluation_trail(evaluation), (_("Kodebuk"), reverse("codebook", args=[evaluation.pk]))]


class OneEvaluationMixin(AccessMixin):
    abstract = True

    @cached_property
    def evaluation(self) -> Evaluation:
        return get_object_or_404(self.rows(Evaluation), pk=self.kwargs["pk"])

    def get_themes(self) -> list[Theme]:
        return in_tree_order(with_counts(self.evaluation.themes.all()))


class CodebookView(OneEvaluationMixin, FormView):
    """Read by everyone; whoever may, begins it here with the ready themes or those of another evaluation."""

    permission = "evaluations.view_theme"
    template_name = "evaluations/codebook.html"
    form_class = StartCodebookForm
    http_method_names = ["get", "head", "options"]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"evaluation": self.evaluation}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            evaluation=self.evaluation,
            themes=self.get_themes(),
            trail=evaluation_trail(self.evaluation),
            **kwargs,
        )


class CodebookStartView(CodebookView):
    permission = "evaluations.add_theme"
    http_method_names = ["post"]

    def form_valid(self, form):
        try:
            themes = start_codebook(
                evaluation=self.evaluation, user=self.request.user, source=form.cleaned_data["source"]
            )
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(
                self.request,
                _("Kodebuk dimulai dengan %(n)s tema. Sesuaikan, lalu tandai bagian teks.") % {"n": len(themes)},
            )
        return HttpResponseRedirect(reverse("codebook", args=[self.evaluation.pk]))


class CodebookExportView(OneEvaluationMixin, WorkbookView):
    permission = "evaluations.view_theme"
    sheet_title = gettext_lazy("Kodebuk")

    @property
    def file_name(self) -> str:
        return _("kodebuk %(evaluation)s") % {"evaluation": self.evaluation.title}

    def columns(self):
        categories = dict(Finding.Category.choices)
        about = [
            (_("Kunci"), lambda theme: theme.key),
            (_("Tingkat"), lambda theme: theme.level + 1),
            (_("Jenis"), lambda theme: theme.get_kind_display()),
            (_("Tema"), lambda theme: theme.name),
            (_("Bagian dari"), lambda theme: theme.above),
            (_("Kategori temuan"), lambda theme: str(categories.get(theme.category, ""))),
            (_("Batasan"), lambda theme: theme.definition),
            (_("Contoh ucapan"), lambda theme: theme.example),
        ]
        # How often a theme was named is told to others by the matrices, which protect small groups.
        if not self.request.user.has_perm("evaluations.view_excerpt"):
            return about
        return [
            *about,
            (_("Bagian bertanda"), lambda theme: theme.n_passages),
            (_("Informan"), lambda theme: theme.n_informants),
            (_("Observasi dan dokumen"), lambda theme: theme.n_sources),
        ]

    def rows_to_write(self):
        themes = self.get_themes()
        names = {theme.pk: theme.name for theme in themes}
        for theme in themes:
            theme.above = names.get(theme.parent_id, "")
        return themes


class ThemeDetailView(ScopedDetailView):
    """A theme with its meaning; who may read passages reads them here."""

    model = Theme
    permission = "evaluations.view_theme"
    template_name = "evaluations/theme_detail.html"

    def get_queryset(self):
        return with_counts(super().get_queryset()).select_related("evaluation", "parent")

    def get_context_data(self, **kwargs):
        theme, passages = self.object, []
        if self.request.user.has_perm("evaluations.view_excerpt"):
            passages = named_with_sources(
                still_said(theme.evaluation.excerpts.filter(codings__theme=theme))[:SHOWN_PASSAGES]
            )
        return super().get_context_data(
            trail=codebook_trail(theme.evaluation),
            chain=chain_around(theme, self.request.user),
            category=dict(Finding.Category.choices).get(theme.category, ""),
            children=list(theme.children.all()),
            passages=passages,
            finding_url=reverse("finding_from_passages", args=[theme.evaluation_id]),
            **kwargs,
        )


class SameMomentMixin:
    """Between our looking and our writing somebody else changed the same theme: pressing again sees it."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.add_error(None, SAME_MOMENT)
            return self.form_invalid(form)


class ThemeFormMixin(SameMomentMixin, ActionFormMixin):
    model = Theme
    form_class = ThemeForm
    saved_message = gettext_lazy("Tema disimpan.")

    def perform(self, form):
        form.raise_revision()
        return save_theme(theme=form.instance)

    def get_trail(self):
        trail = codebook_trail(self.get_evaluation())
        return [*trail, (str(self.object), self.object.get_absolute_url())] if self.object else trail


class ThemeCreateView(ThemeFormMixin, RecordCreateView):
    permission = "evaluations.add_theme"
    heading = gettext_lazy("Tema baru")

    def perform(self, form):
        form.instance.created_by = self.request.user
        return save_theme(theme=form.instance)

    def get_back_url(self):
        return reverse("codebook", args=[self.parent.pk])


class ThemeUpdateView(ThemeFormMixin, RecordUpdateView):
    permission = "evaluations.change_theme"
    heading = gettext_lazy("Ubah tema")


class ThemeDeleteView(RecordDeleteView):
    """Only what was never used; what was used is merged into another theme."""

    model = Theme
    permission = "evaluations.delete_theme"

    def get_trail(self):
        return [*codebook_trail(self.object.evaluation), (str(self.object), self.object.get_absolute_url())]

    def find_holders(self):
        n = self.object.codings.count()
        used = [_("%(n)s bagian bertanda. Gabungkan tema ini ke tema lain bila tidak dipakai lagi.") % {"n": n}]
        return [*(used if n else ()), *self.object.children.all()]

    def get_success_url(self):
        return reverse("codebook", args=[self.object.evaluation_id])

    def form_valid(self, form):
        url, name = self.get_success_url(), str(self.object)
        delete_theme(theme=self.object)
        messages.success(self.request, _("%(name)s dihapus.") % {"name": name})
        return HttpResponseRedirect(url)


class RearrangeMixin:
    """Saves through ``perform(cleaned)``, which returns the theme to go to and what to say there."""

    def form_valid(self, form):
        try:
            target, words = self.perform(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, words)
        return HttpResponseRedirect(target.get_absolute_url())


class ThemeActionView(SameMomentMixin, RearrangeMixin, AccessMixin, FormView):
    """A page that rearranges one theme."""

    abstract = True
    permission = "evaluations.change_theme"

    @cached_property
    def theme(self) -> Theme:
        themes = with_counts(self.rows(Theme)).select_related("evaluation")
        return get_object_or_404(themes, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs | {"theme": self.theme}

    def get_context_data(self, **kwargs):
        theme = self.theme
        return super().get_context_data(
            theme=theme,
            trail=[*codebook_trail(theme.evaluation), (str(theme), theme.get_absolute_url())],
            back_url=theme.get_absolute_url(),
            **kwargs,
        )


class ThemeMergeView(ThemeActionView):
    template_name = "evaluations/theme_merge.html"
    form_class = MergeForm

    def perform(self, cleaned):
        theme, into = self.theme, cleaned["into"]
        moved = merge_themes(theme=theme, into=into)
        return into, _("“%(theme)s” digabung ke “%(into)s”; %(n)s bagian bertanda ikut pindah.") % {
            "theme": theme,
            "into": into,
            "n": moved,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(children=list(self.theme.children.all()), **kwargs)


class ThemeSplitView(ThemeActionView):
    template_name = "evaluations/theme_split.html"
    form_class = SplitForm

    def perform(self, cleaned):
        theme = self.theme
        into = cleaned["into"] or Theme(
            evaluation=theme.evaluation,
            parent=theme.parent,
            kind=theme.kind,
            category=theme.category,
            name=cleaned["name"],
            created_by=self.request.user,
        )
        moved = split_theme(theme=theme, excerpts=list(cleaned["excerpts"]), into=into)
        return into, _("%(n)s bagian bertanda pindah ke “%(into)s”.") % {"n": moved, "into": into}
