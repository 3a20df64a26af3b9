"""The 22 TPC-H queries, as SQL and as DataFrame programs, give native DuckDB's rows through Grebe.

Data by tpchgen-cli at SF 0.01. Integers, texts, dates and decimals must be equal, a decimal against a
double to one unit of its last place, doubles to 1e-9 relative; the order counts where the query fixes it.
"""
import decimal
import importlib.util
import json
import os
import pathlib
import subprocess

import pytest

os.environ.setdefault("SPARK_CONNECT_MODE_ENABLED", "1")
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
QUERIES = [f"q{n:02}" for n in range(1, 23)]
TABLES = ["customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier"]

# Reads in the environment `readers`, where native DuckDB is; prints each value as a text with its kind.
REFERENCE = """
import json, sys, duckdb
base, text = sys.argv[1], open(sys.argv[2]).read()
con = duckdb.connect()
for name in sys.argv[3:]:
    con.execute(f"CREATE VIEW {name} AS FROM read_parquet('{base}/{name}.parquet')")
rows = con.execute(text).fetchall()
print(json.dumps([[None if v is None else [type(v).__name__, str(v) if type(v) is not float else repr(v)] for v in r] for r in rows]))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A directory with the eight tables as Parquet files."""
    directory = tmp_path_factory.mktemp("tpch")
    setup = subprocess.run([ROOT / "scripts/setup", "--where", "bin/tpchgen-cli"], capture_output=True, text=True, check=True)
    command = [setup.stdout.strip(), "parquet", "-s", "0.01", f"--output-dir={directory}"]
    subprocess.run(command, check=True, capture_output=True)
    return directory


@pytest.fixture(scope="module")
def spark(remote, data):
    from pyspark.sql.connect.session import SparkSession

    SparkSession.__del__ = lambda self: None
    session = SparkSession.builder.remote(remote).create()
    for name in TABLES:
        session.read.parquet(str(data / f"{name}.parquet")).createOrReplaceTempView(name)
    yield session
    session.client.close()  # or the client calls the server once more when Python ends


@pytest.fixture(scope="module")
def reference(data):
    """Gives native DuckDB's rows of a query, computed once."""
    from places import environment

    known = {}

    def rows(name):
        if name not in known:
            file = ROOT / f"jobs/tpch/queries/{name}.sql"
            command = [environment("readers"), "-c", REFERENCE, str(data), str(file), *TABLES]
            done = subprocess.run(command, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            known[name] = json.loads(done.stdout)
        return known[name]

    return rows


def same(value, expected):
    """Compares a client's value with [kind, text] of the reference."""
    if value is None or expected is None:
        return value is None and expected is None
    kind, text = expected
    if kind == "Decimal" and isinstance(value, decimal.Decimal):
        return value == decimal.Decimal(text)
    if kind in ("float", "Decimal") or isinstance(value, (float, decimal.Decimal)):
        one, other = float(value), float(text)
        scale = -value.as_tuple().exponent if isinstance(value, decimal.Decimal) else None
        return abs(one - other) <= max(1e-9 * max(abs(one), abs(other)), 10.0**-scale if scale is not None else 0)
    return str(value).rstrip() == text.rstrip()


def sort_key(row):
    return [(cell is None, f"{float(cell):.2f}" if isinstance(cell, (float, decimal.Decimal)) else str(cell)) for cell in row]


def reference_key(row):
    def cell(value):
        return (value is None, "" if value is None else f"{float(value[1]):.2f}" if value[0] in ("float", "Decimal") else value[1])

    return [cell(value) for value in row]


def assert_same(name, rows, expected):
    ordered = "ORDER BY" in (ROOT / f"jobs/tpch/queries/{name}.sql").read_text().upper()
    rows = [tuple(row) for row in rows]
    if not ordered:
        rows, expected = sorted(rows, key=sort_key), sorted(expected, key=reference_key)
    assert len(rows) == len(expected)
    for number, (row, other) in enumerate(zip(rows, expected)):
        assert len(row) == len(other)
        assert all(map(same, row, other)), f"row {number}: {row} != {other}"


@pytest.mark.parametrize("name", QUERIES)
def test_sql(spark, reference, name):
    text = (ROOT / f"jobs/tpch/queries/{name}.sql").read_text()
    assert_same(name, spark.sql(text).collect(), reference(name))


@pytest.mark.parametrize("name", QUERIES)
def test_program(spark, reference, name):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"jobs/tpch/dataframe/{name}.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    assert_same(name, program.query(spark).collect(), reference(name))
