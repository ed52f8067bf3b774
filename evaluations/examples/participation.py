"""What became of the participants of an example: who was there, what they scored, who left, certificates."""

from datetime import date

from evaluations.examples.chance import Chance
from evaluations.examples.programs import checked, saved
from evaluations.models import Evaluation
from programs.actions.certificates import issue_certificates
from programs.certificates.eligibility import Rule
from programs.models import Attendance, Enrollment, Program
from programs.models.participants import TOKEN_ALPHABET, TOKEN_LENGTH

KNOWLEDGE_TEST = "tes_pengetahuan"
SCORES = {"sebelum": "pre_score", "sesudah": "post_score"}
# Of those who are not there, most asked leave.
REASONS_OF_ABSENCE = ("izin", "izin", "izin", "sakit", "alpa")
NOTED = 0.98  # the rest was forgotten on paper


def save_attendance(example: dict, program: Program, enrollments: list[Enrollment]) -> None:
    """Notes of every activity. ``attendance`` gives the share of the first activity and that of the last."""
    spec = example["participation"]
    activities = list(program.activities.all())
    first, last = spec["attendance"]
    notes = []
    for enrollment in enrollments:
        if enrollment.group == Enrollment.Group.COMPARISON:
            continue
        chance = Chance(example["seed"], "attendance", enrollment.code)
        stayed = spec["exits"].get(enrollment.code, ("", "", len(activities)))[2]
        for place, activity in enumerate(activities):
            share = first + (last - first) * place / max(1, len(activities) - 1)
            state = "hadir" if chance.happens(share) else chance.pick(REASONS_OF_ABSENCE)
            is_noted = chance.happens(NOTED)
            if is_noted and place < stayed:
                note = Attendance(activity=activity, enrollment=enrollment, state=state)
                notes.append(checked(note))
    Attendance.objects.bulk_create(notes)


def save_outcome(example: dict, evaluation: Evaluation, enrollments: list[Enrollment]) -> None:
    """Why those left who left, and the scores of the knowledge test, which bears names.

    ``exits``: code -> reason, note, number of activities before.
    """
    exits = example["participation"]["exits"]
    by_key = {enrollment.pk: enrollment for enrollment in enrollments}
    for survey in evaluation.surveys.filter(version__instrument__key=KNOWLEDGE_TEST):
        for response in survey.responses.all():
            setattr(by_key[response.enrollment_id], SCORES[survey.wave], response.answers[0])
    for enrollment in enrollments:
        if enrollment.code in exits:
            enrollment.exit_reason, enrollment.exit_note, _stayed = exits[enrollment.code]
        saved(enrollment)


def save_certificates(example: dict, program: Program, enrollments: list[Enrollment], *, place: str) -> None:
    """Certificates by the rule of the example, with addresses that are the same in every installation."""
    spec = example["participation"].get("certificates")
    if spec is None:
        return
    chance = Chance(example["seed"], "certificates")
    issued = issue_certificates(
        program=program,
        enrollments=[enrollment.pk for enrollment in enrollments],
        rule=Rule(minimum_attendance=spec["minimum_attendance"]),
        issued_on=date.fromisoformat(spec["issued_on"]),
        place=place,
    )
    for certificate in issued:
        certificate.token = chance.text(TOKEN_ALPHABET, TOKEN_LENGTH)
        certificate.save(update_fields=["token"])
