"""Units kerja, in a tree."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import RegionField
from asn_eval.forms import ScopedModelForm
from programs.forms.person_fields import UnitField
from programs.models import Agency
from programs.models.organisations import DEEPEST


class AgencyForm(ScopedModelForm):
    region = RegionField(
        label=gettext_lazy("Wilayah"),
        help_text=gettext_lazy("Wilayah tempat unit kerja berada; pegawainya ikut wilayah ini."),
    )
    parent = UnitField(
        label=gettext_lazy("Bagian dari"),
        required=False,
        help_text=gettext_lazy("Unit di atasnya. Ketik sebagian nama lalu pilih; kosongkan bila tidak ada."),
    )
    groups = (("", ("name", "kind", "region", "parent")),)

    class Meta:
        model = Agency
        fields = ("name", "kind", "region", "parent")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].user = self.user
        units = Agency.objects.visible_to(self.user)
        if self.instance.parent_id and not units.filter(pk=self.instance.parent_id).exists():
            # The unit above lies outside one's area: not offered, and so not to be lost by saving.
            del self.fields["parent"]
        else:
            self.fields["parent"].user = self.user
            self.fields["parent"].keep(units.filter(pk=self.initial.get("parent")).first())

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent is None:
            return None
        chain = [*parent.above, parent]
        if self.instance.pk and self.instance.pk in {unit.pk for unit in chain}:
            raise forms.ValidationError(_("Unit ini membawahi unit yang sedang diubah."), code="circle")
        if len(chain) + self._height() > DEEPEST:
            raise forms.ValidationError(
                _("Susunan unit paling dalam %(levels)s tingkat."), code="depth", params={"levels": DEEPEST}
            )
        return parent

    def _height(self) -> int:
        """How many levels this unit and what is below it take."""
        height, keys = 1, [self.instance.pk]
        while self.instance.pk and height < DEEPEST:
            keys = list(Agency.objects.visible_to(self.user).filter(parent__in=keys).values_list("pk", flat=True))
            if not keys:
                break
            height += 1
        return height
