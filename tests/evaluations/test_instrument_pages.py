"""The pages on which an instrument is read before it is chosen."""

from django.urls import reverse

from tests.evaluations.surveying import text_of
from tests.queries import page_queries
from tests.world import make_instrument


def test_an_instrument_is_read_before_it_is_chosen(evaluator, world):
    assert "Instrumen uji" in text_of(evaluator, "instrument_list")
    text = text_of(evaluator, "instrument_detail", world.instrument.pk)
    assert "Dimensi satu" in text
    assert "Pertanyaan 1" in text
    assert text.count("butir terbalik") == 1


def test_the_list_of_instruments_takes_the_same_queries_for_few_and_many(evaluator, world):
    url = reverse("instrument_list")
    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(3):
        make_instrument(f"lain{number}")
    assert page_queries(evaluator, url) == few
