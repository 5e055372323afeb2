"""The one call."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from kith.analysis.egonets.complaints import complaints
from kith.analysis.egonets.doors import Names, Tables, from_polars, take_in
from kith.analysis.egonets.measuring import run
from kith.analysis.egonets.plan import (
    Categories,
    Category,
    Plan,
    as_list,
    column_flaws,
    impossible_flaws,
    measure_flaws,
    refuse_with,
    settle,
)
from kith.analysis.egonets.population import Reading
from kith.base.problems import Flaw


def measure(
    egos: Any,
    alters: Any = None,
    ties: Any = None,
    *,
    measures: Sequence[str] | None = None,
    categories: Categories | None = None,
    numbers: str | Sequence[str] | None = None,
    ego_columns: Mapping[str, str] | None = None,
    weight: str | None = None,
    strength: str | None = None,
    kind: str | None = None,
    directed: bool = False,
    asymmetric: Literal["either", "both"] = "either",
    base: float = 2.0,
    ego: str = "ego",
    alter: str = "alter",
    source: str = "source",
    target: str = "target",
    client: Any = None,
    partitions: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    threads: int | None = None,
) -> Any:
    """Measure ego networks: one row per ego, egos without alters included, in the egos' order.

    egos, alters, ties: polars, pandas or pyarrow tables (columns `ego`; `ego, alter`;
        `ego, source, target`, or as named below), or one object that holds the three, such as
        `kith.read_interviews` gives, or paths of three Parquet or CSV files.
    measures: which measures, by name; without it all that the tables allow.
    categories, numbers: columns of alters to describe; categories may be a mapping from column to
        its possible values (the K of the IQV). Likeness to ego uses the ego column of the same
        name, or the one `ego_columns` gives for it.
    weight, kind: columns of ties; strength: a column of alters, the strength of ego's own tie.
    directed: ties run from source to target. asymmetric: whether a pair counts as tied if either
        end said so, or only if both did (for measures that need no direction).
    base: of Shannon's logarithm.
    client: a dask.distributed client; partitions: into how many parts to cut the egos;
        progress(done, of): called as parts are done.

    Gives a table of the same kind as `egos`. Missing values are null; loops, ties said twice and
    answers missing are counted in `loops`, `duplicate_ties`, `missing_*`.
    Raises Invalid with every bad row and column at once.
    """
    plan = make_plan(
        Names(ego, alter, source, target),
        Reading(weight, strength, directed, asymmetric == "both", threads=threads),
        measures,
        categories,
        numbers,
        ego_columns,
        kind,
        base,
    )
    if asymmetric not in ("either", "both"):
        refuse_with([Flaw("asymmetric", field="asymmetric")], None)
    if client is not None or partitions is not None or is_path(egos):
        from kith.analysis.egonets.partitions import measure_parts

        return measure_parts(plan, (egos, alters, ties), client, partitions, progress)
    tables = take_in(egos, alters, ties, plan.names)
    return from_polars(run(check(plan, tables), tables), tables.kind)


def is_path(given: Any) -> bool:
    """Whether `given` names a file rather than holding a table."""
    return isinstance(given, str) or hasattr(given, "__fspath__")


def make_plan(
    names: Names,
    reading: Reading,
    measures: Sequence[str] | None,
    categories: Categories | None,
    numbers: str | Sequence[str] | None,
    ego_columns: Mapping[str, str] | None,
    kind: str | None,
    base: float,
) -> Plan:
    """The plan that the arguments of `measure` amount to, not yet held against any table."""
    own = dict(ego_columns or {})
    counted = [numbers] if isinstance(numbers, str) else list(numbers or [])
    plan = Plan(
        names,
        reading,
        None if measures is None else tuple(measures),
        tuple(Category(c, own.get(c, c), possible) for c, possible in as_list(categories).items()),
        tuple((c, own.get(c, c)) for c in counted),
        kind,
        base=base,
        told=frozenset(own.values()),
    )
    return plan.with_lists()


def check(plan: Plan, tables: Tables) -> Plan:
    """Hold a plan against the tables: Invalid with everything wrong, or the plan settled."""
    flaws = measure_flaws(plan) + column_flaws(plan, tables)
    if flaws:
        missing = {flaw.column for flaw in flaws if flaw.code == "unknown-column"}
        readable = not missing & {plan.reading.weight, plan.reading.strength}
        flaws += complaints(tables, plan.names, plan.reading) if readable else []
        refuse_with(list(dict.fromkeys(flaws)), None)
    settled = settle(plan, tables)
    if any(category.possible for category in plan.categories):
        flaws = impossible_flaws(settled, tables)
        if flaws:
            refuse_with(flaws + complaints(tables, plan.names, plan.reading), None)
    return settled
