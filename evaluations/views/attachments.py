"""Files that go with an interview, an observation or a document: attached, downloaded, deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from asn_eval.history.entries import record_access
from asn_eval.views import SAME_MOMENT, AccessMixin, ScopedDeleteView
from evaluations.actions.attachments import delete_attachment
from evaluations.forms.attachments import AttachmentForm
from evaluations.models import Attachment, DocumentReview, Interview, Observation
from evaluations.models.attachments import OWNER_FIELDS
from evaluations.views.evidence import evaluation_trail
from programs.material_files import content_type_of

# Word in the address -> whose files they are.
OWNERS = {"wawancara": Interview, "observasi": Observation, "telaah-dokumen": DocumentReview}
WORDS = {model: word for word, model in OWNERS.items()}


def attachment_context(owner, user) -> dict:
    """What ``evaluations/_attachments.html`` shows on the page of ``owner``."""
    if not user.has_perm("evaluations.view_attachment"):
        return {"attachments": None}
    return {
        "attachments": list(owner.attachments.all()),
        "attachment_add_url": reverse("attachment_add", args=[WORDS[type(owner)], owner.pk]),
    }


def require(user, verb: str, model) -> None:
    """A part of a record is for whoever may do the same with the record."""
    if not user.has_perm(f"evaluations.{verb}_{model._meta.model_name}"):
        raise PermissionDenied


class OfOwnerMixin(AccessMixin):
    """Below the page of an interview, an observation or a document."""

    abstract = True
    verb = "change"

    @cached_property
    def owner(self):
        model = OWNERS.get(self.kwargs["kind"])
        if model is None:
            raise Http404
        require(self.request.user, self.verb, model)
        return get_object_or_404(self.rows(model).select_related("evaluation"), pk=self.kwargs["pk"])

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [*evaluation_trail(self.owner.evaluation), (str(self.owner), self.owner.get_absolute_url())]


class AttachmentAddView(OfOwnerMixin, FormView):
    form_class = AttachmentForm
    permission = "evaluations.add_attachment"
    template_name = "form.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs

    def form_valid(self, form):
        try:
            attachment = form.store(owner=self.owner, author=self.request.user)
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        except IntegrityError:  # the same file came a moment earlier
            form.add_error("file", SAME_MOMENT)
            return self.form_invalid(form)
        messages.success(self.request, _("Lampiran “%(name)s” disimpan.") % {"name": attachment.file_name})
        return redirect(f"{self.owner.get_absolute_url()}#lampiran")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=_("Tambah lampiran"),
            trail=self.trail,
            back_url=self.owner.get_absolute_url(),
            submit_label=_("Unggah"),
            **kwargs,
        )


class AttachmentDownloadView(AccessMixin, View):
    """The file as it was uploaded, to be saved and never to be shown by the browser."""

    permission = "evaluations.view_attachment"

    def get(self, request, pk):
        rows = self.rows(Attachment).select_related(*(f"{name}__evaluation__program" for name in OWNER_FIELDS))
        attachment = get_object_or_404(rows, pk=pk)
        owner = attachment.owner
        require(request.user, "view", type(owner))
        try:
            content = attachment.file.open("rb")
        except OSError:
            messages.error(
                request,
                _(
                    "Berkas “%(name)s” tidak ada di penyimpanan. Beri tahu admin agar dipulihkan dari cadangan, "
                    "atau hapus lampiran ini dan unggah ulang berkasnya."
                )
                % {"name": attachment.file_name},
            )
            return redirect(owner)
        record_access(owner, _("lampiran"))
        response = FileResponse(
            content,
            as_attachment=True,
            filename=attachment.file_name,
            content_type=content_type_of(attachment.file_name),
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


class AttachmentDeleteView(ScopedDeleteView):
    model = Attachment
    permission = "evaluations.delete_attachment"

    def get_queryset(self):
        return super().get_queryset().select_related("evaluation", *OWNER_FIELDS)

    def get_object(self, queryset=None):
        attachment = super().get_object(queryset)
        require(self.request.user, "change", type(attachment.owner))
        return attachment

    def form_valid(self, form):
        owner, name = self.object.owner, str(self.object)
        delete_attachment(attachment=self.object)
        messages.success(self.request, _("%(name)s dihapus.") % {"name": name})
        return HttpResponseRedirect(f"{owner.get_absolute_url()}#lampiran")

    def get_context_data(self, **kwargs):
        owner = self.object.owner
        trail = [*evaluation_trail(self.object.evaluation), (str(owner), owner.get_absolute_url())]
        return super().get_context_data(trail=trail, **kwargs)
