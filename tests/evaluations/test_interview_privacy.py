"""Names and NIPs are masked, and consent is withdrawn."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from asn_eval.history.models import LogEntry
from evaluations.actions.interviews import withdraw_consent
from evaluations.models import Excerpt, Reading
from reports.facts import finding_facts, interview_facts
from tests.evaluations.evidence import make_finding, make_interview
from tests.evaluations.interviewing import HELD, in_days, page_of, plan_one, url
from tests.forms import send
from tests.programs.test_material_files import PDF
from tests.world import synthetic_nip

# --- Masked ----------------------------------------------------------------------------


def test_names_are_shown_with_their_numbers_and_masked_by_one_press(evaluator, world):
    person = world.here.people[0]
    text = f"Informan Rahasia dan {person.name} (NIP {synthetic_nip(9)}) bilang Sulastri setuju."
    held = make_interview(world.here.evaluation, text=text, informant_name="Informan Rahasia")
    address = url("interview_mask", held)
    first = evaluator.get(address)
    assert [named.label for named, is_chosen in first.context["persons"] if is_chosen] == [
        "NIP",
        "Informan Rahasia",
        person.name,
    ]
    more = {"seen_revision": held.revision, "others": "Sulastri", "cari": "1"}
    searched = evaluator.post(address, more)
    assert [named.label for named, _chosen in searched.context["persons"]][-1] == "Sulastri"
    keys = [named.key for named, _chosen in searched.context["persons"]]
    sent = evaluator.post(address, more | {"pilih": keys, "tampil": keys, "samarkan": "1"})
    assert sent.status_code == 302
    held.refresh_from_db()
    assert held.text == "[nama 1] dan [nama 2] (NIP [NIP]) bilang [nama 3] setuju."


def test_a_name_that_was_unticked_stays_unticked(evaluator, world):
    held = make_interview(world.here.evaluation, text="Ratna Uji dan Sulastri", informant_name="Ratna Uji")
    sent = {"seen_revision": held.revision, "others": "Sulastri", "cari": "1", "tampil": "ratna uji"}
    chosen = {
        named.key: ticked for named, ticked in evaluator.post(url("interview_mask", held), sent).context["persons"]
    }
    assert chosen == {"ratna uji": False, "sulastri": True}


def test_nothing_is_masked_in_a_text_that_changed_meanwhile(evaluator, world):
    held = make_interview(world.here.evaluation)
    sent = {"seen_revision": held.revision + 1, "pilih": "ratna uji", "samarkan": "1"}
    assert "berubah sejak halaman ini dibuka" in evaluator.post(url("interview_mask", held), sent).content.decode()
    before = held.text
    held.refresh_from_db()
    assert held.text == before


def test_masking_without_a_tick_says_so(evaluator, world):
    held = make_interview(world.here.evaluation)
    sent = {"seen_revision": held.revision, "samarkan": "1"}
    assert "Centang paling sedikit satu" in evaluator.post(url("interview_mask", held), sent).content.decode()


# --- Withdrawn -------------------------------------------------------------------------


def test_withdrawal_lists_where_the_words_are_used_and_hides_them(evaluator, client, world):
    held = make_interview(world.here.evaluation, date="2026-07-02")
    finding = make_finding(world.here, source=held, quote="antrean panjang")
    address = url("interview_withdraw", held)
    assert finding.statement in page_of(evaluator, address)
    assert evaluator.post(address, {"day": in_days(0)}).url == address
    page = page_of(evaluator, address)
    assert "Persetujuan ditarik" in page
    assert finding.statement in page
    for role in ("evaluator", "manajer"):
        client.force_login(world.here.users[role])
        page = page_of(client, finding.get_absolute_url())
        assert "antrean panjang" not in page
        assert "Informan menarik persetujuannya" in page
    client.force_login(world.here.users["evaluator"])
    page = page_of(client, held.get_absolute_url())
    assert "Informan menarik persetujuannya." in page
    assert "<blockquote" not in page
    assert "antrean panjang" in page  # in the interview itself, which evaluators read until it is deleted
    assert "antrean panjang" not in page_of(client, url("evidence_delete", finding.evidence.get()))


@pytest.mark.parametrize("day", ["2026-07-01", in_days(1), "", "kemarin"])
def test_a_day_on_which_nothing_could_be_withdrawn_is_refused(evaluator, world, day):
    held = make_interview(world.here.evaluation, date="2026-07-02")
    assert evaluator.post(url("interview_withdraw", held), {"day": day}).status_code == 200
    held.refresh_from_db()
    assert held.withdrawn_on is None


def test_consent_is_withdrawn_once_and_only_of_what_was_held(evaluator, world):
    planned = plan_one(evaluator, world.here.evaluation)
    refused = evaluator.post(url("interview_withdraw", planned), {"day": in_days(0)})
    assert "belum dilaksanakan" in refused.content.decode()
    held = make_interview(world.here.evaluation, withdrawn_on="2026-07-05")
    evaluator.post(url("interview_withdraw", held), {"day": in_days(0)})
    held.refresh_from_db()
    assert held.withdrawn_on.isoformat() == "2026-07-05"


def test_a_withdrawn_consent_is_not_given_back_by_a_form(evaluator, world):
    held = make_interview(world.here.evaluation, consent_form="lisan", withdrawn_on="2026-07-05")
    assert send(evaluator, url("interview_update", held), HELD | {"consent": "nama"}).status_code == 302
    held.refresh_from_db()
    assert (held.consent, held.may_be_quoted) == ("peran", False)


def test_a_withdrawn_interview_that_nothing_rests_on_can_be_deleted(evaluator, world):
    held = make_interview(world.here.evaluation, withdrawn_on="2026-07-05")
    assert evaluator.post(url("interview_delete", held)).status_code == 302
    assert not world.here.evaluation.interviews.filter(pk=held.pk).exists()


def test_nothing_new_is_quoted_after_the_withdrawal(evaluator, world):
    held = make_interview(world.here.evaluation, withdrawn_on="2026-07-05")
    with pytest.raises(ValidationError, match="menarik persetujuannya"):
        make_finding(world.here, source=held, quote="antrean panjang")
    assert "Tandai tantangan" not in page_of(evaluator, held.get_absolute_url())
    assert f'value="interview-{held.pk}"' not in page_of(evaluator, url("finding_create", world.here.evaluation))


def test_the_words_of_who_withdrew_can_be_erased_though_a_finding_rests_on_them(
    evaluator, world, django_capture_on_commit_callbacks
):
    held = make_interview(world.here.evaluation, date="2026-07-02")
    held.answers.create(item_key="hasil", text="Jawaban")
    values = {"evaluation": held.evaluation, "interview": held, "coder": world.here.users["evaluator"]}
    excerpt = Excerpt.objects.create(start=0, end=4, quote="Kata", **values)
    Reading.objects.create(**values)
    finding = make_finding(world.here, source=held, quote="antrean panjang")
    finding.evidence.update(excerpt=excerpt)
    address = reverse("attachment_add", args=["wawancara", held.pk])
    evaluator.post(address, {"file": SimpleUploadedFile("a.pdf", PDF)})
    file = held.attachments.get().file
    erase = url("interview_erase", held)
    assert evaluator.post(erase, follow=True).context["object"].text == held.text  # the consent still holds
    evaluator.post(url("interview_withdraw", held), {"day": in_days(0)})
    page = page_of(evaluator, erase)
    assert "1 bagian bertanda dengan temanya" in page
    assert finding.statement in page
    with django_capture_on_commit_callbacks(execute=True):
        assert evaluator.post(erase).url == held.get_absolute_url()
    held.refresh_from_db()
    evidence = finding.evidence.get()
    assert (held.text, held.informant_name, held.state) == ("", "", "selesai")
    assert (evidence.quote, evidence.excerpt, evidence.interview) == ("", None, held)
    for parts in (held.answers, held.excerpts, held.readings, held.attachments):
        assert not parts.exists()
    assert not file.storage.exists(file.name)
    assert finding.statement in page_of(evaluator, finding.get_absolute_url())


def test_a_report_holds_no_plan_and_no_withdrawn_quote(world):
    evaluation = world.here.evaluation
    make_interview(evaluation, state="rencana", consent="", text="", unit="Belum")
    held = make_interview(evaluation, date="2026-07-02")
    make_finding(world.here, source=held, quote="antrean panjang")
    assert [fact.role for fact in interview_facts(evaluation)] == ["Atasan", "Pimpinan unit kerja"]
    assert [piece.quote for fact in finding_facts(evaluation) for piece in fact.evidence] == ["antrean panjang"]
    withdraw_consent(interview=held, day=timezone.localdate())
    assert [piece.quote for fact in finding_facts(evaluation) for piece in fact.evidence] == []


def test_a_name_lives_on_in_no_journal(evaluator, world):
    evaluator.post(url("interview_create", world.here.evaluation), HELD | {"text": "Kata Ratna Uji begini."})
    entries = LogEntry.objects.unscoped("test")
    assert entries.filter(object_repr="Pimpinan unit kerja, Loket").exists()
    assert not any("Ratna" in f"{entry.changes} {entry.object_repr}" for entry in entries)


def test_a_name_that_somebody_else_changed_meanwhile_is_not_overwritten(evaluator, world):
    held = make_interview(world.here.evaluation, consent_form="lisan")
    address = url("interview_update", held)
    late = evaluator.get(address).context["form"]["seen_revision"].value()
    assert send(evaluator, address, HELD | {"informant_name": "Nama Baru", "place": "Aula"}).status_code == 302
    conflict = evaluator.post(address, HELD | {"seen_revision": late}).context["form"].conflict
    assert ("informant_name", "Nama Baru") in [(point.name, point.stored) for point in conflict.points]
