"""Speakers and materials of an activity, partners of a program."""

from django.contrib import messages
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from asn_eval.views import AccessMixin, ScopedCreateView, ScopedDeleteView, ScopedUpdateView
from programs.actions.activities import delete_material
from programs.forms.activity_parts import MaterialForm, PartnershipForm, SpeakerForm
from programs.material_files import content_type_of
from programs.models import Activity, Material, Partnership, Speaker
from programs.views.activities import activity_trail
from programs.views.programs import ProgramPartMixin


class ActivityPartMixin:
    """A record that hangs on one activity and returns to its page."""

    parent_model = Activity

    @property
    def activity(self) -> Activity:
        return self.object.activity if self.object else self.parent

    def get_success_url(self):
        return self.activity.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=activity_trail(self.activity), **kwargs)


class SpeakerCreateView(ActivityPartMixin, ScopedCreateView):
    model = Speaker
    form_class = SpeakerForm
    permission = "programs.add_speaker"
    heading = gettext_lazy("Narasumber baru")
    saved_message = gettext_lazy("Narasumber disimpan.")


class SpeakerUpdateView(ActivityPartMixin, ScopedUpdateView):
    model = Speaker
    form_class = SpeakerForm
    permission = "programs.change_speaker"
    heading = gettext_lazy("Ubah narasumber")


class SpeakerDeleteView(ActivityPartMixin, ScopedDeleteView):
    model = Speaker
    permission = "programs.delete_speaker"


class PartnershipCreateView(ProgramPartMixin, ScopedCreateView):
    model = Partnership
    form_class = PartnershipForm
    permission = "programs.add_partnership"
    heading = gettext_lazy("Mitra baru")
    saved_message = gettext_lazy("Mitra disimpan.")


class PartnershipUpdateView(ProgramPartMixin, ScopedUpdateView):
    model = Partnership
    form_class = PartnershipForm
    permission = "programs.change_partnership"
    heading = gettext_lazy("Ubah mitra")


class PartnershipDeleteView(ProgramPartMixin, ScopedDeleteView):
    model = Partnership
    permission = "programs.delete_partnership"


class MaterialCreateView(ActivityPartMixin, ScopedCreateView):
    model = Material
    form_class = MaterialForm
    permission = "programs.add_material"
    heading = gettext_lazy("Unggah materi")
    saved_message = gettext_lazy("Materi disimpan.")


class MaterialDownloadView(AccessMixin, View):
    """The file as it was uploaded, to be saved and never to be shown by the browser."""

    permission = "programs.view_material"

    def get(self, request, pk):
        material = get_object_or_404(self.rows(Material).select_related("activity__program"), pk=pk)
        try:
            content = material.file.open("rb")
        except OSError:
            context = {
                "material": material,
                "activity": material.activity,
                "trail": activity_trail(material.activity),
            }
            return render(request, "programs/activity_material_missing.html", context, status=404)
        response = FileResponse(
            content,
            as_attachment=True,
            filename=material.file_name,
            content_type=content_type_of(material.file_name),
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


class MaterialDeleteView(ActivityPartMixin, ScopedDeleteView):
    model = Material
    permission = "programs.delete_material"

    def form_valid(self, form):
        success_url, name = self.get_success_url(), str(self.object)
        delete_material(material=self.object)
        messages.success(self.request, _("%(name)s dihapus.") % {"name": name})
        return HttpResponseRedirect(success_url)
