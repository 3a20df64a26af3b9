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
    "hoodie.datasource.write.precombine.field": "large",
    "hoodie.write.auto.upgrade": "false",
    "hoodie.write.table.version": "6",
    "hoodie.metadata.enable": "false",
}
# Which real Spark knows the format: all three extensions in one server disturb each other.
FORMATS = [("lake", "parquet"), ("lake", "delta"), ("lake", "iceberg"), ("hudi", "hudi")]


@pytest.fixture(scope="module")
def grebe(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("interop")) as running:
        yield running.remote


@pytest.fixture(scope="module")
def spark(request, tmp_path_factory):
    """A real Spark with the table formats of one kind."""
    with start_oracle(request.param, tmp_path_factory.mktemp(request.param)) as remote:
        yield remote


def job(remote, *steps):
    done = subprocess.run(
        [environment("py35"), str(ROOT / "tests/connect_job.py"), remote],
        input=json.dumps(steps), capture_output=True, text=True, timeout=600,
        env={**os.environ, "TZ": "UTC"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    rows = json.loads(done.stdout)
    return rows and sorted(tuple(row[name] for name in COLUMNS) for row in rows)


def options(form):
    return dict(HUDI) if form == "hudi" else {}


def write(start, end, path, form, **more):
    return {"write": source(start, end), "format": form, "path": str(path), "options": options(form), **more}


def load(path, form):
    return {"query": "", "format": form, "path": str(path)}


@pytest.mark.parametrize("spark, form", FORMATS, indirect=["spark"])
@pytest.mark.parametrize("partitioned", [False, True], ids=["plain", "partitioned"])
@pytest.mark.parametrize("direction", ["grebe to spark", "spark to grebe"])
def test_exchange(grebe, spark, tmp_path, form, partitioned, direction):
    writer, reader = (grebe, spark) if direction == "grebe to spark" else (spark, grebe)
    path = tmp_path / "t"
    more = {"partition_by": ["tiny"]} if partitioned else {}
    job(writer, write(0, 200, path, form, **more), write(200, 300, path, form, mode="append", **more))
    assert difference(job(spark, {"query": source(0, 300)}), job(reader, load(path, form))) == ""


@pytest.mark.parametrize("spark, form", [("lake", "delta"), ("hudi", "hudi")], indirect=["spark"])
def test_both_write_to_one_table(grebe, spark, tmp_path, form):
    path = tmp_path / "t"
    job(grebe, write(0, 100, path, form))
    job(spark, write(100, 200, path, form, mode="append"))
    job(grebe, write(200, 300, path, form, mode="append"))
    whole = job(spark, {"query": source(0, 300)})
    assert difference(whole, job(spark, load(path, form))) == ""
    assert difference(whole, job(grebe, load(path, form))) == ""


@pytest.mark.parametrize("spark", ["lake"], indirect=True)
def test_the_source_is_the_same_on_both(grebe, spark):
    assert difference(job(spark, {"query": source(0, 300)}), job(grebe, {"query": source(0, 300)})) == ""
