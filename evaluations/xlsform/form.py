"""What all rows of an XLSForm share while it is read."""

from dataclasses import dataclass, field

from evaluations.xlsform.choices import ChoiceList
from evaluations.xlsform.columns import Languages, Row
from evaluations.xlsform.formulas import Known
from evaluations.xlsform.model import Findings
from evaluations.xlsform.names import Keys

TRUE, FALSE = {"yes", "true", "true()", "ya", "1"}, {"", "no", "false", "false()", "tidak", "0"}


class LeftOut(Exception):
    """The row cannot be taken over."""

    def __init__(self, column: str, content: str, reason: str):
        super().__init__(reason)
        self.column, self.content, self.reason = column, content, reason


@dataclass(slots=True)
class Form:
    """What all rows share while a form is read."""

    languages: Languages
    lists: dict[str, ChoiceList]
    findings: Findings
    dimensions: dict[str, dict]
    keys: Keys = field(default_factory=Keys)
    known: Known = field(default_factory=Known)
    # appearance or parameter -> rows in which it has no effect here
    ignored: dict[str, list[int]] = field(default_factory=dict)
    plain_texts: list[int] = field(default_factory=list)
    borrowed: list[int] = field(default_factory=list)


def register(name: str, key: str, form: Form) -> None:
    """From here on expressions may speak of the item by this name."""
    if name:
        form.known.keys.setdefault(name, []).append(key)


def says_yes(row: Row, name: str) -> bool:
    return row.get(name).casefold() in TRUE
