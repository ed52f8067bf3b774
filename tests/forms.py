"""Sending a form as a browser does that has opened it before."""


def send(client, url: str, typed: dict):
    """Open the page of a record, send ``typed`` with what the page itself carries; return the answer."""
    form = client.get(url).context["form"]
    return client.post(url, {"seen_revision": form["seen_revision"].value()} | typed)


def shown(form) -> list[str]:
    """The names of the fields that a person sees."""
    return [field.name for field in form.visible_fields()]
