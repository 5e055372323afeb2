"""Measures that weigh ties: Burt's own forms, on weights and directions, ego in."""

import math

import numpy as np

from kith.analysis.egonets.dense import most
from kith.analysis.egonets.engine import Floats, compiled
from kith.analysis.egonets.flat import Flat
from kith.analysis.egonets.formulas import efficiency, hierarchy


@compiled
def valued(net: Flat, one_way: bool, out: Floats, first: int, last: int) -> None:
    """Weights of the ties among alters and of ego's own, and the measures that use them.

    The columns of `families.VALUED`.

    a_ij is the weight of the tie from i to j (1 where ties have no weights), the same both ways
    unless ties are directed; a_0j = a_j0 is the strength of ego's tie to j (1 where not given).
    All formulas use the sum both ways, s_ij = a_ij + a_ji. If a weight or strength of this ego is
    missing, every value here is missing.

    Formula: density_valued = sum of s_ij over pairs / n(n-1); mean_weight = the same over the pairs
        of weight above 0, / 2; mean_strength = mean of ego's strengths
    Range: that of the weights
    Edges: no alter, or a weight or strength missing: no value. Fewer than two alters: no
        density_valued. No weight above 0: no mean_weight.
    Source: Barrat, Barthelemy, Pastor-Satorras & Vespignani 2004
    """
    size = most(net.offsets, first, last)
    room, dyadic = np.empty((size + 1, size + 1)), np.empty(size)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        sums = room[: n + 1, : n + 1]
        known = sum_both_ways(net, one_way, ego, sums)
        if not known or n == 0:
            out[:, ego] = math.nan
            continue
        total, tied, strength = 0.0, 0, 0.0
        for i in range(n):
            strength += sums[i, n] / 2.0
            for j in range(i):
                total += sums[i, j]
                tied += sums[i, j] > 0.0
        pairs = n * (n - 1.0)
        out[0, ego] = total / pairs if n > 1 else math.nan
        out[1, ego] = total / (2.0 * tied) if tied > 0 else math.nan
        out[2, ego] = strength / n
        out[3, ego] = constraint_valued(sums, dyadic)
        effective = effective_size_valued(sums)
        out[4, ego] = effective
        out[5, ego] = efficiency(n, effective)
        out[6, ego] = hierarchy(n, dyadic) if strength > 0.0 else math.nan


@compiled
def sum_both_ways(net: Flat, one_way: bool, ego: int, sums: Floats) -> bool:
    """sums[i, j] = a_ij + a_ji, ego last; answers False if some weight or strength is missing.

    A tie said twice has the greatest of its weights; a loop is left out.
    """
    n = len(sums) - 1
    weighted, strong = len(net.weights) > 0, len(net.strengths) > 0
    sums[:] = 0.0
    said = np.zeros((n, n), np.bool_)
    given = np.zeros((n, n))
    for k in range(net.tie_offsets[ego], net.tie_offsets[ego + 1]):
        i, j = net.sources[k], net.targets[k]
        weight = net.weights[k] if weighted else 1.0
        if math.isnan(weight):
            return False
        said[i, j] = True
        given[i, j] = max(given[i, j], weight)
    for i in range(n):
        strength = net.strengths[net.offsets[ego] + i] if strong else 1.0
        if math.isnan(strength):
            return False
        sums[i, n], sums[n, i] = 2.0 * strength, 2.0 * strength
        for j in range(i):
            if net.both and not (said[i, j] and said[j, i]):
                continue
            both = given[i, j] + given[j, i] if one_way else 2.0 * max(given[i, j], given[j, i])
            sums[i, j], sums[j, i] = both, both
    return True


@compiled
def constraint_valued(sums: Floats, dyadic: Floats) -> float:
    """Burt's constraint on weighted and directed ties; dyadic[j] takes the part of each alter.

    Formula: sum_j (p_0j + sum_q p_0q p_qj)^2, p_ij = (a_ij + a_ji) / sum_k (a_ik + a_ki)
    Range: above 0
    Edges: no alter, all strengths 0, or a weight or strength missing: no value.
    Source: Burt 1992, p. 54
    """
    n = len(sums) - 1
    rows = np.empty(n + 1)
    for i in range(n + 1):
        rows[i] = sums[i].sum()
    if rows[n] == 0.0:
        return math.nan
    total = 0.0
    for j in range(n):
        reach = sums[n, j] / rows[n]
        for q in range(n):
            if q != j and rows[q] > 0.0:
                reach += sums[n, q] / rows[n] * sums[q, j] / rows[q]
        dyadic[j] = reach * reach
        total += dyadic[j]
    return total


@compiled
def effective_size_valued(sums: Floats) -> float:
    """Burt's effective size on weighted and directed ties; n - 2m/n where all weigh the same.

    Formula: sum_j (1 - sum_q p_0q m_jq), m_jq = (a_jq + a_qj) / max_k (a_jk + a_kj), q not j
    Range: above 0, to n
    Edges: no alter, all strengths 0, or a weight or strength missing: no value.
    Source: Burt 1992, p. 52
    """
    n = len(sums) - 1
    whole = sums[n].sum()
    if whole == 0.0:
        return math.nan
    total = 0.0
    for j in range(n):
        most_of_j = sums[j].max()
        redundant = 0.0
        for q in range(n):
            if q != j and most_of_j > 0.0:
                redundant += sums[n, q] / whole * sums[j, q] / most_of_j
        total += 1.0 - redundant
    return total
