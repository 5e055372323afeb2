"""Every measure, grouped by what one wants to know; the words are those of its own docstring."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kith.analysis.egonets import (
    bitwise,
    changes,
    composition,
    dense,
    directed,
    formulas,
    groups,
    kinds,
    numbers,
    secondary,
    standing,
    valued,
)
from kith.analysis.egonets.directed import TRIADS

FACTS = ("Formula", "Range", "Edges", "Source")


@dataclass(frozen=True)
class Entry:
    """Columns of the result and the function whose docstring defines them."""

    columns: tuple[str, ...]
    function: Callable[..., Any]

    @property
    def summary(self) -> str:
        """The first paragraph of the docstring, on one line."""
        return " ".join(inspect.cleandoc(self._words).split("\n\n")[0].split())

    @property
    def facts(self) -> dict[str, str]:
        """Formula, range, rule for edge cases and source."""
        found: dict[str, str] = {}
        name = ""
        for line in inspect.cleandoc(self._words).splitlines():
            head, colon, rest = line.partition(": ")
            if colon and head in FACTS:
                name = head
                found[name] = rest.strip()
            elif not line.strip():
                name = ""
            elif name:
                found[name] += " " + line.strip()
        return found

    @property
    def _words(self) -> str:
        return self.function.__doc__ or ""


def _entry(columns: str, function: Callable[..., Any]) -> Entry:
    return Entry(tuple(columns.split()), function)


QUESTIONS: dict[str, tuple[Entry, ...]] = {
    "How many people, and how closely knit": (
        _entry(
            "size ties isolates isolate_share components largest_component largest_share",
            bitwise.cohesion,
        ),
        _entry("density", formulas.density),
        _entry("density_with_ego", formulas.density_with_ego),
        _entry("mean_degree", formulas.mean_degree),
        _entry("triads_0 triads_1 triads_2 triads_3", secondary.triads),
        _entry("transitivity", formulas.transitivity),
    ),
    "Does it fall into separate worlds": (
        _entry("component_ratio", formulas.component_ratio),
        _entry("reachability fragmentation", formulas.reachability),
        _entry("mean_distance", secondary.mean_distance),
        _entry("diameter", secondary.diameter),
    ),
    "Does it hang on one person": (
        _entry("degree_centralisation", formulas.degree_centralisation),
        _entry("closeness_centralisation", formulas.closeness_centralisation),
    ),
    "What does ego stand between": (
        _entry("constraint", formulas.constraint),
        _entry("effective_size", formulas.effective_size),
        _entry("efficiency efficiency_valued", formulas.efficiency),
        _entry("hierarchy hierarchy_valued", formulas.hierarchy),
        _entry("betweenness", dense.brokered),
        _entry("betweenness_share", formulas.betweenness_share),
    ),
    "Which way do ties run (directed=True)": (
        _entry("arcs dyads_mutual dyads_asymmetric dyads_null", directed.dyads),
        _entry("reciprocity reciprocity_dyads", directed.reciprocity),
        _entry(
            "strong_components largest_strong_component reachability_directed reachability_strong",
            directed.strong_components,
        ),
        _entry(" ".join(f"triads_{kind}" for kind in TRIADS), directed.count_triads),
    ),
    "How strong are ties (weight=, strength=)": (
        _entry("density_valued mean_weight mean_strength", valued.valued),
        _entry("constraint_valued", valued.constraint_valued),
        _entry("effective_size_valued", valued.effective_size_valued),
    ),
    "How many strands has a tie (kind=)": (
        _entry("multiplex_ties multiplexity overlap ties density correlation", kinds.kind_columns),
    ),
    "Who are they (categories=)": (
        _entry("known missing categories count share", composition.parts),
        _entry("blau", composition.blau),
        _entry("iqv", composition.iqv),
        _entry("shannon", composition.shannon),
        _entry("phi", composition.mix_distance),
    ),
    "Who are they (numbers=)": (_entry("known missing mean sd min max sum", numbers.spread_of),),
    "Are they like ego": (
        _entry("same homophily", composition.likeness),
        _entry("ei ei_ties", composition.ei),
        _entry("coleman coleman_ties", composition.coleman),
        _entry("yule yule_ties", composition.yule),
        _entry("distance gap", numbers.apart_from_ego),
    ),
    "Do the like hold together": (
        _entry("ei_ties_rescaled", composition.rescaled_ei),
        _entry("ei_ties_expected", composition.expected_ei),
        _entry("phi_ties", composition.phi),
    ),
    "Where does each alter stand (positions)": (
        _entry("degree degree_share in_degree out_degree", standing.stand),
        _entry("closeness closeness_in closeness_out", standing.closeness),
        _entry("harmonic", standing.harmonic),
        _entry("reachability", standing.reach),
        _entry("clustering", standing.clustering),
        _entry("betweenness betweenness_share", standing.betweenness),
        _entry("constraint effective_size hierarchy", standing.holes_of_alter),
        _entry("eigenvector power_positive power_negative", standing.spectral),
    ),
    "What changed between two visits (change)": (
        _entry(
            "stayed came went kept turnover jaccard ties_kept ties_new ties_ended ties_jaccard",
            changes.change,
        ),
    ),
    "How do groups of egos compare (summarise, compare)": (
        _entry("value low high known missing", groups.summarise),
        _entry("difference low high p effect", groups.compare),
    ),
}


def as_markdown() -> str:
    """The reference page: one section a question, one entry a definition."""
    lines = [HEAD]
    for question, entries in QUESTIONS.items():
        lines.append(f"\n## {question}\n")
        for entry in entries:
            lines.append(f"**{', '.join(f'`{c}`' for c in entry.columns)}**: {entry.summary}\n")
            lines += [f"- {name}: {entry.facts[name]}" for name in FACTS]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


HEAD = """# Measures of ego networks

This page is made from the docstrings of the code (`kith.analysis.egonets.catalogue`), so that it
cannot say anything else than what is computed. n is the number of alters, m of tied pairs among
them; d_i is how many other alters alter i is tied to. A column for an attribute bears its name:
`ei` of the column `sex` is `ei_sex`, the share of its category `m` is `share_sex_m`.

## What holds for all of them

- **Ego** is left out of size, density, components, distances, triads and alters' positions. Ego is
  in, tied to every alter, for constraint, effective size, efficiency, hierarchy and betweenness,
  and where the name says so (`density_with_ego`).
- **A tie said twice** is one tie. In undirected data it does not matter from which end. What was
  folded is counted in `duplicate_ties`. Weights said twice: the greatest stays.
- **A loop** (a tie from someone to themselves) is left out and counted in `loops`.
- **A pair told from one end only** counts as tied; with `asymmetric="both"` only pairs told from
  both ends do. With `directed=True`, density and the measures under "Which way do ties run" go by
  arcs; all others by pairs.
- **Kinds of tie** are kept apart: a pair tied in three kinds is one tied pair.
- **A row is a tie** whatever its weight, also with weight 0.
- **No value** is null, never 0 or NaN: nothing to divide by, or an answer missing. A count of
  nothing is 0. Egos without alters have their row.
- **A missing answer** of an alter leaves that alter out of that measure and is counted
  (`missing_`); ego's own missing answer leaves likeness without value (`ego_missing_`); a missing
  weight leaves the weighted measures of that ego without value (`missing_weights`).
- **K of the IQV** is the number of categories you name as possible, else of all that occur in the
  study, among alters or egos.
- **One alter**: density, component ratio, reachability and normalised betweenness have no value;
  constraint, effective size, efficiency and hierarchy are 1, betweenness 0.
- **No alter**: counts and betweenness are 0, all else has no value."""
