"""The server as a process: ready line, taken port, draining, restart, one server a warehouse."""
import os
import subprocess
import threading
import time

import pytest
from places import grebe
from server import Server
from wire import Wire

SLOW = "SELECT count(*) AS n FROM range(0, 30000) a JOIN range(0, 30000) b ON a.id % 100 <> b.id % 101"


@pytest.fixture
def server(tmp_path):
    with Server(tmp_path) as running:
        yield running


def test_it_is_ready_when_it_says_so(server):
    with Wire(server.address) as wire:
        assert wire.query("SELECT 1 AS a") == [{"a": 1}]
    assert str(server.port) in server.ready_line


def test_it_starts_within_a_second(tmp_path):
    started = time.monotonic()
    with Server(tmp_path) as server, Wire(server.address) as wire:
        wire.query("SELECT 1")
        assert time.monotonic() - started < 2.0  # a second on an idle machine


def test_a_taken_port_is_named(server, tmp_path):
    command = [grebe(), "serve", "--port", str(server.port), "--warehouse", str(tmp_path / "other")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, cwd=tmp_path)
    assert done.returncode not in (0, -6, -11)
    assert str(server.port) in done.stderr


def test_sigterm_drains(tmp_path):
    with Server(tmp_path, "--drain-timeout", 60) as server, Wire(server.address) as wire:
        answer = []
        thread = threading.Thread(target=lambda: answer.extend(wire.query(SLOW)))
        thread.start()
        time.sleep(0.3)
        code = server.stop(seconds=60)
        thread.join(10)
    assert answer and answer[0]["n"] > 0
    assert code == 0


def test_an_idle_server_stops_at_once(server):
    started = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - started < 3


def test_tables_survive_a_restart(tmp_path):
    with Server(tmp_path) as server, Wire(server.address) as wire:
        wire.run("CREATE DATABASE shop")
        wire.run("CREATE TABLE shop.goods (id INT, name STRING) USING parquet")
        wire.run("INSERT INTO shop.goods VALUES (1, 'one'), (2, NULL)")
        wire.run("CREATE VIEW shop.first_goods AS SELECT * FROM shop.goods WHERE id = 1")
        wire.run("CREATE TEMP VIEW gone AS SELECT 1")
    with Server(tmp_path) as server, Wire(server.address) as wire:
        assert wire.query("SELECT * FROM shop.goods ORDER BY id") == [{"id": 1, "name": "one"}, {"id": 2, "name": None}]
        assert wire.query("SELECT name FROM shop.first_goods") == [{"name": "one"}]
        wire.run("INSERT INTO shop.goods VALUES (3, 'three')")
        assert wire.query("SELECT count(*) AS n FROM shop.goods") == [{"n": 3}]
        wire.run("DROP TABLE shop.goods")
        wire.run("CREATE TABLE shop.goods (other DATE) USING parquet")
        assert wire.query("SELECT * FROM shop.goods") == []


def test_tables_survive_a_kill(tmp_path):
    with Server(tmp_path) as server:
        with Wire(server.address) as wire:
            wire.run("CREATE TABLE kept USING parquet AS SELECT id FROM range(100)")
        server.kill()
    with Server(tmp_path) as server, Wire(server.address) as wire:
        assert wire.query("SELECT sum(id) AS s FROM kept") == [{"s": 4950}]


def test_a_second_server_on_the_same_warehouse_is_refused(server):
    command = [grebe(), "serve", "--port", "0", "--warehouse", server.warehouse]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, cwd=server.directory)
    assert done.returncode not in (0, -6, -11)
    assert server.warehouse in done.stderr
    with Wire(server.address) as wire:
        assert wire.query("SELECT 1 AS a") == [{"a": 1}]


def test_relative_paths_belong_to_the_server(server):
    os.makedirs(os.path.join(server.directory, "inbox"))
    with open(os.path.join(server.directory, "inbox/a.json"), "w") as file:
        file.write('{"a": 7}\n')
    with Wire(server.address) as wire:
        assert wire.query("SELECT a FROM json.`inbox/a.json`") == [{"a": 7}]
