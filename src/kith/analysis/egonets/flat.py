"""The arrays that a kernel takes, in one named tuple that the compiler understands."""

from typing import NamedTuple

from kith.analysis.egonets.engine import Bits, Floats, Ints, Shorts


class Flat(NamedTuple):
    """Egos one after another: their alters (offsets), tied pairs as bits, and tie lists.

    `rows` counts for egos of up to 64 alters; `sources`, `targets` (places 0..n-1 within ego's
    alters), `weights` and `strengths` are empty where nothing needs them. `both`: a pair is tied
    only if each end said so.
    """

    offsets: Ints
    rows: Bits
    tie_offsets: Ints
    sources: Shorts
    targets: Shorts
    weights: Floats
    strengths: Floats
    both: bool
