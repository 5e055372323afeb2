"""Forms for coming in and being asked again."""

import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kith.people.models import Person
from kith.people.signin import tries
from kith.web.forms import PlainForm


class Passphrase(forms.CharField):
    """A passphrase, never shortened; the same signs typed on another keyboard are the same."""

    def __init__(self, *, new: bool = False, **named: Any) -> None:
        complete = "new-password" if new else "current-password"
        widget = forms.PasswordInput(attrs={"autocomplete": complete})
        super().__init__(**{"widget": widget, "strip": False, "max_length": 4096, **named})

    def to_python(self, value: Any) -> Any:
        return unicodedata.normalize("NFKC", super().to_python(value) or "")


class Sure(PlainForm):
    """The passphrase of one person, once more."""

    passphrase = Passphrase(label=_("Your passphrase"))

    def __init__(self, person: Person, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.person = person

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        mark = tries.hashed("sure", str(self.person.pk))
        refuse_while_waiting(tries.take(mark))
        if not self.person.check_password(passphrase):
            raise forms.ValidationError(_("That is not your passphrase. Try once more."))
        tries.forget(mark)
        return passphrase


class SignIn(PlainForm):
    """Name and passphrase. One answer for a wrong name and a wrong passphrase."""

    username = forms.CharField(
        label=_("Your sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = Passphrase(label=_("Passphrase"))

    def __init__(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.request, self.person = request, None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors:
            self.person = self._person(told["username"], told["password"])
        return told

    def _person(self, name: str, passphrase: str) -> Any:
        marks = [tries.hashed("name", name.casefold()), tries.hashed("address", self._address())]
        for mark, free in zip(marks, (tries.FREE, tries.FREE_AT_ADDRESS), strict=True):
            refuse_while_waiting(tries.take(mark, free))
        person = authenticate(self.request, username=name, password=passphrase)
        if person is None:
            raise forms.ValidationError(
                _("That name and passphrase do not belong together. Try once more.")
            )
        tries.forget(marks[0])
        tries.give_back(marks[1])
        return person

    def _address(self) -> str:
        return str(self.request.META.get("REMOTE_ADDR", ""))


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
