"""Saying something about a relationship: for each question words, or one of the other answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kith.maps.bonds.items import Asked
from kith.maps.nouns import Perspective, Said, Standing
from kith.maps.us import STANDINGS
from kith.web.forms import KeepForm

STANDS = "_stands"


@dataclass(frozen=True, slots=True)
class Question:
    """One question on the page, with its two fields."""

    asked: Asked
    words: BoundField
    stands: BoundField


class SayForm(KeepForm):
    """Answers to some questions. A question that is passed over was not come to."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        asked: Iterable[Asked],
        said: Perspective = Perspective(),  # noqa: B008
        *,
        seen: UUID | None = None,
        on: UUID | None = None,
    ) -> None:
        super().__init__(data, initial={"seen": seen, "on": on})
        self.asked = list(asked)
        for one in self.asked:
            self._ask(one, said.on(one.item))

    def _ask(self, one: Asked, said: Said) -> None:
        self.fields[one.item] = forms.CharField(
            label=_("In your words"),
            max_length=2000,
            required=False,
            initial=said.words,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields[one.item + STANDS] = forms.ChoiceField(
            label=_("How it stands"),
            choices=list(STANDINGS.items()),
            required=False,
            initial="answered" if said.state == "not-asked" else said.state,
        )

    def questions(self, items: Sequence[str]) -> Iterator[Question]:
        """The questions of these items, with their fields."""
        for one in self.asked:
            if one.item in items:
                yield Question(one, self[one.item], self[one.item + STANDS])

    def told(self) -> dict[str, Said]:
        """Each answer. Without words "this is my answer" says nothing: it was not come to."""
        return {one.item: self._said(one.item) for one in self.asked}

    def _said(self, item: str) -> Said:
        words = self.cleaned_data[item]
        state: Standing = self.cleaned_data[item + STANDS] or "answered"
        return Said("not-asked" if state == "answered" and not words else state, words)
