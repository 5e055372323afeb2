"""Which columns each kernel fills, in order, and which of them are counts."""

from kith.analysis.egonets.directed import TRIADS

COHESION = (
    "size", "ties", "density", "density_with_ego", "mean_degree", "isolates", "isolate_share",
    "components", "largest_component", "largest_share", "component_ratio", "reachability",
    "fragmentation", "degree_centralisation",
)  # fmt: skip
HOLES = ("constraint", "effective_size", "efficiency", "betweenness", "betweenness_share")
HIERARCHY = ("hierarchy",)
DISTANCES = ("closeness_centralisation", "mean_distance", "diameter")
TRIADS_TIED = ("triads_0", "triads_1", "triads_2", "triads_3", "transitivity")
DIRECTED = (
    "arcs", "density", "dyads_mutual", "dyads_asymmetric", "dyads_null", "reciprocity",
    "reciprocity_dyads", "strong_components", "largest_strong_component",
    "reachability_directed", "reachability_strong", *(f"triads_{kind}" for kind in TRIADS),
)  # fmt: skip
VALUED = (
    "density_valued", "mean_weight", "mean_strength", "constraint_valued",
    "effective_size_valued", "efficiency_valued", "hierarchy_valued",
)  # fmt: skip
MIX = ("known", "categories", "blau", "iqv")
SHANNON = ("shannon",)
MIX_DISTANCE = ("phi",)
LIKENESS = ("same", "homophily", "ei", "coleman", "yule")
TIE_LIKENESS = (
    "ei_ties", "ei_ties_rescaled", "ei_ties_expected", "coleman_ties", "yule_ties", "phi_ties",
)  # fmt: skip
PARTS = ("count", "share")
NUMBERS = ("known", "missing", "mean", "sd", "min", "max", "sum")
APART = ("distance", "gap")
KINDS = ("multiplex_ties", "multiplexity", "overlap", "ties", "density", "correlation")

COUNTS = frozenset(
    {
        "size", "ties", "isolates", "components", "largest_component", "arcs", "dyads_mutual",
        "dyads_asymmetric", "dyads_null", "strong_components", "largest_strong_component",
        "triads_0", "triads_1", "triads_2", "triads_3", "diameter", "known", "missing",
        "categories", "same", "count", "multiplex_ties",
        *(f"triads_{kind}" for kind in TRIADS),
    }
)  # fmt: skip

STRUCTURE = (*COHESION, *HOLES, *HIERARCHY, *DISTANCES, *TRIADS_TIED)
OF_CATEGORIES = (*MIX, *SHANNON, *MIX_DISTANCE, *LIKENESS, *TIE_LIKENESS, *PARTS)
OF_NUMBERS = (*NUMBERS, *APART)
ALL = frozenset((*STRUCTURE, *DIRECTED, *VALUED, *OF_CATEGORIES, *OF_NUMBERS, *KINDS))
