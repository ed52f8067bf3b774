"""The preview shows what respondents will see, and keeps nothing."""

from django.urls import reverse

from evaluations.models import Response
from tests.evaluations.building import add, own_version


def test_the_phone_shows_the_questions_of_respondents_in_the_language_chosen(evaluator, world):
    version = own_version(world.here, items=1)
    add(version, "teks", key="saran", text="Apa saran Anda?", text_en="Any suggestions?", relevance="${b1} < 3")
    url = reverse("version_preview_phone", args=[version.pk])
    page = evaluator.get(url).content.decode()
    assert ("Apa saran Anda?" in page, 'name="jawaban-saran"' in page, "data-shown-if" in page) == (True,) * 3
    assert "Any suggestions?" in evaluator.get(url, {"bahasa": "en"}).content.decode()


def test_a_change_is_seen_at_once(evaluator, world):
    version = own_version(world.here, items=1)
    url = reverse("version_preview_phone", args=[version.pk])
    assert "Butir yang baru" not in evaluator.get(url).content.decode()
    add(version, "teks", text="Butir yang baru")
    assert "Butir yang baru" in evaluator.get(url).content.decode()


def test_nothing_can_be_sent_from_the_preview(evaluator, world):
    version = own_version(world.here)
    url = reverse("version_preview_phone", args=[version.pk])
    page = evaluator.get(url).content.decode()
    assert ("<form" in page, "Kirim" in page) == (False, False)
    assert evaluator.post(url, {"jawaban-b1": "3"}).status_code == 405
    assert not Response.objects.visible_to(world.national).exists()


def test_only_our_own_pages_may_show_the_phone_in_a_frame(evaluator, world):
    version = own_version(world.here)
    phone = evaluator.get(reverse("version_preview_phone", args=[version.pk])).headers
    assert phone["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in phone["Content-Security-Policy"]
    outer = evaluator.get(reverse("version_preview", args=[version.pk])).headers
    assert (outer["X-Frame-Options"], "frame-ancestors 'none'" in outer["Content-Security-Policy"]) == (
        "DENY",
        True,
    )


def test_what_is_not_translated_is_counted_and_unknown_wishes_are_ignored(evaluator, world):
    version = own_version(world.here, items=2)
    add(version, "teks", text="Saran?", text_en="Suggestions?")
    url = reverse("version_preview", args=[version.pk])
    assert "1 dari 3 butir mempunyai kalimat" in evaluator.get(url, {"bahasa": "en"}).content.decode()
    page = evaluator.get(url, {"bahasa": "xx", "tampilan": "yy"})
    assert (page.context["language"], page.context["layout"]) == ("id", "gulir")
