from evaluations.models.attachments import Attachment
from evaluations.models.coding import Coding, Excerpt, Reading, Theme
from evaluations.models.evaluations import EVALUATION_TRANSITIONS, Evaluation
from evaluations.models.evidence import CaseStudy, DocumentReview, Observation
from evaluations.models.findings import CaseEvidence, Evidence, Finding
from evaluations.models.indicators import IndicatorSeries, Measurement
from evaluations.models.instruments import Instrument, InstrumentVersion, Item
from evaluations.models.interviews import INTERVIEW_TRANSITIONS, Interview, InterviewAnswer
from evaluations.models.invitations import Invitation, MailBlock, Respondent, SavedAnswers
from evaluations.models.objectives import ObjectiveMeasure
from evaluations.models.pseudonyms import PseudonymKey
from evaluations.models.recommendations import (
    RECOMMENDATION_TRANSITIONS,
    DroppedProposal,
    ProgressNote,
    Proof,
    Recommendation,
    Review,
)
from evaluations.models.responses import OpenAnswer, Response, ResponseDraft
from evaluations.models.surveys import RATERS, SURVEY_TRANSITIONS, Consent, Survey, WaveRule

__all__ = [
    "EVALUATION_TRANSITIONS",
    "INTERVIEW_TRANSITIONS",
    "RATERS",
    "RECOMMENDATION_TRANSITIONS",
    "SURVEY_TRANSITIONS",
    "Attachment",
    "CaseEvidence",
    "CaseStudy",
    "Coding",
    "Consent",
    "DocumentReview",
    "DroppedProposal",
    "Evaluation",
    "Evidence",
    "Excerpt",
    "Finding",
    "IndicatorSeries",
    "Instrument",
    "InstrumentVersion",
    "Interview",
    "InterviewAnswer",
    "Invitation",
    "Item",
    "MailBlock",
    "Measurement",
    "ObjectiveMeasure",
    "Observation",
    "OpenAnswer",
    "ProgressNote",
    "Proof",
    "PseudonymKey",
    "Reading",
    "Recommendation",
    "Respondent",
    "Response",
    "ResponseDraft",
    "Review",
    "SavedAnswers",
    "Survey",
    "Theme",
    "WaveRule",
]
