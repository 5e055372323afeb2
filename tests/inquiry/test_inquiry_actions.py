"""What is said at a gathering, and what is made of it: acts and readings on both databases."""

import pytest

from inquiry.village import Meeting, meeting, said
from kith.base import ids
from kith.base.problems import Clash, Invalid, Missing, Refused
from kith.inquiry import actions, evidence, readings
from kith.inquiry.nouns import (
    Cite,
    Contribution,
    Finding,
    Gathering,
    Paradox,
    Recommendation,
    Theme,
    Voice,
)
from world import joined, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def cite(at: Meeting, thing: object) -> Cite:
    return next(one.cite for one in evidence.citable(at.team, at.thing) if one.thing == thing)


def found(at: Meeting, *things: object, text: str = "Small things build trust.") -> object:
    cites = tuple(cite(at, thing) for thing in things)
    return actions.write_finding(at.team, at.thing, Finding(text, cites)).thing


def the_finding(at: Meeting) -> evidence.FindingRead:
    return evidence.findings(at.guest, at.thing)[0]


def test_a_gathering_starts_with_six_themes_that_may_grow() -> None:
    at = meeting()
    names = list(readings.theme_names(at.guest, at.thing).values())
    assert names == ["trust", "ethics", "care", "intimacy", "reciprocity", "companionship"]
    actions.add_theme(at.team, at.thing, "keeping one’s word")
    actions.add_theme(at.team, at.thing, " Trust ")
    assert len(readings.theme_names(at.guest, at.thing)) == 7
    with pytest.raises(Invalid):
        actions.add_theme(at.team, at.thing, "  ")


def test_only_the_team_opens_a_gathering_and_strangers_see_nothing() -> None:
    at = meeting()
    with pytest.raises(Refused):
        actions.open_gathering(at.guest, at.circle, Gathering("Mine"))
    stranger = viewer()
    with pytest.raises(Missing):
        readings.gathering(stranger, at.thing)
    with pytest.raises(Missing):
        actions.say(stranger, at.thing, Contribution("Hello"))
    assert readings.lines(stranger, at.thing) == []


def test_a_line_is_kept_once_and_read_by_all() -> None:
    at, id = meeting(), ids.new()
    for _ in range(2):
        actions.say(at.guest, at.thing, Contribution("A second cup was out."), id)
    lines = readings.lines(at.team, at.thing)
    assert [(line.words, line.mine, line.quotable) for line in lines] == [
        ("A second cup was out.", False, False)
    ]
    with pytest.raises(Clash):
        actions.say(at.guest, at.thing, Contribution("Other words"), id)


@pytest.mark.parametrize(
    "line",
    [
        Contribution("  "),
        Contribution("Hello", stance="shouted"),
        Contribution("Hello", themes=(ids.new(),)),
    ],
)
def test_a_line_that_makes_no_sense_is_not_kept(line: Contribution) -> None:
    at = meeting()
    with pytest.raises(Invalid):
        actions.say(at.guest, at.thing, line)
    assert readings.lines(at.guest, at.thing) == []


def test_a_silence_needs_no_words() -> None:
    at = meeting()
    actions.say(at.team, at.thing, Contribution("", stance="silence"))
    assert readings.lines(at.guest, at.thing)[0].stance_name == "Silence"


def test_a_line_belongs_to_its_author() -> None:
    at = meeting()
    thing = said(at, "Mine")
    with pytest.raises(Refused):
        actions.let_quote(at.team, thing, False)
    with pytest.raises(Refused):
        actions.take_back(at.team, thing)
    actions.take_back(at.keeper, thing)
    assert readings.lines(at.guest, at.thing) == []
    with pytest.raises((Refused, Missing)):
        actions.bring_back(at.team, thing)
    actions.bring_back(at.guest, thing)
    assert readings.lines(at.team, at.thing)[0].words == "Mine"


def test_a_line_can_be_taken_back_after_leaving_the_circle() -> None:
    from kith.people.actions import leave
    from world import again

    at = meeting()
    thing = said(at, "I was here")
    leave(at.guest, at.circle)
    actions.take_back(again(at.guest), thing)
    assert readings.lines(at.team, at.thing) == []


def test_two_who_change_a_line_at_once_do_not_write_over_each_other() -> None:
    at = meeting()
    thing = said(at, "First")
    seen = readings.line(at.guest, at.thing, thing).id
    for _ in range(2):
        actions.correct_line(at.guest, thing, Contribution("Second", quote=True), seen)
    with pytest.raises(Clash):
        actions.correct_line(at.guest, thing, Contribution("Third", quote=True), seen)


def test_one_line_stands_in_several_themes_by_its_author_and_by_the_team() -> None:
    at = meeting()
    trust, _ethics, care, *_ = readings.theme_names(at.guest, at.thing)
    thing = said(at, "He kept his word.", themes=(trust,))
    theme = readings.theme(at.team, care)
    actions.change_theme(at.team, care, Theme("care", (thing,)), theme.id)
    inside = {
        one.name: [line.words for line in one.lines] for one in readings.themes(at.guest, at.thing)
    }
    assert inside["trust"] == inside["care"] == ["He kept his word."]
    assert inside["ethics"] == []


def test_a_finding_rests_on_what_may_be_quoted_and_on_nothing_else() -> None:
    at = meeting()
    open_line, shy = said(at, "Quote me"), said(at, "Not me", quote=False)
    kept_out = said(at, "Stays here", kept_out=True)
    shown = {one.thing for one in evidence.citable(at.team, at.thing)}
    assert open_line in shown and not {shy, kept_out} & shown
    version = readings.line(at.team, at.thing, shy).id
    with pytest.raises(Invalid, match="evidence-not-there"):
        bad = Finding("It is so.", (Cite("contribution", shy, version),))
        actions.write_finding(at.team, at.thing, bad)
    with pytest.raises(Invalid) as nothing:
        actions.write_finding(at.team, at.thing, Finding(" ", ()))
    assert {flaw.code for flaw in nothing.value.flaws} == {
        "finding-without-words",
        "finding-without-evidence",
    }
    both = cite(at, open_line)
    with pytest.raises(Invalid):
        actions.write_finding(at.team, at.thing, Finding("So", (both,), (both,)))


def test_a_finding_does_not_rest_on_words_of_another_circle() -> None:
    at = meeting()
    keeper, _circle = ward("Elsewhere", "inquiry")
    other = meeting()
    thing = said(other, "Said elsewhere")
    version = readings.line(other.team, other.thing, thing).id
    with pytest.raises(Invalid, match="evidence-not-there"):
        actions.write_finding(
            at.team, at.thing, Finding("So", (Cite("contribution", thing, version),))
        )
    assert keeper.person


def test_a_withdrawn_quote_takes_support_away_until_someone_looks_again() -> None:
    at = meeting()
    one, other = said(at, "She stayed after her shift."), said(at, "He rang me back.")
    finding = found(at, one, other)
    assert not the_finding(at).lost_support and evidence.may_issue(at.team, at.thing) == []
    actions.let_quote(at.guest, one, False)
    now = the_finding(at)
    assert now.lost_support and [e.words for e in now.evidence] == ["He rang me back."]
    assert evidence.may_issue(at.team, at.thing) == ["finding-lost-support"]
    actions.look_again(at.team, finding, now.version)
    assert not the_finding(at).lost_support and evidence.may_issue(at.team, at.thing) == []
    actions.let_quote(at.guest, one, True)
    assert [e.words for e in the_finding(at).evidence] == ["He rang me back."]


def test_taking_back_and_changed_words_ask_for_another_look_too() -> None:
    at = meeting()
    one, other = said(at, "Tea at six."), said(at, "Tea at eight.")
    found(at, one, other)
    seen = readings.line(at.guest, at.thing, one)
    actions.correct_line(at.guest, one, seen.noun.but(table="Trust"), seen.id)
    assert not the_finding(at).lost_support
    seen = readings.line(at.guest, at.thing, one)
    actions.correct_line(at.guest, one, seen.noun.but(words="No tea."), seen.id)
    assert the_finding(at).lost_support
    found_now = the_finding(at)
    actions.look_again(at.team, found_now.thing, found_now.version)
    assert not the_finding(at).lost_support
    actions.take_back(at.guest, other)
    assert the_finding(at).lost_support
    actions.bring_back(at.guest, other)
    assert not the_finding(at).lost_support


def test_when_nothing_is_left_one_cannot_just_nod() -> None:
    at = meeting()
    one = said(at, "Only this.")
    finding = found(at, one)
    actions.take_back(at.guest, one)
    with pytest.raises(Invalid):
        actions.look_again(at.team, finding, the_finding(at).version)
    assert the_finding(at).lost_support


def test_recommendations_come_from_findings() -> None:
    at = meeting()
    finding = found(at, said(at, "The kitchen is locked."))
    advice = Recommendation("Unlock it at six.", (finding,), owner="the ward manager")
    thing = actions.recommend(at.team, at.thing, advice).thing
    read = evidence.recommendations(at.guest, at.thing)[0]
    assert (read.what, read.findings[0].thing, read.lost_support) == (advice.what, finding, False)
    for bad in (advice.but(what=" "), advice.but(findings=()), advice.but(findings=(ids.new(),))):
        with pytest.raises(Invalid):
            actions.recommend(at.team, at.thing, bad)
    actions.take_away(at.team, finding)
    assert evidence.recommendation(at.guest, thing).lost_support
    assert evidence.may_issue(at.team, at.thing) == ["nothing-found", "recommendation-lost-support"]
    actions.put_back(at.team, finding)
    assert evidence.may_issue(at.team, at.thing) == []


def test_a_paradox_holds_both_poles() -> None:
    at = meeting()
    one, other = said(at, "The same face every day."), said(at, "A new face is a fresh start.")
    both = Paradox("Stay", "Change", (cite(at, one),), (cite(at, other),))
    actions.open_paradox(at.team, at.thing, both)
    read = evidence.paradoxes(at.guest, at.thing)[0]
    assert [e.words for e in (*read.ones, *read.others)] == [
        "The same face every day.",
        "A new face is a fresh start.",
    ]
    with pytest.raises(Invalid):
        actions.open_paradox(at.team, at.thing, both.but(other=" "))
    actions.take_back(at.guest, one)
    assert evidence.paradoxes(at.guest, at.thing)[0].ones == ()


def test_one_seat_each_and_roles_only_through_the_gate() -> None:
    at = meeting()
    for roles in (("nurse",), ("nurse", "close")):
        actions.take_seat(at.guest, at.thing, Voice(roles))
    mine = readings.my_voice(at.guest, at.thing)
    assert mine and mine.noun.roles == ("nurse", "close")
    took = readings.who_by_role(at.team, at.thing)
    assert took.everyone.withheld and all(cell.withheld for cell in took.roles)
    for number in range(30):
        role = "uses-service" if number < 12 else "close" if number < 22 else "nurse"
        also = ("student",) * (number % 3 == 0) + ("close",) * (number % 5 == 0)
        actions.add_voice(at.team, at.thing, Voice((role, *also)))
    took = readings.who_by_role(at.team, at.thing)
    shown = {cell.label: cell.about for cell in took.roles}
    assert took.everyone.about == 30
    assert shown == {"lived": 10, "close": 15, "works": 10, "beyond": 10}
    assert readings.who_by_role(joined(at.keeper, at.circle, "guest"), at.thing) == took


def test_things_keep_their_order_when_they_change() -> None:
    at = meeting()
    line = said(at, "Tea.")
    first, second = found(at, line, text="First"), found(at, line, text="Second")
    seen = evidence.finding(at.team, first).version
    actions.change_finding(at.team, first, Finding("First again", (cite(at, line),)), seen)
    read = [one.text for one in evidence.findings(at.team, at.thing)]
    assert read == ["First again", "Second"] and second
    gathering = readings.gathering(at.team, at.thing)
    actions.change_gathering(at.team, at.thing, Gathering("Evenings"), gathering.id)
    assert readings.gatherings(at.guest, at.circle)[0].noun.title == "Evenings"
