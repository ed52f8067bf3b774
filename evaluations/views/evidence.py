"""What the pages of all evidence share: the way to the evaluation, the chain, the record in full."""

from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from asn_eval.views import (
    ScopedCreateView,
    ScopedDeleteView,
    ScopedDetailView,
    ScopedUpdateView,
)
from evaluations.chain import chain_around
from evaluations.models import Attachment, CaseEvidence, Evaluation, Evidence, Finding
from evaluations.models.findings import SourceLink
from programs.actions.activities import forget_files


def evaluation_trail(evaluation: Evaluation) -> list[tuple[str, str]]:
    """The way from the list of evaluations to ``evaluation``, for the breadcrumbs."""
    return [
        (_("Evaluasi"), reverse("evaluation_list")),
        (evaluation.title, evaluation.get_absolute_url()),
    ]


class OfEvaluationMixin:
    """A page of a record that belongs to one evaluation; shows the way there."""

    def get_queryset(self):
        return super().get_queryset().select_related("evaluation")

    def get_evaluation(self) -> Evaluation:
        return self.object.evaluation if self.object else self.parent

    def get_trail(self) -> list[tuple[str, str]]:
        trail = evaluation_trail(self.get_evaluation())
        if self.object and not isinstance(self, ScopedDetailView):
            trail.append((str(self.object), self.object.get_absolute_url()))
        return trail

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=self.get_trail(), **kwargs)


class RecordCreateView(OfEvaluationMixin, ScopedCreateView):
    abstract = True
    parent_model = Evaluation


class RecordUpdateView(OfEvaluationMixin, ScopedUpdateView):
    abstract = True


class RecordDeleteView(OfEvaluationMixin, ScopedDeleteView):
    abstract = True
    section = ""  # anchor of this record's section on the page of the evaluation

    def get_success_url(self):
        return f"{self.get_evaluation().get_absolute_url()}#{self.section}"

    def form_valid(self, form):
        forget_files(attachment.file for attachment in self.deletion.goes_along.get(Attachment, ()))
        return super().form_valid(form)

    def find_holders(self):
        return named_by_finding(super().find_holders(), self.rows(Finding))


def named_by_finding(holders, findings) -> list:
    """``holders`` with each link replaced by the finding or the case study it belongs to: so people know it."""
    evidence = [row.pk for row in holders if isinstance(row, Evidence)]
    held = findings.filter(evidence__in=evidence).distinct() if evidence else ()
    told = dict.fromkeys(row.case_study for row in holders if isinstance(row, CaseEvidence))
    return [*held, *told, *(row for row in holders if not isinstance(row, SourceLink))]


def findings_on(rows, **source):
    """The findings among ``rows`` that rest on one source, with what answers them."""
    evidence = Evidence.objects.filter(**source)
    return list(rows.filter(pk__in=evidence.values("finding")).prefetch_related("recommendations"))


class SourceDetailView(OfEvaluationMixin, ScopedDetailView):
    """A source in full, and what rests on it."""

    abstract = True
    template_name = "evaluations/source_detail.html"
    source_field = ""  # the field of Evidence that leads here; empty for what nothing rests on
    coding_url_name = ""  # the page on which its texts are coded
    fact_names: tuple[str, ...] = ()
    text_names: tuple[str, ...] = ()
    url_names: tuple[str, str] = ("", "")  # update, delete

    def named_values(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """(label, value in words) of the fields that hold something."""
        values = [
            (capfirst(self.model._meta.get_field(name).verbose_name), getattr(self.object, name)) for name in names
        ]
        return [(label, formats.localize(value)) for label, value in values if value]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {
            "kind_name": capfirst(self.model._meta.verbose_name),
            "facts": self.named_values(self.fact_names),
            "texts": self.named_values(self.text_names),
            "update_url": reverse(self.url_names[0], args=[self.object.pk]),
            "delete_url": reverse(self.url_names[1], args=[self.object.pk]),
            "coding_url": reverse(self.coding_url_name, args=[self.object.pk]) if self.coding_url_name else "",
            "may_change": self.request.user.has_perm(f"evaluations.change_{self.model._meta.model_name}"),
        }
        return context | (self.chain_context() if self.source_field else {})

    def chain_context(self) -> dict:
        findings = findings_on(self.rows(Finding), **{self.source_field: self.object})
        create = reverse("finding_create", args=[self.object.evaluation_id])
        return {
            "findings": findings,
            "chain": chain_around(self.object, self.request.user),
            "finding_create_url": f"{create}?sumber={self.source_field}-{self.object.pk}",
        }
