#!/usr/bin/env python3
"""A built Grebe → milliseconds to parse, analyze and emit `SELECT 1` and the longest TPC-DS text, against their limits.

  stages.py [--binary build/grebe] [--passes 200]

The tables are empty and the texts DuckDB's own (extension `tpcds`), so this needs the environment `readers` of
`scripts/setup`. The exit code is 1 when a limit is exceeded or a text is refused.
"""
import argparse
import re
import subprocess
import sys
import tempfile

from tpcds import ROOT, queries, table_statements

LIMITS = {"SELECT 1": 0.3, "the longest TPC-DS text": 8.0}


def total(binary, warehouse, text, passes):
    command = [binary, "explain", "--time", str(passes), "--warehouse", warehouse, text]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"refused: {done.stderr.strip()[:500]}")
    print(done.stdout.strip())
    return float(re.search(r"total ([\d.]+)", done.stdout).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build/grebe"))
    parser.add_argument("--passes", type=int, default=200)
    arguments = parser.parse_args()
    texts = {"SELECT 1": "SELECT 1", "the longest TPC-DS text": max(queries().values(), key=len)}
    exceeded = False
    with tempfile.TemporaryDirectory(prefix="stages.") as warehouse:
        statements = ";\n".join(table_statements())
        subprocess.run([arguments.binary, "sql", "--warehouse", warehouse], input=statements, text=True, check=True, stdout=subprocess.DEVNULL)
        for name, text in texts.items():
            print(f"{name} ({len(text)} characters): ", end="", flush=True)
            seen = total(arguments.binary, warehouse, text, arguments.passes)
            exceeded = exceeded or seen > LIMITS[name]
            print(f"  limit {LIMITS[name]} ms: {'exceeded' if seen > LIMITS[name] else 'kept'}")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
