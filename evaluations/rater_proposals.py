"""Who could be asked about the participants, read from the registry; nobody is added by this."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from evaluations.models import Evaluation, Respondent, Survey
from programs.models import Enrollment, Person

PER_PARTICIPANT = 2  # colleagues and subordinates proposed for each
CANDIDATES = 25  # looked at in each unit
Group = Survey.Group


@dataclass(frozen=True)
class Proposal:
    """Somebody who may become a respondent. ``key`` finds the same proposal again when it is ticked."""

    key: str
    name: str
    unit: str
    email: str
    phone: str
    about: Enrollment | None = None
    person: Person | None = None

    def respondent(self, evaluation: Evaluation, group: str) -> Respondent:
        """An unsaved respondent of that group."""
        return Respondent(
            evaluation=evaluation,
            group=group,
            enrollment=self.about,
            person=self.person,
            name=self.name,
            unit=self.unit[:150],
            email=self.email,
            phone=self.phone,
        )


def propose(evaluation: Evaluation, group: str, *, user) -> list[Proposal]:
    """Those of ``group`` who are in the registry and not respondents yet, people in sight of ``user`` alone.

    Superiors by the record of the person, else by the name noted at the enrollment; colleagues from the same unit,
    spread evenly and participants last; subordinates by their own record; speakers from the activities. The number
    of queries does not depend on how many there are.
    """
    if group == Group.SPEAKER:
        return _speakers(evaluation)
    enrollments = list(
        evaluation.program.enrollments.exclude(status=Enrollment.Status.WITHDRAWN)
        .select_related("person__agency", "person__superior__agency")
        .order_by("person__name", "pk")
    )
    existing = evaluation.respondents.filter(group=group).values_list("enrollment", "person", "name")
    taken = {(about, person or name.casefold()) for about, person, name in existing}
    visible = Person.objects.visible_to(user)
    finders = {
        Group.SUPERIOR: _superiors,
        Group.COLLEAGUE: _colleagues,
        Group.SUBORDINATE: _subordinates,
    }
    if group not in finders:
        return []
    found = finders[group](enrollments, visible)
    return [
        proposal
        for proposal in found
        if (proposal.about.pk, proposal.person.pk if proposal.person else proposal.name.casefold()) not in taken
    ]


def _superiors(enrollments: Iterable[Enrollment], visible) -> Iterable[Proposal]:
    wanted = {enrollment.person.superior_id for enrollment in enrollments}
    in_sight = set(visible.filter(pk__in=wanted).values_list("pk", flat=True))
    for enrollment in enrollments:
        superior = enrollment.person.superior
        if superior is not None and superior.pk in in_sight:
            yield _of_person(enrollment, superior)
        elif enrollment.superior.strip():
            name = enrollment.superior.strip()
            yield Proposal(f"{enrollment.pk}-nama", name, enrollment.person.agency.name, "", "", enrollment)


def _colleagues(enrollments: list[Enrollment], visible) -> Iterable[Proposal]:
    agencies = {enrollment.person.agency_id for enrollment in enrollments}
    participants = {enrollment.person_id for enrollment in enrollments}
    numbered = visible.filter(agency__in=agencies).annotate(
        place=Window(RowNumber(), partition_by=F("agency"), order_by=["name", "pk"])
    )
    by_agency: dict[int, list[Person]] = defaultdict(list)
    for person in numbered.filter(place__lte=CANDIDATES).select_related("agency"):
        by_agency[person.agency_id].append(person)
    asked: dict[int, int] = defaultdict(int)
    for enrollment in enrollments:
        others = [
            person
            for person in by_agency[enrollment.person.agency_id]
            if person.pk not in (enrollment.person_id, enrollment.person.superior_id)
        ]
        others.sort(key=lambda person: (person.pk in participants, asked[person.pk], person.name))
        for person in others[:PER_PARTICIPANT]:
            asked[person.pk] += 1
            yield _of_person(enrollment, person)


def _subordinates(enrollments: list[Enrollment], visible) -> Iterable[Proposal]:
    by_superior: dict[int, list[Person]] = defaultdict(list)
    superiors = [enrollment.person_id for enrollment in enrollments]
    for person in visible.filter(superior__in=superiors).select_related("agency").order_by("name", "pk"):
        by_superior[person.superior_id].append(person)
    for enrollment in enrollments:
        for person in by_superior[enrollment.person_id][:PER_PARTICIPANT]:
            yield _of_person(enrollment, person)


def _speakers(evaluation: Evaluation) -> list[Proposal]:
    names = evaluation.respondents.filter(group=Group.SPEAKER).values_list("name", flat=True)
    taken = {name.casefold() for name in names}
    found: dict[str, Proposal] = {}
    for activity in evaluation.program.activities.prefetch_related("speakers"):
        for speaker in activity.speakers.all():
            name = speaker.name.strip()
            if name.casefold() not in taken:
                proposal = Proposal(f"narasumber-{speaker.pk}", name, speaker.affiliation, "", "")
                found.setdefault(name.casefold(), proposal)
    return sorted(found.values(), key=lambda proposal: proposal.name)


def _of_person(enrollment: Enrollment, person: Person) -> Proposal:
    return Proposal(
        key=f"{enrollment.pk}-{person.pk}",
        name=person.name,
        unit=person.agency.name,
        email=person.email,
        phone=person.phone,
        about=enrollment,
        person=person,
    )
