"""The lists that programs choose from. Everyone reads them; a national administrator keeps them."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
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

    def get_context_data(self, **kwargs):
        user = self.request.user
        model = self.model._meta.model_name
        may_edit = user.sees_every_region and user.has_perm(f"programs.change_{model}")
        return super().get_context_data(may_edit=may_edit, trail=reference_trail(), **kwargs)


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

    list_name = ""
    list_title = ""

    def get_success_url(self):
        return reverse(self.list_name)

    get_back_url = get_success_url

    def get_context_data(self, **kwargs):
        trail = [*reference_trail(), (str(self.list_title), reverse(self.list_name))]
        return super().get_context_data(trail=trail, **kwargs)


# --- Bentuk pelatihan ----------------------------------------------------------------


class TrainingFormListView(ReferenceListMixin, ScopedListView):
    model = TrainingForm
    permission = "programs.view_trainingform"
    template_name = "programs/training_form_list.html"
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


class TrainingFormEditMixin(ReferenceEditMixin):
    model = TrainingForm
    list_name = "training_form_list"
    list_title = gettext_lazy("Bentuk pelatihan")


class TrainingFormCreateView(TrainingFormEditMixin, ScopedCreateView):
    form_class = TrainingFormForm
    permission = "programs.add_trainingform"
    heading = gettext_lazy("Bentuk pelatihan baru")


class TrainingFormUpdateView(TrainingFormEditMixin, ScopedUpdateView):
    form_class = TrainingFormForm
    permission = "programs.change_trainingform"
    heading = gettext_lazy("Ubah bentuk pelatihan")


class TrainingFormDeleteView(TrainingFormEditMixin, ScopedDeleteView):
    permission = "programs.delete_trainingform"


# --- Konversi JP ---------------------------------------------------------------------


class LessonHourRuleListView(DatedListMixin, ScopedListView):
    model = LessonHourRule
    permission = "programs.view_lessonhourrule"
    template_name = "programs/lesson_hour_rule_list.html"
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


class LessonHourRuleEditMixin(ReferenceEditMixin):
    model = LessonHourRule
    list_name = "lesson_hour_rule_list"
    list_title = gettext_lazy("Konversi JP")


class LessonHourRuleCreateView(LessonHourRuleEditMixin, ScopedCreateView):
    form_class = LessonHourRuleForm
    permission = "programs.add_lessonhourrule"
    heading = gettext_lazy("Aturan konversi JP baru")


class LessonHourRuleUpdateView(LessonHourRuleEditMixin, ScopedUpdateView):
    form_class = LessonHourRuleForm
    permission = "programs.change_lessonhourrule"
    heading = gettext_lazy("Ubah aturan konversi JP")


class LessonHourRuleDeleteView(LessonHourRuleEditMixin, ScopedDeleteView):
    permission = "programs.delete_lessonhourrule"


# --- Kewajiban JP --------------------------------------------------------------------


class LearningDutyListView(DatedListMixin, ScopedListView):
    model = LearningDuty
    permission = "programs.view_learningduty"
    template_name = "programs/learning_duty_list.html"
    orderings = {
        "status": ("status", "-valid_from"),
        "jp": ("lesson_hours", "status"),
        "mulai": ("valid_from", "status"),
    }
    default_ordering = "status"

    def get_queryset(self):
        return self.in_order(self.in_force(super().get_queryset()))


class LearningDutyEditMixin(ReferenceEditMixin):
    model = LearningDuty
    list_name = "learning_duty_list"
    list_title = gettext_lazy("Kewajiban JP")


class LearningDutyCreateView(LearningDutyEditMixin, ScopedCreateView):
    form_class = LearningDutyForm
    permission = "programs.add_learningduty"
    heading = gettext_lazy("Kewajiban JP baru")


class LearningDutyUpdateView(LearningDutyEditMixin, ScopedUpdateView):
    form_class = LearningDutyForm
    permission = "programs.change_learningduty"
    heading = gettext_lazy("Ubah kewajiban JP")


class LearningDutyDeleteView(LearningDutyEditMixin, ScopedDeleteView):
    permission = "programs.delete_learningduty"


# --- Komponen anggaran ---------------------------------------------------------------


class BudgetComponentListView(ReferenceListMixin, ScopedListView):
    model = BudgetComponent
    permission = "programs.view_budgetcomponent"
    template_name = "programs/budget_component_list.html"
    orderings = {"urutan": ("order", "name"), "nama": ("name",)}
    default_ordering = "urutan"

    def get_queryset(self):
        return self.in_order(super().get_queryset())


class BudgetComponentEditMixin(ReferenceEditMixin):
    model = BudgetComponent
    list_name = "budget_component_list"
    list_title = gettext_lazy("Komponen anggaran")


class BudgetComponentCreateView(BudgetComponentEditMixin, ScopedCreateView):
    form_class = BudgetComponentForm
    permission = "programs.add_budgetcomponent"
    heading = gettext_lazy("Komponen anggaran baru")


class BudgetComponentUpdateView(BudgetComponentEditMixin, ScopedUpdateView):
    form_class = BudgetComponentForm
    permission = "programs.change_budgetcomponent"
    heading = gettext_lazy("Ubah komponen anggaran")


class BudgetComponentDeleteView(BudgetComponentEditMixin, ScopedDeleteView):
    permission = "programs.delete_budgetcomponent"


# --- Golongan ------------------------------------------------------------------------


class GradeListView(ReferenceListMixin, ScopedListView):
    """The ranks as they are; they follow from regulation and are not edited here."""

    model = Grade
    permission = "programs.view_grade"
    template_name = "programs/grade_list.html"
    orderings = {"urutan": ("status", "order"), "pangkat": ("rank_name", "order")}
    default_ordering = "urutan"

    def get_queryset(self):
        return self.in_order(super().get_queryset())
