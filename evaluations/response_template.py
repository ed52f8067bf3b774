"""The empty table that evaluators fill with answers from paper."""

from django.utils.translation import gettext as _

from asn_eval.exports import write_workbook
from evaluations.answer_sheet import DATE_NAMES, KEY_NAMES
from evaluations.models import Item, Survey


def write_template(survey: Survey) -> bytes:
    """Return an xlsx: one column per item, for participants one row each; a second sheet explains the items."""
    items = list(survey.version.items.all())
    keys = [item.key for item in items]
    if survey.is_public:
        header, people = ["Responden", DATE_NAMES[0], *keys], []
    else:
        header = [KEY_NAMES[0], "Nama", DATE_NAMES[0], *keys]
        enrollments = survey.evaluation.program.enrollments.select_related("person").order_by("code")
        people = [[each.code, each.person.name] for each in enrollments]
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
    if item.type == Item.Type.TEXT:
        return _("Teks; boleh kosong")
    if item.type == Item.Type.NUMBER:
        return _("Angka %(minimum)s sampai %(maximum)s") % {"minimum": item.minimum, "maximum": item.maximum}
    return "; ".join(f"{value} {label}".strip() for value, label in item.scale_points)
