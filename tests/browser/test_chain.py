"""From a recommendation to what somebody said, to an indicator and to a survey's result, and back, by clicks."""

import pytest
from playwright.sync_api import expect

from asn_eval.accounts.models import User
from evaluations.models import Evidence, Recommendation
from tests.browser.conftest import DESKTOP, PASSWORD, PHONE
from tests.evaluations.examples import REGIONS, SLUGS, load, rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evaluator(transactional_db) -> User:
    load()
    user = User.objects.get(username="evaluator")
    user.set_password(PASSWORD)
    user.save()
    return user


def best_documented(slug: str) -> tuple[Recommendation, dict[str, Evidence]]:
    """A recommendation of the example whose findings rest on all three kinds of source, with one of each."""
    for recommendation in rows(Recommendation).filter(evaluation__program__region__code=REGIONS[slug]):
        pieces = rows(Evidence).filter(finding__recommendations=recommendation)
        held = {
            "interview": pieces.filter(interview__isnull=False).exclude(quote="").first(),
            "indicator": pieces.filter(indicator__isnull=False).first(),
            "survey": pieces.filter(survey__isnull=False).first(),
        }
        if all(held.values()):
            return recommendation, held
    raise AssertionError(f"no recommendation of {slug} rests on a quote, an indicator and a survey")


def test_the_chain_of_every_example_is_clicked_through(visit, evaluator):
    for number, slug in enumerate(SLUGS):
        recommendation, pieces = best_documented(slug)
        visitor = visit(PHONE if number % 2 else DESKTOP).sign_in(evaluator.username)
        page, chain = visitor.page, visitor.page.locator(".chain")
        page.goto(recommendation.evaluation.get_absolute_url())
        page.get_by_role("link", name=recommendation.statement).first.click()
        visitor.fits()
        visitor.keep_picture(f"chain-{slug}-recommendation")
        for field, piece in pieces.items():
            for summary in chain.locator("summary").all():
                summary.click()
            chain.locator(f'a[href="{piece.source.get_absolute_url()}"]').first.click()
            visitor.fits()
            if field == "interview":
                expect(page.get_by_text(piece.quote[:60]).first).to_be_visible()
            elif field == "indicator":
                expect(page.get_by_text(piece.source.name).first).to_be_visible()
                expect(page.locator("svg, img[src^='data:image/svg']").first).to_be_visible()
            else:
                expect(page.get_by_text(str(piece.source.version.instrument)).first).to_be_visible()
            visitor.keep_picture(f"chain-{slug}-{field}")
            for summary in chain.locator("summary").all():
                summary.click()
            chain.get_by_role("link", name=recommendation.statement[:60]).click()  # and back
            expect(page.locator("h1")).to_have_text(recommendation.statement)
        page.goto(f"/evaluasi/{recommendation.evaluation_id}/triangulasi/")
        visitor.fits()
        expect(page.get_by_text("Arah menurut tiap sumber dan kesesuaiannya").first).to_be_visible()
        visitor.keep_picture(f"chain-{slug}-triangulation")
