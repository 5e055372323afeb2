"""Names to sign in with: one that we make up, or one's own if nobody here has it.

Whoever is told that a name is taken learns that somebody here signs in by it. So most people
never ask: a name is there already, made up, which says nothing about anyone. A name of one's own is
looked up only when all else in the form is right, and counts as a try: five are free, then each
waits longer. The name we made up never waits, so nobody is kept out, whoever else tries with the
same card.
"""

import secrets
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from kith.people.models import Person
from kith.people.signin import tries
from kith.web.forms import PlainForm

FIRST = (
    "amber", "autumn", "birch", "blue", "bronze", "cedar", "cherry", "clover", "copper", "coral",
    "elder", "fern", "garden", "green", "hazel", "heather", "honey", "indigo", "ivory", "ivy",
    "juniper", "lemon", "lilac", "linen", "maple", "meadow", "mint", "moss", "olive", "orange",
    "paper", "pear", "pine", "plum", "quiet", "rain", "red", "river", "rowan", "rust",
    "sage", "sand", "silver", "sky", "slate", "spring", "stone", "straw", "summer", "thyme",
    "walnut", "white", "willow", "winter", "wool", "yellow",
)  # fmt: skip
SECOND = (
    "basket", "bell", "bench", "boat", "book", "bowl", "bridge", "brook", "button", "candle",
    "canoe", "chair", "clock", "coat", "cup", "door", "drum", "feather", "field", "flute",
    "gate", "glove", "hill", "jar", "kettle", "kite", "lake", "lamp", "lane", "leaf",
    "letter", "map", "mitten", "nest", "orchard", "pebble", "pencil", "pillow", "pocket", "porch",
    "quilt", "ribbon", "road", "robin", "sail", "scarf", "shell", "spoon", "stair", "table",
    "teapot", "thread", "tree", "wagon", "wheel", "window",
)  # fmt: skip
FREE_ON_CARD = 20
"""How many names of their own those who share one card may find taken before anyone waits."""


def make() -> str:
    """A name that nobody here has: two plain words and a number."""
    while True:
        name = f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{10 + secrets.randbelow(90)}"
        if not Person.objects.with_handle(name).exists():
            return name


class NameField(forms.CharField):
    """A name to sign in with."""

    def __init__(self) -> None:
        super().__init__(
            label=_("A name to sign in with"),
            help_text=_(
                "We made this one up. Keep it, or choose your own: it need not be your real name. "
                "Write it down, you sign in with it."
            ),
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )


class NamedForm(PlainForm):
    """A form with a name to sign in with (`handle`), and the one that we made up (`made`)."""

    handle = NameField()
    made = forms.CharField(widget=forms.HiddenInput, required=False)
    free = tries.FREE
    takes_name = False
    """Whether a form that is right takes the name at once; then finding it free was no try."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if not self.is_bound:
            name = make()
            self.initial = {"handle": name, "made": _signer().sign(name), **self.initial}

    def asks(self) -> str:
        """Who or what asks for names: tries count for it."""
        raise NotImplementedError

    def without_name(self) -> None:
        """Ask for no name: there is one already."""
        del self.fields["handle"], self.fields["made"]

    def is_own(self, handle: str) -> bool:
        """Whether it is the name of whoever asks already."""
        return False

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors and "handle" in self.fields and not self.is_own(told["handle"]):
            try:
                self._look_up(told["handle"], _read(told["made"]))
            except forms.ValidationError as why:
                self.add_error("handle", why)
        return told

    def _look_up(self, handle: str, made: str) -> None:
        """Raises ValidationError where the name is taken, or one has to wait before hearing it."""
        mark = tries.hashed("handle", self.asks())
        if handle != made and tries.take(mark, self.free):
            wait = _("Several names were tried. Wait a few minutes before the next.")
            raise forms.ValidationError(_or_made(wait, made))
        if Person.objects.with_handle(handle).exists():
            raise forms.ValidationError(_or_made(_("That name is taken. Try another."), made))
        if handle != made and self.takes_name:
            tries.give_back(mark)


def _or_made(why: Any, made: str) -> str:
    if not made:
        return str(why)
    return f"{why} " + now_in_words("Or keep %(name)s, which we made up.") % {"name": made}


def _read(signed: str) -> str:
    """The name that we made up, if we did."""
    try:
        return _signer().unsign(signed)
    except BadSignature:
        return ""


def _signer() -> Signer:
    return Signer(salt="kith.people.handles")
