"""Alter by alter, against plain Python, networkx and igraph."""

import math

import igraph
import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings

import kith
from egonets import oracle
from egonets.studies import studies
from egonets.test_measures import agree

thorough = settings(max_examples=80, deadline=None)


def found(study, **options):
    table = kith.egonets.positions(*study.tables(), **options)
    return {(row["ego"], row["alter"]): row for row in table.iter_rows(named=True)}


@thorough
@given(studies())
def test_one_row_per_alter_in_table_order(study):
    table = kith.egonets.positions(*study.tables())
    assert list(zip(table["ego"], table["alter"], strict=True)) == [r[:2] for r in study.alters]


@thorough
@given(studies())
def test_plain_python_agrees(study):
    rows = found(study)
    for ego, *_ in study.egos:
        people, pairs = study.people(ego), oracle.folded(study.tied(ego))
        near = oracle.neighbours(people, pairs)
        whole = oracle.neighbours([*people, "ego"], pairs | {frozenset(("ego", p)) for p in people})
        n = len(people)
        for person in people:
            steps = [d for d in oracle.steps_from(near, person).values() if d]
            own = near[person]
            among = sum(1 for pair in pairs if pair <= own)
            brokered = oracle.between(whole, person)
            degree = len(own)
            agree(rows[ego, person], {
                "degree": degree,
                "degree_share": oracle.ratio(degree, n - 1),
                "closeness": oracle.ratio(len(steps), sum(steps)),
                "harmonic": sum(1 / d for d in steps) / (n - 1) if n > 1 else None,
                "reachability": oracle.ratio(len(steps), n - 1),
                "clustering": oracle.ratio(2 * among, degree * (degree - 1)),
                "betweenness": brokered,
                "betweenness_share": brokered / (n * (n - 1) / 2) if n > 1 else None,
                "effective_size": degree - 2 * among / degree if degree else None,
            })  # fmt: skip
            arcs = {tuple(o): 1 for pair in pairs for o in (tuple(pair), tuple(pair)[::-1])}
            renamed = {
                tuple("ego" if x == person else x for x in arc): w for arc, w in arcs.items()
            }
            others = [p for p in people if p != person]
            dyadic, _ = oracle.burt(others, renamed)
            tied = [c for p, c in zip(others, dyadic or [], strict=False) if p in own]
            agree(rows[ego, person], {
                "constraint": sum(tied) if degree else None,
                "hierarchy": oracle.concentrated(tied) if degree else None,
            })  # fmt: skip


@thorough
@given(studies())
def test_networkx_agrees(study):
    rows = found(study, directed=True)
    for ego, *_ in study.egos:
        graph = nx.Graph()
        graph.add_nodes_from(study.people(ego))
        graph.add_edges_from(t for t in study.tied(ego) if t[0] != t[1])
        if not graph:
            continue
        arcs = nx.DiGraph(t for t in study.tied(ego) if t[0] != t[1])
        arcs.add_nodes_from(graph)
        shape = nx.constraint(graph), nx.effective_size(graph), nx.clustering(graph)
        near_in = nx.closeness_centrality(arcs, wf_improved=False)
        near_out = nx.closeness_centrality(arcs.reverse(), wf_improved=False)
        for person in graph:
            alone = graph.degree(person) == 0
            few = graph.degree(person) < 2
            agree(rows[ego, person], {
                "constraint": None if alone else shape[0][person],
                "effective_size": None if alone else shape[1][person],
                "clustering": None if few else shape[2][person],
                "in_degree": arcs.in_degree(person),
                "out_degree": arcs.out_degree(person),
                "closeness_in": near_in[person] or None,
                "closeness_out": near_out[person] or None,
            })  # fmt: skip


@thorough
@given(studies())
def test_eigenvector_and_power(study):
    """igraph where the answer is determined; and the power's own equation."""
    rows = found(study)
    for ego, *_ in study.egos:
        people, pairs = study.people(ego), oracle.folded(study.tied(ego))
        if not pairs:
            assert all(rows[ego, p]["eigenvector"] is None for p in people)
            continue
        near = oracle.neighbours(people, pairs)
        values = np.linalg.eigvalsh([[float(q in near[p]) for q in people] for p in people])[::-1]
        lead = {p: rows[ego, p]["eigenvector"] for p in people}
        if sum(v > values[0] * (1 - 1e-9) for v in values) > 1:
            assert set(lead.values()) == {None}
        else:
            assert max(lead.values()) == 1.0 and min(lead.values()) >= 0
            for p in people:
                assert abs(sum(lead[q] for q in near[p]) - values[0] * lead[p]) < 1e-8
            if len(oracle.parts(near)) == 1:
                graph = igraph.Graph([tuple(people.index(x) for x in p) for p in pairs])
                for person, expected in zip(people, graph.eigenvector_centrality(), strict=True):
                    agree(rows[ego, person], {"eigenvector": expected}, near=1e-8)
        for name, sign in (("power_positive", 1), ("power_negative", -1)):
            power = {p: rows[ego, p][name] for p in people}
            weak = sign * 0.75 / values[0]
            scale = [
                (power[p] - weak * sum(power[q] for q in near[p])) / len(near[p])
                for p in people
                if near[p]
            ]
            assert max(scale) - min(scale) < 1e-8 * max(1, abs(scale[0]))
            assert math.isclose(sum(v * v for v in power.values()), len(scale), rel_tol=1e-8)


@pytest.mark.parametrize("kind", ["pandas", "pyarrow"])
def test_the_same_kind_of_table_comes_back(kind):
    egos = pl.DataFrame({"ego": [1]})
    alters = pl.DataFrame({"ego": [1], "alter": ["x"]})
    give = {"pandas": pl.DataFrame.to_pandas, "pyarrow": pl.DataFrame.to_arrow}[kind]
    table = kith.egonets.positions(give(egos), give(alters))
    assert type(table) is type(give(egos))
