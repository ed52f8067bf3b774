"""What an informant took back is quoted, offered, counted and remembered nowhere; open answers stay nameless."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from asn_eval.history.models import LogEntry
from evaluations.actions.attachments import store_attachment
from evaluations.actions.case_studies import link_source
from evaluations.actions.excerpt_evidence import add_excerpts
from evaluations.actions.interview_texts import place_again
from evaluations.actions.interviews import erase_words, withdraw_consent
from evaluations.citations import cite
from evaluations.models import Interview, Theme
from evaluations.theme_tree import with_counts
from programs.material_files import check_file
from tests.evaluations.coding import make_theme, mark, open_survey
from tests.evaluations.evidence import make_case_study, make_finding, make_interview
from tests.reports.test_assembly import report_of

WORDS = "antrean panjang"


@pytest.fixture
def coder(world):
    return world.here.users["evaluator"]


@pytest.fixture
def interview(world) -> Interview:
    return make_interview(world.here.evaluation)


@pytest.fixture
def coding(interview, coder):
    return mark(interview, make_theme(interview.evaluation), coder, WORDS)


@pytest.fixture
def withdrawn(interview, coding) -> Interview:
    return withdraw_consent(interview=interview, day=date(2026, 8, 1))


def test_its_passages_are_offered_on_no_page(evaluator, world, coding, withdrawn):
    evaluation, excerpt = world.here.evaluation, coding.excerpt
    case = make_case_study(evaluation)
    for url in (
        reverse("finding_from_passages", args=[evaluation.pk]) + f"?tema={coding.theme_id}&bagian={excerpt.pk}",
        reverse("theme_split", args=[coding.theme_id]),
        reverse("theme_detail", args=[coding.theme_id]),
        reverse("finding_create", args=[evaluation.pk]) + f"?kutipan={excerpt.pk}",
        reverse("case_evidence_add", args=[case.pk]),
        reverse("passage_search") + f"?q={WORDS.split()[0]}",
    ):
        page = evaluator.get(url)
        assert page.status_code == 200, url
        assert WORDS not in page.content.decode(), url


def test_nothing_of_it_becomes_evidence(world, coding, withdrawn, coder):
    excerpt = coding.excerpt
    with pytest.raises(ValidationError, match="menarik persetujuannya"):
        add_excerpts(finding=make_finding(world.here), excerpts=[excerpt])
    with pytest.raises(ValidationError, match="menarik persetujuannya"):
        link_source(case=make_case_study(world.here.evaluation), source=withdrawn, excerpt=excerpt)
    with pytest.raises(ValidationError, match="menarik persetujuannya"):
        link_source(case=make_case_study(world.here.evaluation), source=withdrawn, quote=WORDS)
    with pytest.raises(ValidationError, match="menarik persetujuannya"):
        place_again(excerpt=excerpt, quote=WORDS)
    with pytest.raises(ValidationError, match="menarik persetujuannya"):
        mark(withdrawn, coding.theme, coder, "Anggaran habis")


def test_a_page_that_was_open_says_why_nothing_was_saved(evaluator, world, coding, interview):
    url = reverse("finding_from_passages", args=[world.here.evaluation.pk]) + f"?bagian={coding.excerpt_id}"
    typed = {"kind": "kelemahan", "statement": "Antrean", "category": "layanan", "excerpts": [coding.excerpt_id]}
    withdraw_consent(interview=interview, day=date(2026, 8, 1))
    page = evaluator.post(url, typed)
    assert page.status_code == 200
    assert not world.here.evaluation.findings.filter(statement="Antrean").exists()


def test_it_is_counted_no_more(world, coding, withdrawn):
    theme = with_counts(Theme.objects.unscoped("test")).get(pk=coding.theme_id)
    assert (theme.n_passages, theme.n_informants) == (0, 0)


def test_no_file_comes_in_after_it(withdrawn, coder):
    content = ContentFile(b"%PDF-1.7 %%EOF", name="rekaman.pdf")
    with pytest.raises(ValidationError, match="menarik persetujuannya"):
        store_attachment(
            owner=withdrawn,
            content=content,
            checked=check_file("rekaman.pdf", content.size, content),
            author=coder,
        )
    assert not withdrawn.attachments.exists()


def test_no_journal_keeps_what_was_erased(evaluator, world, coding, interview):
    finding, case = make_finding(world.here), make_case_study(world.here.evaluation)
    add_excerpts(finding=finding, excerpts=[coding.excerpt])
    link_source(case=case, source=interview, excerpt=coding.excerpt)
    erase_words(interview=withdraw_consent(interview=interview, day=date(2026, 8, 1)))
    entries = LogEntry.objects.unscoped("test")
    assert entries.filter(object_repr__icontains=WORDS).count() == 0
    assert [entry for entry in entries if WORDS in str(entry.changes) + str(entry.additional_data)] == []


@pytest.fixture
def answer(world, coder):
    """A passage of an open answer in a confidential survey, as evidence of a finding."""
    survey = open_survey(world.here)
    words = survey.responses.order_by("enrollment").first().open_answers.get()
    coding = mark(words, make_theme(world.here.evaluation), coder, "Tambah loket", text=words.text)
    finding = make_finding(world.here)
    (evidence,) = add_excerpts(finding=finding, excerpts=[coding.excerpt])
    return evidence


def test_what_a_nameless_respondent_wrote_is_for_evaluators_only(world, answer, coder):
    assert cite(answer, coder).quote == "Tambah loket"
    for role in ("manajer", "auditor", "staf", "admin"):
        citation = cite(answer, world.here.users[role])
        assert (citation.quote, citation.note) == ("", "Jawaban terbuka hanya dibaca evaluator.")
    (finding,) = report_of(world.here).findings
    assert [piece.quote for piece in finding.evidence if piece.kind == "Survei"] == [""]


def test_two_answers_of_one_person_count_as_two_voices(world, coder):
    """If they counted as one, their count would tell that one person wrote both."""
    survey = open_survey(world.here)
    response = survey.responses.order_by("enrollment").first()
    first = response.open_answers.get()
    second = response.open_answers.create(item_key="lain", text="Tambah kursi.")
    theme = make_theme(world.here.evaluation)
    for one in (first, second):
        mark(one, theme, coder, "Tambah", text=one.text)
    assert with_counts(Theme.objects.unscoped("test")).get(pk=theme.pk).n_informants == 2


def test_before_it_is_taken_back_every_quote_is_listed_and_a_report_is_warned_of(evaluator, world, interview):
    finding = make_finding(world.here, source=interview, quote=WORDS)
    url = reverse("interview_withdraw", args=[interview.pk])
    page = evaluator.get(url).content.decode()
    assert finding.statement in page
    assert f">{WORDS}</blockquote>" in page
    assert "sudah sampai tahap laporan" not in page
    world.here.program.evaluations.update(state="laporan")
    assert "sudah sampai tahap laporan" in evaluator.get(url).content.decode()
    evaluator.post(url, {"day": "2026-08-01"})
    assert WORDS not in evaluator.get(url).content.decode()
