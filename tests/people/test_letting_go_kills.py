"""Letting go that is killed at any step leaves the old, or is finished at the next start."""

import shutil
from pathlib import Path

import pytest

from records.test_erasure_kills import run

FILL = """
import django; django.setup()
from world import viewer
from kith.maps.actions import begin
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.people import known
from kith.records.only_me import WORDS, OwnKeys
from kith.records.sealing import keyring
me, other = viewer("A."), viewer("B.")
for who in (me, other):
    note(who, Moment("Tea."))
    begin(who)
    known.meet(who, "T.")
theirs = OwnKeys(keyring(), me.me)
own = theirs.begin(WORDS, b"s" * 32)
for of in ("words", "labels"):
    theirs.choose(of, own)
print(me.me)
"""
LET_GO = """
import os, signal, sys
import django; django.setup()
from kith.people.models import Person
from kith.people.only_me import letting_go
from kith.people.readings import viewer_of
from kith.records import erasure, journal, only_me
places = {"erasure": erasure, "journal": journal, "keys": only_me.OwnKeys, "here": letting_go}
where, name, when = sys.argv[2:5]
real = getattr(places[where], name)
def killed(*given, **named):
    if when == "after":
        real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(places[where], name, killed)
letting_go.let_go(viewer_of(Person.objects.get(id=sys.argv[1])))
"""
LOOK = """
import sys, uuid
from kith.cli.place import get_ready
get_ready(None)
from kith.permissions.models import Pair
from kith.records import journal
from kith.records.models import LettingGo, Record
from kith.records.only_me import WORDS, OwnKeys
from kith.records.sealing import keyring
from kith.records.verify import verify
me = uuid.UUID(sys.argv[1])
assert verify().holds
assert journal.unfinished() == []
assert Record.objects.exclude(author=me).count() == 3
assert Pair.objects.filter(maker_left=None, taker_left=None).exclude(maker=me).count() == 1
theirs = OwnKeys(keyring(), me)
own = theirs.open(WORDS, b"s" * 32)
mine = Record.objects.filter(author=me).values_list("kind", flat=True)
held = [of for of in ("labels", "words") if keyring().holds(me, of)]
print(
    ",".join(sorted(mine)), sorted(theirs.keys(own)) if own else held, bool(own),
    LettingGo.objects.exists(), Pair.objects.filter(maker=me, maker_left=None).count(),
)
"""
WHOLE = "known,map,moment ['labels', 'words'] True False 1"
GONE = "map ['labels', 'words'] False False 0"
STEPS = [
    ("here", "_note", "before", WHOLE),
    ("here", "_carry_out", "before", GONE),
    ("journal", "note", "before", GONE),
    ("journal", "note", "after", GONE),
    ("erasure", "_take_rows", "after", GONE),
    ("keys", "let_go", "before", GONE),
    ("keys", "let_go", "after", GONE),
    ("journal", "note_done", "after", GONE),
    ("here", "leave_all", "before", GONE),
    ("here", "leave_all", "after", GONE),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("filled")
    run(home, "from kith.cli.place import get_ready; get_ready(None)")
    return home, run(home, FILL)


@pytest.mark.parametrize(("where", "name", "when", "then"), STEPS)
def test_killed_at_any_step_it_is_the_old_or_the_new(
    filled: tuple[Path, str], tmp_path: Path, where: str, name: str, when: str, then: str
) -> None:
    home, me = shutil.copytree(filled[0], tmp_path / "copy"), filled[1]
    run(home, LET_GO, me, where, name, when)
    assert run(home, LOOK, me) == then
