"""What stands in an interview: written down, and names and NIPs in it masked."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from asn_eval.views import AccessMixin
from evaluations.actions.interview_texts import mask_people, search_names
from evaluations.forms.interviews import ContentForm, OtherNamesForm
from evaluations.known_names import known_names
from evaluations.masking import NIP_KEY, Known, Names, told
from evaluations.models import Interview
from evaluations.passages import split_by_places
from evaluations.views.evidence import RecordUpdateView
from evaluations.views.interviews import InterviewFormMixin, interviews_trail
from evaluations.views.lost_passages import review_url


class InterviewContentView(InterviewFormMixin, RecordUpdateView):
    form_class = ContentForm
    permission = "evaluations.change_interview"
    template_name = "evaluations/interview_content.html"
    heading = gettext_lazy("Isi wawancara")
    saved_message = gettext_lazy("Isi wawancara disimpan.")

    def get_queryset(self):
        return super().get_queryset().filter(state=Interview.State.HELD).select_related("guide__instrument")

    def get_success_url(self):
        return self.object.get_absolute_url()

    def form_valid(self, form):
        response = super().form_valid(form)
        if getattr(form, "lost", ()):
            messages.warning(
                self.request,
                ngettext(
                    "%(n)s bagian bertanda tidak ditemukan lagi dalam teks. Letakkan kembali atau hapus.",
                    "%(n)s bagian bertanda tidak ditemukan lagi dalam teks. Letakkan kembali atau hapus.",
                    len(form.lost),
                )
                % {"n": len(form.lost)},
            )
            return HttpResponseRedirect(review_url(self.object))
        return response


class InterviewMaskView(AccessMixin, FormView):
    """Shows every name and NIP that was found, and masks those that stay ticked, all at once."""

    form_class = OtherNamesForm
    permission = "evaluations.change_interview"
    template_name = "evaluations/interview_mask.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    @cached_property
    def interview(self) -> Interview:
        rows = self.rows(Interview).select_related("evaluation__program", "guide")
        return get_object_or_404(rows, pk=self.kwargs["pk"], state=Interview.State.HELD)

    def names(self, form) -> Names:
        typed = form.names if form.is_bound and form.is_valid() else []
        return Names([*known_names(self.interview), *(Known(name, typed=True) for name in typed)])

    def form_valid(self, form):
        data, interview = self.request.POST, self.interview
        if "samarkan" not in data:
            return self.render_to_response(self.get_context_data(form=form))
        if data.get("seen_revision") != str(interview.revision):
            messages.error(
                self.request, _("Isi wawancara berubah sejak halaman ini dibuka. Periksa temuannya sekali lagi.")
            )
            return self.render_to_response(self.get_context_data(form=form))
        n_places = mask_people(interview=interview, names=self.names(form), chosen=set(data.getlist("pilih")))
        if not n_places:
            messages.error(self.request, _("Centang paling sedikit satu nama atau NIP."))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(
            self.request,
            ngettext("Disamarkan pada %(n)s tempat.", "Disamarkan pada %(n)s tempat.", n_places) % {"n": n_places},
        )
        return HttpResponseRedirect(interview.get_absolute_url())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form, interview = context["form"], self.interview
        names = self.names(form)
        searched = search_names(interview, names)
        persons = told(searched.everything, names)
        data = self.request.POST
        shown = set(data.getlist("tampil"))  # what was shown before and could have been left out
        chosen = {person.key for person in persons if person.key not in shown} | set(data.getlist("pilih"))
        return context | {
            "interview": interview,
            "persons": [(person, person.key in chosen) for person in persons],
            "nip_key": NIP_KEY,
            "n_places": sum(person.count for person in persons),
            "n_in_quotes": sum(len(found) for _quote, found in searched.quotes),
            "texts": [
                (text, split_by_places(text.text, [(one.start, one.end, one.key) for one in found]))
                for text, found in searched.texts
            ],
            "n_attachments": interview.attachments.count(),
            "trail": [*interviews_trail(interview.evaluation), (str(interview), interview.get_absolute_url())],
        }
