"""Forms for opening what is only one's own."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kith.base.problems import Invalid
from kith.people.locks import opened_with_passphrase, own_keys, way_of
from kith.people.models import Person
from kith.people.only_me import sheet
from kith.people.only_me.actions import open_with_words
from kith.people.signin import tries
from kith.people.signin.forms import (
    KnowsItIsLost,
    Passphrase,
    refuse_while_waiting,
    refuse_wrong,
)
from kith.records.only_me import PASSPHRASE, WORDS
from kith.web.forms import PlainForm
from kith.web.sentences import flaw_sentences


class Open(PlainForm):
    """The passphrase; being valid means that it is open now."""

    passphrase = Passphrase(label=_("Your passphrase"))

    def __init__(self, request: HttpRequest, person: Person, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.request, self.person = request, person

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        mark = tries.hashed("open", str(self.person.pk))
        refuse_while_waiting(tries.take(mark))
        if not opened_with_passphrase(self.request, self.person, passphrase):
            raise forms.ValidationError(
                _("That does not open it. If your passphrase is a new one, try the one before it.")
            )
        tries.forget(mark)
        return passphrase


class OpenWithWords(PlainForm):
    """The words on the sheet, and the passphrase that is to open it from now on."""

    words = forms.CharField(
        label=_("The 24 words on your recovery sheet"),
        help_text=_("In their order. The first four letters of each are enough."),
        max_length=2000,
        widget=forms.Textarea(
            attrs={
                "rows": 5,
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    passphrase = Passphrase(
        label=_("Your passphrase of today"),
        help_text=_("It opens what is only yours from now on, as you sign in."),
    )

    def __init__(self, request: HttpRequest, person: Person, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.request, self.person = request, person
        if not self._takes_passphrase():
            del self.fields["passphrase"]

    def _takes_passphrase(self) -> bool:
        """Not where it is a passkey that opens it: no other way is added on the side."""
        by_keys = PASSPHRASE not in own_keys(self.person).ways() and self.person.passkeys.exists()
        return self.person.has_usable_password() and not by_keys

    def clean_words(self) -> bytes:
        try:
            return sheet.secret_of(self.cleaned_data["words"])
        except Invalid as problem:
            raise forms.ValidationError(flaw_sentences(problem.flaws)) from None

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        refuse_wrong(self.person, passphrase)
        return passphrase

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors and not open_with_words(
            self.request, self.person, told["words"], told.get("passphrase", "")
        ):
            self.add_error("words", _("These are the words of another sheet, or of an older one."))
        return told


class Less(PlainForm):
    """Which way is to open it no longer."""

    way = forms.ChoiceField(
        label=_("Which is to open it no longer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one, or go back.")},
    )
    lost = KnowsItIsLost()

    def __init__(self, person: Person, *args: Any) -> None:
        super().__init__(*args)
        theirs = own_keys(person)
        there = theirs.ways()
        choices = {PASSPHRASE: _("My passphrase")}
        choices |= {way_of(key): key.name for key in person.passkeys.order_by("made")}
        choices |= {WORDS: _("The words on my recovery sheet")}
        told = [(way, text) for way, text in choices.items() if way in there]
        self.fields["way"].choices = told  # type: ignore[attr-defined]
        self.last = any(theirs.is_last(way) for way in there)
        if not self.last:
            del self.fields["lost"]
