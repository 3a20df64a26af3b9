"""The golden files answer the same with one thread and four, in tiny batches, without the optimizer, in process;
and under ANSI as Spark does there."""
import fnmatch
import json
import os
import re
import subprocess
import sys

import golden_file
import pytest
from compare import compare_golden
from gaps import known_gaps
from places import grebe
from server import Server

MODES = {
    "one_thread": {"GREBE_THREADS": "1"},
    "four_threads": {"GREBE_THREADS": "4"},
    "tiny_batches": {"GREBE_TEST_BATCH_BYTES": "1"},
    "no_optimizer": {"GREBE_TEST_OPTIMIZER": "off"},
}
# What a mode cannot give, and why.
EXCEPTIONS = {
    ("no_optimizer", "golden/ansi/runtime#52"): "only DuckDB's optimizer leaves out the right side of a constant AND, which here divides by zero",
}
RUNNER = golden_file.HOME.parent / "golden_run.py"


def is_gap(label):
    return any(fnmatch.fnmatchcase(label, gap["label"]) for gap in known_gaps())


def ask(tmp_path, environment, *more):
    """Runs all files and gives the outcome of each statement."""
    out = tmp_path / "outcomes.jsonl"
    with Server(tmp_path, environment=environment) as server:
        done = subprocess.run([sys.executable, RUNNER, "--remote", server.remote, "--out", out, *more], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {line["label"]: line for line in map(json.loads, open(out))}


@pytest.mark.parametrize("mode", MODES)
def test_mode(mode, tmp_path):
    outcomes = ask(tmp_path, MODES[mode])
    different = []
    for path in golden_file.files():
        for statement in golden_file.read(path)[1]:
            found = compare_golden(statement.outcome, outcomes.get(statement.label))
            if found and not is_gap(statement.label) and (mode, statement.label) not in EXCEPTIONS:
                different.append(f"{statement.label}: {statement.sql[:200]}\n    {found[0][:300]}")
    if different:
        pytest.fail(f"{len(different)} answers change in the mode {mode}\n" + "\n".join(different[:20]), pytrace=False)


def test_ansi(tmp_path):
    """Every statement with spark.sql.ansi.enabled=true; gaps of this mode are labelled `ansi/golden/…`."""
    outcomes = ask(tmp_path, {}, "--ansi")
    different, agreed = [], []
    for path in golden_file.files():
        for label, expected in golden_file.read_ansi(path).items():
            found = compare_golden(expected, outcomes.get(label))
            is_known = is_gap("ansi/" + label)
            if found and not is_known and not is_gap(label):
                different.append(f"{label}: {found[0][:300]}")
            elif not found and is_known:
                agreed.append(f"ansi/{label} agrees with Spark now: remove it from known_gaps.yaml")
    if different or agreed:
        pytest.fail(f"{len(different)} answers differ under ANSI\n" + "\n".join(different + agreed), pytrace=False)


def is_plain(value):
    """Whole numbers, texts, truth and null look the same in a JSON line of `grebe sql`."""
    return value is None or isinstance(value, (bool, int, str))


@pytest.mark.parametrize("path", golden_file.files(), ids=lambda path: str(path.relative_to(golden_file.HOME).with_suffix("")))
def test_in_process(path, tmp_path):
    """`grebe sql` stops at the first error, so statements that end in one are left out."""
    kept = [s for s in golden_file.read(path)[1] if "error" not in s.outcome and not is_gap(s.label)]
    names = {s.label: [c[0] for c in s.outcome["columns"]] for s in kept}
    script = "".join(f"SELECT '{s.label}' AS statement;\n{s.sql}\n;\n" for s in kept)
    command = [grebe(), "sql", "--warehouse", str(tmp_path / "warehouse"), "--output", "json"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"})
    rows, label = {}, None
    for line in map(json.loads, done.stdout.splitlines()):
        if set(line) == {"statement"} and line["statement"] in names:
            label = line["statement"]
            rows[label] = []
        else:
            rows[label].append(line)
    assert done.returncode == 0, f"{label}: {done.stderr[:500]}"
    for statement in kept:
        # What commands show holds places, and columns of the same name are one in JSON.
        if len(set(names[statement.label])) < len(names[statement.label]) or not re.match(r"(?i)\s*(SELECT|VALUES|WITH)\b", statement.sql):
            continue
        # Only columns whose values are written the same on both sides are compared, and the number of rows.
        columns = [i for i, _ in enumerate(names[statement.label]) if all(is_plain(row[i]) for row in statement.outcome["rows"])]
        expected = sorted(json.dumps([row[i] for i in columns]) for row in statement.outcome["rows"])
        got = sorted(json.dumps([line.get(names[statement.label][i]) for i in columns]) for line in rows[statement.label])
        assert got == expected, f"{statement.label}: {statement.sql[:300]}"
