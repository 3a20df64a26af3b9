"""SQL statements and options about lakehouse tables, and that nothing which Grebe cannot do is left out in silence."""
import json
import os
import subprocess

import pytest
from places import grebe

FORMATS = ("delta", "iceberg", "hudi")


class Shell:
    """`grebe sql` on one warehouse."""

    def __init__(self, directory):
        self.directory = directory

    def run(self, *statements):
        return subprocess.run([grebe(), "sql", "--warehouse", str(self.directory / "warehouse"), "--output", "json", "; ".join(statements)], cwd=self.directory, capture_output=True, text=True, timeout=120, env={**os.environ, "TZ": "UTC"})  # fmt: skip

    def rows(self, *statements):
        done = self.run(*statements)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def error(self, *statements):
        done = self.run(*statements)
        assert done.returncode != 0, done.stdout
        return done.stderr


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


def test_describe_history(shell):
    shell.rows("CREATE TABLE t USING delta AS SELECT 1 AS a", "INSERT INTO t VALUES (2), (3)", "INSERT OVERWRITE t VALUES (4)")
    rows = shell.rows("DESCRIBE HISTORY t")
    assert [(row["version"], row["operation"], row["isBlindAppend"]) for row in rows] == [(2, "WRITE", False), (1, "WRITE", True), (0, "CREATE TABLE AS SELECT", False)]
    assert rows[0]["operationParameters"]["mode"] == "Overwrite"
    assert rows[1]["operationMetrics"]["numOutputRows"] == "2"
    assert rows[0]["timestamp"] > rows[1]["timestamp"] > rows[2]["timestamp"]
    assert len(shell.rows("DESCRIBE HISTORY t LIMIT 1")) == 1
    assert shell.rows(f"DESCRIBE HISTORY delta.`{shell.directory}/warehouse/t`") == rows
    assert "TABLE_OR_VIEW_NOT_FOUND" in shell.error("DESCRIBE HISTORY nothing")


def test_time_travel(shell):
    shell.rows("CREATE TABLE t USING delta AS SELECT 1 AS a", "INSERT INTO t VALUES (2)")
    newest, oldest = (row["timestamp"] for row in shell.rows("DESCRIBE HISTORY t"))
    assert shell.rows("SELECT * FROM t VERSION AS OF 0") == [{"a": 1}]
    assert shell.rows(f"SELECT * FROM t TIMESTAMP AS OF '{oldest}'") == [{"a": 1}]
    assert len(shell.rows(f"SELECT * FROM t TIMESTAMP AS OF '{newest}'")) == 2
    assert "before the earliest version" in shell.error("SELECT * FROM t TIMESTAMP AS OF '1999-01-01'")
    assert "Available versions: [0, 1]" in shell.error("SELECT * FROM t VERSION AS OF 2")


@pytest.mark.parametrize("form", ["delta", "iceberg"])
def test_not_null_is_kept_and_checked(shell, form):
    shell.rows(f"CREATE TABLE t (a INT NOT NULL, b STRING) USING {form}", "INSERT INTO t VALUES (1, NULL)")
    assert "NOT NULL" in shell.error("INSERT INTO t VALUES (NULL, 'x')")
    assert shell.rows("SELECT * FROM t") == [{"a": 1, "b": None}]


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_is_adopted_by_its_location(shell, form):
    shell.rows(f"CREATE TABLE t USING {form} LOCATION '{shell.directory}/t' AS SELECT 1 AS a, 'x' AS b", "DROP TABLE t", f"CREATE TABLE u USING {form} LOCATION '{shell.directory}/t'", "INSERT INTO u VALUES (2, 'y')")
    assert sorted((row["a"], row["b"]) for row in shell.rows("SELECT a, b FROM u")) == [(1, "x"), (2, "y")]


def test_hudi_overwrite_takes_the_new_columns(shell):
    shell.rows("CREATE TABLE t USING hudi AS SELECT 1 AS a", "CREATE OR REPLACE TABLE t USING hudi AS SELECT 'x' AS b")
    (row,) = shell.rows("SELECT * FROM t")
    assert [name for name in row if not name.startswith("_hoodie_")] == ["b"]
