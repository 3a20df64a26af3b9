"""What a PySpark user does in the first hour: every step must answer as Spark 3.5.7 did.

Runs in the environment of the client that it tests. `expected.jsonl` is written by
scripts/record_spark.py only; `client_differences.yaml` says where the two clients see different things.
"""
import json
import os
import pathlib
import subprocess
import sys

import pytest
import yaml

HERE = pathlib.Path(__file__).resolve().parent
CLIENT = os.environ.get("GREBE_ENVIRONMENT") or ("py42" if "py42" in sys.prefix else "py35")
EXPECTED = {line["step"]: line for line in map(json.loads, open(HERE / "expected.jsonl"))}
DIFFERENCES = yaml.safe_load(open(HERE / "client_differences.yaml")) or {}


def steps_of_this_client():
    return [name for name, line in EXPECTED.items() if CLIENT in line.get("clients", [CLIENT])]


def expected_by(client, name):
    """Gives Spark's answer as this client shows it."""
    line = EXPECTED[name]
    if client == "py42" and name in DIFFERENCES.get("shown_differently", {}):
        return line["with_py42"]
    return line


@pytest.fixture(scope="module")
def outcomes(remote, tmp_path_factory):
    """Runs all steps in one process and gives the outcome of each."""
    scratch = tmp_path_factory.mktemp("first_hour")
    out = scratch / "outcomes.jsonl"
    command = [sys.executable, HERE / "run.py", "--remote", remote, "--root", scratch / "files", "--out", out]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {line["step"]: line for line in map(json.loads, open(out))}


@pytest.mark.parametrize("name", steps_of_this_client())
def test_step(name, outcomes):
    from compare import compare
    from gaps import judge

    judge(f"first_hour/{CLIENT}/{name}", compare(expected_by(CLIENT, name), outcomes.get(name), CLIENT))
