"""What cannot be measured is refused, all of it at once, with its rows."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kith
from kith.base.problems import Invalid

EGOS = pl.DataFrame({"ego": [1, 2]})
ALTERS = pl.DataFrame({"ego": [1, 1, 2], "alter": [1, 2, 1], "g": ["a", "b", "a"], "s": [1, 2, 3]})
TIES = pl.DataFrame({"ego": [1], "source": [1], "target": [2], "w": [1.0]})


def flaws(*tables, **options):
    with pytest.raises(Invalid) as caught:
        kith.egonets.measure(*tables, **options)
    return {(f.code, f.file or f.field, f.row, f.column) for f in caught.value.flaws}


def test_all_at_once():
    egos = pl.DataFrame({"ego": [1, 2, 2, None]})
    alters = pl.DataFrame({"ego": [1, 1, 9, 2], "alter": [1, 1, 1, None]})
    ties = pl.DataFrame(
        {"ego": [1, 1, 8, 2], "source": [1, 5, 1, 1], "target": [7, 1, 1, None],
         "w": ["x", "-1", "2", "3"]}
    )  # fmt: skip
    assert flaws(egos, alters, ties, weight="w") == {
        ("missing-id", "egos", 4, "ego"),
        ("said-twice", "egos", 3, "ego"),
        ("unknown-ego", "alters", 3, "ego"),
        ("said-twice", "alters", 2, "alter"),
        ("missing-id", "alters", 4, "alter"),
        ("unknown-ego", "ties", 3, "ego"),
        ("stranger", "ties", 1, "target"),
        ("stranger", "ties", 2, "source"),
        ("stranger", "ties", 4, "source"),
        ("missing-id", "ties", 4, "target"),
        ("not-a-number", "ties", 1, "w"),
        ("negative", "ties", 2, "w"),
    }


def test_unknown_columns_and_measures():
    found = flaws(
        EGOS, ALTERS, TIES, categories=["g", "nope"], numbers="none", weight="heavy",
        strength="no", kind="sort", ego_columns={"g": "mine"}, measures=["density", "dnesity"],
    )  # fmt: skip
    assert found == {
        ("unknown-column", "alters", None, "nope"),
        ("unknown-column", "alters", None, "none"),
        ("unknown-column", "ties", None, "heavy"),
        ("unknown-column", "ties", None, "sort"),
        ("unknown-column", "alters", None, "no"),
        ("unknown-column", "egos", None, "mine"),
        ("unknown-measure", "measures", None, ""),
    }


def test_tables_without_their_ids():
    assert flaws(pl.DataFrame({"who": [1]}), ALTERS.drop("alter"), TIES.drop("source")) == {
        ("unknown-column", "egos", None, "ego"),
        ("unknown-column", "alters", None, "alter"),
        ("unknown-column", "ties", None, "source"),
    }


def test_empty_tables():
    assert flaws(EGOS.clear(), ALTERS.clear(), TIES.clear()) == {
        ("empty-table", "egos", None, ""),
        ("empty-table", "alters", None, ""),
    }


def test_mixed_id_types():
    text = ALTERS.with_columns(pl.col("ego").cast(pl.String))
    assert ("mixed-id-types", "alters", None, "ego") in flaws(EGOS, text, TIES)
    wide = TIES.with_columns(pl.col("source").cast(pl.String))
    assert ("mixed-id-types", "ties", None, "source") in flaws(EGOS, ALTERS, wide)
    dated = EGOS.with_columns(pl.lit(None).cast(pl.Date).alias("ego"))
    assert ("id-type", "egos", None, "ego") in flaws(dated, ALTERS, TIES)


@pytest.mark.parametrize("bad", [-1.0, float("inf"), True])
def test_strengths_that_make_no_sense(bad):
    alters = ALTERS.with_columns(s=pl.Series([bad] * 3))
    row = None if bad is True else 1
    code = "negative" if bad == -1 else "not-a-number"
    assert (code, "alters", row, "s") in flaws(EGOS, alters, TIES, strength="s")


def test_a_category_that_is_said_to_be_impossible():
    assert flaws(EGOS, ALTERS, TIES, categories={"g": ["a", "c"]}) == {
        ("impossible-category", "alters", 2, "g")
    }


def test_a_measure_without_what_it_needs():
    found = flaws(EGOS, ALTERS, TIES, measures=["ei", "mean", "arcs", "constraint_valued"])
    assert found == {("measure-needs", "measures", None, "")}


def test_not_a_table():
    assert flaws([1, 2]) == {("not-a-table", "", None, "")}


def test_a_long_list_is_cut_and_the_rest_counted():
    ties = pl.DataFrame({"ego": [1] * 500, "source": [9] * 500, "target": [1] * 500})
    with pytest.raises(Invalid) as caught:
        kith.egonets.measure(EGOS, ALTERS, ties)
    assert len(caught.value.flaws) == 101
    assert caught.value.flaws[-1].facts == (("more", 400),)


@given(st.lists(st.tuples(*[st.integers(1, 4)] * 3), max_size=12))
def test_every_stranger_and_nobody_else(rows):
    """A tie is refused exactly if one of its ends is not among its ego's alters."""
    named = {(1, 1), (1, 2), (2, 1)}
    ties = pl.DataFrame(
        rows, schema={"ego": pl.Int64, "source": pl.Int64, "target": pl.Int64}, orient="row"
    )
    expected = set()
    for at, (ego, *ends) in enumerate(rows, 1):
        if ego > 2:
            expected.add(("unknown-ego", "ties", at, "ego"))
            continue
        for column, end in zip(("source", "target"), ends, strict=True):
            if (ego, end) not in named:
                expected.add(("stranger", "ties", at, column))
    if expected:
        assert flaws(EGOS, ALTERS, ties) == expected
    else:
        kith.egonets.measure(EGOS, ALTERS, ties)
