"""The closing line of `make test` tells the truth, also when a part breaks before it can count."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from walls.house import ROOT

PYTEST = '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>'
NODE = """# Subtest: says # pass 99
# pass 3
# fail 1
# cancelled 1
# skipped 1
# todo 0
"""


@pytest.fixture(scope="module")
def parts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("parts", ROOT / "scripts" / "parts.py")
    assert spec and spec.loader
    module = sys.modules["parts"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def part(parts: ModuleType, report: Path, text: str = "") -> object:
    if text:
        report.write_text(text)
    return parts.Part("a part", [], counted_in=str(report))


def test_pytest_is_counted(parts: ModuleType, tmp_path: Path) -> None:
    assert parts.count(part(parts, tmp_path / "a.xml", PYTEST), False) == (5, 2, 2)


def test_node_is_counted(parts: ModuleType, tmp_path: Path) -> None:
    assert parts.count(part(parts, tmp_path / "a.tap", NODE), False) == (3, 2, 1)


def test_a_part_that_never_came_to_count_is_one_failure(parts: ModuleType, tmp_path: Path) -> None:
    assert parts.count(part(parts, tmp_path / "none.xml"), False) == (0, 1, 0)


def test_a_part_that_counts_only_good_ones_and_fails_is_one_failure(
    parts: ModuleType, tmp_path: Path
) -> None:
    fine = NODE.replace("# fail 1", "# fail 0").replace("# cancelled 1", "# cancelled 0")
    assert parts.count(part(parts, tmp_path / "a.tap", fine), False) == (3, 1, 1)
    assert parts.count(part(parts, tmp_path / "a.tap", fine), True) == (3, 0, 1)


def test_the_last_line_adds_everything_up(parts: ModuleType) -> None:
    nothing = parts.Part("a part", [])
    outcomes = [
        parts.Outcome(nothing, 60.0, parts.Counts(5, 2, 2), False),
        parts.Outcome(nothing, 30.0, parts.Counts(3, 0, 0), True),
    ]
    lines = parts.closing_lines(outcomes)
    assert lines[-1] == "8 passed, 2 failed, 2 skipped"
    assert re.fullmatch(r" +1\.5  all together", lines[-2])
    assert parts.closing_lines(outcomes[1:])[-1] == "3 passed, 0 failed"


def test_what_hangs_is_stopped(parts: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert not parts.run(["sleep", "30"], {}, seconds=0)
    assert "was stopped" in capsys.readouterr().out


def test_what_is_missing_is_said(parts: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert not parts.run(["no-such-tool-anywhere"], {}, seconds=5)
    assert "needs no-such-tool-anywhere" in capsys.readouterr().out


def test_what_the_kills_left_is_told(parts: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "faults-power.json").write_text('{"said": "8 kills", "lost": 0}')
    (tmp_path / "other.json").write_text("{}")
    assert parts.survived(tmp_path) == ["power: 8 kills"]
