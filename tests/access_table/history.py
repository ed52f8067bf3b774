"""Who changed what and when."""

URLS: dict[str, tuple[str, str | None]] = {}
