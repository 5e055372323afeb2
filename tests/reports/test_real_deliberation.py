"""A real public deliberation, from its file to an issued report, as whoever runs Kith would."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SRC = str(Path(__file__).parents[2] / "src")
CIRCLE, MEETING = "Young people and policing", "Scrutiny of policing"
MAKE_SENSE = f"""
import django; django.setup()
from kith.people.models import Membership
from kith.people.readings import circles_called, viewer_of
from kith.inquiry.actions import add_theme, change_theme, write_finding, recommend
from kith.inquiry.nouns import Cite, Finding, Recommendation, Theme
from kith.inquiry.readings import gatherings, lines
from kith.permissions.readings import look_at
from kith.reports.actions import issue
circle = circles_called({CIRCLE!r})[0]
keeper = viewer_of(Membership.objects.get(circle=circle).person)
meeting = gatherings(keeper, circle.id)[0].thing
said = lines(keeper, meeting)
words = dict(listening=("listen", "opinion", "engage", "voice"), fairness=("bias", "abuse", "race"))
for name, needles in words.items():
    about = tuple(one.thing for one in said if any(n in one.words.lower() for n in needles))
    if name == "listening":
        heard = [one for one in said if one.thing in about]
    made = add_theme(keeper, meeting, name)
    now = look_at(keeper, Theme, made)
    change_theme(keeper, made, Theme(name, lines=about), now.id)
cites = tuple(Cite("contribution", one.thing, one.version) for one in heard)
found = write_finding(keeper, meeting, Finding("People want to be asked, and early.", cites))
recommend(keeper, meeting, Recommendation("Ask before deciding.", (found.thing,)))
issue(keeper, meeting)
print(len(said), "contributions", len(words), "themes")
"""


def run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    told = os.environ | {"KITH_HOME": str(home), "PYTHONPATH": SRC}
    told["DJANGO_SETTINGS_MODULE"] = "kith.site.settings"
    told.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, *command], env=told, capture_output=True, text=True, timeout=200
    )


def bring_in(home: Path, file: Path) -> subprocess.CompletedProcess[str]:
    words = ["--circle", CIRCLE, "--gathering", MEETING, "--quotable"]
    return run(home, "-m", "kith", "import", "notes", str(file), *words)


@pytest.mark.data
def test_from_a_file_to_an_issued_report(real_data: Callable[[str], Path], tmp_path: Path) -> None:
    from pypdf import PdfReader

    file = real_data("qualitative/polis/london.youth.policing/comments.csv")
    home, out = tmp_path / "home", tmp_path / "out"
    assert "Added 36; 0 were there already." in bring_in(home, file).stdout
    assert "Added 0; 36 were there already." in bring_in(home, file).stdout
    made = run(home, "-c", MAKE_SENSE)
    assert made.stdout == "36 contributions 2 themes\n", made.stderr
    written = run(home, "-m", "kith", "report", MEETING, "--out", str(out))
    assert written.returncode == 0, written.stderr
    assert "working copy" not in written.stdout
    assert "People want to be asked, and early." in (out / "report.html").read_text()
    assert len(PdfReader(out / "report.pdf").pages) >= 4
    assert "All good" in run(home, "-m", "kith", "verify").stdout


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "notes.csv"
    bad.write_bytes(b"\xff\xfeh\x00i\x00")
    refused = bring_in(tmp_path / "home", bad)
    assert refused.returncode == 2
    assert "UTF-16" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "0 records" in run(tmp_path / "home", "-m", "kith", "verify").stdout


def test_a_file_where_the_folder_should_be_is_said_so(tmp_path: Path) -> None:
    notes, taken = tmp_path / "notes.csv", tmp_path / "taken"
    notes.write_text("words\nTea at eight\n")
    taken.write_text("mine")
    assert bring_in(tmp_path / "home", notes).returncode == 0
    refused = run(tmp_path / "home", "-m", "kith", "report", MEETING, "--out", str(taken))
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert taken.read_text() == "mine"


def test_a_report_nobody_knows_is_said_so(tmp_path: Path) -> None:
    refused = run(tmp_path / "home", "-m", "kith", "report", "Nothing", "--out", str(tmp_path))
    assert refused.returncode == 3
    assert "There is no gathering of that name." in refused.stderr
