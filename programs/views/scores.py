"""Pre-test and post-test scores: the grid of a class and what it comes to."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from asn_eval.views import key_in, searched
from programs.actions.attendance import CellsChanged
from programs.actions.scores import POST, PRE, record_scores, stored_scores
from programs.cells import write_seen
from programs.forms.scores import TypedScores, cell_name, printed, typed_scores
from programs.models import Batch, Enrollment
from programs.participation import summarise_scores
from programs.views.participants import OneProgramMixin, found
from programs.views.programs import program_trail

PEOPLE_OF_A_PAGE = 100


@dataclass(frozen=True)
class ScoreCell:
    name: str
    label: str
    value: str  # as the page writes it: typed or stored
    error: str
    has_conflict: bool
    now: str


@dataclass(frozen=True)
class ScoreRow:
    enrollment: Enrollment
    cells: list[ScoreCell]


class ScoresMixin(OneProgramMixin):
    abstract = True
    permission = "programs.view_enrollment"

    @cached_property
    def may_write(self) -> bool:
        return self.request.user.has_perm("programs.change_enrollment")

    def enrolled(self):
        people = self.rows(Enrollment).filter(program=self.program)
        return people.select_related("person__agency", "batch").order_by("person__name", "pk")


class ScoreGridView(ScoresMixin, View):
    def get(self, request, pk):
        return self.page(TypedScores())

    def post(self, request, pk):
        program = self.program  # a row of another area is unknown, whatever the right
        if not self.may_write:
            raise PermissionDenied
        sent = typed_scores(request.POST, program)
        if sent.errors:
            return self.page(sent)
        try:
            saved = record_scores(program=program, edits=sent.edits)
        except CellsChanged as changed:
            return self.page(sent, conflicts=changed.conflicts)
        except ValidationError as error:  # the highest score was changed in this moment
            return self.page(sent, refused=error.messages)
        if saved:
            messages.success(request, ngettext("%d nilai disimpan.", "%d nilai disimpan.", saved) % saved)
        else:
            messages.info(request, _("Tidak ada yang berubah."))
        return redirect(request.get_full_path())

    @cached_property
    def batch(self) -> Batch | None:
        key = key_in(self.request.GET.get("angkatan"))
        return self.program.batches.filter(pk=key).first() if key else None

    def people(self):
        people = found(self.enrolled(), searched(self.request))
        return people.filter(batch=self.batch) if self.batch else people

    def summary(self):
        """Of the participants of the program or of the chosen batch; who compares is no part of the class."""
        group = self.rows(Enrollment).filter(program=self.program, group=Enrollment.Group.PARTICIPANT)
        group = group.filter(batch=self.batch) if self.batch else group
        return summarise_scores(list(group.values_list("pre_score", "post_score")))

    def page(self, sent: TypedScores, *, conflicts=None, refused=()):
        page = Paginator(self.people(), PEOPLE_OF_A_PAGE).get_page(self.request.GET.get("page"))
        stored = stored_scores(page.object_list)
        return render(
            self.request,
            "programs/score_grid.html",
            {
                "program": self.program,
                "trail": program_trail(self.program),
                "batches": self.program.batches.all(),
                "batch": self.batch,
                "text": searched(self.request),
                "rows": self.grid(page.object_list, stored, sent, conflicts or {}),
                "seen": write_seen({cell_name(*cell): score for cell, score in stored.items()}),
                "summary": self.summary(),
                "evaluations": self.program.evaluations.all(),
                "may_write": self.may_write,
                "n_errors": len(sent.errors),
                "n_conflicts": len(conflicts or {}),
                "refused": refused,
                "page_obj": page,
                "paginator": page.paginator,
                "is_paginated": page.has_other_pages(),
            },
        )

    def grid(self, people, stored, sent: TypedScores, conflicts) -> list[ScoreRow]:
        touched = {cell_name(*edit.key) for edit in sent.edits if edit.is_touched} | set(sent.errors)
        labels = {PRE: _("pretes"), POST: _("postes")}
        rows = []
        for enrollment in people:
            cells = []
            for test, label in labels.items():
                name = cell_name(enrollment.pk, test)
                now = printed(stored[enrollment.pk, test])
                cells.append(
                    ScoreCell(
                        name=name,
                        label=label,
                        value=sent.typed[name] if name in touched else now,
                        error=sent.errors.get(name, ""),
                        has_conflict=(enrollment.pk, test) in conflicts,
                        now=now or _("kosong"),
                    )
                )
            rows.append(ScoreRow(enrollment, cells))
        return rows
