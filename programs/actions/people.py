"""What is set once when a person enters the registry, and what in a person's record is odd."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asn_eval.nip import Nip, NipError, parse_nip
from programs.models import DistinctPeople, Person

# Nobody has so many superiors above one another; a longer way goes round in a circle.
HIGHEST_LADDER = 50


def birth_date_of(nip: str, *, today: date) -> date | None:
    """The date of birth that stands in a NIP; None where it is no NIP.

    For a new person only. Afterwards the record says when somebody was born, not the number.
    """
    try:
        return parse_nip(nip, today=today).birth_date
    except NipError:
        return None


def doubts_about(person: Person, *, today: date) -> list[str]:
    """What does not fit together in a record without being impossible, for somebody to look at."""
    try:
        nip = parse_nip(person.nip, today=today)
    except NipError as error:
        return [str(error)]
    return [*nip.warnings, *_contradictions(nip, person.status, person.birth_date)]


def _contradictions(nip: Nip, status: str, birth_date: date | None) -> Sequence[str]:
    doubts = []
    if status != nip.status:
        doubts.append(
            _("Angka ke-13 dan 14 NIP menunjukkan %(nip_status)s, sedangkan statusnya tercatat %(status)s.")
            % {"nip_status": nip.status, "status": status}
        )
    if birth_date is not None and birth_date != nip.birth_date:
        doubts.append(
            _("Tanggal lahir pada NIP %(nip_date)s, sedangkan yang tercatat %(date)s.")
            % {"nip_date": date_format(nip.birth_date), "date": date_format(birth_date)}
        )
    return doubts


def leads_back_to(person: Person, superior: Person | None) -> bool:
    """Whether ``person`` stands somewhere above ``superior``, so that the two would be each other's superior."""
    for _step in range(HIGHEST_LADDER):
        if superior is None:
            return False
        if superior.pk == person.pk:
            return True
        superior = superior.superior
    return True


def tell_apart(*, one: Person, other: Person, by) -> DistinctPeople:
    """Remember that two rows that look like one person are two; said twice, it is remembered once."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    remembered, _is_new = DistinctPeople.objects.visible_to(by).get_or_create(
        first=first, second=second, defaults={"decided_by": by}
    )
    return remembered
