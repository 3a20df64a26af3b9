"""SparkSession: Python data of every kind, SQL with arguments, configuration, tags, Catalog and the errors that tests look at."""
import collections
import dataclasses
import datetime
import decimal

from harness import step
from steps.api_columns import outcome

Point = collections.namedtuple("Point", ["x", "y"])


@dataclasses.dataclass
class Account:
    owner: str
    balance: float
    open: bool = True


class Plain:
    def __init__(self, a, b):
        self.a, self.b = a, b


@step
def data_of_every_kind_of_row(t):
    s, Row = t.spark, t.Row
    make = s.createDataFrame
    Person = Row("name", "age")
    return [
        make([Point(1, 2.5), Point(3, None)]).collect(), make([Row(a=1, b="x"), Row(a=2, b=None)]).collect(), make([Person("Ann", 3)]).columns, make([{"b": 1, "a": "x"}, {"a": "y", "c": 2.5}]).collect(), make([[1, "x"], [2, "y"]], ["n", "s"]).collect(),
        make([(1, "x")]).columns, make([Account("Ann", 2.5), Account("Ben", 0.0, False)]).collect(), outcome(lambda: make([Plain(1, 2)]).collect()), outcome(lambda: make([1, 2, 3]).collect()), make([1, 2], "int").collect(), make(["a"], t.T.StringType()).columns,
        outcome(lambda: make([[1, 2], [3]], ["a", "b"]).collect()), make([((1, "in"), [1])], ["t", "l"]).schema.simpleString(), make([(Row(x=1, y=Row(z="q")),)], ["r"]).schema.simpleString(), outcome(lambda: make((i for i in range(2)), "long").collect()),
    ]  # fmt: skip


@step
def data_of_every_python_value(t):
    row = (
        True, 1, 2**40, 1.5, "s", b"b", bytearray(b"c"), decimal.Decimal("1.25"), datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4, 5, 6), datetime.timedelta(days=1, seconds=2), [1, None], {"k": 1.5}, (1, "t"), [[1], []], {"a": {"b": 1}}, [{"x": 1}],
    )  # fmt: skip
    frame = t.spark.createDataFrame([row, tuple([None] * len(row))], [f"c{i}" for i in range(len(row))])
    return [frame.schema.simpleString(), frame.collect()]


@step
def data_checked_against_a_schema(t):
    make, T = t.spark.createDataFrame, t.T
    strict = T.StructType([T.StructField("a", T.IntegerType(), False), T.StructField("b", T.StringType())])
    return [
        make([(1, "x")], strict).schema.jsonValue(), outcome(lambda: make([(None, "x")], strict).collect()), outcome(lambda: make([("1", "x")], strict).collect()), outcome(lambda: make([(1, 2)], strict).collect()), outcome(lambda: make([(1,)], strict).collect()),
        outcome(lambda: make([(2**31, "x")], strict).collect()), make([{"b": "only"}], "a int, b string").collect(), make([t.Row(b="x", a=1)], "a int, b string").collect(),
        make([(1, 2.0)], "a: byte, b: float").schema.simpleString(), make([(1, [1.0])], "struct<a: short, b: array<double>>").collect(), outcome(lambda: make([(1,)], "a intt").collect()), make([], "a int, b array<string>").collect(), outcome(lambda: make([], ["a"]).collect()),
        outcome(lambda: make([(1.5,)], "a int").collect()), outcome(lambda: make([(True,)], "a int").collect()), outcome(lambda: make([("x",)], "a boolean").collect()), outcome(lambda: make([(1,)], "a string").collect()), outcome(lambda: make([(1,)], "a double").collect()), make([(decimal.Decimal("1.555"),)], "a decimal(10, 2)").collect(),
    ]  # fmt: skip


@step
def data_of_maps_and_structs_with_schemas(t):
    frame = t.spark.createDataFrame(
        [(1, {"a": [1, 2]}, ("x", 2.5), [("p", 1)]), (2, {}, None, []), (3, None, {"s": "d", "f": 1.0}, [{"n": "q", "v": 2}])],
        "id int, m map<string, array<int>>, t struct<s: string, f: double>, l array<struct<n: string, v: int>>",
    )
    return frame


@step
def data_inferred_from_mixed_rows(t):
    make = t.spark.createDataFrame
    return [outcome(lambda: make([(1,), (2.5,)], ["a"]).schema.simpleString()), outcome(lambda: make([(1,), ("x",)], ["a"]).schema.simpleString()), make([(None,), (1,)], ["a"]).schema.simpleString(), make([([],), ([1],)], ["a"]).schema.simpleString(), make([({},), ({"k": 1},)], ["a"]).schema.simpleString(), outcome(lambda: make([([1, "x"],)], ["a"]).collect()), outcome(lambda: make([({"a": 1, "b": "x"},)], ["a"]).collect()), outcome(lambda: make([(object(),)], ["a"]).collect())]


@step
def data_from_pandas_of_every_kind(t):
    import numpy as np
    import pandas as pd

    pdf = pd.DataFrame({
        "i": [1, 2], "f": [1.5, np.nan], "s": ["a", None], "b": [True, False], "d": [datetime.date(2024, 1, 1), None], "ts": pd.to_datetime(["2024-01-01 01:02:03", None]), "l": [[1, 2], None], "i8": np.array([1, 2], np.int8), "f32": np.array([1, 2], np.float32),
        "I": pd.array([1, None], "Int64"), "c": ["x", "y"], "td": pd.to_timedelta(["1 days", "2 hours"]), "st": pd.array(["q", None], "string"), "bo": pd.array([True, None], "boolean"),
    })  # fmt: skip
    frame = t.spark.createDataFrame(pdf)
    return [frame.schema.simpleString(), frame.collect()]


@step
def data_from_pandas_in_other_forms(t):
    import numpy as np
    import pandas as pd

    make = t.spark.createDataFrame
    pdf = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    return [make(pdf, "a long, b string").schema.simpleString(), make(pdf, ["p", "q"]).columns, outcome(lambda: make(pdf, "a int, b int").collect()), make(pdf.set_index("a")).columns, make(pd.DataFrame({0: [1]})).columns, make(pdf[:0]).schema.simpleString(), make(np.array([[1, 2], [3, 4]])).collect(), make(np.array([1.5, 2.5])).collect(), make(np.array([[1, 2]]), ["x", "y"]).columns, make(pdf.rename(columns={"a": "b"})).columns]


@step(clients=("py42",))
def data_from_arrow(t):
    import pyarrow as pa

    table = pa.table({"i": pa.array([1, None], pa.int8()), "s": ["a", "b"], "l": [[1], None], "m": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int32())), "st": [{"x": 1, "y": "q"}, None], "d": pa.array([decimal.Decimal("1.50"), None], pa.decimal128(10, 2)), "ts": pa.array([datetime.datetime(2024, 1, 1), None], pa.timestamp("us")), "ls": pa.array(["x", None], pa.large_string())})
    frame = t.spark.createDataFrame(table)
    return [frame.schema.simpleString(), frame.collect(), t.spark.createDataFrame(table.select(["i", "s"]), ["a", "b"]).columns]


@step
def ranges(t):
    s = t.spark
    return [[r.id for r in s.range(3).collect()], [r.id for r in s.range(1, 7, 2).collect()], [r.id for r in s.range(5, 0, -2).collect()], s.range(0, 10, numPartitions=3).count(), [r.id for r in s.range(start=2, end=4).collect()], s.range(2, 2).count(), outcome(lambda: s.range(1, 2, 0).count()), outcome(lambda: s.range("a")), s.range(3).schema.simpleString(), s.range(-3).count()]


@step
def sql_with_arguments(t):
    s, f = t.spark, t.F
    return [
        s.sql("SELECT :a AS a, :b || '!' AS b", args={"a": 1, "b": "x"}).collect(), s.sql("SELECT * FROM range(10) WHERE id > ? AND id < ?", args=[5, 8]).collect(), s.sql("SELECT :d AS d, :ts AS ts, :n AS n", args={"d": datetime.date(2024, 1, 1), "ts": datetime.datetime(2024, 1, 1, 2), "n": None}).collect(),
        s.sql("SELECT :m AS m", {"m": decimal.Decimal("1.50")}).schema.simpleString(), outcome(lambda: s.sql("SELECT :a").collect()), outcome(lambda: s.sql("SELECT ?, ?", args=[1]).collect()), outcome(lambda: s.sql("SELECT :a", args=[1]).collect()), outcome(lambda: s.sql("SELECT 1", args=5)), s.sql("SELECT 1 AS one", args={}).collect(),
        s.sql("SELECT sum(id) FROM range(?)", args=[4]).first()[0], s.sql("SELECT :x + :x AS twice", args={"x": 2.5}).collect(),
    ]  # fmt: skip


@step(clients=("py35",))
def sql_with_frames_by_name(t):
    frame = t.spark.range(5)
    return [outcome(lambda: t.spark.sql("SELECT count(*) AS n FROM {df} WHERE id > {low}", df=frame, low=2).collect()), outcome(lambda: t.spark.sql("SELECT {c} FROM {df}", c=frame.id, df=frame).collect()), outcome(lambda: t.spark.sql("SELECT {missing}").collect())]


@step
def sql_of_many_statements(t):
    s = t.spark
    s.sql("CREATE OR REPLACE TEMP VIEW nums AS SELECT * FROM VALUES (1, 'a'), (2, 'b') AS v(n, s)")
    return [s.sql("SELECT * FROM nums ORDER BY n").collect(), s.sql("SHOW TABLES").where("tableName = 'nums'").select("tableName", "isTemporary").collect(), s.sql("DESCRIBE nums").collect(), s.table("nums").count(), s.sql("SELECT 1; ").collect(), outcome(lambda: s.sql("SELECT 1; SELECT 2")), outcome(lambda: s.sql("").collect()), s.sql("SET spark.sql.shuffle.partitions").collect() is not None, s.sql("SELECT /* c */ 1 -- d").columns]


@step
def views_of_frames(t):
    s = t.spark
    frame = s.range(3)
    frame.createOrReplaceTempView("v_one")
    seen = [s.table("v_one").count(), outcome(lambda: frame.createTempView("v_one")), s.catalog.tableExists("v_one"), s.catalog.dropTempView("v_one"), s.catalog.dropTempView("v_one"), outcome(lambda: s.table("v_one").count())]
    frame.createOrReplaceGlobalTempView("g_one")
    seen += [s.table("global_temp.g_one").count(), outcome(lambda: frame.createGlobalTempView("g_one")), s.catalog.dropGlobalTempView("g_one"), outcome(lambda: s.table("global_temp.g_one").count()), outcome(lambda: frame.createTempView("a.b")), outcome(lambda: frame.createTempView("1 bad"))]
    return seen


@step
def views_chain_and_shadow(t):
    s = t.spark
    s.sql("DROP TABLE IF EXISTS shadowed")
    s.range(2).write.saveAsTable("shadowed")
    s.range(5).createOrReplaceTempView("shadowed")
    seen = [s.table("shadowed").count(), s.table("default.shadowed").count(), s.table("spark_catalog.default.shadowed").count()]
    s.catalog.dropTempView("shadowed")
    seen.append(s.table("shadowed").count())
    s.sql("DROP TABLE shadowed")
    return seen


@step
def configuration(t):
    c = t.spark.conf
    c.set("spark.sql.shuffle.partitions", 7)
    c.set("my.own.key", "v")
    seen = [c.get("spark.sql.shuffle.partitions"), c.get("my.own.key"), c.get("no.such.key", "fallback"), c.get("no.such.key", None), outcome(lambda: c.get("no.such.key")), c.isModifiable("spark.sql.shuffle.partitions"), c.isModifiable("spark.executor.memory"), outcome(lambda: c.set("spark.executor.memory", "1g")), outcome(lambda: c.set("spark.sql.shuffle.partitions", "many"))]
    c.unset("spark.sql.shuffle.partitions")
    c.unset("my.own.key")
    c.set("spark.sql.ansi.enabled", True)
    seen += [c.get("spark.sql.shuffle.partitions"), c.get("my.own.key", "gone"), c.get("spark.sql.ansi.enabled"), outcome(lambda: t.spark.sql("SELECT CAST('x' AS INT)").collect()), outcome(lambda: c.set("x", [1])), outcome(lambda: c.get(5))]
    return seen


@step
def configuration_that_acts(t):
    s = t.spark
    s.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    seen = [s.sql("SELECT CAST(TIMESTAMP'2024-01-01 00:00:00 UTC' AS STRING) AS s").first()[0], s.conf.get("spark.sql.session.timeZone")]
    s.conf.set("spark.sql.caseSensitive", "true")
    seen.append(outcome(lambda: s.range(1).select("ID").collect()))
    s.conf.set("spark.sql.caseSensitive", "false")
    s.conf.set("spark.sql.mapKeyDedupPolicy", "LAST_WIN")
    seen.append(s.sql("SELECT map(1, 'a', 1, 'b') AS m").collect())
    s.conf.set("spark.sql.legacy.timeParserPolicy", "LEGACY")
    seen.append(outcome(lambda: s.sql("SELECT to_date('2024-1-5', 'yyyy-MM-dd') AS d").collect()))
    return seen


@step
def sessions_of_their_own(t):
    a = t.spark
    a.range(1).createOrReplaceTempView("mine")
    return [str(a.version).split(".")[0].isdigit(), outcome(lambda: a.newSession().catalog.tableExists("mine")), a.catalog.tableExists("mine"), outcome(lambda: type(a.client).__name__), outcome(lambda: type(a.getActiveSession()).__name__)]


@step
def tags_of_operations(t):
    s = t.spark
    s.addTag("nightly")
    s.addTag("etl")
    seen = [sorted(s.getTags()), s.range(3).count()]
    s.removeTag("etl")
    seen.append(sorted(s.getTags()))
    s.clearTags()
    return seen + [sorted(s.getTags()), s.interruptTag("nightly"), s.interruptAll(), outcome(lambda: s.interruptOperation("no-such-id")), outcome(lambda: s.addTag("a,b")), outcome(lambda: s.addTag(""))]


@step
def catalog_of_tables(t):
    s, c = t.spark, t.spark.catalog
    s.sql("DROP TABLE IF EXISTS api_t")
    s.sql("CREATE TABLE api_t (id INT COMMENT 'key', name STRING, day DATE) USING parquet PARTITIONED BY (day) COMMENT 'all of it'")
    table = c.getTable("api_t")
    seen = [
        [table.name, table.catalog, table.namespace, table.description, table.tableType, table.isTemporary, table.database], [x.name for x in c.listTables() if x.name == "api_t"], c.tableExists("api_t"), c.tableExists("default.api_t"), c.tableExists("api_t", "default"), c.tableExists("nope.api_t"),
        [x.name for x in c.listTables("default", "api_*")], outcome(lambda: c.getTable("nope")), outcome(lambda: c.listTables("nope")), outcome(lambda: c.listColumns("nope")), c.isCached("api_t"), c.refreshTable("api_t"), outcome(lambda: c.recoverPartitions("api_t")), c.refreshByPath("/nowhere"),
    ]  # fmt: skip
    s.sql("DROP TABLE api_t")
    return seen


@step(clients=("py35",))
def catalog_of_columns(t):
    s, c = t.spark, t.spark.catalog
    s.sql("DROP TABLE IF EXISTS api_c")
    s.sql("CREATE TABLE api_c (id INT COMMENT 'key', l ARRAY<STRING>, day DATE) USING parquet PARTITIONED BY (day)")
    seen = c.listColumns("api_c") + c.listColumns("default.api_c")[:1]
    s.sql("DROP TABLE api_c")
    return seen


@step
def catalog_of_databases(t):
    s, c = t.spark, t.spark.catalog
    s.sql("DROP DATABASE IF EXISTS api_db CASCADE")
    s.sql("CREATE DATABASE api_db COMMENT 'mine'")
    seen = [c.databaseExists("api_db"), c.getDatabase("api_db").description, [d.name for d in c.listDatabases("api_*")], c.currentDatabase(), c.setCurrentDatabase("api_db"), c.currentDatabase(), c.currentCatalog(), [x.name for x in c.listCatalogs()], outcome(lambda: c.setCurrentDatabase("nope")), outcome(lambda: c.getDatabase("nope")), c.databaseExists("nope")]
    s.range(1).write.saveAsTable("inside")
    seen += [[x.name for x in c.listTables()], c.tableExists("api_db.inside"), outcome(lambda: s.sql("DROP DATABASE api_db"))]
    c.setCurrentDatabase("default")
    s.sql("DROP DATABASE api_db CASCADE")
    return seen + [c.databaseExists("api_db")]


@step
def catalog_of_functions(t):
    c = t.spark.catalog
    one = c.getFunction("upper")
    return [one.name, one.isTemporary, one.className.split(".")[-1], c.functionExists("lower"), c.functionExists("no_such"), outcome(lambda: c.getFunction("no_such")), [f.name for f in c.listFunctions(pattern="bit_*")], outcome(lambda: c.functionExists("lower", "default"))]


@step
def catalog_creates(t):
    s, c = t.spark, t.spark.catalog
    for name in ("api_made", "api_made_too", "api_ext"):
        s.sql(f"DROP TABLE IF EXISTS {name}")
    path = t.path("made")
    s.range(3).write.parquet(path)
    made = c.createTable("api_made", path=path, source="parquet")
    empty = c.createTable("api_made_too", schema=t.T.StructType([t.T.StructField("a", t.T.LongType())]), source="json", description="empty")
    seen = [made.count(), empty.columns, c.getTable("api_made").tableType, c.getTable("api_made_too").description, outcome(lambda: c.createTable("api_made", path=path)), outcome(lambda: c.createExternalTable("api_ext", path=path).count())]
    for name in ("api_made", "api_made_too", "api_ext"):
        s.sql(f"DROP TABLE IF EXISTS {name}")
    return seen


@step
def errors_by_their_python_class(t):
    from pyspark.errors import AnalysisException, ParseException, PySparkException, PySparkTypeError, PySparkValueError

    s = t.spark
    seen = []
    for run, kinds in (
        (lambda: s.table("nope").collect(), (AnalysisException, PySparkException)), (lambda: s.sql("SELEC"), (ParseException, AnalysisException)), (lambda: s.range(3).filter("x").collect(), (AnalysisException,)), (lambda: t.F.lit(1).cast(5), (PySparkTypeError, TypeError)), (lambda: s.range(1).fillna({}), (PySparkValueError, ValueError)),
        (lambda: s.createDataFrame([(1,)], 5), (PySparkTypeError, TypeError)), (lambda: t.F.col("a").between(1), (TypeError,)),
    ):  # fmt: skip
        try:
            seen.append(str(run()))
        except Exception as error:
            seen.append([type(error).__name__, [isinstance(error, kind) for kind in kinds], str(error).split("\n")[0]])
    return seen


@step(clients=("py35",))  # 4.2's pyspark.testing wants a Spark installation
def frames_compared_by_pyspark_testing(t):
    from pyspark.testing.utils import assertDataFrameEqual, assertSchemaEqual

    s = t.spark
    a = s.createDataFrame([("1", 1000.0), ("2", 3000.0)], ["id", "amount"])
    b = s.createDataFrame([("2", 3000.0), ("1", 1000.0)], ["id", "amount"])
    c = s.createDataFrame([("1", 1000.0), ("2", 3000.5)], ["id", "amount"])
    return [assertDataFrameEqual(a, b), outcome(lambda: assertDataFrameEqual(a, b, checkRowOrder=True)), outcome(lambda: assertDataFrameEqual(a, c)), assertDataFrameEqual(a, c, rtol=1e-2), assertSchemaEqual(a.schema, b.schema), outcome(lambda: assertSchemaEqual(a.schema, s.range(1).schema)), assertDataFrameEqual(a, [t.Row(id="1", amount=1000.0), t.Row(id="2", amount=3000.0)])]


@step
def the_words_of_the_quickstart(t):
    s, f = t.spark, t.F
    df = s.createDataFrame([t.Row(a=1, b=2.0, c="string1", d=datetime.date(2000, 1, 1), e=datetime.datetime(2000, 1, 1, 12, 0)), t.Row(a=2, b=3.0, c="string2", d=datetime.date(2000, 2, 1), e=datetime.datetime(2000, 1, 2, 12, 0)), t.Row(a=4, b=5.0, c="string3", d=datetime.date(2000, 3, 1), e=datetime.datetime(2000, 1, 3, 12, 0))])
    print(df)
    df.show(1)
    df.printSchema()
    df.show(1, vertical=True)
    df.select("a", "b", "c").describe().show()
    df.select(df.c).show()
    df.withColumn("upper_c", f.upper(df.c)).show()
    df.filter(df.a == 1).show()
    fruit = s.createDataFrame([["red", "banana", 1, 10], ["blue", "banana", 2, 20], ["red", "carrot", 3, 30], ["blue", "grape", 4, 40], ["red", "carrot", 5, 50], ["black", "carrot", 6, 60]], schema=["color", "fruit", "v1", "v2"])
    fruit.groupby("color").avg().orderBy("color").show()
    df.createOrReplaceTempView("tableA")
    s.sql("SELECT count(*) from tableA").show()
    df.select(f.expr("count(*)") > 0).show()
    return [type(df.c) == type(f.upper(df.c)) == type(df.c.isNull()), df.tail(1), df.toPandas().shape]  # noqa: E721
