from evaluations.models.evaluations import EVALUATION_TRANSITIONS, Evaluation
from evaluations.models.evidence import CaseStudy, DocumentReview, IndicatorSeries, Measurement, Observation
from evaluations.models.findings import Evidence, Finding, Recommendation
from evaluations.models.instruments import Instrument, InstrumentVersion, Item
from evaluations.models.interviews import Interview
from evaluations.models.responses import OpenAnswer, Response, ResponseDraft
from evaluations.models.surveys import SURVEY_TRANSITIONS, Invitation, Survey

__all__ = [
    "EVALUATION_TRANSITIONS",
    "SURVEY_TRANSITIONS",
    "CaseStudy",
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
    "Measurement",
    "Observation",
    "OpenAnswer",
    "Recommendation",
    "Response",
    "ResponseDraft",
    "Survey",
]
