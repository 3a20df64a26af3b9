"""Python rows, pandas and Arrow data → frames: createDataFrame and range."""
import datetime
import decimal

from harness import Ordered, step


@step
def from_tuples_and_names(t):
    return t.spark.createDataFrame([(1, "one"), (2, "two")], ["n", "word"])


@step
def from_tuples_without_names(t):
    return t.spark.createDataFrame([(1, "one", 1.5), (2, None, None)])


@step
def from_tuples_with_too_few_names(t):
    return t.spark.createDataFrame([(1, "one", 1.5)], ["n", "word"])


@step
def from_row_objects(t):
    return t.spark.createDataFrame([t.Row(city="Ulm", people=126), t.Row(city="Bonn", people=None)])


@step
def from_dicts(t):
    return t.spark.createDataFrame([{"b": 1, "a": "x"}, {"b": 2, "a": "y"}])


@step
def from_dicts_with_missing_keys(t):
    return t.spark.createDataFrame([{"a": 1}, {"b": "y"}])


@step
def from_scalars_with_a_type(t):
    return t.spark.createDataFrame([3, 1, 2], "int")


@step
def from_a_ddl_schema(t):
    return t.spark.createDataFrame([(1, 2, 3.0)], "a TINYINT, b SMALLINT NOT NULL, c FLOAT COMMENT 'gauge'")


@step
def from_a_struct_type(t):
    T = t.T
    schema = T.StructType(
        [
            T.StructField("id", T.LongType(), False),
            T.StructField("price", T.DecimalType(9, 2)),
            T.StructField("when", T.TimestampType()),
            T.StructField("day", T.DateType(), True, {"note": "local"}),
        ]
    )
    rows = [
        (1, decimal.Decimal("12.30"), datetime.datetime(2024, 2, 29, 23, 59, 59, 123456), datetime.date(1582, 10, 4)),
        (2, None, None, None),
    ]
    return t.spark.createDataFrame(rows, schema)


@step
def every_atomic_type(t):
    schema = (
        "a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT, g DOUBLE, h DECIMAL(38,10), "
        "i STRING, j BINARY, k DATE, l TIMESTAMP, m TIMESTAMP_NTZ"
    )
    row = (
        True, -128, 32767, -2147483648, 9223372036854775807, 0.5, -0.0, decimal.Decimal("1.0000000001"),
        "naïve ☕", b"\x00\xff", datetime.date(9999, 12, 31), datetime.datetime(1969, 12, 31, 23, 59, 59),
        datetime.datetime(2000, 1, 1),
    )  # fmt: skip
    return t.spark.createDataFrame([row, (None,) * 13], schema)


@step
def float_specials(t):
    return t.spark.createDataFrame([(float("nan"),), (float("inf"),), (float("-inf"),), (1e-320,)], ["x"])


@step
def nested_values(t):
    rows = [
        (1, ["x", None, "z"], {"k": 1}, t.Row(lat=1.5, tags=["p"])),
        (2, [], {}, None),
    ]
    schema = "id INT, list ARRAY<STRING>, map MAP<STRING, INT>, point STRUCT<lat: DOUBLE, tags: ARRAY<STRING>>"
    return t.spark.createDataFrame(rows, schema)


@step
def nested_values_inferred(t):
    return t.spark.createDataFrame([t.Row(a=[1, 2], b={"x": 1.0}, c=t.Row(d=True, e=b"q"))])


@step
def intervals_from_timedelta(t):
    rows = [(datetime.timedelta(days=1, seconds=2, microseconds=3),), (datetime.timedelta(0),), (None,)]
    return t.spark.createDataFrame(rows, "lasted INTERVAL DAY TO SECOND")


@step
def empty_with_schema(t):
    return t.spark.createDataFrame([], "id BIGINT, label STRING")


@step
def empty_without_schema(t):
    return t.spark.createDataFrame([])


@step
def null_column_without_type(t):
    return t.spark.createDataFrame([(1, None), (2, None)], ["a", "b"])


@step
def wrong_python_type(t):
    return t.spark.createDataFrame([("one",)], "n INT")


@step
def from_pandas(t):
    import pandas as pd

    data = pd.DataFrame({"n": [1, 2, 3], "x": [0.5, None, 2.0], "s": ["a", None, "c"]})
    return t.spark.createDataFrame(data)


@step
def from_pandas_with_dates(t):
    import pandas as pd

    data = pd.DataFrame(
        {
            "ts": pd.to_datetime(["2024-03-31 02:30:00.000000", "1999-12-31 23:59:59.999999"]),
            "day": [datetime.date(2020, 1, 1), None],
            "flag": [True, False],
        }
    )
    return t.spark.createDataFrame(data)


@step
def from_pandas_with_schema(t):
    import pandas as pd

    return t.spark.createDataFrame(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), "a SMALLINT, b STRING")


@step
def from_pandas_with_new_names(t):
    import pandas as pd

    return t.spark.createDataFrame(pd.DataFrame({"a": [1], "b": ["x"]}), ["first", "second"])


@step
def from_numpy(t):
    import numpy as np

    return t.spark.createDataFrame(np.array([[1, 2], [3, 4]], dtype="int64"))


@step(clients=("py42",))
def from_arrow(t):
    import pyarrow as pa

    table = pa.table(
        {
            "i": pa.array([1, None], pa.int32()),
            "s": pa.array(["x", "y"], pa.string()),
            "l": pa.array([[1.5], None], pa.list_(pa.float64())),
            "d": pa.array([datetime.date(2024, 1, 1), None], pa.date32()),
        }
    )
    return t.spark.createDataFrame(table)


@step
def larger_than_the_cache_threshold(t):
    t.spark.conf.set("spark.sql.session.localRelationCacheThreshold", "1000")
    frame = t.spark.createDataFrame([(i, "row number %d" % i) for i in range(3000)], "i INT, s STRING")
    return frame.agg(t.F.count("*"), t.F.sum("i"), t.F.min("s"), t.F.max("s"))


@step
def many_rows(t):
    frame = t.spark.createDataFrame([(i, float(i) / 7) for i in range(20000)], ["i", "x"])
    return frame.agg(t.F.count("*").alias("n"), t.F.sum("i").alias("total"), t.F.max("x").alias("top"))


@step
def range_to_an_end(t):
    return Ordered(t.spark.range(4))


@step
def range_with_start_and_step(t):
    return Ordered(t.spark.range(10, 0, -3))


@step
def range_in_partitions(t):
    frame = t.spark.range(0, 1000, 7, 5)
    return frame.agg(t.F.count("id"), t.F.sum("id"))


@step
def range_that_is_empty(t):
    return t.spark.range(5, 5)


@step
def range_with_step_zero(t):
    return t.spark.range(0, 10, 0)


@step
def frame_from_a_table_function(t):
    return t.spark.sql("SELECT id * 2 AS even FROM range(3)")
