"""Tables for a study: what each person grants, and nothing of anyone else's."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse

from kith.arrangements.actions import add
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.base.problems import Missing
from kith.moments import actions as noting
from kith.moments.nouns import Moment, Practice
from kith.people.actions import set_days
from kith.people.readings import looked
from kith.people.showing import Draft, Shown, previewed, seen_here, show
from kith.permissions.actions import withdraw
from kith.permissions.models import Grant
from kith.permissions.viewer import Viewer
from kith.records.pseudonyms import pseudonym
from kith.reports.study import tables as study
from kith.reports.study.codebook import NO_ANSWER, NOT_ASKED, NOT_GRANTED, TABLES, names_of
from world import again, joined, signed_in, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]
NOTEBOOK = Path(__file__).parents[2] / "docs" / "study" / "obstacles.ipynb"


@dataclass
class Study:
    """A study with an end, its keeper, and two who take part."""

    keeper: Viewer
    circle: UUID
    one: Viewer
    other: Viewer

    def grant(self, who: Viewer, *, names: bool = False) -> Grant:
        return show(who, self.draft(names=names), alone=False)

    def draft(self, *, names: bool = False) -> Draft:
        over = clock.now() + timedelta(days=200)
        return Draft(
            "tables", None, names, None, self.circle, "research", over, over + timedelta(days=1)
        )

    def rows(self, name: str) -> list[Any]:
        return study.tables(self.keeper, self.circle)[name]


def a_study() -> Study:
    keeper, circle = ward("Study", "study")
    end = (clock.now() + timedelta(days=201)).date()
    set_days(keeper, circle, ends=end, rests_until=None)
    return Study(keeper, circle, joined(keeper, circle, "guest"), joined(keeper, circle, "guest"))


@pytest.fixture
def here() -> Study:
    return a_study()


def no_tea(who: Viewer, kitchen: UUID) -> None:
    said = Moment(
        "No tea", happened=False, and_whom="Theodora", arrangements=(kitchen,), own=("money",),
        in_the_way="=the door", felt=("sad", "warm"),
    )  # fmt: skip
    noting.note(who, said)


def a_kitchen(who: Viewer) -> UUID:
    keeper, circle = ward("Ward 6")
    return add(keeper, circle, Arrangement("The secret kitchen")).thing


def test_only_ones_own_grant_brings_anything_in_and_only_while_it_is_in_force(here: Study) -> None:
    kitchen = a_kitchen(here.one)
    no_tea(here.one, kitchen)
    noting.note(here.other, Moment("Not for the study"))
    assert all(not rows for rows in study.tables(here.keeper, here.circle).values())
    grant = here.grant(here.one)
    (row,) = here.rows("moments")
    assert row["words"] == "No tea" and row["happened"] == 0 and row["felt"] == "sad;warm"
    told = str(study.tables(here.keeper, here.circle))
    assert "Not for the study" not in told
    noting.note(here.one, Moment("Noted later"))
    assert {row["words"] for row in here.rows("moments")} == {"No tea", "Noted later"}
    withdraw(here.one, grant.id)
    assert all(not rows for rows in study.tables(here.keeper, here.circle).values())


def test_no_id_no_name_and_nothing_that_is_not_the_givers(here: Study) -> None:
    kitchen = a_kitchen(here.one)
    no_tea(here.one, kitchen)
    here.grant(here.one)
    files = study.as_files(here.keeper, here.circle, "csv")
    with zipfile.ZipFile(io.BytesIO(files)) as made:
        told = "".join(made.read(name).decode() for name in made.namelist())
    for hidden in ("The secret kitchen", "Theodora", str(kitchen), str(here.one.person)):
        assert hidden not in told
    (row,) = here.rows("moments")
    assert row["and_whom_state"] == NOT_GRANTED and row["arrangements"].startswith("arrangement-")


def test_names_in_words_come_along_only_where_the_grant_says_so(here: Study) -> None:
    no_tea(here.one, a_kitchen(here.one))
    here.grant(here.one, names=True)
    assert here.rows("moments")[0]["and_whom"] == "Theodora"


def test_made_up_names_hold_within_one_study_and_lead_to_no_other(here: Study) -> None:
    no_tea(here.one, a_kitchen(here.one))
    there = a_study()
    also = again(here.one)
    here.grant(here.one)
    first, second = here.rows("moments"), here.rows("moments")
    assert first == second
    assert first[0]["person"] == here.rows("people")[0]["person"]
    of = {row["of"] for row in here.rows("obstacles")}
    assert of == {first[0]["moment"]}
    names = {pseudonym(one.circle, "person", also.me) for one in (here, there)}
    assert len(names) == 2 and first[0]["person"] in names


def test_each_obstacle_has_a_line_and_missing_states_stay_apart(here: Study) -> None:
    no_tea(here.one, a_kitchen(here.one))
    noting.name_practice(here.one, Practice("Chess", rhythm="most evenings"))
    here.grant(here.one)
    assert [row["sort"] for row in here.rows("obstacles")] == ["arrangement", "own", "words"]
    (moment,), (practice,) = here.rows("moments"), here.rows("practices")
    assert moment["place_state"] == NO_ANSWER and moment["felt_state"] == "answered"
    assert practice["choice_state"] == NOT_ASKED and practice["began_state"] == NO_ANSWER
    for name in TABLES:
        for row in here.rows(name):
            assert set(row) == set(names_of(name))
            told = {key: value for key, value in row.items() if f"{key}_state" in row}
            assert all(bool(v) == (row[f"{k}_state"] == "answered") for k, v in told.items())


def test_what_is_previewed_is_what_the_study_gets(here: Study) -> None:
    no_tea(here.one, a_kitchen(here.one))
    before: Shown = previewed(here.one, here.draft())
    here.grant(here.one)
    (seen,) = seen_here(here.keeper, here.circle)
    assert before.card and seen.card and before.card.values == seen.card.values
    assert before.giver == seen.giver == ""
    for name, rows in seen.card.values["tables"]:
        for (filled, missing), got in zip(rows, here.rows(name), strict=True):
            told = dict(filled)
            for state, columns in missing:
                told |= {f"{column}_state": state for column in columns.split(", ")}
            said = {k: str(v) for k, v in got.items() if str(v) not in ("", "answered")}
            assert told == said


def test_whoever_is_in_it_can_read_that_the_study_looked(here: Study) -> None:
    no_tea(here.one, a_kitchen(here.one))
    here.grant(here.one)
    assert looked(here.one) == []
    here.rows("moments")
    assert "research" in str(looked(here.one))
    assert looked(here.other) == []


def test_a_grant_for_reading_brings_no_rows(here: Study) -> None:
    """Showing one's moments to a team is not showing tables to a study: purposes do not widen."""
    no_tea(here.one, a_kitchen(here.one))
    over = clock.now() + timedelta(days=20)
    for purpose, ends in (("know", None), ("research", over + timedelta(days=1))):
        draft = Draft("moments", None, False, None, here.circle, purpose, over, ends)
        show(here.one, draft, alone=False)
    assert all(not rows for rows in study.tables(here.keeper, here.circle).values())


def test_a_study_that_looked_past_the_grant_would_be_noticed(
    here: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wrong variant: any grant of moments will do."""
    no_tea(here.one, a_kitchen(here.one))
    monkeypatch.setattr(study, "MARK", "moment")
    with pytest.raises(AssertionError):
        test_a_grant_for_reading_brings_no_rows(here)


def test_it_is_for_the_team_of_the_study(here: Study) -> None:
    with pytest.raises(Missing):
        study.tables(here.one, here.circle)
    client = Client()
    signed_in(client, here.one)
    assert client.get(reverse("studies:out", args=[here.circle])).status_code == 404


def test_by_page_tables_are_offered_for_a_study_alone(here: Study) -> None:
    no_tea(here.one, a_kitchen(here.one))
    client = Client()
    signed_in(client, here.one)
    page = reverse("people:choose")
    assert "as tables for a study" in client.get(page).content.decode()
    chosen = {"what": "tables", "whom": f"circle:{here.circle}", "days": 30}
    refused = client.post(page, chosen | {"purpose": "talk"})
    assert refused.status_code == 422
    preview = client.post(page, chosen | {"purpose": "research"}).content.decode()
    assert "No tea" in preview and "Theodora" not in preview


def test_csv_and_parquet_say_the_same_and_no_cell_is_a_formula(here: Study) -> None:
    no_tea(here.one, a_kitchen(here.one))
    here.grant(here.one)
    made = {}
    for end in ("csv", "parquet"):
        with zipfile.ZipFile(io.BytesIO(study.as_files(here.keeper, here.circle, end))) as files:
            made[end] = {name: files.read(name) for name in files.namelist()}
    lines = list(csv.DictReader(io.StringIO(made["csv"]["obstacles.csv"].decode())))
    assert [line["what"] for line in lines if line["sort"] == "words"] == ["'=the door"]
    frame = pl.read_parquet(io.BytesIO(made["parquet"]["moments.parquet"]))
    (line,) = csv.DictReader(io.StringIO(made["csv"]["moments.csv"].decode()))
    told = {name: str(value) for name, value in frame.row(0, named=True).items()}
    assert told | {"in_the_way": ""} == line | {"in_the_way": ""}
    book = list(csv.DictReader(io.StringIO(made["csv"]["codebook.csv"].decode())))
    for name in TABLES:
        assert [row["column"] for row in book if row["table"] == name] == names_of(name)


def test_the_notebook_runs_on_what_a_study_gets(
    here: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kitchen = a_kitchen(here.one)
    for who in (here.one, here.other):
        no_tea(who, kitchen)
        broken = Practice("Chess", state="interrupted", arrangements=(kitchen,), words="no board")
        noting.name_practice(who, broken)
        here.grant(who)
    files = study.as_files(here.keeper, here.circle, "csv")
    zipfile.ZipFile(io.BytesIO(files)).extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    told: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text())["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec("".join(cell["source"]), told)  # the notebook is ours
    assert set(told["in_words"]["words"]) == {"No tea"}
    assert told["named"].height == 0
    assert set(told["broken"]["name"]) == {"Chess"}
    assert told["states"]["place_state"] == [NO_ANSWER]
