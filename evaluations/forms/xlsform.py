"""The upload of an XLSForm."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from evaluations.xlsform import XlsFormError, XlsFormReading, read_xlsform
from evaluations.xlsform.sheets import MAX_BYTES


class XlsFormUploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas XLSForm"),
        help_text=gettext_lazy(
            "Excel (.xlsx atau .xls) dengan lembar survey, choices, dan settings, seperti dari ODK atau "
            "KoboToolbox; paling besar 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        allow_empty_file=True,
    )

    reading: XlsFormReading

    def field_groups(self):
        yield "", [self["file"]]

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            self.reading = read_xlsform(upload.read(MAX_BYTES + 1))
        except XlsFormError as error:
            raise ValidationError(str(error)) from error
        return upload
