"""The programs of the examples: how they came about, who went through them together."""

from collections import Counter
from itertools import pairwise

from programs.models import PROGRAM_TRANSITIONS, Program
from tests.evaluations.examples import each_example, evaluation_of, rows


@each_example
def test_a_program_came_to_its_state_along_the_transitions(examples, slug):
    program = evaluation_of(slug).program
    changes = list(program.state_changes.all())
    assert changes[0].from_state == Program.State.DRAFT
    for before, after in pairwise(changes):
        assert before.to_state == after.from_state
        assert before.moved_at < after.moved_at
    assert all(change.to_state in PROGRAM_TRANSITIONS[change.from_state] for change in changes)
    assert changes[-1].to_state == program.state
    assert {change.moved_by for change in changes} == {program.created_by}
    running = next(change for change in changes if change.to_state == Program.State.RUNNING)
    assert program.created_at < changes[0].moved_at
    assert running.moved_at.date() == program.start_date


@each_example
def test_everybody_goes_through_one_batch_that_has_room(examples, slug):
    program = evaluation_of(slug).program
    batches = list(program.batches.all())
    in_batch = Counter(program.enrollments.values_list("batch__name", flat=True))
    if slug == "palangka_raya":
        assert in_batch == {None: program.enrollments.count()}
        return
    assert set(in_batch) == {"Angkatan I", "Angkatan II"}
    assert all(in_batch[batch.name] <= batch.capacity for batch in batches)
    assert all(program.start_date <= batch.start_date <= batch.end_date <= program.end_date for batch in batches)


def test_every_program_says_what_it_was_needed_for(examples):
    assert all(len(program.needs_note) > 100 for program in rows(Program))
