"""The Iceberg REST catalog of `grebe serve`: pyiceberg and Grebe share tables by name."""
import datetime
import re

import pyarrow as pa
import pytest
from pyiceberg.catalog.rest import RestCatalog
from pyiceberg.exceptions import CommitFailedException, NamespaceAlreadyExistsError, NamespaceNotEmptyError, NoSuchTableError, TableAlreadyExistsError, UnauthorizedError, ValidationException  # fmt: skip
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import LongType
from server import Server
from table_rows import normal_rows, source
from test_readers import job

TOKEN = "secret"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    variables = {"GREBE_ICEBERG_CATALOG_TOKEN": TOKEN}
    with Server(tmp_path_factory.mktemp("catalog"), "--iceberg-catalog-port", 0, environment=variables) as running:
        yield running


def connect(server, token=TOKEN):
    address = re.search(r"iceberg catalog (http://\S+)", server.ready_line)[1]
    return RestCatalog("grebe", uri=address, token=token)


@pytest.fixture(scope="module")
def catalog(server):
    return connect(server)


def numbers(start, end):
    return pa.table({"id": pa.array(range(start, end), pa.int64()), "word": pa.array([f"w{n}" for n in range(start, end)], pa.string())})


def ids(rows):
    return sorted(int(row["id"]) for row in rows)


def test_reads_what_grebe_wrote(server, catalog):
    query = source(0, 100, "iceberg")
    job(server, {"sql": f"CREATE TABLE by_grebe USING iceberg AS {query}"})
    assert ("default", "by_grebe") in catalog.list_tables("default")
    rows = catalog.load_table("default.by_grebe").scan().to_arrow().to_pylist()
    expected = job(server, {"query": query})
    assert normal_rows(rows) == sorted(tuple(row.values()) for row in expected)


def test_both_write_to_one_table(server, catalog):
    table = catalog.create_table("default.shared", numbers(0, 0).schema)
    table.append(numbers(0, 10))
    job(server, {"sql": "INSERT INTO shared SELECT id, concat('w', id) FROM range(10, 15)"})
    table.refresh()
    table.append(numbers(15, 20))
    assert ids(job(server, {"query": "SELECT * FROM shared"})) == list(range(20))
    assert ids(table.scan().to_arrow().to_pylist()) == list(range(20))
    table.overwrite(numbers(50, 55))
    assert ids(job(server, {"query": "SELECT * FROM shared"})) == list(range(50, 55))
    assert len(table.history()) >= 4


def test_a_stale_commit_loses(server, catalog):
    first = catalog.create_table("default.raced", numbers(0, 0).schema)
    first.append(numbers(0, 5))
    stale = catalog.load_table("default.raced")
    job(server, {"sql": "INSERT OVERWRITE raced SELECT id, 'x' FROM range(5, 7)"})
    with pytest.raises((CommitFailedException, ValidationException)):
        stale.overwrite(numbers(7, 9))
    assert ids(job(server, {"query": "SELECT * FROM raced"})) == [5, 6]


def test_schema_and_partitions_change(server, catalog):
    table = catalog.create_table("default.evolving", numbers(0, 0).schema)
    with table.update_spec() as update:
        update.add_field("word", IdentityTransform(), "word")
    table.append(numbers(0, 3))
    with table.update_schema() as update:
        update.add_column("more", LongType())
    job(server, {"sql": "INSERT INTO evolving VALUES (3, 'w1', 33)"})
    rows = job(server, {"query": "SELECT * FROM evolving"})
    assert sorted((row["id"], row["word"], row["more"]) for row in rows) == [("0", "w0", "null"), ("1", "w1", "null"), ("2", "w2", "null"), ("3", "w1", "33")]
    table.refresh()
    assert ids(table.scan(row_filter="word = 'w1'").to_arrow().to_pylist()) == [1, 3]


def test_namespaces_and_names(server, catalog):
    catalog.create_namespace("north")
    with pytest.raises(NamespaceAlreadyExistsError):
        catalog.create_namespace("north")
    catalog.create_table("north.t", numbers(0, 0).schema)
    assert catalog.table_exists("north.t") and not catalog.table_exists("north.u")
    with pytest.raises(TableAlreadyExistsError):
        catalog.create_table("north.t", numbers(0, 0).schema)
    with pytest.raises(NamespaceNotEmptyError):
        catalog.drop_namespace("north")
    catalog.rename_table("north.t", "north.u")
    assert job(server, {"query": "SELECT * FROM north.u"}) == []
    catalog.drop_table("north.u")
    with pytest.raises(NoSuchTableError):
        catalog.load_table("north.u")
    catalog.create_table("north.u", numbers(0, 0).schema).append(numbers(0, 2))
    assert ids(job(server, {"query": "SELECT * FROM north.u"})) == [0, 1]
    catalog.purge_table("north.u")
    catalog.drop_namespace("north")
    assert ("north",) not in catalog.list_namespaces()


def test_asks_for_its_token(server):
    with pytest.raises(UnauthorizedError):
        connect(server, "wrong").list_namespaces()


def test_time_travel_by_what_the_catalog_says(server, catalog):
    job(server, {"sql": "CREATE TABLE travelled USING iceberg AS SELECT id FROM range(3)"}, {"sql": "INSERT INTO travelled SELECT id FROM range(3, 5)"})
    first, second = catalog.load_table("default.travelled").history()
    assert ids(job(server, {"query": f"SELECT * FROM travelled VERSION AS OF {first.snapshot_id}"})) == [0, 1, 2]
    moment = datetime.datetime.fromtimestamp(second.timestamp_ms / 1000, datetime.timezone.utc)
    assert ids(job(server, {"query": f"SELECT * FROM travelled TIMESTAMP AS OF '{moment:%Y-%m-%d %H:%M:%S.%f}'"})) == [0, 1, 2, 3, 4]
