"""A kill -9 of the server leaves the old table or the new one; eight writers of one Delta table lose nothing.

GREBE_KILLS (default 6 a format) says how often to kill; the full run uses 200 and then asks that a fifth
of the kills fell before the commit and a fifth behind it.
"""
import json
import os
import random
import subprocess
import time

import pytest
from places import ROOT, environment
from server import Server

KILLS = int(os.environ.get("GREBE_KILLS", "6"))
ROWS = 1000
FORMATS = ("delta", "iceberg", "hudi")


def steps(path, form, mode):
    query = f"SELECT id, concat('row ', id) AS word FROM range({ROWS})"
    options = {"hoodie.table.name": "t"} if form == "hudi" else {}
    return [{"write": query, "format": form, "path": str(path), "mode": mode, "options": options}]


def start_job(server, job):
    return subprocess.Popen(
        [environment("py42"), str(ROOT / "tests/connect_job.py"), server.remote],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TZ": "UTC"},
    ), json.dumps(job)  # fmt: skip


def run_job(server, job):
    process, text = start_job(server, job)
    out, errors = process.communicate(text, timeout=300)
    assert process.returncode == 0, errors[-3000:]
    return json.loads(out)


def files_below(path):
    return sum(len(names) for _, _, names in os.walk(path))


def count_rows(form, path):
    from test_readers import read

    return len(read(form, path))


def kill_in_mid_write(directory, path, form, moment):
    """Starts an append, kills the server `moment` seconds after its first file appeared."""
    with Server(directory) as server:
        before = files_below(path)
        process, text = start_job(server, steps(path, form, "append"))
        process.stdin.write(text)
        process.stdin.close()
        deadline = time.monotonic() + 60
        while files_below(path) == before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(moment)
        server.kill()
        process.kill()
        process.wait()


@pytest.mark.parametrize("form", FORMATS)
def test_kill_nine(tmp_path, form):
    path = tmp_path / "table"
    with Server(tmp_path) as server:
        run_job(server, steps(path, form, "error"))
    rows, old, new = ROWS, 0, 0
    random.seed(form)
    for _ in range(KILLS):
        kill_in_mid_write(tmp_path, path, form, random.uniform(0, 0.06))
        found = count_rows(form, path)
        assert found in (rows, rows + ROWS)
        old, new = old + (found == rows), new + (found != rows)
        rows = found
    with Server(tmp_path) as server:  # and the table is as good as before
        run_job(server, steps(path, form, "append"))
    assert count_rows(form, path) == rows + ROWS
    print(f"{form}: {old} kills left the old table, {new} the new one")
    if KILLS >= 200:
        assert min(old, new) * 5 >= KILLS


def test_eight_processes_append_to_one_delta_table(tmp_path):
    path, appends = tmp_path / "table", 4
    servers = []
    try:
        for n in range(8):
            (tmp_path / str(n)).mkdir()
            servers.append(Server(tmp_path / str(n)))
        run_job(servers[0], steps(path, "delta", "error"))
        jobs = [start_job(server, steps(path, "delta", "append") * appends) for server in servers]
        for process, text in jobs:
            process.stdin.write(text)
            process.stdin.close()
        for process, _ in jobs:
            assert process.wait(timeout=300) == 0, process.stderr.read()[-2000:]
    finally:
        for server in servers:
            server.stop()
    assert count_rows("delta", path) == ROWS * (1 + 8 * appends)
