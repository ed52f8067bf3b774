"""The money of the examples: what their documents say is what their lines add up to."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from evaluations.models import DocumentReview
from programs.costs import costs_of
from programs.models import Enrollment, Speaker
from tests.evaluations.examples import each_example, evaluation_of, rows


def costs(slug: str):
    program = evaluation_of(slug).program
    participants = program.enrollments.filter(group=Enrollment.Group.PARTICIPANT)
    return costs_of(program.budget_lines.expenses(), n_participants=participants.count(), lesson_hours=Decimal(1))


def shown(slug: str, key_words: str) -> str:
    return rows(DocumentReview).get(evaluation=evaluation_of(slug), title__contains=key_words).shows


@pytest.mark.parametrize(
    ("slug", "words", "planned", "realised"),
    [
        ("kotabumi", "anggaran", 228_000_000, 221_400_000),
        ("palangka_raya", "anggaran", 195_000_000, None),
        ("tanjungpinang", "anggaran", None, 186_000_000),
    ],
)
def test_the_sums_are_those_that_the_document_names(examples, slug, words, planned, realised):
    text, totals = shown(slug, words).replace(".", ""), costs(slug).totals
    for named, stored in ((planned, totals.planned), (realised, totals.realised)):
        if named is not None:
            assert f"Rp{named}" in text
            assert stored == named


def test_the_details_of_tanjungpinang_add_up(examples):
    parts = {part.name: part.totals.realised for part in costs("tanjungpinang").components}
    text = shown("tanjungpinang", "anggaran")
    assert parts["Honorarium narasumber"] + parts["Perjalanan dinas"] == 79_500_000
    assert "Rp79.500.000 dipakai untuk perjalanan dan honorarium narasumber" in text
    assert costs("tanjungpinang").realised_per_participant.amount == 4_650_000
    assert "Biaya per peserta Rp4.650.000." in text


@each_example
def test_fees_are_what_the_budget_paid(examples, slug):
    program = evaluation_of(slug).program
    lines = program.budget_lines.filter(component__name="Honorarium narasumber")
    # A line that is not paid yet stands with what was agreed.
    paid = sum(line.planned if line.realised is None else line.realised for line in lines)
    assert rows(Speaker).filter(activity__program=program).aggregate(fees=Sum("fee"))["fees"] == paid


def test_one_program_lacks_part_of_its_realisation(examples):
    incomplete = [
        slug
        for slug in ("belawan", "kotabumi", "palangka_raya", "tanjungpinang")
        if not costs(slug).totals.is_complete
    ]
    totals = costs("candisari").totals
    assert incomplete == []
    assert (totals.n_known, totals.n_lines) == (4, 6)


@each_example
def test_every_activity_has_speakers_and_lies_inside_its_program(examples, slug):
    program = evaluation_of(slug).program
    for activity in program.activities.all():
        assert activity.speakers.exists()
        assert not activity.starts_early
        assert not activity.ends_late
    assert program.partnerships.exists()
    assert not any(partnership.ends_early for partnership in program.partnerships.all() if slug != "kotabumi")
