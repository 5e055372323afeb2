"""Every measure equals an independent one, on random networks."""

import math

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kith
from egonets import oracle
from egonets.studies import GROUPS, studies

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def agree(found, expected, near=1e-12):
    """Both null, or equal to 1e-12 (relative to 1 or to the value if that is larger)."""
    for name, value in expected.items():
        here = found[name]
        if value is None or here is None:
            assert here is None and value is None, (name, here, value)
        else:
            assert math.isfinite(here), name
            assert abs(here - value) <= near * max(1.0, abs(value)), (name, here, value)


def rows(table):
    return {row["ego"]: row for row in table.iter_rows(named=True)}


@thorough
@given(studies())
def test_structure(study):
    found = rows(kith.egonets.measure(*study.tables()))
    for ego, *_ in study.egos:
        people, ties = study.people(ego), study.tied(ego)
        agree(found[ego], oracle.cohesion(people, ties))
        agree(found[ego], oracle.holes(people, ties))
        agree(found[ego], oracle.distances(people, ties))
        agree(found[ego], oracle.triads(people, ties))


@thorough
@given(studies())
def test_direction(study):
    found = rows(kith.egonets.measure(*study.tables(), directed=True))
    for ego, *_ in study.egos:
        agree(found[ego], oracle.direction(study.people(ego), study.tied(ego)))


@thorough
@given(studies(), st.booleans(), st.booleans())
def test_weights(study, directed, strong):
    found = rows(
        kith.egonets.measure(
            *study.tables(), weight="w", strength="s" if strong else None, directed=directed
        )
    )
    for ego, *_ in study.egos:
        ties = [(r[1], r[2], r[3]) for r in study.ties if r[0] == ego]
        strengths = [r[4] if strong else 1.0 for r in study.alters if r[0] == ego]
        agree(found[ego], oracle.weigh(study.people(ego), ties, strengths, directed))


@thorough
@given(studies(weights=st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.5]))))
def test_weights_missing_or_nothing(study):
    found = rows(kith.egonets.measure(*study.tables(), weight="w", strength="s"))
    for ego, *_ in study.egos:
        ties = [(r[1], r[2], r[3]) for r in study.ties if r[0] == ego]
        strengths = [r[4] for r in study.alters if r[0] == ego]
        agree(found[ego], oracle.weigh(study.people(ego), ties, strengths, False))
        assert found[ego]["missing_weights"] == sum(w is None for *_, w in ties)


@thorough
@given(studies(), st.booleans())
def test_composition(study, told):
    seen = {r[2] for r in study.alters} | {r[1] for r in study.egos}
    possible = GROUPS if told else sorted(seen - {None})
    found = rows(
        kith.egonets.measure(
            *study.tables(), categories={"g": GROUPS} if told else "g", numbers="x"
        )
    )
    pool = [r[2] for r in study.alters]
    for ego, own, number in study.egos:
        answers = {r[1]: r[2] for r in study.alters if r[0] == ego}
        expected = oracle.categories(own, list(answers.values()), possible, pool)
        agree(found[ego], {named(n, "g"): v for n, v in expected.items()})
        ties = oracle.tie_categories(answers, study.tied(ego))
        agree(found[ego], {f"{n}_g": v for n, v in ties.items()})
        numbers = oracle.described(number, [r[3] for r in study.alters if r[0] == ego])
        agree(found[ego], {f"{n}_x": v for n, v in numbers.items()})
        assert found[ego]["ego_missing_g"] == (own is None)


def named(measure, attribute):
    first, _, category = measure.partition("_")
    return f"{first}_{attribute}_{category}" if category else f"{measure}_{attribute}"


@thorough
@given(studies(most=6))
def test_loops_and_repeats_are_folded_and_counted(study):
    found = rows(kith.egonets.measure(*study.tables(), measures=["size"]))
    for ego, *_ in study.egos:
        told = study.tied(ego)
        between = [frozenset(t) for t in told if t[0] != t[1]]
        assert found[ego]["loops"] == sum(a == b for a, b in told)
        assert found[ego]["duplicate_ties"] == len(between) - len(set(between))


@thorough
@given(studies(most=6))
def test_a_pair_may_need_both_to_say_so(study):
    found = rows(kith.egonets.measure(*study.tables(), asymmetric="both"))
    for ego, *_ in study.egos:
        told = set(study.tied(ego))
        mutual = [t for t in told if t[::-1] in told]
        agree(found[ego], oracle.cohesion(study.people(ego), mutual))
        agree(found[ego], oracle.holes(study.people(ego), mutual))


@thorough
@given(studies())
def test_kinds_of_tie_are_kept_apart(study):
    found = rows(kith.egonets.measure(*study.tables(), kind="kind"))
    everywhere = {r[4] for r in study.ties} - {None}
    for ego, *_ in study.egos:
        people = study.people(ego)
        every = [r for r in study.ties if r[0] == ego and r[1] != r[2]]
        of = {k: {frozenset(r[1:3]) for r in every if r[4] == k} for k in everywhere}
        pairs = set().union(*of.values()) if of else set()
        several = [p for p in pairs if sum(p in kind for kind in of.values()) > 1]
        told = [(frozenset(r[1:3]), r[4]) for r in every]
        expected = {
            "multiplex_ties": len(several),
            "overlap": oracle.ratio(len(several), len(pairs)),
            "multiplexity": oracle.ratio(sum(map(len, of.values())), len(pairs)),
            "duplicate_ties": len(told) - len(set(told)),
        }
        n = len(people)
        for kind, of_kind in of.items():
            expected[f"ties_{kind}"] = len(of_kind)
            expected[f"density_{kind}"] = oracle.ratio(2 * len(of_kind), n * (n - 1))
        if len(of) == 2:
            (a, one), (b, other) = sorted(of.items())
            x, y, z, dyads = len(one), len(other), len(one & other), n * (n - 1) // 2
            root = math.sqrt(x * (dyads - x) * y * (dyads - y))
            expected[f"correlation_{a}_{b}"] = oracle.guarded(z * dyads - x * y, root)
        agree(found[ego], expected)
        agree(found[ego], oracle.cohesion(people, study.tied(ego)))


@thorough
@given(studies(), st.sampled_from(["polars", "pandas", "pyarrow"]), st.booleans())
def test_the_same_from_any_kind_of_table_and_any_kind_of_id(study, kind, text):
    tables = study.tables()
    plain = kith.egonets.measure(*tables, categories="g")
    if text:
        keys = ["ego", "alter", "source", "target"]
        tables = [
            t.with_columns(pl.col(c).cast(pl.String) for c in keys if c in t.columns)
            for t in tables
        ]
        plain = plain.with_columns(pl.col("ego").cast(pl.String))
    given_as = {
        "polars": lambda t: t,
        "pandas": lambda t: t.to_pandas(),
        "pyarrow": lambda t: t.to_arrow(),
    }[kind]
    found = kith.egonets.measure(*map(given_as, tables), categories="g")
    assert type(found) is type(given_as(tables[0]))
    back = found if kind == "polars" else pl.DataFrame(found)
    assert back.columns == plain.columns
    assert back["ego"].to_list() == plain["ego"].to_list()
    for name in plain.columns[1:]:
        one = plain[name].cast(pl.Float64).to_list()
        other = back[name].cast(pl.Float64).fill_nan(None).to_list()
        assert one == other, name


def test_every_ego_has_its_row_in_order_even_without_alters():
    egos = pl.DataFrame({"ego": [7, 3, 5]})
    alters = pl.DataFrame({"ego": [3], "alter": [1]})
    found = kith.egonets.measure(egos, alters)
    assert found["ego"].to_list() == [7, 3, 5]
    assert found["size"].to_list() == [0, 1, 0]
    assert found["density"].to_list() == [None] * 3
    assert found["constraint"].to_list() == [None, 1.0, None]


def test_only_the_measures_asked_for_and_in_that_order():
    egos = pl.DataFrame({"ego": [1], "ties": ["a"], "x": [1.0]})
    alters = pl.DataFrame({"ego": [1, 1], "alter": [1, 2], "ties": ["a", "b"], "x": [1.0, 2.0]})
    found = kith.egonets.measure(
        egos, alters, measures=["ei_ties", "mean", "share", "ei", "size"],
        categories="ties", numbers="x",
    )  # fmt: skip
    assert found.columns == [
        "ego", "ei_ties_ties", "mean_x", "share_ties_a", "share_ties_b", "ei_ties", "size",
        "missing_ties", "ego_missing_ties", "missing_x", "ego_missing_x", "loops", "duplicate_ties",
    ]  # fmt: skip


def test_nobody_named_anyone():
    found = kith.egonets.measure(pl.DataFrame({"ego": ["x"]}))
    assert found["size"].to_list() == [0]
    assert not any(found[c].dtype.is_float() and found[c].is_nan().any() for c in found.columns)


@pytest.mark.parametrize("base", [2.0, math.e, 10.0])
def test_the_base_of_shannons_logarithm(base):
    egos = pl.DataFrame({"ego": [1]})
    alters = pl.DataFrame({"ego": [1, 1], "alter": [1, 2], "g": ["a", "b"]})
    found = kith.egonets.measure(egos, alters, categories="g", base=base)
    assert found["shannon_g"][0] == pytest.approx(math.log(2) / math.log(base), abs=1e-15)


WRONG = {
    "ei_g": lambda row: row["ei_g"] / row["size"],
    "density": lambda row: row["density"] * 2,
    "constraint": lambda row: row["constraint"] + 1e-11,
    "iqv_g": lambda row: row["blau_g"],
    "betweenness": lambda row: 0.0,
    "effective_size": lambda row: row["size"] - row["mean_degree"] / 2,
    "homophily_g": lambda row: row["same_g"] / row["size"],
    "ei_ties_g": lambda row: row["ei_ties_rescaled_g"],
}


@pytest.mark.parametrize("name", WRONG)
def test_the_comparison_would_notice_a_wrong_measure(name):
    """The peers' mistakes, put in our results, do not get past the check used above."""
    egos = pl.DataFrame({"ego": [1], "g": ["a"]})
    alters = pl.DataFrame(
        {"ego": [1] * 5, "alter": list(range(5)), "g": ["a", "b", "b", "c", None]}
    )
    ties = pl.DataFrame({"ego": [1] * 3, "source": [0, 0, 1], "target": [1, 2, 2]})
    row = rows(kith.egonets.measure(egos, alters, ties, categories={"g": GROUPS}))[1]
    pairs = [(0, 1), (0, 2), (1, 2)]
    expected = {
        **oracle.cohesion(range(5), pairs),
        **oracle.holes(range(5), pairs),
        **{
            named(k, "g"): v
            for k, v in oracle.categories("a", alters["g"].to_list(), GROUPS, alters["g"]).items()
        },
        **{
            f"{k}_g": v
            for k, v in oracle.tie_categories(dict(enumerate(alters["g"].to_list())), pairs).items()
        },
    }
    agree(row, expected)
    with pytest.raises(AssertionError):
        agree(row | {name: WRONG[name](row)}, expected)
