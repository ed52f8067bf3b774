"""What a form holds beside its questions: cells outside the tables, columns and languages of no use here. Pure."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from evaluations.xlsform.choices import KNOWN as CHOICE_COLUMNS
from evaluations.xlsform.columns import MEDIA, TRANSLATED, Columns
from evaluations.xlsform.form import Form
from evaluations.xlsform.model import Findings, Outcome, Sheets
from evaluations.xlsform.questions import REFUSED_CELLS

SURVEY_COLUMNS = {
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "appearance",
    "parameters", "read_only", "disabled", "asn_type", "asn_label", "asn_dimension", "asn_level", "asn_reverse",
    "asn_unit", "asn_na", "asn_scores", "asn_relevance",
} | REFUSED_CELLS.keys()  # fmt: skip
MARKUP = re.compile(r"<[a-zA-Z][^<>]*>|\*\*[^*]+\*\*")


def tell_of_the_rest(sheets: Sheets, columns: dict[str, Columns], form: Form) -> None:
    """Name everything that no row was told of."""
    findings = form.findings
    _strays(sheets, findings)
    for message in (
        *_sheets(sheets),
        *_columns(sheets, columns),
        *_languages(sheets, columns, form),
        *_lists(form),
        *_shapes(form),
        *_markup(sheets),
    ):
        findings.note(message)


def _strays(sheets: Sheets, findings: Findings) -> None:
    for stray in sheets.strays:
        if stray.is_formula:
            reason = _("rumus Excel tanpa hasil yang tersimpan; buka dan simpan berkas ini di Excel")
        else:
            reason = _("sel ini berada di luar tabel: kolomnya tidak berjudul atau barisnya terlalu jauh di bawah")
        findings.problem(stray.row, stray.column, stray.content, reason, Outcome.CELL, stray.sheet)


def _sheets(sheets: Sheets) -> Iterator[str]:
    if sheets.unread:
        names = ", ".join(f"“{name}”" for name in sheets.unread)
        yield _("Lembar yang tidak dibaca: %(names)s.") % {"names": names}


def _columns(sheets: Sheets, columns: dict[str, Columns]) -> Iterator[str]:
    for sheet, known, rows in (
        ("survey", SURVEY_COLUMNS, sheets.survey),
        ("choices", CHOICE_COLUMNS | MEDIA, sheets.choices),
    ):
        for column in columns[sheet]:
            filled = sum(column.title in row.cells for row in rows)
            if column.name not in known and filled:
                yield _(
                    "Kolom “%(column)s” pada lembar %(sheet)s tidak dikenal dan tidak diambil (%(n)s sel)."
                ) % {
                    "column": column.title,
                    "sheet": sheet,
                    "n": filled,
                }


def _languages(sheets: Sheets, columns: dict[str, Columns], form: Form) -> Iterator[str]:
    languages = form.languages
    if not languages.has_indonesian:
        yield _("Formulir ini tidak berbahasa Indonesia; teksnya menjadi teks utama. Terjemahkan sebelum dipakai.")
    elif form.borrowed:
        yield _("%(n)s teks tidak ada dalam bahasa Indonesia; bahasa lain dipakai. Baris: %(rows)s.") % {
            "n": len(form.borrowed),
            "rows": _listed(form.borrowed),
        }
    used = languages.others[:1] if not languages.indonesian and not languages.english else ()
    for language in languages.others:
        cells = sum(
            column.title in row.cells
            for sheet, rows in (("survey", sheets.survey), ("choices", sheets.choices))
            for column in columns[sheet]
            if column.name in TRANSLATED and column.language == language
            for row in rows
        )
        if cells and language not in used:
            yield _("Bahasa “%(language)s” (%(n)s sel) tidak diambil.") % {"language": language, "n": cells}


def _lists(form: Form) -> Iterator[str]:
    for found in form.lists.values():
        if not found.is_used:
            yield _("Daftar pilihan “%(list)s” tidak dipakai pertanyaan mana pun.") % {"list": found.name}


def _shapes(form: Form) -> Iterator[str]:
    for word, rows in form.ignored.items():
        yield _("Tampilan “%(word)s” tidak dipakai. Baris: %(rows)s.") % {"word": word, "rows": _listed(rows)}
    if form.plain_texts:
        yield _(
            "Pertanyaan teks tanpa tampilan “multiline” menjadi teks singkat, paling panjang 200 huruf. "
            "Baris: %(rows)s."
        ) % {"rows": _listed(form.plain_texts)}


def _markup(sheets: Sheets) -> Iterator[str]:
    rows = [row.number for row in sheets.survey if any(map(MARKUP.search, row.cells.values()))]
    if rows:
        yield _("Tanda format (HTML atau Markdown) ditampilkan apa adanya. Baris: %(rows)s.") % {
            "rows": _listed(rows)
        }


def _listed(rows: list[int]) -> str:
    shown = sorted(set(rows))
    return ", ".join(map(str, shown[:MOST_LISTED])) + ("…" if len(shown) > MOST_LISTED else "")


MOST_LISTED = 20
