"""The pages say what the code does: made from it, or run."""

import inspect
import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import kith
from kith.analysis.egonets import catalogue, families, standing

PAGES = Path(__file__).parents[2] / "docs" / "egonets"
BLOCKS = re.findall(r"```python( real)?\n(.*?)```", (PAGES / "tutorial.md").read_text(), re.S)


def test_every_measure_has_its_entry_with_all_four_facts():
    told = {c for entries in catalogue.QUESTIONS.values() for e in entries for c in e.columns}
    columns = families.ALL | set(standing.COLUMNS) | set(standing.DIRECTED)
    assert columns <= told
    for entries in catalogue.QUESTIONS.values():
        for entry in entries:
            assert set(entry.facts) == set(catalogue.FACTS), entry.columns
            assert all(entry.facts.values()) and entry.summary


def test_the_reference_page_is_the_docstrings():
    assert (PAGES / "measures.md").read_text() == catalogue.as_markdown()


def run(blocks, names):
    printed = io.StringIO()
    with redirect_stdout(printed):
        for block in blocks:
            exec(compile(block, "tutorial.md", "exec"), names)
    return printed.getvalue()


def test_the_tutorial_runs():
    names = {}
    printed = run([block for real, block in BLOCKS if not real], names)
    assert "constraint" in printed and "turnover" in printed
    assert names["chart"].to_dict()["concat"]
    assert names["both"].to_dict()["mark"]["type"] == "line"


@pytest.mark.data
def test_the_tutorial_on_real_networks(real_data):
    import polars as pl

    blocks = [block for real, block in BLOCKS if real]
    assert all(len(block.splitlines()) <= 12 for block in blocks)
    names = {"kith": kith, "pl": pl, "networks": real_data("networks")}
    run(blocks, names)
    typical = names["typical"].row(0, named=True)
    assert len(names["milan"]) == 102
    told = {name: round(value, 2) for name, value in typical.items()}
    assert told == {
        "density": 0.28, "components": 2, "effective_size": 32.82, "iqv_alter.res": 0.79,
        "share_alter.nat_Sri Lanka": 0.87, "share_alter.res_Sri Lanka": 0.37,
        "share_alter.fam_Yes": 0.29,
    }  # fmt: skip


def test_importing_kith_brings_in_nothing_heavy():
    """numpy, polars and numba come with the first use of a name, not before."""
    look = "import kith, sys; print(*{'numpy', 'polars', 'numba', 'altair'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
    look = "import kith, sys; kith.egonets; print('altair' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_what_the_library_shows_is_what_it_promises():
    assert set(kith.egonets.__all__) <= set(dir(kith.egonets)) | {"plot", "overview"}
    for name in kith.egonets.__all__:
        assert inspect.getdoc(getattr(kith.egonets, name))
    with pytest.raises(AttributeError):
        getattr(kith.egonets, "noth" + "ing")
    with pytest.raises(AttributeError):
        getattr(kith, "noth" + "ing")
