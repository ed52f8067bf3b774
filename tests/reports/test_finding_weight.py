"""How widespread and how sure a finding is, and what contradicts it, in the report."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from evaluations.actions.findings import add_evidence
from evaluations.models import Evaluation
from reports.assembly import assemble
from reports.chapters.book import chapters_of
from tests.evaluations.evidence import (
    make_case_study,
    make_document,
    make_finding,
    make_interview,
    make_observation,
)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta"))


def report_of(place):
    held = Evaluation.objects.unscoped("test").select_related("program__region", "program__organizer")
    return assemble(held.get(pk=place.evaluation.pk), generated_at=NOW)


def blocks(place, key: str):
    return next(chapter for chapter in chapters_of(report_of(place)) if chapter.key == key).blocks


def test_a_challenge_tells_its_weight(world):
    here = world.here
    finding = make_finding(here)
    add_evidence(finding=finding, source=make_interview(here.evaluation), quote="antrean panjang")
    add_evidence(finding=finding, source=make_document(here.evaluation))
    (row,) = blocks(here, "tantangan")[0].tables[0].rows
    assert row[3] == "1 dokumen, 2 wawancara; 2 informan, 1 unit kerja, 2 peran; keyakinan tinggi"


@pytest.mark.parametrize("kind", ["tantangan", "kelemahan"])
def test_contradicting_evidence_has_a_block_of_its_own(world, kind):
    here = world.here
    finding = make_finding(here, kind=kind)
    against = make_observation(here.evaluation, "Loket lain")
    add_evidence(finding=finding, source=against, stance="bertentangan", quote="Antrean tertib")
    held = blocks(here, "tantangan" if kind == "tantangan" else "hasil")
    (block,) = [one for one in held if one.details]
    assert block.details == (("Bukti yang bertentangan", "Observasi: Loket lain, 1 Juli 2026."),)
    assert [quote.text for quote in block.quotes] == ["Antrean tertib"]
    (facts,) = report_of(here).findings
    assert [one.source for one in facts.evidence] == ["Atasan"]
    assert [one.source for one in facts.contradicting] == ["Loket lain"]


def test_who_contradicts_a_challenge_did_not_name_it(world):
    here = world.here
    finding = make_finding(here)
    speaker = make_interview(here.evaluation)
    add_evidence(finding=finding, source=speaker, quote="antrean panjang", stance="bertentangan")
    (theme,) = report_of(here).challenge_themes.themes
    assert theme.n_informants == 1


def test_what_may_not_be_quoted_contradicts_without_words(world):
    here = world.here
    silent = make_interview(here.evaluation, consent="tanpa_kutipan")
    finding = make_finding(here)
    add_evidence(finding=finding, source=silent, quote="Anggaran habis", stance="bertentangan")
    (facts,) = report_of(here).findings
    assert [(one.source, one.quote) for one in facts.contradicting] == [("Pimpinan unit kerja", "")]


def test_a_case_study_and_a_part_of_a_survey_are_named(world):
    here = world.here
    finding = make_finding(here, make_case_study(here.evaluation))
    add_evidence(finding=finding, source=here.surveys["sesudah"], part="dimension:satu")
    add_evidence(finding=finding, source=here.surveys["sesudah"], part="item:b2")
    (facts,) = report_of(here).findings
    assert [(one.kind, one.source) for one in facts.evidence] == [
        ("Studi kasus", "Loket cepat"),
        ("Survei", "instrumen uji, peserta, sesudah program: Dimensi satu"),
        ("Survei", "instrumen uji, peserta, sesudah program: Butir 2"),
    ]
