"""The registry of civil servants."""

URLS: dict[str, tuple[str, str | None]] = {}
