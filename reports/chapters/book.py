"""A report -> its chapters in the order of the field, numbered."""

from dataclasses import replace

from reports.blocks import Chapter, numbered
from reports.chapters.appendix import appendix_chapter
from reports.chapters.closing import (
    case_study_chapter,
    challenge_chapter,
    conclusion_chapter,
    recommendation_chapter,
)
from reports.chapters.earlier import earlier_chapter
from reports.chapters.method import method_chapter
from reports.chapters.opening import introduction_chapter, program_chapter, summary_chapter
from reports.chapters.results import results_chapter
from reports.contents import EvaluationReport

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def chapters_of(report: EvaluationReport) -> tuple[Chapter, ...]:
    """Summary, numbered chapters, appendix; a chapter with nothing to say is left out."""
    body = (
        introduction_chapter(report),
        program_chapter(report),
        method_chapter(report),
        results_chapter(report),
        case_study_chapter(report),
        challenge_chapter(report),
        earlier_chapter(report),
        recommendation_chapter(report),
        conclusion_chapter(report),
    )
    held = [chapter for chapter in body if chapter is not None]
    labelled = [replace(chapter, label=f"BAB {number}") for number, chapter in zip(ROMAN, held, strict=False)]
    return numbered([summary_chapter(report), *labelled, appendix_chapter(report)])
