"""Pictures for a notebook: real specifications, drawn for real, small however large the study."""

import json

import polars as pl
import pytest
import vl_convert

import kith
from kith.base.problems import Invalid


def results(egos=500, seed=1):
    made = kith.egonets.generate(egos, seed=seed)
    found = kith.egonets.measure(made.egos, made.alters, made.ties, categories="group")
    return found.with_columns(arm=pl.when(pl.col("ego") % 2 == 0).then(pl.lit("<b>")))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"columns": "density"},
        {"columns": ["density", "ei_group"], "by": "arm"},
        {"columns": ["density"], "after": results(400, 2)},
        {"bins": 5},
    ],
)
def test_it_draws(options):
    chart = kith.egonets.plot(results(), **options)
    picture = vl_convert.vegalite_to_svg(json.dumps(chart.to_dict()))
    assert picture.startswith("<svg") and "NaN" not in picture


def test_bins_hold_every_ego_once():
    found = results()
    chart = kith.egonets.plot(found, "betweenness_share", by="arm").to_dict()
    (rows,) = chart["datasets"].values()
    assert sum(row["egos"] for row in rows) == found["betweenness_share"].count()
    for group in ("<b>", None):
        part = [row["share"] for row in rows if row["group"] == group]
        assert sum(part) == pytest.approx(1)


def test_a_large_study_makes_a_small_picture():
    large = kith.egonets.plot(pl.DataFrame({"density": [k / 2e5 for k in range(200_000)]}))
    assert len(json.dumps(large.to_dict())) < 10_000
    after = pl.DataFrame({"ego": range(9000), "density": [0.5] * 9000})
    lines = kith.egonets.plot(after, "density", after=after)
    (rows,) = lines.to_dict()["datasets"].values()
    assert len(rows) == 4000


def test_unknown_columns_are_refused_together():
    with pytest.raises(Invalid) as caught:
        kith.egonets.plot(results(), ["no", "density"], by="nor", bins=0)
    assert [f.column or f.field for f in caught.value.flaws] == ["no", "nor", "bins"]


def test_the_overview_is_plain_and_safe():
    frame = results().rename({"ei_group": "<script>"})
    page = kith.egonets.overview(frame)._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "500 egos" in page and "Folded or missing: nothing" in page
    table = kith.egonets.overview(frame).table()
    density = table.filter(pl.col("measure") == "density").row(0, named=True)
    assert density["median"] == frame["density"].median()
    assert density["known"] == 500
