"""Two visits, against sets."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kith
from egonets import oracle
from egonets.studies import Study, studies
from kith.base.problems import Invalid

SAME = ("stayed", "came", "went", "ties_kept", "ties_new", "ties_ended")


def arcs(study, ego, stayed, directed):
    told = [t for t in study.tied(ego) if t[0] != t[1] and set(t) <= stayed]
    return {t if directed else frozenset(t) for t in told}


def meet(first, second):
    """The second study with one ego of the first in it."""
    old, new = second.egos[0][0], first.egos[0][0]
    if new in {r[0] for r in second.egos}:
        return second
    swap = lambda rows: [(new if r[0] == old else r[0], *r[1:]) for r in rows]  # noqa: E731
    return Study(swap(second.egos), swap(second.alters), swap(second.ties))


@settings(max_examples=100, deadline=None)
@given(studies(), studies(), st.booleans())
def test_against_sets(first, second, directed):
    second = meet(first, second)
    found = kith.egonets.change(first.tables(), second.tables(), directed=directed)
    here, there = {r[0] for r in first.egos}, {r[0] for r in second.egos}
    assert found["ego"].to_list() == list(dict.fromkeys([r[0] for r in first.egos + second.egos]))
    for row in found.iter_rows(named=True):
        ego = row["ego"]
        if not (ego in here and ego in there):
            assert row["seen"] == ("before" if ego in here else "after")
            assert all(value is None for value in list(row.values())[2:])
            continue
        one, other = set(first.people(ego)), set(second.people(ego))
        stayed = one & other
        kept, later = arcs(first, ego, stayed, directed), arcs(second, ego, stayed, directed)
        expected = {
            "stayed": len(stayed), "came": len(other - one), "went": len(one - other),
            "kept": oracle.ratio(len(stayed), len(one)),
            "turnover": oracle.ratio(len(one ^ other), len(one) + len(other)),
            "jaccard": oracle.ratio(len(stayed), len(one | other)),
            "ties_kept": len(kept & later), "ties_new": len(later - kept),
            "ties_ended": len(kept - later),
            "ties_jaccard": oracle.ratio(len(kept & later), len(kept | later)),
            "size_before": len(one), "size_after": len(other), "seen": "both",
        }  # fmt: skip
        assert {name: row[name] for name in expected} == pytest.approx(expected)


def test_ids_that_cannot_meet_are_refused():
    one = (pl.DataFrame({"ego": [1]}), pl.DataFrame({"ego": [1], "alter": [1]}))
    other = (pl.DataFrame({"ego": [1]}), pl.DataFrame({"ego": [1], "alter": ["1"]}))
    with pytest.raises(Invalid) as caught:
        kith.egonets.change(one, other)
    assert [flaw.code for flaw in caught.value.flaws] == ["mixed-id-types"]
