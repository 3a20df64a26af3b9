"""Bad input and faults: each is survived, and the server answers the next query."""
import os
import resource
import subprocess
import threading
import time
import uuid

import grpc
import pytest
from server import Server
from test_interrupt import IDLE_WITHIN_SECONDS, LONG, Running
from wire import Wire, base, condition, relations, sql_plan


RUNNING = []


@pytest.fixture
def server(tmp_path_factory):
    """One server for all faults; a fault that killed it fails only its own test."""
    if not RUNNING or not RUNNING[-1].is_alive():
        RUNNING.append(Server(tmp_path_factory.mktemp("faults")))
    return RUNNING[-1]


@pytest.fixture(scope="module", autouse=True)
def stop_servers():
    yield
    for server in RUNNING:
        server.__exit__()


@pytest.fixture
def wire(server):
    with Wire(server.address) as made:
        yield made
        assert server.is_alive(), server.logged()
        with made.with_new_session() as after:
            assert after.query("SELECT 1 AS a") == [{"a": 1}], "the next query was not answered"


def refused(wire, text):
    with pytest.raises(grpc.RpcError) as caught:
        wire.query(text)
    assert caught.value.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
    assert "INTERNAL_ERROR" not in (condition(caught.value) or "")
    return caught.value


# ---------------------------------------------------------------- files


def damaged(tmp_path, wire, damage):
    path = tmp_path / "t"
    wire.run(f"CREATE TABLE src_{uuid.uuid4().hex} USING parquet LOCATION '{path}' AS SELECT id, repeat('x', id % 50) AS s FROM range(20000)")
    [name] = [n for n in os.listdir(path) if n.endswith(".parquet")][:1]
    file = path / name
    file.write_bytes(damage(file.read_bytes()))
    return path


DAMAGES = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "no footer": lambda data: data[:-4] + b"XXXX",
    "flipped pages": lambda data: data[:100] + bytes(b ^ 0xFF for b in data[100:3000]) + data[3000:],
    "huge footer length": lambda data: data[:-8] + b"\xff\xff\xff\x7f" + data[-4:],
    "text": lambda data: b"a,b\n1,2\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_corrupt_parquet(wire, tmp_path, damage):
    path = damaged(tmp_path, wire, DAMAGES[damage])
    refused(wire, f"SELECT count(s), sum(id) FROM parquet.`{path}`")


def test_ragged_csv(wire, tmp_path):
    (tmp_path / "a.csv").write_bytes(b'1,2\n3\n4,5,6\n"open,7\n\x00,8\n')
    found = wire.query(f"SELECT * FROM csv.`{tmp_path}/a.csv`")
    assert [list(row.values())[0] for row in found][:2] == ["1", "3"]


@pytest.mark.parametrize("format", ["csv", "json", "text"])
def test_text_that_is_not_utf8_is_refused_by_name(wire, tmp_path, format):
    (tmp_path / "latin").write_bytes(b'{"a": "1"}\n\xff\xfe\n')
    error = refused(wire, f"SELECT * FROM {format}.`{tmp_path}/latin`")
    assert "latin" in error.details() and "utf-8" in error.details()


def test_csv_with_an_endless_line(wire, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x" * (8 << 20))
    try:
        assert len(wire.query(f"SELECT * FROM csv.`{tmp_path}/a.csv`")) == 1
    except grpc.RpcError as error:
        assert error.code() != grpc.StatusCode.UNAVAILABLE


def test_json_that_is_not_json(wire, tmp_path):
    (tmp_path / "a.json").write_bytes(b'{"a": 1}\n{{{{\n' + b"[" * 100000 + b"\n")
    found = wire.query(f"SELECT * FROM json.`{tmp_path}/a.json`")
    assert any(row.get("a") == 1 for row in found)


# ---------------------------------------------------------------- messages


@pytest.mark.parametrize("payload", [b"\xff" * 64, b"\x0a\xff\xff\xff\xff\x0f", os.urandom(4096), b"\x00"], ids=["ones", "length", "random", "zero"])
@pytest.mark.parametrize("method", ["ExecutePlan", "AnalyzePlan", "Config", "Interrupt", "ReattachExecute"])
def test_malformed_protobuf(wire, method, payload):
    with pytest.raises(grpc.RpcError) as caught:
        wire.raw(method, payload)
    assert caught.value.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


def test_an_unknown_method(wire):
    with pytest.raises(grpc.RpcError) as caught:
        wire.raw("Nonsense", b"")
    assert caught.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_a_message_of_200_megabytes(wire):
    with pytest.raises(grpc.RpcError) as caught:
        wire.raw("ExecutePlan", b"\x00" * (200 << 20), timeout=60)
    assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_a_message_of_60_megabytes_is_taken(wire):
    text = "SELECT length('" + "x" * (60 << 20) + "') AS n"
    assert wire.query(text, timeout=120) == [{"n": 60 << 20}]


def nested_filters(levels):
    """Serializes a plan of `levels` limits over a range without building it as a tree of objects."""
    def field(number, payload):
        head, size = bytes([(number << 3) | 2]), len(payload)
        length = b""
        while True:
            length += bytes([(size & 0x7F) | (0x80 if size > 0x7F else 0)])
            size >>= 7
            if not size:
                return head + length + payload

    limit = relations.Relation.DESCRIPTOR.fields_by_name["limit"].number
    relation = relations.Relation(range=relations.Range(end=3, step=1)).SerializeToString()
    for _ in range(levels):
        relation = field(limit, field(1, relation) + b"\x10\x02")
    return field(1, relation)


@pytest.mark.parametrize("levels", [40, 300, 2000, 100000])
def test_a_plan_nested_deep(wire, levels):
    request = base.ExecutePlanRequest(**wire.common()).SerializeToString()
    plan = nested_filters(levels)
    size, length = len(plan), b""
    while True:
        length += bytes([(size & 0x7F) | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            break
    number = base.ExecutePlanRequest.DESCRIPTOR.fields_by_name["plan"].number
    payload = request + bytes([(number << 3) | 2]) + length + plan
    try:
        answer = wire.raw("ExecutePlan", payload)
        assert answer and levels <= 2000
    except grpc.RpcError as error:
        assert levels > 40, error.details()
        assert error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


@pytest.mark.parametrize("text", ["(" * 100000 + "1" + ")" * 100000, "1" + " + 1" * 100000, "-" * 100000 + "1", "CASE WHEN true THEN " * 20000 + "1" + " END" * 20000], ids=["parentheses", "sum", "minus", "case"])
def test_sql_nested_deep(wire, text):
    try:
        wire.query("SELECT " + text.replace("--", "- -"), timeout=60)
    except grpc.RpcError as error:
        assert error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED), error.details()


# ---------------------------------------------------------------- clients that vanish


def settle(server, limit=0.1):
    """Gives the seconds until the server used less than `limit` of a CPU, at most 30."""
    started = time.monotonic()
    while time.monotonic() - started < 30:
        before = server.cpu_seconds()
        time.sleep(0.1)
        if server.cpu_seconds() - before < limit * 0.1:
            return time.monotonic() - started - 0.1
    return 30.0


def test_an_interrupt_leaves_the_cpu_idle(server, wire):
    running = Running(wire)
    assert settle(server) > 1, "the query did not use the CPU"
    wire.interrupt()
    assert settle(server) <= IDLE_WITHIN_SECONDS
    running.wait()


def test_a_query_without_reattach_ends_with_its_client(server, wire):
    other = wire.with_new_session()
    stream = other.execute(sql_plan(LONG))
    threading.Thread(target=lambda: pytest.raises(grpc.RpcError, list, stream), daemon=True).start()
    time.sleep(1)
    other.channel.close()
    assert settle(server) <= IDLE_WITHIN_SECONDS + 1


def test_a_client_that_vanishes_in_mid_stream(server, wire):
    other = wire.with_new_session()
    stream = other.execute(sql_plan("SELECT id, repeat('x', 1000) AS s FROM range(50000000)"))
    next(stream)
    other.channel.close()
    assert settle(server) <= IDLE_WITHIN_SECONDS + 1


def test_a_reattachable_query_waits_for_its_client(server, wire):
    operation = str(uuid.uuid4())
    gone = wire.with_new_session()
    session = gone.session_id
    stream = gone.execute(sql_plan("SELECT id FROM range(2000000)"), operation_id=operation, is_reattachable=True)
    first = next(stream)
    gone.channel.close()
    time.sleep(1)
    back = wire.with_new_session()
    back.session_id = session
    rest = list(back.reattach(operation, last_response_id=first.response_id))
    assert rest[-1].HasField("result_complete")
    assert sum(r.arrow_batch.row_count for r in [first, *rest] if r.HasField("arrow_batch")) == 2000000


# ---------------------------------------------------------------- resources


def test_a_full_disk_while_writing(tmp_path):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))

    with Server(tmp_path, limits=limit) as server, Wire(server.address) as wire:
        target = tmp_path / "big"
        with pytest.raises(grpc.RpcError):
            wire.run(f"CREATE TABLE big USING parquet LOCATION '{target}' AS SELECT id, uuid() AS u, md5(CAST(id AS STRING)) AS m FROM range(2000000)")
        assert server.is_alive(), server.logged()
        assert wire.query("SELECT 1 AS a") == [{"a": 1}]
        left = [n for n in os.listdir(target) if n.endswith(".parquet") and not n.startswith((".", "_"))] if target.exists() else []
        assert left == [], f"half-written files were left: {left}"
        wire.run("CREATE TABLE small USING parquet AS SELECT 1 AS a")
        assert wire.query("SELECT a FROM small") == [{"a": 1}]


def test_a_full_file_system_while_writing(tmp_path):
    mount = tmp_path / "tiny"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(mount)], capture_output=True).returncode != 0:
        pytest.skip("only root can mount a small file system")
    try:
        with Server(tmp_path) as server, Wire(server.address) as wire:
            with pytest.raises(grpc.RpcError) as caught:
                wire.run(f"CREATE TABLE big USING parquet LOCATION '{mount}/big' AS SELECT id, uuid() AS u FROM range(1000000)")
            assert caught.value.code() != grpc.StatusCode.UNAVAILABLE
            assert wire.query("SELECT 1 AS a") == [{"a": 1}]
    finally:
        subprocess.run(["umount", "-l", str(mount)])


def test_a_memory_limit_that_a_query_exceeds(tmp_path):
    with Server(tmp_path, environment={"GREBE_MEMORY_LIMIT": "200MB"}) as server, Wire(server.address) as wire:
        text = "SELECT count(*) AS n FROM (SELECT id, collect_list(s) AS l FROM (SELECT id % 5000000 AS id, repeat(CAST(id AS STRING), 8) AS s FROM range(12000000)) GROUP BY id)"
        try:
            assert wire.query(text, timeout=120) == [{"n": 5000000}]
        except grpc.RpcError as error:
            assert error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED), error.details()
        assert server.is_alive(), server.logged()
        assert wire.query("SELECT 1 AS a") == [{"a": 1}]
