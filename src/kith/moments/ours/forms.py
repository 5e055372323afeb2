"""The form for calling something theirs together."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.moments.ours.readings import may_share
from kith.permissions.viewer import Viewer
from kith.web.forms import KeepForm


class OursForm(KeepForm):
    """With whom, and the word the two have for it."""

    known = forms.TypedChoiceField(
        label=_("With whom"),
        help_text=_("Someone you met here through a code."),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers shown.")},
    )
    word = forms.CharField(
        label=_("Your word for it"),
        help_text=_("Agree on it aloud: tea, or Sundays. Only the same word meets the same word."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, viewer: Viewer, data: Any = None) -> None:
        super().__init__(data)
        self.people = [(str(one.thing), one.noun.called) for one in may_share(viewer)]
        self.fields["known"].choices = self.people  # type: ignore[attr-defined]
        if len(self.people) == 1:
            self.fields["known"].initial = self.people[0][0]

    @property
    def called(self) -> str:
        """What the one who was chosen is called."""
        return dict(self.people).get(str(self.cleaned_data["known"]), "")
