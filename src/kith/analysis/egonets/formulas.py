"""The closed formulas, one small function each; kernels gather what they need and call them.

Throughout: n alters with ego left out, of whom m pairs are tied. A measure that has no value
(nothing to divide by) is NaN here and becomes null, "no answer", in the result; a count over
nothing is 0. Every docstring has the same four lines: they are the reference page.
"""

import math

from kith.analysis.egonets.engine import Floats, compiled


@compiled
def density(n: int, ties: float) -> float:
    """Share of the pairs of alters that are tied.

    Formula: 2m / n(n-1); with directed ties, arcs / n(n-1)
    Range: 0 to 1
    Edges: fewer than two alters: no value. Duplicates count once, loops never.
    Source: Wasserman & Faust 1994, 4.1
    """
    return 2.0 * ties / (n * (n - 1.0)) if n > 1 else math.nan


@compiled
def density_with_ego(n: int, ties: float) -> float:
    """Density of the network that also holds ego, tied to every alter.

    Formula: 2(m + n) / n(n+1)
    Range: 2/(n+1) to 1
    Edges: no alter: no value. One alter: 1.
    Source: Perry, Pescosolido & Borgatti 2018, ch. 7
    """
    return 2.0 * (ties + n) / (n * (n + 1.0)) if n > 0 else math.nan


@compiled
def mean_degree(n: int, ties: float) -> float:
    """Mean number of other alters an alter is tied to (ties either way, ego left out).

    Formula: 2m / n
    Range: 0 to n-1
    Edges: no alter: no value.
    Source: Wasserman & Faust 1994, 4.1
    """
    return 2.0 * ties / n if n > 0 else math.nan


@compiled
def component_ratio(n: int, components: int) -> float:
    """How far the alters fall into separate components.

    Formula: (components - 1) / (n - 1)
    Range: 0 (one component) to 1 (nobody tied)
    Edges: fewer than two alters: no value.
    Source: Borgatti, Everett & Johnson 2013, ch. 9
    """
    return (components - 1.0) / (n - 1.0) if n > 1 else math.nan


@compiled
def reachability(n: int, pairs: float) -> float:
    """Share of ordered pairs of alters that a path joins, ego left out.

    Formula: sum over components of c(c-1), / n(n-1)
    Range: 0 to 1
    Edges: fewer than two alters: no value.
    Source: Borgatti 2006
    """
    return pairs / (n * (n - 1.0)) if n > 1 else math.nan


@compiled
def share(part: float, whole: float) -> float:
    """part / whole, or NaN where there is no whole."""
    return part / whole if whole > 0 else math.nan


@compiled
def degree_centralisation(n: int, highest: int, ties: float) -> float:
    """How far the ties among alters run through one of them.

    Formula: sum(max d - d_i) / (n-1)(n-2)
    Range: 0 (all alike) to 1 (a star)
    Edges: fewer than three alters: no value.
    Source: Freeman 1979
    """
    return (n * highest - 2.0 * ties) / ((n - 1.0) * (n - 2.0)) if n > 2 else math.nan


@compiled
def closeness_centralisation(n: int, farness: Floats) -> float:
    """How far one alter is closer to all the others than the rest are.

    Formula: sum(max C - C_i) (2n-3) / (n-1)(n-2), with C_i = (n-1) / sum of distances from i
    Range: 0 to 1 (a star)
    Edges: fewer than three alters, or alters in several components: no value.
    Source: Freeman 1979
    """
    if n < 3:
        return math.nan
    nearest, total = 0.0, 0.0
    for i in range(n):
        closeness = (n - 1.0) / farness[i]
        nearest = max(nearest, closeness)
        total += closeness
    return (n * nearest - total) * (2.0 * n - 3.0) / ((n - 1.0) * (n - 2.0))


@compiled
def constraint(n: int, pulls: Floats) -> float:
    """How far ego's ties lead back to the same people (ego in, ties of one weight).

    Formula: (1/n^2) sum_j (1 + sum over alters q tied to j of 1/(d_q + 1))^2
    Range: 1/n (no ties among alters) upwards; 9/8 for two tied alters
    Edges: no alter: no value. One alter: 1.
    Source: Burt 1992, p. 54
    """
    if n == 0:
        return math.nan
    total = 0.0
    for j in range(n):
        total += (1.0 + pulls[j]) * (1.0 + pulls[j])
    return total / (n * n)


@compiled
def hierarchy(n: int, dyadic: Floats) -> float:
    """How far the constraint on ego comes from few alters.

    Formula: sum_j r_j ln r_j / (n ln n), with r_j = c_j / (C/n) and c_j the constraint from j
    Range: 0 (equal) to 1 (all from one)
    Edges: no alter: no value. One alter: 1.
    Source: Burt 1992, p. 71
    """
    if n == 0:
        return math.nan
    if n == 1:
        return 1.0
    whole = 0.0
    for j in range(n):
        whole += dyadic[j]
    total = 0.0
    for j in range(n):
        ratio = dyadic[j] * n / whole
        if ratio > 0.0:
            total += ratio * math.log(ratio)
    return total / (n * math.log(n))


@compiled
def effective_size(n: int, ties: float) -> float:
    """Number of alters less those that are redundant (Borgatti's form).

    Formula: n - 2m/n
    Range: 1 to n
    Edges: no alter: no value.
    Source: Borgatti 1997, for Burt 1992, p. 52
    """
    return n - 2.0 * ties / n if n > 0 else math.nan


@compiled
def efficiency(n: int, effective: float) -> float:
    """Share of ego's ties that are not redundant.

    Formula: effective size / n
    Range: 1/n to 1
    Edges: no alter: no value.
    Source: Burt 1992, p. 53
    """
    return effective / n if n > 0 else math.nan


@compiled
def betweenness_share(n: int, between: float) -> float:
    """Ego's betweenness over the most it could be.

    Formula: betweenness / (n(n-1)/2)
    Range: 0 to 1
    Edges: fewer than two alters: no value.
    Source: Freeman 1979; Everett & Borgatti 2005
    """
    return 2.0 * between / (n * (n - 1.0)) if n > 1 else math.nan


@compiled
def transitivity(closed: float, connected: float) -> float:
    """Share of alters' two-step paths that are closed by a third tie, ego left out.

    Formula: 3 triangles / (paths of two ties)
    Range: 0 to 1
    Edges: no two-step path among alters: no value.
    Source: Wasserman & Faust 1994, 6.4
    """
    return closed / connected if connected > 0 else math.nan
