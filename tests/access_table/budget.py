"""The budget of a program."""

URLS: dict[str, tuple[str, str | None]] = {}
