"""Tables exchanged with a real Spark 3.5.7 in both directions: every column of every row agrees.

Needs a JDK 17; slow, so it runs by name only (make interop).
"""
import json
import os
import subprocess

import pytest
from places import ROOT, environment, start_oracle
from server import Server
from table_rows import COLUMNS, difference, source

HUDI = {
    "hoodie.table.name": "t",
    "hoodie.datasource.write.recordkey.field": "id",
    "hoodie.datasource.write.precombine.field": "id",
    "hoodie.write.auto.upgrade": "false",
    "hoodie.write.table.version": "6",
    "hoodie.metadata.enable": "false",
}
# Which real Spark knows the format: all three extensions in one server disturb each other.
FORMATS = [("lake", "parquet"), ("lake", "delta"), ("lake", "iceberg"), ("hudi", "hudi")]


class Engine:
    """Something with a Spark Connect address that writes and reads tables at a path."""

    def __init__(self, remote, iceberg_home=None):
        self.remote, self.iceberg_home = remote, iceberg_home

    def job(self, *steps):
        """Runs steps and gives the rows of the last one, sorted."""
        done = subprocess.run(
            [environment("py35"), str(ROOT / "tests/connect_job.py"), self.remote],
            input=json.dumps(steps), capture_output=True, text=True, timeout=600,
            env={**os.environ, "TZ": "UTC"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        rows = json.loads(done.stdout)
        return rows and sorted(tuple(row[name] for name in COLUMNS) for row in rows)

    def write(self, start, end, path, form, mode="error", partition_by=()):
        """Writes the rows start … end - 1 and gives the directory in which the table lies."""
        if form == "iceberg" and self.iceberg_home:  # a real Spark wants a name in a catalog
            name = f"ice.db.{path.parent.name}_{path.name}".replace("-", "_")
            layout = f"PARTITIONED BY ({', '.join(partition_by)}) " if partition_by else ""
            text = f"CREATE TABLE {name} USING iceberg {layout}AS " if mode == "error" else f"INSERT INTO {name} "
            self.job({"sql": text + source(start, end, form)})
            return self.iceberg_home / "db" / name.split(".")[-1]
        options = dict(HUDI) if form == "hudi" else {}
        if form == "hudi" and partition_by:
            options["hoodie.datasource.write.partitionpath.field"] = ",".join(partition_by)
        self.job({"write": source(start, end, form), "format": form, "path": str(path), "mode": mode, "options": options, "partition_by": list(partition_by)})
        return path

    def read(self, path, form):
        if form == "iceberg" and self.iceberg_home:  # a table without a catalog is a metadata file
            files = list((path / "metadata").glob("*.metadata.json"))
            path = max(files, key=lambda file: (json.loads(file.read_text())["last-updated-ms"], file.name))
        return self.job({"query": "", "format": form, "path": str(path)})

    def source(self, start, end, form):
        return self.job({"query": source(start, end, form)})


@pytest.fixture(scope="module")
def grebe(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("interop")) as running:
        yield Engine(running.remote)


@pytest.fixture(scope="module")
def spark(request, tmp_path_factory):
    """A real Spark with the table formats of one kind."""
    home = tmp_path_factory.mktemp(request.param)
    with start_oracle(request.param, home) as remote:
        yield Engine(remote, home / "iceberg")


@pytest.mark.parametrize("spark, form", FORMATS, indirect=["spark"])
@pytest.mark.parametrize("partition_by", [(), ("tiny",)], ids=["plain", "partitioned"])
@pytest.mark.parametrize("direction", ["grebe to spark", "spark to grebe"])
def test_exchange(grebe, spark, tmp_path, form, partition_by, direction):
    writer, reader = (grebe, spark) if direction == "grebe to spark" else (spark, grebe)
    writer.write(0, 200, tmp_path / "t", form, partition_by=partition_by)
    lies = writer.write(200, 300, tmp_path / "t", form, mode="append", partition_by=partition_by)
    assert difference(spark.source(0, 300, form), reader.read(lies, form)) == ""


@pytest.mark.parametrize("spark, form", [("lake", "delta"), ("hudi", "hudi")], indirect=["spark"])
def test_both_write_to_one_table(grebe, spark, tmp_path, form):
    path = tmp_path / "t"
    grebe.write(0, 100, path, form)
    spark.write(100, 200, path, form, mode="append")
    grebe.write(200, 300, path, form, mode="append")
    whole = spark.source(0, 300, form)
    assert difference(whole, spark.read(path, form)) == ""
    assert difference(whole, grebe.read(path, form)) == ""


@pytest.mark.parametrize("spark", ["lake"], indirect=True)
def test_the_source_is_the_same_on_both(grebe, spark):
    assert difference(spark.source(0, 300, "delta"), grebe.source(0, 300, "delta")) == ""
