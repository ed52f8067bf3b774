"""What the examples quote is marked in its text under a theme, by two coders who do not agree on all."""

import pytest

from evaluations.models import Evidence, Excerpt, Interview, Observation, Reading
from tests.evaluations.examples import each_example, evaluation_of, rows

pytestmark = pytest.mark.usefixtures("examples")


@each_example
def test_every_quote_of_a_text_is_a_marked_passage(slug):
    quoted = rows(Evidence).filter(finding__evaluation=evaluation_of(slug)).exclude(quote="")
    texts = quoted.filter(survey=None)
    assert texts.count() > 5
    assert not texts.filter(excerpt=None).exists()
    for piece in texts.select_related("excerpt"):
        assert " ".join(piece.excerpt.quote.split()) == " ".join(piece.quote.split())


@each_example
def test_two_coders_read_every_interview_and_marked_differently(slug):
    evaluation = evaluation_of(slug)
    read = rows(Reading).filter(evaluation=evaluation)
    coders = set(read.values_list("coder", flat=True))
    assert len(coders) == 2
    assert read.count() == 2 * evaluation.interviews.filter(state="selesai").count()
    marked = [rows(Excerpt).filter(evaluation=evaluation, interview__isnull=False, coder=one) for one in coders]
    assert min(each.count() for each in marked) > 0
    assert marked[0].count() != marked[1].count()


def test_an_interview_follows_its_guide_and_another_is_still_to_come():
    held = rows(Interview).get(guide__instrument__key="panduan_wawancara_penyelenggara")
    assert {answer.item_key for answer in held.answers.all()} <= {item.key for item in held.guide.items.all()}
    assert rows(Interview).filter(state=Interview.State.PLANNED).count() == 1


def test_two_visits_filled_in_the_same_sheet():
    before, after = rows(Observation).filter(version__instrument__key="observasi_layanan").order_by("date")
    keys = {item.key for item in before.version.items.all()}
    assert before.sheet.keys() | after.sheet.keys() <= keys
    assert (before.unit, before.moment, after.moment) == (after.unit, "sebelum", "sesudah")


@each_example
def test_a_case_is_told_from_several_kinds_of_source(slug):
    case = evaluation_of(slug).case_studies.get()
    assert len({link.source_field for link in case.sources.all()}) > 1
