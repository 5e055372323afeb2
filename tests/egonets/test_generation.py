"""Made-up populations are what was asked for, and the same each time."""

import polars as pl
import pytest

import kith
from kith.base.problems import Invalid


def test_the_same_seed_makes_the_same_and_another_another():
    one, same, other = (kith.egonets.generate(50_000, seed=s) for s in (1, 1, 2))
    assert one.ties.equals(same.ties) and one.alters.equals(same.alters)
    assert not one.ties.equals(other.ties)


def test_the_numbers_asked_for():
    made = kith.egonets.generate(
        20_000, size=(5, 20), density=0.3, categories=[0.5, 0.3, 0.2], missing=0.1, seed=1
    )
    found = kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
    assert found["size"].min() == 5 and found["size"].max() == 20
    assert found["size"].mean() == pytest.approx(12.5, abs=0.1)
    assert found["density"].mean() == pytest.approx(0.3, abs=0.005)
    assert made.alters["group"].is_null().mean() == pytest.approx(0.1, abs=0.005)
    shares = made.alters["group"].drop_nulls().value_counts(normalize=True).sort("group")
    assert shares["proportion"].to_list() == pytest.approx([0.5, 0.3, 0.2], abs=0.01)
    assert found["duplicate_ties"].sum() == found["loops"].sum() == 0


@pytest.mark.parametrize("homophily", [0.0, 0.4, 1.0])
def test_homophily(homophily):
    made = kith.egonets.generate(20_000, homophily=homophily, seed=3)
    found = kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
    assert found["homophily_group"].mean() == pytest.approx(
        homophily + (1 - homophily) / 4, abs=0.01
    )


@pytest.mark.parametrize("lean", [-0.5, 0.5])
def test_ties_that_lean(lean):
    made = kith.egonets.generate(20_000, categories=2, tie_homophily=lean, seed=3)
    found = kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
    value = found["ei_ties_rescaled_group"].drop_nulls().mean()
    assert value == pytest.approx(-lean, abs=0.03)


def test_out_of_range_all_at_once():
    with pytest.raises(Invalid) as caught:
        kith.egonets.generate(
            0, size=(5, 2), density=2, categories=[], homophily=-1, missing=3, tie_homophily=4
        )
    fields = ["egos", "size", "categories", "density", "homophily", "missing", "tie_homophily"]
    assert [flaw.field for flaw in caught.value.flaws] == fields


def test_a_study_of_nobody_in_particular():
    made = kith.egonets.generate(3, size=(0, 0))
    found = kith.egonets.measure(made.egos, made.alters if len(made.alters) else None)
    assert found["size"].to_list() == [0, 0, 0]
    assert isinstance(made.egos, pl.DataFrame)
