"""What one fills in about arrangements: as little as possible."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.arrangements.nouns import SORTS, Arrangement, Noticed
from kith.records.readings import Entry
from kith.web.forms import KeepForm, PlainForm


class ArrangementForm(KeepForm):
    """What an arrangement is."""

    name = forms.CharField(
        label=_("What is it, in one line"),
        help_text=_("Such as: the kitchen is locked from eight to seven."),
        max_length=120,
    )
    sort = forms.ChoiceField(
        label=_("What sort of thing"),
        choices=list(SORTS.items()),
        initial="else",
        widget=forms.RadioSelect,
    )
    description = forms.CharField(
        label=_("What it means on a usual day, if you like"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.CharField(
        label=_("Who looks after it and can change it, if you know"),
        help_text=_("A post or a team, such as the ward manager. Never one person by name."),
        max_length=120,
        required=False,
    )

    def said(self, before: Arrangement) -> Arrangement:
        """What was filled in; what it goes with stays as it was."""
        told = self.cleaned_data
        return before.but(**{name: told[name] for name in ("name", "description", "owner", "sort")})


class OthersForm(PlainForm):
    """Others on the same list."""

    others = forms.MultipleChoiceField(
        label=_("Which ones"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, named: Iterable[Entry[Arrangement]], **also: Any) -> None:
        super().__init__(*given, **also)
        self.fields["others"].choices = arrangement_choices(named)[:-1]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """Those that were chosen."""
        return tuple(UUID(one) for one in self.cleaned_data["others"])


class PartsForm(KeepForm):
    """The parts of something that is really two or more."""

    parts = forms.CharField(
        label=_("Each part on a line of its own"),
        help_text=_("Such as: the kitchen is locked at night. The kettle is kept in the office."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_parts(self) -> str:
        """Two lines at least, none of them longer than a name may be."""
        told: str = self.cleaned_data["parts"]
        lines = [line for line in told.splitlines() if line.strip()]
        if len(lines) < 2:
            raise forms.ValidationError(_("Two lines at least, one for each part."))
        if any(len(line.strip()) > 120 for line in lines):
            raise forms.ValidationError(_("One of the lines is too long."))
        return told


class NoticedForm(KeepForm):
    """One line of what someone who works here noticed."""

    words = forms.CharField(
        label=_("What did you notice"),
        help_text=_("One line is enough. It is shown to the team without your name."),
        max_length=300,
    )
    arrangement = forms.ChoiceField(
        label=_("Is it about one of these"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *given: Any, named: Iterable[Entry[Arrangement]], **also: Any) -> None:
        super().__init__(*given, **also)
        chips = arrangement_choices(named)
        if len(chips) > 1:
            self.fields["arrangement"].choices = chips  # type: ignore[attr-defined]
        else:
            del self.fields["arrangement"]

    @property
    def said(self) -> Noticed:
        """What was filled in."""
        told = self.cleaned_data
        return Noticed(told["words"], as_id(told.get("arrangement", "")))


def arrangement_choices(named: Iterable[Entry[Arrangement]]) -> list[tuple[str, Any]]:
    """Chips for these arrangements, and one for none of them."""
    chips: list[tuple[str, Any]] = [(str(entry.thing), entry.noun.name) for entry in named]
    return [*chips, ("", _("None of these"))]


def as_id(chosen: str) -> UUID | None:
    """The id behind a chosen chip, None for the chip that stands for none."""
    return UUID(chosen) if chosen else None
