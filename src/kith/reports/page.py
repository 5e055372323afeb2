"""The report as one HTML file; its style and fonts lie beside it in the folder `look`."""

from django.template.loader import render_to_string

from kith.reports.document import Document
from kith.reports.said import sentences


def as_html(document: Document) -> str:
    """The report as a page of its own, with no address but those beside it."""
    told = {"report": document, "said": sentences(document), "themes": document.theme_names}
    return render_to_string("reports/file.html", told)
