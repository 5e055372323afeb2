"""A room imports only from rooms below it, and every room has a floor."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from walls.house import ROOT, SOURCE, name, source

NOT_A_ROOM = {"utils", "util", "helpers", "helper", "common", "core", "services", "misc"}


def contracts_hold(folder: Path) -> tuple[bool, str]:
    """Run the contracts of pyproject.toml on the package that lies below `folder`."""
    command = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(command), "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def floors() -> set[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contract = tomllib.load(file)["tool"]["importlinter"]["contracts"][0]
    return {room.strip() for layer in contract["layers"] for room in layer.split("|")}


def empty_house(folder: Path) -> Path:
    """A house with every room and nothing in it."""
    for room in floors():
        (folder / "kith" / room).mkdir(parents=True)
        (folder / "kith" / room / "__init__.py").touch()
    (folder / "kith" / "__init__.py").touch()
    return folder


def test_the_contracts_hold() -> None:
    held, said = contracts_hold(ROOT / "src")
    assert held, said


def test_every_room_has_a_floor() -> None:
    rooms = {path.relative_to(SOURCE).parts[0] for path in source(".py") if path.parent != SOURCE}
    assert rooms <= floors()


def test_no_room_or_file_is_a_drawer_for_everything() -> None:
    drawers = [path for path in source(".py", ".js") if {path.stem, path.parent.name} & NOT_A_ROOM]
    assert [name(path) for path in drawers] == []


def test_an_empty_house_stands(tmp_path: Path) -> None:
    held, said = contracts_hold(empty_house(tmp_path))
    assert held, said


def test_a_look_upstairs_is_seen(tmp_path: Path) -> None:
    house = empty_house(tmp_path)
    (house / "kith" / "records" / "__init__.py").write_text("import kith.people\n")
    assert not contracts_hold(house)[0]


def test_neighbours_do_not_know_each_other(tmp_path: Path) -> None:
    house = empty_house(tmp_path)
    (house / "kith" / "analysis" / "__init__.py").write_text("import kith.formats\n")
    assert not contracts_hold(house)[0]


def test_django_in_a_pure_library_is_seen(tmp_path: Path) -> None:
    house = empty_house(tmp_path)
    (house / "kith" / "formats" / "__init__.py").write_text("import django\n")
    assert not contracts_hold(house)[0]


def test_a_room_without_a_floor_is_seen(tmp_path: Path) -> None:
    house = empty_house(tmp_path)
    (house / "kith" / "attic").mkdir()
    (house / "kith" / "attic" / "__init__.py").touch()
    assert not contracts_hold(house)[0]
