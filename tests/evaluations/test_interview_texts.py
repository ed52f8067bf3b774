"""What happens to marked passages and quotes when the text of an interview is written anew or masked."""

import pytest
from django.core.exceptions import ValidationError

from asn_eval.history.models import LogEntry
from evaluations.actions.findings import add_evidence
from evaluations.actions.interview_texts import mask_people, place_again, requote_evidence, write_texts
from evaluations.masking import NIP_KEY, Known, Names
from evaluations.models import CaseEvidence, Coding, Excerpt, Interview, Theme
from tests.evaluations.evidence import make_case_study, make_finding, make_interview
from tests.world import synthetic_nip

NIP = synthetic_nip(1)
TEXT = f"Budi Santoso (NIP {NIP}) berkata jadwal padat. Budi lelah. Suharto setuju."


@pytest.fixture
def interview(world) -> Interview:
    interview = make_interview(world.here.evaluation, text=TEXT, informant_name="")
    interview.answers.create(item_key="kendala", text="Suharto bilang anggaran kecil.")
    return interview


@pytest.fixture
def mark(world, interview):
    def mark_one(quote: str, part: str = "", **values) -> Excerpt:
        text = interview.answers.get(item_key=part).text if part else interview.text
        start = text.index(quote)
        given = {"coder": world.here.users["evaluator"], "start": start, "end": start + len(quote)}
        return Excerpt.objects.create(
            evaluation=interview.evaluation, interview=interview, part=part, quote=quote, **given | values
        )

    return mark_one


def write(interview, text=None, **answers):
    return write_texts(
        interview=interview,
        text=interview.text if text is None else text,
        answers={"kendala": "Suharto bilang anggaran kecil."} | answers,
    )


def again(row):
    row.refresh_from_db()
    return row


def place_of(excerpt) -> tuple[int, int, str, bool]:
    again(excerpt)
    return (excerpt.start, excerpt.end, excerpt.quote, excerpt.is_lost)


def names(*extra: str) -> Names:
    return Names([Known(name) for name in ("Budi Santoso", "Suharto", *extra)])


# --- Written anew ----------------------------------------------------------------------


def test_passages_move_with_their_words(interview, mark):
    excerpt = mark("jadwal padat")
    assert write(interview, f"Pembuka. {TEXT}") == []
    start = TEXT.index("jadwal padat") + 9
    assert place_of(excerpt) == (start, start + 12, "jadwal padat", False)


def test_a_passage_whose_words_went_is_flagged_and_keeps_them(interview, mark):
    excerpt = mark("jadwal padat")
    assert write(interview, TEXT.replace("padat", "longgar")) == [excerpt]
    assert place_of(excerpt)[2:] == ("jadwal padat", True)


def test_passages_of_an_answer_follow_the_answer(interview, mark):
    kept, gone = mark("anggaran kecil", "kendala"), mark("Suharto bilang", "kendala")
    assert write(interview, kendala="Kata saya anggaran kecil.") == [gone]
    assert place_of(kept) == (10, 24, "anggaran kecil", False)


def test_an_answer_that_is_emptied_is_none_and_its_passages_are_lost(interview, mark):
    gone = mark("anggaran", "kendala")
    assert write(interview, kendala="") == [gone]
    assert not interview.answers.exists()


def test_passages_may_take_the_places_of_each_other(world, interview, mark):
    """Each moves by the length of one, onto where its neighbour stood a moment ago."""
    interview.text = "satu dua! tiga empat"
    interview.save()
    first, second, third = mark("satu "), mark("dua! "), mark("tiga ")
    write(interview, "nol! satu dua! tiga empat")
    assert [place_of(one)[0] for one in (first, second, third)] == [5, 10, 15]


def test_a_lost_passage_does_not_hold_its_place(interview, mark):
    lost = mark("jadwal padat", is_lost=True)
    again_there = mark("jadwal padat")
    assert write(interview, f"{TEXT} Sudah.") == []
    assert (again(lost).is_lost, again(again_there).is_lost) == (True, False)


def test_a_lost_passage_is_found_again_when_its_words_come_back(interview, mark):
    excerpt, twice = mark("jadwal padat"), mark("Budi lelah")
    write(interview, "Kosong.")
    assert write(interview, f"Lagi: {TEXT} Budi lelah.") == []
    assert place_of(excerpt) == (
        TEXT.index("jadwal padat") + 6,
        TEXT.index("jadwal padat") + 18,
        excerpt.quote,
        False,
    )
    assert again(twice).is_lost  # its words stand in two places: somebody has to say which


def test_a_lost_passage_does_not_come_back_onto_another(interview, mark):
    lost = mark("jadwal padat", is_lost=True)
    mark("jadwal padat")
    write(interview, f"{TEXT} Sudah.")
    assert again(lost).is_lost


def test_what_was_said_stands_in_no_journal(interview, world):
    finding = make_finding(world.here, source=interview, quote="jadwal padat")
    write(interview, "Rahasia besar.", kendala="Juga rahasia.")
    requote_evidence(evidence=finding.evidence.get(), quote="Rahasia besar")
    entries = list(LogEntry.objects.unscoped("test"))
    assert [entry.additional_data["note"] for entry in entries if (entry.additional_data or {}).get("note")] == [
        "isi wawancara diubah"
    ]
    told = " ".join(f"{entry.changes} {entry.object_repr}" for entry in entries)
    assert "ahasia" not in told
    assert "jadwal padat" not in told


def test_a_finding_may_quote_an_answer(world, interview):
    finding = make_finding(world.here, source=interview, quote="anggaran  kecil")
    assert finding.evidence.get().quote == "anggaran kecil"


# --- Lost and placed again -------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "part", "start"), [("Budi lelah", "", 60), ("anggaran kecil", "kendala", 15), ("Suharto", "", 72)]
)
def test_a_lost_passage_is_placed_again(interview, mark, quote, part, start):
    excerpt = mark("jadwal padat", is_lost=True)
    place_again(excerpt=excerpt, quote=quote)
    assert place_of(excerpt) == (start, start + len(quote), quote, False)
    assert excerpt.part == part


def test_of_several_places_the_nearest_is_taken(interview, mark):
    excerpt = mark("Budi lelah", is_lost=True)
    place_again(excerpt=excerpt, quote="Budi")
    assert again(excerpt).start == TEXT.index("Budi lelah")


def test_what_cites_a_passage_says_what_it_says(world, interview, mark):
    excerpt = mark("jadwal padat", is_lost=True)
    evidence = make_finding(world.here, source=interview, quote="jadwal padat").evidence.get()
    evidence.finding.evidence.update(excerpt=excerpt)
    case = CaseEvidence.objects.create(
        case_study=make_case_study(world.here.evaluation),
        interview=interview,
        excerpt=excerpt,
        quote="jadwal padat",
    )
    place_again(excerpt=excerpt, quote="Budi lelah")
    assert (again(evidence).quote, again(case).quote) == ("Budi lelah", "Budi lelah")


@pytest.mark.parametrize("quote", ["tidak pernah dikatakan", "  "])
def test_words_that_are_nowhere_are_refused(interview, mark, quote):
    excerpt = mark("jadwal padat", is_lost=True)
    with pytest.raises(ValidationError, match="tidak ada dalam teks"):
        place_again(excerpt=excerpt, quote=quote)
    assert again(excerpt).is_lost


def test_one_coder_marks_one_place_once(interview, mark):
    mark("Budi lelah")
    excerpt = mark("jadwal padat", is_lost=True)
    with pytest.raises(ValidationError, match="sudah ditandai"):
        place_again(excerpt=excerpt, quote="Budi lelah")


# --- Masked ----------------------------------------------------------------------------


def test_names_and_nips_are_masked_in_every_text_at_once(interview):
    assert mask_people(interview=interview, names=names(), chosen={"budi santoso", "suharto", NIP_KEY}) == 5
    again(interview)
    # Answers are read before the transcript, so Suharto is met first.
    assert interview.text == "[nama 2] (NIP [NIP]) berkata jadwal padat. [nama 2] lelah. [nama 1] setuju."
    assert interview.answers.get().text == "[nama 1] bilang anggaran kecil."
    assert interview.revision == 2


def test_passages_stand_on_their_words_after_masking(interview, mark):
    kept, named, half = mark("jadwal padat"), mark("Budi lelah"), mark("Santoso (NIP")
    mask_people(interview=interview, names=names(), chosen={"budi santoso", "suharto", NIP_KEY})
    again(interview)
    for excerpt, quote in ((kept, "jadwal padat"), (named, "[nama 2] lelah"), (half, "[nama 2] (NIP")):
        start, end, said, is_lost = place_of(excerpt)
        assert (said, is_lost) == (quote, False)
        assert interview.text[start:end] == quote


def test_quotes_are_masked_wherever_they_stand(world, interview, mark):
    by_words = make_finding(world.here, source=interview, quote="Santoso (NIP").evidence.get()
    pinned = make_finding(world.here, source=interview, quote="Budi lelah", statement="Lelah").evidence.get()
    pinned.finding.evidence.update(excerpt=mark("Budi lelah"))
    gone = make_finding(world.here, source=interview, quote="Suharto setuju", statement="Setuju").evidence.get()
    gone.finding.evidence.update(quote="Kata Suharto dulu")
    lost = mark("jadwal padat", is_lost=True)
    interview.excerpts.filter(pk=lost.pk).update(quote="kata Suharto lama")
    case = CaseEvidence.objects.create(
        case_study=make_case_study(world.here.evaluation), interview=interview, quote="Suharto setuju"
    )
    mask_people(interview=interview, names=names(), chosen={"budi santoso", "suharto"})
    assert again(by_words).quote == "[nama 2] (NIP"
    assert again(pinned).quote == "[nama 2] lelah"
    assert again(gone).quote == "Kata [nama 1] dulu"
    assert again(lost).quote == "kata [nama 1] lama"
    assert again(case).quote == "[nama 1] setuju"


def test_two_passages_inside_one_name_become_one_with_both_themes(world, interview, mark):
    first, second = mark("Budi Santoso"), mark("Santoso")
    themes = [
        Theme.objects.create(evaluation=interview.evaluation, key=key, kind="dampak", name=key) for key in "ab"
    ]
    Coding.objects.create(excerpt=first, theme=themes[0])
    for theme in themes:
        Coding.objects.create(excerpt=second, theme=theme)
    evidence = make_finding(world.here, source=interview, quote="Santoso").evidence.get()
    evidence.finding.evidence.update(excerpt=second)
    mask_people(interview=interview, names=names(), chosen={"budi santoso"})
    kept = interview.excerpts.get()
    assert (kept.quote, sorted(kept.themes.values_list("key", flat=True))) == ("[nama 1]", ["a", "b"])
    assert (again(evidence).excerpt, evidence.quote) == (kept, "[nama 1]")


def test_nothing_is_masked_that_was_not_chosen(interview):
    assert mask_people(interview=interview, names=names(), chosen={"orang lain"}) == 0
    assert (again(interview).text, interview.revision) == (TEXT, 1)


def test_evidence_is_added_to_a_masked_text_as_before(world, interview):
    mask_people(interview=interview, names=names(), chosen={"budi santoso"})
    finding = make_finding(world.here)
    assert add_evidence(finding=finding, source=again(interview), quote="[nama 1] lelah").quote == "[nama 1] lelah"
