"""Forms of the codebook, of marked passages, and of the finding that they become."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from evaluations.actions.coding import LONGEST_PASSAGE
from evaluations.coded_sources import still_said
from evaluations.evidence_forms import long_text
from evaluations.finding_forms import FindingForm
from evaluations.models import Evaluation, Evidence, Excerpt, Finding, Theme
from evaluations.theme_tree import in_tree_order

NEW_THEME = gettext_lazy("Tema baru")


class ThemeChoiceField(forms.ModelChoiceField):
    """A theme of one codebook, in the order of the tree; deeper ones stand further in."""

    def offer(self, themes: list[Theme]) -> None:
        self.queryset = Theme.objects.none()
        self.themes = {str(theme.pk): theme for theme in themes}
        empty = [("", self.empty_label)] if self.empty_label is not None else []
        self.choices = empty + [(str(theme.pk), label_of(theme)) for theme in themes]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if str(value) not in self.themes:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.themes[str(value)]

    def validate(self, value):
        forms.Field.validate(self, value)


def label_of(theme: Theme) -> str:
    return f"{'— ' * getattr(theme, 'level', 0)}{theme.name} ({theme.get_kind_display().lower()})"


class MarkForm(forms.Form):
    """A passage of a text, and the theme it speaks of: one of the codebook, or a new one."""

    text = forms.ChoiceField(label=gettext_lazy("Teks"))
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    quote = forms.CharField(
        label=gettext_lazy("Bagian teks"),
        strip=False,
        max_length=LONGEST_PASSAGE,
        widget=long_text(3),
        error_messages={"required": gettext_lazy("Pilih dahulu bagian teks yang akan ditandai.")},
        help_text=gettext_lazy("Sorot bagian teks dengan tetikus atau jari, atau salin ke sini."),
    )
    theme = ThemeChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Tema"),
        empty_label=NEW_THEME,
    )
    name = forms.CharField(label=gettext_lazy("Nama tema baru"), required=False, max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis tema baru"),
        required=False,
        choices=[("", gettext_lazy("Pilih salah satu")), *Theme.Kind.choices],
    )

    def __init__(self, *args, texts, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].choices = [(text.key, text.heading) for text in texts]
        self.fields["theme"].offer(themes)
        if len(texts) == 1:
            self.fields["text"].widget = forms.HiddenInput()
            self.initial["text"] = texts[0].key

    def field_groups(self):
        yield "", [self[name] for name in ("text", "quote", "theme", "name", "kind") if not self[name].is_hidden]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("theme") and "theme" not in self.errors:
            for name in ("name", "kind"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Pilih tema, atau isi nama dan jenis tema baru."))
        return cleaned


class ThemeForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Tema"), ("kind", "name", "parent", "category")),
        (gettext_lazy("Pedoman bagi pengode"), ("definition", "example")),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Kategori temuan"),
        required=False,
        choices=[("", gettext_lazy("Tidak diisi")), *Finding.Category.choices],
        help_text=gettext_lazy("Kategori yang diusulkan bila tema ini menjadi temuan."),
    )

    class Meta:
        model = Theme
        fields = ("kind", "name", "parent", "category", "definition", "example")
        field_classes = {"parent": ThemeChoiceField}
        widgets = {"definition": long_text(3), "example": long_text(3)}
        help_texts = {
            "example": gettext_lazy("Contoh karangan, bukan ucapan informan: kodebuk dibaca semua peran.")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        themes = in_tree_order(self.instance.evaluation.themes.all())
        below = below_and_self(self.instance, themes)
        self.fields["parent"].empty_label = _("Tema utama")
        self.fields["parent"].offer([theme for theme in themes if theme.pk not in below])


def below_and_self(theme: Theme, themes: list[Theme]) -> set[int]:
    """The keys of a theme and of everything under it; a new one has nothing under it yet."""
    found = {theme.pk} - {None}
    for other in themes:  # parents come before their children
        if other.parent_id in found:
            found.add(other.pk)
    return found


class StartCodebookForm(forms.Form):
    """The ready codebook, or that of another evaluation in sight."""

    source = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Mulai dari"),
        empty_label=gettext_lazy("Kodebuk siap pakai"),
    )

    def __init__(self, *args, evaluation: Evaluation, user, **kwargs):
        super().__init__(*args, **kwargs)
        others = Evaluation.objects.visible_to(user).filter(themes__isnull=False).exclude(pk=evaluation.pk)
        self.fields["source"].queryset = others.distinct().order_by("title", "pk")

    def field_groups(self):
        yield "", [self["source"]]


class MergeForm(forms.Form):
    into = ThemeChoiceField(
        queryset=None, label=gettext_lazy("Digabung ke"), empty_label=gettext_lazy("Pilih salah satu")
    )

    def __init__(self, *args, theme: Theme, **kwargs):
        super().__init__(*args, **kwargs)
        themes = in_tree_order(theme.evaluation.themes.all())
        self.fields["into"].offer([other for other in themes if other.pk != theme.pk])

    def field_groups(self):
        yield "", [self["into"]]


class ExcerptsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, excerpt: Excerpt) -> str:
        return f"“{shortened_passage(excerpt.quote)}” ({excerpt.coder})"


class FindingField(forms.ModelChoiceField):
    def label_from_instance(self, finding: Finding) -> str:
        return f"{finding.get_kind_display()}: {finding.statement}"


def shortened_passage(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 200 else f"{words[:199].rstrip()}…"


class SplitForm(forms.Form):
    """Which passages leave a theme, and for which one: another of the codebook, or a new one beside it."""

    into = ThemeChoiceField(
        queryset=None, required=False, label=gettext_lazy("Pindah ke tema"), empty_label=NEW_THEME
    )
    name = forms.CharField(label=gettext_lazy("Nama tema baru"), required=False, max_length=120)
    excerpts = ExcerptsField(
        queryset=None,
        label=gettext_lazy("Bagian yang pindah"),
        error_messages={"required": gettext_lazy("Centang paling sedikit satu bagian.")},
    )

    def __init__(self, *args, theme: Theme, **kwargs):
        super().__init__(*args, **kwargs)
        themes = in_tree_order(theme.evaluation.themes.all())
        self.fields["into"].offer([other for other in themes if other.pk != theme.pk])
        self.fields["excerpts"].queryset = passages_of(theme)

    def field_groups(self):
        yield "", [self[name] for name in ("into", "name", "excerpts")]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("into") and not cleaned.get("name") and "into" not in self.errors:
            self.add_error("name", _("Pilih tema, atau isi nama tema baru."))
        return cleaned


def passages_of(theme: Theme):
    """The passages of a theme with what naming them needs, in the order in which they were marked."""
    passages = still_said(theme.evaluation.excerpts.filter(codings__theme=theme))
    return passages.select_related("coder").order_by("pk")


class FindingFromPassagesForm(FindingForm):
    """A new finding that rests on marked passages."""

    excerpts = ExcerptsField(
        queryset=None,
        label=gettext_lazy("Bagian bertanda yang mendasarinya"),
        error_messages={"required": gettext_lazy("Centang paling sedikit satu bagian.")},
    )
    groups = (*FindingForm.groups, (gettext_lazy("Bukti"), ("excerpts",)))

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["excerpts"].queryset = offered


class PassagesToFindingForm(forms.Form):
    """Marked passages as further evidence of a finding that is there."""

    finding = FindingField(
        queryset=None, label=gettext_lazy("Temuan"), empty_label=gettext_lazy("Pilih salah satu")
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("Bagian ini"), choices=Evidence.Stance, initial=Evidence.Stance.SUPPORTS
    )
    excerpts = ExcerptsField(
        queryset=None,
        label=gettext_lazy("Bagian bertanda"),
        error_messages={"required": gettext_lazy("Centang paling sedikit satu bagian.")},
    )

    def __init__(self, *args, findings, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = findings
        self.fields["excerpts"].queryset = offered

    def field_groups(self):
        yield "", [self[name] for name in self.fields]
