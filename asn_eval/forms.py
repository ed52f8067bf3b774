"""What every form of ours does: knows its user, and notices that somebody else was faster."""

from django import forms
from django.db.models import UniqueConstraint
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext as _

from asn_eval.conflicts import OPEN_POINTS, THEIRS, Conflict, decided, find_conflict, put_stored
from asn_eval.fields import check_year
from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel, unscoped

DASHES = BLANK_CHOICE_DASH[0][1]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ScopedModelForm(forms.ModelForm):
    """A form of one record. Its choices hold only what ``user`` may see.

    Subclasses may name ``groups``: ((heading, (field, …)), …), shown in that order.

    A record with a ``revision`` is not overwritten when another person saved it after this form was opened:
    what was typed stays in the form, and the page asks which of both values holds, field by field or for all.
    """

    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if self.has_revision and self.instance.pk:
            self.fields["seen_revision"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
            self.initial["seen_revision"] = self.instance.revision
        for field in self.fields.values():
            _name_empty_choice(field)
            if isinstance(field, forms.DateField):
                field.widget = DateInput()
                field.validators.append(check_year)
            queryset = getattr(field, "queryset", None)
            if queryset is not None and issubclass(queryset.model, ScopedModel):
                field.queryset = queryset.visible_to(user)

    @property
    def has_revision(self) -> bool:
        return isinstance(self.instance, RevisedModel)

    def field_groups(self):
        """(heading, bound fields) for the template; ungrouped fields come last without a heading."""
        named = [name for _heading, names in self.groups for name in names]
        rest = [name for name in self.fields if name not in named and not self[name].is_hidden]
        for heading, names in (*self.groups, ("", tuple(rest))):
            bound = [self[name] for name in names if name in self.fields]
            if bound:
                yield heading, bound

    def _get_validation_exclusions(self):
        """What is unique within a record that the view set, and no field shows, is looked at as well."""
        shown = set(self.fields)
        set_by_view = set()
        for constraint in self._meta.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and shown.intersection(constraint.fields):
                set_by_view |= {name for name in constraint.fields if name not in shown and self._is_set(name)}
        return super()._get_validation_exclusions() - set_by_view

    def _is_set(self, name: str) -> bool:
        return getattr(self.instance, self._meta.model._meta.get_field(name).attname) is not None

    # --- Two people, one record (conflicts.py) ---

    conflict: Conflict | None = None
    # Fields that are no columns, yet hold what others may change too; ``stored_value`` says what is stored.
    other_fields: tuple[str, ...] = ()
    open_points: tuple[str, ...] = ()

    def full_clean(self):
        """What was decided for the stored value is the stored value, whatever else stands in the form."""
        if self.is_bound and self.has_revision and self.instance.pk and OPEN_POINTS in self.data:
            decisions = {name: choice for name, choice in decided(self.data).items() if name in self.fields}
            self.open_points = tuple(name for name, choice in decisions.items() if not choice)
            self.data = self.data.copy()
            for name, choice in decisions.items():
                if choice == THEIRS:
                    put_stored(self, name)
        super().full_clean()

    def clean(self):
        cleaned = super().clean()
        if self.has_revision and self.instance.pk and not self.errors:
            stored = self._stored()
            if cleaned.get("seen_revision") != stored.revision:
                self._report_conflict(stored)
            elif self.open_points:
                self._ask_again(stored)
        return cleaned

    def _stored(self):
        with unscoped("the row this form already holds, read again under lock"):
            return type(self.instance).objects.select_for_update().get(pk=self.instance.pk)

    def _report_conflict(self, stored):
        self.conflict = find_conflict(self, stored, self.cleaned_data.get("seen_revision"))
        self.add_error(
            None,
            _(
                "Data ini telah diubah orang lain sejak Anda membukanya. Isian Anda belum disimpan dan tetap ada "
                "di bawah ini. Periksa perbedaannya, pilih yang berlaku, lalu tekan Simpan sekali lagi."
            ),
        )
        # The next press is a decision made with the other person's values in view.
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_revision")] = stored.revision

    def _ask_again(self, stored):
        """Some differences are still open: show them, and only them, once more."""
        self.conflict = find_conflict(self, stored, None).only(self.open_points)
        if self.conflict.points:
            self.add_error(None, _("Pilih isian yang berlaku untuk setiap perbedaan di bawah ini."))

    def stored_values(self, stored) -> dict[str, object]:
        """What stands in ``stored`` for each field of this form that others may change, in their order."""
        many = {field.name for field in self._meta.model._meta.many_to_many}
        columns = set(self.stored_fields)
        return {
            name: list(getattr(stored, name).all()) if name in many else self.stored_value(stored, name)
            for name in self.fields
            if name in columns or name in many or name in self.other_fields
        }

    def stored_value(self, stored, name: str) -> object:
        return getattr(stored, name)

    def name_in_journal(self, name: str) -> str:
        """Under which name the journal tells changes of a field; another one for fields that are no columns.

        "" for what the journal never tells: it is compared whenever anything was saved in between.
        """
        return name

    @property
    def stored_fields(self) -> list[str]:
        """The columns of the record that this form shows, and so may write."""
        columns = {field.name for field in self._meta.model._meta.concrete_fields}
        return [name for name in self._meta.fields if name in columns and name in self.fields]

    def written_fields(self) -> list[str]:
        """Only what this form shows: a state that was moved meanwhile stays moved."""
        return [*self.stored_fields, "revision", "updated_at"]

    def raise_revision(self) -> None:
        """Let whoever opened the record before this moment notice; for forms whose ``save`` is an action."""
        if self.has_revision and self.instance.pk:
            self.instance.revision = self.cleaned_data["seen_revision"] + 1

    def save(self, commit=True):
        if self.instance.pk is None or not commit or not self.has_revision:
            return super().save(commit)
        self.raise_revision()
        self.instance.save(update_fields=self.written_fields())
        self._save_m2m()
        return self.instance


class PeriodFormMixin:
    """Says at the last day, where it can be corrected, that it comes before the first one."""

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("Tanggal selesai tidak boleh mendahului tanggal mulai."))
        return cleaned


def _name_empty_choice(field: forms.Field) -> None:
    """Words in place of the dashes that Django puts before the choices of a select box."""
    words = _("Pilih salah satu") if field.required else _("Tidak diisi")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words if field.empty_label == DASHES else field.empty_label
    elif isinstance(field, forms.ChoiceField):
        field.choices = [(value, words if label == DASHES else label) for value, label in field.choices]
