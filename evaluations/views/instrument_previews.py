"""A version as its respondents will meet it: on a phone and on paper. Nothing that is typed here is kept."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from asn_eval.views import AccessMixin
from evaluations.form_rendering import questions_html
from evaluations.models import InstrumentVersion, Survey
from evaluations.questionnaire import minutes_needed
from evaluations.views.instrument_editing import version_trail

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

    @property
    def layout(self) -> str:
        wanted = self.request.GET.get("tampilan", "")
        return wanted if wanted in Survey.Layout.values else Survey.Layout.SCROLL


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class PreviewView(PreviewMixin, View):
    """The phone, with what it may be set to beside it."""

    def get(self, request, version_pk):
        version = self.get_object()
        address = reverse("version_preview_phone", args=[version.pk])
        context = {
            "version": version,
            "trail": version_trail(version),
            "language": self.language,
            "languages": [(code, capfirst(get_language_info(code)["name_local"])) for code in LANGUAGES],
            "layout": self.layout,
            "layouts": Survey.Layout.choices,
            "address": f"{address}?{urlencode({'bahasa': self.language, 'tampilan': self.layout})}",
            "translated": _translated(version),
        }
        return render(request, "evaluations/instrument_preview.html", context)


def _translated(version: InstrumentVersion) -> tuple[int, int]:
    """How many items have an English wording, of how many."""
    items = version.items.all()
    return sum(bool(item.text_en) for item in items), len(items)


@method_decorator([xframe_options_sameorigin, csp_replace({"frame-ancestors": [SELF]})], name="dispatch")
class PhoneView(PreviewMixin, View):
    """What stands on the phone: the page of respondents with these questions, and nothing to send."""

    def get(self, request, version_pk):
        version, language = self.get_object(), self.language
        with translation.override(language):
            context = {
                "version": version,
                "minutes": minutes_needed(version.items.all()),
                "questions": questions_html(version, language=language, layout=self.layout),
            }
            return render(request, "evaluations/instrument_phone.html", context)


class PaperView(PreviewMixin, View):
    """The form of the reader's own office, without a survey: boxes instead of a code."""

    def get(self, request, version_pk):
        from evaluations.paper.form import paper_form

        version, language = self.get_object(), self.language
        title = version.instrument.name
        pdf = paper_form(version, office=request.user.office, title=title, lines=(), language=language)
        name = _("%(name)s-versi-%(number)s.pdf") % {"name": slugify(title)[:60], "number": version.number}
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )
