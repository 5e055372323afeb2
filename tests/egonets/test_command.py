"""`kith measure`, as a person runs it."""

import re
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

import kith
from kith.base.problems import Invalid
from kith.cli import app as whole_app
from kith.cli.measure import measure
from kith.cli.measure_words import WORDS

ROOT = Path(__file__).parents[2]
app = typer.Typer()
app.command()(measure)


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(done.exception, Invalid):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def study(tmp_path):
    made = kith.egonets.generate(200, seed=2)
    for name in ("egos", "alters", "ties"):
        getattr(made, name).write_parquet(tmp_path / f"{name}.parquet")
        getattr(made, name).write_csv(tmp_path / f"{name}.csv")
    return made


@pytest.mark.parametrize("given", ["csv", "parquet"])
@pytest.mark.parametrize("out", ["csv", "parquet"])
def test_tables_in_numbers_out(tmp_path, study, given, out):
    files = [tmp_path / f"{name}.{given}" for name in ("egos", "alters", "ties")]
    result = tmp_path / f"result.{out}"
    run(
        *files,
        "--out",
        result,
        "--categories",
        "group",
        "--measures",
        "density",
        "--measures",
        "ei",
    )
    found = pl.read_csv(result) if out == "csv" else pl.read_parquet(result)
    expected = kith.egonets.measure(
        study.egos, study.alters, study.ties, measures=["density", "ei"], categories="group"
    )
    assert found.cast(pl.Float64).equals(expected.cast(pl.Float64))
    assert not list(tmp_path.glob(".*.part"))


def test_other_names_and_parts(tmp_path, study):
    for name in ("egos", "alters", "ties"):
        getattr(study, name).rename({"ego": "who"}).write_parquet(tmp_path / f"{name}.parquet")
    files = [tmp_path / f"{name}.parquet" for name in ("egos", "alters", "ties")]
    run(*files, "--out", tmp_path / "r.parquet", "--ego", "who", "--partitions", 3)
    expected = kith.egonets.measure(study.egos, study.alters, study.ties)
    assert pl.read_parquet(tmp_path / "r.parquet").equals(expected)


def test_a_cluster_of_two_processes(tmp_path, study):
    pytest.importorskip("distributed")
    files = [tmp_path / f"{name}.parquet" for name in ("egos", "alters", "ties")]
    run(*files, "--out", tmp_path / "r.parquet", "--cluster", 2, "--partitions", 4)
    expected = kith.egonets.measure(study.egos, study.alters, study.ties)
    assert pl.read_parquet(tmp_path / "r.parquet").equals(expected)


def test_what_cannot_be_done_leaves_nothing(tmp_path, study):
    files = [tmp_path / f"{name}.csv" for name in ("egos", "alters", "ties")]
    with pytest.raises(Invalid) as caught:
        run(*files, "--out", tmp_path / "r.xlsx")
    assert caught.value.flaws[0].code == "not-csv-or-parquet"
    with pytest.raises(Invalid) as caught:
        run(*files, "--out", tmp_path / "r.csv", "--categories", "no", "--weight", "nor")
    assert {flaw.column for flaw in caught.value.flaws} == {"no", "nor"}
    assert not (tmp_path / "r.csv").exists()


@pytest.mark.data
def test_a_network_canvas_export(tmp_path, real_data):
    folder = real_data("interviews/network-canvas-radar")
    run(folder / "networkCanvasExport", "--protocol", folder / "IJE_RADAR_Protocol.netcanvas",
        "--out", tmp_path / "r.csv", "--categories", "ContactFreq", "--kind", "kind")  # fmt: skip
    assert len(pl.read_csv(tmp_path / "r.csv")) == 10


def test_every_flaw_has_a_sentence():
    """What docs/problems.md lists for tables of ego networks is told in words, not as a code."""
    listed = (ROOT / "docs" / "problems.md").read_text().split("## Tables of ego networks")[1]
    codes = set(re.findall(r"^\| `([a-z-]+)`", listed.split("\n## ")[0], re.MULTILINE))
    assert codes - {"interviews", "measure", "ego-networks", "generate"} == set(WORDS)


def test_flaws_are_told_in_plain_words(tmp_path):
    pl.DataFrame({"ego": [1, 2]}).write_csv(tmp_path / "egos.csv")
    pl.DataFrame({"ego": [1, 2], "alter": [1, 1]}).write_csv(tmp_path / "alters.csv")
    ties = pl.DataFrame({"ego": [1] * 150, "source": [1] * 150, "target": [9] * 150})
    ties.write_csv(tmp_path / "ties.csv")
    files = [str(tmp_path / f"{name}.csv") for name in ("egos", "alters", "ties")]
    done = CliRunner().invoke(whole_app, ["measure", *files, "--out", str(tmp_path / "r.csv")])
    assert done.exit_code == 2
    said = done.output.strip().splitlines()
    assert said[1] == "ties, row 1, column target: " + str(WORDS["stranger"])
    assert said[-1].endswith("The same holds for 50 more rows.")
    assert not (tmp_path / "r.csv").exists()
