"""The copy of one's own: all that one said, with every version; readable; nobody else's words."""

import io
import json
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from inquiry.village import meeting, said
from kith.base import clock
from kith.maps.actions import add_figure, add_tie
from kith.maps.actions import begin as begin_map
from kith.maps.nouns import Figure
from kith.moments.actions import correct_moment, note, remove
from kith.moments.nouns import Moment
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.only_me import OwnKeys
from kith.records.sealing import keyring
from kith.reports.copying import copy_of_all
from meeting import browsing
from world import again, viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def unpacked(who: Viewer) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(copy_of_all(who)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def everything(who: Viewer) -> dict[str, object]:
    told: dict[str, object] = json.loads(unpacked(who)["kith/everything.json"])
    return told


def test_every_version_is_in_it_with_its_day() -> None:
    me = viewer("M.")
    first = note(me, Moment(words="a cup of tea"), seen_on=clock.now())
    correct_moment(me, first.thing, Moment(words="a pot of tea"), seen=first.id)
    page = unpacked(me)["kith/read.html"].decode()
    assert "a cup of tea" in page
    assert "a pot of tea" in page
    told = everything(me)["said"]
    assert [one["says"]["words"] for one in told] == ["a cup of tea", "a pot of tea"]  # type: ignore[attr-defined, index]
    assert {one["seen_on"] for one in told}  # type: ignore[attr-defined, index]


def test_every_record_of_ones_own_that_says_something_is_in_it() -> None:
    at = meeting()
    said(at, "mine")
    me = again(at.guest)
    note(me, Moment(words="tea"), seen_on=clock.now())
    gone = note(me, Moment(words="taken away"), seen_on=clock.now())
    remove(me, Moment, gone.thing)
    mine = Record.objects.filter(author=me.me, removed=False).values_list("id", flat=True)
    told = {one["id"] for one in everything(me)["said"]}  # type: ignore[attr-defined]
    assert told == {str(one) for one in mine}


def test_nobody_elses_words_are_in_it() -> None:
    at = meeting()
    said(at, "from the guest")
    said(at, "from the team", at.team)
    whole = b"".join(unpacked(again(at.guest)).values())
    assert b"from the guest" in whole
    assert b"from the team" not in whole


def test_maps_are_pictures_of_their_own_with_nothing_beside_them() -> None:
    me = viewer()
    paper = begin_map(me)
    one, other = (
        add_figure(me, paper, Figure(x=x, y=0.4, label=name)).thing
        for x, name in ((0.2, "M., <my> sister"), (0.7, "the dog"))
    )
    add_tie(me, paper, one, other)
    svg = unpacked(me)["kith/maps/1.svg"].decode()
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "the dog" in svg
    assert "&lt;my&gt; sister" in svg
    assert not re.search(r"(href|class|src)=", svg)


def test_it_says_that_it_is_personal_data_and_opens_without_a_request_to_anywhere() -> None:
    me = viewer()
    note(me, Moment(words="<script>alert(1)</script>"), seen_on=clock.now())
    page = unpacked(me)["kith/read.html"].decode()
    assert "Pseudonymised personal data" in page
    assert "<script" not in page
    assert not re.search(r'(href|src)="(https?:|/)', page)


def test_the_page_sends_it_as_it_is_made_and_keeps_no_file() -> None:
    me = viewer()
    note(me, Moment(words="tea"), seen_on=clock.now())
    client = browsing(me)
    assert "Take the copy" in client.get(reverse("copies:copy")).content.decode()
    answer = client.post(reverse("copies:copy"))
    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert "kith/read.html" in archive.namelist()
    assert Client().post(reverse("copies:copy")).status_code in (302, 404)


def test_what_is_only_ones_own_and_shut_is_named_before_and_inside() -> None:
    me = viewer()
    note(me, Moment(words="tea"), seen_on=clock.now())
    own = OwnKeys(keyring(), me.me)
    own.choose("words", own.begin("passphrase", b"secret"))
    me = again(me)
    page = browsing(me).get(reverse("copies:copy")).content.decode()
    assert "This is only yours" in page  # asked for before any page of theirs
    assert "shut when this copy was made" in unpacked(me)["kith/read.html"].decode()
