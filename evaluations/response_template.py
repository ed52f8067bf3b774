"""The empty table that evaluators fill with answers from paper."""

from django.utils.translation import gettext as _

from asn_eval.exports import write_workbook
from evaluations.answer_headings import DATE_NAMES, KEY_NAMES, RECALLED
from evaluations.answer_types import allowed_in_words
from evaluations.models import Item, Survey
from evaluations.packing import is_recalled
from evaluations.register import known_to


def write_template(survey: Survey) -> bytes:
    """Return an xlsx: one column per item, for participants one row each; a second sheet explains the items."""
    items = [item for item in survey.version.items.all() if item.is_answered]
    keys = [item.key for item in items]
    if survey.is_retrospective:
        keys = [RECALLED + item.key for item in items if is_recalled(item)] + keys
    if survey.is_public:
        header, people = ["Responden", DATE_NAMES[0], *keys], []
    else:
        header = [KEY_NAMES[0], "Nama", DATE_NAMES[0], *keys]
        people = [[known.code, known.name] for known in known_to(survey)]
    guide_header = [_("Judul kolom"), _("Butir"), _("Pertanyaan"), _("Isi dengan")]
    return write_workbook(
        {
            _("Jawaban"): (header, people),
            _("Petunjuk"): (guide_header, [*_columns(survey), *(_explained(item) for item in items)]),
        }
    )


def _columns(survey: Survey) -> list[list[str]]:
    key = ["Responden", "", _("Nomor lembar; boleh kosong"), _("Teks atau angka")]
    if not survey.is_public:
        key = [KEY_NAMES[0], "", _("Kode peserta; boleh diganti dengan kolom NIP"), _("Teks")]
    return [key, [DATE_NAMES[0], "", _("Tanggal lembar diisi; boleh kosong"), _("Tanggal")]]


def _explained(item: Item) -> list[str]:
    return [item.key, item.label_shown, item.text_shown, allowed_values(item)]


def allowed_values(item: Item) -> str:
    """What may stand in a cell of this item."""
    text = _allowed(item)
    return f"{text}; * {_('tidak berlaku')}" if item.allows_na else text


def _allowed(item: Item) -> str:
    if item.is_open:
        return _("Teks; boleh kosong")
    if item.type == Item.Type.LIKERT:
        return "; ".join(f"{value} {label}".strip() for value, label in item.scale_points)
    if item.type == Item.Type.YES_NO:
        return _("1 ya; 0 tidak")
    if item.type == Item.Type.DATE:
        return _("Tanggal")
    names = "; ".join(f"{key} {name}" for key, name in item.option_names)
    if item.type == Item.Type.CHOICES:
        return _("Satu kode atau beberapa, dipisah titik koma: %(options)s") % {"options": names}
    if item.type == Item.Type.RANKING:
        return _("Semua kode dari yang terpenting, dipisah titik koma: %(options)s") % {"options": names}
    return names or allowed_in_words(item)
