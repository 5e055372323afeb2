"""What goes on at the ward: arrangements, what staff noticed, a request, changes tried."""

from datetime import timedelta

from kith.arrangements.actions import add, join, notice
from kith.arrangements.nouns import Arrangement, Noticed
from kith.base import clock
from kith.care.actions import send, write
from kith.care.nouns import Answer, Change, Request, Side
from kith.care.trying import answer, move, plan, speak
from kith.people.actions import name_turn_to
from kith.people.nouns import TurnTo
from kith.sample.cast import as_viewer, id_of, ward
from kith.sample.time import day, days_ago

ARRANGEMENTS = {
    "kitchen": Arrangement(
        name="The kitchen is locked from eight to seven",
        description="No hot water in the evening, or before breakfast.",
        owner="the ward manager",
        sort="time",
    ),
    "phones": Arrangement(
        name="Phones are kept in the office",
        description="You ask for yours, for ten minutes at a time.",
        owner="the team",
        sort="rule",
    ),
    "visiting": Arrangement(
        name="Visiting ends at half past six",
        description="Before most people get here from work.",
        owner="the ward manager",
        sort="time",
    ),
    "leave": Arrangement(
        name="The leave form needs two signatures",
        description="One of them from the day team.",
        owner="nobody we know of yet",
        sort="form",
    ),
}

WATER = Arrangement(name="No hot water after eight", owner="nobody we know of yet", sort="time")
"""Someone named it apart; it is the locked kitchen, and is told as that."""


def tell_arrangements() -> None:
    """What the ward says of itself, before anyone asked."""
    keeper, nurse = as_viewer("K."), as_viewer("J.")
    with days_ago(110):
        for name, said in ARRANGEMENTS.items():
            add(keeper, ward(), said, id=id_of(name))
        for number, turn in enumerate(_turns()):
            name_turn_to(keeper, ward(), turn, id_of(f"turn {number}"))
    with days_ago(100):
        add(keeper, ward(), WATER, id=id_of("hot water"))
        join(keeper, id_of("kitchen"), [id_of("hot water")])
    with days_ago(15, 21):
        line = "On nights, people come to the hatch for hot water. I say no, and we both feel it."
        notice(nurse, ward(), Noticed(line, arrangement=id_of("kitchen")), id=id_of("noticed"))


def tell_requests_and_changes() -> None:
    """R. asks for tea; the ward tries a kettle; each side says what happened."""
    _ask()
    keeper, nurse = as_viewer("K."), as_viewer("J.")
    with days_ago(14):
        kettle = Change(
            what="A kettle in the day room, from seven to nine in the morning",
            arrangements=(id_of("kitchen"),),
            owner="the morning shift",
            starts=day(12),
            review=day(-5),
        )
        plan(keeper, ward(), kettle, requests=[id_of("request")], id=id_of("change"))
        said = Answer("We can try a kettle in the day room. The kitchen itself needs the manager.")
        said = said.but(arrangements=(id_of("kitchen"),), changes=(id_of("change"),))
        answer(nurse, ward(), id_of("request"), said, id=id_of("answer"))
    with days_ago(12):
        move(nurse, id_of("change"), "trying")
    _sides()
    _other_changes()


def _ask() -> None:
    with days_ago(16, 19):
        said = Request(
            words="Could there be hot water before breakfast? Tea at seven, please. It is how my"
            " partner and I have started each day for thirty years.",
            circle=ward(),
            signed="R.",
            together=True,
            helps="Then T. could come by before work and we would have our quarter of an hour.",
            arrangement=id_of("kitchen"),
            about=id_of("tea"),
        )
        sent = write(as_viewer("R."), said, id=id_of("request"))
        ends = clock.now() + timedelta(days=30)
        send(as_viewer("R."), sent.thing, previewed=sent.id, ends=ends)


def _sides() -> None:
    told = (
        (6, "R.", "asked", "T. came three times. We stood by the window. It was ours again."),
        (5, "T.", "close", "I can be there at seven and still get to work. Now the parking."),
        (4, "J.", "staff", "The first two days were loud. Now it is our calmest hour."),
    )
    for days, called, speaks_as, words in told:
        with days_ago(days, 18):
            side = Side(words=words, speaks_as=speaks_as)
            speak(as_viewer(called), id_of("change"), side, id=id_of(f"side {called}"))


def _other_changes() -> None:
    keeper = as_viewer("K.")
    with days_ago(40):
        later = Change(
            what="Visiting until eight on Sundays",
            arrangements=(id_of("visiting"),),
            owner="the ward manager",
            cost="little",
            cost_words="One more hour at the front desk",
        )
        plan(keeper, ward(), later, id=id_of("sundays"))
        shorter = Change(
            what="One signature on the leave form",
            arrangements=(id_of("leave"),),
            owner="the ward manager",
        )
        plan(keeper, ward(), shorter, id=id_of("one signature"))
    with days_ago(20):
        why = "The form belongs to the whole trust. We have asked who can change it."
        move(keeper, id_of("one signature"), "dropped", why)


def _turns() -> tuple[TurnTo, ...]:
    return (
        TurnTo(
            who="The nurse in charge, at the office by the day room", reach="Knock", when="Always"
        ),
        TurnTo(who="The chaplain, for anyone of any faith or none", reach="Ask any of the staff"),
        TurnTo(who="The advocate, who does not work for the ward", reach="0121 496 0000"),
    )
