"""From the cells of a file to a plan, and from the plan to stored rows. One importer for each kind of file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Office, Region
from asn_eval.tables import Cell, header_key
from programs.imports.bulk import Told, insert_rows, update_rows
from programs.imports.cells import CellError, Reader, as_text, reader_of, well_spaced
from programs.imports.checking import Checked
from programs.imports.columns import Column
from programs.imports.journal import note_changes
from programs.imports.plans import EMPTY, ChangedRow, Plan, described
from programs.imports.sheets import Sheet
from programs.models import Entity, ImportJob, Program

FIRST_NEW = 10


@dataclass(frozen=True)
class Reach:
    """Whose file it is: the rows that it may meet, and where what it brings belongs."""

    rows: Callable[[type[models.Model]], QuerySet]
    today: date
    program: Program | None = None
    office: Office | None = None
    regions: tuple[Region, ...] = ()  # in which a new unit may be placed without being told where
    areas: QuerySet = field(default_factory=Region.objects.none)  # in which rows may be placed at all
    offices: QuerySet = field(default_factory=Office.objects.none)  # that may organise a program
    locks: bool = False

    def held(self, rows: QuerySet) -> QuerySet:
        """``rows`` kept from others until the transaction ends, when this run is going to save."""
        return rows.select_for_update(of=("self",)).order_by("pk") if self.locks else rows


class ReferenceReader:
    """Reads the name (or code) of a row that exists already; holds its key."""

    def __init__(self, names: Iterable[tuple[object, Sequence[str]]], unknown: str):
        self.keys: dict[str, object] = {}
        self.twice: set[str] = set()
        for key, spellings in names:
            for spelling in {header_key(spelling) for spelling in spellings if spelling}:
                if self.keys.setdefault(spelling, key) != key:
                    self.twice.add(spelling)
        self.unknown = unknown

    def __call__(self, cell: Cell) -> object:
        text = header_key(as_text(cell))
        if not text:
            return None
        if text in self.twice:
            raise CellError(_("Ada beberapa dengan nama ini; bedakan dulu namanya."))
        if text not in self.keys:
            raise CellError(self.unknown)
        return self.keys[text]


class Importer:
    """The rules of one kind of file. Used once: check, plan, and perhaps save.

    ``key`` names the fields by which a row meets a stored one; ``stored_as`` the columns that fields of another
    name are kept in; ``unstored`` the fields that are only read.
    """

    entity: Entity
    model: type[models.Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    needs_program = False
    stored_as: Mapping[str, str] = {}
    unstored: tuple[str, ...] = ()
    added: tuple[str, ...] = ()  # cells that ``meet`` adds for new rows, named as their columns
    is_cleaned = True  # whether the model is asked about each row as well

    def __init__(self, reach: Reach):
        self.reach = reach
        self.names: dict[str, dict[object, str]] = {}

    def options(self) -> dict[str, list[str]]:
        """The names that a field may hold, for the lists of the template; choices are known anyway."""
        return {}

    # --- Check ---------------------------------------------------------------------------

    def readers(self) -> dict[str, Reader]:
        """What reads the fields that refer to stored rows."""
        return {}

    def check(self, sheet: Sheet) -> Checked:
        """Read every cell; what is wrong with one is told at its row and column."""
        checked = Checked(sheet, self.columns)
        special = self.readers()
        for column in self.columns:
            checked.read(column.field, special.get(column.field) or reader_of(column, today=self.reach.today))
        self.complete(checked)
        checked.refuse_repeated(self.keys(checked), self.key[0], self.repeated)
        self.check_rows(checked)
        return checked

    @property
    def repeated(self) -> str:
        return _("Isi yang sama sudah ada pada baris %(row)s.")

    def complete(self, checked: Checked) -> None:
        """Fill what other cells of the row tell, before rows are compared with each other."""

    def check_rows(self, checked: Checked) -> None:
        """What only several cells of one row can tell."""
        cells = checked.cells
        if "start_date" in cells and "end_date" in cells:
            for at, (start, end) in enumerate(zip(cells["start_date"], cells["end_date"], strict=True)):
                if start and end and end < start:
                    checked.refuse(at, "end_date", _("Tanggal selesai tidak boleh mendahului tanggal mulai."))

    # --- Plan ----------------------------------------------------------------------------

    def keys(self, checked: Checked) -> list[object]:
        """What each row is known by; None for one that cannot be told."""
        if len(self.key) == 1:
            return [_key_part(value) for value in checked.cells[self.key[0]]]
        lines = zip(*(checked.cells[name] for name in self.key), strict=True)
        return [tuple(map(_key_part, line)) for line in lines]

    def stored_rows(self, keys: Sequence[object]) -> Iterable[QuerySet]:
        """The stored rows among which those of the file may be."""
        raise NotImplementedError

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The fields of the file that are kept, in their order."""
        return tuple(column.field for column in self.columns if column.field not in self.unstored)

    def column_of(self, name: str) -> str:
        return self.stored_as.get(name, name)

    def key_columns(self) -> tuple[str, ...]:
        """Where the stored rows keep the parts of their key."""
        return tuple(self.column_of(name) for name in self.key)

    def look_up(self, keys: Sequence[object]) -> None:
        """Read the stored rows once: key -> (pk, compared columns …)."""
        columns = [self.column_of(name) for name in self.compared]
        parts = self.key_columns()
        n_parts = len(parts)
        self.stored: dict[object, tuple] = {}
        self.doubled: set[object] = set()
        for rows in self.stored_rows(keys):
            for line in self.reach.held(rows).values_list(*parts, "pk", *columns):
                key = tuple(map(_key_part, line[:n_parts])) if n_parts > 1 else _key_part(line[0])
                if key in self.stored:
                    self.doubled.add(key)
                self.stored[key] = line[n_parts:]

    def meet(self, checked: Checked, keys: list[object]) -> None:
        """What only the stored rows can tell."""

    def plan(self, checked: Checked) -> Plan:
        """Compare the rows with the stored ones. An empty cell never erases what is stored."""
        self.checked = checked
        keys = self.keys(checked)
        self.look_up([keys[at] for at in checked.good_rows()])
        for at in checked.good_rows() if self.doubled else ():
            if keys[at] in self.doubled:
                checked.refuse(
                    at, self.key[0], _("Ada beberapa catatan tersimpan dengan isi ini; ubah pada halamannya.")
                )
        self.meet(checked, keys)
        self._compare(checked, keys)
        self.fill_new(checked)
        if self.is_cleaned:
            self._clean(checked, keys)
        return self.described_plan(checked, keys)

    def _compare(self, checked: Checked, keys: list[object]) -> None:
        self.new = [] if self.stored else [*checked.good_rows()]
        self.changed: dict[int, tuple[object, dict[str, tuple[object, object]]]] = {}
        told = [
            (self.column_of(name), checked.cells[name], index)
            for index, name in enumerate(self.compared, 1)
            if self.is_told(checked, name)
        ]
        stored = self.stored
        for at in checked.good_rows() if stored else ():
            row = stored.get(keys[at])
            if row is None:
                self.new.append(at)
                continue
            changes = {}
            for column, values, index in told:
                if says_otherwise(values[at], row[index]):
                    changes[column] = (row[index], values[at])
            if changes:
                self.changed[at] = (row[0], changes)

    def fill_new(self, checked: Checked) -> None:
        """What an empty cell of a new row means; for a stored one it means nothing."""

    def is_told(self, checked: Checked, name: str) -> bool:
        """Whether the file says anything about a field; key fields found their row by it."""
        return checked.has(name) and name not in self.key

    def _clean(self, checked: Checked, keys: list[object]) -> None:
        """Let the model refuse what a form would refuse, each row as it would be stored."""
        relations = [f.name for f in self.model._meta.concrete_fields if f.is_relation]
        for at in [*self.new, *self.changed]:
            values = {self.column_of(name): checked.cells[name][at] for name in self.compared}
            if at in self.changed:
                row = self.stored[keys[at]]
                before = {self.column_of(name): row[index] for index, name in enumerate(self.compared, 1)}
                after = {name: new for name, (_old, new) in self.changed[at][1].items()}
                values = before | after
            instance = self.instance({name: value for name, value in values.items() if value not in EMPTY})
            try:
                instance.clean_fields(exclude=relations)
                instance.clean()
            except ValidationError as error:
                self._tell_refusal(checked, at, error)
        self.new = [at for at in self.new if at not in checked.refused]
        self.changed = {at: change for at, change in self.changed.items() if at not in checked.refused}

    def _tell_refusal(self, checked: Checked, at: int, error: ValidationError) -> None:
        for name, messages in error.message_dict.items():
            shown = name if name in checked.columns else self.key[0]
            for message in messages:
                checked.refuse(at, shown, message)

    def instance(self, values: dict[str, object]) -> models.Model:
        """A row as it would be stored."""
        return self.model(**self.placed(), **values)

    def placed(self) -> dict[str, object]:
        """What every new row has in common: where it belongs."""
        return {"program": self.reach.program} if self.needs_program else {}

    def title(self, at: int) -> tuple[str, str]:
        """What a row of the file is about, for the page: a name and a line below it."""
        return as_text(self.checked.cells[self.key[0]][at]), ""

    def key_text(self, key: object) -> str:
        return "\x1f".join(map(str, key)) if isinstance(key, tuple) else str(key)

    def described_plan(self, checked: Checked, keys: list[object]) -> Plan:
        return Plan(
            n_rows=len(checked),
            new_keys=[self.key_text(keys[at]) for at in self.new],
            changed=[self.described_row(at) for at in self.overwritten()],
            n_changed=len(self.changed),
            n_same=len(checked) - len(checked.refused) - len(self.new) - len(self.changed),
            problems=checked.problems,
            warnings=checked.warnings,
            notes=tuple(self.notes(checked)),
            first_new=[(checked.numbers[at], *self.title(at)) for at in self.new[:FIRST_NEW]],
            new_units=self.unit_names(),
        )

    def overwritten(self) -> Iterable[int]:
        """The rows that write over something stored."""
        return self.changed

    def described_row(self, at: int) -> ChangedRow:
        _key, changes = self.changed[at]
        title, detail = self.title(at)
        return ChangedRow(self.checked.numbers[at], title, detail, described(self.model, changes, self.name_of))

    def name_of(self, column: str, key: object) -> str:
        """A stored row that another refers to, in words."""
        return self.names.get(column, {}).get(key, str(key))

    def notes(self, checked: Checked) -> Iterable[str]:
        """What whoever sent the file should know beside."""
        return ()

    def unit_names(self) -> tuple[str, ...]:
        """The units that saving would make."""
        return ()

    # --- Save ----------------------------------------------------------------------------

    def save(self, job: ImportJob | None, told: Told) -> None:
        """Write what was planned. Raises ``IntegrityError`` when it no longer fits; belongs into a transaction."""
        names = [name for name in self.compared if self.checked.has(name) or name in self.key]
        names = [*dict.fromkeys((*names, *self.added))]
        self.insert(self.model, names, self.checked.cells, self.new, self.placed(), job, told)
        self.change(self.model, dict(self.changed.values()), told)

    def insert(
        self,
        model: type[models.Model],
        names: Sequence[str],
        cells: Mapping[str, list],
        rows: Sequence[int],
        placed: Mapping[str, object],
        job: ImportJob | None,
        told: Told,
    ) -> list[int]:
        """Store the rows at these positions of ``cells``, which ascend; their keys come back in the same order."""
        columns: dict[str, list] = {}
        for name in names:
            column, values = self.column_of(name), cells[name]
            if len(rows) != len(values):
                values = [values[at] for at in rows]
            if "" in values or None in values:
                default = _stored_empty(model, column)
                values = [default if value in EMPTY else value for value in values]
            columns[column] = values
        fixed = {
            f"{name}_id" if isinstance(value, models.Model) else name: value for name, value in placed.items()
        }
        if any(f.name == "imported_in" for f in model._meta.concrete_fields):
            fixed["imported_in_id"] = job and job.pk
        constants = {name: getattr(value, "pk", value) for name, value in fixed.items()}
        return insert_rows(model, columns, constants, told)

    def change(self, model: type[models.Model], changed: Mapping[object, dict], told: Told) -> None:
        """Write changes of stored rows, and who changed what into their history."""
        if not changed:
            return
        changed = {
            key: {name: (old, getattr(new, "pk", new)) for name, (old, new) in values.items()}
            for key, values in changed.items()
        }
        rows = self.writable(model)
        note_changes(rows, changed)
        update_rows(rows, changed, told)

    def writable(self, model: type[models.Model]) -> QuerySet:
        return self.reach.rows(model)


def says_otherwise(value: object, stored: object) -> bool:
    """Whether a cell would change what is stored. An empty one never does, nor do the spaces between words."""
    if value in EMPTY or value == stored:
        return False
    if isinstance(value, models.Model):
        return value.pk is None or value.pk != stored
    if isinstance(value, str) and isinstance(stored, str):
        return value != well_spaced(stored)
    return True


def _key_part(value: object) -> object:
    """A part of a key without regard to case and to spaces between words."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _stored_empty(model: type[models.Model], column: str) -> object:
    """What an empty cell of a new row becomes."""
    return model._meta.get_field(column).get_default()
