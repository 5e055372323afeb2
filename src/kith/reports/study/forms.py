"""What sort of file a study's tables are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.reports.packing import has_parquet
from kith.web.forms import PlainForm

FORMS = [("csv", _("Tables (CSV)")), ("parquet", _("Tables (Parquet)"))]


class TablesForm(PlainForm):
    """A file of what a study is shown."""

    form = forms.ChoiceField(
        label=_("What sort of file"), choices=[], initial="csv", widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        there = [one for one in FORMS if one[0] != "parquet" or has_parquet()]
        self.fields["form"].choices = there  # type: ignore[attr-defined]
