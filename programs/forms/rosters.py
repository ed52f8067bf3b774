from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from asn_eval.tables import TableError
from programs.roster_file import read_roster_file


class RosterUploadForm(forms.Form):
    """A file of participants; after cleaning ``roster`` and ``notes`` hold what it says."""

    file = forms.FileField(
        label=_("Berkas daftar peserta"),
        allow_empty_file=True,  # the reader of tables says what is wrong with it
        max_length=None,
        help_text=_("Excel (xlsx, xls), OpenDocument (ods), atau CSV; paling besar 10 MB."),
        error_messages={"required": _("Pilih berkas yang akan diimpor.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv", "class": "form-control"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.roster, self.notes = read_roster_file(file, filename=file.name, today=timezone.localdate())
        except TableError as error:
            raise forms.ValidationError(str(error)) from error
        return file
