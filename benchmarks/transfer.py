#!/usr/bin/env python3
"""10 million rows of 3 numeric columns → an Arrow table at the client: each endpoint's rate and in-process DuckDB's.

Run it with a client's Python (py35 or py42 of `scripts/setup --where environments`); DuckDB runs in a process of its own, by
the Python of the environment `readers`:
  transfer.py grebe=sc://127.0.0.1:15002 --duckdb-python …/readers/bin/python [--rows 10000000] [--repetitions 5]
"""
import argparse
import statistics
import subprocess
import time

from pyspark.sql.connect.session import SparkSession

QUERY = "SELECT id AS a, id * 2 AS b, CAST(id AS DOUBLE) / 3 AS c FROM range({rows})"


NATIVE = """
import sys, time, duckdb
connection = duckdb.connect()
for line in sys.stdin:
    started = time.perf_counter()
    table = connection.execute(line).to_arrow_table()
    print(time.perf_counter() - started, table.num_rows, flush=True)
"""


class Native:
    """In-process DuckDB, in a Python of its own."""

    def __init__(self, python, query):
        self.query = query
        self.process = subprocess.Popen([python, "-c", NATIVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def measure(self):
        self.process.stdin.write(self.query + "\n")
        self.process.stdin.flush()
        seconds, rows = self.process.stdout.readline().split()
        return float(seconds), int(rows)


class Endpoint:
    """A Spark Connect session; to an Arrow table by whatever this client calls it."""

    def __init__(self, url, query):
        self.frame = SparkSession.builder.remote(url).create().sql(query)

    def measure(self):
        started = time.perf_counter()
        if hasattr(self.frame, "toArrow"):
            table = self.frame.toArrow()
        else:  # 3.5
            client = self.frame._session.client
            table, _ = client.to_table(self.frame._plan.to_proto(client))
        return time.perf_counter() - started, table.num_rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("endpoints", nargs="+", metavar="NAME=URL")
    parser.add_argument("--duckdb-python", required=True, help="a Python that has duckdb")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repetitions", type=int, default=5)
    arguments = parser.parse_args()
    query = QUERY.format(rows=arguments.rows)
    doors = {name: Endpoint(url, query) for name, _, url in (one.partition("=") for one in arguments.endpoints)}
    doors["duckdb"] = Native(arguments.duckdb_python, query.replace("id", "range"))
    times = {name: [] for name in doors}
    for repetition in range(arguments.repetitions + 1):
        for name, door in doors.items():
            seconds, rows = door.measure()
            if rows != arguments.rows:
                raise SystemExit(f"{name} gave {rows} rows")
            if repetition:
                times[name].append(seconds)
    native = statistics.median(times["duckdb"])
    for name, all_times in times.items():
        median = statistics.median(all_times)
        print(f"{name:12} {arguments.rows / median / 1e6:8.1f} million rows/s   {native / median:.3f} of duckdb")


if __name__ == "__main__":
    main()
