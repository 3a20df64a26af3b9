#!/usr/bin/env python3
"""The libFuzzer binaries of build/fuzz, seeded by the golden files → minutes of hunting, and what they found.

    scripts/fuzz.py [--seconds 600] [--only parser|types|plan|analyzer …]

`make fuzz` builds them first. Corpora stay in build/fuzz/corpus, so that a later hunt goes on where this one ended; an
input that crashed lies in build/fuzz/findings. The exit code is 1 when there is one.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/fuzz"
TARGETS = ("parser", "types", "plan", "analyzer")
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/fuzz")]

import golden_file  # noqa: E402
from places import environment  # noqa: E402


def statements():
    return [s.sql for path in golden_file.files() if "edge" not in path.parts for s in golden_file.read(path)[1]]


def type_texts():
    """Gives the types of all recorded columns, as DDL and inside JSON, and what else a type may be."""
    found = {"a INT, b STRING NOT NULL COMMENT 'x'", "`a b` BIGINT, c CHAR(3)", "INTERVAL YEAR TO MONTH", "x TIMESTAMP_LTZ, y VOID"}
    for path in golden_file.files():
        for statement in golden_file.read(path)[1]:
            found |= {column[1] for column in statement.outcome.get("columns", [])}
    field = {"name": "a", "type": "integer", "nullable": True, "metadata": {}}
    found |= {json.dumps({"type": "struct", "fields": [field, {**field, "type": {"type": "array", "elementType": "string", "containsNull": False}}]})}
    found |= {json.dumps({"type": "map", "keyType": "decimal(10,2)", "valueType": "interval day to second", "valueContainsNull": True})}
    return sorted(found)


def plan_bytes():
    """Gives plans as the 4.2 client makes them; a server answers what the client asks while it does."""
    import plans
    from pyspark.sql.connect.proto import base_pb2
    from server import Server

    with tempfile.TemporaryDirectory(prefix="fuzz.") as directory, Server(directory) as server:
        made = [plan.SerializeToString() for plan in plans.plans(server.remote)]
    for sql in statements()[::7]:
        plan = base_pb2.Plan()
        plan.root.sql.query = sql
        made.append(plan.SerializeToString())
    return made


def seed(target):
    """Writes the seeds of a target once, and gives the folder of its corpus."""
    corpus = BUILD / "corpus" / target
    if not corpus.exists():
        inputs = {"types": type_texts, "plan": plan_bytes}.get(target, statements)()
        corpus.mkdir(parents=True)
        for number, content in enumerate(inputs):
            (corpus / f"seed{number:05}").write_bytes(content if isinstance(content, bytes) else content.encode())
    return corpus


def dictionary():
    """Writes the words of the grammar and the names of functions and of the catalog's columns."""
    words = set(re.findall(r'\{"([A-Z_]+)", TokenKind', (ROOT / "src/parse/sql/keyword.cc").read_text()))
    words |= {name for name in json.loads((ROOT / "src/functions/descriptions.json").read_text()) if name.isidentifier()}
    words |= {"t1", "t2", "t3", "a", "b", "s", "ts", "arr", "st", "<=>", "->", "=>", "::", "0x", "1e400", "1.5BD", "'x'", "`"}
    path = BUILD / "words.dict"
    path.write_text("".join(f"{json.dumps(' ' + word)}\n" for word in sorted(words)))
    return path


def hunt(target, seconds):
    """Runs one binary until the time is over or something is found; gives the files of findings."""
    findings = BUILD / "findings" / target
    findings.mkdir(parents=True, exist_ok=True)
    before = set(findings.iterdir())
    command = [
        str(BUILD / f"fuzz_{target}"), f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=3000", "-max_len=4000", f"-artifact_prefix={findings}/",
        "-print_final_stats=1", *([f"-dict={dictionary()}"] if target != "plan" else []), str(seed(target)),
    ]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    runs = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    print(f"{target}: {runs.group(1) if runs else '?'} inputs in {seconds} s, exit code {done.returncode}", flush=True)
    found = sorted(set(findings.iterdir()) - before)
    if done.returncode != 0:
        print("\n".join(done.stderr.splitlines()[-60:]), flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--only", nargs="*", choices=TARGETS, default=TARGETS)
    options = parser.parse_args()
    if os.environ.get("GREBE_FUZZ_PYTHON") != "1":  # the plans are made by the 4.2 client
        os.execve(environment("py42"), [environment("py42"), *sys.argv], {**os.environ, "GREBE_FUZZ_PYTHON": "1"})
    found = [path for target in options.only for path in hunt(target, options.seconds)]
    for path in found:
        print(f"found: {path}: {path.read_bytes()[:300]!r}")
    sys.stdout.flush()
    os._exit(1 if found else 0)  # the client's threads may keep the process


if __name__ == "__main__":
    main()
