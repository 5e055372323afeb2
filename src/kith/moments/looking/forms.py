"""The form to look for moments."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.moments.forms.fields import line
from kith.moments.looking.readings import Wanted
from kith.moments.nouns import Practice
from kith.records.readings import Entry
from kith.web.forms import PlainForm


class LookForm(PlainForm):
    """What to look for. What one types travels in the body alone, also from page to page."""

    words = line(_("Words in it"))
    whom = forms.ChoiceField(label=_("With whom or what"), required=False)
    place = line(_("Where it was"))
    practice = forms.ChoiceField(label=_("Part of something you do"), required=False)
    until = forms.DateField(required=False, widget=forms.HiddenInput)

    WANTS = ("words", "whom", "place", "practice")

    def __init__(
        self,
        data: Any = None,
        *,
        figures: Mapping[UUID, str],
        practices: Mapping[UUID, Entry[Practice]],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.practices = practices
        names = {thing: entry.noun.name for thing, entry in practices.items()}
        self._offer("whom", figures, gettext("Anyone"))
        self._offer("practice", names, gettext("Anything"))

    def _offer(self, name: str, things: Mapping[UUID, str], any_of_them: str) -> None:
        """Offer these to choose one of; with nothing to choose from there is no such field."""
        if not things:
            del self.fields[name]
            return
        told = [(str(thing), called) for thing, called in things.items()]
        self.fields[name].choices = [("", any_of_them), *told]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors and not any(told.get(name) for name in self.WANTS):
            self.add_error("words", _("Write or choose something to look for."))
        return told

    def wanted(self) -> Wanted:
        """What the form says. Call when it is valid."""
        told = self.cleaned_data
        whom, practice = told.get("whom"), told.get("practice")
        return Wanted(
            words=told["words"],
            place=told["place"],
            whom=frozenset([UUID(whom)] if whom else ()),
            practice=self.practices[UUID(practice)] if practice else None,
        )
