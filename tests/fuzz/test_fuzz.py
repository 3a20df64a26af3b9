"""Mutated statements, type strings and plans: the server lives, and no error is its own fault.

By default a fixed number of cases of each kind, at most 15 seconds' worth; FUZZ_SECONDS and FUZZ_SEED
(1) make a longer or another run, as many cases as the seconds allow.
"""
import os
import random
import re
import sys
import time

import golden_file
import grpc
import pytest
from pyspark.sql.connect.proto import base_pb2 as base
from mutation import mutate_bytes, mutate_message, mutate_text, walk

sys.path.insert(0, str(golden_file.HOME.parent / "e2e"))
import wire  # noqa: E402
from server import Server  # noqa: E402

SECONDS = float(os.environ.get("FUZZ_SECONDS", "15"))
CASES = sys.maxsize if "FUZZ_SECONDS" in os.environ else 3000
SEED = int(os.environ.get("FUZZ_SEED", "1"))
DEADLINE = 20
# Huge results, files, shell scripts, and commands that would leave the scratch directory or take the run down.
UNWANTED = re.compile(r"\b(repeat|space|[lr]pad|sequence|array_repeat|range|location|directory|path|file|jar|parquet|csv|json|text|delta|set|reset|cache|drop|sleep|java_method|reflect)\b|\busing\s*['\"]", re.I)
QUERY = re.compile(r"\s*(SELECT|WITH|VALUES|FROM|\()\b", re.I)
ENGINE_TEXT = re.compile(r"(Binder|Parser|Catalog|Conversion|Internal|Invalid Input|Out of Range|Not implemented|Constraint|TransactionContext) Error|c\d+\b.*(Candidate|Referenced)|LINE 1:|struct_pack|BIGINT\b.*HUGEINT", re.I)
TYPES = [
    "INT", "a INT, b STRING NOT NULL COMMENT 'x'", "ARRAY<STRUCT<a: INT, b: MAP<STRING, DECIMAL(10,2)>>>", "DECIMAL(38,18)", "CHAR(3)", "VARCHAR(10)",
    "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND", "TIMESTAMP_NTZ", "STRUCT<>", "`a b` BIGINT, c ARRAY<ARRAY<INT>>", "VOID", "x TIMESTAMP_LTZ",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("fuzz"), environment={"GREBE_MEMORY_LIMIT": "1GB"}) as server:
        yield server


@pytest.fixture(scope="module")
def corpus():
    found = [s.sql for path in golden_file.files() if "edge" not in path.parts for s in golden_file.read(path)[1]]
    return [sql for sql in found if not UNWANTED.search(sql)]


class Hunt:
    """Sends one case after the other until the time is over; collects what must not be."""

    def __init__(self, server):
        self.server, self.wire = server, wire.Wire(server.address)
        self.findings, self.count, self.until = [], 0, time.monotonic() + SECONDS

    def cases(self, make):
        while time.monotonic() < self.until and self.count < CASES and len(self.findings) < 20:
            yield make()

    def tell(self, case, why):
        self.findings.append(f"{why}\n    {case!r}"[:3000])

    def ask(self, case, call):
        self.count += 1
        try:
            call()
        except grpc.RpcError as error:
            text = error.details() or ""
            if not self.server.is_alive():
                pytest.fail(f"the server is gone (seed {SEED}) after\n    {case!r}", pytrace=False)
            if wire.condition(error) == "INTERNAL_ERROR" or error.code() in (grpc.StatusCode.UNKNOWN, grpc.StatusCode.UNAVAILABLE) or ENGINE_TEXT.search(text):
                self.tell(case, f"{error.code().name}: {text[:600]}")
            elif error.code() == grpc.StatusCode.DEADLINE_EXCEEDED:
                self.tell(case, f"no answer after {DEADLINE} s")

    def send_bytes(self, plan):
        """Sends a request whose plan is no message of the client's."""
        request = self.wire.request(None)
        size, tag = len(plan), base.ExecutePlanRequest.DESCRIPTOR.fields_by_name["plan"].number << 3 | 2
        length = bytearray()
        while size > 127:
            length.append(size & 127 | 128)
            size >>= 7
        method = self.wire.channel.unary_stream(wire.METHODS + "ExecutePlan", request_serializer=lambda data: data)
        list(method(request.SerializeToString() + bytes([tag, *length, size]) + plan, timeout=DEADLINE))

    def judge(self):
        assert self.server.is_alive(), "the server is gone"
        assert self.count > 20
        if self.findings:
            pytest.fail(f"{len(self.findings)} findings in {self.count} cases, seed {SEED}\n" + "\n".join(self.findings), pytrace=False)


def test_statements(server, corpus):
    """Parser, analyzer, emitter and engine: mutated queries are run, mutated commands explained."""
    dice, hunt = random.Random(SEED), Hunt(server)
    for sql in hunt.cases(lambda: mutate_text(dice, dice.choice(corpus), corpus)):
        if UNWANTED.search(sql):
            continue
        text = sql if QUERY.match(sql) and not re.search(r"\b(insert|create|transform|reduce|map)\b", sql, re.I) else "EXPLAIN " + sql
        hunt.ask(text, lambda: list(hunt.wire.execute(wire.sql_plan(text.encode("utf-8", "replace").decode()), timeout=DEADLINE)))
    hunt.judge()


def test_type_strings(server):
    dice, hunt = random.Random(SEED), Hunt(server)
    for text in hunt.cases(lambda: mutate_text(dice, dice.choice(TYPES), TYPES)):
        hunt.ask(text, lambda: hunt.wire.analyze(ddl_parse={"ddl_string": text}))
    hunt.judge()


@pytest.fixture(scope="module")
def seeds(server):
    """Plans as a client makes them."""
    import plans

    return plans.plans(server.remote)


def test_plans(server, seeds):
    """The converter of plans and all behind it, by messages whose fields were changed."""
    dice, hunt = random.Random(SEED), Hunt(server)
    donors = {}
    for plan in seeds:
        for parent, _ in walk(plan):
            donors.setdefault(parent.DESCRIPTOR.full_name, []).append(parent)
    for plan in hunt.cases(lambda: mutate_message(dice, dice.choice(seeds), donors)):
        hunt.ask(plan, lambda: list(hunt.wire.execute(plan, timeout=DEADLINE)))
    hunt.judge()


def test_plan_bytes(server, seeds):
    """Bytes that are hardly a plan any more."""
    dice, hunt = random.Random(SEED), Hunt(server)
    data_of = [plan.SerializeToString() for plan in seeds]
    for data in hunt.cases(lambda: mutate_bytes(dice, dice.choice(data_of), data_of)):
        hunt.ask(data, lambda: hunt.send_bytes(data))
    hunt.judge()
