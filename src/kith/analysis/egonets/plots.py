"""Pictures of results, for a researcher's notebook: never for a person's own pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast

import altair as alt
import numpy as np
import polars as pl

from kith.analysis.egonets.doors import (
    check_numbers,
    missing_columns,
    numbers_of,
    refuse,
    to_polars,
)
from kith.base.problems import Flaw

SHOWN = ("size", "density", "components", "constraint", "effective_size", "betweenness_share")
BINS = 20
TALLIES = ("missing_", "ego_missing_", "loops", "duplicate_ties")


def plot(
    results: Any,
    columns: str | Sequence[str] | None = None,
    *,
    by: str | None = None,
    after: Any = None,
    bins: int = BINS,
) -> alt.Chart | alt.ConcatChart:
    """Distributions of measures, small and side by side; or, with `after`, before against after.

    results: a table of `measure`. columns: which measures; some usual ones if not told. by: one
        colour for each group of egos. after: a table of a later visit: a line for each ego.
    Counting into `bins` is done here, so a million egos make as small a picture as a hundred.
    Raises Invalid for unknown columns or ones that are no numbers.
    """
    frame = to_polars(results)
    wanted = [columns] if isinstance(columns, str) else list(columns or _usual(frame))
    flaws = [flaw for column in wanted for flaw in check_numbers("results", frame, column)]
    flaws += missing_columns("results", frame, [by] if by else [])
    if after is not None:
        later = to_polars(after)
        flaws += missing_columns("after", later, [*wanted, "ego"])
    if bins < 1:
        flaws.append(Flaw("out-of-range", field="bins"))
    refuse(flaws)
    if after is not None:
        return _concat([_before_after(frame, later, column) for column in wanted])
    return _concat([_distribution(frame, column, by, bins) for column in wanted])


def _usual(frame: pl.DataFrame) -> list[str]:
    return [name for name in SHOWN if name in frame.columns]


def _concat(charts: list[alt.Chart]) -> alt.Chart | alt.ConcatChart:
    return charts[0] if len(charts) == 1 else alt.concat(*charts, columns=3)


def _distribution(frame: pl.DataFrame, column: str, by: str | None, bins: int) -> alt.Chart:
    counted = _counted(frame, column, by, bins)
    y = alt.Y("share:Q", title="share of egos", axis=alt.Axis(format="%"))
    shape = {
        "x": alt.X("from:Q", title=column.replace("_", " "), scale=alt.Scale(zero=False)),
        "x2": alt.X2("to:Q"),
        "y": y.stack(None),
        "tooltip": ["from:Q", "to:Q", "egos:Q"],
    }
    if by:
        shape["color"] = alt.Color("group:N", title=by)
    mark = alt.Chart(counted).mark_bar(opacity=0.6 if by else 1.0)
    return cast(alt.Chart, mark.encode(**shape).properties(width=180, height=110))


def _counted(frame: pl.DataFrame, column: str, by: str | None, bins: int) -> pl.DataFrame:
    """How many egos of each group fall into each bin; egos without a value are left out."""
    values = numbers_of(frame[column])
    group = frame[by].cast(pl.String) if by else pl.repeat("", len(frame), eager=True)
    told = pl.DataFrame({"value": values, "group": group}).drop_nulls("value")
    edges = np.histogram_bin_edges(told["value"].to_numpy(), bins)
    rows = []
    for (name,), part in told.group_by("group", maintain_order=True):
        counts, _ = np.histogram(part["value"].to_numpy(), edges)
        rows += [
            {"group": name, "from": low, "to": high, "egos": int(n), "share": n / len(part)}
            for low, high, n in zip(edges, edges[1:], counts, strict=False)
        ]
    schema = {
        "group": pl.String, "from": pl.Float64, "to": pl.Float64, "egos": pl.Int64,
        "share": pl.Float64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _before_after(frame: pl.DataFrame, later: pl.DataFrame, column: str) -> alt.Chart:
    both = frame.select("ego", before=column).join(
        later.select("ego", after=column), on="ego", how="inner"
    )
    long = both.drop_nulls().unpivot(index="ego", variable_name="visit")
    if len(both) > 2000:
        long = long.filter(pl.col("ego").is_in(both["ego"].sample(2000, seed=0).implode()))
    chart = (
        alt.Chart(long)
        .mark_line(opacity=0.35, point=True)
        .encode(
            x=alt.X("visit:N", sort=["before", "after"], title=None),
            y=alt.Y("value:Q", title=column.replace("_", " ")),
            detail="ego:N",
        )
        .properties(width=120, height=160)
    )
    return cast(alt.Chart, chart)


@dataclass(frozen=True)
class Overview:
    """A table of results at a glance, for a notebook."""

    results: pl.DataFrame

    def table(self) -> pl.DataFrame:
        """Each measure with how many egos have a value, its mean, quartiles and ends."""
        rows = []
        for name in self.results.columns:
            if name == "ego" or not self.results[name].dtype.is_numeric():
                continue
            values = self.results[name]
            middle = [values.quantile(q, "linear") for q in (0, 0.25, 0.5, 0.75, 1)]
            known = len(values) - values.null_count()
            rows.append([name, known, values.mean(), *middle])
        names = ["measure", "known", "mean", "least", "q25", "median", "q75", "most"]
        schema = dict.fromkeys(names[2:], pl.Float64)
        return pl.DataFrame(
            rows, schema={"measure": pl.String, "known": pl.Int64, **schema}, orient="row"
        )

    def _repr_html_(self) -> str:
        """A plain table: measures down, what is typical across; folded and missing at the end."""
        told = self.table()
        tally = pl.any_horizontal(pl.col("measure").str.starts_with(t) for t in TALLIES)
        head = "".join(f"<th>{escape(c)}</th>" for c in told.columns)
        body = "".join(_row(row) for row in told.filter(~tally).iter_rows())
        folded = told.filter(tally & (pl.col("mean") > 0))["measure"].to_list()
        note = ", ".join(escape(name) for name in folded) or "nothing"
        return (
            f"<table><caption>{len(self.results):,} egos</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table><p>Folded or missing: {note}.</p>"
        )


def _row(row: tuple[Any, ...]) -> str:
    cells = "".join(
        f"<td style='text-align:right'>{'' if v is None else f'{v:,.4g}'}</td>" for v in row[1:]
    )
    return f"<tr><th scope='row' style='text-align:left'>{escape(row[0])}</th>{cells}</tr>"


def overview(results: Any) -> Overview:
    """A table of `measure` at a glance: each measure's mean and quartiles, as a notebook shows."""
    return Overview(to_polars(results))
