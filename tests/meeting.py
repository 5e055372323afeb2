"""Two people who met through a code handed over in person, by the same acts that pages call."""

from uuid import UUID

from django.test import Client

from kith.people.known import come_by, make_code, meet
from kith.people.nouns import Known
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from world import signed_in


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


def thing_in(address: str) -> UUID:
    """The id in an address."""
    return next(UUID(part) for part in address.split("/") if len(part) == 36)
