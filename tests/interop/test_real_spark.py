"""Tables exchanged with a real Spark 3.5.7 in both directions: every column of every row agrees.

One engine begins a table, then both write to it in turn: create, append, append, overwrite, append. After
each write both read it, and in the end both read every older state. Needs a JDK 17; slow, so it runs by name
only (make interop).
"""
import contextlib
import dataclasses
import json
import os
import pathlib
import re

import pytest
from places import start_oracle
from server import Server

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
os.environ["TZ"] = "UTC"

import connect_job  # noqa: E402
from table_rows import difference, source  # noqa: E402

HUDI = {
    "hoodie.table.name": "t",
    "hoodie.datasource.write.recordkey.field": "id",
    "hoodie.datasource.write.precombine.field": "id",
    "hoodie.write.auto.upgrade": "false",
    "hoodie.write.table.version": "6",
    "hoodie.metadata.enable": "false",
}
# Which real Spark knows the format: all three extensions in one server disturb each other.
FORMATS = [("lake", "delta"), ("lake", "iceberg"), ("hudi", "hudi")]
LAYOUTS = pytest.mark.parametrize("partition_by", [(), ("tiny",)], ids=["plain", "partitioned"])

# Values that are awkward in the name of a folder, and nulls.
AWKWARD = """
SELECT CAST(id AS BIGINT) AS id, CAST(id AS INT) AS whole,
  CASE id % 6 WHEN 0 THEN NULL WHEN 1 THEN 'a b' WHEN 2 THEN 'c/d=e' WHEN 3 THEN 'ü☕' WHEN 4 THEN '100%25' ELSE 'x:y#z' END AS word,
  CASE id % 3 WHEN 0 THEN NULL ELSE date_add(DATE'1969-12-31', CAST(id % 3 AS INT)) END AS day,
  id % 2 = 0 AS flag, CASE id % 3 WHEN 0 THEN NULL ELSE CAST(id % 3 * -1.50 AS DECIMAL(12,2)) END AS price,
  CASE id % 3 WHEN 0 THEN NULL ELSE timestamp_micros(id % 3 * 86400000123L) END AS at
FROM range({start}, {end})
"""


@dataclasses.dataclass
class Table:
    """A table of a format; a real Spark knows Iceberg's by a name in a catalog of its own."""

    form: str
    path: pathlib.Path
    name: str = ""
    partition_by: tuple = ()

    def states(self):
        """Gives the options that read each state, oldest first."""
        if self.form == "delta":
            versions = sorted(int(file.stem) for file in (self.path / "_delta_log").glob("*.json"))
            return [{"versionAsOf": str(version)} for version in versions]
        if self.form == "iceberg":
            snapshots = json.loads(newest_metadata(self.path).read_text())["snapshots"]
            return [{"snapshot-id": str(snapshot["snapshot-id"])} for snapshot in snapshots]
        instants = sorted(match[1] for file in (self.path / ".hoodie").iterdir() if (match := re.match(r"(\d+)\.(commit|replacecommit)$", file.name)))
        return [{"as.of.instant": instant} for instant in instants]


def newest_metadata(path):
    files = (path / "metadata").glob("*.metadata.json")
    return max(files, key=lambda file: (json.loads(file.read_text())["last-updated-ms"], file.name))


class Engine:
    """Something with a Spark Connect address that writes and reads tables."""

    def __init__(self, remote, home=None):
        from pyspark.sql.connect.session import SparkSession

        self.home = home  # of a real Spark
        self.session = SparkSession.builder.remote(remote).create()
        self.session.conf.set("spark.sql.session.timeZone", "UTC")

    def rows(self, frame):
        names = [name for name in frame.columns if not name.startswith("_hoodie_")]
        plain = (connect_job.plain(row) for row in frame.select(*names).collect())
        return sorted(tuple(connect_job.text(row[name]) for name in names) for row in plain)

    def run(self, query):
        return self.rows(self.session.sql(query))

    def write(self, query, table, mode):
        if table.form == "iceberg" and self.home:
            layout = f"PARTITIONED BY ({', '.join(table.partition_by)}) " if table.partition_by else ""
            words = {"error": f"CREATE TABLE {table.name} USING iceberg {layout}AS ", "append": f"INSERT INTO {table.name} ", "overwrite": f"INSERT OVERWRITE {table.name} "}
            self.session.sql(words[mode] + query).collect()
            return
        options = dict(HUDI) if table.form == "hudi" else {}
        if table.form == "hudi" and mode == "overwrite":
            options["hoodie.datasource.write.operation"] = "insert_overwrite_table"
        if table.form == "hudi" and table.partition_by:
            options["hoodie.datasource.write.partitionpath.field"] = ",".join(table.partition_by)
            options["hoodie.datasource.write.partitionpath.urlencode"] = "true"  # or Spark fails on a colon
        if table.form == "hudi" and mode == "overwrite":
            mode = "append"  # the save mode would drop a Hudi table and its history
        writer = self.session.sql(query).write.format(table.form).mode(mode).options(**options)
        if table.partition_by:
            writer = writer.partitionBy(*table.partition_by)
        writer.save(str(table.path))

    def read(self, table, state=None):
        reader = self.session.read.format(table.form).options(**(state or {}))
        by_name = table.form == "iceberg" and self.home
        return self.rows(reader.load(table.name if by_name else str(table.path)))


@pytest.fixture(scope="module")
def grebe(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("interop")) as running:
        yield Engine(running.remote)


class Oracles:
    """At most one real Spark, of the kind that was asked for last: each takes two gigabytes."""

    def __init__(self, factory):
        self.factory, self.kind, self.engine, self.running = factory, None, None, contextlib.ExitStack()

    def get(self, kind):
        if kind != self.kind:
            self.running.close()
            home = self.factory.mktemp(kind)
            remote = self.running.enter_context(start_oracle(kind, home))
            self.kind, self.engine = kind, Engine(remote, home)
        return self.engine


@pytest.fixture(scope="module")
def oracles(tmp_path_factory):
    started = Oracles(tmp_path_factory)
    with started.running:
        yield started


@pytest.fixture
def spark(request, oracles):
    """A real Spark with the table formats of one kind."""
    return oracles.get(request.param)


@pytest.fixture
def table(spark, tmp_path, form, partition_by):
    if form != "iceberg":
        return Table(form, tmp_path / "t", partition_by=partition_by)
    name = re.sub(r"\W", "_", tmp_path.name)
    return Table(form, spark.home / "iceberg" / "db" / name, f"ice.db.{name}", partition_by)


@LAYOUTS
@pytest.mark.parametrize("first", ["grebe", "spark"])
@pytest.mark.parametrize("spark, form", FORMATS, indirect=["spark"])
def test_both_write_to_one_table(grebe, spark, table, form, first):
    turns = [grebe, spark] if first == "grebe" else [spark, grebe]
    writes = [("error", 0, 100), ("append", 100, 150), ("append", 150, 200), ("overwrite", 1000, 1060), ("append", 1060, 1080), ("overwrite", 1080, 1100)]
    expected, states = [], []
    for n, (mode, start, end) in enumerate(writes):
        turns[n % 2].write(source(start, end, form), table, mode)
        written = spark.run(source(start, end, form))
        expected = sorted((expected if mode == "append" else []) + written)
        states.append(expected)
        for reader in (grebe, spark):
            assert difference(expected, reader.read(table)) == "", f"after write {n}, {mode}"
    options = table.states()
    assert len(options) == len(states)
    for n, (option, state) in enumerate(zip(options, states)):
        for reader in (grebe, spark):
            assert difference(state, reader.read(table, option)) == "", f"state {n}, {option}"


# A real Spark reads null for the timestamps by which a Hudi table is partitioned, its own ones too.
@pytest.mark.parametrize("writer", ["grebe", "spark"])
@pytest.mark.parametrize("spark, form, partition_by", [(*kind, columns) for kind in FORMATS for columns in (("word",), ("day", "flag"), ("price",), ("at",)) if (*kind, *columns) != ("hudi", "hudi", "at")], indirect=["spark"])
def test_awkward_partitions(grebe, spark, table, form, writer):
    query = AWKWARD.format(start=0, end=30)
    expected = spark.run(query)
    {"grebe": grebe, "spark": spark}[writer].write(query, table, "error")
    assert difference(expected, grebe.read(table)) == ""
    assert difference(expected, spark.read(table)) == ""


@pytest.mark.parametrize("spark, form, partition_by", [("lake", "delta", ())], indirect=["spark"])
@pytest.mark.parametrize("writer", ["grebe", "spark"])
def test_small_integers_and_local_times(grebe, spark, table, writer):
    query = "SELECT id, CAST(id AS TINYINT) AS tiny, CAST(id * 100 AS SMALLINT) AS small, CAST(timestamp_micros(id * 1000001) AS TIMESTAMP_NTZ) AS local, array(CAST(id AS TINYINT)) AS list FROM range(100)"
    expected = spark.run(query)
    {"grebe": grebe, "spark": spark}[writer].write(query, table, "error")
    {"grebe": spark, "spark": grebe}[writer].write(query, table, "append")
    assert difference(sorted(expected * 2), grebe.read(table)) == ""
    assert difference(sorted(expected * 2), spark.read(table)) == ""


@pytest.mark.parametrize("spark", ["lake"], indirect=True)
def test_the_source_is_the_same_on_both(grebe, spark):
    assert difference(spark.run(source(0, 300)), grebe.run(source(0, 300))) == ""
