"""Forms that keep records: each carries the id of what it will keep, so twice is once."""

from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kith.base import ids
from kith.base.problems import Invalid

_DJANGOS_OWN = forms.Field.default_error_messages["required"]
EMPTY = _("Something is missing here. A few words are enough.")


class PlainForm(forms.Form):
    """A form that says in plain words what is missing."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for field in self.fields.values():
            if field.error_messages["required"] is _DJANGOS_OWN:
                field.error_messages["required"] = EMPTY


class KeepForm(PlainForm):
    """A form whose answer becomes a record. Sent twice, it keeps one."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new)

    @property
    def record_id(self) -> UUID:
        """The id of the record that this form makes."""
        made: UUID = self.cleaned_data["id"]
        return made


def as_posted(body: Mapping[str, Any], **more: Any) -> MultiValueDict[str, str]:
    """What a device kept of a form, as a form takes it: each field with its value or values."""
    told = {**body, **{name: str(value) for name, value in more.items()}}
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in told.items()}
    )


def as_files(body: Mapping[str, Any], *names: str) -> dict[str, SimpleUploadedFile]:
    """The files a device kept of a form, as a form takes them. Raises Invalid."""
    sent = [name for name in names if body.get(name)]
    return {name: SimpleUploadedFile(name, bytes_of(body, name)) for name in sent}


def bytes_of(body: Mapping[str, Any], name: str) -> bytes:
    """What a device kept as text of its bytes. Raises Invalid."""
    try:
        return b64decode(str(body.get(name, "")), validate=True)
    except (Error, ValueError):
        raise Invalid("not-as-it-is") from None
