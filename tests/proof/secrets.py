"""What people do that others must not be able to tell, besides what stands on their own pages.

Each act is done by the one who hides; `looks` is the one who must see no trace of it.
"""

from collections.abc import Callable
from datetime import timedelta


from kith.base import clock, ids
from kith.care import actions as asking
from kith.care.nouns import Request
from kith.inquiry.actions import say
from kith.inquiry.nouns import Contribution, Gathering
from kith.inquiry.actions import open_gathering
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.people import actions as people
from kith.people.models import Session
from kith.permissions.actions import act, give, withdraw
from proof.village import Village

Act = Callable[[Village, str, str], object]


def write_much(village: Village, hides: str, looks: str) -> None:
    for number in range(5):
        note(village.viewer(hides), Moment(f"Nobody knows of this {number}"))


def show_and_take_back(village: Village, hides: str, looks: str) -> None:
    """To the very one who looks, but taken back before they could look."""
    who = village.viewer(hides)
    thing = note(who, Moment("Shown for an instant")).thing
    with act(who, "share") as doing:
        grant = give(doing, thing=thing, classes=["words"], purpose="share",
                     ends=clock.now() + timedelta(days=9), to_person=village.people[looks].id)  # fmt: skip
    withdraw(who, grant.id)


def ask_and_take_back(village: Village, hides: str, looks: str) -> None:
    who = village.viewer(hides)
    for circle in who.circles():
        if circle in (village.ward, village.other_ward):
            kept = asking.write(who, Request("Tea, or rather not.", circle=circle))
            asking.send(who, kept.thing, previewed=kept.id, ends=clock.now() + timedelta(days=7))
            asking.take_back(who, kept.thing)


def show_a_stranger(village: Village, hides: str, looks: str) -> None:
    who = village.viewer(hides)
    with act(who, "share") as doing:
        give(doing, thing=None, classes=["words", "map"], purpose="share",
             ends=clock.now() + timedelta(days=9), to_person=village.people["O."].id)  # fmt: skip


def gather_elsewhere(village: Village, hides: str, looks: str) -> None:
    who = village.viewer(hides)
    circle = people.open_circle(who, "Only ours", "inquiry").id
    who = village.viewer(hides)
    people.join(village.viewer("S." if looks != "S." else "G."), people.invite(who, circle, "team", 5))
    met = open_gathering(who, circle, Gathering("Only ours")).thing
    say(who, met, Contribution("Said elsewhere"))


def take_part(village: Village, hides: str, looks: str) -> None:
    """A newcomer, with an account, joins every ward, says where they speak from, and writes."""
    for keeper, circle in (("K.", village.ward), ("X.", village.other_ward)):
        one = people.begin("N.", handle=f"n{ids.new()}", passphrase="a long one indeed")
        village.people["N."] = one
        people.join(village.viewer("N."), people.invite(village.viewer(keeper), circle, "guest", 9))
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
    write_much, show_and_take_back, ask_and_take_back, show_a_stranger, gather_elsewhere,
    take_part, leave_all, close_sessions,
)  # fmt: skip
