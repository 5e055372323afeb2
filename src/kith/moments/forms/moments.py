"""The form of a moment."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.base import ids
from kith.moments import days
from kith.moments.forms.fields import LONG, NotingForm, Things, a_day, as_text, line
from kith.moments.names import Names
from kith.moments.nouns import KINDS, Moment
from kith.records.readings import Entry


class MomentForm(NotingForm):
    """A moment: the words first; all else only if one likes."""

    words = forms.CharField(
        label=_("A few words"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"class": "big", "rows": 5}),
        error_messages={"required": _("A word or two is enough.")},
    )
    happened = forms.ChoiceField(
        label=_("Did it happen"),
        choices=[("yes", _("It happened")), ("no", _("It could not happen"))],
        initial="yes",
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )
    with_whom = Things(_("With whom or what"), _("Anyone or anything from your map."))
    and_whom = line(_("Someone else"), _("Initials or a nickname are fine."))
    on_map = forms.BooleanField(label=_("Put them on my map as well"), required=False)
    figure_id = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("What kind of moment"),
        choices=list(KINDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    part_of = Things(_("Part of something you do"))
    arrangements = Things(_("What got in the way"), _("If anything did."))
    in_the_way = line(_("Got in the way"), _("In your own words."))
    when = forms.ChoiceField(
        label=_("When"),
        choices=[
            ("now", _("Just now")),
            ("earlier", _("Earlier today")),
            ("day", _("On another day")),
        ],
        initial="now",
        widget=forms.RadioSelect,
    )
    day = a_day(_("Which day"))

    MORE = ("with_whom", "and_whom", "on_map", "kinds", "part_of", "arrangements", "in_the_way")

    def __init__(
        self,
        data: Any = None,
        *,
        called: Names,
        practices: Callable[[], Mapping[UUID, str]],
        entry: Entry[Moment] | None = None,
    ) -> None:
        super().__init__(data, initial=_moment_initial(entry) if entry else {})
        self.entry = entry
        self.offer("with_whom", lambda: called.figures)
        self.offer("part_of", practices)
        self.offer("arrangements", lambda: called.still(entry.noun.arrangements if entry else ()))
        if entry:
            del self.fields["on_map"], self.fields["figure_id"]
        if not self.errors:
            self.fields["words"].widget.attrs["autofocus"] = True

    @property
    def says_more(self) -> bool:
        """Whether anything besides the words is filled in, so that it must be in sight."""
        told = self["when"].value() != "now" or any(self[n].value() for n in self._more())
        return bool(told or set(self.errors) - {"words", "happened", "id"})

    def _more(self) -> list[str]:
        return [name for name in (*self.MORE, "day") if name in self.fields]

    def clean_day(self) -> date | None:
        return self._not_to_come("day")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("when") == "day" and not told.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say which day, or choose another time."))
        return told

    def noun(self) -> Moment:
        """What the form says. Call when it is valid."""
        told = self.cleaned_data
        return Moment(
            words=told["words"],
            happened=told["happened"] == "yes",
            with_whom=self.chosen("with_whom"),
            and_whom=told["and_whom"],
            kinds=tuple(told["kinds"]),
            part_of=self.chosen("part_of"),
            arrangements=self.chosen("arrangements"),
            in_the_way=told["in_the_way"],
        )

    def seen_on(self, now: datetime) -> datetime:
        """When it was, told at `now`. A day that is filled in counts, whatever is chosen above."""
        day, when = self.cleaned_data["day"], self.cleaned_data["when"]
        if self.entry and day == days.day_of(self.entry.seen_on):
            return self.entry.seen_on
        if day:
            return now if day == days.day_of(now) else days.noon(day)
        return days.earlier(now) if when == "earlier" else now

    def newcomer(self) -> tuple[str, UUID] | None:
        """Someone new who is to be put on the map: their name, and the id of their figure."""
        told = self.cleaned_data
        if not told.get("on_map") or not told["and_whom"]:
            return None
        return told["and_whom"], told.get("figure_id") or ids.new()


def _moment_initial(entry: Entry[Moment]) -> dict[str, Any]:
    noun = entry.noun
    return {
        "words": noun.words,
        "happened": "yes" if noun.happened else "no",
        "with_whom": as_text(noun.with_whom),
        "and_whom": noun.and_whom,
        "kinds": list(noun.kinds),
        "part_of": as_text(noun.part_of),
        "arrangements": as_text(noun.arrangements),
        "in_the_way": noun.in_the_way,
        "when": "day",
        "day": days.day_of(entry.seen_on),
    }
