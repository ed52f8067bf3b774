"""Where the last line of a mail leads: no more of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evaluations.actions.mailing import block_address
from evaluations.models import Invitation, MailBlock
from evaluations.views.respondent_pages import for_respondents, searchable, unknown_link


@for_respondents
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once; a POST, also that of a mail program (RFC 8058), stops all mails to the address."""
    invitations = Invitation.objects.unscoped("the token itself is the right to this row")
    invitation = (
        invitations.select_related("survey__evaluation__program__organizer", "enrollment__person", "respondent")
        .filter(token=searchable(token))
        .first()
    )
    if invitation is None:
        return unknown_link(request)
    is_stopped = request.method == "POST"
    if is_stopped and invitation.addressee_email:
        block_address(email=invitation.addressee_email, reason=MailBlock.Reason.REFUSED)
    return render(
        request,
        "evaluations/respondent_mail_stop.html",
        {"survey": invitation.survey, "token": invitation.token, "is_stopped": is_stopped},
    )
