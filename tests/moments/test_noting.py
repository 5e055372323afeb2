"""All a moment can hold: by the form, from a device, said anew and again, forgotten for good."""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from device import Device
from kith.base.problems import Invalid, Missing, Refused
from kith.media.readings import a_picture, a_sound
from kith.moments import actions, beside, days, readings
from kith.moments.beside import NOTHING, Attached
from kith.moments.nouns import FEELINGS, MOMENT_CODES, Moment
from kith.moments.pages.moments import form_for
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.models import Erased, Record
from kith.records.verify import verify
from pictures import A_PICTURE, A_SOUND, jpeg, with_place
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

FREE = ("and_whom", "in_the_way", "felt_words", "place", "helped")
BOTH = Attached(A_PICTURE, A_SOUND)
WORDS = some.text("abcdeå ?", max_size=20).map(lambda text: " ".join(text.split()))


def at(name: str, thing: UUID, **more: object) -> str:
    return reverse(f"moments:{name}", kwargs={"thing": thing, **more})


def a_moment(**said: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "words": "Tea", "happened": "yes", "when": "now"} | said


def media(of: UUID) -> list[str]:
    return sorted(Record.objects.filter(parent=of).values_list("kind", flat=True))


# What it can hold


@given(
    free=some.fixed_dictionaries(dict.fromkeys(FREE, WORDS)),
    coded=some.fixed_dictionaries(
        {name: some.lists(some.sampled_from(list(codes))) for name, codes in MOMENT_CODES.items()}
    ),
    happened=some.sampled_from(["yes", "no"]),
    tags=some.lists(some.sampled_from(["mornings", "tea", "T."]), unique=True),
)
def test_no_word_is_lost_by_what_is_chosen_beside_it(
    free: dict[str, str], coded: dict[str, list[str]], happened: str, tags: list[str]
) -> None:
    """And the other way round: the form says what was said to it, whatever that is."""
    who = viewer()
    form = form_for(who, a_moment(happened=happened, tags=tags, **free, **coded))
    assert form.is_valid(), form.errors
    said = form.noun()
    assert {name: getattr(said, name) for name in FREE} == free
    assert {name: list(getattr(said, name)) for name in coded} == coded
    assert (said.tags, said.happened) == (tuple(tags), happened == "yes")


def test_opposites_can_both_be_chosen_and_stand_side_by_side(client: Client, who: Viewer) -> None:
    client.post(reverse("moments:write"), a_moment(felt=list(FEELINGS)))
    (entry,) = readings.moments(who)
    assert entry.noun.felt == tuple(FEELINGS) and len(FEELINGS) % 2 == 0
    page = client.get(at("moment", entry.thing)).content.decode()
    assert all(f"{name}</li>" in page for name in FEELINGS)


def test_a_moment_from_before_these_could_be_said_is_read_as_ever(who: Viewer) -> None:
    old = Moment("Tea", kinds=("routine",))
    thing = actions.note(who, old).thing
    assert readings.moment(who, thing).noun == old


@pytest.mark.parametrize("field", [*MOMENT_CODES, "about_then"])
def test_codes_that_nobody_knows_are_told_at_their_field(who: Viewer, field: str) -> None:
    said = "about_then" if field == "about_then" else field
    wrong: Any = "best" if field == "about_then" else ("best",)
    with pytest.raises(Invalid) as problem:
        actions.note(who, Moment("Tea", **{said: wrong}))
    (flaw,) = problem.value.flaws
    assert (flaw.code, flaw.field) == ("not-a-choice", "when" if said == "about_then" else field)


def test_about_then_needs_a_day_and_says_that_it_is_not_sure(client: Client, who: Viewer) -> None:
    address = reverse("moments:write")
    assert "Say which day" in client.post(address, a_moment(when="about")).content.decode()
    day = (days.today() - timedelta(days=40)).isoformat()
    page = client.post(address, a_moment(when="about", day=day), follow=True).content.decode()
    assert "About then" in page and readings.moments(who)[0].noun.about_then == "about"
    again = client.get(at("correct", readings.moments(who)[0].thing)).content.decode()
    assert 'value="about" id="id_when_3" required checked' in again


def test_words_of_ones_own_are_offered_again(client: Client, who: Viewer) -> None:
    client.post(reverse("moments:write"), a_moment(new_tags="mornings,  on the stairs ,mornings,"))
    (entry,) = readings.moments(who)
    assert entry.noun.tags == ("mornings", "on the stairs")
    page = client.get(reverse("moments:write")).content.decode()
    assert 'value="mornings"' in page and 'value="on the stairs"' in page


def test_what_one_once_called_a_place_or_what_got_in_the_way_can_be_picked(
    client: Client, who: Viewer
) -> None:
    for _ in range(2):
        actions.note(who, Moment("Tea", place="On the stairs", in_the_way="the locked kitchen"))
    page = client.get(reverse("moments:write")).content.decode()
    assert page.count('<option value="On the stairs">') == 1
    assert page.count('<option value="the locked kitchen">') == 1
    assert "locked" not in client.get(reverse("moments:shell")).content.decode()


# A photo and a sound


def test_a_photo_and_a_sound_come_with_it_and_are_sealed(client: Client, who: Viewer) -> None:
    files = {
        "picture": SimpleUploadedFile("x.jpg", with_place()),
        "sound": SimpleUploadedFile("s", A_SOUND),
    }
    page = client.post(reverse("moments:write"), a_moment(**files), follow=True)
    (entry,) = readings.moments(who)
    there = beside.beside(who, entry.thing)
    assert there.picture and there.sound
    assert b"Exif" not in a_picture(who, there.picture).noun.data
    assert a_sound(who, there.sound).noun.data == A_SOUND
    for row in Record.objects.filter(parent=entry.thing):
        assert A_SOUND[:40] not in bytes(row.body) and b"JFIF" not in bytes(row.body)
    assert str(there.picture) in page.content.decode() and "<audio" in page.content.decode()
    assert "media-src 'self'" in page["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "data"), [("picture", b"<svg/>"), ("sound", b"MZ no sound")])
def test_what_is_no_photo_or_sound_keeps_nothing_and_loses_no_word(
    client: Client, name: str, data: bytes
) -> None:
    said = a_moment(**{name: SimpleUploadedFile("x", data)}, place="On the stairs")
    page = client.post(reverse("moments:write"), said).content.decode()
    assert "On the stairs" in page and "We could not read this" in page
    assert not Record.objects.exists()


def test_sent_twice_it_is_kept_once_with_what_came_with_it(who: Viewer) -> None:
    id = uuid4()
    for _ in range(2):
        actions.note(who, Moment("Tea"), id=id, attached=BOTH)
    assert media(id) == ["picture", "sound"]


def test_said_anew_the_photo_stays_changes_or_goes(who: Viewer) -> None:
    thing = actions.note(who, Moment("Tea"), attached=BOTH).thing
    first = beside.beside(who, thing)
    actions.correct_moment(who, thing, Moment("Tee"))
    assert beside.beside(who, thing) == first
    actions.correct_moment(who, thing, Moment("Tea"), attached=Attached(jpeg(9, 9)))
    second = beside.beside(who, thing)
    assert second.picture not in (None, first.picture) and second.sound == first.sound
    actions.correct_moment(who, thing, Moment("T."), attached=Attached(gone=("picture", "sound")))
    assert beside.beside(who, thing) == NOTHING


def test_from_a_device_it_is_the_same(client: Client, who: Viewer) -> None:
    device = Device(client)
    coded = {name: list(codes) for name, codes in MOMENT_CODES.items()}
    free = {name: f"{name} in words" for name in FREE}
    sent = {"words": "Tea", **coded, **free, "new_tags": "tea, mornings"}
    data = {"picture": b64encode(A_PICTURE).decode(), "sound": b64encode(A_SOUND).decode()}
    entry = device.keep("moment.note", {**sent, **data})
    assert device.send() == [200]
    noted = readings.moment(who, entry.id).noun
    assert {name: list(getattr(noted, name)) for name in coded} == coded
    assert {name: getattr(noted, name) for name in FREE} == free
    assert noted.tags == ("tea", "mornings") and media(entry.id) == ["picture", "sound"]
    device.keep("moment.note", {"words": "Tea", "picture": "no base64"})
    device.keep("moment.note", {"words": "Tea", "sound": b64encode(b"MZ").decode()})
    assert device.send()[-2:] == [422, 422] and len(readings.moments(who)) == 1


# Said anew, and again as before


def test_what_it_said_before_can_be_said_again(client: Client, who: Viewer) -> None:
    first = Moment("Tea with T.", felt=("glad",))
    made = actions.note(who, first)
    actions.correct_moment(who, made.thing, Moment("Tea"))
    page = client.get(at("moment", made.thing)).content.decode()
    assert "What it said before" in page and "Tea with T." in page
    client.post(at("as-before", made.thing, version=made.id))
    assert readings.moment(who, made.thing).noun == first
    assert [one.noun for one in readings.said_before(who, readings.moment(who, made.thing))] == [
        Moment("Tea")
    ]


def test_nobody_else_says_it_again_or_forgets_it(who: Viewer) -> None:
    made, other = actions.note(who, Moment("Tea"), attached=BOTH), viewer("B.")
    for act in (
        lambda: actions.say_as_before(other, made.thing, made.id),
        lambda: actions.say_as_before(who, made.thing, uuid4()),
        lambda: actions.forget_moment(other, made.thing),
    ):
        with pytest.raises((Missing, Refused)):
            act()
    assert media(made.thing) == ["picture", "sound"]


# Forgotten for good


def test_forgotten_with_all_it_said_and_what_came_with_it(client: Client, who: Viewer) -> None:
    made = actions.note(who, Moment("Tea"), attached=BOTH)
    actions.correct_moment(who, made.thing, Moment("Tee"), attached=Attached(jpeg(9, 9)))
    kept = actions.note(who, Moment("Chess"), attached=BOTH).thing
    gone = set(Record.objects.exclude(thing=kept).exclude(parent=kept).values_list("id", flat=True))
    asked = client.get(at("forget", made.thing)).content.decode()
    assert "Its photo and its sound go with it." in asked and "It cannot be undone." in asked
    client.post(at("forget", made.thing))
    assert not Record.objects.filter(thing=made.thing).exists() and media(made.thing) == []
    assert gone <= set(Erased.objects.values_list("id", flat=True))
    assert [entry.thing for entry in readings.moments(who)] == [kept]
    assert media(kept) == ["picture", "sound"] and verify().why == ""


def test_a_forgetting_that_leaves_the_photo_is_noticed(
    who: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong on purpose: only what carries the moment's own id goes."""

    def alone(author: UUID, thing: UUID) -> list[UUID]:
        rows = Record.objects.filter(author=author, thing=thing)
        return list(rows.values_list("id", flat=True))

    monkeypatch.setattr(erasure, "of_thing", alone)
    thing = actions.note(who, Moment("Tea"), attached=BOTH).thing
    actions.forget_moment(who, thing)
    assert media(thing) == ["picture", "sound"]
