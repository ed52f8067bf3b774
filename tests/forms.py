"""Sending a form as a browser does that has opened it before."""


def send(client, url: str, typed: dict):
    """Open the page of a record, send ``typed`` with what the page itself carries; return the answer."""
    form = client.get(url).context["form"]
    return client.post(url, {"seen_revision": form["seen_revision"].value()} | typed)


def confirm(client, url: str, **extra):
    """Open the page that asks whether a record goes, agree to all it shows, and press."""
    consent = {"goes_along": client.get(url).context["token"], "agreed": "1"}
    return client.post(url, consent, **extra)


def shown(form) -> list[str]:
    """The names of the fields that a person sees."""
    return [field.name for field in form.visible_fields()]
