"""The ten-minute walk: from a moment to a report, in the shoes of five invented people."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.sample.cast import id_of, is_village, ward

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One step: in whose shoes, what to do there, and the page it is done on."""

    who: str
    title: Text
    text: Text
    place: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands at the top of each page during the walk."""

    template: str
    step: Step
    number: int
    steps: int


def _at(name: str, **where: object) -> Callable[[], str]:
    return lambda: reverse(name, kwargs={key: _value(value) for key, value in where.items()})


def _value(value: object) -> object:
    return value() if callable(value) else value


STEPS = (
    Step(
        "R.",
        _("Begin"),
        _(
            "You are R. You are staying on Ward 6. T. is your partner. This is your notebook: only"
            " you see it. Have a look around, then go on."
        ),
        _at("people:home"),
    ),
    Step(
        "R.",
        _("A map"),
        _(
            "Here is who and what matters to R. Tap the paper to add someone or something. Move it."
            " Tie it to R. and say in words what the tie is like. It can help and hurt at once."
        ),
        _at("maps:draw", map_id=id_of("map")),
    ),
    Step(
        "R.",
        _("A moment"),
        _(
            "This morning there was no tea: the kitchen was locked. Note it in a few words, choose"
            " “It could not happen”, and keep it."
        ),
        _at("moments:write"),
    ),
    Step(
        "R.",
        _("A practice"),
        _(
            "Moments that come again are a practice. Read how tea with T. came and went. If you"
            " like, say how it stands now."
        ),
        _at("moments:practice", thing=id_of("tea")),
    ),
    Step(
        "R.",
        _("One voice"),
        _(
            "Ask the ward for something: tea at eight, please. You will see exactly what arrives"
            " before it is sent, and you can take it back."
        ),
        _at("care:write", circle=ward, about=id_of("tea")),
    ),
    Step(
        "J.",
        _("The ward"),
        _(
            "Now you are J., who works here. Read what was asked. Say something back, and link it"
            " to what gets in the way."
        ),
        _at("care:ward", circle=ward),
    ),
    Step(
        "T.",
        _("A change, and each side"),
        _(
            "Now you are T. The ward is trying a kettle in the day room. Read what each side says"
            " happened, and say something from yours."
        ),
        _at("care:change", circle=ward, thing=id_of("change")),
    ),
    Step(
        "O.",
        _("A gathering"),
        _(
            "Now you are O., the scribe. People of many roles talk about mornings. Write a line,"
            " choose who speaks and a theme, press Enter. Then look at the findings."
        ),
        _at("inquiry:write", circle=ward, thing=id_of("gathering")),
    ),
    Step(
        "R.",
        _("Taking a word back"),
        _(
            "You are R. again. You said something at the gathering that is quoted in the report."
            " Take the quote back. Nobody asks why."
        ),
        _at("inquiry:line", circle=ward, thing=id_of("gathering"), line=id_of("line R.")),
    ),
    Step(
        "O.",
        _("The report"),
        _(
            "You are O. again. The quote is gone from the report, and a finding says it lost"
            " support. Nothing can be issued until someone looks again. Look again, then issue it."
        ),
        _at("reports:live", circle=ward, thing=id_of("gathering")),
    ),
)


def guide(request: HttpRequest) -> Guide | None:
    """The step one is at, if one is on the walk."""
    session = getattr(request, "session", None)
    number = session.get("walk") if session is not None else None
    if not isinstance(number, int) or not 0 <= number < len(STEPS) or not is_village():
        return None
    return Guide("sample/guide.html", STEPS[number], number + 1, len(STEPS))
