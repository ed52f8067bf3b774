"""The form that attaches a file to an interview, an observation or a document."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.actions.attachments import store_attachment
from evaluations.models import Attachment
from programs.material_files import ENDINGS, MaterialRefused, check_file


class AttachmentForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in (*ENDINGS, "jpeg"))}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("Paling besar 20 MB. Jenis: %(kinds)s.") % {"kinds": ", ".join(ENDINGS)}

    def field_groups(self):
        yield "", [self["file"]]

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            self.checked = check_file(upload.name, upload.size, upload.file)
        except MaterialRefused as refusal:
            raise forms.ValidationError(str(refusal), code="refused") from refusal
        return upload

    def store(self, *, owner, author) -> Attachment:
        """Raises ``ValidationError`` when the owner has this file already."""
        content = self.cleaned_data["file"].file
        return store_attachment(owner=owner, content=content, checked=self.checked, author=author)
