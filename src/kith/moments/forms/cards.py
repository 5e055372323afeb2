"""The form of a card."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.moments.forms.fields import (
    NotingForm,
    Things,
    as_text,
    line,
    moment_label,
    text,
)
from kith.moments.nouns import OCCASIONS, Card, Moment
from kith.records.readings import Entry


class CardForm(NotingForm):
    """What is on a card for others: all of it chosen one by one."""

    called = line(
        _("What you want to be called"),
        _("It stands on the card: “From A.” Leave it empty if you like."),
    )
    occasion = forms.ChoiceField(
        label=_("What it is for"),
        choices=[*OCCASIONS.items(), ("", _("Nothing in particular"))],
        required=False,
        widget=forms.RadioSelect,
    )
    practices = Things(_("Things you do"))
    words = text(_("Something in your own words"), _("For whoever reads the card."), rows=4)
    moments = Things(_("Moments"), _("Their words are printed as you wrote them."))

    def __init__(
        self,
        data: Any = None,
        *,
        practices: Mapping[UUID, str],
        offered: Iterable[Entry[Moment]],
        entry: Entry[Card] | None = None,
    ) -> None:
        super().__init__(data, initial=_card_initial(entry) if entry else {})
        labels = {one.thing: moment_label(one) for one in offered}
        self.offer("practices", lambda: practices)
        self.offer("moments", lambda: labels)
        self.without_empty("practices", "moments")

    def noun(self) -> Card:
        """The card. Call when the form is valid."""
        told = self.cleaned_data
        return Card(
            called=told["called"],
            practices=self.chosen("practices"),
            moments=self.chosen("moments"),
            words=told["words"],
            occasion=told["occasion"],
        )


def _card_initial(entry: Entry[Card]) -> dict[str, Any]:
    noun = entry.noun
    return {
        "called": noun.called,
        "practices": as_text(noun.practices),
        "moments": as_text(noun.moments),
        "words": noun.words,
        "occasion": noun.occasion,
    }
