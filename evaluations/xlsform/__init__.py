"""XLSForm, the spreadsheet form of ODK, KoboToolbox and SurveyCTO, in and out."""

from evaluations.xlsform.model import Note, Outcome, Problem, XlsFormError, XlsFormReading
from evaluations.xlsform.reading import read_xlsform
from evaluations.xlsform.writing import write_xlsform

__all__ = ["Note", "Outcome", "Problem", "XlsFormError", "XlsFormReading", "read_xlsform", "write_xlsform"]
