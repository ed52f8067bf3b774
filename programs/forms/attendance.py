"""Attendance as it is typed: cells of a grid, one activity on a phone, a pasted list."""

import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.cells import Edit, read_seen
from programs.models import Activity, Attendance, Program
from programs.pasted import MOST_LINES, has_too_many_lines

CELL = re.compile(r"k-([0-9]{1,18})-([0-9]{1,18})")
LETTERS = {"H": Attendance.State.PRESENT, "I": Attendance.State.EXCUSED, "S": Attendance.State.ILL}
LETTERS["A"] = Attendance.State.ABSENT
LETTER_OF = {state.value: letter for letter, state in LETTERS.items()}
LONGEST_PASTE = 500_000  # characters; percent-encoded they still fit into what one form may send


def cell_name(activity: int, enrollment: int) -> str:
    return f"k-{activity}-{enrollment}"


def typed_edits(data: QueryDict) -> list[Edit]:
    """What a page of cells sent: a state by its word, or by its letter as paper lists have it.

    What is neither stays as it was typed; the action refuses it.
    """
    seen = read_seen(data.get("seen", ""))
    edits = []
    for name, typed in data.items():
        if cell := CELL.fullmatch(name):
            wanted = typed.replace("\0", "").strip()
            state = LETTERS.get(wanted.upper(), wanted)
            edits.append(Edit((int(cell[1]), int(cell[2])), seen.get(name, ""), str(state)))
    return edits


class PastedField(forms.CharField):
    """A pasted text. A NUL that came along is dropped: it names nobody, and no database takes it."""

    def __init__(self, **kwargs):
        super().__init__(
            label=gettext_lazy("Daftar"),
            max_length=LONGEST_PASTE,
            widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
            error_messages={
                "max_length": gettext_lazy("Daftar ini terlalu panjang. Tempelkan sebagian demi sebagian.")
            },
            strip=False,
            **kwargs,
        )

    def to_python(self, value):
        return super().to_python(value).replace("\0", "")

    def validate(self, value):
        super().validate(value.strip())
        if has_too_many_lines(value):
            raise forms.ValidationError(
                _("Daftar ini lebih dari %(most)d baris. Tempelkan sebagian demi sebagian.") % {"most": MOST_LINES}
            )


class PastedAttendanceForm(forms.Form):
    """Whom the text names, where they were, and what holds for a line that does not say it itself."""

    activity = forms.ModelChoiceField(
        Activity.objects.none(), label=gettext_lazy("Kegiatan"), empty_label=gettext_lazy("Pilih salah satu")
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Kehadiran"),
        choices=Attendance.State.choices,
        initial=Attendance.State.PRESENT,
        help_text=gettext_lazy("Berlaku untuk baris yang tidak menyebut hadir, izin, sakit, atau alpa."),
    )
    text = PastedField(
        help_text=gettext_lazy(
            "Satu orang per baris: NIP, kode peserta, atau nama. Boleh disalin dari Excel, WhatsApp, atau Zoom."
        )
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Ganti juga catatan yang sudah ada dan berbeda"), required=False
    )

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = program.activities.select_related("batch")

    def field_groups(self):
        yield "", [self[name] for name in ("activity", "state", "text")]
