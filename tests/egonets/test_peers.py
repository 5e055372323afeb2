"""networkx and igraph, where they define the same thing."""

import igraph
import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

import kith
from egonets.studies import studies
from egonets.test_measures import agree, rows
from kith.analysis.egonets.directed import TRIADS
from kith.analysis.egonets.families import TRIADS_TIED

thorough = settings(max_examples=80, deadline=None)


def graphs(study, ego, kind=nx.Graph):
    graph = kind()
    graph.add_nodes_from(study.people(ego))
    graph.add_edges_from(t for t in study.tied(ego) if t[0] != t[1])
    return graph


@thorough
@given(studies())
def test_undirected(study):
    found = rows(kith.egonets.measure(*study.tables()))
    for ego, *_ in study.egos:
        alone = graphs(study, ego)
        n = len(alone)
        if n == 0:
            continue
        with_ego = alone.copy()
        with_ego.add_edges_from(("ego", p) for p in alone)
        agree(found[ego], {
            "density": nx.density(alone) if n > 1 else None,
            "components": nx.number_connected_components(alone),
            "isolates": nx.number_of_isolates(alone),
            "constraint": nx.constraint(with_ego, ["ego"])["ego"],
            "effective_size": nx.effective_size(with_ego, ["ego"])["ego"],
            "betweenness": nx.betweenness_centrality(with_ego, normalized=False)["ego"],
        })  # fmt: skip
        paths = sum(d * (d - 1) // 2 for _, d in alone.degree)
        agree(found[ego], {"transitivity": nx.transitivity(alone) if paths else None})
        assert [found[ego][c] for c in TRIADS_TIED[:4]] == _triads(alone)
        other = igraph.Graph.from_networkx(with_ego)
        at = list(with_ego).index("ego")
        agree(found[ego], {
            "constraint": other.constraint([at])[0],
            "betweenness": other.betweenness([at])[0],
        })  # fmt: skip


def _triads(graph):
    census = nx.triadic_census(graph.to_directed())
    return [census[k] for k in ("003", "102", "201", "300")]


@thorough
@given(studies())
def test_directed(study):
    found = rows(kith.egonets.measure(*study.tables(), directed=True))
    for ego, *_ in study.egos:
        arcs = graphs(study, ego, nx.DiGraph)
        n = len(arcs)
        if n == 0:
            continue
        other = igraph.Graph(
            n, [tuple(list(arcs).index(x) for x in a) for a in arcs.edges], directed=True
        )
        dyads = other.dyad_census()
        told = arcs.number_of_edges() > 0
        agree(found[ego], {
            "reciprocity": nx.overall_reciprocity(arcs) if told else None,
            "reciprocity_dyads": other.reciprocity(mode="ratio") if told else None,
            "strong_components": nx.number_strongly_connected_components(arcs),
            "density": nx.density(arcs) if n > 1 else None,
            "dyads_mutual": dyads.mutual,
            "dyads_asymmetric": dyads.asymmetric,
            "dyads_null": dyads.null,
        })  # fmt: skip
        census = nx.triadic_census(arcs)
        assert {k: found[ego][f"triads_{k}"] for k in TRIADS} == census
        if n > 2:
            assert [int(x) for x in other.triad_census()] == [census[k] for k in TRIADS]


@thorough
@given(studies(), st.booleans())
def test_weights_against_networkx(study, directed):
    """Burt's constraint on weights and directions; ego's own ties of the same weight both ways."""
    found = rows(kith.egonets.measure(*study.tables(), weight="w", strength="s", directed=directed))
    for ego, *_ in study.egos:
        if not study.people(ego):
            continue
        graph = (nx.DiGraph if directed else nx.Graph)()
        for row in study.alters:
            if row[0] == ego:
                graph.add_edge("ego", row[1], weight=row[4])
                graph.add_edge(row[1], "ego", weight=row[4])
        for _, a, b, w, _ in (r for r in study.ties if r[0] == ego and r[1] != r[2]):
            before = graph.get_edge_data(a, b, {"weight": 0})["weight"]
            graph.add_edge(a, b, weight=max(w, before))
        expected = nx.constraint(graph, ["ego"], weight="weight")["ego"]
        agree(found[ego], {"constraint_valued": expected})
        size = nx.effective_size(graph, ["ego"], weight="weight")["ego"]
        agree(found[ego], {"effective_size_valued": size})
