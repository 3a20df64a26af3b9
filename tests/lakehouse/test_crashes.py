"""Any process that writes may die or lose its disk at any moment: the table is the old one or the new one.

Three ways to find that out, for each format: every single call that changes storage fails or is the last one
(storage_faults.c, preloaded, so DuckDB's own writes are among them); processes are killed at random moments;
servers are killed under a client. And eight processes that append to one table lose nothing.

    GREBE_KILLS   random kills of each format (default 8); from 200 on, a fifth each must fall before and
                  after the commit
    GREBE_FAULTS  `all` disturbs every call of every kind of write in every way (default: every call of an
                  append fails, and every fourth of the others)
"""
import collections
import json
import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from places import ROOT, environment, grebe
from server import Server
from test_readers import read

KILLS = int(os.environ.get("GREBE_KILLS", "8"))
EVERYTHING = os.environ.get("GREBE_FAULTS") == "all"
FORMATS = ("delta", "iceberg", "hudi")
ROWS = 300
LARGE = 30_000
COMMITS = {"delta": ("_delta_log", ".json"), "iceberg": ("metadata", ".metadata.json"), "hudi": (".hoodie", ".properties")}


def select(batch, rows=ROWS):
    return f"SELECT id, {batch} AS batch, concat('row ', id) AS word, CAST(id % 3 AS INT) AS part FROM range({rows})"


class Lake:
    """One table `t` of a format below a directory, written by processes of its own."""

    def __init__(self, directory, form, shim=None):
        self.directory, self.form, self.shim = directory, form, shim
        self.path, self.report = directory / "table", directory / "report"
        self.copies = {}

    def start(self, statement, variables=None, warehouse="warehouse"):
        """Starts a process that runs SQL."""
        command = [grebe(), "sql", "--warehouse", str(self.directory / warehouse), "--threads", "2", statement]
        return subprocess.Popen(command, cwd=self.directory, env={**os.environ, **(variables or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, statement, **more):
        process = self.start(statement, **more)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors

    def creation(self, batch, rows=ROWS):
        return f"CREATE TABLE t USING {self.form} LOCATION '{self.path}' PARTITIONED BY (part) AS {select(batch, rows)}"

    def statement(self, kind, batch, rows=ROWS):
        words = {"append": "INSERT INTO t ", "overwrite": "INSERT OVERWRITE t "}
        return self.creation(batch, rows) if kind == "create" else words[kind] + select(batch, rows)

    def disturbed(self, statement, at, mode):
        """Runs SQL whose `at`-th change of storage is disturbed; gives the exit code and the number of changes."""
        variables = {"LD_PRELOAD": self.shim, "FAULT_DIRECTORY": str(self.path), "FAULT_AT": str(at), "FAULT_MODE": mode, "FAULT_REPORT": str(self.report)}
        process = self.start(statement, variables)
        _, errors = process.communicate(timeout=120)
        assert "INTERNAL_ERROR" not in errors, errors
        return process.returncode, len(self.report.read_text().splitlines())

    def exists(self):
        folder, ending = COMMITS[self.form]
        folder = self.path / folder
        return folder.is_dir() and any(n.endswith(ending) and n[0] != "." for n in os.listdir(folder))

    def batches(self):
        """Gives the rows of each batch that a foreign reader finds, None where there is no table."""
        if not self.exists():
            return None
        rows = read(self.form, self.path)
        assert len({(row["batch"], row["id"]) for row in rows}) == len(rows)
        assert all(row["word"] == f"row {row['id']}" and int(row["part"]) == row["id"] % 3 for row in rows)
        return dict(collections.Counter(row["batch"] for row in rows))

    def keep(self):
        """Remembers the state of the table and its warehouse."""
        for name in ("table", "warehouse"):
            shutil.rmtree(self.directory / f"kept_{name}", ignore_errors=True)
            if (self.directory / name).exists():
                shutil.copytree(self.directory / name, self.directory / f"kept_{name}")

    def restore(self):
        for name in ("table", "warehouse"):
            shutil.rmtree(self.directory / name, ignore_errors=True)
            if (self.directory / f"kept_{name}").exists():
                shutil.copytree(self.directory / f"kept_{name}", self.directory / name)

    def prepare(self, kind):
        if kind != "create":
            self.run(self.creation(0))
            self.run(self.statement("append", 1))
        self.keep()

    def check_writable(self, batch):
        """Another write adds its rows and nothing else."""
        found = self.batches()
        if found is None:
            self.run(self.creation(batch))
        else:
            self.run(f"CREATE TABLE IF NOT EXISTS t USING {self.form} LOCATION '{self.path}'; " + self.statement("append", batch))
        assert self.batches() == {**(found or {}), batch: ROWS}


def outcomes(kind, batch, old, rows=ROWS):
    """Gives the batches before a write and after it."""
    return old, ({**old, batch: rows} if kind == "append" else {batch: rows})


# ---------------------------------------------------------------- every call


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    library = tmp_path_factory.mktemp("shim") / "storage_faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, ROOT / "tests/lakehouse/storage_faults.c", "-ldl"], check=True)
    return str(library)


@pytest.mark.parametrize("mode", ["fail", "kill", "kill-after"])
@pytest.mark.parametrize("kind", ["append", "overwrite", "create"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_storage_call(tmp_path, shim, form, kind, mode):
    lake = Lake(tmp_path, form, shim)
    lake.prepare(kind)
    before = lake.batches()
    statement = lake.statement(kind, 7)
    old, new = outcomes(kind, 7, before) if before else (None, {7: ROWS})
    code, calls = lake.disturbed(statement, 0, mode)
    assert code == 0 and calls > 10 and lake.batches() == new
    stride = 1 if EVERYTHING or (kind, mode) == ("append", "fail") else 4
    left_old = left_new = 0
    for n in range(random.randrange(stride) + 1, calls + 1, stride):
        lake.restore()
        code, _ = lake.disturbed(statement, n, mode)
        found = lake.batches()
        assert found in (old, new), f"call {n} of {calls}"
        if mode == "fail":
            assert (code == 0) == (found == new), f"call {n} of {calls} failed: exit code {code}, {found}"
        left_old, left_new = left_old + (found == old), left_new + (found == new)
        if EVERYTHING or n % 8 == 0:
            lake.check_writable(8)
    print(f"{form} {kind} {mode}: {calls} calls, {left_old} left the old table, {left_new} the new one")


# ---------------------------------------------------------------- random kills


def files_below(path):
    return {os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names}


def kill_at_random(lake, statement, moment):
    """Kills the process `moment` seconds after the first file that it made; true when that found it alive."""
    files = files_below(lake.path)
    process = lake.start(statement)
    deadline = time.monotonic() + 60
    while files_below(lake.path) == files and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.0005)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("form", FORMATS)
def test_kill_nine(tmp_path, form):
    lake = Lake(tmp_path, form)
    lake.run(lake.creation(0, LARGE))
    state, span = {0: LARGE}, 0.05
    old_tables = new_tables = batch = 0
    random.seed(form)
    while old_tables + new_tables < KILLS:
        batch += 1
        kind = "overwrite" if len(state) > 4 else "append"
        # The process has more to do behind the commit, as a server has.
        statement = lake.statement(kind, batch, LARGE) + "; SELECT count(DISTINCT word) FROM t; SELECT sum(id) FROM t"
        alive = kill_at_random(lake, statement, random.uniform(0, span))
        old, new = outcomes(kind, batch, state, LARGE)
        state = lake.batches()
        assert state in (old, new)
        span = min(max(span * (1.2 if state == old else 0.84), 0.001), 2)  # half of them on each side
        if alive:
            old_tables, new_tables = old_tables + (state == old), new_tables + (state == new)
    lake.run(lake.statement("append", batch + 1))  # and the table is as good as before
    assert lake.batches() == {**state, batch + 1: ROWS}
    print(f"{form}: {old_tables} kills left the old table, {new_tables} the new one")
    if KILLS >= 200:
        assert min(old_tables, new_tables) * 5 >= KILLS


@pytest.mark.parametrize("form", FORMATS)
def test_kill_a_server(tmp_path, form):
    path = tmp_path / "table"
    lake = Lake(tmp_path, form)
    lake.run(lake.creation(0))
    state = {0: ROWS}
    for batch in range(1, max(2, KILLS // 20) + 1):
        options = {"hoodie.table.name": "t", "hoodie.datasource.write.partitionpath.field": "part"} if form == "hudi" else {}
        job = [{"write": select(batch), "format": form, "path": str(path), "mode": "append", "options": options, "partition_by": ["part"]}]
        with Server(tmp_path) as server:
            files = files_below(path)
            client = subprocess.Popen([environment("py42"), str(ROOT / "tests/connect_job.py"), server.remote], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
            client.stdin.write(json.dumps(job))
            client.stdin.close()
            deadline = time.monotonic() + 60
            while files_below(path) == files and client.poll() is None and time.monotonic() < deadline:
                time.sleep(0.0005)
            assert client.poll() is None
            time.sleep(random.uniform(0, 0.06))
            server.kill()
            client.kill()
            client.wait()
        old, new = outcomes("append", batch, state)
        state = lake.batches()
        assert state in (old, new)
    lake.run(lake.statement("append", 99))
    assert lake.batches() == {**state, 99: ROWS}


# ---------------------------------------------------------------- racing writers


@pytest.mark.parametrize("form", FORMATS)
def test_eight_processes_append_to_one_table(tmp_path, form):
    lake, writers, appends = Lake(tmp_path, form), 8, 6
    lake.run(lake.creation(0))
    processes = []
    for writer in range(writers):
        batches = range(writer * appends + 1, (writer + 1) * appends + 1)
        statements = [f"CREATE TABLE t USING {form} LOCATION '{lake.path}'", *(lake.statement("append", batch) for batch in batches)]
        processes.append(lake.start("; ".join(statements), warehouse=f"warehouse{writer}"))
    for process in processes:
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
    assert lake.batches() == {batch: ROWS for batch in range(writers * appends + 1)}
