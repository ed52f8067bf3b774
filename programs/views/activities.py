"""Activities of a program: entered, changed, removed."""

from django.utils.translation import gettext_lazy

from asn_eval.views import ScopedCreateView, ScopedDeleteView, ScopedUpdateView
from programs.forms.activities import ActivityForm
from programs.models import Activity
from programs.views.programs import ProgramPartMixin


class ActivityCreateView(ProgramPartMixin, ScopedCreateView):
    model = Activity
    form_class = ActivityForm
    permission = "programs.add_activity"
    heading = gettext_lazy("Kegiatan baru")
    saved_message = gettext_lazy("Kegiatan disimpan.")


class ActivityUpdateView(ProgramPartMixin, ScopedUpdateView):
    model = Activity
    form_class = ActivityForm
    permission = "programs.change_activity"
    heading = gettext_lazy("Ubah kegiatan")


class ActivityDeleteView(ProgramPartMixin, ScopedDeleteView):
    model = Activity
    permission = "programs.delete_activity"
