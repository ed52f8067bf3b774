"""Whether a certificate is valid: open to everybody who holds its address.

A token has 119 random bits, so guessing one is hopeless; a limit per address
keeps the page from being searched by a machine all the same. The page shows what
stands on the certificate and nothing besides: no NIP, no unit, no reason.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asn_eval.throttle import limited
from programs.models import Certificate

PER_MINUTE = 60  # a whole office may stand behind one address
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@login_not_required
@require_safe
@limited(PER_MINUTE)
def verify_certificate(request: HttpRequest, token: str) -> HttpResponse:
    certificates = Certificate.objects.unscoped("the token itself is the right to this row")
    certificate = certificates.filter(token=searchable(token)).first()
    status = 200 if certificate else 404
    response = render(request, "programs/certificate_verify.html", {"certificate": certificate}, status=status)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def searchable(token: str) -> str:
    """A token as it is stored; one typed from paper may have capitals, one made up may have anything."""
    plain = token.isascii() and token.isalnum() and len(token) <= Certificate._meta.get_field("token").max_length
    return token.lower() if plain else ""
