"""Fields for a picture and a sound: what is chosen or recorded, as its bytes."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kith.base.problems import Invalid, Problem
from kith.media.nouns import LARGEST
from kith.media.pictures import HEAVIEST, picture
from kith.media.sounds import sound
from kith.web.sentences import plainly


class _MediaField(forms.FileField):
    """A file that is read once and checked at once; its value is its bytes."""

    most = 0
    too_large = ""

    def clean(self, data: Any, initial: Any = None) -> bytes:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return b""
        content: bytes = file.read(self.most + 1)
        try:
            self.look(content)
        except Problem as problem:
            raise forms.ValidationError(str(plainly(problem).what)) from None
        return content

    def look(self, content: bytes) -> None:
        """Raises Invalid for what is not taken."""
        raise Invalid("picture-unreadable")


class PictureField(_MediaField):
    """A picture: chosen, or taken with the phone's own camera."""

    most = HEAVIEST
    widget = forms.FileInput(attrs={"accept": "image/*", "data-picture": ""})

    def __init__(self, **named: Any) -> None:
        hint = _("It is made smaller, and kept without where or when it was taken.")
        super().__init__(**{"help_text": hint, **named})

    def look(self, content: bytes) -> None:
        picture(content, side=8)


class SoundField(_MediaField):
    """A sound, as the recorder of the page makes it."""

    most = LARGEST
    widget = forms.FileInput(attrs={"accept": "audio/*", "data-sound": ""})

    def __init__(self, **named: Any) -> None:
        super().__init__(**{"label": _("A sound"), **named})

    def look(self, content: bytes) -> None:
        sound(content)
