"""Erasing oneself: what goes, what stays, the waiting time, and that nothing comes back."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from inquiry.village import meeting
from inquiry.village import said as said_at
from kith.arrangements.actions import add
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.base.problems import Gone, Missing, Refused
from kith.care.actions import send, write
from kith.care.nouns import Request
from kith.inquiry.actions import take_back
from kith.inquiry.nouns import Contribution
from kith.maps.actions import add_figure, add_tie, redo, take_off, undo
from kith.maps.actions import begin as begin_map
from kith.maps.nouns import Figure
from kith.moments.actions import note, remove
from kith.moments.nouns import Moment
from kith.people import leaving
from kith.people.actions import begin, leave
from kith.people.going import going, taken_away, waiting
from kith.people.kinds import is_called
from kith.people.models import Circle, Person, Session
from kith.people.readings import viewer_of
from kith.permissions.models import Grant
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.models import Erased, LedgerLine, Record, Waiting
from kith.records.nouns import all_nouns
from kith.records.sealing import keyring
from kith.records.verify import verify
from meeting import met
from world import again, joined, signed_in, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def said(who: Viewer, words: str = "tea") -> Record:
    return note(who, Moment(words=words), seen_on=clock.now())


def names_someone(owner: UUID) -> list[str]:
    """Every table in which a row still names this person or space."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            inner = getattr(field, "target_field", field)
            if inner.get_internal_type() == "UUIDField" and model is not Erased:
                rows = model._base_manager.filter(**{field.attname: owner})
                found += [f"{model.__name__}.{field.name}"] if rows.exists() else []
    return found


def quiet(answer: HttpResponse) -> bytes:
    """A page without what is new each time."""
    assert answer.status_code == 200
    return re.sub(rb'name="(csrfmiddlewaretoken|id)" value="[\w-]+"', b"", answer.content)


def asked(who: Viewer, circle: UUID) -> Grant:
    """A request that is shown to the team of a circle."""
    made = write(who, Request(words="tea at eight", circle=circle))
    return send(who, made.thing, previewed=made.id, ends=clock.now() + timedelta(days=30))


def test_what_is_ones_own_goes_with_its_keys_and_the_ledger_still_holds() -> None:
    keeper, circle = ward()
    me = joined(keeper, circle, "guest")
    mine, theirs = said(me), said(keeper, "mine")
    asked(me, circle)
    look(again(keeper), Request, purpose="request")  # leaves a line in my notebook
    leaving.erase_me(again(me))
    assert names_someone(me.me) == names_someone(me.own) == []
    assert not Grant.objects.exists()
    assert set(Record.objects.values_list("id", flat=True)) == {theirs.id}
    for owner in (me.me, me.own):
        with pytest.raises(Gone):
            keyring().key(owner, "words")
    assert Erased.objects.filter(id=mine.id).exists()
    assert verify().holds


def test_the_ledger_says_that_it_was_done_and_nothing_of_what_was_said() -> None:
    me = viewer()
    mine = said(me)
    leaving.erase_me(me)
    last = LedgerLine.objects.latest("number")
    assert (last.act, last.seals) == ("person.erase", [[f"erased:{mine.id}", ""]])


def test_what_a_circle_keeps_together_stays() -> None:
    keeper, circle = ward()
    worker = joined(keeper, circle, "team")
    add(worker, circle, Arrangement(name="The kitchen is locked at nine"))
    assert going(again(worker)).stays == ["1 arrangement"]
    leaving.erase_me(again(worker))
    assert [one.noun.name for one in look(again(keeper), Arrangement)] == [
        "The kitchen is locked at nine"
    ]
    assert verify().holds


def test_what_a_keeper_took_away_stays_away_when_the_keeper_goes() -> None:
    at = meeting()
    line = said_at(at, "unkind")
    take_back(again(at.keeper), line)
    leaving.erase_me(again(at.keeper))
    assert look(again(at.team), Contribution) == []
    assert verify().holds


def test_lines_go_with_whoever_said_them_and_a_taking_away_with_the_line() -> None:
    at = meeting()
    line = said_at(at, "mine")
    take_back(again(at.keeper), line)
    leaving.erase_me(again(at.guest))
    assert not Record.objects.filter(thing=line).exists()
    assert verify().holds


def test_a_circle_goes_with_the_last_one_in_it_and_others_keep_their_own_words() -> None:
    at = meeting()
    line = said_at(at, "mine")
    for one in (at.team, at.guest):
        leave(again(one), at.circle)
    assert going(again(at.keeper)).circles_alone == ["Mornings"]
    leaving.erase_me(again(at.keeper))
    assert not Circle.objects.exists()
    assert [entry.thing for entry in look(again(at.guest), Contribution)] == [line]
    take_back(again(at.guest), line)
    assert verify().holds


def test_a_circle_without_another_keeper_is_named_first() -> None:
    keeper, circle = ward("Ward 6")
    assert going(keeper).without_keeper == []  # it goes as well
    joined(keeper, circle, "guest")
    assert going(again(keeper)).without_keeper == ["Ward 6"]
    joined(keeper, circle, "keeper")
    assert going(again(keeper)).without_keeper == []


def test_a_device_that_sends_again_is_refused_and_so_is_anything_new() -> None:
    me = viewer()
    mine = said(me)
    leaving.erase_me(me)
    for again_id in (mine.id, None):
        with pytest.raises(Gone):
            note(me, Moment(words="tea"), id=again_id, seen_on=clock.now())
    assert not Record.objects.exists()
    assert verify().holds


def test_waiting_changes_nothing_until_its_end() -> None:
    me = viewer()
    said(me)
    start = clock.now()
    assert leaving.ask_to_be_erased(me) == start + erasure.WAIT or waiting(me)
    assert leaving.erase_due() == 0
    assert Record.objects.exists()
    with clock.stopped_at(start + erasure.WAIT + timedelta(minutes=1)):
        assert leaving.erase_due() == 1
    assert not Record.objects.exists()
    assert not Person.objects.filter(id=me.me).exists()
    assert not Waiting.objects.exists()


def test_one_press_and_one_stays() -> None:
    me = viewer()
    leaving.ask_to_be_erased(me)
    first = waiting(me)
    assert leaving.ask_to_be_erased(me) == first
    leaving.stay(me)
    assert waiting(me) is None
    with clock.stopped_at(clock.now() + timedelta(days=30)):
        assert leaving.erase_due() == 0
    assert verify().holds


def test_every_session_of_the_person_ends_and_no_other() -> None:
    me, other = viewer(), viewer()
    here, there, elsewhere = Client(), Client(), Client()
    for client, who in ((here, me), (there, me), (elsewhere, other)):
        signed_in(client, who)
    here.post(reverse("people:erase-now"))
    assert Session.objects.count() == 1
    assert there.get(reverse("people:account")).status_code == 302
    assert elsewhere.get(reverse("people:account")).status_code == 200


def test_whoever_signs_in_after_the_waiting_time_finds_nothing(client: Client) -> None:
    person = begin("M.", handle="magpie", passphrase="a teapot on a sill")
    me = viewer_of(person)
    with clock.stopped_at(clock.now() - timedelta(days=8)):
        leaving.ask_to_be_erased(me)
    told = {"username": "magpie", "password": "a teapot on a sill"}
    answer = client.post(reverse("people:signin"), told, follow=True)
    assert answer.status_code == 200
    assert b"Who and what matters to you" in answer.content
    assert not Person.objects.filter(id=me.me).exists()


def test_a_thing_taken_away_can_be_forgotten_for_good_by_its_author_alone() -> None:
    me, other = viewer(), viewer()
    one, kept = said(me, "one"), said(me, "kept")
    with pytest.raises(Refused):
        leaving.forget(me, one.thing)
    remove(me, Moment, one.thing)
    assert [entry.thing for entry in taken_away(me)] == [one.thing]
    with pytest.raises(Missing):
        leaving.forget(other, one.thing)
    leaving.forget(me, one.thing)
    assert taken_away(me) == []
    assert [entry.thing for entry in look(me, Moment)] == [kept.thing]
    with pytest.raises(Gone):
        note(me, Moment(words="one"), id=one.id, seen_on=clock.now())
    assert verify().holds


def test_the_one_opposite_sees_no_difference(client: Client) -> None:
    a, b = viewer("A."), viewer("B.")
    _theirs, ours = met(a, b)
    signed_in(client, b)
    pages = [reverse("people:looking"), reverse("people:known-one", args=[ours.thing])]
    before = [quiet(client.get(page)) for page in pages]
    leaving.erase_me(a)
    assert names_someone(a.me) == []
    assert [quiet(client.get(page)) for page in pages] == before


def test_every_kind_of_thing_has_a_name_in_words() -> None:
    ours = [noun for noun in all_nouns() if noun.__module__.startswith("kith.")]
    assert [noun.__kind__ for noun in ours if not is_called(noun.__kind__)] == []


@pytest.mark.parametrize("name", ["erase", "erase-now", "away", "account"])
def test_the_pages_open_and_are_not_for_anyone_else(client: Client, name: str) -> None:
    assert client.get(reverse(f"people:{name}")).status_code == 302
    me = viewer()
    said(me, "canary-77")
    signed_in(client, me)
    answer = client.get(reverse(f"people:{name}"))
    assert answer.status_code == 200
    assert b"canary-77" not in answer.content


def test_by_its_pages_one_asks_stays_and_goes(client: Client) -> None:
    me = viewer()
    said(me)
    signed_in(client, me)
    page = client.get(reverse("people:erase")).content.decode()
    assert "1 moment" in page
    home = client.post(reverse("people:erase"), follow=True).content.decode()
    assert "You asked to be erased" in home
    client.post(reverse("people:stay"))
    assert "You asked to be erased" not in client.get(reverse("people:home")).content.decode()
    gone = client.post(reverse("people:erase-now"), follow=True)
    assert "It is erased" in gone.content.decode()
    assert not Person.objects.exists()


def test_forgetting_by_its_page(client: Client) -> None:
    me = viewer()
    one = said(me, "a cup of tea")
    signed_in(client, me)
    page = reverse("people:forget-thing", args=[one.thing])
    assert client.get(page).status_code == 404
    remove(me, Moment, one.thing)
    assert "a cup of tea" in client.get(reverse("people:away")).content.decode()
    assert "a cup of tea" in client.get(page).content.decode()
    assert "Forgotten for good" in client.post(page, follow=True).content.decode()
    assert not Record.objects.exists()


def test_a_figure_off_the_paper_is_forgotten_and_its_map_goes_on(client: Client) -> None:
    me = viewer()
    paper = begin_map(me)
    one, other = (
        add_figure(me, paper, Figure(x=x, y=0.4, label=name)).thing
        for x, name in ((0.2, "M."), (0.7, "the dog"))
    )
    add_tie(me, paper, one, other)
    take_off(me, paper, one)
    signed_in(client, me)
    assert "M." in client.get(reverse("people:away")).content.decode()
    leaving.forget(me, one)
    for address in (reverse("maps:mine"), reverse("maps:draw", args=[paper])):
        assert client.get(address, follow=True).status_code == 200
    for _ in range(6):
        undo(me, paper)
    for _ in range(6):
        redo(me, paper)
    assert client.get(reverse("maps:draw", args=[paper])).status_code == 200
    assert verify().holds
