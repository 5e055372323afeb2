"""About a relationship: seven ways an answer can stand, day by day, side by side, never counted."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import escape
from django.utils.safestring import mark_safe
from hypothesis import example, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from device import Device
from kith.base import clock
from kith.base.problems import Invalid, Missing
from kith.maps import actions as paper
from kith.maps.bonds import actions, forms, pages, readings, telling
from kith.maps.bonds.items import ITEMS, STEPS, WORK
from kith.maps.nouns import Figure, Perspective, Said, Stroke
from kith.maps.readings import drawing
from kith.maps.twin.actions import forget
from kith.maps.us import STANDINGS
from kith.people.showing import Draft, previewed
from kith.permissions.actions import NEVER
from kith.records.models import Record
from scale import many
from world import signed_in, viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]
START = datetime(2026, 11, 3, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Mine:
    """Somebody's map with a tie on it, and a browser of theirs."""

    def __init__(self, client: Client, other: str = "person") -> None:
        with clock.stopped_at(START - HOUR):
            self.who = viewer("A.")
            self.map = paper.begin(self.who, with_me="me")
            me = drawing(self.who, self.map).figures[0].thing
            figure = Figure(0.2, 0.2, label="Gran", kind=other)  # type: ignore[arg-type]
            self.gran = paper.add_figure(self.who, self.map, figure).thing
            self.tie = paper.add_tie(self.who, self.map, me, self.gran)
        self.client = client
        signed_in(client, self.who)

    def says(self, at: datetime = START, **told: Any) -> UUID:
        answers = {item: _said(one) for item, one in told.items() if item in ITEMS}
        more = {name: one for name, one in told.items() if name not in ITEMS}
        with clock.stopped_at(at):
            return actions.say(self.who, self.map, self.tie, answers, **more)

    def views(self) -> list[tuple[str, dict[str, str]]]:
        return [
            (f"{view.day:%-d %B}", {item: one.words for item, one in view.noun.answers.items()})
            for view in readings.perspectives(self.who, self.tie)
        ]

    def page(self, more: str = "", about: UUID | None = None) -> str:
        answer = self.client.get(f"/map/{self.map}/about/{about or self.tie}/{more}")
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def post(self, step: str = "all", **told: str) -> int:
        address = f"/map/{self.map}/about/{self.tie}/{step}/"
        answer = self.client.post(address, {"id": str(uuid4()), **told})
        return int(answer.status_code)


def _said(one: Any) -> Said:
    return one if isinstance(one, Said) else Said("answered", one)


@pytest.fixture
def mine(client: Client) -> Mine:
    return Mine(client)


# Day by day


def test_what_is_said_on_one_day_stands_together_and_later_days_beside_it(mine: Mine) -> None:
    mine.says(good="tea")
    mine.says(START + HOUR, hard="the stairs")
    mine.says(START + 17 * DAY, good="tea again", hard="nothing")
    assert mine.views() == [
        ("3 November", {"good": "tea", "hard": "the stairs"}),
        ("20 November", {"good": "tea again", "hard": "nothing"}),
    ]
    told = mine.page()
    assert told.index("3 November 2026") < told.index("20 November 2026")


def test_a_day_can_be_said_anew_and_keeps_its_day(mine: Mine) -> None:
    first = mine.says(good="tea")
    mine.says(START + 17 * DAY, good="later")
    version = readings.view_of(mine.who, mine.tie, first).version
    mine.says(START + 18 * DAY, good="coffee", on=first, seen=version)
    assert [words["good"] for _day, words in mine.views()] == ["coffee", "later"]
    assert [day for day, _words in mine.views()] == ["3 November", "20 November"]


def test_a_day_can_be_taken_away_and_brought_back(mine: Mine) -> None:
    first = mine.says(good="tea")
    at = f"/map/{mine.map}/about/{mine.tie}/on/{first}"
    assert mine.client.post(f"{at}/away/").status_code == 302
    assert mine.views() == []
    assert not readings.with_words(mine.who, mine.map)
    assert "What you took away" in mine.page()
    assert mine.client.post(f"{at}/back/").status_code == 302
    assert mine.views() == [("3 November", {"good": "tea"})]


def test_only_a_figure_or_a_tie_of_that_map_can_be_spoken_of(mine: Mine) -> None:
    line = paper.add(mine.who, mine.map, Stroke(((0.1, 0.1, 0.5),))).thing
    other = paper.begin(mine.who)
    for map_id, about in ((mine.map, line), (other, mine.tie), (mine.map, uuid4())):
        with pytest.raises(Missing):
            actions.say(mine.who, map_id, about, {"good": Said("unsure")})
    with pytest.raises(Missing):
        actions.say(viewer("B."), mine.map, mine.tie, {"good": Said("unsure")})
    with pytest.raises(Invalid, match="no-such-item"):
        actions.say(mine.who, mine.map, mine.tie, {"closeness": Said("unsure")})


def test_who_reads_them_finds_each_item_by_its_name_and_its_last_day(mine: Mine) -> None:
    mine.says(pleasant="most weeks", lasting=Said("unsure"))
    mine.says(START + 2 * DAY, lasting="we do")
    with clock.stopped_at(START):
        actions.say(mine.who, mine.map, mine.gran, {"good": Said("depends", "mostly")})
    found = readings.latest(mine.who)
    assert found[mine.tie].on("lasting") == Said("answered", "we do")
    assert found[mine.tie].on("pleasant") == Said("not-asked")
    assert found[mine.gran].on("good") == Said("depends", "mostly")
    assert readings.with_words(mine.who, mine.map) == {mine.tie, mine.gran} == set(found)
    assert readings.latest(viewer("B.")) == {}


# From two devices


def test_a_question_that_was_left_open_elsewhere_covers_nothing(mine: Mine) -> None:
    mine.says(good="tea")
    mine.says(START + HOUR, hard="stairs", good=Said("not-asked"))
    assert mine.views() == [("3 November", {"good": "tea", "hard": "stairs"})]


def test_an_answer_changed_elsewhere_meanwhile_stands_beside_it(mine: Mine) -> None:
    mine.says(good="tea", hard="stairs")
    seen = readings.perspectives(mine.who, mine.tie)[0].version
    mine.says(START + HOUR, good="coffee", seen=seen)
    mine.says(START + 2 * HOUR, good="cake", hard="stairs", seen=seen)
    assert [words for _day, words in mine.views()] == [
        {"good": "coffee", "hard": "stairs"},
        {"good": "cake"},
    ]
    told = mine.page()
    assert "coffee" in told
    assert "cake" in told


def test_a_device_sends_answers_once(mine: Mine) -> None:
    device = Device(mine.client)
    body = {"map": str(mine.map), "about": str(mine.tie), "good": "from the bus"}
    device.keep("perspective.say", {**body, "hard": "", "hard_stands": "rather-not"})
    device.keep("perspective.say", {**body, "good": "x", "good_stands": "no such way"})
    device.keep("perspective.say", {**body, "about": str(uuid4())})
    assert device.send() == device.send() == [200, 422, 422]
    (view,) = readings.perspectives(mine.who, mine.tie)
    assert view.noun.answers == {"good": _said("from the bus"), "hard": Said("rather-not")}


# Seven different things


saids = st.builds(
    Said,
    state=st.sampled_from(list(STANDINGS)),
    words=st.sampled_from(["", "in words of one’s own"]),
).filter(lambda said: said.state != "answered" or said.words)
EACH = dict(zip(ITEMS, [*map(Said, STANDINGS), *map(Said, STANDINGS)], strict=False))
EACH |= {item: Said("answered", "words") for item, said in EACH.items() if said.state == "answered"}


def columns(told: str) -> dict[str, str]:
    """What stands under each question on the page."""
    found = re.findall(r"<h3>.*?</svg>\s*(.*?)</h3><ul class=\"list\">(.*?)</ul>", told, re.S)
    return {text: " ".join(re.sub("<[^>]*>", " ", days).split()) for text, days in found}


def unlike(mine: Mine, said: dict[str, Said]) -> list[str]:
    """The items whose answer is not read, or not shown, as it was said by the form."""
    fields = {item: one.words for item, one in said.items()}
    stands = {f"{item}_stands": one.state for item, one in said.items()}
    assert mine.post(**fields, **stands) == 302
    views = readings.perspectives(mine.who, mine.tie)
    read = views[0].noun if views else Perspective()
    wrong = [item for item in ITEMS if read.on(item) != said.get(item, Said("not-asked"))]
    shown = columns(mine.page())
    for item, one in said.items():
        under = shown.get(escape(str(ITEMS[item])))
        if under is not None and not _shows(under, one):
            wrong.append(item)
        if under is None and one != Said("not-asked"):
            wrong.append(item)
    return wrong


def _shows(under: str, said: Said) -> bool:
    """Whether it says how this answer stands, in its words, and no other of the seven ways."""
    ways = {state for state, text in STANDINGS.items() if escape(str(text)) in under}
    plain = said.state == "answered"
    return said.words in under and ways == (set() if plain else {said.state})


@laws(deadline=None, max_examples=many(15, 200))
@given(st.dictionaries(st.sampled_from(list(ITEMS)), saids))
@example(EACH)
def test_all_seven_survive_and_stay_apart(said: dict[str, Said]) -> None:
    with transaction.atomic():
        assert unlike(Mine(Client(headers={"host": "127.0.0.1"})), said) == []
        transaction.set_rollback(True)


def taken_for_one(patch: pytest.MonkeyPatch) -> None:
    """The page says of two of them the same."""
    patch.setattr(telling, "STANDINGS", {**STANDINGS, "cannot-tell": STANDINGS["unsure"]})


def only_words_count(patch: pytest.MonkeyPatch) -> None:
    """Whatever has no words is taken for a question that was not come to."""

    def said(form: forms.SayForm, item: str) -> Said:
        words = form.cleaned_data[item]
        return Said(form.cleaned_data[item + forms.STANDS], words) if words else Said("not-asked")

    patch.setattr(forms.SayForm, "_said", said)


def silence_is_asked(patch: pytest.MonkeyPatch) -> None:
    """What was not come to is read as asked without an answer."""

    def on(noun: Perspective, item: str) -> Said:
        found = noun.answers.get(item, Said("no-answer"))
        return Said("no-answer") if found == Said("not-asked") else found

    patch.setattr(Perspective, "on", on)


@pytest.mark.parametrize("wrong", [taken_for_one, only_words_count, silence_is_asked])
def test_a_page_that_mixes_them_up_is_caught(
    mine: Mine, monkeypatch: pytest.MonkeyPatch, wrong: Callable[[pytest.MonkeyPatch], None]
) -> None:
    wrong(monkeypatch)
    assert unlike(mine, EACH)


def test_what_belongs_together_is_never_shown_or_asked_the_one_without_the_other(
    mine: Mine,
) -> None:
    for pair in (("given", "received"), ("good", "hard")):
        assert pair in STEPS.values()
        mine.says(**{pair[1]: "only this"})
        assert {ITEMS[item] for item in pair} <= set(columns(mine.page()))
    form = mine.page("felt/")
    assert 'name="good"' in form
    assert 'name="hard"' in form
    apart = (("pleasant",), ("lasting",))
    assert all(one in STEPS.values() for one in apart), "the two criteria are asked apart"


def test_nothing_has_to_be_answered_and_passing_over_keeps_nothing(mine: Mine) -> None:
    for step in (*STEPS, *WORK, "all"):
        assert mine.post(step) == 302
    assert mine.views() == []
    assert mine.client.get(f"/map/{mine.map}/about/{mine.tie}/closeness/").status_code == 404


# Never a number


DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")


def numbers(told: str) -> list[str]:
    """What on a page counts or measures, apart from days and from what its reader wrote."""
    main = told[told.index("<main") : told.index("</main>")]
    gauges = re.findall(r"<(?:meter|progress|table)|style=|<rect", main)
    plain = re.sub(r"<(svg|script|textarea)\b.*?</\1>|<[^>]*>", " ", main, flags=re.S)
    counted = re.findall(r"\d+|\b(?:score|total|sum|average)\b|%", DATE.sub("", plain))
    return gauges + counted


def said_much(mine: Mine) -> list[str]:
    mine.says(**EACH)
    mine.says(START + DAY, **EACH | {"pleasant": Said("answered", "often"), "lasting": "yes"})
    return [
        mine.page(),
        mine.page("all/"),
        mine.page("lasting/"),
        mine.client.get(f"/map/{mine.map}/two/{mine.tie}/").content.decode(),
    ]


def test_no_page_about_it_says_a_number(mine: Mine) -> None:
    assert [found for told in said_much(mine) for found in numbers(told)] == []


def summed_up(patch: pytest.MonkeyPatch) -> None:
    """The page adds up how many of the two criteria are met."""

    def told(views: Any, between: Any, right: Any = telling.telling) -> Any:
        for part in right(views, between):
            met = sum(view.on(one).state == "answered" for view in views for one in ITEMS)
            summed = [replace(one.asked, text=f"{one.asked.text}: {met}") for one in part.columns]
            both = zip(part.columns, summed, strict=True)
            yield replace(part, columns=[replace(one, asked=text) for one, text in both])

    patch.setattr(pages, "telling", told)


def in_bars(patch: pytest.MonkeyPatch) -> None:
    """A bar stands for each answer."""
    patch.setattr(telling.OfDay, "standing", property(lambda one: mark_safe("<meter></meter>")))


@pytest.mark.parametrize("wrong", [summed_up, in_bars])
def test_a_page_that_counts_is_caught(
    mine: Mine, monkeypatch: pytest.MonkeyPatch, wrong: Callable[[pytest.MonkeyPatch], None]
) -> None:
    wrong(monkeypatch)
    assert any(numbers(told) for told in said_much(mine))


def test_the_list_and_the_tie_say_that_there_are_words_and_not_how_many(mine: Mine) -> None:
    def around() -> tuple[str, str]:
        listed = mine.client.get(f"/map/{mine.map}/list/").content.decode()
        return listed, mine.client.get(f"/map/{mine.map}/two/{mine.tie}/").content.decode()

    before = around()
    assert f'data-told="{mine.tie}"' not in before[0]
    assert "there are words" not in before[1]
    mine.says(good="tea")
    once = around()
    assert f'data-told="{mine.tie}"' in once[0]
    assert "there are words" in once[1]
    mine.says(START + DAY, good="more", hard="much")
    assert tuple(_bare(one) for one in around()) == tuple(_bare(one) for one in once)


def _bare(told: str) -> str:
    """A page without what is new each time."""
    return re.sub(r'value="[\w-]{36,}"', "", told)


def test_the_pages_around_it_know_that_someone_is_signed_in(mine: Mine) -> None:
    """What a page is about must not hide that: scripts tell of what has waited for long."""
    at = f"/map/{mine.map}/"
    for address in (at, f"{at}paper/", f"{at}about/{mine.tie}/", f"{at}about/{mine.tie}/all/"):
        told = mine.client.get(address).content.decode()
        assert 'data-here="in"' in told
        assert "data-waits" in told


# Between whom, and what stands around it


def test_a_tie_between_two_others_is_asked_about_as_theirs(mine: Mine) -> None:
    bob = paper.add_figure(mine.who, mine.map, Figure(0.8, 0.2, label="Bob")).thing
    tie = paper.add_tie(mine.who, mine.map, mine.gran, bob)
    told = mine.page("give/", about=tie)
    assert "What Gran gives" in told
    assert "What Bob gives" in told
    assert "What I give" in mine.page("give/")
    assert "What I give" in mine.page("give/", about=mine.gran)


@pytest.mark.parametrize("kind", ["person", "service"])
def test_a_service_suggests_more_questions_and_decides_nothing(client: Client, kind: str) -> None:
    mine = Mine(client, kind)
    for told in (mine.page(), mine.page("all/")):
        work = told[: told.index("If one of you works for the other")]
        assert work.endswith(" open><summary>") == (kind == "service")
        assert escape(str(ITEMS["valued"])) in told
    assert mine.post("valued", valued="she waited for me") == 302
    assert "she waited for me" in mine.page()


def test_restrictions_are_told_as_what_stands_around_it(mine: Mine) -> None:
    mine.says(limits="No visits after six.", good="tea")
    told = mine.page()
    part = told[told.index('id="bond-limits"') :]
    assert part.index("They do not say what it is like.") < part.index("No visits after six.")


# Who can see it, and forgetting


def test_showing_the_map_shows_nothing_of_it(mine: Mine) -> None:
    mine.says(good="Only for me")
    keeper, circle = ward()
    assert Perspective.__kind__ in NEVER
    draft = Draft("map", mine.map, True, None, circle, "know", clock.now() + DAY)
    card = previewed(mine.who, draft).card
    assert card
    assert "Only for me" not in repr(card.values)
    assert readings.latest(keeper) == {}


@pytest.mark.parametrize("gone", ["tie", "gran"])
def test_it_is_forgotten_with_what_it_is_about(mine: Mine, gone: str) -> None:
    mine.says(good="tea")
    with clock.stopped_at(START + DAY):
        forget(mine.who, mine.map, getattr(mine, gone))
    assert not Record.objects.filter(kind="perspective").exists()


def test_what_is_off_the_paper_keeps_its_words(mine: Mine) -> None:
    mine.says(good="tea")
    paper.take_off(mine.who, mine.map, mine.tie)
    assert mine.client.get(f"/map/{mine.map}/about/{mine.tie}/").status_code == 404
    paper.put_back(mine.who, mine.map, mine.tie)
    assert "tea" in mine.page()


def test_words_are_sealed(mine: Mine) -> None:
    mine.says(good="A canary in the kitchen")
    row = Record.objects.get(kind="perspective")
    assert b"canary" not in b"".join(bytes(part or b"") for part in (row.body, row.apart))
