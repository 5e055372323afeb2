"""In parts, here or on a cluster: the same bits, in the same order, whoever is lost on the way."""

import os
import signal
import subprocess
import sys
import textwrap
import warnings

import polars as pl
import pytest

import kith
from kith.base.problems import Invalid

OPTIONS = {"categories": "group", "numbers": "group", "weight": "w", "kind": "k"}


def study(egos=3000, seed=7):
    made = kith.egonets.generate(egos, seed=seed, missing=0.1, size=(0, 12))
    ties = made.ties.with_columns(
        w=(pl.col("source") % 3 + 0.5), k=(pl.col("target") % 2).cast(pl.String)
    )
    return made.egos.sample(fraction=1, shuffle=True, seed=1), made.alters, ties


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{name}.parquet" for name in ("egos", "alters", "ties")]
    for frame, path in zip(study(), paths, strict=True):
        frame.write_parquet(path, row_group_size=2000)
    return paths


@pytest.mark.parametrize("partitions", [1, 2, 7, 5000])
def test_any_number_of_parts_in_memory(partitions):
    whole = kith.egonets.measure(*study(), **OPTIONS)
    parts = kith.egonets.measure(*study(), **OPTIONS, partitions=partitions)
    assert whole.equals(parts)


@pytest.mark.parametrize("partitions", [None, 3])
def test_from_parquet_files(files, partitions):
    whole = kith.egonets.measure(*study(), **OPTIONS)
    assert whole.equals(kith.egonets.measure(*files, **OPTIONS, partitions=partitions))


def test_from_csv_files(tmp_path):
    paths = [tmp_path / f"{name}.csv" for name in ("egos", "alters", "ties")]
    for frame, path in zip(study(300), paths, strict=True):
        frame.write_csv(path)
    assert kith.egonets.measure(*study(300), categories="group").equals(
        kith.egonets.measure(*map(str, paths), categories="group")
    )


def test_text_ids_in_parts(tmp_path):
    egos, alters, ties = study(500)
    as_text = [f.with_columns(pl.col("ego").cast(pl.String)) for f in (egos, alters, ties)]
    whole = kith.egonets.measure(*as_text, categories="group")
    assert whole.equals(kith.egonets.measure(*as_text, categories="group", partitions=4))


def test_a_row_of_nobody_is_not_passed_over(tmp_path, files):
    """An ego id beyond every range, and a missing one, are found in whichever part they fall."""
    alters = pl.read_parquet(files[1])
    for stray in (10**9, -5, None):
        stranger = alters.head(1).with_columns(ego=pl.lit(stray, pl.Int64))
        path = tmp_path / "more.parquet"
        pl.concat([alters, stranger]).write_parquet(path)
        with pytest.raises(Invalid) as caught:
            kith.egonets.measure(files[0], path, files[2], partitions=3)
        code = "missing-id" if stray is None else "unknown-ego"
        assert caught.value.flaws[0].code == code


def test_bad_files(tmp_path, files):
    with pytest.raises(Invalid) as caught:
        kith.egonets.measure(tmp_path / "a.parquet", tmp_path / "b.parquet", files[2])
    assert [flaw.code for flaw in caught.value.flaws] == ["no-such-file"] * 2
    with pytest.raises(Invalid) as caught:
        kith.egonets.measure(*files, categories="no", weight="nor", measures=["none"])
    found = {(flaw.code, flaw.column) for flaw in caught.value.flaws}
    assert found == {
        ("unknown-measure", ""), ("unknown-column", "no"), ("unknown-column", "nor"),
    }  # fmt: skip


def test_more_than_fits_in_memory(tmp_path):
    """A child that may only take so much memory measures in parts what it cannot hold whole."""
    made = [tmp_path / f"{name}.parquet" for name in ("egos", "alters", "ties")]
    populations = [
        kith.egonets.generate(20_000, seed=s, first=1 + 20_000 * s, size=(15, 25)) for s in range(5)
    ]
    for path, name in zip(made, ("egos", "alters", "ties"), strict=True):
        frame = pl.concat([getattr(p, name) for p in populations])
        frame.write_parquet(path, row_group_size=100_000)
    script = textwrap.dedent(
        """
        import resource, sys
        import polars as pl
        import kith
        few = kith.egonets.generate(100)
        kith.egonets.measure(few.egos, few.alters, few.ties, measures=["constraint"])
        status = dict(line.split(":", 1) for line in open("/proc/self/status"))
        most = int(status["VmData"].split()[0]) * 2**10 + int(sys.argv[1]) * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        files, how = sys.argv[3:], sys.argv[2]
        if how == "whole":
            tables = [pl.read_parquet(file) for file in files]
            kith.egonets.measure(*tables, measures=["constraint"])
        else:
            found = kith.egonets.measure(*files, measures=["constraint"], partitions=40)
            print(len(found))
        """
    )

    def child(how):
        return subprocess.run(
            [sys.executable, "-c", script, "160", how, *map(str, made)],
            capture_output=True, text=True, check=False,
            env={**os.environ, "POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "1"},
        )  # fmt: skip

    assert child("whole").returncode != 0
    done = child("parts")
    assert done.returncode == 0, done.stderr[-600:]
    assert done.stdout.strip() == "100000"


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two worker processes of this machine."""
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        local = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        )
        with local, distributed.Client(local) as client:
            yield client


def test_a_cluster_gives_the_same_bits(cluster, files):
    whole = kith.egonets.measure(*study(), **OPTIONS)
    assert whole.equals(kith.egonets.measure(*files, **OPTIONS, client=cluster, partitions=9))
    assert whole.equals(kith.egonets.measure(*study(), **OPTIONS, client=cluster, partitions=4))


def spoiled(files, tmp_path):
    """The study with strangers, an alter twice, an unknown ego and a weight that is none."""
    egos, alters, ties = map(pl.read_parquet, files)
    row = pl.int_range(pl.len())
    ties = ties.with_columns(source=pl.when(row % 40 == 3).then(99).otherwise("source"))
    ties = ties.with_columns(w=pl.when(row == 777).then(-1.0).otherwise("w"))
    alters = pl.concat(
        [alters, alters[[5, 2000]], alters.head(1).with_columns(ego=pl.lit(10**9, pl.Int64))]
    )
    paths = [tmp_path / f"spoiled-{name}.parquet" for name in ("egos", "alters", "ties")]
    for frame, path in zip((egos, alters, ties), paths, strict=True):
        frame.write_parquet(path, row_group_size=2000)
    return paths


def flaws_of(*given, **options):
    with pytest.raises(Invalid) as caught:
        kith.egonets.measure(*given, **options, weight="w")
    return caught.value.flaws


def test_flaws_of_all_parts_come_together_at_their_rows(files, tmp_path):
    """Whatever the parts, what is told is what one search of the whole tells."""
    paths = spoiled(files, tmp_path)
    tables = [pl.read_parquet(path) for path in paths]
    whole = set(flaws_of(*tables))
    named = {flaw for flaw in whole if flaw.row}
    assert {flaw.code for flaw in whole} == {"stranger", "said-twice", "unknown-ego", "negative"}
    for given in (tables, paths):
        assert set(flaws_of(*given, partitions=1)) == whole
        parts = flaws_of(*given, partitions=5)
        assert len(parts) == len(whole)
        assert sum(dict(flaw.facts).get("more", 0) for flaw in parts) == sum(
            dict(flaw.facts).get("more", 0) for flaw in whole
        )
        few = {flaw for flaw in named if flaw.code != "stranger"}
        assert few <= set(parts)
        strange = [flaw.row for flaw in parts if flaw.code == "stranger" and flaw.row]
        assert all(tables[2]["source"][row - 1] == 99 for row in strange)


def test_flaws_come_back_from_a_cluster(cluster, files, tmp_path):
    paths = spoiled(files, tmp_path)
    here = flaws_of(*paths, partitions=3)
    assert here == flaws_of(*paths, partitions=3, client=cluster)


def test_a_worker_killed_midway_changes_nothing(cluster, files):
    from kith.analysis.egonets.doors import Names
    from kith.analysis.egonets.measures import make_plan
    from kith.analysis.egonets.partitions import measure_parts
    from kith.analysis.egonets.population import Reading

    whole = kith.egonets.measure(*study(), categories="group")
    plan = make_plan(Names(), Reading(), None, "group", None, None, None, 2.0)
    workers = [w["nanny"] and name for name, w in cluster.scheduler_info()["workers"].items()]
    pids = cluster.run(os.getpid)
    told = []

    def progress(done, of):
        told.append((done, of))
        if done == 4:
            os.kill(pids[workers[0]], signal.SIGKILL)

    found = measure_parts(plan, files, cluster, 24, progress)
    assert whole.equals(found)
    assert told == [(k, 24) for k in range(1, 25)]
    assert pids[workers[0]] not in cluster.run(os.getpid).values()
