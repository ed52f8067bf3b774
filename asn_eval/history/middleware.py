from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from asn_eval.history.context import Deed, doing


class HistoryMiddleware:
    """What a request writes is the deed of its user, who is loaded only when something is written.

    auditlog's own middleware would load the user of every request and connect a signal for each.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with doing(Deed(actor=request.user)):
            return self.get_response(request)
