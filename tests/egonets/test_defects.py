"""Nine things the R packages get wrong, each shown not to happen here (reference: egonets.md 3)."""

import polars as pl
import pytest

import kith
from kith.base.problems import Invalid


def study(size, ties=(), groups=None, own="a", **columns):
    """One ego with alters 1..size."""
    alters = {"ego": [1] * size, "alter": list(range(1, size + 1))}
    if groups:
        alters["g"] = list(groups)
    told = {"ego": [1] * len(ties), "source": [t[0] for t in ties], "target": [t[1] for t in ties]}
    return (
        pl.DataFrame({"ego": [1], "g": [own], "x": [None]}, schema_overrides={"x": pl.Float64}),
        pl.DataFrame(alters),
        pl.DataFrame(told | columns, schema_overrides={"source": pl.Int64, "target": pl.Int64}),
    )


def measured(*arguments, **options):
    return kith.egonets.measure(*arguments, **options).row(0, named=True)


def everyone(n):
    return [(i, j) for i in range(1, n + 1) for j in range(i + 1, n + 1)]


@pytest.mark.parametrize("size", [1, 4, 30])
def test_1_ei_does_not_shrink_with_the_size_of_the_network(size):
    assert measured(*study(size, groups="a" * size), categories={"g": "ab"})["ei_g"] == -1.0


def test_2_directed_ties_leave_ego_its_betweenness():
    found = measured(*study(4, [(1, 2), (1, 3), (1, 4)]), directed=True)
    assert found["betweenness"] == 1.5


def test_3_kinds_of_tie_do_not_stack():
    ties = [(1, 2), (1, 2), (2, 1), (1, 3), (2, 3)]
    kinds = ["talk", "help", "lend", "talk", "talk"]
    found = measured(*study(3, ties, kind=kinds), kind="kind")
    assert found["density"] == 1.0
    assert found["effective_size"] == 1.0
    assert found["efficiency"] == pytest.approx(1 / 3)
    assert found["duplicate_ties"] == 0
    assert (found["ties_talk"], found["ties_help"], found["ties_lend"]) == (3, 1, 1)


@pytest.mark.parametrize("directed", [False, True])
def test_4_a_tie_said_twice_is_one_tie(directed):
    once = [(1, 2), (3, 4)]
    plain = measured(*study(4, once), directed=directed)
    again = measured(*study(4, [*once, (1, 2), (1, 2), (3, 3)]), directed=directed)
    assert plain["constraint"] == again["constraint"] == 0.5625
    assert again["density"] == plain["density"] == (1 / 6 if directed else 1 / 3)
    assert (again["duplicate_ties"], again["loops"]) == (2, 1)


def test_5_ei_counts_each_tie_once():
    whole = measured(*study(5, everyone(5), "abcab"), categories="g")
    assert whole["ei_ties_g"] == pytest.approx(0.6)
    star = measured(*study(4, [(1, 2), (1, 3), (1, 4)], "abca"), categories="g")
    assert star["ei_ties_g"] == pytest.approx(1 / 3)


def test_6_a_complete_network_shows_no_leaning():
    whole = measured(*study(5, everyone(5), "abcab"), categories="g")
    assert whole["ei_ties_rescaled_g"] == 0.0


def test_7_a_group_of_one_does_not_take_the_value_away():
    ties = [(1, 2), (1, 4), (2, 3)]
    found = measured(*study(4, ties, "abca"), categories="g")
    within, between = 1 / 1, 2 / 5
    assert found["ei_ties_rescaled_g"] == pytest.approx((between - within) / (between + within))
    lone = measured(*study(2, [(1, 2)], "ab"), categories="g")
    assert lone["ei_ties_rescaled_g"] is None
    assert (lone["ei_ties_g"], lone["ei_ties_expected_g"]) == (1.0, 1.0)


def test_8_what_is_missing_is_no_finding():
    egos, alters, ties = study(4, groups=["a", None, None, "b"])
    alters = alters.with_columns(x=pl.Series([1.0, None, None, None]))
    found = measured(egos, alters, ties, categories="g", numbers="x")
    assert found["homophily_g"] == 0.5
    assert (found["missing_g"], found["missing_x"], found["ego_missing_x"]) == (2, 3, 1)
    assert found["distance_x"] is None and found["gap_x"] is None
    nameless = measured(egos.with_columns(g=pl.lit(None, pl.String)), alters, ties, categories="g")
    assert [nameless[f"{m}_g"] for m in ("same", "homophily", "ei", "coleman", "yule")] == [
        None
    ] * 5
    assert nameless["blau_g"] == 0.5


def test_9_weights_kept_as_text_are_read_or_refused_row_by_row():
    ties = [(1, 2), (2, 3)]
    found = measured(*study(3, ties, w=["1", "2.5"]), weight="w")
    assert found["mean_weight"] == 1.75
    with pytest.raises(Invalid) as caught:
        kith.egonets.measure(*study(3, ties, w=["1", "often"]), weight="w")
    (flaw,) = caught.value.flaws
    assert (flaw.code, flaw.file, flaw.row, flaw.column) == ("not-a-number", "ties", 2, "w")
