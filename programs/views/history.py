"""What became of a program: its own changes and those of all its parts in one stream."""

from django.http import Http404
from django.views.generic import TemplateView

from asn_eval.history.registration import KINDS
from asn_eval.history.views import WholeMixin
from programs.models import Program
from programs.views.programs import program_trail


class ProgramHistoryView(WholeMixin, TemplateView):
    permission = "history.view_history"
    template_name = "programs/program_history.html"

    @property
    def kind(self):
        return KINDS[Program]

    def get_context_data(self, **kwargs):
        if self.row is None:
            raise Http404
        return super().get_context_data(
            program=self.row, tab="program_history", trail=program_trail(self.row), **kwargs
        )
