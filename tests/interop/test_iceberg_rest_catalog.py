"""Grebe's Iceberg REST catalog, used by a real Spark 3.5.7: one name, one table, both engines write to it.

Spark reaches the table only through the catalog (namespaces, create, commit, drop); Grebe by its own name.
Needs a JDK 17; slow, so it runs by name only (make interop).
"""
import os
import re

import pytest
from places import start_oracle
from server import Server

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
os.environ["TZ"] = "UTC"

from pyspark.errors import PySparkException  # noqa: E402
from pyspark.sql.connect.session import SparkSession  # noqa: E402
from table_rows import difference, source  # noqa: E402
from test_real_spark import Engine  # noqa: E402

TOKEN = "secret"
CATALOG = "spark.sql.catalog.shared"


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """Grebe with its catalog's door open, and a Spark that has it as the catalog `shared`."""
    variables = {"GREBE_ICEBERG_CATALOG_TOKEN": TOKEN}
    with Server(tmp_path_factory.mktemp("catalog"), "--iceberg-catalog-port", 0, environment=variables) as running:
        address = re.search(r"iceberg catalog (http://\S+)", running.ready_line)[1]
        home = tmp_path_factory.mktemp("lake")
        with start_oracle("lake", home) as remote:
            spark = Engine(remote, home)
            configure(spark.session, address, TOKEN)
            yield Engine(running.remote), spark, address, remote


def configure(session, address, token):
    session.conf.set(CATALOG, "org.apache.iceberg.spark.SparkCatalog")
    for key, value in {"type": "rest", "uri": address, "token": token, "cache-enabled": "false"}.items():
        session.conf.set(f"{CATALOG}.{key}", value)


def agree(grebe, spark, name, expected):
    for engine, table in ((grebe, name), (spark, f"shared.{name}")):
        assert difference(expected, engine.run(f"SELECT * FROM {table}")) == ""


def test_spark_reads_and_writes_what_grebe_created(engines):
    grebe, spark, *_ = engines
    query = source(0, 100, "iceberg")
    grebe.session.sql(f"CREATE TABLE by_grebe USING iceberg AS {query}")
    expected = spark.run(query)
    agree(grebe, spark, "default.by_grebe", expected)
    more = source(100, 150, "iceberg")
    spark.session.sql(f"INSERT INTO shared.default.by_grebe {more}").collect()
    expected = sorted(expected + spark.run(more))
    agree(grebe, spark, "default.by_grebe", expected)
    grebe.session.sql(f"INSERT INTO by_grebe {source(150, 160, 'iceberg')}")
    agree(grebe, spark, "default.by_grebe", sorted(expected + spark.run(source(150, 160, "iceberg"))))


def test_grebe_reads_and_writes_what_spark_created(engines):
    grebe, spark, *_ = engines
    query = source(0, 100, "iceberg")
    spark.session.sql("CREATE NAMESPACE IF NOT EXISTS shared.by_spark").collect()
    spark.session.sql(f"CREATE TABLE shared.by_spark.t USING iceberg PARTITIONED BY (tiny) AS {query}").collect()
    expected = spark.run(query)
    agree(grebe, spark, "by_spark.t", expected)
    grebe.session.sql(f"INSERT INTO by_spark.t {source(100, 130, 'iceberg')}")
    expected = sorted(expected + spark.run(source(100, 130, "iceberg")))
    agree(grebe, spark, "by_spark.t", expected)
    spark.session.sql(f"INSERT OVERWRITE shared.by_spark.t {source(200, 210, 'iceberg')}").collect()
    spark.session.sql("ALTER TABLE shared.by_spark.t ADD COLUMN note STRING").collect()
    seen = [len(engine.run(f"SELECT id, note FROM {name}")) for engine, name in ((grebe, "by_spark.t"), (spark, "shared.by_spark.t"))]
    assert seen == [len(spark.run("SELECT id FROM shared.by_spark.t"))] * 2
    assert "t" in [row.tableName for row in spark.session.sql("SHOW TABLES IN shared.by_spark").collect()]
    spark.session.sql("DROP TABLE shared.by_spark.t PURGE").collect()
    with pytest.raises(PySparkException, match="TABLE_OR_VIEW_NOT_FOUND"):
        grebe.run("SELECT * FROM by_spark.t")


def test_spark_deletes_rows(engines):
    grebe, spark, *_ = engines
    spark.session.sql("CREATE TABLE shared.default.rows_go USING iceberg AS SELECT id, concat('w', id) AS word FROM range(20)").collect()
    spark.session.sql("DELETE FROM shared.default.rows_go WHERE id % 2 = 0").collect()
    spark.session.sql("UPDATE shared.default.rows_go SET word = 'odd' WHERE id < 10").collect()
    agree(grebe, spark, "default.rows_go", spark.run("SELECT id, IF(id < 10, 'odd', concat('w', id)) AS word FROM range(20) WHERE id % 2 = 1"))


def test_a_wrong_token_is_refused(engines):
    *_, address, remote = engines
    other = SparkSession.builder.remote(remote).create()
    configure(other, address, "wrong")
    with pytest.raises(PySparkException, match="[Nn]ot ?[Aa]uthorized|token is not valid"):
        other.sql("SHOW TABLES IN shared.default").collect()
