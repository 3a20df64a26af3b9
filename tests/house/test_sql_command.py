"""`grebe sql` and `grebe explain`: forms of input and output, errors, the prompt."""

import json
import os
import pty
import re
import select
import subprocess
import time

import pytest

GREBE = os.environ["GREBE_BINARY"]


@pytest.fixture
def grebe(tmp_path):
    def run(*arguments, **options):
        return subprocess.run([GREBE, *arguments], capture_output=True, text=True, timeout=60, cwd=tmp_path, **options)

    return run


def test_table(grebe):
    done = grebe("sql", "SELECT 1 AS a, 'x' AS b")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "+---+---+\n|a  |b  |\n+---+---+\n|1  |x  |\n+---+---+\n"


def test_a_table_says_that_there_is_more(grebe):
    assert "only showing top 2 rows" in grebe("sql", "--rows", "2", "SELECT * FROM range(5)").stdout


def test_json_lines(grebe):
    done = grebe("sql", "--output", "json", "SELECT id, array(id, null) AS l FROM range(2)")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"id": 0, "l": [0, None]}, {"id": 1, "l": [1, None]}]


def test_csv_tells_null_from_empty(grebe):
    done = grebe("sql", "--output", "csv", "SELECT 'a,b' AS x, '' AS y, CAST(NULL AS STRING) AS z")
    assert done.stdout == 'x,y,z\n"a,b","",\n'


def test_statements_of_stdin_share_a_session(grebe):
    text = "CREATE TEMP VIEW v AS SELECT 7 AS n; -- a comment; with a semicolon\nSELECT n FROM v"
    done = grebe("sql", "--output", "csv", input=text)
    assert done.stdout == "n\n7\n", done.stderr


def test_statements_of_a_file_stop_at_the_first_error(grebe, tmp_path):
    (tmp_path / "q.sql").write_text("SELECT 1 AS a; SELECT nope; SELECT 2 AS b;")
    done = grebe("sql", "--file", "q.sql", "--output", "csv")
    assert done.returncode == 1
    assert done.stdout == "a\n1\n"
    assert done.stderr.startswith("[UNRESOLVED_COLUMN")


def test_configuration(grebe):
    done = grebe("sql", "--conf", "spark.sql.ansi.enabled=true", "SELECT 1 / 0")
    assert done.returncode == 1
    assert "DIVIDE_BY_ZERO" in done.stderr


def test_tables_are_there_in_the_next_run(grebe):
    assert grebe("sql", "--warehouse", "w", "CREATE TABLE t USING parquet AS SELECT 3 AS n").returncode == 0
    assert grebe("sql", "--warehouse", "w", "-o", "csv", "SELECT n FROM t").stdout == "n\n3\n"


def test_a_missing_file_is_named(grebe):
    done = grebe("sql", "--file", "absent.sql")
    assert done.returncode == 1
    assert "absent.sql" in done.stderr


def test_explain_shows_each_stage(grebe):
    out = grebe("explain", "--stages", "SELECT id + 1 FROM range(3)").stdout
    assert re.search(r"Unresolved.*Resolved.*DuckDB SQL.*DuckDB plan", out, re.DOTALL)


def test_prompt_edits_remembers_and_survives_errors(tmp_path):
    master, slave = pty.openpty()
    process = subprocess.Popen([GREBE, "sql"], stdin=slave, stdout=slave, stderr=slave, cwd=tmp_path, close_fds=True,
                               env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "state"), "TERM": "xterm"})
    os.close(slave)
    seen = ""

    def until(text):
        nonlocal seen
        deadline = time.monotonic() + 30
        while text not in seen:
            assert time.monotonic() < deadline, seen
            if select.select([master], [], [], 1)[0]:
                seen += os.read(master, 65536).decode(errors="replace")
        seen = seen.split(text, 1)[1]

    until("grebe> ")
    os.write(master, b"SELECT nope;\n")
    until("UNRESOLVED_COLUMN")
    until("grebe> ")
    os.write(master, b"SELECT 40 +\n")
    until("     > ")
    os.write(master, b"2 AS answer;\n")
    until("42")
    until("1 row in")
    os.write(master, b"exit\n")
    assert process.wait(timeout=30) == 0
    os.close(master)
    assert "answer" in (tmp_path / "state/grebe/sql_history").read_text()
