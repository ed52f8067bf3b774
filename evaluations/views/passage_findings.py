"""Marked passages become what a finding rests on: a new one, or one that says the same already."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from asn_eval.views import AccessMixin, key_in
from evaluations.actions.excerpt_evidence import add_excerpts, record_finding_from
from evaluations.actions.themes import DEEPEST
from evaluations.coded_sources import still_said
from evaluations.coding_forms import FindingFromPassagesForm, PassagesToFindingForm
from evaluations.models import Evaluation, Finding, Theme
from evaluations.theme_tree import under
from evaluations.views.codebook import codebook_trail
from evaluations.views.evidence import RecordCreateView
from evaluations.views.findings import ActionFormMixin

MOST_OFFERED = 100  # passages on one page


class PassagesMixin(ActionFormMixin):
    """The passages that one came with: of a theme and everything below it, or named one by one."""

    template_name = "evaluations/finding_from_passages.html"

    @cached_property
    def theme(self) -> Theme | None:
        key = key_in(self.request.GET.get("tema"))
        return None if key is None else get_object_or_404(self.parent.themes.all(), pk=key)

    @cached_property
    def asked(self) -> list[int]:
        keys = [key_in(text) for text in self.request.GET.getlist("bagian")]
        return [key for key in keys if key is not None][:MOST_OFFERED]

    def offered(self):
        rows = still_said(self.parent.excerpts.select_related("coder"))
        condition = Q(pk__in=self.asked)
        if self.theme:
            condition |= under("codings__theme", DEEPEST, pk=self.theme.pk)
        keys = rows.filter(condition).order_by("pk").values_list("pk", flat=True).distinct()
        return rows.filter(pk__in=list(keys[:MOST_OFFERED])).order_by("pk")

    def get_initial(self):
        return {"excerpts": list(self.offered().values_list("pk", flat=True))}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"offered": self.offered()}

    def get_back_url(self):
        return reverse("codebook", args=[self.parent.pk])

    def get_context_data(self, **kwargs):
        query = {"bagian": self.asked} | ({"tema": self.theme.pk} if self.theme else {})
        return super().get_context_data(query=urlencode(query, doseq=True), evaluation=self.parent, **kwargs)


class FindingFromPassagesView(PassagesMixin, RecordCreateView):
    """What people said becomes a finding that rests on their very words."""

    model = Finding
    form_class = FindingFromPassagesForm
    permission = "evaluations.add_finding"
    heading = gettext_lazy("Jadikan temuan")
    saved_message = gettext_lazy("Temuan disimpan bersama buktinya.")

    def get_initial(self):
        theme = self.theme or self.parent.themes.filter(codings__excerpt__in=self.asked).first()
        if theme is None:
            return super().get_initial()
        kind = {"kind": theme.kind} if theme.kind in Finding.Kind.values else {}
        return super().get_initial() | {"category": theme.category} | kind

    def perform(self, form):
        return record_finding_from(finding=form.instance, excerpts=list(form.cleaned_data["excerpts"]))


class PassagesToFindingView(PassagesMixin, AccessMixin, FormView):
    """What people said is further evidence of a finding, or speaks against it."""

    form_class = PassagesToFindingForm
    permission = "evaluations.change_finding"
    saved_message = gettext_lazy("Bukti ditambahkan.")

    @cached_property
    def parent(self) -> Evaluation:
        return get_object_or_404(self.rows(Evaluation), pk=self.kwargs["parent_pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs | {"findings": self.parent.findings.all()}

    def perform(self, form):
        cleaned = form.cleaned_data
        add_excerpts(finding=cleaned["finding"], excerpts=list(cleaned["excerpts"]), stance=cleaned["stance"])
        return cleaned["finding"]

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=_("Tambahkan ke temuan"),
            trail=codebook_trail(self.parent),
            back_url=self.get_back_url(),
            **kwargs,
        )
