"""Forms for coming in and being asked again."""

import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kith.people.models import Person
from kith.people.signin import tries
from kith.people.signin.coming_in import is_shared_device, known_as
from kith.people.signin.handles import NamedForm
from kith.web.forms import PlainForm


class Passphrase(forms.CharField):
    """A passphrase, never shortened; the same signs typed on another keyboard are the same."""

    complete = "current-password"

    def __init__(self, **named: Any) -> None:
        words = {"data-show": _("Show what I type"), "data-hide": _("Hide it")}
        widget = forms.PasswordInput(attrs={"autocomplete": self.complete, **words})
        super().__init__(**{"widget": widget, "strip": False, "max_length": 4096, **named})

    def to_python(self, value: Any) -> Any:
        return unicodedata.normalize("NFKC", super().to_python(value) or "")


class NewPassphrase(Passphrase):
    """A passphrase that is chosen now."""

    complete = "new-password"

    def __init__(self, **named: Any) -> None:
        told = _("At least eight signs. A few words you will remember work well.")
        super().__init__(**{"label": _("A passphrase"), "help_text": told, **named})


class SharedField(forms.BooleanField):
    """Whether other people use this device too."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Other people use this device too"),
            help_text=_("Then it closes after a minute without a touch."),
            required=False,
        )


def mind_shared_device(form: forms.Form, request: HttpRequest) -> None:
    """Where a keeper said that a device is shared, nothing is asked and no name is remembered."""
    if is_shared_device(request):
        form.fields.pop("shared", None)
        for field in form.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class KeyIn(PlainForm):
    """What goes with a passkey."""

    shared = SharedField()

    def __init__(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        mind_shared_device(self, request)


class KeyName(PlainForm):
    """What someone calls a passkey of theirs."""

    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("So that you know which it is: my phone, the laptop at home."),
        max_length=60,
    )


class KnowsItIsLost(forms.BooleanField):
    """Said by whoever takes away the last key to what is only theirs."""

    def __init__(self, **named: Any) -> None:
        super().__init__(
            label=_("I know that nothing opens it then, and nobody can bring it back"),
            error_messages={"required": _("Say that you know, or go back.")},
            **named,
        )


class TakeAway(PlainForm):
    """Before the last key to what is only theirs goes."""

    lost = KnowsItIsLost()


class Sure(PlainForm):
    """The passphrase of one person, once more."""

    passphrase = Passphrase(label=_("Your passphrase"))

    def __init__(self, person: Person, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.person = person

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        refuse_wrong(self.person, passphrase)
        return passphrase


class Choose(NamedForm):
    """A sign-in name and a new passphrase; who has one already types it too."""

    now = Passphrase(label=_("Your passphrase as it is now"), required=False)
    passphrase = NewPassphrase(label=_("A new passphrase"))

    def __init__(self, person: Person, sure: bool, *args: Any, **named: Any) -> None:
        super().__init__(*args, initial={"handle": person.handle} if person.handle else {}, **named)
        self.person, self.sure = person, sure
        if person.handle:
            self.fields["handle"].help_text = _("It need not be your real name.")
        if not person.has_usable_password():
            del self.fields["now"]

    def asks(self) -> str:
        return f"person {self.person.pk}"

    def is_own(self, handle: str) -> bool:
        return handle.casefold() == (self.person.handle or "").casefold()

    def clean_now(self) -> str:
        now: str = self.cleaned_data["now"]
        if not now and self.sure and self.person.keys_in().exists():
            return now
        refuse_wrong(self.person, now)
        return now

    def clean_passphrase(self) -> str:
        return fit(self.cleaned_data["passphrase"], self.person, self.data.get("handle"))


class SignIn(PlainForm):
    """Name and passphrase. One answer for a wrong name and a wrong passphrase."""

    username = forms.CharField(
        label=_("Your sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = Passphrase(label=_("Passphrase"))
    shared = SharedField()

    def __init__(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.request = request
        self.person: Person | None = None
        mind_shared_device(self, request)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors:
            self.person = self._person(told["username"], told["password"])
        return told

    def _person(self, name: str, passphrase: str) -> Any:
        known = known_as(self.request, name)
        whose = tries.hashed("known", known) if known else tries.hashed("name", name.casefold())
        refuse_while_waiting(tries.take(whose))
        here = try_at_address(self.request)
        person = authenticate(self.request, username=name, password=passphrase)
        if person is None:
            raise forms.ValidationError(
                _("That name and passphrase do not belong together. Try once more.")
            )
        tries.forget(whose)
        tries.give_back(here)
        return person


def fit(passphrase: str, person: Person, handle: str | None) -> str:
    """The passphrase, if it may be chosen. Raises ValidationError else."""
    validate_password(passphrase, Person().named(person.called, handle))
    return passphrase


def refuse_wrong(person: Person, passphrase: str) -> None:
    """Raises ValidationError unless this is the person's passphrase; counts the try."""
    mark = tries.hashed("sure", str(person.pk))
    refuse_while_waiting(tries.take(mark))
    if not person.check_password(passphrase):
        raise forms.ValidationError(_("That is not your passphrase. Try once more."))
    tries.forget(mark)


def try_at_address(request: HttpRequest) -> str:
    """Count one try for the address it comes from: many, because a whole ward shares one.

    Returns the mark to give it back with when it was right. Raises ValidationError to wait.
    """
    mark = tries.hashed("address", str(request.META.get("REMOTE_ADDR", "")))
    refuse_while_waiting(tries.take(mark, tries.FREE_AT_ADDRESS))
    return mark


def refuse_while_waiting(wait: timedelta) -> None:
    """Raises ValidationError, with how long it takes, while one has to wait."""
    seconds = -(-wait // timedelta(seconds=1))
    if seconds > 0:
        raise forms.ValidationError(
            ngettext(
                "There were several wrong tries. Wait %(seconds)d second, then try again.",
                "There were several wrong tries. Wait %(seconds)d seconds, then try again.",
                seconds,
            )
            % {"seconds": seconds}
        )
