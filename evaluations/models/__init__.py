from evaluations.models.evaluations import EVALUATION_TRANSITIONS, Evaluation
from evaluations.models.evidence import CaseStudy, DocumentReview, IndicatorSeries, Measurement, Observation
from evaluations.models.findings import Evidence, Finding, Recommendation
from evaluations.models.instruments import Instrument, InstrumentVersion, Item
from evaluations.models.interviews import Interview
from evaluations.models.invitations import Invitation, MailBlock, Respondent, SavedAnswers
from evaluations.models.pseudonyms import PseudonymKey
from evaluations.models.responses import OpenAnswer, Response, ResponseDraft
from evaluations.models.surveys import RATERS, SURVEY_TRANSITIONS, Consent, Survey, WaveRule

__all__ = [
    "EVALUATION_TRANSITIONS",
    "RATERS",
    "SURVEY_TRANSITIONS",
    "CaseStudy",
    "Consent",
    "DocumentReview",
    "Evaluation",
    "Evidence",
    "Finding",
    "IndicatorSeries",
    "Instrument",
    "InstrumentVersion",
    "Interview",
    "Invitation",
    "Item",
    "MailBlock",
    "Measurement",
    "Observation",
    "OpenAnswer",
    "PseudonymKey",
    "Recommendation",
    "Respondent",
    "Response",
    "ResponseDraft",
    "SavedAnswers",
    "Survey",
    "WaveRule",
]
