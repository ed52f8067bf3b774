"""Rows that may be one person: found, put together, taken apart again, or said to be two."""

from django.contrib import messages
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from asn_eval.records import display_value
from asn_eval.scoping import ScopedQuerySet
from asn_eval.views import AccessMixin
from programs.actions.merging import ABSORBED, KEPT, differing_fields, merge_people, undo_merge
from programs.actions.people import tell_apart
from programs.actions.steps import MergeRefused
from programs.duplicates import Pair, Row, Sign, find_pairs
from programs.forms.people import PersonPairForm
from programs.models import DistinctPeople, Merge, Person
from programs.views.people import people_trail, person_trail

# Turning the pages of a long list must not search a hundred thousand people again and again.
SECONDS_REMEMBERED = 600


class DuplicateListView(AccessMixin, ListView):
    """Pairs among the people in sight. A change of anybody starts the search anew: what was mended is gone."""

    permission = "programs.merge_person"
    template_name = "programs/person_duplicates.html"
    paginate_by = 20

    def get_queryset(self) -> list[Pair]:
        told_apart = set(self.rows(DistinctPeople).values_list("first", "second"))
        sign = self.request.GET.get("tanda")
        return [
            pair
            for pair in self.pairs_in_sight()
            if (pair.first, pair.second) not in told_apart and (sign not in set(Sign) or sign in pair.signs)
        ]

    def pairs_in_sight(self) -> list[Pair]:
        people, user = self.rows(Person), self.request.user
        state = people.aggregate(n=Count("pk"), last=Max("updated_at"))
        area = "all" if user.sees_every_region else sorted(user.region_codes)
        key = salted_hmac("programs.duplicates", f"{area} {state['n']} {state['last']}").hexdigest()
        return cache.get_or_set(key, lambda: self.search(people), SECONDS_REMEMBERED)

    def search(self, people: ScopedQuerySet) -> list[Pair]:
        columns = people.order_by("pk").values_list("pk", "nip", "name", "birth_date")
        return find_pairs(Row(*values) for values in columns.iterator(chunk_size=5000))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(trail=people_trail(), sign=self.request.GET.get("tanda", ""), **kwargs)
        shown: list[Pair] = list(context["object_list"])
        keys = {key for pair in shown for key in (pair.first, pair.second)}
        people = self.rows(Person).select_related("agency", "grade").in_bulk(keys)
        pairs = [
            (people[pair.first], people[pair.second], pair.signs)
            for pair in shown
            if pair.first in people and pair.second in people
        ]
        return context | {"pairs": pairs}


class TwoPeopleMixin(AccessMixin):
    """A page about two people of one's own area."""

    abstract = True
    permission = "programs.merge_person"

    @cached_property
    def two(self) -> tuple[Person, Person]:
        pks = (self.kwargs["pk"], self.kwargs["other_pk"])
        if pks[0] == pks[1]:
            raise Http404
        rows = self.rows(Person).select_related("agency__region", "grade", "superior")
        return get_object_or_404(rows, pk=pks[0]), get_object_or_404(rows, pk=pks[1])


class TellApartView(TwoPeopleMixin, View):
    """Remembers that two people are two, so that the pair does not come back."""

    http_method_names = ["post"]

    def post(self, request, pk, other_pk):
        one, other = self.two
        tell_apart(one=one, other=other, by=request.user)
        messages.success(
            request,
            _("%(one)s dan %(other)s dicatat sebagai dua orang yang berbeda.") % {"one": one, "other": other},
        )
        return redirect("person_duplicates")


class MergeView(TwoPeopleMixin, TemplateView):
    """Which row stays, and which value of each field that differs."""

    template_name = "programs/person_merge.html"

    def get_context_data(self, **kwargs):
        kept, absorbed = self.two
        fields = [
            {
                "name": name,
                "label": Person._meta.get_field(name).verbose_name,
                "kept": _shown(kept, name),
                "absorbed": _shown(absorbed, name),
                "choice": self._choice(name, kept),
            }
            for name in differing_fields(kept, absorbed)
        ]
        return super().get_context_data(
            trail=[*people_trail(), (_("Kemungkinan data ganda"), reverse("person_duplicates"))],
            kept=kept,
            absorbed=absorbed,
            fields=fields,
            n_same=self._same_programs(kept, absorbed),
            **kwargs,
        )

    def _choice(self, name: str, kept: Person) -> str:
        """What was pressed before; at first the kept row's value, or the other's where that is empty."""
        empty = getattr(kept, name) in (None, "")
        return self.request.POST.get(name, ABSORBED if empty else KEPT)

    def _same_programs(self, kept: Person, absorbed: Person) -> int:
        ours = kept.enrollments.values("program")
        return absorbed.enrollments.filter(program__in=ours).count()

    def post(self, request, pk, other_pk):
        kept, absorbed = self.two
        values = {name: request.POST.get(name, KEPT) for name in differing_fields(kept, absorbed)}
        try:
            merge = merge_people(kept=kept, absorbed=absorbed, values=values, by=request.user)
        except MergeRefused as refusal:
            return self.render_to_response(self.get_context_data(refusal=str(refusal)))
        messages.success(
            request,
            _("Data %(name)s (NIP %(nip)s) digabungkan. Penggabungan ini dapat dipisahkan lagi dari halaman ini.")
            % {"name": merge.absorbed_name, "nip": merge.absorbed_nip},
        )
        return redirect(merge.kept)


class MergeChooseView(AccessMixin, TemplateView):
    """Any two people, named by hand, when the list of pairs did not find them."""

    permission = "programs.merge_person"
    template_name = "programs/person_merge_choose.html"

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(self.rows(Person).select_related("agency"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or PersonPairForm(user=self.request.user, person=self.person)
        return super().get_context_data(form=form, person=self.person, trail=person_trail(self.person), **kwargs)

    def post(self, request, pk):
        form = PersonPairForm(request.POST, user=request.user, person=self.person)
        if form.is_valid():
            return redirect("person_merge", pk=self.person.pk, other_pk=form.cleaned_data["person"].pk)
        return self.render_to_response(self.get_context_data(form=form))


class MergeUndoView(AccessMixin, TemplateView):
    """Asks first; then the absorbed row exists again."""

    permission = "programs.merge_person"
    template_name = "programs/person_merge_undo.html"

    @cached_property
    def merge(self) -> Merge:
        return get_object_or_404(self.rows(Merge).select_related("kept", "merged_by"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(merge=self.merge, trail=person_trail(self.merge.kept), **kwargs)

    def post(self, request, pk):
        try:
            person = undo_merge(merge=self.merge, by=request.user)
        except MergeRefused as refusal:
            return self.render_to_response(self.get_context_data(refusal=str(refusal)))
        messages.success(
            request,
            _("%(name)s (NIP %(nip)s) tercatat lagi sebagai orang tersendiri.")
            % {"name": person.name, "nip": person.nip_printed},
        )
        return redirect(person)


def _shown(person: Person, name: str) -> str:
    if name == "nip":
        return person.nip_printed
    if name == "birth_date":
        return date_format(person.birth_date) if person.birth_date else ""
    return display_value(person, name)
