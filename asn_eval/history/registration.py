"""Which records keep a history and what of them is personal; each app names its own when it is ready."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import models

# What the application writes by itself says nothing about what a person changed.
OWN_COLUMNS = ("revision", "updated_at", "created_at", "search_name", "state_place", "imported_in")
EVERYTHING = ("*",)  # for ``personal``: no value of such a record is for strangers to it


@dataclass(frozen=True)
class Kind:
    """How the history of one model is kept and told."""

    model: type[models.Model]
    fields: tuple[models.Field, ...]
    many: tuple[str, ...]
    personal: tuple[str, ...]
    has_personal_name: bool
    part_of: str
    named_with: tuple[str, ...]
    seen_with: str
    revealed_with: str
    name: Callable[[models.Model], str]
    told_by_name: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def tells_any(self, names: Collection[str]) -> bool:
        """Whether one of these columns stands in the journal."""
        return any(field.name in names or field.attname in names for field in self.fields)

    def is_personal(self, name: str) -> bool:
        return self.personal == EVERYTHING or name in self.personal


KINDS: dict[type[models.Model], Kind] = {}


def keep_history(
    *kinds: type[models.Model],
    without: Collection[str] = (),
    many: Collection[str] = (),
    personal: Collection[str] = (),
    has_personal_name: bool | None = None,
    part_of: str = "",
    named_with: Collection[str] = (),
    seen_with: str = "",
    revealed_with: str = "",
    name: Callable[[models.Model], str] = str,
    told_by_name: Collection[str] = (),
) -> None:
    """Write an entry for every creation, change and deletion of these models.

    ``without`` names columns that never stand in a journal, ``many`` the many-to-many fields that do.
    ``personal`` names the columns that only roles with the permission ``revealed_with`` may read; the name of
    such a record is personal too, unless said otherwise. ``seen_with`` is the permission that opens its history;
    both are the permission to view the record unless named. ``part_of`` leads to the record whose history tells
    this one as well ("activity__program"). ``name`` tells one record from another where ``str`` does not;
    ``named_with`` leads to the rows that it reads, and the columns ``told_by_name`` need not be said beside it.
    """
    from asn_eval.history.receivers import connect  # its models exist only when every app is ready

    for model in kinds:
        view = f"{model._meta.app_label}.view_{model._meta.model_name}"
        KINDS[model] = Kind(
            model=model,
            fields=tuple(
                field
                for field in model._meta.concrete_fields
                if not field.primary_key and field.name not in (*OWN_COLUMNS, *without)
            ),
            many=tuple(many),
            personal=tuple(personal),
            has_personal_name=bool(personal) if has_personal_name is None else has_personal_name,
            part_of=part_of,
            named_with=tuple(named_with),
            seen_with=seen_with or view,
            revealed_with=revealed_with or seen_with or view,
            name=name,
            told_by_name=tuple(told_by_name),
        )
        connect(KINDS[model])


def kind_of(label: str) -> Kind | None:
    """The registered kind with that label ("programs.program"), if there is one."""
    return next((kind for kind in KINDS.values() if kind.label == label), None)
