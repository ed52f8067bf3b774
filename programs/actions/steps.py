"""Changes and deletions of rows, written down as they are made, so that they can be taken back."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel

Packed = dict[str, object]


class MergeRefused(ValueError):
    """Why two people cannot be put together or taken apart, in words for who tried."""


class Steps:
    """Carries out changes and deletions and keeps what each one did, as JSON."""

    def __init__(self):
        self.written: list[dict] = []

    def change(self, row: models.Model, values: dict[str, object]) -> None:
        """Set ``values`` in ``row`` and save it."""
        if not values:
            return
        before = _packed(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        _check(row)
        _save(row, values)
        self.written.append({**_name(row), "before": before, "after": _packed(row, values)})

    def delete(self, row: models.Model) -> None:
        """Delete ``row``, on which nothing may rest any more."""
        step = {**_name(row), "row": _packed(row, [field.name for field in _columns(type(row))])}
        name = str(row)
        n_deleted, _kinds = row.delete()
        if n_deleted != 1:
            raise MergeRefused(_("Masih ada data lain yang menempel pada %(name)s.") % {"name": name})
        self.written.append(step)


def twin_of(row: models.Model, field: models.Field, target: models.Model) -> models.Model | None:
    """The row of ``target`` that stands where ``row`` would come to stand, if it moved over."""
    siblings = getattr(target, field.remote_field.get_accessor_name())
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            others = [name for name in constraint.fields if name != field.name]
            values = {name: getattr(row, row._meta.get_field(name).attname) for name in others}
            twin = siblings.filter(**values).exclude(pk=row.pk).first()
            if twin is not None:
                return twin
    return None


def take_back(steps: list[dict]) -> dict[str, list[models.Model]]:
    """Walk back over ``steps``, last one first; the rows that exist again, by kind.

    A column that somebody has changed since keeps what they wrote. A row that somebody has deleted since, or
    whose program is gone, stays away. Raises ``MergeRefused`` where a row cannot come back.
    """
    coming = {(step["model"], step["pk"]) for step in steps if "row" in step}
    restored: dict[str, list[models.Model]] = {}
    for step in reversed(steps):
        model = apps.get_model(step["model"])
        if "row" in step:
            row = _insert(model, step, coming)
            if row is not None:
                restored.setdefault(step["model"], []).append(row)
        else:
            _change_back(model, step, coming)
    return restored


def _change_back(model: type[models.Model], step: dict, coming: set) -> None:
    row = _rows(model).select_for_update().filter(pk=step["pk"]).first()
    if row is None:
        return
    now = _packed(row, step["after"])
    values = {}
    for name, before in step["before"].items():
        if now[name] == step["after"][name]:
            field = model._meta.get_field(name)
            values[name] = _kept_or_none(field, before, coming)
    for name, value in values.items():
        setattr(row, model._meta.get_field(name).attname, value)
    if values:
        _check(row)
        _save(row, values)


def _insert(model: type[models.Model], step: dict, coming: set) -> models.Model | None:
    values = {}
    for field in _columns(model):
        packed = step["row"][field.name]
        if field.is_relation and packed is not None and not _exists(field, packed, coming):
            if field.remote_field.on_delete is models.CASCADE:
                coming.discard((step["model"], step["pk"]))
                return None
            if not field.null:
                raise MergeRefused(
                    _("%(field)s yang semula tercatat sudah tidak ada.")
                    % {"field": str(field.verbose_name).title()}
                )
            packed = None
        values[field.attname] = None if packed is None else field.to_python(packed)
    row = model(**values)
    if _rows(model).filter(pk=row.pk).exists():
        raise MergeRefused(_("Nomor data ini sudah dipakai data lain."))
    _check(row)
    row.save_base(raw=True, force_insert=True)  # as it was, with the days on which it was made and changed
    return row


def _kept_or_none(field: models.Field, packed: object, coming: set):
    if packed is None:
        return None
    if field.is_relation and field.null and not _exists(field, packed, coming):
        return None
    return field.to_python(packed)


def _exists(field: models.Field, packed: object, coming: set) -> bool:
    target = field.related_model
    if (target._meta.label_lower, str(packed)) in coming:
        return True
    return _rows(target).filter(pk=packed).exists()


def _check(row: models.Model) -> None:
    """Raise ``MergeRefused`` where ``row`` would contradict another one."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise MergeRefused(f"{row}: {' '.join(error.messages)}") from error


def _save(row: models.Model, names) -> None:
    names = list(names)
    if isinstance(row, RevisedModel):
        # Whoever has the record open in a form is told.
        row.revision += 1
        names += ["revision", "updated_at"]
    row.save(update_fields=names)


def _rows(model: type[models.Model]):
    if issubclass(model, ScopedModel):
        return model.objects.unscoped("rows that a merge in hand changed or took away, by their keys")
    return model._default_manager.all()


def _columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _packed(row: models.Model, names) -> Packed:
    fields = [row._meta.get_field(name) for name in names]
    return {
        field.name: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in fields
    }


def _name(row: models.Model) -> dict[str, str]:
    return {"model": row._meta.label_lower, "pk": str(row.pk)}
