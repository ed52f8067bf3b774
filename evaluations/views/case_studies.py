"""Case studies with the sources they are told from."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from asn_eval.views import AccessMixin, key_in
from evaluations.actions.case_studies import link_source
from evaluations.actions.findings import source_of
from evaluations.case_forms import CaseEvidenceForm
from evaluations.citations import cite
from evaluations.models import CaseEvidence, CaseStudy
from evaluations.models.findings import CASE_SOURCES
from evaluations.source_forms import CaseStudyForm
from evaluations.views.evidence import (
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
    SourceDetailView,
    evaluation_trail,
)
from evaluations.views.findings import ActionFormMixin

SOURCES_ANCHOR = "#sumber"


class CaseStudyDetailView(SourceDetailView):
    model = CaseStudy
    permission = "evaluations.view_casestudy"
    template_name = "evaluations/case_study_detail.html"
    source_field = "case_study"
    fact_names = ("unit", "source")
    text_names = ("before", "applied", "after", "public_effect")
    url_names = ("casestudy_update", "casestudy_delete")

    def get_context_data(self, **kwargs):
        links = self.object.sources.select_related(*CASE_SOURCES, "survey__version__instrument", "excerpt")
        cited = [(link, cite(link, self.request.user)) for link in links]
        return super().get_context_data(cited=cited, **kwargs)


class CaseStudyCreateView(RecordCreateView):
    model = CaseStudy
    form_class = CaseStudyForm
    permission = "evaluations.add_casestudy"
    heading = gettext_lazy("Catat studi kasus")
    saved_message = gettext_lazy("Studi kasus disimpan. Tautkan bukti dan kutipan yang mendasarinya.")


class CaseStudyUpdateView(RecordUpdateView):
    model = CaseStudy
    form_class = CaseStudyForm
    permission = "evaluations.change_casestudy"
    heading = gettext_lazy("Ubah studi kasus")
    saved_message = gettext_lazy("Studi kasus disimpan.")


class CaseStudyDeleteView(RecordDeleteView):
    model = CaseStudy
    permission = "evaluations.delete_casestudy"
    section = "studi-kasus"


class CaseEvidenceAddView(ActionFormMixin, AccessMixin, FormView):
    form_class = CaseEvidenceForm
    permission = "evaluations.change_casestudy"
    template_name = "form.html"
    saved_message = gettext_lazy("Sumber ditautkan dengan studi kasus.")

    @cached_property
    def case(self) -> CaseStudy:
        return get_object_or_404(self.rows(CaseStudy).select_related("evaluation"), pk=self.kwargs["parent_pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"case": self.case}

    def get_initial(self):
        return {"source": self.request.GET.get("sumber", ""), "excerpt": key_in(self.request.GET.get("bagian"))}

    def perform(self, form):
        excerpt = form.cleaned_data.get("excerpt")
        source = source_of(excerpt) if excerpt else form.cleaned_data["source"]
        return link_source(case=self.case, source=source, quote=form.cleaned_data["quote"], excerpt=excerpt)

    def get_success_url(self):
        return self.case.get_absolute_url() + SOURCES_ANCHOR

    def get_context_data(self, **kwargs):
        trail = [*evaluation_trail(self.case.evaluation), (str(self.case), self.case.get_absolute_url())]
        return super().get_context_data(
            heading=gettext_lazy("Tautkan sumber"), trail=trail, back_url=self.case.get_absolute_url(), **kwargs
        )


class CaseEvidenceDeleteView(RecordDeleteView):
    model = CaseEvidence
    permission = "evaluations.change_casestudy"

    def get_queryset(self):
        return self.rows(CaseEvidence).select_related("case_study__evaluation")

    def get_evaluation(self):
        return self.object.case_study.evaluation

    def get_trail(self):
        case = self.object.case_study
        return [*evaluation_trail(case.evaluation), (str(case), case.get_absolute_url())]

    def get_success_url(self):
        return self.object.case_study.get_absolute_url() + SOURCES_ANCHOR
