"""Forms of this room; those for signing in are in `signin`."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kith.base.problems import Missing
from kith.people import actions, codes
from kith.people.models import Circle, Person
from kith.people.nouns import TurnTo
from kith.people.roles import ROLES
from kith.people.signin import tries
from kith.people.signin.forms import (
    NewPassphrase,
    SharedField,
    fit,
    mind_shared_device,
    try_at_address,
)
from kith.people.signin.handles import FREE_ON_CARD, NamedForm
from kith.web.forms import KeepForm, PlainForm


class RoleField(forms.MultipleChoiceField):
    """Roles one speaks from: several, or none."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Where you speak from"),
            help_text=_("As many as fit, or none. You can change this at any time."),
            choices=list(ROLES.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )


class Roles(PlainForm):
    """Only the roles."""

    roles = RoleField()


class Join(NamedForm):
    """The code on a card, roles, and for someone new a name and a passphrase."""

    free, takes_name = FREE_ON_CARD, True

    code = forms.CharField(
        label=_("The code on your card"),
        help_text=_("Ten letters, such as ABCDE-FGHJK."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    roles = RoleField()
    passphrase = NewPassphrase()
    shared = SharedField()
    field_order = ("code", "roles", "handle")

    def __init__(self, request: HttpRequest, *args: Any, known: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        self.request = request
        mind_shared_device(self, request)
        if known:
            self.without_name()
            for name in ("passphrase", "shared"):
                self.fields.pop(name, None)

    def asks(self) -> str:
        return f"code {codes.hashed(self.cleaned_data['code'])}"

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        mark = try_at_address(self.request)
        try:
            actions.invitation_for(code)
            tries.give_back(mark)
        except Missing:
            raise forms.ValidationError(
                _("We do not know this code, or its time is over. Look at the card again.")
            ) from None
        return code

    def clean_passphrase(self) -> str:
        return fit(self.cleaned_data["passphrase"], Person(), self.data.get("handle"))

    def new_person(self) -> Person:
        """Make the account. Call when the form is valid."""
        told = self.cleaned_data
        return actions.begin(told["handle"], handle=told["handle"], passphrase=told["passphrase"])


class Account(PlainForm):
    """What one is called."""

    called = forms.CharField(
        label=_("What you want to be called"),
        help_text=_("Initials or a nickname are fine. Only people you show things to see it."),
        max_length=60,
        required=False,
    )


class OpenCircle(PlainForm):
    """A name and a sort."""

    name = forms.CharField(label=_("What is it called"), max_length=80)
    sort = forms.ChoiceField(
        label=_("What is it"), choices=Circle.Sort.choices, widget=forms.RadioSelect
    )


DAY = forms.DateInput(attrs={"type": "date", "class": "in"}, format="%Y-%m-%d")


class Days(PlainForm):
    """The one day that matters for a circle of this sort; empty for none."""

    ends = forms.DateField(
        label=_("The last day of the study"),
        help_text=_("What people show the study ends with it."),
        widget=DAY,
        required=False,
    )
    rests_until = forms.DateField(
        label=_("Let reveals rest until"),
        help_text=_(
            "Over a tribunal or a review, say. Until then, people who work here and people who "
            "stay here do not see what they chose to reveal to each other. Nobody is told who."
        ),
        widget=DAY,
        required=False,
    )

    def __init__(self, circle: Circle, *args: Any) -> None:
        first = {"ends": circle.ends, "rests_until": circle.rests_until}
        super().__init__(*args, initial=first)
        if circle.sort != Circle.Sort.STUDY:
            del self.fields["ends"]
        if not circle.takes_requests:
            del self.fields["rests_until"]

    def told(self) -> dict[str, Any]:
        """Both days, of which one is asked for at most."""
        return {name: self.cleaned_data.get(name) for name in ("ends", "rests_until")}


class Invite(PlainForm):
    """Whom a card lets in, and for how long."""

    part = forms.ChoiceField(
        label=_("Who is the card for"),
        choices=[
            ("guest", _("Someone who stays, visits or takes part")),
            ("team", _("Someone who works here")),
            ("keeper", _("Someone who looks after this circle too")),
        ],
        widget=forms.RadioSelect,
        initial="guest",
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work"),
        choices=[(1, _("One day")), (14, _("Two weeks")), (90, _("Three months"))],
        coerce=int,
        widget=forms.RadioSelect,
        initial=14,
    )


class TurnToForm(KeepForm):
    """Someone to turn to."""

    who = forms.CharField(label=_("Who, or where"), max_length=120)
    reach = forms.CharField(label=_("How to reach them"), max_length=120)
    when = forms.CharField(label=_("When"), max_length=120, required=False)

    def noun(self) -> TurnTo:
        """What was filled in."""
        told = self.cleaned_data
        return TurnTo(who=told["who"], reach=told["reach"], when=told["when"])
