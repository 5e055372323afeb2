"""How the numbers are made fast: compiled once, kept on disk, and shared out over the cores."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit, types
from numba.extending import intrinsic

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint64]

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Machine code for `function`, made at its first call and kept on disk for the next process.

    It runs without Python's lock, so that several threads can work at once. Sums are never
    reordered (no fast maths): the same input gives the same bits, on however many threads.
    """
    return cast(F, njit(cache=True, nogil=True)(function))


def _population_count(context: Any, bits: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), code


def _trailing_zeros(context: Any, bits: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], context.get_constant(types.boolean, True))

    return types.int64(types.uint64), code


# How many bits of a 64-bit word are set; the place of its lowest set bit (if it has one).
count_bits = cast(Callable[[Any], int], intrinsic(_population_count))
lowest_bit = cast(Callable[[Any], int], intrinsic(_trailing_zeros))


def cores() -> int:
    """How many threads to use: one for each core this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[int, int], object], count: int, threads: int | None = None) -> list[Any]:
    """Call `work(first, last)` on slices of range(count), on `threads` threads; answers in order.

    Each slice writes to its own part of the result, so the answer never depends on how many
    threads there are.
    """
    hands = threads or cores()
    if hands == 1 or count < 2048:
        return [work(0, count)]
    edges = np.linspace(0, count, 4 * hands + 1).astype(int).tolist()
    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(work, edges[:-1], edges[1:]))
