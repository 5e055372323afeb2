"""Forms for cards of words: typing one, choosing a way in with it, making one."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kith.base.problems import Missing
from kith.people.models import CardOfWords, Person
from kith.people.signin import tries, words
from kith.people.signin.forms import (
    NewPassphrase,
    SharedField,
    fit,
    mind_shared_device,
    try_at_address,
)
from kith.people.signin.handles import NamedForm
from kith.web.forms import PlainForm

PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class TypeWords(PlainForm):
    """The six words of a card."""

    words = forms.CharField(
        label=_("The six words on your card"),
        help_text=_("With spaces between them. The first four letters of each are enough."),
        max_length=200,
        widget=forms.TextInput(attrs=PLAIN),
    )

    def __init__(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.request = request
        self.card: CardOfWords | None = None

    def clean_words(self) -> str:
        found, strange = words.read(self.cleaned_data["words"])
        if strange:
            told = now_in_words("%(word)s is not on any card. Look at the card again.")
            raise forms.ValidationError(told % {"word": strange[0]})
        if len(found) != words.COUNT:
            raise forms.ValidationError(_how_many(len(found)))
        self.card = self._card(found)
        return ""

    def _card(self, found: list[str]) -> CardOfWords:
        mark = try_at_address(self.request)
        try:
            card = words.in_force(found)
        except Missing:
            raise forms.ValidationError(
                _("We do not know these words, or their time is over. Look at the card again.")
            ) from None
        tries.give_back(mark)
        return card


class StartWithPassphrase(NamedForm):
    """A name, unless one has it already, and a passphrase."""

    takes_name = True
    passphrase = NewPassphrase()
    shared = SharedField()

    def __init__(self, request: HttpRequest, card: CardOfWords, *args: Any) -> None:
        super().__init__(*args)
        self.card, self.person = card, card.person
        mind_shared_device(self, request)
        if card.person:
            self.without_name()

    def asks(self) -> str:
        return f"card {self.card.id}"

    def clean_passphrase(self) -> str:
        handle = self.person.handle if self.person else self.data.get("handle")
        return fit(self.cleaned_data["passphrase"], self.person or Person(), handle)


class StartWithPasskey(NamedForm):
    """A name for one who comes in with a passkey, so that keepers can help if it is lost."""

    def __init__(self, card: CardOfWords, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.card = card

    def asks(self) -> str:
        return f"card {self.card.id}"


class MakeCard(PlainForm):
    """Whom a card of words lets in, and for how long."""

    part = forms.ChoiceField(
        label=_("Who is the card for"),
        choices=[
            ("guest", _("Someone who stays, visits or takes part")),
            ("team", _("Someone who works here")),
        ],
        widget=forms.RadioSelect,
        initial="guest",
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work"),
        choices=[(1, _("One day")), (3, _("Three days")), (14, _("Two weeks"))],
        coerce=int,
        widget=forms.RadioSelect,
        initial=3,
    )


class Vouch(PlainForm):
    """The sign-in name of someone who stands before a keeper."""

    name = forms.CharField(
        label=_("The name they sign in with"),
        help_text=_("Ask them. They are in the room with you, and you know who they are."),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
    )


def _how_many(found: int) -> str:
    return ngettext(
        "There are six words on the card. This is %(n)d.",
        "There are six words on the card. These are %(n)d.",
        found,
    ) % {"n": found}
