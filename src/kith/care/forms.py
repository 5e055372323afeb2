"""What one fills in to ask, to answer, to try something and to say what came of it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.arrangements.forms import arrangement_choices, as_id
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.care.nouns import COSTS, DAYS, SIDES, STATES, Answer, Change, Request, Side
from kith.care.ward import Arrived
from kith.records.readings import Entry
from kith.web.forms import KeepForm, PlainForm

Named = Iterable[Entry[Arrangement]]
A_FEW_LINES = forms.Textarea(attrs={"rows": 3})


class Day(forms.DateInput):
    """A day, chosen with what the device offers for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RequestForm(KeepForm):
    """A message to a service, in one's own words."""

    words = forms.CharField(
        label=_("What you would like to ask"),
        help_text=_(
            "Your own words are best. A time, a door or a rule is easier to change than a person."
        ),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4, "class": "big"}),
    )
    helps = forms.CharField(
        label=_("What it would help, if you like"),
        max_length=600,
        required=False,
        widget=A_FEW_LINES,
    )
    arrangement = forms.ChoiceField(
        label=_("Is it about one of these"), required=False, widget=forms.RadioSelect
    )
    together = forms.ChoiceField(
        label=_("Who is asking"),
        choices=[("", _("Me")), ("yes", _("Us, together"))],
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )
    signed = forms.CharField(
        label=_("Signed"),
        help_text=_("What you want to be called. Initials are fine; so is nothing."),
        max_length=60,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("They see it for"),
        help_text=_("It always ends. You can end it sooner, or show it longer."),
        choices=list(DAYS.items()),
        coerce=int,
        initial=30,
        widget=forms.RadioSelect,
    )

    def __init__(self, *given: Any, named: Named, **also: Any) -> None:
        super().__init__(*given, **also)
        _offer(self, "arrangement", arrangement_choices(named))

    def said(self, circle: UUID, about: UUID | None) -> Request:
        """What was filled in, addressed to this circle."""
        told = self.cleaned_data
        return Request(
            words=told["words"],
            circle=circle,
            signed=told["signed"],
            together=bool(told["together"]),
            helps=told["helps"],
            arrangement=as_id(told.get("arrangement", "")),
            days=told["days"],
            about=about,
        )


class SendForm(PlainForm):
    """The version that was previewed, and the end that was shown with it."""

    previewed = forms.UUIDField(widget=forms.HiddenInput)
    ends = forms.DateTimeField(widget=forms.HiddenInput)


class LongerForm(PlainForm):
    """Until when a request is shown, counted from today."""

    days = forms.TypedChoiceField(
        label=_("Counted from today"),
        choices=list(DAYS.items()),
        coerce=int,
        initial=30,
        widget=forms.RadioSelect,
    )


class AnswerForm(KeepForm):
    """What a team says back to a request."""

    words = forms.CharField(
        label=_("What you say back"),
        help_text=_(
            "The person who asked reads it, and your team. It speaks for the team, without a name."
        ),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    arrangements = forms.MultipleChoiceField(
        label=_("Which arrangements it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, named: Named, **also: Any) -> None:
        super().__init__(*given, **also)
        _offer(self, "arrangements", arrangement_choices(named)[:-1])

    def said(self, before: Answer) -> Answer:
        """What was filled in; links to changes stay as they were."""
        told = self.cleaned_data
        return before.but(words=told["words"], arrangements=_ids(told.get("arrangements", [])))


class ChangeForm(KeepForm):
    """Something to try."""

    what = forms.CharField(
        label=_("What we try"),
        help_text=_("Something to stop, move, shrink or try. Small is good."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cost = forms.ChoiceField(
        label=_("What it costs"),
        choices=list(COSTS.items()),
        initial="free",
        widget=forms.RadioSelect,
    )
    cost_words = forms.CharField(
        label=_("The cost in words, if there is one"), max_length=200, required=False
    )
    arrangements = forms.MultipleChoiceField(
        label=_("Which arrangements it changes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    requests = forms.MultipleChoiceField(
        label=_("Which requests it takes up"),
        help_text=_("Only the team and the person who asked see this link."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    owner = forms.CharField(
        label=_("Who looks after it"),
        help_text=_("A post or a team, such as the night team. Never one person by name."),
        max_length=120,
        required=False,
    )
    starts = forms.DateField(label=_("From"), required=False, widget=Day)
    review = forms.DateField(label=_("We look back on it on"), required=False, widget=Day)

    def __init__(self, *given: Any, named: Named, arrived: Iterable[Arrived], **also: Any) -> None:
        super().__init__(*given, **also)
        _offer(self, "arrangements", arrangement_choices(named)[:-1])
        _offer(self, "requests", [(str(one.request.thing), _short(one)) for one in arrived])

    def clean(self) -> dict[str, Any]:
        """Looking back comes after starting."""
        told = self.cleaned_data
        starts, review = told.get("starts"), told.get("review")
        if starts and review and review < starts:
            self.add_error("review", _("You look back after it starts, so choose a later day."))
        return told

    @property
    def said(self) -> Change:
        """What was filled in."""
        told = self.cleaned_data
        return Change(
            what=told["what"],
            arrangements=_ids(told.get("arrangements", [])),
            owner=told["owner"],
            cost=told["cost"],
            cost_words=told["cost_words"],
            starts=told["starts"],
            review=told["review"],
        )

    @property
    def chosen_requests(self) -> tuple[UUID, ...]:
        """The requests that were chosen."""
        return _ids(self.cleaned_data.get("requests", []))


class MoveForm(KeepForm):
    """What becomes of a change."""

    state = forms.ChoiceField(
        label=_("Where it stands now"), choices=list(STATES.items()), widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why, in a few words"), max_length=600, required=False, widget=A_FEW_LINES
    )
    since = forms.DateField(label=_("Since"), widget=Day)

    def __init__(self, *given: Any, last: datetime, **also: Any) -> None:
        super().__init__(*given, **also)
        self.last = last

    def clean_since(self) -> date:
        """A day from the last one on, and not ahead."""
        since: date = self.cleaned_data["since"]
        if since > timezone.localdate(clock.now()):
            raise forms.ValidationError(
                _("That day has not come yet. Choose today or a day before.")
            )
        if since < timezone.localdate(self.last):
            raise forms.ValidationError(
                _("Something later was said of it already. Choose a later day.")
            )
        return since

    def clean(self) -> dict[str, Any]:
        """Who drops something says why."""
        told = self.cleaned_data
        if told.get("state") == "dropped" and not told.get("why"):
            self.add_error(
                "why", _("Please say why it was dropped, so that others can understand.")
            )
        return told

    @property
    def seen_on(self) -> datetime | None:
        """None for today; else that day, and never before what was said last."""
        since = self.cleaned_data["since"]
        if since == timezone.localdate(clock.now()):
            return None
        noon = timezone.make_aware(datetime.combine(since, time(12)))
        return max(noon, self.last)


class SideForm(KeepForm):
    """What happened, from one's own side."""

    words = forms.CharField(
        label=_("What happened, in your own words"),
        max_length=1000,
        widget=A_FEW_LINES,
    )
    speaks_as = forms.ChoiceField(label=_("I speak as"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, is_team: bool, **also: Any) -> None:
        super().__init__(*given, **also)
        sides = [(code, name) for code, name in SIDES.items() if is_team or code != "staff"]
        _offer(self, "speaks_as", sides)

    @property
    def said(self) -> Side:
        """What was filled in."""
        return Side(self.cleaned_data["words"], self.cleaned_data["speaks_as"])


def _offer(form: forms.Form, name: str, chips: list[tuple[str, Any]]) -> None:
    """Fill in the choices of a field; a field with nothing to choose goes."""
    if any(code for code, _name in chips):
        form.fields[name].choices = chips  # type: ignore[attr-defined]
    else:
        del form.fields[name]


def _ids(chosen: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in chosen)


def _short(one: Arrived) -> str:
    said = one.request.noun.words
    return said if len(said) < 60 else f"{said[:57].rstrip()}…"
