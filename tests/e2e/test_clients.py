"""What only a whole client shows: tags, interrupts, cached relations, progress of both versions."""
import os
import threading
import time

import pytest

os.environ.setdefault("SPARK_CONNECT_MODE_ENABLED", "1")

LONG = "SELECT sum(a.id * b.id % 7) AS s FROM range(0, 40000000) a JOIN range(0, 3000000) b ON a.id % 1000 <> b.id % 1001"


@pytest.fixture
def spark(remote):
    from pyspark.sql.connect.session import SparkSession

    SparkSession.__del__ = lambda self: None
    session = SparkSession.builder.remote(remote).create()
    yield session
    session.client.close()  # or the client calls the server once more when Python ends


def interrupted(spark, interrupt, tag=None):
    """Runs the long query in a thread, interrupts it, and gives its error and what was interrupted."""
    seen = []

    def work():
        try:
            if tag:
                spark.addTag(tag)
            spark.sql(LONG).collect()
        except Exception as error:
            seen.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1.5)
    stopped = interrupt()
    thread.join(15)
    assert not thread.is_alive()
    return seen, stopped


def test_interrupt_all(spark):
    errors, stopped = interrupted(spark, spark.interruptAll)
    assert len(stopped) == 1
    assert "OPERATION_CANCELED" in str(errors[0])


def test_interrupt_tag(spark):
    errors, stopped = interrupted(spark, lambda: spark.interruptTag("heavy"), tag="heavy")
    assert len(stopped) == 1
    assert "OPERATION_CANCELED" in str(errors[0])


def test_version(spark):
    assert spark.version == "3.5.7"


def test_a_relation_larger_than_the_cache_threshold(spark):
    spark.conf.set("spark.sql.session.localRelationCacheThreshold", "1000")
    frame = spark.createDataFrame([(i, "row %d" % i) for i in range(5000)], "i INT, s STRING")
    assert frame.count() == 5000
    assert frame.filter("i = 4321").collect()[0].s == "row 4321"


def test_a_large_result_comes_whole(spark):
    table = spark.range(1_000_000).selectExpr("id", "id * 2 AS twice", "CAST(id AS DOUBLE) AS d").toPandas()
    assert len(table) == 1_000_000
    assert int(table.twice.sum()) == 2 * sum(range(1_000_000))


def test_sessions_in_threads(remote):
    import concurrent.futures

    from pyspark.sql.connect.session import SparkSession

    sessions = []

    def work(n):
        one = SparkSession.builder.remote(remote).create()
        sessions.append(one)
        return one.range(n).count()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(16))) == list(range(16))
    for one in sessions:  # not while others run: a 3.5 client closes a pool that all share
        one.client.close()


def test_stop_ends_the_session(remote):
    from pyspark.sql.connect.session import SparkSession

    one = SparkSession.builder.remote(remote).create()
    assert one.range(1).count() == 1
    one.stop()
