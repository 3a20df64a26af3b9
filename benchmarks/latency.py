#!/usr/bin/env python3
"""Spark Connect endpoints → the median latency of the smallest queries, interleaved, in milliseconds.

Run it with a client's Python, for example that of `scripts/setup --where environments`/py35:
  latency.py grebe=sc://127.0.0.1:15002 other=sc://127.0.0.1:50051 [--repetitions 500]
"""
import argparse
import statistics
import time

from pyspark.sql.connect.session import SparkSession

QUERIES = {
    "spark.range(1).collect()": lambda spark: spark.range(1).collect(),
    "SELECT 1": lambda spark: spark.sql("SELECT 1").collect(),
}
WARM_UP = 30


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("endpoints", nargs="+", metavar="NAME=URL")
    parser.add_argument("--repetitions", type=int, default=500)
    arguments = parser.parse_args()
    sessions = {
        name: SparkSession.builder.remote(url).create()
        for name, _, url in (endpoint.partition("=") for endpoint in arguments.endpoints)
    }
    for label, query in QUERIES.items():
        times = {name: [] for name in sessions}
        for repetition in range(-WARM_UP, arguments.repetitions):
            for name, spark in sessions.items():
                started = time.perf_counter()
                query(spark)
                if repetition >= 0:
                    times[name].append((time.perf_counter() - started) * 1000)
        for name, all_times in times.items():
            quartiles = statistics.quantiles(all_times, n=20)
            print(f"{label:26} {name:12} median {statistics.median(all_times):7.2f} ms   p5 {quartiles[0]:7.2f}   p95 {quartiles[-1]:7.2f}")


if __name__ == "__main__":
    main()
