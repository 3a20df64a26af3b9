#!/usr/bin/env python3
"""A real Spark 3.5.7 → the expected answers under tests/ (first-hour steps and golden files), and what
DESCRIBE FUNCTION EXTENDED says of each function.

    scripts/record_spark.py first-hour [--remote sc://host:port]
    scripts/record_spark.py golden [FILE …] [--ansi] [--remote sc://host:port]
    scripts/record_spark.py functions [--remote sc://host:port]

Without --remote a Spark is started (scripts/oracle). Nothing else may write these answers. Spark
Connect 3.5 tells a client only the text of an error; its SQLSTATE, parameters and fragments are asked
of the same Spark through a classic session, which needs a JDK 17.
"""
import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
sys.path.insert(0, str(TESTS))

import golden_file  # noqa: E402
from compare import compare  # noqa: E402
from places import environment, java_home, start_oracle  # noqa: E402

EXPECTED = TESTS / "first_hour/expected.jsonl"
DESCRIPTIONS = ROOT / "src/functions/descriptions.json"
DETAILS = ("condition", "sql_state", "parameters", "context")


def run(client, script, *arguments):
    """Runs a test script inside a client's environment."""
    variables = {**os.environ, "JAVA_HOME": java_home(), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([environment(client), str(script), *map(str, arguments)], check=True, env=variables)


def lines(path):
    with open(path) as file:
        return {line["step"]: line for line in map(json.loads, file)}


def with_details(outcome, classic):
    """Adds to an error what only a classic session tells, if it is the same error."""
    error, other = outcome.get("error"), (classic or {}).get("error")
    if not error or not other:
        return outcome
    same_condition = "condition" in error and error["condition"] == other.get("condition")
    if not same_condition and ("condition" in error or error["class"] != other["class"]):
        return outcome
    return {**outcome, "error": {**error, **{key: other[key] for key in DETAILS if key in other}}}


def record_first_hour(remote, only):
    script = TESTS / "first_hour/run.py"
    with tempfile.TemporaryDirectory(prefix="record.") as scratch:
        def outcomes(name):
            return os.path.join(scratch, f"{name}.jsonl")

        seen = {}
        for name, client, more in (
            ("py35", "py35", ["--remote", remote]),
            ("py42", "py42", ["--remote", remote, "--older"]),
            ("classic", "py35", ["--failed", outcomes("py35")]),
        ):
            run(client, script, "--only", only, "--root", os.path.join(scratch, "files"), "--out", outcomes(name), *more)
            seen[name] = lines(outcomes(name))
            print(f"recorded {len(seen[name])} steps with {name}", flush=True)
    write_first_hour(seen, only)


def write_first_hour(seen, only):
    """Writes one line a step; prints where the two clients were told different things."""
    different = []
    kept = lines(EXPECTED) if only else {}
    with open(EXPECTED, "w") as file:
        for name in sorted({**kept, **seen["py35"], **seen["py42"]}):
            if name not in seen["py35"] and name not in seen["py42"]:
                print(json.dumps(kept[name], sort_keys=True, ensure_ascii=False), file=file)
                continue
            primary = seen["py35"].get(name)
            if primary is None:
                primary, other = {**seen["py42"][name], "clients": ["py42"]}, None
            else:
                other = seen["py42"].get(name)
                if other is None:
                    primary = {**primary, "clients": ["py35"]}
            line = with_details(primary, seen["classic"].get(name))
            if other is not None and compare(primary, other, "py35"):
                different.append((name, compare(primary, other, "py35")[0]))
                line["with_py42"] = {k: v for k, v in with_details(other, seen["classic"].get(name)).items() if k not in ("step", "seconds")}
            line.pop("seconds", None)
            print(json.dumps(line, sort_keys=True, ensure_ascii=False), file=file)
    for name, why in different:
        print(f"the clients differ: {name}: {why[:300]!r}")


def record_golden(remote, files, ansi):
    """Rewrites golden files with Spark's answers; with `ansi`, those beside them that ANSI changes."""
    paths = [pathlib.Path(f).resolve() for f in files] or golden_file.files()
    script = TESTS / "golden_run.py"
    seen = []
    with tempfile.TemporaryDirectory(prefix="record.") as scratch:
        for name, more in (("connect", ["--remote", remote]), ("classic", ["--root", scratch])):
            out = os.path.join(scratch, f"{name}.jsonl")
            run("py35", script, *more, "--out", out, *(["--ansi"] if ansi else []), *paths)
            with open(out) as file:
                seen.append({line.pop("label"): line for line in map(json.loads, file)})
    count = 0
    for path in paths:
        header, statements = golden_file.read(path)
        outcomes = {s.label: with_details(seen[0][s.label], seen[1].get(s.label)) for s in statements}
        count += len(outcomes)
        if ansi:
            golden_file.write_ansi(path, outcomes)
            continue
        for statement in statements:
            statement.outcome = outcomes[statement.label]
        golden_file.write(path, header, statements)
    print(f"recorded {count} statements in {len(paths)} files")


DESCRIBE_FUNCTIONS = """
import json, os, sys
from pyspark.sql.connect.session import SparkSession
spark = SparkSession.builder.remote(sys.argv[1]).create()
PARTS = {"Function: ": None, "Class: ": "class", "Usage: ": "usage", "Extended Usage:": "extended"}
described = {}
for (name,) in spark.sql("SHOW SYSTEM FUNCTIONS").collect():
    entry = described[name] = {}
    for (line,) in spark.sql(f"DESCRIBE FUNCTION EXTENDED `{name}`").collect():
        prefix = next(p for p in PARTS if line.startswith(p))
        if PARTS[prefix]:
            entry[PARTS[prefix]] = line[len(prefix):]
json.dump(described, open(sys.argv[2], "w"), indent=1, sort_keys=True, ensure_ascii=False)
print(f"recorded {len(described)} functions", flush=True)
os._exit(0)
"""


def record_functions(remote):
    """Writes name → class, usage, extended usage of every built-in function."""
    with tempfile.TemporaryDirectory(prefix="record.") as scratch:
        script = pathlib.Path(scratch) / "describe_functions.py"
        script.write_text(DESCRIBE_FUNCTIONS)
        run("py35", script, remote, DESCRIPTIONS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["first-hour", "golden", "functions"])
    parser.add_argument("files", nargs="*", help="golden files (default: all)")
    parser.add_argument("--only", default="", help="regular expression over first-hour steps (default: all)")
    parser.add_argument("--ansi", action="store_true", help="golden: under spark.sql.ansi.enabled=true, beside the files")
    parser.add_argument("--remote", help="a Spark 3.5.7 Connect server that runs already")
    options = parser.parse_args()
    with contextlib.nullcontext(options.remote) if options.remote else start_oracle("spark") as remote:
        if options.what == "first-hour":
            record_first_hour(remote, options.only)
        elif options.what == "functions":
            record_functions(remote)
        else:
            record_golden(remote, options.files, options.ansi)


if __name__ == "__main__":
    main()
