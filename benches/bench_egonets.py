"""Ego-network numbers beside igraph, networkx and rustworkx: results compared, then timed.

Eight measures (density, components, isolates, constraint, effective size, ego betweenness, EI,
IQV) on 5 to 20 alters an ego, each pair tied with chance 0.3, four categories.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import igraph
import networkx as nx
import numpy as np
import rustworkx as rx

import kith
from benches import Row
from kith.analysis.egonets import bitwise, composition, families, measuring
from kith.analysis.egonets.doors import Names, Tables
from kith.analysis.egonets.measures import check, make_plan
from kith.analysis.egonets.population import Reading, gather

EGOS = int(os.environ.get("KITH_BENCH_EGOS", 1_000_000))
PEERS = 400
EIGHT = [
    "density", "components", "isolates", "constraint", "effective_size", "betweenness", "ei", "iqv",
]  # fmt: skip
Net = tuple[int, list[tuple[int, int]], list[int], int]


def run() -> list[Row]:
    """Agreement and time per ego of four libraries; the kernel's limit; starting; the bootstrap."""
    made = kith.egonets.generate(EGOS, seed=1)
    nets = list(networks(made, PEERS))
    ours = kith.egonets.measure(*few(made, PEERS), measures=EIGHT, categories={"group": range(4)})
    rows, slowest = [], {}
    peers = {"igraph": of_igraph, "networkx": of_networkx, "rustworkx": of_rustworkx}
    for name, peer in peers.items():
        theirs = np.array([peer(*net) for net in nets], float)
        apart = np.abs(theirs - ours[:, 1:9].to_numpy()).max()
        rows.append(Row(f"{name}: greatest difference", float(apart), "", f"{PEERS} egos"))
        every = lambda peer=peer: [peer(*net) for net in nets]  # noqa: E731
        best, usual = timed(every, 5, clock=time.thread_time)
        slowest[name] = best / PEERS
        rows.append(two(f"{name}: an ego", best, usual, PEERS, "processor time"))
    return rows + of_kith(made, slowest) + starting() + bootstrap()


def few(made: Any, count: int) -> tuple[Any, Any, Any]:
    """The first egos of a population."""
    return tuple(t.filter(t["ego"] <= count) for t in (made.egos, made.alters, made.ties))  # type: ignore[return-value]


def networks(made: Any, count: int) -> Iterable[Net]:
    """Each ego as plain lists, ready for the peers: none of this is in their time."""
    egos, alters, ties = few(made, count)
    for ego, own in egos.iter_rows():
        groups = alters.filter(alters["ego"] == ego)["group"].to_list()
        pairs = ties.filter(ties["ego"] == ego)
        edges = [(a - 1, b - 1) for _, a, b in pairs.iter_rows()]
        yield len(groups), edges, groups, own


def mix(n: int, groups: list[int], own: int) -> tuple[float, float]:
    """EI and IQV, in plain Python for every peer alike."""
    squares = sum(groups.count(k) ** 2 for k in range(4)) / (n * n)
    return (n - 2 * groups.count(own)) / n, (1 - squares) / 0.75


def of_igraph(n: int, edges: list[tuple[int, int]], groups: list[int], own: int) -> list[float]:
    """The eight measures with python-igraph."""
    alone = igraph.Graph(n, edges)
    whole = igraph.Graph(n + 1, edges + [(i, n) for i in range(n)])
    return [
        alone.density(), len(alone.connected_components()), alone.degree().count(0),
        whole.constraint([n])[0], n - 2 * len(edges) / n, whole.betweenness([n])[0],
        *mix(n, groups, own),
    ]  # fmt: skip


def of_networkx(n: int, edges: list[tuple[int, int]], groups: list[int], own: int) -> list[float]:
    """The eight measures with networkx."""
    alone = nx.Graph()
    alone.add_nodes_from(range(n))
    alone.add_edges_from(edges)
    whole = alone.copy()
    whole.add_edges_from((n, i) for i in range(n))
    return [
        nx.density(alone), nx.number_connected_components(alone), nx.number_of_isolates(alone),
        nx.constraint(whole, [n])[n], nx.effective_size(whole, [n])[n],
        nx.betweenness_centrality(whole, normalized=False)[n], *mix(n, groups, own),
    ]  # fmt: skip


def of_rustworkx(n: int, edges: list[tuple[int, int]], groups: list[int], own: int) -> list[float]:
    """The eight measures with rustworkx, which has no constraint: that one in plain Python."""
    alone = rx.PyGraph()
    alone.add_nodes_from(range(n))
    alone.add_edges_from_no_data(edges)
    whole = alone.copy()
    ego = whole.add_node(n)
    whole.add_edges_from_no_data([(ego, i) for i in range(n)])
    degrees = [alone.degree(i) for i in range(n)]
    pulls = (sum(1 / (degrees[q] + 1) for q in alone.neighbors(j)) for j in range(n))
    return [
        2 * len(edges) / (n * (n - 1)), rx.number_connected_components(alone), degrees.count(0),
        sum((1 + pull) ** 2 for pull in pulls) / (n * n), n - 2 * len(edges) / n,
        rx.betweenness_centrality(whole, normalized=False)[ego], *mix(n, groups, own),
    ]  # fmt: skip


def of_kith(made: Any, peers: dict[str, float]) -> list[Row]:
    """The kernels on one core and on all, matching, the whole call; what they are bound by."""
    tables = Tables(made.egos, made.alters, made.ties)
    plan = check(make_plan(Names(), Reading(), EIGHT, "group", None, None, None, 2.0), tables)
    count = len(made.egos)
    best, usual = timed(lambda: gather(tables, plan.names, plan.reading), 5)
    matching = best
    rows = [two("kith: ids matched, ties folded", best, usual, count)]
    population = gather(tables, plan.names, plan.reading)
    eight = kernels(population, plan, tables)
    best, usual = timed(eight, 7, clock=time.thread_time)
    rows.append(two("kith: eight measures, one core", best, usual, count, "processor time"))
    rows.append(Row("kith: kernel beside igraph", peers["igraph"] / (best / count), "times"))
    best, usual = timed(lambda: list(measuring._found(plan, tables, population)), 5)
    rows.append(
        Row("kith: kernels, all cores, all egos", best, "s", f"median {usual:.3g}; {count:,}")
    )
    given = (made.egos, made.alters, made.ties)
    call = lambda: kith.egonets.measure(*given, measures=EIGHT, categories="group")  # noqa: E731
    best, usual = timed(call, 5)
    rows.append(two("kith: the whole call", best, usual, count, "by the clock"))
    best, usual = timed(call, 5, clock=time.process_time)
    rows.append(two("kith: the whole call", best, usual, count, "processor time, all cores"))
    rows.append(Row("kith: whole call beside igraph", peers["igraph"] / (best / count), "times"))
    return rows + limits(made, matching)


def kernels(population: Any, plan: Any, tables: Any) -> Callable[[], None]:
    """The kernels that the eight measures need, on this thread alone."""
    net, count = population.net, population.egos
    codes = measuring.coded(tables.alters["group"], plan.categories[0].possible)
    own = measuring.coded(tables.egos["group"], plan.categories[0].possible)
    pool = np.array(plan.categories[0].pool)
    shapes = (families.COHESION, families.HOLES, families.MIX, families.LIKENESS)
    outs = [np.empty((len(shape), count)) for shape in shapes]

    def work() -> None:
        bitwise.cohesion(net.offsets, net.rows, outs[0], 0, count)
        bitwise.holes(net.offsets, net.rows, outs[1], 0, count)
        composition.mix(net.offsets, codes, 4, outs[2], 0, count)
        composition.likeness(net.offsets, codes, own, pool, outs[3], 0, count)

    return work


def limits(made: Any, matching: float) -> list[Row]:
    """Bytes that matching must read at least, and how fast this machine copies memory."""
    read = 8 * (len(made.egos) + 2 * len(made.alters) + 3 * len(made.ties))
    block = np.ones(2**27 // 8)
    other = np.empty_like(block)
    best, usual = timed(lambda: np.copyto(other, block), 7)
    speed = 2 * block.nbytes / best / 1e9
    note = f"median {2 * block.nbytes / usual / 1e9:.3g}; read and written, one thread"
    return [
        Row("memory: copying", speed, "GB/s", note),
        Row("kith: bytes read by matching", read / matching / 1e9, "GB/s", f"{read / 1e6:,.0f} MB"),
    ]


STARTING = """
import time
began = time.perf_counter()
import kith
made = kith.egonets.generate(1000)
given = time.perf_counter()
kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
first = time.perf_counter()
kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
print(first - began, time.perf_counter() - first)
"""


def starting() -> list[Row]:
    """A fresh process on 1,000 egos, all measures: imports and first call; then a second call."""
    told = []
    for _ in range(6):
        command = [sys.executable, "-c", STARTING]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told.append([float(x) for x in done.stdout.split()])
    firsts, laters = zip(*told[1:], strict=True)
    return [
        Row(
            "kith: first call, fresh process",
            min(firsts),
            "s",
            f"median {statistics.median(firsts):.3g}",
        ),
        Row("kith: a later call", min(laters), "s", f"median {statistics.median(laters):.3g}"),
    ]


def bootstrap() -> list[Row]:
    """2,000 resamples over 1,000 egos: one mean with its quartiles."""
    made = kith.egonets.generate(1000)
    found = kith.egonets.measure(made.egos, made.alters, made.ties)
    best, usual = timed(lambda: kith.egonets.summarise(found, "density", resamples=2000), 5)
    note = f"median {usual:.3g}; mean and three quantiles"
    return [Row("kith: bootstrap, 2,000 of 1,000", best, "s", note)]


def timed(
    act: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, float]:
    """Best and median seconds of `times` runs, after one that is not counted."""
    act()
    taken = []
    for _ in range(times):
        began = clock()
        act()
        taken.append(clock() - began)
    return min(taken), statistics.median(taken)


def two(name: str, best: float, usual: float, egos: int, note: str = "") -> Row:
    """Microseconds an ego: the best, with the median in the note."""
    told = f"median {usual / egos * 1e6:.4g}" + (f"; {note}" if note else "")
    return Row(name, best / egos * 1e6, "µs an ego", told)
