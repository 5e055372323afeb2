"""Every measure again, in plain Python on one network at a time, written from the definitions.

Nothing here is shared with the library: sets of pairs, fractions, breadth-first search, and all
shortest paths where the library uses closed forms.
"""

import math
from collections import Counter, deque
from fractions import Fraction
from itertools import combinations, permutations

NONE = None


def folded(ties):
    """Pairs tied either way, without loops."""
    return {frozenset(tie) for tie in ties if tie[0] != tie[1]}


def neighbours(people, pairs):
    near = {person: set() for person in people}
    for pair in pairs:
        a, b = pair
        near[a].add(b)
        near[b].add(a)
    return near


def steps_from(near, start):
    steps = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in near[here]:
            if there not in steps:
                steps[there] = steps[here] + 1
                queue.append(there)
    return steps


def parts(near):
    found, left = [], set(near)
    while left:
        part = set(steps_from(near, next(iter(left))))
        found.append(part)
        left -= part
    return found


def ratio(top, below):
    return float(Fraction(top) / Fraction(below)) if below else NONE


def cohesion(people, ties):
    pairs = folded(ties)
    near = neighbours(people, pairs)
    n, m, groups = len(people), len(pairs), parts(near)
    reached = sum(len(g) * (len(g) - 1) for g in groups)
    degrees = [len(near[p]) for p in people]
    largest = max(map(len, groups), default=0)
    return {
        "size": n,
        "ties": m,
        "density": ratio(2 * m, n * (n - 1)),
        "density_with_ego": ratio(2 * (m + n), n * (n + 1)),
        "mean_degree": ratio(sum(degrees), n),
        "isolates": degrees.count(0),
        "isolate_share": ratio(degrees.count(0), n),
        "components": len(groups),
        "largest_component": largest,
        "largest_share": ratio(largest, n),
        "component_ratio": ratio(len(groups) - 1, n - 1) if n > 1 else NONE,
        "reachability": ratio(reached, n * (n - 1)),
        "fragmentation": ratio(n * (n - 1) - reached, n * (n - 1)),
        "degree_centralisation": (
            ratio(sum(max(degrees) - d for d in degrees), (n - 1) * (n - 2)) if n > 2 else NONE
        ),
    }


def shortest_paths(near, source, target):
    """All shortest paths between two, as lists of people."""
    steps = steps_from(near, source)
    if target not in steps:
        return []
    paths = [[target]]
    while paths[0][0] != source:
        paths = [
            [before, *path]
            for path in paths
            for before in near[path[0]]
            if steps.get(before) == steps[path[0]] - 1
        ]
    return paths


def between(near, who):
    total = Fraction(0)
    for a, b in combinations([p for p in near if p != who], 2):
        paths = shortest_paths(near, a, b)
        if paths:
            total += Fraction(sum(who in path for path in paths), len(paths))
    return float(total)


def burt(people, weights):
    """Constraint parts and effective size of "ego" in a matrix of a_ij (dict of ordered pairs)."""

    def both(i, j):
        return weights.get((i, j), 0) + weights.get((j, i), 0)

    everyone = [*people, "ego"]
    whole = {i: sum(both(i, k) for k in everyone if k != i) for i in everyone}
    if not whole["ego"]:
        return NONE, NONE

    def p(i, j):
        return both(i, j) / whole[i] if whole[i] else 0.0

    dyadic, effective = [], 0.0
    for j in people:
        others = [q for q in people if q != j]
        dyadic.append((p("ego", j) + sum(p("ego", q) * p(q, j) for q in others)) ** 2)
        most = max(both(j, k) for k in everyone if k != j)
        redundant = sum(p("ego", q) * both(j, q) / most for q in others) if most else 0.0
        effective += 1 - redundant
    return dyadic, effective


def concentrated(dyadic):
    n = len(dyadic)
    if n == 1:
        return 1.0
    mean = sum(dyadic) / n
    return sum(c / mean * math.log(c / mean) for c in dyadic if c) / (n * math.log(n))


def holes(people, ties):
    names = ("constraint", "effective_size", "efficiency", "hierarchy", "betweenness",
             "betweenness_share")  # fmt: skip
    n = len(people)
    if not n:
        return {**dict.fromkeys(names, NONE), "betweenness": 0}
    pairs = folded(ties)
    weights = {tuple(order): 1 for pair in pairs for order in permutations(pair)}
    weights |= {("ego", p): 1 for p in people} | {(p, "ego"): 1 for p in people}
    dyadic, effective = burt(people, weights)
    near = neighbours([*people, "ego"], pairs | {frozenset(("ego", p)) for p in people})
    brokered = between(near, "ego")
    return {
        "constraint": sum(dyadic),
        "effective_size": effective,
        "efficiency": effective / n,
        "hierarchy": concentrated(dyadic),
        "betweenness": brokered,
        "betweenness_share": brokered / (n * (n - 1) / 2) if n > 1 else NONE,
    }


def distances(people, ties):
    near = neighbours(people, folded(ties))
    n = len(people)
    found = {p: [d for d in steps_from(near, p).values() if d] for p in people}
    every = [d for row in found.values() for d in row]
    central = NONE
    if n > 2 and len(every) == n * (n - 1):
        close = [Fraction(n - 1, sum(row)) for row in found.values()]
        top = sum(max(close) - c for c in close)
        central = float(top * (2 * n - 3) / ((n - 1) * (n - 2)))
    return {
        "closeness_centralisation": central,
        "mean_distance": ratio(sum(every), len(every)),
        "diameter": max(every, default=NONE),
    }


def triads(people, ties):
    pairs = folded(ties)
    found = Counter(
        sum(frozenset(two) in pairs for two in combinations(three, 2))
        for three in combinations(people, 3)
    )
    closed = 3 * found[3]
    return {f"triads_{k}": found[k] for k in range(4)} | {
        "transitivity": ratio(closed, found[2] + closed)
    }


def direction(people, ties):
    arcs = {tie for tie in ties if tie[0] != tie[1]}
    n = len(people)
    mutual = sum((a, b) in arcs and (b, a) in arcs for a, b in combinations(people, 2))
    single = len(arcs) - 2 * mutual
    near = {p: {b for a, b in arcs if a == p} for p in people}
    reach = {p: set(steps_from(near, p)) for p in people}
    strong = {frozenset(q for q in reach[p] if p in reach[q]) for p in people}
    return {
        "arcs": len(arcs),
        "density": ratio(len(arcs), n * (n - 1)),
        "dyads_mutual": mutual,
        "dyads_asymmetric": single,
        "dyads_null": n * (n - 1) // 2 - mutual - single,
        "reciprocity": ratio(2 * mutual, len(arcs)),
        "reciprocity_dyads": ratio(mutual, mutual + single),
        "strong_components": len(strong),
        "largest_strong_component": max(map(len, strong), default=0),
        "reachability_directed": ratio(sum(len(r) - 1 for r in reach.values()), n * (n - 1)),
        "reachability_strong": ratio(sum(len(s) * (len(s) - 1) for s in strong), n * (n - 1)),
    }


def weigh(people, ties, strengths, directed):
    """ties: (source, target, weight or None); strengths: one per person."""
    names = ("density_valued", "mean_weight", "mean_strength", "constraint_valued",
             "effective_size_valued", "efficiency_valued", "hierarchy_valued")  # fmt: skip
    n = len(people)
    if not n or any(w is None for *_, w in ties) or any(s is None for s in strengths):
        return dict.fromkeys(names, NONE)
    given = {}
    for a, b, w in ties:
        if a != b:
            for key in [(a, b)] if directed else [(a, b), (b, a)]:
                given[key] = max(given.get(key, 0), w)
    weights = dict(given)
    for p, s in zip(people, strengths, strict=True):
        weights[p, "ego"] = weights["ego", p] = s
    dyadic, effective = burt(people, weights)
    sums = [given.get((a, b), 0) + given.get((b, a), 0) for a, b in combinations(people, 2)]
    tied = [s for s in sums if s > 0]
    return {
        "density_valued": sum(sums) / (n * (n - 1)) if n > 1 else NONE,
        "mean_weight": sum(tied) / (2 * len(tied)) if tied else NONE,
        "mean_strength": sum(strengths) / n,
        "constraint_valued": sum(dyadic) if dyadic else NONE,
        "effective_size_valued": effective,
        "efficiency_valued": effective / n if dyadic else NONE,
        "hierarchy_valued": concentrated(dyadic) if dyadic else NONE,
    }


def guarded(top, below):
    return top / below if below else NONE


def coleman(found, expected):
    if found is NONE or expected is NONE or expected <= 0 or expected >= 1:
        return NONE
    return (found - expected) / ((1 - expected) if found >= expected else expected)


def categories(own, answers, possible, pool):
    """`own` ego's category, `answers` the alters'; `pool` all alters of the study."""
    told = [a for a in answers if a is not None]
    everyone = [a for a in pool if a is not None]
    n, count = len(told), Counter(told)
    out = {"known": n, "missing": len(answers) - n, "categories": len(count)}
    out |= {f"count_{k}": count[k] for k in possible}
    out |= {f"share_{k}": ratio(count[k], n) for k in possible}
    shares = [Fraction(count[k], n) for k in possible] if n else []
    blau = 1 - sum(s * s for s in shares) if n else NONE
    out["blau"] = float(blau) if n else NONE
    k = len(possible)
    out["iqv"] = float(blau / (1 - Fraction(1, k))) if n and k > 1 else NONE
    out["shannon"] = -sum(float(s) * math.log2(s) for s in shares if s) if n else NONE
    mix = Counter(everyone)
    out["phi"] = (
        math.sqrt(
            sum(
                (count[c] / n - mix[c] / len(everyone)) ** 2 / (mix[c] / len(everyone)) for c in mix
            )
        )
        if n
        else NONE
    )
    if own is None or not n:
        return out | dict.fromkeys(("same", "homophily", "ei", "coleman", "yule"), NONE)
    same = count[own]
    rest_same, rest = mix[own] - same, len(everyone) - n
    a, b, c, d = same, n - same, rest_same, rest - rest_same
    out |= {"same": same, "homophily": same / n, "ei": (n - 2 * same) / n}
    out["coleman"] = coleman(same / n, mix[own] / len(everyone))
    out["yule"] = guarded(a * d - b * c, a * d + b * c)
    return out


def tie_categories(answers, ties):
    """`answers` by person; ties among them."""
    pairs = folded(ties)
    inside = outside = could_in = could_out = 0
    for a, b in combinations(answers, 2):
        if answers[a] is None or answers[b] is None:
            continue
        tied = frozenset((a, b)) in pairs
        if answers[a] == answers[b]:
            could_in, inside = could_in + 1, inside + tied
        else:
            could_out, outside = could_out + 1, outside + tied
    a, b, c, d = inside, outside, could_in - inside, could_out - outside
    rescaled = NONE
    if could_in and could_out:
        x, y = outside / could_out, inside / could_in
        rescaled = guarded(x - y, x + y)
    root = math.sqrt((a + b) * (c + d) * (a + c) * (b + d))
    return {
        "ei_ties": guarded(outside - inside, outside + inside),
        "ei_ties_rescaled": rescaled,
        "ei_ties_expected": guarded(could_out - could_in, could_out + could_in),
        "coleman_ties": coleman(
            guarded(inside, inside + outside), guarded(could_in, could_in + could_out)
        ),
        "yule_ties": guarded(a * d - b * c, a * d + b * c),
        "phi_ties": guarded(a * d - b * c, root),
    }


def described(own, answers):
    told = [a for a in answers if a is not None]
    n = len(told)
    mean = sum(told) / n if n else NONE
    both = n and own is not None
    return {
        "known": n,
        "missing": len(answers) - n,
        "mean": mean,
        "sd": math.sqrt(sum((x - mean) ** 2 for x in told) / (n - 1)) if n > 1 else NONE,
        "min": min(told, default=NONE),
        "max": max(told, default=NONE),
        "sum": sum(told) if n else NONE,
        "distance": math.sqrt(sum((x - own) ** 2 for x in told)) / n if both else NONE,
        "gap": sum(abs(x - own) for x in told) / n if both else NONE,
    }
