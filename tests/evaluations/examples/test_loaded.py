"""The five examples as one installation holds them: who sees them, their people and their answers."""

from collections import Counter
from datetime import date

from django.apps import apps
from django.db.models import Q

from asn_eval.accounts.models import Office, User
from asn_eval.nip import parse_nip
from evaluations.models import Evaluation, Invitation, Response, Survey
from evaluations.models.surveys import TOKEN_ALPHABET, TOKEN_LENGTH
from programs.models import Enrollment, Person, Program
from tests.evaluations.examples import REGIONS, SLUGS, each_example, evaluation_of, load, rows

TODAY = date(2026, 11, 23)


def content() -> dict:
    """Every row of every application, as the database holds it."""
    labels = ("accounts", "programs", "evaluations")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model.__name__: sorted(map(repr, model._base_manager.values_list())) for model in models}


def test_loading_again_changes_nothing(examples):
    before = content()
    assert load().splitlines() == [f"{slug}: sudah ada" for slug in SLUGS]
    assert content() == before


def test_forced_accounts_have_no_password_that_works(examples):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_who_sees_which_examples(examples):
    seen = {
        user.username: set(Program.objects.visible_to(user).values_list("region__code", flat=True))
        for user in User.objects.all()
    }
    for username in ("admin", "evaluator", "manajer", "auditor"):
        assert seen[username] == set(REGIONS.values())
    assert seen["staf"] == {REGIONS["candisari"]}
    for slug in SLUGS:
        for role in ("staf", "evaluator", "manajer"):
            assert seen[f"{role}.{slug}"] == {REGIONS[slug]}


def test_every_program_says_that_it_is_an_example(examples):
    assert list(rows(Program).values_list("is_example", flat=True)) == [True] * len(SLUGS)


@each_example
def test_both_waves_of_every_instrument_were_answered_but_not_by_everybody(examples, slug):
    evaluation = evaluation_of(slug)
    waves = Counter((survey.version.instrument.key, survey.group) for survey in evaluation.surveys.all())
    assert set(waves.values()) == {2}
    for survey in evaluation.surveys.all():
        answered = survey.responses.count()
        if survey.is_public:
            assert 60 <= answered <= 150
        else:
            invited = survey.invitations.count()
            assert invited == evaluation.program.enrollments.count()
            assert answered == survey.invitations.filter(is_answered=True).count()
            assert 0.6 * invited < answered <= invited
    after = evaluation.surveys.get(version__instrument__key="kompetensi", wave=Survey.Wave.AFTER)
    assert after.responses.count() < after.invitations.count()


def test_answers_lie_on_the_scale_in_the_order_of_the_version(examples):
    gaps = 0
    for survey in rows(Survey).select_related("version"):
        items = [item for item in survey.version.items.all() if item.is_closed]
        for response in survey.responses.all():
            assert len(response.answers) == len(items)
            assert survey.opens_on <= response.received_on <= min(survey.closes_on, TODAY)
            for item, value in zip(items, response.answers, strict=True):
                assert value is None or item.minimum <= value <= item.maximum
            gaps += response.answers.count(None)
            # The form asks for every required item, so only a paper can leave one out.
            assert None not in response.answers or response.channel == Response.Channel.PAPER
    assert gaps > 0


def test_the_reverse_item_is_answered_in_reverse(examples):
    survey = evaluation_of("candisari").surveys.get(version__instrument__key="kompetensi", wave=Survey.Wave.AFTER)
    keys = [item.key for item in survey.version.items.all() if item.is_closed]
    complete = [row.answers for row in survey.responses.all() if None not in row.answers]
    straight, turned = keys.index("w2"), keys.index("w3")
    high = [row[turned] for row in complete if row[straight] >= 4]
    low = [row[turned] for row in complete if row[straight] <= 3]
    assert sum(high) / len(high) < sum(low) / len(low)


def test_public_answers_belong_to_nobody_and_the_others_to_somebody(examples):
    public = Q(survey__group=Survey.Group.PUBLIC)
    assert not rows(Response).filter(public, enrollment__isnull=False).exists()
    assert not rows(Response).filter(~public, enrollment__isnull=True).exists()
    assert not rows(Invitation).filter(public).exists()


def test_tokens_look_like_those_of_the_application(examples):
    tokens = list(rows(Invitation).values_list("token", flat=True))
    tokens += rows(Survey).filter(public_token__isnull=False).values_list("public_token", flat=True)
    assert len(set(tokens)) == len(tokens)
    assert all(len(token) == TOKEN_LENGTH and set(token) <= set(TOKEN_ALPHABET) for token in tokens)


def test_one_survey_is_left_open_to_be_tried(examples):
    surveys = [survey for survey in rows(Survey) if survey.accepts_answers(TODAY)]
    assert [(str(survey.evaluation.program.region.code), survey.group) for survey in surveys] == [
        (REGIONS["palangka_raya"], Survey.Group.PUBLIC)
    ]


def test_the_comparison_group_is_asked_the_same_questions(examples):
    evaluation = evaluation_of("palangka_raya")
    assert evaluation.design == Evaluation.Design.WITH_COMPARISON
    compared = evaluation.program.enrollments.filter(group=Enrollment.Group.COMPARISON)
    assert 12 <= compared.count() <= 18
    for survey in evaluation.surveys.filter(group=Survey.Group.PARTICIPANT):
        assert survey.responses.filter(enrollment__in=compared).count() >= 12
    others = rows(Evaluation).exclude(pk=evaluation.pk).values_list("design", flat=True)
    assert set(others) == {Evaluation.Design.ONE_GROUP}


def test_every_nip_is_valid_and_recognisably_synthetic(examples):
    people = list(rows(Person))
    for person in people:
        nip = parse_nip(person.nip, today=TODAY)
        assert nip.warnings == ()
        assert nip.status.value == person.status == person.grade.status
        assert (nip.birth_date.month, nip.birth_date.day) == (1, 1)
        assert nip.serial > 900
        assert not person.email
        assert not person.phone
    assert {person.status for person in people} == {"PNS", "PPPK"}
    for office in Office.objects.all():
        assert parse_nip(office.signatory_nip, today=TODAY).serial > 900


def test_names_are_not_repeated_within_an_example(examples):
    for slug in SLUGS:
        names = [enrollment.person.name for enrollment in evaluation_of(slug).program.enrollments.all()]
        assert len(set(names)) == len(names)


def test_every_office_can_put_its_head_on_a_report(examples):
    for office in Office.objects.all():
        assert len(office.letterhead_lines) >= 2
        assert office.city
        assert office.signatory_title
        assert office.signatory_name
        assert office.time_zone == Office.TimeZone.WIB


def test_an_edited_example_is_left_as_it_is(examples):
    program = rows(Program).get(region__code="33.74.08")
    program.aims = "Diubah oleh pengguna."
    program.save()
    load()
    program.refresh_from_db()
    assert program.aims == "Diubah oleh pengguna."
