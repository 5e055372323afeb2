"""Small random studies for Hypothesis: every awkward thing a table of interviews can hold."""

from dataclasses import dataclass

import polars as pl
from hypothesis import strategies as st

GROUPS = ("a", "b", "c", "d")


@dataclass
class Study:
    """Plain lists first, tables made from them."""

    egos: list[tuple]
    alters: list[tuple]
    ties: list[tuple]

    def tables(self):
        """egos, alters, ties as polars frames."""
        return (
            pl.DataFrame(
                self.egos, schema={"ego": pl.Int64, "g": pl.String, "x": pl.Float64}, orient="row"
            ),
            pl.DataFrame(
                self.alters,
                schema={"ego": pl.Int64, "alter": pl.Int64, "g": pl.String, "x": pl.Float64,
                        "s": pl.Float64},
                orient="row",
            ),
            pl.DataFrame(
                self.ties,
                schema={"ego": pl.Int64, "source": pl.Int64, "target": pl.Int64,
                        "w": pl.Float64, "kind": pl.String},
                orient="row",
            ),
        )  # fmt: skip

    def people(self, ego):
        """The alters of an ego, in table order."""
        return [row[1] for row in self.alters if row[0] == ego]

    def tied(self, ego):
        """Ordered pairs as told, loops and repeats included."""
        return [(row[1], row[2]) for row in self.ties if row[0] == ego]


WEIGHTS = st.sampled_from([0.5, 1.0, 2.0, 3.0])


@st.composite
def studies(draw, most=9, weights=WEIGHTS):
    """A study of one to four egos; rows of all tables in any order."""
    egos, alters, ties = [], [], []
    maybe_group = st.one_of(st.none(), st.sampled_from(GROUPS[:3]))
    maybe_number = st.one_of(st.none(), st.sampled_from([-2.0, 0.0, 1.5, 4.0]))
    ids = draw(st.lists(st.integers(-50, 10**12), min_size=1, max_size=4, unique=True))
    for ego in ids:
        egos.append((ego, draw(maybe_group), draw(maybe_number)))
        people = draw(
            st.lists(st.integers(0, 40), min_size=ego == ids[0], max_size=most, unique=True)
        )
        for person in people:
            alters.append((ego, person, draw(maybe_group), draw(maybe_number), draw(weights)))
        if people:
            person = st.sampled_from(people)
            kind = st.sampled_from(["talk", "help", None])
            rows = st.tuples(st.just(ego), person, person, weights, kind)
            ties += draw(st.lists(rows, max_size=3 * len(people)))
    return Study(egos, draw(st.permutations(alters)), draw(st.permutations(ties)))
