#!/usr/bin/env python3
"""TPC-DS on Grebe and on native DuckDB, query by query in turn → the CPU of one divided by the other's.

  tpcds.py [--binary build/grebe] [--sf 1] [--repetitions 3] [--root DIR] [--json FILE]

Data and texts are those of DuckDB's extension `tpcds`; both read the same Parquet files. DuckDB runs in a process of its
own with as many threads, its result to Arrow. Names in double quotes, DuckDB's dialect, are sent in backquotes to Grebe.
A query counts when both give the same rows; another answer, or a text that Spark's grammar refuses, is shown and makes
the exit code 1.
"""
import argparse
import json
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from places import environment  # noqa: E402

# The child: reads a JSON line (what to do), writes a JSON line.
CHILD = """
import json, os, resource, sys, time, duckdb
db = duckdb.connect(config={"extension_directory": os.environ["EXTENSIONS"], "threads": os.environ["THREADS"]})
db.execute("SET enable_progress_bar = false")
def plain(value):
    if value is None or isinstance(value, (bool, int, str)): return value
    try: return float(value)
    except (TypeError, ValueError): return str(value)
def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
for line in sys.stdin:
    text, wants_rows = json.loads(line)
    try:
        cpu, started = used(), time.perf_counter()
        table = db.execute(text).to_arrow_table()
        seconds, cpu = time.perf_counter() - started, used() - cpu
        rows = [[plain(v) for v in row.values()] for row in table.to_pylist()] if wants_rows else None
        print(json.dumps({"wall": seconds, "cpu": cpu, "count": table.num_rows, "rows": rows}), flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error).split(chr(10))[0]}), flush=True)
"""


def spark_text(text):
    """The text with its quoted names as Spark quotes them."""
    return re.sub(r'"([^"]*)"', r"`\1`", text)


class Duckdb:
    """Native DuckDB in a process of its own."""

    def __init__(self, threads=2):
        home = subprocess.run([str(ROOT / "scripts/setup"), "--where", "duckdb/extensions"], capture_output=True, text=True, check=True).stdout.strip()
        variables = {**os.environ, "EXTENSIONS": home, "THREADS": str(threads)}
        self.process = subprocess.Popen([environment("readers"), "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=variables)

    def ask(self, text, wants_rows=False):
        self.process.stdin.write(json.dumps([text, wants_rows]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"DuckDB ended during: {text[:200]}")
        return json.loads(answer)

    def rows(self, text):
        answer = self.ask(text, True)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["rows"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def queries():
    """Gives the 99 texts by number."""
    native = Duckdb()
    native.rows("LOAD tpcds")
    texts = {number: text.rstrip().rstrip(";") for number, text in native.rows("SELECT query_nr, query FROM tpcds_queries()")}
    native.close()
    return texts


def table_statements():
    """Gives CREATE TABLE statements of the 24 empty tables."""
    native = Duckdb()
    native.rows("LOAD tpcds")
    native.rows("CALL dsdgen(sf = 0)")
    columns = native.rows("SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY table_name, ordinal_position")
    native.close()
    tables = {}
    for table, name, kind in columns:
        spelled = {"VARCHAR": "STRING", "INTEGER": "INT"}.get(kind, kind)
        tables.setdefault(table, []).append(f"{name} {spelled}")
    return [f"CREATE TABLE {table} ({', '.join(listed)}) USING parquet" for table, listed in tables.items()]


def generate(directory, scale):
    """Writes each table as one Parquet file, once."""
    if (directory / "done").exists():
        return
    directory.mkdir(parents=True, exist_ok=True)
    native = Duckdb()
    native.rows("LOAD tpcds")
    native.rows(f"CALL dsdgen(sf = {scale})")
    for (table,) in native.rows("SELECT table_name FROM information_schema.tables"):
        native.rows(f"COPY {table} TO '{directory}/{table}.parquet'")
    native.close()
    (directory / "done").touch()


class Grebe:
    """A server and a session at it."""

    def __init__(self, binary, directory):
        os.environ["GREBE_BINARY"] = str(binary)
        from pyspark.sql.connect.session import SparkSession
        from server import Server

        SparkSession.__del__ = lambda self: None  # may deadlock in 3.5 when the collector runs it
        self.server = Server(directory)
        self.spark = SparkSession.builder.remote(self.server.remote).create()

    def used(self):
        """Gives the seconds of CPU of the process so far, ended threads included."""
        with open(f"/proc/{self.server.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, text, wants_rows=False):
        try:
            cpu, started = self.used(), time.perf_counter()
            client = self.spark.client
            table, _ = client.to_table(self.spark.sql(spark_text(text))._plan.to_proto(client))
            seconds, cpu = time.perf_counter() - started, self.used() - cpu
        except Exception as error:  # every failure is an outcome
            return {"error": str(error).strip().split("\n")[0]}
        rows = [[plain(v) for v in row.values()] for row in table.rename_columns([str(i) for i in range(table.num_columns)]).to_pylist()]
        return {"wall": seconds, "cpu": cpu, "count": table.num_rows, "rows": rows if wants_rows else None}


def plain(value):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)


def same(left, right):
    """Compares rows as bags; numbers to a billionth, or to a hundredth where a decimal was rounded."""
    if len(left) != len(right):
        return False

    def key(row):
        return [("" if v is None else f"{v:.1f}" if isinstance(v, float) else str(v).strip()) for v in row]

    for a, b in zip(sorted(left, key=key), sorted(right, key=key)):
        for x, y in zip(a, b):
            if isinstance(x, (int, float)) and isinstance(y, (int, float)):
                if not math.isclose(x, y, rel_tol=1e-9, abs_tol=0.01):
                    return False
            elif (x or "") != (y or ""):
                return False
    return True


def measure(grebe, native, texts, repetitions):
    results = []
    for number, text in sorted(texts.items()):
        first, other = grebe.ask(text, True), native.ask(text, True)
        status = "ok"
        if "error" in first or "error" in other:
            status = f"Grebe: {first['error']}" if "error" in first else f"DuckDB: {other['error']}"
        elif not same(first["rows"], other["rows"]):
            status = "wrong"
        line = {"query": number, "status": status, "grebe_cpu": [], "duckdb_cpu": []}
        for _ in range(repetitions if status == "ok" else 0):
            line["grebe_cpu"].append(grebe.ask(text)["cpu"])
            line["duckdb_cpu"].append(native.ask(text)["cpu"])
        results.append(line)
        shown = status
        if status == "ok" and repetitions:
            shown = "  ".join(f"{statistics.median(line[side]):8.2f} s" for side in ("grebe_cpu", "duckdb_cpu"))
        print(f"q{number:<3} {shown}"[:200], flush=True)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/grebe")
    parser.add_argument("--sf", type=float, default=1)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--root", type=pathlib.Path, default=ROOT / "grebe-data")
    parser.add_argument("--only", type=int, nargs="*", help="numbers of queries (default: all)")
    parser.add_argument("--json", type=pathlib.Path, help="file for the raw runs")
    arguments = parser.parse_args()
    try:
        import pyspark  # noqa: F401
    except ImportError:  # inside the client's environment
        os.execv(environment("py35"), [environment("py35"), *sys.argv])
    data = arguments.root.resolve() / f"tpcds/sf{arguments.sf:g}"
    generate(data, arguments.sf)
    texts = {n: text for n, text in queries().items() if not arguments.only or n in arguments.only}
    threads = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="tpcds.") as directory:
        grebe, native = Grebe(arguments.binary, directory), Duckdb(threads)
        for file in sorted(data.glob("*.parquet")):
            grebe.spark.sql(f"CREATE TEMPORARY VIEW {file.stem} AS SELECT * FROM parquet.`{file}`").collect()
            native.rows(f"CREATE VIEW {file.stem} AS SELECT * FROM read_parquet('{file}')")
        results = measure(grebe, native, texts, arguments.repetitions)
        native.close()
        grebe.server.stop()
    good = [line for line in results if line["status"] == "ok" and line["grebe_cpu"]]
    ours, theirs = (sum(statistics.median(line[side]) for line in good) for side in ("grebe_cpu", "duckdb_cpu"))
    print(f"{len(good)} of {len(results)} queries agree; CPU {ours:.1f} s against {theirs:.1f} s: {ours / theirs if theirs else math.nan:.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps({"sf": arguments.sf, "threads": threads, "results": results}, indent=1))
    os._exit(0 if len(good) == len(results) else 1)  # the 3.5 client's threads may keep the process


if __name__ == "__main__":
    main()
