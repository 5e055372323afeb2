"""The form of a moment."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.base import ids
from kith.media.forms import PictureField, SoundField
from kith.moments import days
from kith.moments.beside import NOTHING, Attached, Beside
from kith.moments.forms.fields import LONG, NotingForm, Things, Words, a_day, as_text, chips, line
from kith.moments.names import Names
from kith.moments.nouns import FEELINGS, FLOWS, KINDS, MOMENT_CODES, OWN, TIMES, Moment
from kith.moments.tags.readings import Lately
from kith.records.readings import Entry

SECONDS = 30
"""How long a sound of a moment is recorded at most; one that was chosen may be longer."""
FREE = ("and_whom", "in_the_way", "felt_words", "place", "helped")
"""Fields of free words, which the form and the noun call the same."""


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
    when = forms.ChoiceField(
        label=_("When"),
        choices=[
            ("now", _("Just now")),
            ("earlier", _("Earlier today")),
            ("day", _("On another day")),
            ("about", TIMES["about"]),
        ],
        initial="now",
        widget=forms.RadioSelect,
    )
    day = a_day(_("Which day"), _("For “about then”, a day that comes near."))
    kinds = chips(_("What kind of moment"), KINDS)
    flow = chips(_("Given, received, shared"), FLOWS)
    part_of = Things(_("Part of something you do"))
    felt = chips(_("How it felt"), FEELINGS, _("Two opposite ones can be true at once."))
    felt_words = line(_("How it felt, in your own words"))
    place = line(_("Where"))
    helped = line(_("What helped"))
    in_the_way = line(_("Got in the way"), _("In your own words."))
    arrangements = Things(_("What got in the way"), _("If one of these did."))
    own = chips(_("Something of my own"), OWN)
    picture = PictureField(label=_("A photo"), required=False)
    sound = SoundField(label=_("A few seconds of sound"), required=False)
    without_picture = forms.BooleanField(label=_("Take the photo away"), required=False)
    without_sound = forms.BooleanField(label=_("Take the sound away"), required=False)
    tags = Words(label=_("Words to find it by"), required=False)
    new_tags = line(_("Other words to find it by"), _("Put a comma between them."))

    PARTS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "whom": ("with_whom", "and_whom", "on_map"),
        "when": ("day",),
        "kind": ("kinds", "flow", "part_of"),
        "felt": ("felt", "felt_words"),
        "where": ("place", "helped"),
        "way": ("in_the_way", "arrangements", "own"),
        "media": ("picture", "sound"),
        "tags": ("tags", "new_tags"),
    }
    """What is folded together, until one wishes to say it."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        called: Names,
        practices: Callable[[], Mapping[UUID, str]],
        lately: Lately,
        entry: Entry[Moment] | None = None,
        beside: Beside = NOTHING,
    ) -> None:
        super().__init__(data, files, initial=_moment_initial(entry) if entry else {})
        self.entry, self.lately = entry, lately
        self.offer("with_whom", lambda: called.figures)
        self.offer("part_of", practices)
        self.offer("arrangements", lambda: called.still(entry.noun.arrangements if entry else ()))
        old = entry.noun.tags if entry else ()
        self.fields["tags"].choices = lambda: [(w, w) for w in dict.fromkeys((*old, *lately.tags))]  # type: ignore[attr-defined]
        if entry:
            del self.fields["on_map"], self.fields["figure_id"]
        for name in ("picture", "sound"):
            if not getattr(beside, name):
                del self.fields[f"without_{name}"]
        self.fields["place"].widget.attrs["list"] = "places"
        self.fields["in_the_way"].widget.attrs["list"] = "ways"
        self.fields["sound"].widget.attrs["data-seconds"] = SECONDS
        if not self.errors:
            self.fields["words"].widget.attrs["autofocus"] = True

    @property
    def open_parts(self) -> set[str]:
        """The parts in which something is filled in, so that they must be in sight."""
        return {part for part, names in self.PARTS.items() if self._is_told(part, names)}

    def _is_told(self, part: str, names: Iterable[str]) -> bool:
        if part == "when" and self["when"].value() != "now":
            return True
        here = [name for name in names if name in self.fields]
        return any(self[name].value() or name in self.errors for name in here)

    def clean_day(self) -> date | None:
        return self._not_to_come("day")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("when") in ("day", *TIMES) and not told.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say which day, or choose another time."))
        return told

    def noun(self) -> Moment:
        """What the form says. Call when it is valid."""
        told = self.cleaned_data
        free: dict[str, Any] = {name: told[name] for name in FREE}
        coded: dict[str, Any] = {name: tuple(told[name]) for name in MOMENT_CODES}
        return Moment(
            words=told["words"],
            happened=told["happened"] == "yes",
            with_whom=self.chosen("with_whom"),
            part_of=self.chosen("part_of"),
            arrangements=self.chosen("arrangements"),
            tags=self._tags(),
            about_then=told["when"] if told["when"] in TIMES else "",
            **coded,
            **free,
        )

    def _tags(self) -> tuple[str, ...]:
        """The words chosen and those written, each once."""
        told = self.cleaned_data
        written = (" ".join(word.split()) for word in told["new_tags"].split(","))
        return tuple(dict.fromkeys(word for word in (*told["tags"], *written) if word))

    def attached(self) -> Attached:
        """What comes with it or is to go: a photo, a sound."""
        told = self.cleaned_data
        gone = [name for name in ("picture", "sound") if told.get(f"without_{name}")]
        return Attached(told["picture"] or b"", told["sound"] or b"", tuple(gone))

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
        "when": noun.about_then or "day",
        "day": days.day_of(entry.seen_on),
        **{name: as_text(getattr(noun, name)) for name in ("with_whom", "part_of", "arrangements")},
        **{name: list(getattr(noun, name)) for name in (*MOMENT_CODES, "tags")},
        **{name: getattr(noun, name) for name in FREE},
    }
