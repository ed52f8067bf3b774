"""The lists that programs choose from. Everyone reads them; a national administrator keeps them."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import search_words
from asn_eval.accounts.office_views import reference_trail
from asn_eval.listing import SortMixin
from asn_eval.views import (
    NationalMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedListView,
    ScopedUpdateView,
    key_in,
    searched,
)
from programs.forms.reference import BudgetComponentForm, LearningDutyForm, LessonHourRuleForm, TrainingFormForm
from programs.models import BudgetComponent, Grade, LearningDuty, LessonHourRule, TrainingForm


class ReferenceListMixin(SortMixin):
    """One list on one page; whoever may change it is offered to."""

    paginate_by = None
    list_name = ""  # of its address, and of its template
    heading = ""

    def get_template_names(self):
        return [f"{self.model._meta.app_label}/{self.list_name}.html"]

    def get_context_data(self, **kwargs):
        user = self.request.user
        meta = self.model._meta
        may_edit = user.sees_every_region and user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
        return super().get_context_data(may_edit=may_edit, trail=reference_trail(), heading=self.heading, **kwargs)


class DatedListMixin(ReferenceListMixin):
    """Narrowed to what holds today, unless the address asks for what is over or to come as well."""

    @property
    def shows_all(self) -> bool:
        return self.request.GET.get("berlaku") == "semua"

    def in_force(self, rules):
        return rules if self.shows_all else rules.on(timezone.localdate())

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        n_others = self.model.objects.count() - self.model.objects.on(today).count()
        return super().get_context_data(shows_all=self.shows_all, n_others=n_others, today=today, **kwargs)


class ReferenceEditMixin(NationalMixin):
    """Below its list, and back to it."""

    list_view: type[ReferenceListMixin]

    def get_success_url(self):
        return reverse(self.list_view.list_name)

    get_back_url = get_success_url

    def get_context_data(self, **kwargs):
        trail = [*reference_trail(), (str(self.list_view.heading), reverse(self.list_view.list_name))]
        return super().get_context_data(trail=trail, **kwargs)


def edit_views(list_view: type, form_class: type, *, new: Promise, change: Promise) -> tuple[type, type, type]:
    """The views that add, change and delete a row of one list, each with the permission of its model."""
    model = list_view.model

    def view(deed: str, base: type, **more: object) -> type:
        permission = f"{model._meta.app_label}.{deed}_{model._meta.model_name}"
        own = {"model": model, "list_view": list_view, "permission": permission} | more
        return type(f"{model.__name__}{base.__name__.removeprefix('Scoped')}", (ReferenceEditMixin, base), own)

    return (
        view("add", ScopedCreateView, form_class=form_class, heading=new),
        view("change", ScopedUpdateView, form_class=form_class, heading=change),
        view("delete", ScopedDeleteView),
    )


# --- Bentuk pelatihan ----------------------------------------------------------------


class TrainingFormListView(ReferenceListMixin, ScopedListView):
    model = TrainingForm
    permission = "programs.view_trainingform"
    list_name = "training_form_list"
    heading = gettext_lazy("Bentuk pelatihan")
    orderings = {
        "nama": ("name",),
        "jalur": ("track", "name"),
        "siasn": ("siasn_id", "name"),
    }
    default_ordering = "nama"

    @property
    def track(self) -> str:
        asked = self.request.GET.get("jalur", "")
        return asked if asked in TrainingForm.Track.values else ""

    def get_queryset(self):
        forms = super().get_queryset()
        for word in search_words(searched(self.request)):
            found = Q(name__icontains=word)
            if (siasn_id := key_in(word)) is not None:
                found |= Q(siasn_id=siasn_id)
            forms = forms.filter(found)
        if self.track:
            forms = forms.filter(track=self.track)
        return self.in_order(forms)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            text=searched(self.request), track=self.track, tracks=TrainingForm.Track.choices, **kwargs
        )


TrainingFormCreateView, TrainingFormUpdateView, TrainingFormDeleteView = edit_views(
    TrainingFormListView,
    TrainingFormForm,
    new=gettext_lazy("Bentuk pelatihan baru"),
    change=gettext_lazy("Ubah bentuk pelatihan"),
)


# --- Konversi JP ---------------------------------------------------------------------


class LessonHourRuleListView(DatedListMixin, ScopedListView):
    model = LessonHourRule
    permission = "programs.view_lessonhourrule"
    list_name = "lesson_hour_rule_list"
    heading = gettext_lazy("Konversi JP")
    orderings = {
        "bentuk": ("form__name", "unit", "-valid_from"),
        "jp": ("lesson_hours", "form__name"),
        "mulai": ("valid_from", "form__name"),
        "status": ("is_verified", "form__name"),
    }
    default_ordering = "bentuk"

    def get_queryset(self):
        rules = self.in_force(super().get_queryset()).select_related("form")
        for word in search_words(searched(self.request)):
            rules = rules.filter(Q(form__name__icontains=word) | Q(legal_basis__icontains=word))
        return self.in_order(rules)

    def get_context_data(self, **kwargs):
        return super().get_context_data(text=searched(self.request), **kwargs)


LessonHourRuleCreateView, LessonHourRuleUpdateView, LessonHourRuleDeleteView = edit_views(
    LessonHourRuleListView,
    LessonHourRuleForm,
    new=gettext_lazy("Aturan konversi JP baru"),
    change=gettext_lazy("Ubah aturan konversi JP"),
)


# --- Kewajiban JP --------------------------------------------------------------------


class LearningDutyListView(DatedListMixin, ScopedListView):
    model = LearningDuty
    permission = "programs.view_learningduty"
    list_name = "learning_duty_list"
    heading = gettext_lazy("Kewajiban JP")
    orderings = {
        "status": ("status", "-valid_from"),
        "jp": ("lesson_hours", "status"),
        "mulai": ("valid_from", "status"),
    }
    default_ordering = "status"

    def get_queryset(self):
        return self.in_order(self.in_force(super().get_queryset()))


LearningDutyCreateView, LearningDutyUpdateView, LearningDutyDeleteView = edit_views(
    LearningDutyListView,
    LearningDutyForm,
    new=gettext_lazy("Kewajiban JP baru"),
    change=gettext_lazy("Ubah kewajiban JP"),
)


# --- Komponen anggaran ---------------------------------------------------------------


class BudgetComponentListView(ReferenceListMixin, ScopedListView):
    model = BudgetComponent
    permission = "programs.view_budgetcomponent"
    list_name = "budget_component_list"
    heading = gettext_lazy("Komponen anggaran")
    orderings = {"urutan": ("order", "name"), "nama": ("name",)}
    default_ordering = "urutan"

    def get_queryset(self):
        return self.in_order(super().get_queryset())


BudgetComponentCreateView, BudgetComponentUpdateView, BudgetComponentDeleteView = edit_views(
    BudgetComponentListView,
    BudgetComponentForm,
    new=gettext_lazy("Komponen anggaran baru"),
    change=gettext_lazy("Ubah komponen anggaran"),
)


# --- Golongan ------------------------------------------------------------------------


class GradeListView(ReferenceListMixin, ScopedListView):
    """The ranks as they are; they follow from regulation and are not edited here."""

    model = Grade
    permission = "programs.view_grade"
    list_name = "grade_list"
    heading = gettext_lazy("Golongan")
    orderings = {"urutan": ("status", "order"), "pangkat": ("rank_name", "order")}
    default_ordering = "urutan"

    def get_queryset(self):
        return self.in_order(super().get_queryset())
