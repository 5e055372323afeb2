"""A village in which everyone has something to hide: whom these tests look from, and at.

R. stays on Ward 6 and knows T., who comes there too. J. works there, K. looks after it, O. writes
down what is said at it. X. looks after Ward 7, where R. is a guest and none of the others is.
G. was shown a thing of R.'s. S. knows nobody. Everyone keeps a notebook with one of each kind.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from kith.arrangements.actions import add, join, notice
from kith.arrangements.nouns import Arrangement, Noticed
from kith.base import clock, ids
from kith.care import actions as asking
from kith.care.nouns import Change, Request, Side
from kith.care.trying import plan, speak, unsay
from kith.inquiry.actions import let_quote, open_gathering, say, take_back
from kith.inquiry.nouns import Contribution, Gathering
from kith.maps import trio as sit
from kith.maps import us
from kith.maps.actions import add as put_on
from kith.maps.actions import add_figure, add_tie, begin, take_off
from kith.maps.bonds import actions as bonds
from kith.maps.layers import actions as layers
from kith.maps.nouns import Figure, Region, Said, Talk
from kith.maps.talk import photos, prompts, sittings, talking
from kith.moments.actions import correct_moment, make_card, name_practice, note, remove
from kith.moments.beside import Attached
from kith.moments.days import at as at_hour
from kith.moments.days import day_of, today
from kith.moments.nouns import Card, Moment, Practice, Tag
from kith.moments.ours import actions as ours
from kith.moments.plans import actions as plans
from kith.moments.readings import cards, practices
from kith.moments.reminders import actions as reminding
from kith.moments.reminders.nouns import Reminder
from kith.moments.suggesting import actions as suggesting
from kith.moments.suggesting import readings as suggested
from kith.moments.tags import actions as tags
from kith.people import actions as people
from kith.people import known
from kith.people.models import Installation, Passkey, Person
from kith.people.nouns import TurnTo
from kith.people.readings import circles_called, viewer_of
from kith.permissions.actions import act, give
from kith.permissions.viewer import NOBODY, Viewer
from kith.records.intake import intake_public
from kith.records.names import mark_of
from kith.records.nouns import CLASSES
from kith.records.sealing import close_keyrings, keyring
from kith.reports.actions import issue
from kith.reports.letter import actions as letters
from kith.reports.nouns import Letter
from kith.sample.actions import settle
from kith.sample.cast import CAST, WARD, as_viewer, id_of
from kith.web.models import Arrival
from pictures import A_PICTURE, A_SOUND

NOON = datetime.fromisoformat("2026-11-10T12:00:00+00:00")
LATER = NOON + timedelta(days=2)
OTHERS = ("X.", "G.", "S.")


def block() -> transaction.Atomic:
    """A transaction in which what must be durable may run, as if it stood alone."""
    made = transaction.atomic()
    made._from_testcase = True  # type: ignore[attr-defined]
    return made


Keys = dict[str, list[tuple[Any, ...]]]
TABLES = ("key", "own", "lock")
"""Of the keyring."""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in the block is undone at its end; within it, all is as it is outside."""
    with block():
        yield
        transaction.set_rollback(True)


class Fate:
    """All that is random, told from a word: the same word, the same ids and codes."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._source = Random("first")
        patch.setattr("kith.base.ids.uuid4", self.id)
        patch.setattr("secrets.choice", lambda many: self._source.choice(many))
        patch.setattr("secrets.token_bytes", lambda size=32: self._source.randbytes(size))
        patch.setattr("secrets.token_hex", lambda size=32: self._source.randbytes(size).hex())
        patch.setattr("secrets.token_urlsafe", lambda size=32: self._source.randbytes(size).hex())
        patch.setattr("secrets.randbelow", lambda most: self._source.randrange(most))

    def of(self, word: str) -> None:
        self._source = Random(word)

    def id(self) -> UUID:
        return UUID(int=self._source.getrandbits(128), version=4)


class Village:
    """The people, by what they are called here, and a browser for each."""

    def __init__(self) -> None:
        with clock.stopped_at(NOON):
            settle()
        self.people = {called: as_person(called) for called in CAST}
        # What only the invented may do is not there; everything else is as it is for real people.
        Installation.objects.update(invented=False)
        with clock.ticking_from(NOON + timedelta(minutes=1)):
            self.people |= {called: people.begin(called) for called in OTHERS}
            self._ward_seven()
            self._ward_six()
            for called in self.people:
                self._notebook(called)
            self._call_ours()
            self.besides = self._taken_away()
        with clock.stopped_at(LATER):
            self._cookies = {called: _signed_in(one) for called, one in self.people.items()}
        intake_public()
        mark_of("anyone")  # makes the key of sign-in names, as the first who has one does
        for one in self.people.values():
            for of in (*CLASSES, "ledger", "erased"):
                keyring().key_to_seal(one.id, of)
                keyring().key_to_seal(one.notebook, of)

        self._home, self._copy = Path(settings.KITH_HOME), Path(f"{settings.KITH_HOME}.as-it-was")
        close_keyrings()
        shutil.copytree(self._home, self._copy)
        self._files = self._as_they_are()

    def keep(self) -> None:
        """Let keys and other files stay as they are now, until the next time they are mended."""
        self._files = self._as_they_are()

    def mend(self, keys: Keys | None = None) -> None:
        """Put keys and other files back as they were, if anyone was erased since.

        With `keys`, the keyring is as when it was asked for these: what happened until then stays.
        """
        if self._as_they_are() != self._files:
            close_keyrings()
            shutil.rmtree(self._home)
            shutil.copytree(self._copy, self._home)
            self._files = self._as_they_are()
            for table, rows in (keys or {}).items():
                _put_back(table, rows)

    def keys(self) -> Keys:
        """The keyring as it is now: each of its tables with all rows."""
        return {table: keyring().file.rows(f"select * from {table}") for table in TABLES}

    def _as_they_are(self) -> list[tuple[str, int, int]]:
        found = (path for path in sorted(self._home.rglob("*")) if path.is_file())
        return [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in found]

    def viewer(self, called: str) -> Viewer:
        return viewer_of(self.people[called]) if called in self.people else NOBODY

    def browser(self, called: str) -> Client:
        """A browser in which this person is signed in; nobody, for any other name."""
        client = Client(raise_request_exception=False)
        for name, value in self._cookies.get(called, {}).items():
            client.cookies[name] = value
        return client

    def cookie(self, called: str) -> str:
        """The name of this person's session."""
        return self._cookies[called][settings.SESSION_COOKIE_NAME]

    @property
    def ward(self) -> UUID:
        return circles_called(WARD)[0].id

    @property
    def other_ward(self) -> UUID:
        return circles_called("Ward 7")[0].id

    def _ward_seven(self) -> None:
        seven = people.open_circle(self.viewer("X."), "Ward 7", "ward").id
        people.open_circle(self.viewer("X."), "Evenings, a study", "study")
        keeper = self.viewer("X.")
        people.join(self.viewer("R."), people.invite(keeper, seven, "guest", 30))
        people.join(self.viewer("G."), people.invite(keeper, seven, "team", 30))
        people.name_turn_to(keeper, seven, TurnTo("The chaplain", "ring 7"))
        door = add(keeper, seven, Arrangement("The door of ward seven is heavy")).thing
        tags.offer(keeper, seven, Tag("On the stairs of seven"))
        notice(self.viewer("G."), seven, Noticed("People wait at it.", arrangement=door))
        plan(keeper, seven, Change("A doorstop for seven", arrangements=(door,)))
        met = open_gathering(keeper, seven, Gathering("Evenings on seven")).thing
        say(self.viewer("R."), met, Contribution("Evenings are long on seven.", quote=True))

    def _ward_six(self) -> None:
        keeper, r = self.viewer("K."), self.viewer("R.")
        people.invite(keeper, self.ward, "guest", 30)
        away = add(keeper, self.ward, Arrangement("The bell")).thing
        with act(keeper, "arrangement.remove") as doing:
            doing.remove(away)
        form, twice = (add(keeper, self.ward, Arrangement(f"The form, {at}")).thing for at in "12")
        join(keeper, form, [twice])
        self.twice = twice
        tags.offer(keeper, self.ward, Tag("By the kettle"))
        tags.take_away(keeper, self.ward, tags.offer(keeper, self.ward, Tag("Old")).thing)
        asking.write(r, Request("Could the window open?", circle=self.ward, about=ids.new()))
        for called in ("G.", "T."):
            shown = note(r, Moment(f"What {called} may see.")).thing
            pair = self._meet("R.", called)
            with act(r, "share") as doing:
                ends = clock.now() + timedelta(days=80)
                give(doing, thing=shown, classes=["moment"], purpose="know", ends=ends,
                     to_pair=pair, alone=True)  # fmt: skip
        # R. and G. have shown each other an answer by now; of R. and T. only T. is willing.
        self.met = {called: known.known(self.viewer(called))[0].thing for called in ("G.", "T.")}
        self.met["R."] = next(one.thing for one in known.known(r) if one.noun.called == "G.")
        for called, thing in self.met.items():
            us.answer(self.viewer(called), thing, "value", Said("answered", f"{called} and tea"))
            us.be_willing(self.viewer(called), thing, ["value"], alone=True)
        self._with_a_third(r)

    def _with_a_third(self, r: Viewer) -> None:
        """R. and J., who supports her in his work, are to sit down with G."""
        met = known.meet(r, "J.", "from")
        known.come_by(self.viewer("J."), known.make_code(r, met.thing), "R.", "for")
        sit.come_as_third(self.viewer("G."), sit.begin(r, met.thing, alone=True))

    def _meet(self, one: str, other: str) -> UUID:
        """Two people who met by a code: `one` made it, `other` typed it. The pair they are."""
        met = known.meet(self.viewer(one), other)
        known.come_by(self.viewer(other), known.make_code(self.viewer(one), met.thing), one)
        return met.noun.pair

    def _taken_away(self) -> dict[str, dict[str, object]]:
        """What was taken away or issued; and pages of it that no link leads to, by route."""
        r, met = self.viewer("R."), id_of("gathering")
        issued = issue(self.viewer("O."), met).thing
        board = begin(r)
        figure = add_figure(r, board, Figure(0.3, 0.3, label="No longer here")).thing
        take_off(r, board, figure)
        heard = talking.say(r, board, Talk("said", words="To be heard."), heard=A_SOUND).thing
        part = put_on(r, board, Region(((0.1, 0.1), (0.4, 0.1), (0.2, 0.4)), "At home")).thing
        said = talking.say(r, board, Talk("said", words="Never mind that.")).thing
        laid = photos.lay_under(r, board, A_PICTURE).id
        talking.take_away(r, board, said)
        asked = asking.write(r, Request("Never mind.", circle=self.ward)).thing
        asking.remove(r, asked)
        unsay(r, speak(r, id_of("change"), Side("Too soon.", "asked")).thing)
        take_back(self.viewer("O."), say(self.viewer("O."), met, Contribution("A slip.")).thing)
        let_quote(r, id_of("line R."), False)
        key = Passkey.objects.create(
            person=self.people["R."], name="A phone", credential=b"1", public=b"", count=0,
            made=NOON.date(),
        )  # fmt: skip
        away, device = {"key": key.id}, ids.new()
        Arrival(id=ids.new(), person=r.me, device=device, seq=1, digest=b"1").save()
        return {
            "me/ways/key/<uuid:key>/": away,
            "me/ways/key/<uuid:key>/away/": away,
            "me/only/of/<slug:of>/": {"of": "map"},
            "me/only/of/<slug:of>/back/": {"of": "map"},
            "map/us/<uuid:thing>/back/": {"thing": self.met["R."]},
            "sharing/choose/<uuid:thing>/": {"thing": note(r, Moment("To be shown.")).thing},
            "map/<uuid:map_id>/back/<uuid:thing>/": {"map_id": board, "thing": figure},
            "map/<uuid:map_id>/cut/<uuid:thing>/": {"map_id": board, "thing": part},
            "map/<uuid:map_id>/talk/<uuid:thing>/back/": {"map_id": board, "thing": said},
            "map/prompts/<slug:code>/": {"code": "self"},
            "media/picture/<uuid:thing>/": {"thing": ids.beside(laid, "picture")},
            "media/sound/<uuid:thing>/": {"thing": ids.beside(heard, "sound")},
            "asks/<uuid:thing>/back/": {"thing": asked},
            "out/card/<uuid:thing>/<slug:paper>/": {"thing": cards(r)[0].thing, "paper": "a4"},
            "meet/<uuid:circle>/": {"circle": self.ward},
            "papers/<uuid:circle>/edition/<uuid:thing>/": {"circle": self.ward, "thing": issued},
            "papers/<uuid:circle>/<uuid:thing>/issue/": {"circle": self.ward, "thing": met},
            "keep/<uuid:device>/": {"device": device},
            "place/<uuid:circle>/<uuid:thing>/alone/": {"circle": self.ward, "thing": self.twice},
            "walk/<int:number>/": {"number": 1},
            "walk/be/<str:called>/": {"called": "R."},
        }

    def _notebook(self, called: str) -> None:
        who = self.viewer(called)
        board = begin(who, with_me=f"{called} here")
        figures = [
            add_figure(who, board, Figure(x, 0.5, label=f"{called} knows {x}")).thing
            for x in (0.2, 0.7)
        ]
        self._more_about(who, board, add_tie(who, board, *figures), called)
        talking.say(who, board, Talk("said", words=f"{called} on tea"), heard=A_SOUND)
        talking.say(who, board, Talk("described", figures[0], f"{called}, at the edge"))
        talking.say(who, board, Talk("interpreted", words=f"What {called} may mean"))
        photos.lay_under(who, board, A_PICTURE)
        photos.give_face(who, board, figures[0], A_PICTURE)
        prompts.word(who, "self", [f"Where is {called}?"])
        sittings.begin(who, board)
        self._layers(who, board, called)
        alone = Moment(
            f"Tea alone, {called}", place=f"By {called}’s window", felt=("calm", "sad"),
            felt_words=f"{called} was far away", helped=f"The cup of {called}", own=("felt",),
            flow=("shared",), tags=(f"{called}, mornings",), about_then="about",
        )  # fmt: skip
        tea = note(who, alone, attached=Attached(A_PICTURE, A_SOUND)).thing
        correct_moment(who, tea, alone.but(and_whom=f"{called} and the cat"))
        remove(who, Moment, note(who, Moment(f"Not to be kept, {called}")).thing)
        floor = plans.begin(who, f"The flat of {called}")
        plans.put(who, floor, tea, (0.2, 0.3))
        plans.take_away(who, plans.begin(who, f"An older flat, {called}"))
        kept = name_practice(who, Practice(f"The paper, {called}", moments=(tea,))).thing
        make_card(who, Card(called=called, practices=(kept,), words=f"Ask {called} first."))
        letters.write(who, Letter(to=f"Whom {called} chose", matters=f"Tea, says {called}"))
        letters.remove(who, letters.write(who, Letter(matters=f"Not sent, {called}")).thing)
        remove(who, Practice, name_practice(who, Practice(f"Chess, {called}")).thing)
        remove(who, Card, make_card(who, Card(called=called, words="An older card.")).thing)
        self._again(who, called)
        self._reminded(who, called)

    def _reminded(self, who: Viewer, called: str) -> None:
        """One reminder that holds and was seen, one stopped, one taken away."""
        first, midnight = today(), at_hour(day_of(LATER), time(0))
        said = Reminder(first, first + timedelta(days=30), ("00:00",), words=f"{called}, a minute?")
        held = reminding.ask(who, said.but(weekdays=(midnight.weekday(),))).thing
        reminding.stop(who, reminding.ask(who, said.but(calendar=f"{called} again")).thing)
        remove(who, Reminder, reminding.ask(who, said.but(times=("09:30", "21:30"))).thing)
        with clock.stopped_at(LATER - timedelta(hours=1)):
            reminding.tell(who, held, midnight, "shown")

    def _again(self, who: Viewer, called: str) -> None:
        """What came again in their moments: one thing offered still, one that was let be."""
        for days in range(3):
            for words in (f"Cards with {called}", "Rain again"):
                name = "M." if words == "Rain again" else "P."
                seen_on = clock.now() - timedelta(days=days)
                note(who, Moment(words, and_whom=name), seen_on=seen_on)
        rain = next(one for one in suggested.offered(who) if one.whom == "M.")
        suggesting.let_be(who, rain.recurs)

    def _call_ours(self) -> None:
        """R. and G. both call the paper theirs, and see it by now; of R. and T. only T. does."""
        for called, thing in self.met.items():
            who = self.viewer(called)
            kept = practices(who)[0].thing
            ours.call_ours(who, kept, thing, "the paper", alone=True)

    def _more_about(self, who: Viewer, board: UUID, tie: UUID, called: str) -> None:
        """What was said of a tie and taken away, and what was said of it after that."""
        said = bonds.say(who, board, tie, {"good": Said("answered", f"{called}, once")})
        bonds.take_away(who, tie, said)
        hard = {"hard": Said("depends", f"{called} and the mornings"), "good": Said("unsure")}
        bonds.say(who, board, tie, hard)

    def _layers(self, who: Viewer, board: UUID, called: str) -> None:
        said = {"layer": "before", "when": f"the spring of {called}"}
        before = layers.begin(who, board, said, take="all")
        away = layers.begin(who, board, {"layer": "bad", "name": f"{called} would rather not"})
        layers.take_away(who, away)
        layers.tell_difference(who, board, before, f"{called} laughed more.")
        layers.keep_order(who, board, agreed=True)
        add_figure(who, board, Figure(0.4, 0.8, label=f"{called} drew this last"))


def _put_back(table: str, rows: list[tuple[Any, ...]]) -> None:
    file = keyring().file
    with file.writing():
        file.do(f"delete from {table}")
        for row in rows:
            file.do(f"insert into {table} values ({', '.join('?' * len(row))})", *row)


def as_person(called: str) -> Person:
    return Person.objects.get(id=as_viewer(called).person)


def _signed_in(one: Person) -> dict[str, str]:
    client = Client()
    client.force_login(one)
    return {name: told.value for name, told in client.cookies.items()}
