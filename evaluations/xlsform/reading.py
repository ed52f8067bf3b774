"""From the bytes of an XLSForm to an instrument of ours, with the name of everything that has no place in it."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.definitions import ItemDefinition
from evaluations.expressions import LONGEST
from evaluations.item_rules import LIKERT, MATRIX, NOTE, PAGE
from evaluations.xlsform.choices import read_lists
from evaluations.xlsform.columns import Columns, Row, languages_of
from evaluations.xlsform.form import Form, LeftOut
from evaluations.xlsform.formulas import FormulaError, both, translate
from evaluations.xlsform.head import read_head
from evaluations.xlsform.model import Findings, Outcome, Sheets, XlsFormReading
from evaluations.xlsform.questions import common_fields, items_of, new_key, refuse_cells
from evaluations.xlsform.remainder import tell_of_the_rest
from evaluations.xlsform.sheets import read_sheets
from evaluations.xlsform.soundness import sound_items
from evaluations.xlsform.types import reason_against, split_type

GROUP_LEFT_OUT = gettext_lazy("kelompoknya dilewati")


@dataclass(slots=True)
class Group:
    """A group that is open while its rows are read. ``reason``: why nothing in it can be taken over.

    Its questions wait in ``members`` where it is a table; ``has_heading``: it has no row of its own, but a first
    question that only shows the names of the points, above others that do not.
    """

    row: Row
    relevance: str = ""
    reason: str = ""
    is_table: bool = False
    has_heading: bool = False
    members: list[tuple[Row, ItemDefinition]] = field(default_factory=list)


def read_xlsform(content: bytes) -> XlsFormReading:
    """Read an XLSForm. Raises ``XlsFormError`` where the file is none."""
    return convert(read_sheets(content))


def convert(sheets: Sheets) -> XlsFormReading:
    """The instrument in these sheets. Raises ``XlsFormError`` where two columns mean the same."""
    findings = Findings()
    columns = {name: Columns(titles) for name, titles in sheets.headers.items()}
    head = read_head(sheets, columns["settings"], findings)
    languages = languages_of([*columns["survey"], *columns["choices"]], head.default_language)
    lists = read_lists(sheets, columns["choices"], languages, findings)
    form = Form(languages, lists, findings, head.dimensions)
    walk = _Walk(form)
    for row in map(columns["survey"].row, sheets.survey):
        walk.take(row)
    walk.finish()
    tell_of_the_rest(sheets, columns, form)
    scoring = head.scoring_of(item for _row, item in walk.items)
    items = sound_items(walk.items, head.dimensions, scoring, findings)
    if not items and not _is_refused(findings):
        findings.problem(None, "", "", _("tidak ada pertanyaan yang dapat diambil"), Outcome.FORM)
    problems = tuple(
        sorted(findings.problems, key=lambda each: (each.sheet != "survey", each.sheet, each.row or 0))
    )
    definition = None if _is_refused(findings) else head.definition(items, scoring)
    return XlsFormReading(definition, problems, tuple(findings.notes))


def _is_refused(findings: Findings) -> bool:
    return any(problem.outcome is Outcome.FORM for problem in findings.problems)


class _Walk:
    """Goes through the rows of the survey sheet in order and keeps the items and the groups that are open."""

    def __init__(self, form: Form):
        self.form = form
        self.items: list[tuple[Row, ItemDefinition]] = []
        self.groups: list[Group] = []

    def take(self, row: Row) -> None:
        kind, argument = split_type(row.get("type"))
        if self._is_in_headed_table() and not (
            kind == "select_one" and "list-nolabel" in row.get("appearance").split()
        ):
            self._close()
        if row.get("disabled").casefold() in ("yes", "true"):
            self._leave_out(row, "disabled", row.get("disabled"), _("baris ini dinonaktifkan"))
        elif kind == "begin_group":
            self._open(row)
        elif kind in ("begin_repeat", "begin_loop"):
            self._leave_out(row, "type", row.get("type"), _("pengulangan tidak didukung"))
            self.groups.append(Group(row, reason=_("berada di dalam pengulangan")))
        elif kind in ("end_group", "end_repeat", "end_loop"):
            self._end(row, kind)
        elif not kind:
            content = next((text for _name, text in row.filled()), "")
            self._leave_out(row, "type", content, _("jenis pertanyaan kosong"))
        else:
            self._question(row, kind, argument)

    def finish(self) -> None:
        if self._is_in_headed_table():
            self._close()
        for group in self.groups:
            reason = _("kelompok ini tidak ditutup dengan “end group”")
            self._refuse(group.row, "type", group.row.get("type"), reason)

    def _is_in_headed_table(self) -> bool:
        return bool(self.groups) and self.groups[-1].has_heading

    def _leave_out(self, row: Row, column: str, content: str, reason: str) -> None:
        self.form.findings.problem(row.number, column, content, reason, Outcome.ROW)
        if row.get("name"):
            self.form.known.left_out.add(row.get("name"))

    def _refuse(self, row: Row, column: str, content: str, reason: str) -> None:
        self.form.findings.problem(row.number, column, content, reason, Outcome.FORM)

    def _reason(self) -> str:
        return next((group.reason for group in self.groups if group.reason), "")

    def _relevance(self, row: Row) -> str:
        """When the row is asked, by its own condition and those of the groups around it. Raises ``LeftOut``."""
        text = row.get("relevant")
        around = self.groups[-1].relevance if self.groups else ""
        try:
            return both(around, translate(text, self.form.known) if text else "")
        except FormulaError as error:
            raise LeftOut("relevant", text, str(error)) from error

    # -- groups --------------------------------------------------------------------------------------------------

    def _open(self, row: Row) -> None:
        if reason := self._reason():
            self._leave_out(row, "type", row.get("type"), reason)
            self.groups.append(Group(row, reason=reason))
            return
        try:
            relevance = self._relevance(row)
            if len(relevance) > LONGEST:
                raise LeftOut("relevant", relevance, _("syarat kelompok bertumpuk terlalu panjang"))
        except LeftOut as left:
            self._leave_out(row, left.column, left.content, left.reason)
            self.groups.append(Group(row, reason=str(GROUP_LEFT_OUT)))
            return
        if self.groups and self.groups[-1].is_table:
            # No table has groups in it; what stands above them stays above them.
            self._add_table(self.groups[-1])
            self.groups[-1].is_table, self.groups[-1].members = False, []
        refuse_cells(row, self.form)
        appearance = row.get("appearance").split()
        group = Group(row, relevance, is_table="table-list" in appearance)
        self.groups.append(group)
        for word in set(appearance) - {"table-list", "field-list"}:
            self.form.ignored.setdefault(word, []).append(row.number)
        if not group.is_table and self.form.languages.text(row, "label"):
            self._heading(row, PAGE if "field-list" in appearance else NOTE)

    def _heading(self, row: Row, kind: str) -> None:
        """The label of a group as a page or a note, asked when the group is."""
        try:
            key = new_key(row, "group", self.form)
            fields = common_fields(row, key, self.form, kind="note")
            own = row.get("asn_relevance")
            relevance = translate(own, self.form.known) if own else self.groups[-1].relevance
        except LeftOut as left:
            self._leave_out(row, left.column, left.content, left.reason)
            return
        except FormulaError as error:
            self.form.findings.problem(row.number, "asn_relevance", own, str(error), Outcome.CELL)
            relevance = self.groups[-1].relevance
        fields |= {"level": None, "is_required": False, "relevance": relevance}
        self._add(row, ItemDefinition(type=kind, **fields))

    def _end(self, row: Row, kind: str) -> None:
        if not self.groups:
            self._refuse(row, "type", row.get("type"), _("tidak ada kelompok yang ditutup di sini"))
            return
        opened = split_type(self.groups[-1].row.get("type"))[0]
        if opened.removeprefix("begin_") != kind.removeprefix("end_"):
            reason = _("tidak cocok dengan “%(type)s” pada baris %(row)s") % {
                "type": self.groups[-1].row.get("type"),
                "row": self.groups[-1].row.number,
            }
            self._refuse(row, "type", row.get("type"), reason)
        self._close()

    def _close(self) -> None:
        group = self.groups.pop()
        if group.is_table:
            self._add_table(group)

    # -- questions -----------------------------------------------------------------------------------------------

    def _question(self, row: Row, kind: str, argument: str) -> None:
        try:
            if reason := self._reason() or reason_against(kind, argument):
                raise LeftOut("type", row.get("type"), reason)
            relevance = self._relevance(row)
            if kind == "select_one" and "label" in row.get("appearance").split():
                self.groups.append(Group(row, relevance, is_table=True, has_heading=True))
                return
            table = self.groups[-1] if self.groups and self.groups[-1].is_table else None
            items = items_of(row, kind, argument, self.form, relevance)
        except LeftOut as left:
            self._leave_out(row, left.column, left.content, left.reason)
            return
        for item in items:
            if table:
                table.members.append((row, item))
            else:
                self._add(row, item)

    def _add_table(self, group: Group) -> None:
        """A table of scales becomes a matrix, any other one its questions below each other."""
        if not group.members:
            appearance = group.row.get("appearance")
            self._leave_out(group.row, "appearance", appearance, _("tabel ini tidak mempunyai baris"))
            return
        scales = {
            (item.type, item.minimum, item.maximum, str(item.labels), item.relevance)
            for _row, item in group.members
        }
        first = group.members[0][1]
        is_matrix = len(scales) == 1 and first.type == LIKERT and first.relevance == group.relevance
        row = self._named_head(group)
        if not is_matrix:
            self.form.findings.note(
                _("Tabel ini menjadi butir satu per satu: barisnya tidak memakai satu skala, atau bersyarat."),
                row.number,
            )
        try:
            head = self._head(row, group) if is_matrix or self.form.languages.text(row, "label") else {}
        except LeftOut as left:
            self._leave_out(row, left.column, left.content, left.reason)
            for member, _item in group.members:
                self._leave_out(member, "type", member.get("type"), str(GROUP_LEFT_OUT))
            return
        if is_matrix:
            scale = {"minimum": first.minimum, "maximum": first.maximum, "labels": first.labels}
            self._add(row, ItemDefinition(type=MATRIX, **head, **scale))
        elif head:
            self._add(row, ItemDefinition(type=NOTE, **head))
        for member, item in group.members:
            self._add(member, replace(item, matrix=head["key"], relevance="") if is_matrix else item)

    def _head(self, row: Row, group: Group) -> dict:
        key = new_key(row, "group", self.form)
        fields = common_fields(row, key, self.form, kind="group")
        return fields | {"level": None, "is_required": False, "relevance": group.relevance}

    def _named_head(self, group: Group) -> Row:
        """The row that names the table: its own, or the group around it where it has no label."""
        if self.form.languages.text(group.row, "label") or not group.has_heading:
            return group.row
        label = self.groups[-1].row.cells.get("label") if self.groups else None
        return Row(group.row.number, dict(group.row.cells) | ({"label": label} if label else {}))

    def _add(self, row: Row, item: ItemDefinition) -> None:
        self.items.append((row, item))
