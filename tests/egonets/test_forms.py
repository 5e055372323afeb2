"""The bitwise and the dense form agree; ids of any shape; threads change nothing."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kith
from egonets import oracle
from egonets.studies import studies
from egonets.test_measures import agree, rows
from kith.analysis.egonets import bitwise, dense, families, matching
from kith.analysis.egonets.doors import Names, Tables
from kith.analysis.egonets.population import Reading, gather


@settings(max_examples=100, deadline=None)
@given(studies(most=20), st.booleans())
def test_bits_and_matrices_give_the_same(study, both):
    egos, alters, ties = study.tables()
    population = gather(Tables(egos, alters, ties), Names(), Reading(lists=True, both=both))
    net, count = population.net, population.egos
    for columns, bit, square in (
        (families.COHESION, bitwise.cohesion, dense.cohesion),
        (families.HOLES, bitwise.holes, dense.holes),
    ):
        one, other = np.empty((len(columns), count)), np.empty((len(columns), count))
        bit(net.offsets, net.rows, one, 0, count)
        square(net, other, -1, 0, count)
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)


def large(sizes, density, seed, both=False):
    rng = np.random.default_rng(seed)
    alters = [(e, int(a)) for e, n in enumerate(sizes) for a in rng.permutation(10 * n)[:n]]
    people = {e: [a for ego, a in alters if ego == e] for e in range(len(sizes))}
    ties = []
    for ego, own in people.items():
        count = int(density * len(own) ** 2)
        ties += [(ego, *(int(x) for x in rng.choice(own, 2))) for _ in range(count)]
    return people, alters, ties


@pytest.mark.parametrize("sizes", [(63, 64, 65, 66), (0, 130, 3), (64,), (65, 64)])
@pytest.mark.parametrize("asymmetric", ["either", "both"])
def test_around_and_beyond_sixty_four_alters(sizes, asymmetric):
    people, alters, ties = large(sizes, 0.15, sum(sizes))
    found = rows(
        kith.egonets.measure(
            pl.DataFrame({"ego": list(people)}),
            pl.DataFrame(alters, schema=["ego", "alter"], orient="row"),
            pl.DataFrame(ties, schema=["ego", "source", "target"], orient="row"),
            asymmetric=asymmetric,
        )
    )
    for ego, own in people.items():
        told = [(a, b) for e, a, b in ties if e == ego]
        pairs = [frozenset(t) for t in told if t[0] != t[1]]
        if asymmetric == "both":
            told_set = set(told)
            told_mutual = [t for t in told if t[::-1] in told_set]
            repeats = sum(a != b for a, b in told) - len({t for t in told if t[0] != t[1]})
        else:
            told_mutual, repeats = told, len(pairs) - len(set(pairs))
        agree(found[ego], oracle.cohesion(own, told_mutual))
        agree(found[ego], oracle.holes(own, told_mutual))
        agree(found[ego], oracle.triads(own, told_mutual))
        assert found[ego]["duplicate_ties"] == repeats
        assert found[ego]["loops"] == sum(a == b for a, b in told)


@given(
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=30, unique=True),
    st.lists(st.integers(0, 40), max_size=60),
)
def test_ids_find_their_place_wherever_they_lie(ids, picks):
    wanted = [ids[p] if p < len(ids) else 12345678901234 + p for p in picks]
    found = matching.places(np.array(ids), np.array(wanted, dtype=np.int64))
    assert found.tolist() == [ids.index(w) if w in ids else -1 for w in wanted]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_no_bit(threads):
    made = kith.egonets.generate(5000, seed=3, missing=0.1)
    one = kith.egonets.measure(made.egos, made.alters, made.ties, categories="group", threads=1)
    many = kith.egonets.measure(
        made.egos, made.alters, made.ties, categories="group", threads=threads
    )
    assert one.equals(many)


def test_rows_in_any_order_give_the_same():
    made = kith.egonets.generate(300, seed=4, missing=0.1)
    one = kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
    mixed = kith.egonets.measure(
        made.egos, made.alters.sample(fraction=1, shuffle=True, seed=1),
        made.ties.sample(fraction=1, shuffle=True, seed=2), categories="group",
    )  # fmt: skip
    for name in one.columns:
        a, b = one[name].to_list(), mixed[name].to_list()
        assert a == pytest.approx(b, abs=1e-12, nan_ok=False), name


def test_two_names_with_one_hash_are_still_two_people(monkeypatch):
    """A hash under which names meet is noticed and another one tried."""
    from kith.analysis.egonets import population

    honest = population._numbered

    def poor(column, seed):
        numbers = honest(column, seed)
        return numbers % 2 if seed == 0 and column.dtype == pl.String else numbers

    egos = pl.DataFrame({"ego": ["x", "y", "z"]})
    alters = pl.DataFrame({"ego": ["x"] * 3 + ["z"], "alter": ["p", "q", "r", "p"]})
    ties = pl.DataFrame({"ego": ["x"], "source": ["p"], "target": ["q"]})
    expected = kith.egonets.measure(egos, alters, ties)
    monkeypatch.setattr(population, "_numbered", poor)
    assert kith.egonets.measure(egos, alters, ties).equals(expected)
    assert expected["ties"].to_list() == [1, 0, 0]
