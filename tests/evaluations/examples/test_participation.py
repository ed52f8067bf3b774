"""The examples hold what became of their participants, and it agrees with their stories."""

from programs.models import Attendance, Certificate, Enrollment
from tests.evaluations.examples import SLUGS, evaluation_of, rows

WITH_TEST = ("candisari", "palangka_raya", "tanjungpinang")
WITHDRAWN = Enrollment.Status.WITHDRAWN


def enrollments(slug: str):
    return evaluation_of(slug).program.enrollments.all()


def present_shares(slug: str) -> list[float]:
    """Present among those noted, activity by activity."""
    shares = []
    for activity in evaluation_of(slug).program.activities.all():
        states = [note.state for note in activity.attendances.all()]
        assert len(states) >= 20
        shares.append(states.count(Attendance.State.PRESENT) / len(states))
    return shares


def test_whoever_withdrew_said_why_and_nobody_else_did(examples):
    for slug in SLUGS:
        gone = enrollments(slug).filter(status=WITHDRAWN)
        assert gone.exists()
        assert not gone.filter(exit_reason="").exists()
        assert not enrollments(slug).exclude(status=WITHDRAWN).exclude(exit_reason="").exists()


def test_nothing_is_noted_of_somebody_after_they_left(examples):
    for slug in SLUGS:
        last = evaluation_of(slug).program.activities.last()
        assert not last.attendances.filter(enrollment__status=WITHDRAWN).exists()


def test_in_kotabumi_fewer_came_in_the_end(examples):
    shares = present_shares("kotabumi")
    assert shares[0] > 0.9 > 0.85 > shares[-1]


def test_who_compares_was_at_no_activity(examples):
    assert not rows(Attendance).filter(enrollment__group=Enrollment.Group.COMPARISON).exists()


def test_scores_are_those_of_the_knowledge_test(examples):
    for slug in SLUGS:
        scored = enrollments(slug).exclude(pre_score=None, post_score=None)
        assert scored.exists() == (slug in WITH_TEST)
    for slug in WITH_TEST:
        for survey in evaluation_of(slug).surveys.filter(version__instrument__key="tes_pengetahuan"):
            for response in survey.responses.select_related("enrollment"):
                column = {"sebelum": "pre_score", "sesudah": "post_score"}[survey.wave]
                assert getattr(response.enrollment, column) == response.answers[0]


def test_three_examples_gave_certificates_without_a_gap_and_to_the_completed_only(examples):
    for slug in SLUGS:
        program = evaluation_of(slug).program
        issued = rows(Certificate).filter(enrollment__program=program)
        sequences = list(issued.order_by("sequence").values_list("sequence", flat=True))
        assert sequences == list(range(1, len(sequences) + 1))
        assert bool(sequences) == (slug in WITH_TEST)
        assert not issued.exclude(enrollment__status=Enrollment.Status.COMPLETED).exists()
        assert all(certificate.issued_on > program.end_date for certificate in issued)


def test_two_installations_print_the_same_addresses(examples):
    first = rows(Certificate).get(number="001/PPP/BKPSDM-SMG/XII/2025")
    assert first.token == "njbkafaevh2wce53uc778zeg"
