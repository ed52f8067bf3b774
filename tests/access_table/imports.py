"""Files that come in."""

URLS: dict[str, tuple[str, str | None]] = {
    "roster_upload": ("AS", "program"),
    "roster_template": ("AS", "program"),
}
