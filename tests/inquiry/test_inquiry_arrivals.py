"""Lines that come from a device: the scribe's, a guest's own, taken back and brought back."""

import pytest
from django.test import Client

from device import Device
from inquiry.village import Meeting, meeting
from kith.inquiry.actions import take_seat
from kith.inquiry.nouns import Voice
from kith.inquiry.readings import lines
from kith.permissions.viewer import Viewer
from world import signed_in, viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def held_by(who: Viewer) -> Device:
    client = Client()
    signed_in(client, who)
    return Device(client)


def where(at: Meeting, **more: object) -> dict[str, object]:
    return {"circle": str(at.circle), "gathering": str(at.thing), **more}


def test_the_scribe_writes_with_roles_and_a_guest_speaks_from_their_seat() -> None:
    at = meeting()
    take_seat(at.guest, at.thing, Voice(roles=("close",)))
    scribe, guest = held_by(at.team), held_by(at.guest)
    scribe.keep("contribution.write", where(at, words="The kettle.", roles=["nurse", "manager"]))
    guest.keep(
        "contribution.say",
        where(at, words="A second cup.", roles=["doctor"], quote="on"),
        made_at="2026-03-01T09:00:00.000Z",
    )
    assert (scribe.send(), guest.send()) == ([200], [200])
    told = [(line.words, line.roles) for line in lines(at.guest, at.thing)]
    assert told == [("The kettle.", ("nurse", "manager")), ("A second cup.", ("close",))]


def test_a_line_is_taken_back_and_brought_back_by_its_author_alone() -> None:
    at = meeting()
    guest, other = held_by(at.guest), held_by(at.team)
    line = guest.keep("contribution.say", where(at, words="A second cup."))
    guest.send()
    other.keep("contribution.take-back", {"line": str(line.id)})
    assert other.send() == [422]
    guest.keep("contribution.take-back", {"line": str(line.id)})
    guest.send()
    assert lines(at.guest, at.thing) == []
    guest.keep("contribution.bring-back", {"line": str(line.id)})
    assert guest.send() == [200] * 3
    assert [one.words for one in lines(at.guest, at.thing)] == ["A second cup."]


def test_only_the_team_writes_for_others_and_nobody_from_outside_speaks() -> None:
    at = meeting()
    guest, stranger = held_by(at.guest), held_by(viewer())
    guest.keep("contribution.write", where(at, words="As if I were the scribe.", roles=["nurse"]))
    stranger.keep("contribution.say", where(at, words="Hello."))
    assert (guest.send(), stranger.send()) == ([422], [422])
    assert lines(at.team, at.thing) == []
