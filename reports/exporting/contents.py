"""What of the answers may leave the application, by what their respondents were promised. Pure."""

from dataclasses import dataclass
from enum import Enum

NAMED, CONFIDENTIAL, ANONYMOUS = "bernama", "rahasia", "anonim"


class Days(Enum):
    """How exactly a file tells when somebody answered."""

    EXACT = "hari"
    COARSE = "bulan"  # the month, and the day only where enough people answered on it
    NONE = "tidak"


class Refusal(Enum):
    """Why nothing leaves."""

    TOO_FEW = "terlalu sedikit"
    NOT_SEALED = "belum disegel"


@dataclass(frozen=True)
class Contents:
    """What stands in every file of the answers to one survey."""

    has_names: bool  # code and name
    has_records: bool  # a number without meaning, the same in all waves of an evaluation
    days: Days
    has_channel: bool
    texts_apart: bool  # open texts without the number of their record, in an order of their own
    protects_categories: bool  # what few people chose of themselves goes into one category
    hides_rare_paths: bool  # who took part in other waves than most others is left out

    @property
    def is_in_order(self) -> bool:
        """Whether rows may stand in an order that means something: that of the codes."""
        return self.has_names


NAMED_CONTENTS = Contents(
    has_names=True,
    has_records=False,
    days=Days.EXACT,
    has_channel=True,
    texts_apart=False,
    protects_categories=False,
    hides_rare_paths=False,
)
CONFIDENTIAL_CONTENTS = Contents(
    has_names=False,
    has_records=True,
    days=Days.COARSE,
    has_channel=False,
    texts_apart=True,
    protects_categories=True,
    hides_rare_paths=False,
)
# The list of invitations names who answered which wave: a way through them that one person took is a name.
ANONYMOUS_CONTENTS = Contents(
    has_names=False,
    has_records=True,
    days=Days.NONE,
    has_channel=False,
    texts_apart=True,
    protects_categories=True,
    hides_rare_paths=True,
)
PUBLIC_CONTENTS = Contents(
    has_names=False,
    has_records=False,
    days=Days.COARSE,
    has_channel=False,
    texts_apart=True,
    protects_categories=True,
    hides_rare_paths=False,
)


def contents_of(mode: str, *, is_public: bool) -> Contents:
    """What may leave of a survey of this mode; the public, which nobody invited, is anonymous in its own way."""
    if is_public:
        return PUBLIC_CONTENTS
    return {
        NAMED: NAMED_CONTENTS,
        CONFIDENTIAL: CONFIDENTIAL_CONTENTS,
        ANONYMOUS: ANONYMOUS_CONTENTS,
    }[mode]


def refusal(mode: str, *, is_public: bool, is_sealed: bool, n: int, minimum: int) -> Refusal | None:
    """Why nothing of a survey with `n` answers leaves; None where it may.

    While anonymous answers still come in, two files of different days would tell whose answer came between them.
    """
    if mode == ANONYMOUS and not is_public and not is_sealed:
        return Refusal.NOT_SEALED
    return Refusal.TOO_FEW if n < minimum else None
