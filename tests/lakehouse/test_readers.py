"""What Grebe wrote, read by the formats' own libraries: every column of every row is the source's."""
import json
import os
import subprocess

import pytest
from places import ROOT, environment
from server import Server
from table_rows import COLUMNS, difference, normal_rows, source

FORMATS = ("delta", "iceberg", "hudi")
HUDI = {
    "hoodie.table.name": "t",
    "hoodie.datasource.write.recordkey.field": "id",
    "hoodie.datasource.write.precombine.field": "id",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("lakehouse")) as running:
        yield running


def job(server, *steps):
    """Runs steps through a client of the server and gives the rows of the last one."""
    done = subprocess.run(
        [environment("py42"), str(ROOT / "tests/connect_job.py"), server.remote],
        input=json.dumps(steps), capture_output=True, text=True, timeout=300,
        env={**os.environ, "TZ": "UTC"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def expected(server, query):
    rows = job(server, {"query": query})
    return sorted(tuple(row[name] for name in COLUMNS) for row in rows)


def write(start, end, path, form, **more):
    options = dict(HUDI) if form == "hudi" else {}
    if more.get("partition_by") and form == "hudi":
        options["hoodie.datasource.write.partitionpath.field"] = ",".join(more["partition_by"])
    return {"write": source(start, end, form), "format": form, "path": str(path), "options": options, **more}


# ---------------------------------------------------------------- readers


def read(form, path, version=None):
    """Reads a table with the format's own library."""
    return {"delta": read_delta, "iceberg": read_iceberg, "hudi": read_hudi}[form](str(path), version)


def read_delta(path, version):
    from deltalake import DeltaTable

    table = DeltaTable(path, version=version)
    return table.to_pyarrow_table().to_pylist()


def read_iceberg(path, version):
    from pyiceberg.table import StaticTable

    metadata = [os.path.join(path, "metadata", n) for n in os.listdir(os.path.join(path, "metadata")) if n.endswith(".metadata.json")]
    newest = max(metadata, key=lambda name: (json.load(open(name))["last-updated-ms"], name))
    table = StaticTable.from_metadata(newest)
    snapshots = table.metadata.snapshots
    scan = table.scan() if version is None else table.scan(snapshot_id=snapshots[version].snapshot_id)
    return scan.to_arrow().to_pylist()


def read_hudi(path, version):
    import pyarrow as pa
    from hudi import HudiTableBuilder

    table = HudiTableBuilder.from_base_uri(path).build()
    return pa.Table.from_batches(list(table.read())).to_pylist()


# ---------------------------------------------------------------- tests


@pytest.mark.parametrize("form", FORMATS)
def test_create(server, tmp_path, form):
    path = tmp_path / "t"
    job(server, write(0, 500, path, form))
    assert difference(expected(server, source(0, 500, form)), normal_rows(read(form, path))) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_append(server, tmp_path, form):
    path = tmp_path / "t"
    job(server, write(0, 200, path, form), write(200, 350, path, form, mode="append"))
    assert difference(expected(server, source(0, 350, form)), normal_rows(read(form, path))) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_overwrite(server, tmp_path, form):
    path = tmp_path / "t"
    job(server, write(0, 200, path, form), write(1000, 1100, path, form, mode="overwrite"))
    assert difference(expected(server, source(1000, 1100, form)), normal_rows(read(form, path))) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_partitioned(server, tmp_path, form):
    path = tmp_path / "t"
    job(server, write(0, 300, path, form, partition_by=["tiny"]))
    assert difference(expected(server, source(0, 300, form)), normal_rows(read(form, path))) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_partitioned_by_awkward_text(server, tmp_path, form):
    path = tmp_path / "t"
    query = "SELECT * FROM VALUES (1, 'a b'), (2, 'c/d'), (3, 'e=f%'), (4, 'ü☕'), (5, 'x') AS v(id, word)"
    options = dict(HUDI, **{"hoodie.datasource.write.partitionpath.field": "word"}) if form == "hudi" else {}
    job(server, {"write": query, "format": form, "path": str(path), "partition_by": ["word"], "options": options})
    found = sorted((row["id"], row["word"]) for row in read(form, path))
    assert found == [(1, "a b"), (2, "c/d"), (3, "e=f%"), (4, "ü☕"), (5, "x")]


@pytest.mark.parametrize("form", ["delta", "iceberg"])
def test_an_older_version(server, tmp_path, form):
    path = tmp_path / "t"
    job(server, write(0, 50, path, form), write(50, 80, path, form, mode="append"))
    assert difference(expected(server, source(0, 50, form)), normal_rows(read(form, path, version=0))) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_grebe_reads_its_own(server, tmp_path, form):
    path = tmp_path / "t"
    job(server, write(0, 120, path, form))
    rows = job(server, {"query": "", "format": form, "path": str(path)})
    found = sorted(tuple(row[name] for name in COLUMNS) for row in rows)
    assert difference(expected(server, source(0, 120, form)), found) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_created_by_sql(server, form):
    name = f"sql_{form}"
    properties = " OPTIONS (primaryKey = 'id', preCombineField = 'id')" if form == "hudi" else ""
    job(server, {"sql": f"CREATE TABLE {name} USING {form}{properties} AS {source(0, 90, form)}"}, {"sql": f"INSERT INTO {name} {source(90, 120, form)}"})
    rows = job(server, {"query": f"SELECT {', '.join(COLUMNS)} FROM {name}"})
    found = sorted(tuple(row[name] for name in COLUMNS) for row in rows)
    assert difference(expected(server, source(0, 120, form)), found) == ""


def test_hudi_upsert(server, tmp_path):
    path = tmp_path / "t"
    upsert = write(50, 150, path, "hudi", mode="append")
    upsert["write"] = f"SELECT * REPLACE_ME FROM ({source(50, 150, 'hudi')})".replace("* REPLACE_ME", ", ".join("concat('new ', id) AS word" if c == "word" else c for c in COLUMNS))
    upsert["options"]["hoodie.datasource.write.operation"] = "upsert"
    job(server, write(0, 100, path, "hudi"), upsert)
    words = {row["id"]: row["word"] for row in read("hudi", path)}
    assert len(words) == 150
    assert all(words[n] == f"new {n}" for n in range(50, 150))
    assert words[2] == "naïve ☕ '2"


def test_delta_checkpoints(server, tmp_path):
    path = tmp_path / "t"
    job(server, write(0, 10, path, "delta"), *[write(n * 10, n * 10 + 10, path, "delta", mode="append") for n in range(1, 14)])
    assert any(n.endswith(".checkpoint.parquet") for n in os.listdir(path / "_delta_log"))
    assert difference(expected(server, source(0, 140)), normal_rows(read("delta", path))) == ""
