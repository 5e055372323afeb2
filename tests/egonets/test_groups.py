"""Groups of egos: against numpy and plain Python, and what seeds and threads may change."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kith
from kith.base.problems import Invalid

VALUES = st.lists(
    st.tuples(
        st.one_of(st.none(), st.floats(-5, 5, width=32)),
        st.sampled_from(["x", "y"]),
        st.sampled_from([0.5, 1.0, 2.0, 3.0]),
    ),
    min_size=1,
    max_size=25,
)


def table(rows):
    schema = {"v": pl.Float64, "g": pl.String, "w": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def by_hand(values, q):
    """The least value up to which the share of the weight is at least q."""
    whole = sum(w for _, w in values)
    upto = 0.0
    for value, weight in sorted(values):
        upto += weight
        if upto >= q * whole:
            return value
    raise AssertionError


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_means_and_quantiles(rows):
    found = kith.egonets.summarise(table(rows), "v", by="g", weights="w", resamples=20)
    for group in {g for _, g, _ in rows}:
        told = [(v, w) for v, g, w in rows if g == group and v is not None]
        part = found.filter(pl.col("group") == group)
        assert part["known"].unique().to_list() == [len(told)]
        assert part["missing"][0] == sum(g == group and v is None for v, g, _ in rows)
        values = dict(zip(part["statistic"], part["value"], strict=True))
        if not told:
            assert set(values.values()) == {None}
            continue
        mean = sum(v * w for v, w in told) / sum(w for _, w in told)
        assert values["mean"] == pytest.approx(mean, abs=1e-12)
        for q in (0.25, 0.5, 0.75):
            assert values[f"q{100 * q:g}"] == by_hand(told, q)
        assert all(part["low"] <= part["high"])


def results(n=400, seed=1):
    made = kith.egonets.generate(n, seed=seed, homophily=0.3)
    found = kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
    rng = np.random.default_rng(5)
    return found.with_columns(
        arm=pl.Series(rng.choice(["a", "b"], n)),
        town=pl.Series(rng.integers(0, 3, n)),
        w=pl.Series(rng.random(n) + 0.5),
    )


def test_the_seed_decides_and_threads_do_not():
    options = {"by": "arm", "weights": "w", "strata": "town", "resamples": 250}
    one = kith.egonets.summarise(results(), ["density", "ei_group"], seed=1, threads=1, **options)
    same = kith.egonets.summarise(results(), ["density", "ei_group"], seed=1, threads=4, **options)
    other = kith.egonets.summarise(results(), ["density", "ei_group"], seed=2, **options)
    assert one.equals(same)
    assert not one.equals(other)


def test_intervals_match_theory_for_a_mean():
    found = kith.egonets.summarise(results(2000), "density", resamples=4000)
    mean = found.row(0, named=True)
    values = results(2000)["density"].to_numpy()
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    assert mean["value"] - mean["low"] == pytest.approx(half, rel=0.06)
    assert mean["high"] - mean["value"] == pytest.approx(half, rel=0.06)


def test_strata_are_drawn_from_separately():
    """With one value per stratum every resample has the same mean; without strata it moves."""
    frame = pl.DataFrame({"v": [0.0] * 50 + [1.0] * 50, "s": ["p"] * 50 + ["q"] * 50})
    tight = kith.egonets.summarise(frame, "v", strata="s").row(0, named=True)
    loose = kith.egonets.summarise(frame, "v").row(0, named=True)
    assert tight["low"] == tight["high"] == 0.5
    assert loose["low"] < 0.45 < 0.55 < loose["high"]


def test_bootstrap_of_a_median_against_numpy():
    values = np.random.default_rng(2).exponential(size=101)
    found = kith.egonets.summarise(pl.DataFrame({"v": values}), "v", resamples=4000)
    row = found.filter(pl.col("statistic") == "q50").row(0, named=True)
    rng = np.random.default_rng(3)
    again = np.median(rng.choice(values, (4000, 101)), axis=1)
    assert row["value"] == np.median(values)
    assert row["low"] == pytest.approx(np.quantile(again, 0.025), abs=0.06)
    assert row["high"] == pytest.approx(np.quantile(again, 0.975), abs=0.06)


def test_two_groups_that_differ_and_two_that_do_not():
    frame = pl.DataFrame(
        {"v": [*np.arange(30.0), *(np.arange(30.0) + 12)], "g": ["a"] * 30 + ["b"] * 30}
    )
    row = kith.egonets.compare(frame, "v", by="g").row(0, named=True)
    assert row["difference"] == pytest.approx(12)
    assert row["p"] < 0.005 and row["low"] > 0
    assert row["effect"] == pytest.approx(12 / np.std(np.arange(30.0), ddof=1))
    level = frame.with_columns(v=pl.Series([*np.arange(30.0)] * 2))
    same = kith.egonets.compare(level, "v", by="g").row(0, named=True)
    assert same["p"] == 1.0 and same["low"] < 0 < same["high"]


def test_permutation_p_is_the_exact_one_for_a_small_study():
    """All 20 ways to deal six egos out in threes."""
    frame = pl.DataFrame({"v": [1.0, 2, 3, 4, 5, 9], "g": ["a", "a", "b", "a", "b", "b"]})
    from itertools import combinations

    values = frame["v"].to_list()
    seen = abs((3 + 5 + 9) / 3 - (1 + 2 + 4) / 3)
    far = [
        abs(sum(three) / 3 - (sum(values) - sum(three)) / 3) >= seen - 1e-9
        for three in combinations(values, 3)
    ]
    row = kith.egonets.compare(frame, "v", by="g", resamples=20000).row(0, named=True)
    assert row["p"] == pytest.approx(sum(far) / len(far), abs=0.02)


def test_p_is_even_where_nothing_differs():
    """Under no difference, p at most 0.1 happens in about a tenth of studies."""
    rng = np.random.default_rng(9)
    low = 0
    for study in range(300):
        frame = pl.DataFrame({"v": rng.normal(size=24), "g": ["a", "b"] * 12})
        p = kith.egonets.compare(frame, "v", by="g", resamples=199, seed=study)["p"][0]
        low += p <= 0.1
    assert 15 <= low <= 47


def test_bad_input_all_at_once():
    with pytest.raises(Invalid) as caught:
        kith.egonets.summarise(
            results(10), ["no", "density"], by="nor", weights="w", level=2, resamples=0,
            quantiles=[1.5],
        )  # fmt: skip
    assert [(f.code, f.field or f.column) for f in caught.value.flaws] == [
        ("unknown-column", "no"), ("unknown-column", "nor"), ("out-of-range", "level"),
        ("out-of-range", "resamples"), ("out-of-range", "quantiles"),
    ]  # fmt: skip
    with pytest.raises(Invalid) as caught:
        kith.egonets.compare(results(10), "density", by="size")
    assert caught.value.flaws[0].code == "not-two-groups"
