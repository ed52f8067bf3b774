"""A file to upload, and what its columns mean."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.tables import header_key
from programs.imports.engine import Importer
from programs.imports.sheets import MAX_BYTES
from programs.models import Program

LIMIT = MAX_BYTES // (1024 * 1024)


class ImportStartForm(forms.Form):
    """The file, and the program that it belongs to where the address does not say it."""

    program = forms.ModelChoiceField(
        Program.objects.none(), label=gettext_lazy("Program"), empty_label=gettext_lazy("Pilih salah satu")
    )
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        allow_empty_file=True,  # the reader of tables says what is wrong with it
        max_length=None,
        help_text=gettext_lazy("Excel (xlsx, xls), OpenDocument (ods), atau CSV; paling besar %(limit)s MB.")
        % {"limit": LIMIT},
        error_messages={"required": gettext_lazy("Pilih berkas yang akan diimpor.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv", "class": "form-control"}),
    )

    def __init__(self, *args, user, asks_program: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if asks_program:
            self.fields["program"].queryset = Program.objects.visible_to(user)
        else:
            del self.fields["program"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Berkas ini lebih besar dari batas %(limit)s MB; bagi menjadi beberapa berkas yang lebih kecil.")
                % {"limit": LIMIT}
            )
        return file


class MappingForm(forms.Form):
    """One select box for each column of a file: the field that it holds, or that it is not read."""

    def __init__(self, *args, importer: type[Importer], columns: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self.importer = importer
        self.columns = columns
        choices = [("", _("Tidak dibaca")), *((column.field, column.header) for column in importer.columns)]
        for number, column in enumerate(columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column["header"],
                choices=choices,
                required=False,
                initial=column["field"],
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def rows(self):
        """Each column of the file beside its select box, for the template."""
        return [(column, self[f"column-{number}"]) for number, column in enumerate(self.columns)]

    def clean(self):
        cleaned = super().clean()
        names = {column.field: column.header for column in self.importer.columns}
        taken: dict[str, str] = {}
        for number, column in enumerate(self.columns):
            chosen = cleaned.get(f"column-{number}")
            if chosen in taken:
                self.add_error(
                    f"column-{number}",
                    _("%(field)s sudah dipilih untuk kolom “%(other)s”; pilih yang lain atau “Tidak dibaca”.")
                    % {"field": names[chosen], "other": taken[chosen]},
                )
            elif chosen:
                taken[chosen] = column["header"]
        missing = [
            column.header for column in self.importer.columns if column.required and column.field not in taken
        ]
        if missing:
            raise forms.ValidationError(
                _("Tunjuk dulu kolom untuk %(missing)s; tanpa itu berkas tidak dapat dibaca.")
                % {"missing": ", ".join(missing)}
            )
        return cleaned

    def chosen(self) -> dict[str, str]:
        """Header -> field, "" for a column that is not read."""
        return {
            column["header"]: self.cleaned_data[f"column-{number}"]
            for number, column in enumerate(self.columns)
            if header_key(column["header"])
        }
