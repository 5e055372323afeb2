"""Two people who met through a code handed over in person, by the same acts that pages call."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from kith.maps import trio as sit
from kith.people.known import come_by, make_code, meet
from kith.people.nouns import Known
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from world import signed_in, viewer


def met(a: Viewer, b: Viewer, who: str = "friend") -> tuple[Entry[Known], Entry[Known]]:
    """`a` made a code, `b` typed it; each has the other under a name."""
    theirs = meet(a, "J.", who)
    ours = come_by(b, make_code(a, theirs.thing), "R.", who)
    return theirs, ours


def browsing(who: Viewer) -> Client:
    """A client in which `who` is signed in."""
    client = Client(headers={"host": "127.0.0.1"})
    signed_in(client, who)
    return client


def choice(entry: Entry[Known]) -> str:
    """How a form names someone one knows."""
    return f"pair:{entry.noun.pair}"


def page(client: Client, address: str) -> str:
    """What the page at this address says."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def hidden(text: str) -> dict[str, str]:
    """What a page carries along unseen."""
    main = text[text.index("<main") :]
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', main))


def place(what: str) -> str:
    """Where one chooses to show this: from the page of one thing, or from nothing."""
    code, _colon, thing = what.partition(":")
    return f"/sharing/choose/{thing}/" if thing and code != "map" else "/sharing/choose/"


def previewed(client: Client, what: str, whom: str, **more: str) -> str:
    """The page that shows exactly what they will see."""
    form = {"what": what, "whom": whom, "purpose": "talk", "days": "30"} | more
    answer = client.post(place(what), form)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def shows(client: Client, what: str, whom: str, alone: str = "yes", **more: str) -> HttpResponse:
    """Show something by the pages: choose, look at the preview, press."""
    kept = hidden(previewed(client, what, whom, **more))
    return client.post(place(what), kept | {"show": "yes", "alone": alone})


def window(text: str) -> str:
    """The first thing shown on a page, byte for byte."""
    found = re.search(r'<article class="stack window">.*?</article>', text, re.DOTALL)
    return found[0] if found else ""


def grants(text: str) -> list[str]:
    """The ids of what a page of one's own says one shows."""
    return re.findall(r"/sharing/([0-9a-f-]{36})/stop/", text)


@contextmanager
def trio(who: Viewer, entry: Entry[Known], third: Viewer | None = None) -> Iterator[UUID]:
    """For the block, `who` sits with the one opposite and a third whom they handed a code."""
    third = third or viewer("T.")
    found = sit.come_as_third(third, sit.begin(who, entry.thing, alone=True))
    sit.open_it(third, found.id, all_here=True)
    yield found.id
    sit.end_it(third, found.id)
