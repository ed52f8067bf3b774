"""A version as its respondents will meet it: on a phone and on paper. Nothing that is typed here is kept."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from asn_eval.views import AccessMixin
from evaluations.form_rendering import questions_html
from evaluations.models import InstrumentVersion, Survey
from evaluations.questionnaire import minutes_needed

LANGUAGES = dict(settings.LANGUAGES)


class PreviewMixin(AccessMixin, SingleObjectMixin):
    abstract = True
    model = InstrumentVersion
    permission = "evaluations.view_instrument"
    pk_url_kwarg = "version_pk"

    def get_queryset(self):
        return super().get_queryset().select_related("instrument")

    @property
    def language(self) -> str:
        wanted = self.request.GET.get("bahasa", "")
        return wanted if wanted in LANGUAGES else "id"


class PhonePreviewView(PreviewMixin, View):
    def get(self, request, version_pk):
        version, language = self.get_object(), self.language
        layout = request.GET.get("tampilan", "")
        layout = layout if layout in Survey.Layout.values else Survey.Layout.SCROLL
        with translation.override(language):
            context = {
                "version": version,
                "layout": layout,
                "layouts": Survey.Layout.choices,
                "minutes": minutes_needed(version.items.all()),
                "questions": questions_html(version, language=language, layout=layout),
            }
            return render(request, "evaluations/instrument_preview.html", context)


class PaperView(PreviewMixin, View):
    """The form of the reader's own office, without a survey: boxes instead of a code."""

    def get(self, request, version_pk):
        from evaluations.paper.form import paper_form

        version, language = self.get_object(), self.language
        title = version.instrument.name
        with translation.override(language):
            lines = [version.instrument.description] if version.instrument.description else []
        pdf = paper_form(version, office=request.user.office, title=title, lines=lines, language=language)
        name = _("%(name)s-versi-%(number)s.pdf") % {"name": slugify(title)[:60], "number": version.number}
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )
