"""Every statement of the golden files must answer as Spark 3.5.7 did."""
import json
import subprocess
import sys

import golden_file
import pytest

STATEMENTS = {s.label: s for path in golden_file.files() for s in golden_file.read(path)[1]}


@pytest.fixture(scope="module")
def outcomes(remote, tmp_path_factory):
    """Runs all files in one process and gives the outcome of each statement."""
    out = tmp_path_factory.mktemp("golden") / "outcomes.jsonl"
    script = golden_file.HOME.parent / "golden_run.py"
    done = subprocess.run([sys.executable, script, "--remote", remote, "--out", out], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {line["label"]: line for line in map(json.loads, open(out))}


@pytest.mark.parametrize("label", STATEMENTS)
def test_statement(label, outcomes):
    from compare import compare_golden
    from gaps import judge

    statement = STATEMENTS[label]
    assert statement.outcome is not None, "record it: scripts/record_spark.py golden"
    differences = compare_golden(statement.outcome, outcomes.get(label))
    judge(label, [statement.sql, *differences] if differences else [])
