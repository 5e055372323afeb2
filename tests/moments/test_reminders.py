"""Reminders: by one's own wish alone, with an end; silence is told from absence."""

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from dateutil.rrule import rrulestr
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st
from icalendar import Calendar

from kith.base import clock
from kith.base.problems import Invalid, Missing
from kith.moments import actions as noting
from kith.moments import days
from kith.moments.reminders import actions, readings
from kith.moments.reminders.calendar_file import calendar_of
from kith.moments.reminders.nouns import ANSWERS, Prompted, Reminder
from kith.moments.reminders.plan import all_times
from kith.permissions.actions import act
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.models import LedgerLine, Record
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

MONDAY = date(2026, 11, 23)
WORDS = "a minute for T. and me"


def at(name: str, thing: UUID | None = None) -> str:
    return reverse(f"moments:{name}", kwargs={"thing": thing} if thing else None)


def text(answer: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November 2026 here."""
    return days.at(date(2026, 11, day), time(hour, minute))


def daily(**more: object) -> Reminder:
    said = {"first": MONDAY, "last": MONDAY + timedelta(days=6), "times": ("18:00",)} | more
    return Reminder(**said)  # type: ignore[arg-type]


def asked(who: Viewer, said: Reminder | None = None) -> UUID:
    """A reminder asked for early on Monday."""
    with clock.stopped_at(on(23, 7)):
        return actions.ask(who, said or daily(words=WORDS)).thing


def due_at(who: Viewer, when: datetime) -> list[datetime]:
    with clock.stopped_at(when):
        return [one.at for one in readings.due(who)]


def told_at(who: Viewer, thing: UUID, when: datetime, state: str) -> None:
    with clock.stopped_at(when):
        actions.tell(who, thing, readings.due(who)[0].at, state)


def became_by(who: Viewer, thing: UUID, when: datetime) -> list[str]:
    with clock.stopped_at(when):
        return [one.state for one in readings.became(who, thing)]


# When it is planned


HOURS = st.times(time(0), time(23, 59)).map(lambda hour: hour.strftime("%H:%M"))
REMINDERS = st.builds(
    lambda first, length, times, weekdays: Reminder(
        first, first + timedelta(days=length), tuple(times), tuple(sorted(weekdays)), "In Kith."
    ),
    st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.integers(0, 89),
    st.lists(HOURS, min_size=1, max_size=3),
    st.sets(st.integers(0, 6)),
)


@given(REMINDERS)
@laws(max_examples=150)
def test_a_calendar_makes_the_same_times_of_the_file(said: Reminder) -> None:
    """Another library reads the file, and its rules of repetition come to what Kith plans."""
    calendar = Calendar.from_ical(calendar_of(uuid4(), said))
    there = {
        found
        for entry in calendar.walk("VEVENT")
        for found in rrulestr(
            entry["rrule"].to_ical().decode(), dtstart=entry["dtstart"].dt, cache=True
        )
    }
    here = timezone.get_current_timezone()
    planned = {at.astimezone(here).replace(tzinfo=None) for at in all_times(said)}
    assert planned == {_as_clocks_show(one) for one in there}


def _as_clocks_show(naive: datetime) -> datetime:
    """The same time; an hour later, where an hour is left out as summer time begins."""
    here = timezone.get_current_timezone()
    return naive.replace(tzinfo=here).astimezone(UTC).astimezone(here).replace(tzinfo=None)


def test_it_is_due_from_its_time_on_and_on_that_day_alone(who: Viewer) -> None:
    asked(who)
    assert due_at(who, on(23, 17, 59)) == []
    assert due_at(who, on(23, 18)) == due_at(who, on(23, 23, 59)) == [on(23, 18)]
    assert due_at(who, on(24, 9)) == [], "what was missed is not brought up again"
    assert due_at(who, on(29, 20)) == [on(29, 18)]
    assert due_at(who, on(30, 20)) == [], "it is over"


def test_what_it_was_asked_after_was_never_planned(who: Viewer) -> None:
    with clock.stopped_at(on(23, 19)):
        thing = actions.ask(who, daily()).thing
    assert due_at(who, on(23, 20)) == []
    assert became_by(who, thing, on(24, 19)) == [""]


@pytest.mark.parametrize("state", ANSWERS)
def test_an_answer_lets_it_rest_until_the_next_time(who: Viewer, state: str) -> None:
    thing = asked(who, daily(times=("09:00", "18:00")))
    told_at(who, thing, on(23, 10), state)
    assert due_at(who, on(23, 12)) == []
    assert due_at(who, on(23, 18)) == [on(23, 18)]


def test_silence_and_absence_are_told_apart(who: Viewer) -> None:
    thing = asked(who)
    told_at(who, thing, on(23, 19), "shown")
    told_at(who, thing, on(23, 20), "nothing")
    told_at(who, thing, on(24, 19), "shown")
    told_at(who, thing, on(26, 19), "passed")
    assert became_by(who, thing, on(26, 20)) == ["passed", "", "shown", "nothing"]


def test_being_shown_never_takes_the_place_of_an_answer(who: Viewer) -> None:
    thing = asked(who)
    for minute, state in enumerate(("nothing", "shown", "nothing", "noted", "shown")):
        with clock.stopped_at(on(23, 19, minute)):
            actions.tell(who, thing, on(23, 18), state)
    assert became_by(who, thing, on(23, 20)) == ["noted"]
    assert Record.objects.filter(kind="prompted").count() == 2, "twice is once"


def test_stopping_and_going_on_are_one_touch_each(who: Viewer) -> None:
    thing = asked(who)
    for stopped, at in ((True, on(24, 8)), (True, on(24, 9)), (False, on(26, 8))):
        with clock.stopped_at(at):
            actions.stop(who, thing, stopped=stopped)
    assert due_at(who, on(24, 19)) == due_at(who, on(25, 19)) == []
    assert due_at(who, on(26, 19)) == [on(26, 18)]
    with clock.stopped_at(on(26, 19)):
        planned = [one.at for one in readings.became(who, thing)]
    assert planned == [on(26, 18), on(23, 18)], "while it was stopped nothing was planned"


def test_a_change_holds_from_then_on_and_what_was_before_stays(who: Viewer) -> None:
    thing = asked(who)
    told_at(who, thing, on(23, 19), "nothing")
    with clock.stopped_at(on(24, 19)):
        actions.change(who, thing, daily(times=("08:00", "20:00"), last=date(2026, 11, 26)))
    assert due_at(who, on(24, 19)) == [], "08:00 was over before it was asked for"
    assert due_at(who, on(24, 20)) == [on(24, 20)]
    assert due_at(who, on(25, 9)) == [on(25, 8)]
    assert due_at(who, on(27, 9)) == [], "it ends sooner now"
    with clock.stopped_at(on(25, 9)):
        became = [(one.at, one.state) for one in readings.became(who, thing)]
    assert became == [
        (on(25, 8), ""), (on(24, 20), ""), (on(24, 18), ""), (on(23, 18), "nothing"),
    ]  # fmt: skip


def test_one_that_is_stopped_or_over_holds_again_when_it_is_changed(who: Viewer) -> None:
    thing = asked(who)
    with clock.stopped_at(on(24, 8)):
        actions.stop(who, thing)
    with clock.stopped_at(on(30, 8)):
        actions.change(who, thing, daily(first=date(2026, 11, 30), last=date(2026, 11, 30)))
    assert due_at(who, on(30, 19)) == [on(30, 18)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"times": ()},
        {"times": ("25:00",)},
        {"times": ("noon",)},
        {"times": ("18:00+02:00",)},
        {"last": MONDAY - timedelta(days=1)},
        {"last": MONDAY + timedelta(days=90)},
        {"weekdays": (7,)},
    ],
)
def test_what_cannot_be_planned_is_refused(who: Viewer, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        actions.ask(who, daily(**wrong))
    assert look(who, Reminder) == []
    thing = asked(who)
    with pytest.raises(Invalid):
        actions.change(who, thing, daily(**wrong))
    assert readings.reminder(who, thing).noun == daily(words=WORDS)


def test_only_a_time_that_was_planned_and_has_come_can_be_answered(who: Viewer) -> None:
    thing = asked(who)
    with clock.stopped_at(on(24, 12)):
        for when, state in ((on(24, 18), "noted"), (on(23, 17), "noted"), (on(23, 18), "glad")):
            with pytest.raises(Invalid):
                actions.tell(who, thing, when, state)
    assert look(who, Prompted) == []


# For oneself alone


def test_nobody_else_sees_or_touches_them(who: Viewer) -> None:
    thing, other = asked(who), viewer("B.")
    told_at(who, thing, on(23, 19), "shown")
    with clock.stopped_at(on(23, 19)):
        assert (readings.reminders(other), readings.due(other)) == ([], [])
        assert look(other, Prompted) == []
        for deed in (
            lambda: readings.reminder(other, thing),
            lambda: actions.stop(other, thing),
            lambda: actions.change(other, thing, daily()),
            lambda: actions.tell(other, thing, on(23, 18), "noted"),
            lambda: noting.remove(other, Reminder, thing),
        ):
            with pytest.raises(Missing):
                deed()


def test_what_was_taken_away_reminds_of_nothing_and_can_come_back(who: Viewer) -> None:
    thing = asked(who)
    with clock.stopped_at(on(23, 12)):
        noting.remove(who, Reminder, thing)
    assert due_at(who, on(23, 19)) == []
    with clock.stopped_at(on(24, 12)):
        noting.restore(who, Reminder, thing)
    assert due_at(who, on(24, 19)) == [on(24, 18)]


# The calendar file


def test_the_file_says_nothing_that_was_not_typed_for_it() -> None:
    said = daily(words=WORDS)
    plain = calendar_of(uuid4(), said).decode()
    assert "T." not in plain and "minute" not in plain and "kith" not in plain.lower()
    assert plain.count("SUMMARY:Notes\r\n") == 1
    own = calendar_of(uuid4(), said.but(calendar="Dentist; 2, maybe\nEND:VEVENT")).decode()
    (entry,) = Calendar.from_ical(own).walk("VEVENT")
    assert str(entry["summary"]) == "Dentist; 2, maybe\nEND:VEVENT"


def test_days_that_never_come_make_an_empty_file() -> None:
    """Only on Sundays, from a Monday to the Wednesday after it."""
    said = daily(last=MONDAY + timedelta(days=2), weekdays=(6,))
    assert Calendar.from_ical(calendar_of(uuid4(), said)).walk("VEVENT") == []


# Pages


def a_wish(**said: object) -> dict[str, object]:
    told = {"id": uuid4(), "words": WORDS, "first_time": "00:00", "how_long": "14"}
    return told | said


def test_nothing_reminds_of_itself(client: Client) -> None:
    home = text(client.get("/"))
    assert "remind" not in home
    assert "Nothing reminds you unless you ask for it" in text(client.get(at("reminders")))


def test_from_the_wish_to_the_prompt_and_its_end(client: Client, who: Viewer) -> None:
    midnight = days.at(days.today(), time(0))
    with clock.stopped_at(midnight - timedelta(hours=9)):
        thing = actions.ask(who, daily(first=days.today(), last=days.today() + timedelta(days=3),
                                       times=("00:00",), words=WORDS)).thing  # fmt: skip
    page = client.get("/")
    assert WORDS in text(page)
    (hidden,) = re.findall(r'name="at" value="([^"]+)"', page.content.decode())
    lines = LedgerLine.objects.count()
    client.get("/")
    assert LedgerLine.objects.count() == lines, "opening a page writes nothing"
    answer = client.post(at("tell-prompt", thing), {"at": hidden, "state": "shown"})
    assert answer.status_code == 204 and WORDS in text(client.get("/"))
    assert "left without an answer" in text(client.get(at("reminder", thing)))
    answer = client.post(at("tell-prompt", thing), {"at": hidden, "state": "noted"})
    assert answer["Location"] == at("write") and WORDS not in text(client.get("/"))
    assert "You went to note something" in text(client.get(at("reminder", thing)))
    assert "Go on" in text(client.post(at("stop-reminder", thing), follow=True))


def test_a_wish_is_kept_as_it_was_said(client: Client, who: Viewer) -> None:
    wish = a_wish(weekdays=["0", "4"], second_time="21:30", calendar="Tea")
    for _ in "twice":
        page = client.post(at("remind"), wish, follow=True)
        assert "Monday and Friday, 00:00, 21:30" in text(page)
    (entry,) = readings.reminders(who)
    assert entry.noun.weekdays == (0, 4) and entry.noun.times == ("00:00", "21:30")
    assert (entry.noun.last - entry.noun.first).days == 13
    assert (entry.noun.words, entry.noun.calendar) == (WORDS, "Tea")
    file = client.get(at("reminder-calendar", entry.thing))
    assert file["Content-Type"].startswith("text/calendar")
    assert file["Content-Disposition"] == 'attachment; filename="notes.ics"'


def test_a_wish_is_changed_from_what_it_says(client: Client, who: Viewer) -> None:
    ends = days.today() + timedelta(days=40)
    said = daily(last=ends, first=days.today(), times=("09:30", "21:00"), weekdays=(0, 4))
    thing = actions.ask(who, said.but(words=WORDS, calendar="Tea")).thing
    page = client.get(at("change-reminder", thing)).content.decode()
    for there in (f'value="{WORDS}"', 'value="09:30"', 'value="21:00"', 'value="Tea"'):
        assert there in page
    assert re.findall(r'name="weekdays" value="(\d)"[^>]* checked', page) == ["0", "4"]
    assert re.findall(r'name="how_long" value="(\d*)"[^>]* checked', page) == [""]
    wish = a_wish(first_time="07:15", how_long="", words="a cup")
    for _ in "twice":
        assert "a cup" in text(client.post(at("change-reminder", thing), wish, follow=True))
    assert Record.objects.filter(thing=thing).count() == 2
    now = readings.reminder(who, thing).noun
    assert (now.words, now.times, now.weekdays, now.last) == ("a cup", ("07:15",), (), ends)
    client.post(at("change-reminder", thing), a_wish(how_long="7"))
    assert readings.reminder(who, thing).noun.last == days.today() + timedelta(days=6)
    page = client.post(at("change-reminder", thing), a_wish(first_time="late"))
    assert "Please look again" in text(page)


def test_one_that_is_over_is_asked_for_anew(client: Client, who: Viewer) -> None:
    with clock.stopped_at(on(1, 8)):
        thing = actions.ask(who, daily(first=date(2026, 11, 1), last=date(2026, 11, 2))).thing
    assert "as it is" not in text(client.get(at("change-reminder", thing)))
    assert "Please look" in text(client.post(at("change-reminder", thing), a_wish(how_long="")))
    client.post(at("change-reminder", thing), a_wish(how_long="7"))
    assert readings.holds(readings.reminder(who, thing).noun)


@pytest.mark.parametrize(
    "wrong", [{"first_time": ""}, {"first_time": "late"}, {"how_long": "999"}, {"weekdays": ["9"]}]
)
def test_what_is_wrong_with_a_wish_is_said(
    client: Client, who: Viewer, wrong: dict[str, object]
) -> None:
    page = client.post(at("remind"), a_wish(**wrong))
    assert "Please look again" in text(page) and readings.reminders(who) == []


@pytest.mark.parametrize("said", [{}, {"at": "x", "state": "noted"}, {"at": "2026-11-23T18:00:00"}])
def test_a_prompt_that_is_none_is_over(client: Client, who: Viewer, said: dict[str, str]) -> None:
    thing = asked(who)
    assert client.post(at("tell-prompt", thing), said).status_code == 422
    for name in ("stop-reminder", "go-on-reminder", "tell-prompt", "remove-reminder"):
        assert client.get(at(name, thing)).status_code == 404


def test_a_page_that_writes_by_being_opened_is_caught(
    client: Client, who: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong way of knowing what was shown, so that the check above is known to see it."""

    def shown_by_opening(viewer: Viewer) -> list[readings.Due]:
        with act(viewer, "prompted.tell") as doing:
            doing.keep(viewer.own, Prompted(on(23, 18)))
        return []

    monkeypatch.setattr(readings, "due", shown_by_opening)
    lines = LedgerLine.objects.count()
    client.get("/")
    assert LedgerLine.objects.count() > lines
