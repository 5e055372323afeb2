"""Forms of this room: lines, seats, gatherings, themes, and what is made of them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.inquiry.evidence import Evidence, FindingRead
from kith.inquiry.nouns import (
    Cite,
    Contribution,
    Finding,
    Gathering,
    Paradox,
    Recommendation,
    Theme,
    Voice,
)
from kith.inquiry.spoken import SPEAKS_FROM, STANCE_NAMES
from kith.people.roles import ROLES
from kith.web.forms import KeepForm

GONE = _("Something you chose is no longer there. Look at the list again.")
BIG = forms.Textarea(attrs={"rows": 3})


class Again(forms.Form):
    """A form that says something anew: it knows which version its writer saw."""

    seen = forms.UUIDField(widget=forms.HiddenInput)


class GatheringForm(forms.Form):
    """What people come together for, when and where."""

    title = forms.CharField(label=_("What is it called?"), max_length=120)
    starts = forms.DateTimeField(
        label=_("Day and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write a day and a time, such as 26 November, 14.00.")},
    )
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    what_for = forms.CharField(
        label=_("What for"), max_length=1000, required=False, widget=BIG,
        help_text=_("The question you want to think about together."),
    )  # fmt: skip
    tables = forms.CharField(
        label=_("Tables"), max_length=1000, required=False, widget=BIG,
        help_text=_("If you sit at several tables: the name of each, one a line."),
    )  # fmt: skip

    def noun(self) -> Gathering:
        """What was filled in."""
        told = self.cleaned_data
        tables = (name.strip() for name in told["tables"].splitlines())
        return Gathering(
            title=told["title"],
            starts=told["starts"],
            place=told["place"],
            what_for=told["what_for"],
            tables=tuple(dict.fromkeys(name for name in tables if name)),
        )

    @staticmethod
    def said(noun: Gathering) -> dict[str, Any]:
        """What the fields hold for a gathering that is there."""
        return {
            "title": noun.title,
            "starts": noun.starts,
            "place": noun.place,
            "what_for": noun.what_for,
            "tables": "\n".join(noun.tables),
        }


class NewGathering(GatheringForm, KeepForm):
    """A gathering that is not there yet."""


class ChangedGathering(GatheringForm, Again):
    """A gathering said anew."""


class WithTables(forms.Form):
    """A form that may ask for the table, if the gathering has several."""

    def __init__(self, *args: Any, tables: Iterable[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        names = [(name, name) for name in tables]
        if names:
            self.fields["table"] = forms.ChoiceField(
                label=_("Table"), choices=[("", _("No table")), *names], required=False
            )

    @property
    def table_chosen(self) -> str:
        """The table that was chosen, or none."""
        return str(self.cleaned_data.get("table", ""))


class SeatForm(WithTables):
    """Which roles one speaks from at this gathering."""

    roles = forms.MultipleChoiceField(
        label=_("Where do you speak from?"), choices=list(ROLES.items()), required=False,
        help_text=_("Choose as many as fit, or none."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    comes_from = forms.CharField(
        label=_("Which ward, team or group do you come from?"), max_length=80, required=False,
        help_text=_("Only if you wish. It is never shown; it helps to keep numbers safe."),
    )  # fmt: skip

    def noun(self) -> Voice:
        """What was filled in."""
        told = self.cleaned_data
        return Voice(tuple(told["roles"]), self.table_chosen, told["comes_from"].strip())


class VoiceForm(SeatForm, KeepForm):
    """Someone at the table without a device, added by the scribe."""


class LineForm(WithTables):
    """A line: what was said, and what is known about it."""

    words = forms.CharField(
        label=_("What was said"), max_length=4000, required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "class": "in write"}),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Speaks from"), choices=list(SPEAKS_FROM.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    themes = forms.TypedMultipleChoiceField(
        label=_("Themes"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("That theme is no longer there.")},
    )  # fmt: skip
    stance = forms.ChoiceField(
        label=_("How it was meant"), choices=list(STANCE_NAMES.items()), initial="said",
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    quote = forms.BooleanField(
        label=_("May be quoted, without a name (only after asking)"), required=False,
    )  # fmt: skip
    kept_out = forms.BooleanField(label=_("Keep it out of the report"), required=False)

    def __init__(self, *args: Any, themes: Mapping[UUID, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["themes"].choices = [(str(t), name) for t, name in themes.items()]  # type: ignore[attr-defined]

    def clean_stance(self) -> str:
        """Nothing chosen is what is usual."""
        return self.cleaned_data["stance"] or "said"

    def clean(self) -> dict[str, Any]:
        """A line needs words; a silence does not."""
        told = self.cleaned_data
        if not told.get("words") and told.get("stance") != "silence" and "words" not in self.errors:
            self.add_error("words", _("Write a few words first. A silence needs none."))
        return told

    def noun(self, before: Contribution | None = None) -> Contribution:
        """What was filled in; what the form does not ask for stays as it was `before`."""
        told = self.cleaned_data
        return (before or Contribution("")).but(
            words=told["words"],
            roles=tuple(told["roles"]) if "roles" in told else before.roles if before else (),
            table=self.table_chosen,
            themes=tuple(told["themes"]),
            stance=told["stance"],
            quote=told["quote"],
            kept_out=told["kept_out"],
        )


class ScribeForm(LineForm, KeepForm):
    """The scribe's line."""


class OwnLine(LineForm, KeepForm):
    """A line of one's own, from one's own device. Its roles come from one's seat."""

    roles = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = _("What would you like to say?")
        self.fields["quote"].label = _("May be quoted, without my name")
        self.fields["quote"].help_text = _("You can take this back at any time.")


class ChangedLine(LineForm, Again):
    """A line of one's own, said anew."""


class ThemeForm(forms.Form):
    """A theme by its name."""

    name = forms.CharField(label=_("Name of the theme"), max_length=80)


class NewTheme(ThemeForm, KeepForm):
    """A theme that is not there yet."""


class ThemeLinesForm(ThemeForm, Again):
    """A theme and the lines that the team puts there."""

    lines = forms.TypedMultipleChoiceField(coerce=UUID, required=False)

    def __init__(self, *args: Any, lines: Iterable[UUID], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["lines"].choices = [(str(line), "") for line in lines]  # type: ignore[attr-defined]
        self.fields["lines"].error_messages["invalid_choice"] = GONE

    def noun(self) -> Theme:
        """What was filled in."""
        told = self.cleaned_data
        return Theme(told["name"].strip(), tuple(told["lines"]))


def key(one: Evidence) -> str:
    """How a piece of evidence is named in a form: its words may not change unseen."""
    return f"{one.kind}.{one.thing}.{one.version}"


def cites(keys: Iterable[str]) -> tuple[Cite, ...]:
    """The citations that these keys mean."""
    split = (one.split(".") for one in keys)
    return tuple(Cite(kind, UUID(thing), UUID(version)) for kind, thing, version in split)


class Picking(forms.Form):
    """A form that picks what a sentence rests on, on one of two hands."""

    hands: tuple[str, str] = ("cites", "dissent")

    def __init__(self, *args: Any, evidence: Iterable[Evidence], **more: Any) -> None:
        super().__init__(*args, **more)
        self.evidence = list(evidence)
        keys = [(key(one), "") for one in self.evidence]
        for hand in self.hands:
            self.fields[hand] = forms.MultipleChoiceField(
                choices=keys, required=False, error_messages={"invalid_choice": GONE}
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Everything one can pick, with what is picked."""
        picked = {hand: set(self[hand].value() or ()) for hand in self.hands}
        return [
            {"one": one, "key": key(one), "first": key(one) in picked[self.hands[0]],
             "second": key(one) in picked[self.hands[1]]}
            for one in self.evidence
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The same line cannot be on both hands."""
        first, second = (set(self.cleaned_data.get(hand, ())) for hand in self.hands)
        if first & second:
            self.add_error(None, _("One line cannot be on both sides. Choose one."))
        return self.cleaned_data

    def picked(self, hand: str) -> tuple[Cite, ...]:
        """The citations on one hand."""
        return cites(self.cleaned_data[hand])


class FindingForm(Picking):
    """What was found, what it rests on, and what says otherwise."""

    text = forms.CharField(
        label=_("What did you find?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences that you can stand by."),
        error_messages={"required": _("Say in a sentence or two what you found.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A finding rests on something."""
        told = super().clean()
        if not self.errors and not told["cites"]:
            self.add_error(None, _("Choose at least one line that this rests on."))
        return told

    def noun(self) -> Finding:
        """What was filled in."""
        return Finding(self.cleaned_data["text"], self.picked("cites"), self.picked("dissent"))


class NewFinding(FindingForm, KeepForm):
    """A finding that is not there yet."""


class ChangedFinding(FindingForm, Again):
    """A finding written anew."""


class ParadoxForm(Picking):
    """Two poles and what was said for each."""

    hands = ("ones", "others")
    one = forms.CharField(label=_("On the one hand"), max_length=300, widget=BIG)
    other = forms.CharField(label=_("On the other hand"), max_length=300, widget=BIG)

    def noun(self) -> Paradox:
        """What was filled in."""
        told = self.cleaned_data
        return Paradox(told["one"], told["other"], self.picked("ones"), self.picked("others"))


class NewParadox(ParadoxForm, KeepForm):
    """A paradox that is not there yet."""


class ChangedParadox(ParadoxForm, Again):
    """A paradox said anew."""


def day(label: Any, hint: Any = "") -> forms.DateField:
    """A field for one day."""
    return forms.DateField(
        label=label, required=False, help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("There is no such day. Try one such as 28 February.")},
    )  # fmt: skip


class AdviceForm(forms.Form):
    """What should be done, and all that makes it likely to happen."""

    what = forms.CharField(
        label=_("What should be done?"), max_length=1000, widget=BIG,
        error_messages={"required": _("Say what should be done.")},
    )  # fmt: skip
    findings = forms.TypedMultipleChoiceField(
        label=_("It comes from"), coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the finding it comes from."), "invalid_choice": GONE},
    )  # fmt: skip
    for_whom = forms.CharField(label=_("For whom"), max_length=200, required=False)
    owner = forms.CharField(
        label=_("Who looks after it"), max_length=120, required=False,
        help_text=_("A post rather than a name: “the ward manager”."),
    )  # fmt: skip
    cost = forms.CharField(
        label=_("What it costs"), max_length=200, required=False,
        help_text=_("Free, an hour a week, a kettle: say it in words."),
    )  # fmt: skip
    by = day(_("By when"))
    review = day(_("Look back on"), _("The day you will ask whether it happened."))

    def __init__(self, *args: Any, found: Iterable[FindingRead], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["findings"].choices = [(str(one.thing), one.text) for one in found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One looks back after the day it should be done by."""
        told = self.cleaned_data
        by, review = told.get("by"), told.get("review")
        if by and review and review < by:
            self.add_error("review", _("Look back on that day or later."))
        return told

    def noun(self) -> Recommendation:
        """What was filled in."""
        told = dict(self.cleaned_data)
        kept = {name: told[name] for name in Recommendation.__struct_fields__}
        return Recommendation(**{**kept, "findings": tuple(kept["findings"])})


class NewAdvice(AdviceForm, KeepForm):
    """A recommendation that is not there yet."""


class ChangedAdvice(AdviceForm, Again):
    """A recommendation said anew."""


class NotesForm(forms.Form):
    """A file of notes."""

    file = forms.FileField(
        label=_("The file"), allow_empty_file=True,
        help_text=_("A table (CSV), Markdown, Word, or subtitles (srt, vtt). At most 20 MB."),
        error_messages={"required": _("Choose a file of at most 20 MB.")},
    )  # fmt: skip


class KeepNotes(forms.Form):
    """The second press: what was shown comes in, quoted or not."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    quote = forms.BooleanField(required=False)
