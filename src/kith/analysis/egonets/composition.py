"""Kernels for who the alters are: mixes of categories, likeness to ego and among the tied.

`codes` gives each alter's category as 0..K-1, or -1 where it is not answered: such an alter is
left out of every share and counted in `missing`. Nothing missing ever turns into a finding.
"""

import math

import numpy as np

from kith.analysis.egonets.dense import most, tied_pairs
from kith.analysis.egonets.engine import Floats, Ints, Shorts, compiled
from kith.analysis.egonets.flat import Flat
from kith.analysis.egonets.formulas import share


@compiled
def blau(known: int, squares: float) -> float:
    """Chance that two alters drawn with replacement differ (also: heterogeneity, Gini-Simpson).

    Formula: 1 - sum_k p_k^2, p_k the share of category k among alters with an answer
    Range: 0 to 1 - 1/K
    Edges: no alter with an answer: no value. One: 0.
    Source: Blau 1977
    """
    return 1.0 - squares / (known * known) if known > 0 else math.nan


@compiled
def iqv(categories: int, diversity: float) -> float:
    """Index of qualitative variation: Blau's index over the most it can be.

    Formula: (1 - sum_k p_k^2) / (1 - 1/K), K the number of possible categories
    Range: 0 to 1
    Edges: fewer than two possible categories, or no alter with an answer: no value. K is what
        you say is possible, else every category seen in the whole study; never only ego's own.
    Source: Mueller & Schuessler 1961
    """
    return diversity / (1.0 - 1.0 / categories) if categories > 1 else math.nan


@compiled
def ei(outside: float, inside: float) -> float:
    """E-I index: ties to those unlike less ties to those alike, over both.

    Formula: (E - I) / (E + I)
    Range: -1 (all alike) to 1 (all unlike), whatever the size of the network
    Edges: ego's answer missing, or no answered alter (or, among alters, no answered tie): no value.
    Source: Krackhardt & Stern 1988
    """
    return (outside - inside) / (outside + inside) if outside + inside > 0 else math.nan


@compiled
def coleman(found: float, expected: float) -> float:
    """Coleman's index of homophily: likeness found against likeness that chance would give.

    Formula: (s - w) / (1 - w) if s >= w, else (s - w) / w. With ego: s the share of alters like
        ego, w the share of ego's category among all alters of the study. Among alters: s the
        share of ties within categories, w the share of pairs within categories.
    Range: -1 to 1; 0 at chance
    Edges: s or w missing, or w = 0 or 1 (no choice): no value.
    Source: Coleman 1958
    """
    if not 0.0 < expected < 1.0 or math.isnan(found):
        return math.nan
    room = 1.0 - expected if found >= expected else expected
    return (found - expected) / room


@compiled
def yule(a: float, b: float, c: float, d: float) -> float:
    """Yule's Q of a fourfold table: like and tied, unlike and tied, like and not, unlike and not.

    Formula: (ad - bc) / (ad + bc). With ego: ego's alters against all other alters of the study.
        Among alters: tied pairs against pairs not tied.
    Range: -1 to 1
    Edges: ad + bc = 0, or ego's answer missing: no value.
    Source: Yule 1912; Halgin & Borgatti 2012
    """
    return (a * d - b * c) / (a * d + b * c) if a * d + b * c > 0 else math.nan


@compiled
def phi(a: float, b: float, c: float, d: float) -> float:
    """Correlation between being alike and being tied, over the pairs of alters.

    Formula: (ad - bc) / sqrt((a+b)(c+d)(a+c)(b+d))
    Range: -1 to 1
    Edges: all pairs tied or none; all alike or none: no value.
    Source: Yule 1912; Halgin & Borgatti 2012
    """
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    return (a * d - b * c) / math.sqrt(margins) if margins > 0 else math.nan


@compiled
def rescaled_ei(outside: float, inside: float, could_out: float, could_in: float) -> float:
    """E-I index of ties among alters, each kind as a share of the ties there could be.

    Formula: (E/PE - I/PI) / (E/PE + I/PI), all categories pooled
    Range: -1 to 1
    Edges: no tie with both answers, or one kind of tie not possible at all: no value. A category
        of one alter is no obstacle; `ei_ties_expected` has a value even then.
    Source: Krackhardt & Stern 1988
    """
    if could_out == 0 or could_in == 0:
        return math.nan
    return ei(outside / could_out, inside / could_in)


@compiled
def expected_ei(could_out: float, could_in: float) -> float:
    """The E-I index among alters if ties did not care for categories.

    Formula: (PE - PI) / (PE + PI)
    Range: -1 to 1
    Edges: fewer than two alters with an answer: no value.
    Source: Krackhardt & Stern 1988
    """
    return ei(could_out, could_in)


@compiled
def count_codes(codes: Shorts, first: int, last: int, counts: Ints) -> int:
    """counts[k] = alters at places first..last-1 in category k; answers how many answered."""
    counts[:] = 0
    known = 0
    for place in range(first, last):
        code = codes[place]
        if code >= 0:
            counts[code] += 1
            known += 1
    return known


@compiled
def mix(offsets: Ints, codes: Shorts, kinds: int, out: Floats, first: int, last: int) -> None:
    """The columns of `families.MIX`."""
    counts = np.zeros(kinds, np.int64)
    for ego in range(first, last):
        known = count_codes(codes, offsets[ego], offsets[ego + 1], counts)
        present, squares = 0, 0
        for k in range(kinds):
            present += counts[k] > 0
            squares += counts[k] * counts[k]
        diversity = blau(known, squares)
        out[0, ego] = known
        out[1, ego] = present
        out[2, ego] = diversity
        out[3, ego] = iqv(kinds, diversity)


@compiled
def missing(offsets: Ints, codes: Shorts, out: Floats, first: int, last: int) -> None:
    """How many of ego's alters have no answer."""
    for ego in range(first, last):
        gone = 0
        for place in range(offsets[ego], offsets[ego + 1]):
            gone += codes[place] < 0
        out[0, ego] = gone


@compiled
def parts(offsets: Ints, codes: Shorts, out: Floats, first: int, last: int) -> None:
    """Counts of each category (rows 0..K-1), then shares (rows K..2K-1).

    Formula: n_k; n_k / number of alters with an answer
    Range: 0 to n; 0 to 1
    Edges: a category nobody has is 0. No alter with an answer: shares have no value.
    Source: Perry, Pescosolido & Borgatti 2018, ch. 6
    """
    kinds = len(out) // 2
    counts = np.zeros(kinds, np.int64)
    for ego in range(first, last):
        known = count_codes(codes, offsets[ego], offsets[ego + 1], counts)
        for k in range(kinds):
            out[k, ego] = counts[k]
            out[kinds + k, ego] = share(counts[k], known)


@compiled
def shannon(
    offsets: Ints, codes: Shorts, kinds: int, base: float, out: Floats, first: int, last: int
) -> None:
    """Shannon's entropy of the mix of alters.

    Formula: - sum_k p_k log p_k, to the base you choose (2 unless said otherwise)
    Range: 0 to log K
    Edges: no alter with an answer: no value. One: 0.
    Source: Shannon 1948
    """
    counts = np.zeros(kinds, np.int64)
    scale = math.log(base)
    for ego in range(first, last):
        known = count_codes(codes, offsets[ego], offsets[ego + 1], counts)
        total = 0.0
        for k in range(kinds):
            if counts[k] > 0:
                part = counts[k] / known
                total += part * math.log(1.0 / part)
        out[0, ego] = total / scale if known > 0 else math.nan


@compiled
def mix_distance(
    offsets: Ints, codes: Shorts, pool: Ints, out: Floats, first: int, last: int
) -> None:
    """How far ego's mix of alters is from the mix of all alters in the study (phi, chi-square).

    Formula: sqrt(sum_k (p_k - P_k)^2 / P_k), over every category that any alter has
    Range: 0 (the same mix) upwards
    Edges: no alter with an answer: no value.
    Source: Greenacre 2017
    """
    counts = np.zeros(len(pool), np.int64)
    everyone = pool.sum()
    for ego in range(first, last):
        known = count_codes(codes, offsets[ego], offsets[ego + 1], counts)
        total = 0.0
        for k in range(len(pool)):
            if pool[k] > 0 and known > 0:
                expected = pool[k] / everyone
                total += (counts[k] / known - expected) ** 2 / expected
        out[0, ego] = math.sqrt(total) if known > 0 else math.nan


@compiled
def likeness(
    offsets: Ints,
    codes: Shorts,
    ego_codes: Shorts,
    pool: Ints,
    out: Floats,
    first: int,
    last: int,
) -> None:
    """The columns of `families.LIKENESS`: ego and alters in the same category.

    Formula: same: alters in ego's category; homophily: same / alters with an answer
    Range: 0 to n; 0 to 1
    Edges: ego's answer missing, or no alter with an answer: no value.
    Source: McPherson, Smith-Lovin & Cook 2001
    """
    everyone = pool.sum()
    for ego in range(first, last):
        mine = ego_codes[ego]
        same, known = 0, 0
        for place in range(offsets[ego], offsets[ego + 1]):
            same += codes[place] == mine
            known += codes[place] >= 0
        if mine < 0 or known == 0:
            out[:, ego] = math.nan
            continue
        alike = pool[mine]
        out[0, ego] = same
        out[1, ego] = same / known
        out[2, ego] = ei(known - same, same)
        out[3, ego] = coleman(same / known, alike / everyone)
        out[4, ego] = yule(same, known - same, alike - same, everyone - alike - known + same)


@compiled
def tie_likeness(net: Flat, codes: Shorts, out: Floats, first: int, last: int) -> None:
    """The columns of `families.TIE_LIKENESS`: ties among alters within and between categories.

    Pairs in which an answer is missing are left out, tied or not.
    """
    size = most(net.offsets, first, last)
    room = np.empty((size, size), np.bool_)
    for ego in range(first, last):
        start = net.offsets[ego]
        n = net.offsets[ego + 1] - start
        tied = room[:n, :n]
        tied_pairs(net, ego, tied)
        inside, outside, could_in, could_out = 0, 0, 0, 0
        for i in range(n):
            for j in range(i):
                one, other = codes[start + i], codes[start + j]
                if one < 0 or other < 0:
                    continue
                could_in += one == other
                could_out += one != other
                inside += tied[i, j] and one == other
                outside += tied[i, j] and one != other
        found = share(inside, inside + outside)
        out[0, ego] = ei(outside, inside)
        out[1, ego] = rescaled_ei(outside, inside, could_out, could_in)
        out[2, ego] = expected_ei(could_out, could_in)
        out[3, ego] = coleman(found, share(could_in, could_in + could_out))
        out[4, ego] = yule(inside, outside, could_in - inside, could_out - outside)
        out[5, ego] = phi(inside, outside, could_in - inside, could_out - outside)
