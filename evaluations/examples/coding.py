"""Two coders have read what the interviews, observations and documents of an example say."""

from asn_eval.accounts.models import User
from evaluations.actions.themes import start_codebook
from evaluations.coded_texts import TEXT_FIELD, CodedSource, texts_of
from evaluations.examples.programs import saved
from evaluations.models import Coding, Evaluation, Evidence, Excerpt, Interview, Reading, Theme
from evaluations.passages import locate

SECOND_CODER_LEAVES_OUT = 5  # every fifth passage: two people never agree on all


def save_coding(example: dict, evaluation: Evaluation, coders: tuple[User, User]) -> None:
    """The codebook, and each quoted passage as its first coder marked it under the theme of its finding.

    The second coder read the same interviews and left some passages out, so that agreement can be shown.
    """
    themes = {theme.key: theme for theme in start_codebook(evaluation=evaluation, user=coders[0])}
    theme_of = {row["statement"]: themes[row["theme"]] for row in example["findings"]}
    quoted = evaluation_evidence(evaluation)
    for piece in quoted:
        piece.excerpt = _mark(piece.source, piece.quote, theme_of[piece.finding.statement], coders[0])
        piece.save(update_fields=["excerpt"])
    heard = [piece for piece in quoted if piece.interview_id]
    for number, piece in enumerate(heard):
        if number % SECOND_CODER_LEAVES_OUT:
            _mark(piece.source, piece.quote, theme_of[piece.finding.statement], coders[1])
    for interview in evaluation.interviews.filter(state=Interview.State.HELD):
        for coder in coders:
            saved(Reading(evaluation=evaluation, interview=interview, coder=coder))


def evaluation_evidence(evaluation: Evaluation) -> list[Evidence]:
    """The evidence that quotes a text which can be coded."""
    return [
        piece
        for finding in evaluation.findings.all()
        for piece in finding.evidence.select_related("finding", "interview", "observation", "document")
        if piece.quote and type(piece.source) in TEXT_FIELD
    ]


def _mark(source: CodedSource, quote: str, theme: Theme, coder: User) -> Excerpt:
    part, start, end, words = next(
        (text.part, *place, text.text[slice(*place)])
        for text in texts_of(source)
        if (place := locate(text.text, quote))
    )
    place = {TEXT_FIELD[type(source)]: source, "part": part, "start": start, "end": end, "coder": coder}
    excerpt = theme.evaluation.excerpts.filter(**place).first()
    if excerpt is None:
        excerpt = saved(Excerpt(evaluation=theme.evaluation, quote=words, **place))
    if not excerpt.codings.filter(theme=theme).exists():
        saved(Coding(excerpt=excerpt, theme=theme))
    return excerpt
