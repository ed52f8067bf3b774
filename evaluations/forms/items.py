"""The form of one item: only the fields that its type has, in the words of who asks rather than of who stores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from evaluations.forms.instruments import StampedForm
from evaluations.forms.item_conditions import ConditionFields
from evaluations.item_lines import (
    LineError,
    read_labels,
    read_options,
    read_rows,
    write_labels,
    write_options,
    write_rows,
)
from evaluations.item_rules import LONGEST_KEY, MOST_POINTS, SCORE_BOUNDS, SILENT
from evaluations.models import InstrumentVersion, Item
from evaluations.models.instruments import in_language
from evaluations.scale_library import named_scale, named_scales

Type = Item.Type
OWN_SCALE = "sendiri"
USUAL_POINTS = 5
TEXTS = ("text", "text_en", "help", "help_en")
NAMES = ("label", "label_en", "key")
SCALE = ("scale", "minimum", "maximum", "labels")
ANSWERING = ("is_required", "allows_na")
ANALYSIS = ("dimension", "level")
CONSTRAINT = ("constraint", "constraint_message", "constraint_message_en")
CLOSED = (*TEXTS, *ANSWERING, *NAMES, *ANALYSIS, *CONSTRAINT)
FIELDS_OF_TYPE: dict[str, tuple[str, ...]] = {
    Type.LIKERT: (*CLOSED, *SCALE, "is_reverse"),
    Type.SCORE: (*CLOSED, "is_reverse"),
    Type.NUMBER: (*CLOSED, "minimum", "maximum", "unit"),
    Type.YES_NO: CLOSED,
    Type.CHOICE: (*CLOSED, "options"),
    Type.CHOICES: (*CLOSED, "options"),
    Type.RANKING: (*CLOSED, "options"),
    Type.MATRIX: (*TEXTS, "rows", *SCALE, *ANSWERING, *NAMES, *ANALYSIS),
    Type.DATE: CLOSED,
    Type.SHORT_TEXT: (*TEXTS, "is_required", *NAMES, "level", *CONSTRAINT),
    Type.TEXT: (*TEXTS, "is_required", *NAMES, "level", *CONSTRAINT),
    Type.NOTE: ("text", "text_en", "key"),
    Type.PAGE: ("text", "text_en", "key"),
}
FIELDS_OF_A_ROW = ("text", "text_en", *NAMES, *ANALYSIS, "is_reverse")
# What each type is for, in plain words: the palette.
PALETTE: tuple[tuple[str, str], ...] = (
    (Type.LIKERT, gettext_lazy("Titik dengan ujung bernama, misalnya tidak setuju sampai setuju.")),
    (Type.MATRIX, gettext_lazy("Beberapa pernyataan dengan skala yang sama, tersusun sebagai tabel.")),
    (Type.YES_NO, gettext_lazy("Dua jawaban saja.")),
    (Type.CHOICE, gettext_lazy("Satu jawaban dari daftar; untuk tes, tiap pilihan dapat diberi nilai.")),
    (Type.CHOICES, gettext_lazy("Boleh lebih dari satu jawaban dari daftar.")),
    (Type.RANKING, gettext_lazy("Semua pilihan diurutkan dari yang terpenting.")),
    (Type.SCORE, gettext_lazy("Nilai dari 0 sampai 100.")),
    (Type.NUMBER, gettext_lazy("Bilangan dengan satuan, misalnya hari atau orang.")),
    (Type.DATE, gettext_lazy("Hari, bulan, dan tahun.")),
    (Type.SHORT_TEXT, gettext_lazy("Satu baris, misalnya nama jabatan.")),
    (Type.TEXT, gettext_lazy("Jawaban dengan kata-kata sendiri.")),
    (Type.NOTE, gettext_lazy("Keterangan di antara pertanyaan, tidak dijawab.")),
    (Type.PAGE, gettext_lazy("Judul bagian; pertanyaan sesudahnya mulai di halaman baru.")),
)
# (heading, kind of block for the page, rows of fields that stand side by side)
LAYOUT: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = (
    (gettext_lazy("Pertanyaan"), "", (("text", "text_en"), ("help", "help_en"))),
    (gettext_lazy("Baris matriks"), "", (("rows",),)),
    (gettext_lazy("Skala"), "scale", (("scale",), ("minimum", "maximum", "unit"), ("labels",))),
    (gettext_lazy("Pilihan jawaban"), "", (("options",),)),
    (gettext_lazy("Cara menjawab"), "", (("is_required",), ("allows_na",))),
    (
        gettext_lazy("Untuk analisis"),
        "",
        (("dimension", "level"), ("is_reverse",), ("label", "label_en"), ("key",)),
    ),
    (
        gettext_lazy("Syarat jawaban"),
        "constraint",
        (("constraint",), ("constraint_message", "constraint_message_en")),
    ),
)


def _lines(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "spellcheck": "false"} | attrs)


class ItemForm(ConditionFields, StampedForm):
    """``values`` (columns of ``Item``) and ``rows`` (of a matrix) after cleaning, for an action to write."""

    type = forms.ChoiceField(label=gettext_lazy("Jenis jawaban"), choices=Type.choices)
    text = forms.CharField(label=gettext_lazy("Kalimat"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    text_en = forms.CharField(
        label=gettext_lazy("Kalimat dalam bahasa Inggris"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "lang": "en"}),
    )
    help = forms.CharField(
        label=gettext_lazy("Petunjuk"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Tampil di bawah kalimat, dengan huruf yang lebih kecil."),
    )
    help_en = forms.CharField(
        label=gettext_lazy("Petunjuk dalam bahasa Inggris"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2, "lang": "en"}),
    )
    rows = forms.CharField(
        label=gettext_lazy("Satu pernyataan setiap baris"),
        widget=_lines(6),
        help_text=gettext_lazy(
            "Tulis: pernyataan | terjemahan. Kode dalam kurung siku menandai baris yang sudah ada; jangan diubah."
        ),
    )
    scale = forms.ChoiceField(label=gettext_lazy("Skala"))
    minimum = NumberField(label=gettext_lazy("Terendah"), max_digits=10, decimal_places=2, required=False)
    maximum = NumberField(label=gettext_lazy("Tertinggi"), max_digits=10, decimal_places=2, required=False)
    unit = forms.CharField(
        label=gettext_lazy("Satuan"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Misalnya: hari, orang, rupiah."),
    )
    labels = forms.CharField(
        label=gettext_lazy("Nama titik"),
        required=False,
        widget=_lines(4),
        help_text=gettext_lazy(
            "Satu baris setiap titik: 1 = Sangat rendah | Very low. Titik di tengah boleh tanpa nama; "
            "dua baris tanpa angka menamai kedua ujung."
        ),
    )
    options = forms.CharField(
        label=gettext_lazy("Satu pilihan setiap baris"),
        widget=_lines(6),
        help_text=gettext_lazy(
            "Tulis: nama | terjemahan. Kode dalam kurung siku menandai pilihan yang sudah ada; jangan diubah."
        ),
    )
    is_required = forms.BooleanField(label=gettext_lazy("Wajib dijawab"), required=False)
    allows_na = forms.BooleanField(
        label=gettext_lazy("Boleh dijawab “tidak berlaku”"),
        required=False,
        help_text=gettext_lazy("Jawaban ini tidak ikut dihitung."),
    )
    dimension = forms.ChoiceField(label=gettext_lazy("Dimensi"), required=False)
    level = forms.TypedChoiceField(
        label=gettext_lazy("Tingkat Kirkpatrick"),
        choices=[("", gettext_lazy("Tidak diisi")), *Item.Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    is_reverse = forms.BooleanField(
        label=gettext_lazy("Butir terbalik"),
        required=False,
        help_text=gettext_lazy("Setuju berarti buruk; nilainya dibalik sebelum dihitung."),
    )
    label = forms.CharField(
        label=gettext_lazy("Nama singkat"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Untuk tabel dan grafik. Kosong: awal kalimat."),
    )
    label_en = forms.CharField(label=gettext_lazy("Nama singkat (Inggris)"), max_length=60, required=False)
    key = forms.CharField(
        label=gettext_lazy("Kode butir"),
        max_length=LONGEST_KEY,
        required=False,
        help_text=gettext_lazy("Nama kolom dalam data; tetap sama pada versi berikutnya. Kosong: dibuatkan."),
    )
    constraint = forms.CharField(
        label=gettext_lazy("Rumus"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Titik berarti jawaban butir ini. Contoh: . >= 17 and . <= 70"),
    )
    constraint_message = forms.CharField(
        label=gettext_lazy("Pesan bila tidak terpenuhi"), max_length=200, required=False
    )
    constraint_message_en = forms.CharField(label=gettext_lazy("Pesan (Inggris)"), max_length=200, required=False)

    def __init__(self, data=None, *, version: InstrumentVersion, items: Sequence[Item], item: Item, initial=None):
        """``items`` are those of the version; conditions may name the ones that come before ``item``."""
        self.version, self.items, self.item = version, items, item
        self.type = _type_in(data if data is not None else initial or {}, item)
        super().__init__(data, initial=initial if initial is not None else initial_of(item, items))
        self.is_row = bool(item.matrix)
        shown = FIELDS_OF_A_ROW if self.is_row else FIELDS_OF_TYPE[self.type]
        for name in set(self.base_fields) - {"type", "stamp", *shown}:
            del self.fields[name]
        self._name_fields()
        if not self.is_row:
            self.add_conditions(earlier_items(items, item))

    def _name_fields(self) -> None:
        if "dimension" in self.fields:
            names = self.version.dimension_names
            self.fields["dimension"].choices = [("", _("Tanpa dimensi")), *names.items()]
        if "scale" in self.fields:
            self.fields["scale"].choices = scale_choices()
        if self.type == Type.CHOICE:
            self.fields["options"].help_text = _(
                "Tulis: nama | terjemahan | nilai. Nilai hanya untuk soal tes. Kode dalam kurung siku menandai "
                "pilihan yang sudah ada; jangan diubah."
            )
        if self.type == Type.MATRIX:
            for name in ("dimension", "level"):
                self.fields[name].help_text = _("Untuk semua baris. Tiap baris juga dapat diubah sendiri.")
        if self.type == Type.NUMBER:
            for name in ("minimum", "maximum"):
                self.fields[name].help_text = _("Boleh kosong.")
        if self.item.matrix or (self.item.pk and self.item.type == Type.MATRIX):
            self.fields["type"].widget = forms.HiddenInput()
        else:
            kinds = [value for value in Type.values if value != Type.MATRIX or not self.item.pk]
            self.fields["type"].choices = [(value, Type(value).label) for value in kinds]

    # --- What the page shows ---

    def blocks(self) -> Iterator[tuple[str, str, list[list[forms.BoundField]]]]:
        """(heading, kind, rows of bound fields) for the template."""
        for heading, kind, rows in LAYOUT:
            bound = [found for row in rows if (found := [self[name] for name in row if name in self.fields])]
            if bound:
                yield heading, kind, bound

    @property
    def type_label(self) -> str:
        return Type(self.type).label

    # --- What was typed ---

    def clean_key(self):
        key = self.cleaned_data["key"]
        if not key and self.item.pk:
            raise forms.ValidationError(_("Kode butir yang sudah ada tidak dapat dikosongkan."))
        return key

    def clean(self):
        cleaned = super().clean()
        for name, read in (("rows", self._read_rows), ("options", read_options), ("labels", self._read_labels)):
            if name in self.fields and name in cleaned:
                try:
                    cleaned[name] = read(cleaned[name])
                except LineError as error:
                    self.add_error(name, str(error))
        return cleaned

    def _read_rows(self, text: str) -> list[dict[str, str]]:
        """A code that was cut away with its brackets does not become that of another item."""
        own = {row.key for row in self.items if row.matrix and row.matrix == self.item.key}
        return read_rows(text, {each.key for each in self.items} - own)

    def _read_labels(self, text: str) -> list[dict[str, str]]:
        if self.cleaned_data.get("scale") != OWN_SCALE:
            return []
        low, high = self.cleaned_data.get("minimum"), self.cleaned_data.get("maximum")
        if low is None or high is None or not 0 < high - low < MOST_POINTS:
            return []  # the bounds are what has to be mended first
        return read_labels(text, range(int(low), int(high) + 1))

    @property
    def values(self) -> dict[str, object]:
        """Every column that the type decides about; what the type does not have is emptied."""
        cleaned = self.cleaned_data
        if self.is_row:
            return {name: cleaned[name] for name in FIELDS_OF_A_ROW}
        names = {"type": self.type, **{name: cleaned.get(name, EMPTY.get(name, "")) for name in COLUMNS}}
        names["relevance"] = self.relevance
        if self.type in SILENT and self.type != Type.MATRIX:
            names["is_required"] = False
        if self.type == Type.SCORE:
            names["minimum"], names["maximum"] = SCORE_BOUNDS
        chosen = cleaned.get("scale", OWN_SCALE)
        if chosen != OWN_SCALE:
            scale = named_scale(chosen)
            names["minimum"], names["maximum"] = Decimal(scale.minimum), Decimal(scale.maximum)
            names["labels"] = list(scale.labels)
        return names

    @property
    def matrix_rows(self) -> list[dict[str, str]]:
        return self.cleaned_data.get("rows", [])


COLUMNS = (
    *TEXTS, *NAMES, *ANALYSIS, *CONSTRAINT, *ANSWERING, "minimum", "maximum", "unit", "labels", "options",
    "is_reverse",
)  # fmt: skip
EMPTY = {
    "minimum": None, "maximum": None, "level": None, "labels": [], "options": [], "is_required": False,
    "allows_na": False, "is_reverse": False,
}  # fmt: skip


def new_item(version: InstrumentVersion, kind: str, items: Sequence[Item], after: str = "") -> Item:
    """An item of the type ``kind`` that is still to be written, with the scale of the last one before it."""
    place = next((each.position for each in items if each.key == after), len(items)) + 1
    item = Item(version=version, type=kind, position=place, is_required=kind not in SILENT or kind == Type.MATRIX)
    before = [each for each in items if each.position < place and not each.matrix]
    like = next((each for each in reversed(before) if each.type == kind), None)
    if like is not None and kind in (Type.LIKERT, Type.MATRIX):
        item.minimum, item.maximum, item.labels = like.minimum, like.maximum, like.labels
    if like is not None:
        item.dimension, item.level = like.dimension, like.level
    return item


def initial_of(item: Item, items: Iterable[Item]) -> dict[str, object]:
    """What the form of ``item`` shows when it is opened."""
    initial = {name: getattr(item, name) for name in (*COLUMNS, "type", "relevance")}
    initial["labels"] = write_labels(item.labels, int(item.minimum or 0))
    initial["options"] = write_options(item.options)
    initial["scale"] = _scale_of(item)
    if item.type == Type.MATRIX and item.pk:
        rows = [row for row in items if row.matrix == item.key]
        initial["rows"] = write_rows(rows)
        for name in (*ANALYSIS, *ANSWERING):
            shared = {getattr(row, name) for row in rows}
            initial[name] = shared.pop() if len(shared) == 1 else EMPTY.get(name, "")
    return initial


def scale_choices() -> list[tuple[str, str]]:
    named = [(scale.key, in_language(scale.name["id"], scale.name.get("en", ""))) for scale in named_scales()]
    return [*named, (OWN_SCALE, _("Atur sendiri"))]


def earlier_items(items: Iterable[Item], item: Item) -> list[Item]:
    """The answered items before ``item``."""
    return [each for each in items if each.is_answered and each.position < item.position]


def typed_in(form: ItemForm, data: Mapping) -> dict[str, object]:
    """What stands in a sent form, to be shown again without being judged; fields it did not have start afresh."""
    afresh = initial_of(form.item, form.items) | {"type": form.type}
    typed = {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if name in data or (isinstance(field, forms.BooleanField) and "text" in data)
    }
    return afresh | typed


def _type_in(data: Mapping, item: Item) -> str:
    wanted = data.get("type", "")
    if item.matrix or (item.pk and Type.MATRIX in (item.type, wanted)):
        return item.type  # a matrix and its rows stay what they are
    return wanted if wanted in Type.values else item.type


def _scale_of(item: Item) -> str:
    if item.minimum is None:
        return next(scale.key for scale in named_scales() if scale.n_points == USUAL_POINTS)
    stored = item.minimum, item.maximum, [_both(each) for each in item.labels]
    for scale in named_scales():
        if (scale.minimum, scale.maximum, [_both(each) for each in scale.labels]) == stored:
            return scale.key
    return OWN_SCALE


def _both(names: Mapping[str, str]) -> tuple[str, str]:
    return names.get("id", ""), names.get("en", "")
