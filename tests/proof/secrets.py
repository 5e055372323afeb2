"""What people do that others must not be able to tell, besides what stands on their own pages.

Each act is done by the one who hides; `looks` is the one who must see no trace of it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from kith.base import clock, ids
from kith.care import actions as asking
from kith.care.nouns import Request
from kith.inquiry.actions import open_gathering, say
from kith.inquiry.nouns import Contribution, Gathering
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.moments.ours import actions as ours
from kith.moments.ours.readings import may_share
from kith.moments.readings import practices
from kith.people import actions as people
from kith.people import known
from kith.people.models import Session
from kith.permissions.actions import act, give, withdraw
from kith.sample.cast import id_of
from proof.village import Village

Act = Callable[[Village, str, str], object]
HEARD_OF = UUID("7d0cbd92-5b7c-4c1e-9f0e-2b1a34c5d6e7")
"""The id of something of the other's, as it may have been seen on their screen: the one who looks
tries it at every address."""


def two_lines(village: Village, late: bool) -> list[Any]:
    """Two lines that anyone at the gathering may see; which of them arrives first must not show."""
    scribe, met, now = village.viewer("O."), id_of("gathering"), clock.now()
    lines = [(uuid5(met, words), Contribution(words)) for words in ("Once more.", "And again.")]
    for number, (id, said) in enumerate(reversed(lines) if late else lines):
        with clock.stopped_at(now + number * clock.TICK), act(scribe, "contribution.keep") as doing:
            doing.keep(village.ward, said, id=id, parent=met, made_at=now - clock.TICK)
    return []


def write_something_heard_of(village: Village, hides: str, looks: str) -> None:
    note(village.viewer(hides), Moment("Seen over my shoulder."), id=HEARD_OF)


def write_much(village: Village, hides: str, looks: str) -> None:
    for number in range(5):
        note(village.viewer(hides), Moment(f"Nobody knows of this {number}"))


def show_and_take_back(village: Village, hides: str, looks: str) -> None:
    """To the very one who looks, but taken back before they could look."""
    who = village.viewer(hides)
    for met in known.known(who):
        with act(who, "share") as doing:
            grant = give(doing, thing=note(who, Moment("For an instant")).thing,
                         classes=["moment"], purpose="know", to_pair=met.noun.pair, alone=True,
                         ends=clock.now() + timedelta(days=9))  # fmt: skip
        withdraw(who, grant.id)


def ask_and_take_back(village: Village, hides: str, looks: str) -> None:
    who = village.viewer(hides)
    for circle in who.circles():
        if circle in (village.ward, village.other_ward):
            kept = asking.write(who, Request("Tea, or rather not.", circle=circle))
            asking.send(who, kept.thing, previewed=kept.id, ends=clock.now() + timedelta(days=7))
            asking.take_back(who, kept.thing)


def show_to_a_team(village: Village, hides: str, looks: str) -> None:
    """To every team there is; where the one who looks works there, it does not happen."""
    who = village.viewer(hides)
    for circle in who.circles():
        with act(who, "share") as doing:
            give(doing, thing=None, classes=["moment", "map"], purpose="know",
                 to_circle=circle, ends=clock.now() + timedelta(days=9))  # fmt: skip


def meet_and_let_go(village: Village, hides: str, looks: str) -> None:
    """Meet a stranger by a code; let everyone go from whom one was shown nothing."""
    who = village.viewer(hides)
    met = known.meet(who, "someone new")
    stranger = "S." if looks != "S." else "G."
    known.come_by(village.viewer(stranger), known.make_code(who, met.thing), "someone")
    for one in known.known(who):
        known.forget(who, one.thing)


def call_it_ours(village: Village, hides: str, looks: str) -> None:
    """With everyone one knows, under a word of one's own; and one of them taken back."""
    who = village.viewer(hides)
    for practice in practices(who)[:1]:
        for met in may_share(who):
            ours.call_ours(who, practice.thing, met.thing, "the walk", alone=True)
            ours.take_back(who, ours.call_ours(who, practice.thing, met.thing, "tea", alone=True))


def gather_elsewhere(village: Village, hides: str, looks: str) -> None:
    who = village.viewer(hides)
    circle = people.open_circle(who, "Only ours", "inquiry").id
    who = village.viewer(hides)
    people.join(
        village.viewer("S." if looks != "S." else "G."), people.invite(who, circle, "team", 5)
    )
    met = open_gathering(who, circle, Gathering("Only ours")).thing
    say(who, met, Contribution("Said elsewhere"))


def take_part(village: Village, hides: str, looks: str) -> None:
    """A newcomer, with an account, joins every ward, says where they speak from, and writes."""
    for keeper, circle in (("K.", village.ward), ("X.", village.other_ward)):
        one = people.begin("N.", handle=f"n{ids.new()}", passphrase="a long one indeed")
        village.people["N."] = one
        code = people.invite(village.viewer(keeper), circle, "guest", 9)
        people.join(village.viewer("N."), code)
        # Whoever looks after the circle sees the cards that work, and this one was theirs to give.
        people.stop_invitation(village.viewer(keeper), people.invitation_for(code).id)
        people.speak_from(village.viewer("N."), circle, ["uses-service"])
        note(village.viewer("N."), Moment("New here"))
        del village.people["N."]


def leave_all(village: Village, hides: str, looks: str) -> None:
    """Leave every circle one is in; what one said there stays, and nothing else tells."""
    for circle in village.viewer(hides).circles():
        people.leave(village.viewer(hides), circle)


def close_sessions(village: Village, hides: str, looks: str) -> None:
    kept = village.cookie(hides)
    Session.objects.filter(session_key=kept).delete()


ACTS: tuple[Act, ...] = (
    write_something_heard_of, write_something_heard_of, write_much,
    show_and_take_back, ask_and_take_back, show_to_a_team, gather_elsewhere,
    take_part, leave_all, close_sessions, meet_and_let_go, call_it_ours,
)  # fmt: skip
