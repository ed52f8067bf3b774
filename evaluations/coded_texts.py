"""The texts of a source that people read and code, each with the part it is known by (see ``Excerpt.part``)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluations.models import DocumentReview, Interview, Item, Observation, OpenAnswer

CodedSource = Interview | Observation | DocumentReview | OpenAnswer
TEXT_FIELD = {
    Interview: "interview",
    Observation: "observation",
    DocumentReview: "document",
    OpenAnswer: "open_answer",
}
OPEN_TYPES = (Item.Type.SHORT_TEXT, Item.Type.TEXT)


@dataclass(frozen=True)
class CodedText:
    """One text of a source: ``part`` is its key, ``heading`` names it to people."""

    part: str
    heading: str
    text: str


def texts_of(source: CodedSource) -> list[CodedText]:
    """The texts of ``source`` that hold something, in the order in which they are read."""
    texts = _TEXTS[type(source)](source)
    return [text for text in texts if text.text]


def _of_interview(interview: Interview) -> list[CodedText]:
    answers = {answer.item_key: answer.text for answer in interview.answers.all()}
    questions = [(item.key, item.text) for item in interview.guide.items.all()] if interview.guide_id else []
    asked = {key for key, _text in questions}
    return [
        *(CodedText(key, question, answers[key]) for key, question in questions if key in answers),
        *(CodedText(key, key, text) for key, text in answers.items() if key not in asked),
        CodedText("", _("Catatan wawancara"), interview.text),
    ]


def _of_observation(observation: Observation) -> list[CodedText]:
    return [
        CodedText("before", _("Keadaan sebelum program"), observation.before),
        CodedText("after", _("Yang diamati"), observation.after),
        *_of_sheet(observation),
    ]


def _of_document(document: DocumentReview) -> list[CodedText]:
    return [CodedText("shows", _("Yang ditunjukkan dokumen"), document.shows), *_of_sheet(document)]


def _of_sheet(row: Observation | DocumentReview) -> list[CodedText]:
    if row.version_id is None:
        return []
    return [
        CodedText(item.key, item.text, str(row.sheet[item.key]))
        for item in row.version.items.all()
        if item.type in OPEN_TYPES and row.sheet.get(item.key)
    ]


def _of_open_answer(answer: OpenAnswer) -> list[CodedText]:
    return [CodedText("", _("Jawaban terbuka"), answer.text)]


_TEXTS = {
    Interview: _of_interview,
    Observation: _of_observation,
    DocumentReview: _of_document,
    OpenAnswer: _of_open_answer,
}
