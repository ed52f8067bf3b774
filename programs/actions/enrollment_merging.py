"""Two enrollments of one program that turn out to be one person's.

What only one of them has is taken over. Where both have it and it differs (group, batch, a score, attendance at
one activity, answers to one survey, two certificates, two different ends) a person has to decide first, and the
merge is refused. Of the earlier states (invited, registered, attended) the one that came furthest holds.
"""

from django.db import models
from django.utils.translation import gettext as _

from programs.actions.steps import MergeRefused, Steps, twin_of
from programs.models import Attendance, Enrollment, Program

MUST_AGREE = ("pre_score", "post_score", "batch")
TAKEN_OVER = ("exit_reason", "exit_note", "superior")
STILL_OPEN = (Enrollment.Status.INVITED, Enrollment.Status.REGISTERED, Enrollment.Status.ATTENDED)


def combine(*, into: Enrollment, absorbed: Enrollment, by, steps: Steps) -> None:
    """Put what hangs on ``absorbed`` onto ``into``. Raises ``MergeRefused`` where the two contradict."""
    program = _name_of_program(into, by)
    changes = _values(into, absorbed, program)
    for relation in Enrollment._meta.related_objects:
        for row in rows_behind(absorbed, relation):
            _move(row, relation, into, program, steps)
    steps.delete(absorbed)
    steps.change(into, changes)


def rows_behind(enrollment: Enrollment, relation: models.ForeignObjectRel) -> list[models.Model]:
    """The rows that hang on ``enrollment`` by ``relation``."""
    accessor = relation.get_accessor_name()
    if relation.one_to_one:
        only = getattr(enrollment, accessor, None)
        return [] if only is None else [only]
    return list(getattr(enrollment, accessor).all())


def _name_of_program(enrollment: Enrollment, by) -> str:
    program = Program.objects.visible_to(by).filter(pk=enrollment.program_id).first()
    return _("program “%(name)s”") % {"name": program} if program else _("satu program di luar wilayah Anda")


def _values(into: Enrollment, absorbed: Enrollment, program: str) -> dict[str, object]:
    changes: dict[str, object] = {}
    if into.group != absorbed.group:
        raise _contradiction(program, Enrollment._meta.get_field("group").verbose_name)
    for name in MUST_AGREE:
        ours, theirs = getattr(into, name), getattr(absorbed, name)
        if None not in (ours, theirs) and ours != theirs:
            raise _contradiction(program, Enrollment._meta.get_field(name).verbose_name)
        if ours is None and theirs is not None:
            changes[name] = theirs
    changes |= {name: getattr(absorbed, name) for name in TAKEN_OVER if not getattr(into, name)}
    status = _status(into.status, absorbed.status)
    if status is None:
        raise _contradiction(program, Enrollment._meta.get_field("status").verbose_name)
    return {name: value for name, value in (changes | {"status": status}).items() if value != getattr(into, name)}


def _status(ours: str, theirs: str) -> str | None:
    """The state that came furthest; None where there are two different ends."""
    ends = {ours, theirs} - set(STILL_OPEN)
    if len(ends) > 1:
        return None
    return ends.pop() if ends else max(ours, theirs, key=STILL_OPEN.index)


def _move(row: models.Model, relation: models.ForeignObjectRel, into: Enrollment, program: str, steps: Steps):
    if relation.one_to_one:
        if rows_behind(into, relation):
            raise _contradiction(program, relation.related_model._meta.verbose_name)
        twin = None
    else:
        twin = twin_of(row, relation.field, into)
    if twin is None:
        steps.change(row, {relation.field.name: into})
    elif isinstance(row, Attendance):
        if row.state != twin.state:
            raise _contradiction(program, f"{row._meta.verbose_name} {row.activity}")
        steps.delete(row)
    elif not hasattr(row, "outweighs"):
        raise _contradiction(program, relation.related_model._meta.verbose_name)
    elif row.outweighs(twin):
        steps.delete(twin)
        steps.change(row, {relation.field.name: into})
    else:
        steps.delete(row)


def _contradiction(program: str, what: object) -> MergeRefused:
    return MergeRefused(
        _(
            "Keduanya peserta %(program)s dan keduanya mempunyai %(what)s yang bertentangan. Betulkan dulu salah "
            "satunya pada halaman peserta."
        )
        % {"program": program, "what": what}
    )
