"""One question of an XLSForm as an item of ours, or the reason why it cannot be one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.definitions import LONGEST_LABEL, ItemDefinition
from evaluations.item_rules import HIGHEST_LEVEL, SHORT_TEXT
from evaluations.xlsform.bounds import constraint_of
from evaluations.xlsform.columns import MEDIA, NO_INSERTION, Row, Text, without_insertions
from evaluations.xlsform.form import FALSE, TRUE, Form, LeftOut, register
from evaluations.xlsform.model import Outcome
from evaluations.xlsform.shapes import shape_of, without_other

LONGEST_TEXT, LONGEST_HELP = 2000, 1000
# Columns that hold nothing a question needs here, with the reason.
REFUSED_CELLS = {
    "calculation": gettext_lazy("penghitungan otomatis tidak didukung"),
    "default": gettext_lazy("jawaban awal tidak didukung"),
    "trigger": gettext_lazy("pemicu tidak didukung"),
    "choice_filter": gettext_lazy("penyaringan pilihan tidak didukung; semua pilihan ditampilkan"),
    "required_message": gettext_lazy("pesan wajib isi memakai kalimat aplikasi ini"),
    "guidance_hint": gettext_lazy("petunjuk untuk petugas tidak didukung"),
    "repeat_count": gettext_lazy("pengulangan tidak didukung"),
    "intent": gettext_lazy("aplikasi lain tidak dapat dipanggil"),
    "autoplay": gettext_lazy("gambar dan suara tidak didukung"),
} | dict.fromkeys(MEDIA, gettext_lazy("gambar dan suara tidak didukung"))


def items_of(row: Row, kind: str, argument: str, form: Form, relevance: str) -> list[ItemDefinition]:
    """The item that a question becomes, and after "or other" the one that asks which. Raises ``LeftOut``."""
    argument, has_other = without_other(argument)
    key = new_key(row, kind, form)
    shape = shape_of(row, kind, argument, key, form, has_other=has_other)
    shared = common_fields(row, key, form, kind=kind)
    shared["is_required"] = kind != "note" and _is_true(row, "required", form)
    shared["relevance"] = relevance
    if row.get("read_only") and _is_true(row, "read_only", form):
        raise LeftOut("read_only", row.get("read_only"), _("pertanyaan yang hanya dibaca tidak didukung"))
    constraint, message = constraint_of(row, shape, key, text_of(row, "constraint_message", form), form)
    refuse_cells(row, form)
    item = ItemDefinition(
        **shared,
        **shape,
        constraint=constraint,
        constraint_message=message.id,
        constraint_message_en=message.en,
    )
    register(row.get("name"), key, form)
    return [item, *([_which_other(item, row, form)] if has_other else [])]


def new_key(row: Row, kind: str, form: Form) -> str:
    """A key for this row; where it differs from the name, a note says so."""
    name = row.get("name")
    if not name and kind != "note" and kind != "group":
        form.findings.note(_("Baris ini tidak bernama; kodenya dibuat dari pertanyaannya."), row.number)
    key = form.keys.take(name or form.languages.text(row, "label").id[:30] or f"baris_{row.number}")
    if name and key != name:
        form.findings.note(_("Nama “%(name)s” menjadi kode “%(key)s”.") % {"name": name, "key": key}, row.number)
    return key


def common_fields(row: Row, key: str, form: Form, *, kind: str) -> dict:
    """What items of every kind have. Raises ``LeftOut`` where nothing is asked, or too long a text."""
    text, hint = text_of(row, "label", form), text_of(row, "hint", form)
    if not text and kind == "note" and hint:
        text, hint = hint, Text()
    if not text and kind == "note":
        raise LeftOut("label", "", _("catatan tanpa tulisan"))
    if not text:
        text = Text(row.get("name") or key)
        form.findings.note(_("Pertanyaan ini tidak mempunyai tulisan; namanya dipakai."), row.number)
    if max(len(text.id), len(text.en)) > LONGEST_TEXT:
        raise LeftOut("label", text.id, _("lebih panjang daripada %(n)s huruf") % {"n": LONGEST_TEXT})
    if max(len(hint.id), len(hint.en)) > LONGEST_HELP:
        reason = _("lebih panjang daripada %(n)s huruf") % {"n": LONGEST_HELP}
        form.findings.problem(row.number, "hint", hint.id, reason, Outcome.CELL)
        hint = Text()
    label = text_of(row, "asn_label", form)
    return {
        "key": key,
        "text": text.id,
        "text_en": text.en,
        "help": hint.id,
        "help_en": hint.en,
        "label": short(label.id or text.id),
        "label_en": short(label.en or ("" if label else text.en)),
        "dimension": _dimension(row, kind, form),
        "level": _level(row, form),
        "unit": row.get("asn_unit")[:30],
    }


def short(text: str) -> str:
    """A name for lists and charts out of a question: as many whole words as fit."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_LABEL:
        return text
    # One more, so that a word which just fits is followed by its space.
    whole_words, space, _part = text[:LONGEST_LABEL].rpartition(" ")
    return f"{whole_words if space else text[: LONGEST_LABEL - 1]}…"


def text_of(row: Row, name: str, form: Form) -> Text:
    text = form.languages.text(row, name)
    if form.languages.is_borrowed(row, name):
        form.borrowed.append(row.number)
    plain = without_insertions(text)
    if plain != text:
        form.findings.problem(row.number, name, text.id, str(NO_INSERTION), Outcome.CELL)
    return plain


def _dimension(row: Row, kind: str, form: Form) -> str:
    dimension = row.get("asn_dimension")
    if dimension and dimension not in form.dimensions:
        reason = _("dimensi ini tidak ada dalam daftar dimensi formulir")
        form.findings.problem(row.number, "asn_dimension", dimension, reason, Outcome.CELL)
        return ""
    return "" if kind in ("note", "text") else dimension


def _level(row: Row, form: Form) -> int | None:
    level = row.get("asn_level")
    if not level:
        return None
    if level.isascii() and level.isdecimal() and 1 <= int(level[:3]) <= HIGHEST_LEVEL:
        return int(level)
    reason = _("tingkat Kirkpatrick adalah 1 sampai 4")
    form.findings.problem(row.number, "asn_level", level, reason, Outcome.CELL)
    return None


def _is_true(row: Row, name: str, form: Form) -> bool:
    word = row.get(name).strip().casefold()
    if word not in TRUE | FALSE:
        reason = _("hanya “yes” atau “no” yang didukung, bukan rumus; dianggap “no”")
        form.findings.problem(row.number, name, row.get(name), reason, Outcome.CELL)
    return word in TRUE


def refuse_cells(row: Row, form: Form) -> None:
    for name, content in row.filled():
        if name in REFUSED_CELLS:
            form.findings.problem(row.number, name, content, str(REFUSED_CELLS[name]), Outcome.CELL)


def _which_other(item: ItemDefinition, row: Row, form: Form) -> ItemDefinition:
    form.findings.note(
        _("“or_other” menjadi pilihan “Lainnya” dengan teks singkat “%(key)s_other”.") % {"key": item.key},
        row.number,
    )
    key = form.keys.take(f"{item.key}_other")
    register(f"{item.key}_other", key, form)
    return ItemDefinition(
        key=key,
        type=SHORT_TEXT,
        label="Lainnya",
        label_en="Other",
        text="Sebutkan lainnya.",
        text_en="Please specify.",
        is_required=item.is_required,
        relevance=f"selected(${{{item.key}}}, 'other')",
    )
