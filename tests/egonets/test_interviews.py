"""Other tools' files as three tables; made here, and the real ones where they are present."""

import json
import zipfile

import polars as pl
import pytest

import kith
from kith.base.problems import Invalid

SESSIONS = {
    "case_1_a_b_11111111-2222-3333-4444-555555555555_ego.csv": [
        "networkCanvasEgoUUID,networkCanvasCaseID,Age", "e1,case 1,33",
    ],
    "case_1_a_b_11111111-2222-3333-4444-555555555555_attributeList_Person.csv": [
        "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,Close,G_a,G_b_c,R_x,R_y,Nr,null",
        '1,e1,n1,"Ann, ""A""",true,true,false,true,true,3,',
        "2,e1,n2,'=Bo,,false,true,false,false,4.5,",
    ],
    "case_1_a_b_11111111-2222-3333-4444-555555555555_edgeList_Talks_to.csv": [
        "edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,"
        "networkCanvasTargetUUID,how",
        "1,1,2,e1,x1,n1,n2,",
    ],
    "case_2_cuidcuidcuid_ego.csv": ["networkCanvasEgoUUID,networkCanvasCaseID", "e2,case 2"],
    "case_2_cuidcuidcuid_attributeList.csv": [
        "nodeID,networkCanvasEgoUUID,networkCanvasUUID",
    ],
    "case_2_cuidcuidcuid_edgeList.csv": [
        "edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,"
        "networkCanvasTargetUUID",
    ],
}  # fmt: skip


@pytest.fixture
def export(tmp_path):
    folder = tmp_path / "networkCanvasExport"
    folder.mkdir()
    for name, lines in SESSIONS.items():
        (folder / name).write_bytes("\r\n".join(lines).encode())
    return folder


@pytest.fixture
def protocol(tmp_path):
    codebook = {
        "node": {
            "p": {
                "variables": {
                    "g": {"name": "G", "type": "categorical",
                          "options": [{"value": "a"}, {"value": "b_c"}]},
                    "r": {"name": "R", "type": "categorical",
                          "options": [{"value": "x"}, {"value": "y"}]},
                    "c": {"name": "Close", "type": "boolean"},
                }
            }
        },
        "ego": {"variables": {}},
    }  # fmt: skip
    path = tmp_path / "study.netcanvas"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("protocol.json", json.dumps({"codebook": codebook}))
    return path


def test_an_export_folder(export):
    read = kith.read_interviews(export)
    assert read.egos.select("ego", "Age").rows() == [("e1", 33), ("e2", None)]
    assert read.alters.columns[:2] == ["ego", "alter"]
    assert read.alters["name"].to_list() == ['Ann, "A"', "=Bo"]
    assert read.alters["Close"].to_list() == [True, None]
    assert read.alters["Nr"].to_list() == [3.0, 4.5]
    assert read.alters["G_a"].to_list() == [True, False]
    assert read.alters["type"].to_list() == ["Person", "Person"]
    assert "null" not in read.alters.columns
    assert read.ties.select("ego", "source", "target", "kind").rows() == [
        ("e1", "n1", "n2", "Talks_to")
    ]
    assert "3 " not in read._repr_html_() and "2 egos" in read._repr_html_()


def test_the_protocol_gathers_options(export, protocol):
    alters = kith.read_interviews(export, protocol=protocol).alters
    assert alters["G"].to_list() == ["a", "b_c"]
    assert alters["R"].to_list() == [["x", "y"], None]
    assert not [c for c in alters.columns if c.startswith(("G_", "R_"))]


def test_the_zip_is_the_same(export, tmp_path):
    path = tmp_path / "networkCanvasExport-1734.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in export.iterdir():
            packed.write(file, file.name)
        packed.writestr("__MACOSX/._x_ego.csv", "junk")
    one, other = kith.read_interviews(export), kith.read_interviews(path)
    assert one.alters.equals(other.alters) and one.ties.equals(other.ties)


def test_what_is_read_can_be_measured(export, protocol):
    read = kith.read_interviews(export, protocol=protocol)
    found = kith.egonets.measure(read, categories="G", numbers="Nr", kind="kind")
    assert found["size"].to_list() == [2, 0]
    assert found["density"].to_list() == [1.0, None]
    assert found["ties_Talks_to"].to_list() == [1, 0]


def test_broken_exports(tmp_path, export):
    with pytest.raises(Invalid) as caught:
        kith.read_interviews(tmp_path / "no.zip", protocol=tmp_path / "no.netcanvas")
    assert [flaw.code for flaw in caught.value.flaws] == ["no-such-file"] * 2
    (tmp_path / "bad.zip").write_text("not a zip")
    with pytest.raises(Invalid) as caught:
        kith.read_interviews(tmp_path / "bad.zip")
    assert caught.value.flaws[0].code == "not-a-zip"
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Invalid) as caught:
        kith.read_interviews(empty)
    assert caught.value.flaws[0].code == "no-egos"
    for file in export.iterdir():
        file.write_text("a,b\n1,2\n")
    with pytest.raises(Invalid) as caught:
        kith.read_interviews(export)
    assert len([f for f in caught.value.flaws if f.code == "unknown-column"]) == 12


TABLES = {
    "plain": ("ego,g\n1,a\n2,b\n", "ego,alter,g\n1,1,a\n1,2,b\n", "ego,source,target,w\n1,1,2,3\n"),
    "egoweb": (
        "EgoID,g\n1,a\n2,-2\n",
        "EgoID,Alter Number,g\n1,1,a\n1,2,-1\n",
        "EgoID,Alter 1 Number,Alter 2 Number,w\n1,1,2,3\n",
    ),
    "egor": (
        '".egoID";"g"\n1;"a"\n2;"b"\n',
        '".altID";".egoID";"g"\n1;1;"a"\n2;1;"b"\n',
        '".egoID";".srcID";".tgtID";"w"\n1;1;2;3\n',
    ),
    "openeddi": (
        "puid,g\n1,a\n2,b\n", "puid,nameid,g\n1,1,a\n1,2,b\n", "puid,nameid,targetid,w\n1,1,2,3\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("preset", TABLES)
@pytest.mark.parametrize("told", [True, False])
def test_presets(tmp_path, preset, told):
    paths = []
    for name, text in zip(("egos", "alters", "ties"), TABLES[preset], strict=True):
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text)
    read = kith.read_interviews(*paths, preset=preset if told else None)
    assert read.alters.select("ego", "alter").rows() == [(1, 1), (1, 2)]
    assert read.ties.select("ego", "source", "target", "w").rows() == [(1, 1, 2, 3)]
    last = None if preset == "egoweb" else "b"
    assert read.egos["g"].to_list() == ["a", last]
    assert read.alters["g"].to_list() == ["a", last]
    assert kith.egonets.measure(read)["density"].to_list() == [1.0, None]


def test_your_own_names_and_an_ego_said_once_per_alter(tmp_path):
    (tmp_path / "e.csv").write_text("who,age,name\n1,30,x\n1,30,y\n2,40,z\n")
    (tmp_path / "a.csv").write_text("who,friend,ego\n1,x,7\n")
    read = kith.read_interviews(tmp_path / "e.csv", tmp_path / "a.csv", ego="who", alter="friend")
    assert read.egos.to_dict(as_series=False) == {"ego": [1, 2], "age": [30, 40]}
    assert read.alters.columns == ["ego", "alter", "ego_"]
    assert read.ties.columns == ["ego", "source", "target"] and not len(read.ties)


def test_columns_not_found(tmp_path):
    for name in "eat":
        (tmp_path / f"{name}.csv").write_text("x,y\n1,2\n")
    with pytest.raises(Invalid) as caught:
        kith.read_interviews(*(tmp_path / f"{n}.csv" for n in "eat"))
    assert {(f.file, f.column) for f in caught.value.flaws} == {
        ("egos", "ego"), ("alters", "ego"), ("alters", "alter"),
        ("ties", "ego"), ("ties", "source"), ("ties", "target"),
    }  # fmt: skip


@pytest.mark.data
def test_a_real_export(real_data):
    folder = real_data("interviews/network-canvas-radar")
    read = kith.read_interviews(
        folder / "networkCanvasExport", protocol=folder / "IJE_RADAR_Protocol.netcanvas"
    )
    assert len(read.egos) == 10
    assert read.alters["Age"].dtype == pl.Int64
    assert "Gender" in read.alters.columns
    assert set(read.ties["kind"].unique()) == {"Close", "DrugTie", "SexTie"}
    found = kith.egonets.measure(read, categories="ContactFreq", numbers="Age", kind="kind")
    assert len(found) == 10
    assert found["size"].sum() == len(read.alters)
    kinds = [f"ties_{k}" for k in ("Close", "DrugTie", "SexTie")]
    told = found.select(kinds).to_numpy().sum() + found["duplicate_ties"].sum()
    assert told + found["loops"].sum() == len(read.ties)


@pytest.mark.data
@pytest.mark.parametrize(
    ("preset", "files"),
    [
        ("egoweb", ("egos_32", "alters_32", "edges_32")),
        ("openeddi", ("study_x_responses", "study_x_namedetails", "study_x_nameties")),
        ("egonet_style", ("egos_32", "alters_32", "edges_32")),
    ],
)
def test_real_tables(real_data, preset, files):
    folder = real_data(f"interviews/{preset}")
    read = kith.read_interviews(*(folder / f"{name}.csv" for name in files))
    assert len(read.egos) > 1 and len(read.ties) > 100
    found = kith.egonets.measure(read, categories="alter.sex", weight="weight")
    assert found["size"].sum() == len(read.alters)
