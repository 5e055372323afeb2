"""Forms for showing something, and for those one knows here."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.people.known import known, may_type
from kith.people.models import Circle
from kith.people.nouns import KIN, Known
from kith.people.showing import Draft, showables
from kith.people.signin import tries
from kith.people.signin.forms import refuse_while_waiting
from kith.permissions.viewer import Viewer
from kith.records.nouns import sealed_under
from kith.records.readings import Entry
from kith.web.forms import KeepForm, PlainForm

Choices = list[tuple[str, str]]
PURPOSES = {
    "talk": _("To talk about it"),
    "plan": _("To plan something together"),
    "know": _("So that they know"),
}
DAYS = {7: _("One week"), 30: _("30 days"), 90: _("90 days")}
USUAL = 30
STUDY = "research"
NOT_ONE = _("Choose one of the answers shown.")


class ShowForm(PlainForm):
    """What to show, whether with names, to whom, for what, and for how long."""

    what = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)
    names = forms.BooleanField(
        label=_("With the names on it"),
        help_text=_("Only maps and tables hold names apart. Without this, they stay behind."),
        required=False,
    )
    whom = forms.ChoiceField(
        label=_("Who"),
        help_text=_("Someone you met through a code, or the team of a circle you are in."),
        widget=forms.RadioSelect,
    )
    purpose = forms.ChoiceField(
        label=_("What for"),
        help_text=_("They may use it for this, and nothing else."),
        choices=list(PURPOSES.items()),
        widget=forms.RadioSelect,
        initial="talk",
    )
    days = forms.TypedChoiceField(
        label=_("How long"),
        help_text=_("It always ends. The longest is 90 days."),
        choices=list(DAYS.items()),
        coerce=int,
        widget=forms.RadioSelect,
        initial=USUAL,
    )
    ends = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, viewer: Viewer, circles: dict[UUID, str], data: Any, thing: UUID | None, **named: Any
    ) -> None:
        super().__init__(data, **named)
        self.studies = _studies(circles)
        self.offered = list(_what(viewer, thing, studies=bool(self.studies)))
        self.audiences = _whom(viewer, circles)
        self.fields["whom"].choices = self.audiences  # type: ignore[attr-defined]
        self.fields["what"].choices = self.offered  # type: ignore[attr-defined]
        if self.studies:
            also = (STUDY, _("For the study, until it ends"))
            self.fields["purpose"].choices = [*PURPOSES.items(), also]  # type: ignore[attr-defined]
        for name in ("what", "whom"):
            self.fields[name].error_messages["invalid_choice"] = NOT_ONE
        if len(self.offered) == 1:
            self.fields["what"].initial = self.offered[0][0]
        names_shut = "labels" in viewer.only_mine
        if names_shut or not self._any_has_names():
            del self.fields["names"]

    def _any_has_names(self) -> bool:
        codes = {value.partition(":")[0] for value, _text in self.offered}
        return any(one.has_names and one.code in codes for one in showables())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("purpose") == STUDY and _circle(told.get("whom", "")) not in self.studies:
            self.add_error("whom", _("Choose the study, or say what else it is for."))
        code = told.get("what", "").partition(":")[0]
        if told.get("purpose") != STUDY and any(
            one.code == code and one.for_study for one in showables()
        ):
            self.add_error(
                "purpose", _("Tables are for a study alone. Choose that, and the study.")
            )
        if told.get("names") and not any(one.code == code and one.has_names for one in showables()):
            told["names"] = False
        return told

    def draft(self) -> Draft:
        """What was chosen. Its end is that of the preview, once there was one."""
        told = self.cleaned_data
        code, _colon, thing = told["what"].partition(":")
        kind, _colon, audience = told["whom"].partition(":")
        circle = _circle(told["whom"])
        study = self.studies.get(circle) if circle and told["purpose"] == STUDY else None
        ends = study or clock.now().replace(microsecond=0) + timedelta(days=told["days"])
        return Draft(
            code=code,
            thing=UUID(thing) if thing else None,
            names=bool(told.get("names")),
            pair=UUID(audience) if kind == "pair" else None,
            circle=circle,
            purpose=told["purpose"],
            ends=study or told["ends"] or ends,
            study_ends=study,
        )

    def kept(self, draft: Draft) -> dict[str, Any]:
        """What was filled in, to travel along with the preview; its end stands still from here."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return told | {"ends": draft.ends.isoformat()}

    def chosen(self, field: str) -> str:
        """How the choice in a field is said."""
        return str(dict(self.fields[field].choices).get(self.cleaned_data[field], ""))  # type: ignore[attr-defined]


def first_fields(draft: Draft) -> dict[str, Any]:
    """The form as it would have been filled in for this grant."""
    return {
        "what": f"{draft.code}:{draft.thing}" if draft.thing else draft.code,
        "names": draft.names,
        "whom": f"pair:{draft.pair}" if draft.pair else f"circle:{draft.circle}",
        "purpose": draft.purpose,
    }


class AloneForm(forms.Form):
    """Whether someone is there who could make one say yes."""

    alone = forms.ChoiceField(
        label=_("Are you on your own?"),
        help_text=_("Nobody should stand beside you and wait for you to press."),
        choices=[("yes", _("Yes")), ("no", _("No, or I am not sure"))],
        widget=forms.RadioSelect,
    )


class _Called(KeepForm):
    called = forms.CharField(
        label=_("What you call them here"),
        help_text=_("Initials or a nickname. They never see this."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    who = forms.ChoiceField(
        label=_("Who they are to you"),
        help_text=_("You need not say. They never see this either."),
        choices=[*KIN.items(), ("", _("Leave open"))],
        widget=forms.RadioSelect,
        required=False,
    )


class MeetForm(_Called):
    """A name for someone to hand a code to."""


class CodeForm(_Called):
    """A code someone handed over, and a name for them."""

    field_order = ["code"]
    code = forms.CharField(
        label=_("The code they gave you"),
        help_text=_("Ten letters, such as ABCDE-FGHJK."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, viewer: Viewer, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.viewer = viewer

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        mark = tries.hashed("code", str(self.viewer.me))
        refuse_while_waiting(tries.take(mark))
        try:
            may_type(self.viewer, code)
            tries.forget(mark)
        except Missing:
            raise forms.ValidationError(
                _("We do not know this code, or its time is over. Ask for another.")
            ) from None
        except Invalid:
            raise forms.ValidationError(_("This is your own code. Hand it to them.")) from None
        except Refused:
            raise forms.ValidationError(
                _("This code comes from someone who works where you stay. Make a code yourself.")
            ) from None
        return code


class DescribeForm(_Called):
    """What they are called, who they are to one, and what one wants between the two."""

    unsafe = forms.BooleanField(
        label=_("I would not feel safe showing them what I answer"),
        help_text=_("Then nothing of yours goes there. They are not told, and notice nothing."),
        required=False,
    )
    open = forms.BooleanField(
        label=_("We are or were partners, and I still want to be able to"),
        help_text=_("Between partners it is switched off until each says this alone."),
        required=False,
    )

    def said(self, entry: Entry[Known]) -> Known:
        """What was filled in, about the same two."""
        told = self.cleaned_data
        return entry.noun.but(**{name: told[name] for name in ("called", "who", "unsafe", "open")})


def _studies(circles: dict[UUID, str]) -> dict[UUID, datetime]:
    """The studies that have an end to come; each can be shown something until then."""
    there = Circle.objects.filter(id__in=list(circles), sort=Circle.Sort.STUDY)
    return {one.id: one.over for one in there if one.over and one.over > clock.now()}


def _what(viewer: Viewer, thing: UUID | None, *, studies: bool) -> Iterable[tuple[str, str]]:
    """What can be shown: one thing, if one came from its page, or what there is of each sort.

    What is only the viewer's to open is never offered.
    """
    fitting = [one for one in showables() if studies or not one.for_study]
    open_ones = [one for one in fitting if not viewer.only_mine & sealed_under(one.kinds)]
    for one in open_ones:
        if thing and (name := one.things(viewer, thing).get(thing)):
            yield f"{one.code}:{thing}", name
    if thing is not None:
        return
    for one in open_ones:
        things = one.things(viewer, None)
        if one.every and things:
            yield one.code, str(one.text)
        elif not one.every:
            yield from ((f"{one.code}:{thing}", name) for thing, name in things.items())


def _circle(whom: str) -> UUID | None:
    """The circle that a choice names, if it names one."""
    kind, _colon, thing = whom.partition(":")
    return UUID(thing) if kind == "circle" else None


def _whom(viewer: Viewer, circles: dict[UUID, str]) -> Choices:
    people = [(f"pair:{one.noun.pair}", one.noun.called) for one in known(viewer)]
    teams = [(f"circle:{id}", str(_("The team of %(name)s") % {"name": name}))
             for id, name in circles.items()]  # fmt: skip
    return people + teams
