"""What one can say about a drawing, and take in for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kith.base.problems import Invalid
from kith.maps.nouns import By, Talk
from kith.maps.talk.telling import BY_WHOM, STRENGTHS, Named
from kith.media.forms import PictureField, SoundField
from kith.web.forms import KeepForm, PlainForm

Groups = Sequence[tuple[str, list[Named]]]
ANEW = ("said", "described")
"""The kinds between which a note may move; what someone makes of it stays apart."""


def about_field() -> forms.TypedChoiceField:
    """What it is about: the whole map, or something on the paper."""
    return forms.TypedChoiceField(
        label=_("About"), required=False, coerce=UUID, empty_value=None, widget=forms.Select
    )


def by_field() -> forms.ChoiceField:
    """What sort of words they are."""
    return forms.ChoiceField(
        label=_("These are words of"),
        choices=[(by, BY_WHOM[by]) for by in ANEW],
        initial="said",
        widget=forms.RadioSelect,
    )


def words_field(rows: int = 6) -> forms.CharField:
    """The words themselves."""
    return forms.CharField(
        label=_("Words"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"class": "big", "rows": rows}),
    )


def whole(groups: Groups) -> list[Any]:
    """What can be chosen: the whole map first."""
    return [("", _t("The whole map")), *groups]


class TalkForm(KeepForm):
    """Words, a sound, or both; about the whole or about something on the paper."""

    by = by_field()
    about = about_field()
    words = words_field()
    sound = SoundField(required=False)

    def __init__(self, groups: Groups, *args: Any, by: By | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["about"].choices = whole(groups)  # type: ignore[attr-defined]
        self.fixed = by
        if by:
            del self.fields["by"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        silent = not told.get("words", "").strip() and not told.get("sound")
        if silent and "sound" in self.fields and not self.errors.get("sound"):
            self.add_error("words", _t("A few words, or a sound."))
        return told

    def said(self) -> Talk:
        """What was filled in, without its sound."""
        told = self.cleaned_data
        by: By = self.fixed or told["by"]
        return Talk(by, about=told["about"] or None, words=told["words"].strip())

    @property
    def heard(self) -> bytes:
        """The sound that came with it, if any."""
        data: bytes = self.cleaned_data.get("sound") or b""
        return data


class AnewForm(TalkForm):
    """A note said anew. Its sound stays as it is."""

    def __init__(self, groups: Groups, *args: Any, has_sound: bool, **named: Any) -> None:
        super().__init__(groups, *args, **named)
        del self.fields["sound"]
        self.fields["words"].required = not has_sound


class PasteForm(PlainForm):
    """A longer text, such as a transcript."""

    text = forms.CharField(
        label=_("The text"),
        help_text=_("A blank line begins a new part. You can say what each part is about next."),
        max_length=200_000,
        widget=forms.Textarea(attrs={"class": "big", "rows": 12}),
    )


class PartForm(KeepForm):
    """One part of a pasted text."""

    words = words_field(rows=4)
    by = by_field()
    about = about_field()

    def __init__(self, groups: Groups, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["about"].choices = whole(groups)  # type: ignore[attr-defined]

    def part(self) -> tuple[UUID, Talk] | None:
        """The part and the id it is to have; None where its words were taken out."""
        told = self.cleaned_data
        if not told["words"].strip():
            return None
        said = Talk(told["by"], about=told["about"] or None, words=told["words"].strip())
        return self.record_id, said


def part_forms(groups: Groups, data: Any = None, texts: Sequence[str] = ()) -> list[PartForm]:
    """A form for each part: of these texts, or of as many as were sent. Raises Invalid."""
    if data is None:
        return [
            PartForm(groups, None, prefix=f"p{at}", initial={"words": text})
            for at, text in enumerate(texts)
        ]
    try:
        sent = min(int(data.get("parts", "0")), 100)
    except ValueError:
        raise Invalid("not-a-choice") from None
    return [PartForm(groups, data, prefix=f"p{at}") for at in range(sent)]


class PhotoForm(KeepForm):
    """A photo of a paper map, and how strongly it shows through."""

    picture = PictureField(label=_("The photo"))
    strength = forms.ChoiceField(
        label=_("How strongly it shows"),
        choices=list(STRENGTHS.items()),
        initial="faint",
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )


class StrengthForm(PlainForm):
    """How strongly the photo shows through."""

    strength = forms.ChoiceField(
        label=_("How strongly it shows"),
        choices=list(STRENGTHS.items()),
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )


class FaceForm(KeepForm):
    """A small picture for a figure."""

    picture = PictureField(label=_("The picture"))


class PromptsForm(KeepForm):
    """The prompts of one touchpoint, a line each."""

    lines = forms.CharField(
        label=_("Prompts, one on each line"),
        max_length=6_500,
        required=False,
        widget=forms.Textarea(attrs={"class": "big", "rows": 8}),
    )
