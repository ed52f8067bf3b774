"""How often one address may open a page that needs no account. Counted in the cache that all processes share."""

import time
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

MINUTE = 60  # seconds
NETWORK_OF_ONE = 64  # bits of an IPv6 address that one household or office shares


def limited(per_minute: int) -> Callable:
    """Let one address open the view that often in a minute; beyond that it gets a page that says so."""

    def limit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            now = time.time()
            if _count(view.__name__, request, int(now // MINUTE)) <= per_minute:
                return view(request, *args, **kwargs)
            response = render(request, "429.html", status=429)
            response["Retry-After"] = str(MINUTE - int(now % MINUTE))
            response["Cache-Control"] = "no-store"
            return response

        return page

    return limit


def _count(name: str, request: HttpRequest, minute: int) -> int:
    """How often this address came in this minute, this time included."""
    # The address itself is stored nowhere: only a mark of it, and that for two minutes.
    sender = salted_hmac("asn_eval.throttle", _sender(request)).hexdigest()
    key = f"throttle:{name}:{minute}:{sender}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # it was swept out between the two
        return 1


def _sender(request: HttpRequest) -> str:
    """Who asks, as sign-in counts it: behind as many proxies as the settings trust."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except ValueError as error:  # as without any address, for which the adapter raises the same
        raise PermissionDenied from error
    if isinstance(address, IPv6Address):
        return str(ip_network((address, NETWORK_OF_ONE), strict=False))
    return str(address)
