"""What an XLSForm says of itself as a whole, on its settings sheet."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluations.definitions import (
    LONGEST_INSTRUMENT_KEY,
    InstrumentDefinition,
    ItemDefinition,
    problems_of_head,
)
from evaluations.item_rules import LIKERT, SCORE
from evaluations.xlsform.columns import Columns, Row
from evaluations.xlsform.model import Findings, Outcome, Sheets
from evaluations.xlsform.names import plain_key

# Columns of ours -> field of a definition, and how the cell is read.
TEXTS = {"asn_kind": "kind", "asn_scoring": "scoring", "asn_description": "description", "asn_source": "source"}
TEXTS |= {"asn_legal_source": "legal_source"}
OTHERS = {
    "asn_number": "number", "asn_dimensions": "dimensions", "asn_bands": "bands", "asn_weights": "weights",
    "asn_audience": "audience", "asn_waves": "waves",
}  # fmt: skip
WITHOUT_EFFECT = {"version", "style", "allow_choice_duplicates", "clean_text_values", "sms_keyword", "name"}
KNOWN = {"form_title", "form_id", "default_language"} | TEXTS.keys() | OTHERS.keys() | WITHOUT_EFFECT
LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of a definition, without its items."""

    fields: dict
    default_language: str
    says_scoring: bool

    @property
    def dimensions(self) -> dict[str, dict]:
        return self.fields["dimensions"]

    def scoring_of(self, items) -> str:
        """What the form says; a foreign one says nothing and is averaged where it has scales."""
        if self.says_scoring:
            return self.fields["scoring"]
        return "rata_rata" if any(item.type in (LIKERT, SCORE) for item in items) else "tanpa"

    def definition(self, items: tuple[ItemDefinition, ...], scoring: str) -> InstrumentDefinition:
        return InstrumentDefinition(items=items, **self.fields | {"scoring": scoring})


def read_head(sheets: Sheets, columns: Columns, findings: Findings) -> Head:
    """The settings; what is not right among ours is named, and then none of ours counts."""
    row = columns.row(sheets.settings[0]) if sheets.settings else Row(2, {})
    for extra in sheets.settings[1:]:
        text = next(iter(extra.cells.values()))
        findings.problem(
            extra.number, "", text, _("lembar settings hanya mempunyai satu baris"), Outcome.ROW, "settings"
        )
    for name, text in row.filled():
        if name in WITHOUT_EFFECT and not row.get("asn_number"):
            findings.note(_("Pengaturan “%(name)s” (%(text)s) tidak dipakai.") % {"name": name, "text": text[:60]})
        if name not in KNOWN:
            reason = _("pengaturan ini tidak didukung")
            findings.problem(row.number, name, text, reason, Outcome.CELL, "settings")
    title = row.get("form_title") or row.get("form_id") or _("Formulir tanpa judul")
    plain = {
        "key": plain_key(row.get("form_id") or title, LONGEST_INSTRUMENT_KEY).lower(),
        "number": 1,
        "name": title[:LONGEST_NAME],
        "scoring": "tanpa",
    }
    if len(title) > LONGEST_NAME:
        findings.problem(row.number, "form_title", title, _("judul dipotong"), Outcome.CELL, "settings")
    ours = _ours(row, findings)
    fields = plain | ours | _key(row)
    problems = problems_of_head(fields | {"items": [{}]})
    if problems:
        for problem in problems:
            findings.problem(row.number, "asn_…", "", problem.rstrip("."), Outcome.CELL, "settings")
        fields, ours = plain, {}
    complete = {"kind": "kuesioner", "dimensions": {}, "audience": (), "waves": ()} | fields
    complete |= {"audience": tuple(complete["audience"]), "waves": tuple(complete["waves"])}
    return Head(complete, row.get("default_language"), "scoring" in ours)


def _key(row: Row) -> dict[str, str]:
    """The form's own name of itself, where it can be the key of an instrument as it is."""
    key = row.get("form_id")
    return {"key": key} if key and not problems_of_head(_with_key(key)) else {}


def _with_key(key: str) -> dict:
    return {"key": key, "number": 1, "name": "-", "scoring": "tanpa", "items": [{}]}


def _ours(row: Row, findings: Findings) -> dict:
    """What a form that this application wrote says beside what XLSForm has a place for."""
    ours = {field: row.get(name) for name, field in TEXTS.items() if row.get(name)}
    for name, field in OTHERS.items():
        text = row.get(name)
        if not text:
            continue
        try:
            ours[field] = json.loads(text)
        except ValueError:
            findings.problem(row.number, name, text, _("bukan JSON yang sah"), Outcome.CELL, "settings")
    return ours
