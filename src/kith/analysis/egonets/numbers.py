"""Kernels for alters described by a number: how much, how varied, how far from ego."""

import math

from kith.analysis.egonets.engine import Floats, Ints, compiled


@compiled
def spread_of(offsets: Ints, values: Floats, out: Floats, first: int, last: int) -> None:
    """The columns of `families.NUMBERS`: answered, mean, spread, least and most.

    Formula: mean x; sd = sqrt(sum (x - mean)^2 / (known - 1)); min; max; sum
    Range: that of the answers
    Edges: alters without an answer are left out and counted. No answer: no value (sum too);
        one answer: no sd.
    Source: Perry, Pescosolido & Borgatti 2018, ch. 6
    """
    for ego in range(first, last):
        known, total = 0, 0.0
        low, high = math.inf, -math.inf
        for place in range(offsets[ego], offsets[ego + 1]):
            value = values[place]
            if not math.isnan(value):
                known += 1
                total += value
                low, high = min(low, value), max(high, value)
        mean = total / known if known > 0 else math.nan
        squares = 0.0
        for place in range(offsets[ego], offsets[ego + 1]):
            if not math.isnan(values[place]):
                squares += (values[place] - mean) ** 2
        out[0, ego] = known
        out[1, ego] = offsets[ego + 1] - offsets[ego] - known
        out[2, ego] = mean
        out[3, ego] = math.sqrt(squares / (known - 1)) if known > 1 else math.nan
        out[4, ego] = low if known > 0 else math.nan
        out[5, ego] = high if known > 0 else math.nan
        out[6, ego] = total if known > 0 else math.nan


@compiled
def apart_from_ego(
    offsets: Ints, values: Floats, own: Floats, out: Floats, first: int, last: int
) -> None:
    """How far alters are from ego in a number: `distance` and `gap`.

    Formula: distance = sqrt(sum (x_i - x_0)^2) / known; gap = sum |x_i - x_0| / known
    Range: 0 upwards
    Edges: ego's number missing, or no alter's known: no value.
    Source: Perry, Pescosolido & Borgatti 2018, ch. 6
    """
    for ego in range(first, last):
        known, squares, steps = 0, 0.0, 0.0
        for place in range(offsets[ego], offsets[ego + 1]):
            if not math.isnan(values[place]):
                known += 1
                squares += (values[place] - own[ego]) ** 2
                steps += abs(values[place] - own[ego])
        told = known > 0 and not math.isnan(own[ego])
        out[0, ego] = math.sqrt(squares) / known if told else math.nan
        out[1, ego] = steps / known if told else math.nan
