"""HTML to PDF. Nothing is fetched from anywhere. Imported by functions only: WeasyPrint is slow to load."""

from weasyprint import HTML
from weasyprint.urls import URLFetcher


class DataOnlyFetcher(URLFetcher):
    """Refuses everything that does not stand in the document itself."""

    def __init__(self):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)


def write_pdf(html: str) -> bytes:
    """A tagged PDF/UA document; the same page gives the same bytes."""
    return HTML(string=html, url_fetcher=DataOnlyFetcher()).write_pdf(pdf_variant="pdf/ua-1")
