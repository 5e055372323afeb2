"""Forms that keep records: each carries the id of what it will keep, so twice is once."""

from uuid import UUID

from django import forms

from kith.base import ids


class KeepForm(forms.Form):
    """A form whose answer becomes a record. Sent twice, it keeps one."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new)

    @property
    def record_id(self) -> UUID:
        """The id of the record that this form makes."""
        made: UUID = self.cleaned_data["id"]
        return made
