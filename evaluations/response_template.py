"""The empty table that evaluators fill with answers from paper."""

from django.utils.translation import gettext as _

from asn_eval.exports import write_workbook
from evaluations.answer_headings import DATE_NAMES, NAME_NAMES, RECALLED, free_name, key_heading
from evaluations.answer_types import allowed_in_words
from evaluations.models import Item, Survey
from evaluations.packing import is_recalled
from evaluations.register import known_to


def write_template(survey: Survey) -> bytes:
    """Return an xlsx: a column for every item, a row for everybody who is known; a second sheet explains both."""
    items = [item for item in survey.version.items.all() if item.is_answered]
    keys = [item.key for item in items]
    if survey.is_retrospective:
        keys = [RECALLED + item.key for item in items if is_recalled(item)] + keys
    guide_header = [_("Judul kolom"), _("Butir"), _("Pertanyaan"), _("Isi dengan")]
    guide = [*_columns(survey, items), *_recalled(survey, items), *(_explained(item) for item in items)]
    return write_workbook(
        {
            _("Jawaban"): ([*_head(survey, items), *keys], _people(survey)),
            _("Petunjuk"): (guide_header, guide),
        }
    )


def _head(survey: Survey, items: list[Item]) -> list[str]:
    """The headings before those of the items. Sheets of the public name nobody, anonymous ones a code alone."""
    by_code = survey.is_anonymous or not survey.is_of_participants
    key = key_heading(items, is_of_participants=not by_code, is_public=survey.is_public)
    day = free_name(DATE_NAMES, items)
    if survey.is_anonymous:
        return [key, day]
    return [key, free_name(NAME_NAMES, items), day]


def _people(survey: Survey) -> list[list[str]]:
    """Everybody with a code; other respondents than participants have theirs once the survey is opened."""
    known = [each for each in known_to(survey) if each.code]
    return [[each.code] if survey.is_anonymous else [each.code, each.name] for each in known]


def _columns(survey: Survey, items: list[Item]) -> list[list[str]]:
    head = _head(survey, items)
    if survey.is_public:
        key = [head[0], "", _("Nomor lembar; boleh kosong"), _("Teks atau angka")]
    elif survey.is_of_participants and not survey.is_anonymous:
        key = [head[0], "", _("Kode peserta; boleh diganti dengan kolom NIP"), _("Teks")]
    else:
        key = [head[0], "", _("Kode yang tercetak pada lembar; ada setelah survei dibuka"), _("Teks")]
    return [key, [head[-1], "", _("Tanggal lembar diisi; boleh kosong"), _("Tanggal")]]


def _recalled(survey: Survey, items: list[Item]) -> list[list[str]]:
    if not survey.is_retrospective:
        return []
    before = _("keadaan sebelum program menurut ingatan")
    return [
        [RECALLED + item.key, item.label_shown, f"{item.text_shown} ({before})", allowed_values(item)]
        for item in items
        if is_recalled(item)
    ]


def column_guide(survey: Survey, items: list[Item]) -> list[tuple[str, str]]:
    """(heading, what stands under it) of the columns of answers, for the page of the import."""
    asked = [item for item in items if item.is_answered]
    before = [(row[0], f"{row[1]}, {_('keadaan sebelum program')}: {row[3]}") for row in _recalled(survey, asked)]
    return before + [(item.key, f"{item.label_shown}: {allowed_values(item)}") for item in asked]


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
