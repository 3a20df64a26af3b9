"""Column and Window: every method, with the kinds of argument that Python users pass."""
import datetime
import decimal

from harness import Ordered, step


def outcome(run):
    """What a call gives, or the class and first line of its error."""
    try:
        given = run()
        return str(given) if type(given).__name__ in ("Column", "DataFrame", "GroupedData", "DataFrameWriter") else given
    except Exception as error:
        return [type(error).__name__, str(error).split("\n")[0][:160].rstrip(";")]


def nested(t):
    return t.spark.sql(
        "SELECT * FROM VALUES (1, named_struct('x', 1, 'y', named_struct('z', 'deep', 'w', 2)), array(10, 20, 30), map('k', 1, 'l', 2)), "
        "(2, NULL, array(), map()) AS n(id, s, a, m)"
    )


@step
def items_of_collections(t):
    c = t.F.col
    return nested(t).select(
        c("a")[0], c("a").getItem(1), c("a")[5], c("m")["k"], c("m").getItem("nope"), c("s").x, c("s")["x"],
        c("s").getField("y"), c("s").getField("y").getField("z"), c("s.y.w"), c("s").y.z,
    )  # fmt: skip


@step
def item_by_a_column(t):
    frame = t.spark.sql("SELECT array('a', 'b', 'c') AS a, 1 AS i, map('b', 5) AS m, 'b' AS k")
    return frame.select(frame.a[frame.i], frame.m[frame.k], frame.a.getItem(frame.i + 1))


@step
def slices_of_columns(t):
    frame = t.spark.sql("SELECT 'abcdef' AS s, array(1, 2, 3) AS a")
    return [outcome(lambda: frame.select(frame.s[1:3]).first()[0]), outcome(lambda: frame.select(frame.s.substr(t.F.lit(2), t.F.lit(2))).first()[0]), outcome(lambda: frame.s.substr(1, t.F.lit(2))), outcome(lambda: frame.s[1:3:1])]


@step
def fields_changed(t):
    c, f = t.F.col, t.F
    return nested(t).select(
        c("s").withField("n", f.lit(9)), c("s").withField("x", c("s.x") + 1), c("s").withField("y.z", f.lit("new")), c("s").dropFields("x"),
        c("s").dropFields("y.w"), c("s").withField("a", f.lit(1)).withField("b", c("s.x")).dropFields("x", "a"),
    )  # fmt: skip


@step
def fields_changed_wrongly(t):
    c, f = t.F.col, t.F
    return [
        outcome(lambda: nested(t).select(c("s").dropFields("x", "y")).collect()), outcome(lambda: nested(t).select(c("id").withField("x", f.lit(1))).collect()),
        outcome(lambda: c("s").withField("x", 1)), outcome(lambda: nested(t).select(c("s").getField("nope")).collect()), outcome(lambda: nested(t).select(c("s").dropFields("nope")).columns),
    ]  # fmt: skip


@step
def conditions_in_chains(t):
    f, c = t.F, t.F.col
    return t.pets().select(
        f.when(c("weight") > 10, "heavy").when(c("weight") > 3, "medium").when(c("weight").isNull(), None).otherwise("light").alias("class"),
        f.when(c("id") == 1, c("weight")).otherwise(c("id")), f.when(c("kind") == "cat", 1), f.when(f.lit(True), f.lit(1)).otherwise(2),
    )  # fmt: skip


@step
def conditions_in_wrong_chains(t):
    f, c = t.F, t.F.col
    return [
        outcome(lambda: c("id").when(c("id") > 1, 2)), outcome(lambda: f.when(c("id") > 1, 2).otherwise(3).otherwise(4)), outcome(lambda: f.when(c("id") > 1, 2).otherwise(3).when(c("id") > 2, 1)),
        outcome(lambda: f.when("id > 1", 2)), outcome(lambda: bool(c("id") > 1)), outcome(lambda: t.pets().filter(1)),
    ]  # fmt: skip


@step
def membership_of_lists(t):
    c = t.F.col
    p = t.pets()
    return [
        [r.id for r in p.filter(c("id").isin(1, 2)).orderBy("id").collect()], [r.id for r in p.filter(c("id").isin([2, 3])).orderBy("id").collect()],
        [r.id for r in p.filter(c("id").isin({4})).collect()], [r.id for r in p.filter(~c("kind").isin("cat", "dog")).collect()], p.filter(c("id").isin([])).count(),
        p.filter(c("name").isin("Ada", None)).count(), p.filter(~c("name").isin("Ada", None)).count(), p.filter(c("weight").isin(3.5, 7)).count(), p.filter(c("id").isin("1", "2")).count(),
    ]  # fmt: skip


@step
def comparisons_with_python_values(t):
    f = t.F
    frame = t.spark.sql("SELECT DATE'2024-02-29' AS d, TIMESTAMP'2024-02-29 12:00:00' AS ts, 1.50BD AS m, 'x' AS s, true AS b, X'00FF' AS bin")
    return frame.select(
        f.col("d") == datetime.date(2024, 2, 29), f.col("d") > "2024-01-01", f.col("ts") >= datetime.datetime(2024, 2, 29, 12), f.col("ts") == "2024-02-29 12:00:00",
        f.col("m") == decimal.Decimal("1.5"), f.col("m") > 1, f.col("m") * decimal.Decimal("2.00"), f.col("b") == True,  # noqa: E712
        f.col("ts") + datetime.timedelta(hours=1), f.col("d") + datetime.timedelta(days=1), f.col("ts") - f.col("d"), f.lit(datetime.timedelta(days=2, seconds=3)) * 2,
    )  # fmt: skip


@step
def arithmetic_from_the_right(t):
    c = t.F.col("id")
    return t.pets().select(10 - c, 10 / c, 10 % c, 2 * c, 1 + c, 2**c, c**2, c % 2 == 1, -c, c + c, 1 - (2 - c)).orderBy("id")


@step
def logic_with_python_values(t):
    c = t.F.col
    b = t.pets().select("id", (c("weight") > 4).alias("b"))
    return b.select("id", c("b") & True, c("b") | False, True & c("b"), False | c("b"), ~c("b"), c("b") == c("b"), c("b").eqNullSafe(True), c("b") != False)  # noqa: E712


@step
def casts_by_type_and_text(t):
    c, T = t.F.col, t.T
    frame = t.spark.sql("SELECT '12.7' AS s, 300 AS i, 1.9D AS d, '2024-02-29 10:00:00' AS ts, 'true' AS b")
    return frame.select(
        c("s").cast("int"), c("s").cast(T.DecimalType(5, 2)), c("s").astype("double"), c("i").cast("tinyint"), c("i").cast(T.ByteType()), c("d").cast("long"), c("ts").cast("timestamp"),
        c("ts").cast(T.DateType()), c("b").cast("boolean"), c("i").cast("binary"), c("i").cast("string"), c("s").cast("binary"),
        c("i").cast("timestamp"), c("ts").cast("timestamp_ntz"), c("s").cast("decimal"), c("d").cast("boolean"),
    )  # fmt: skip


@step
def casts_of_nested_values(t):
    c = t.F.col
    return nested(t).select(
        c("s").cast("struct<a: string, b: struct<c: string, d: long>>"), c("a").cast("array<string>"), c("m").cast("map<string, double>"), c("a").cast("string"), c("m").cast("string"), c("s").cast("string"),
    )  # fmt: skip


@step(clients=("py42",))
def try_cast_and_newer_methods(t):
    c = t.F.col
    frame = t.spark.sql("SELECT 'abc' AS s, '12' AS n")
    return [outcome(lambda: frame.select(c("s").try_cast("int"), c("n").try_cast("int")).collect())]


@step
def aliases_and_metadata(t):
    c = t.F.col
    frame = t.pets().select(c("id").alias("key", metadata={"comment": "the key", "n": 1}), c("name").name("called"), t.F.explode(t.F.create_map("id", "kind")).alias("k", "v"))
    return [frame.columns, frame.schema["key"].metadata, frame.select("key").schema["key"].metadata, frame.withColumn("key", c("key") + 1).schema["key"].metadata, frame.withColumnRenamed("key", "q").schema["q"].metadata]


@step
def text_tests(t):
    c = t.F.col
    frame = t.spark.sql("SELECT * FROM VALUES ('a_b'), ('a%b'), ('A.B'), (NULL), ('') AS v(s)")
    return frame.select(
        "s", c("s").like("a\\_b"), c("s").like("a%b"), c("s").ilike("a%B"), c("s").rlike("^a.b$"), c("s").contains("."), c("s").startswith(c("s")), c("s").endswith("b"), c("s").isNull(), c("s").substr(-1, 1),
    )  # fmt: skip


@step
def orders_of_columns(t):
    c = t.F.col
    p = t.pets()
    return [
        [r.id for r in p.orderBy(o).collect()]
        for o in (c("weight").asc(), c("weight").desc(), c("weight").asc_nulls_last(), c("weight").desc_nulls_first(), c("name").asc_nulls_first(), c("name").desc_nulls_last())
    ] + [[r.id for r in p.sort("kind", c("id").desc()).collect()], [r.id for r in p.orderBy(["kind", "id"], ascending=[0, 1]).collect()], [r.id for r in p.sort(p.weight.desc(), ascending=True).collect()]]


@step
def columns_as_text(t):
    c, f = t.F.col, t.F
    return [str(c("a")), str(c("a") + 1), str(f.lit("x").alias("y")), str(f.sum("a")), str(c("a").isNull()), str(c("a").cast("int")), str(c("a")[0]), str(c("a").desc()), str(~c("b")), str(f.when(c("a") > 1, 2).otherwise(3)), str(c("a").between(1, 2)), str(c("a").isin(1, 2))]


@step
def bits_of_columns(t):
    c = t.F.col
    return t.pets().select(c("id").bitwiseAND(c("id") + 1), c("id").bitwiseOR(4), c("id").bitwiseXOR(t.F.lit(7)), t.F.bitwise_not("id"))


@step
def metadata_of_literals(t):
    f = t.F
    return t.spark.range(1).select(
        f.lit([1, 2, 3]), f.lit(["a", "b"]), f.lit([[1], [2]]), f.lit(datetime.date(2024, 1, 1)), f.lit(datetime.datetime(2024, 1, 1, 2, 3, 4, 5)), f.lit(decimal.Decimal("1.10")), f.lit(b"ab"),
        f.lit(2**40), f.lit(-1), f.lit(float("nan")), f.lit(float("inf")), f.lit("it's"), f.lit(datetime.timedelta(days=1)), f.lit(f.col("id")), f.lit(None).cast("int"),
    )  # fmt: skip


@step
def literals_of_numpy(t):
    import numpy as np

    f = t.F
    return t.spark.range(1).select(f.lit(np.int8(1)), f.lit(np.int16(2)), f.lit(np.int32(3)), f.lit(np.int64(4)), f.lit(np.float32(1.5)), f.lit(np.float64(2.5)), f.lit(np.bool_(True)), f.lit(np.array([1, 2], np.int32)), f.lit(np.array([1.5])))


@step
def literals_that_cannot_be(t):
    f = t.F
    return [outcome(lambda: str(f.lit(object))), outcome(lambda: t.spark.range(1).select(f.lit({"a": 1})).collect()), outcome(lambda: t.spark.range(1).select(f.lit([1, "a"])).collect())]


@step
def window_bounds(t):
    f, W = t.F, t.Window
    frame = t.spark.createDataFrame([("a", 1, 10), ("a", 2, 20), ("a", 2, 25), ("a", 5, 50), ("b", 1, 1), ("b", None, 2)], "k string, n int, v int")
    by = W.partitionBy("k").orderBy("n")
    total = f.sum("v")
    return frame.select(
        "k", "n", "v", total.over(by.rangeBetween(-1, 0)).alias("last"), total.over(by.rangeBetween(W.unboundedPreceding, W.currentRow)).alias("so far"), total.over(by.rangeBetween(0, W.unboundedFollowing)).alias("rest"),
        total.over(by.rangeBetween(1, 3)).alias("next"), total.over(W.partitionBy("k")).alias("all"), f.count("*").over(W.partitionBy(f.col("v") % 2)).alias("parity"),
        total.over(W.partitionBy("k").orderBy(f.desc("n")).rangeBetween(-1, 1)).alias("around"),
    )  # fmt: skip


@step
def window_bounds_by_rows(t):
    f, W = t.F, t.Window
    frame = t.spark.range(6).select("id", (f.col("id") % 2).alias("k"))
    by = W.partitionBy("k").orderBy("id")
    return frame.select(
        "id", f.avg("id").over(by.rowsBetween(-1, 1)), f.collect_list("id").over(by.rowsBetween(W.unboundedPreceding, 0)), f.first("id").over(by.rowsBetween(1, 2)), f.last("id").over(by.rowsBetween(-2, -1)),
        f.max("id").over(by.rowsBetween(W.unboundedPreceding, W.unboundedFollowing)), f.count("id").over(by.rowsBetween(0, 0)), f.nth_value("id", 2).over(by), f.nth_value("id", 2, True).over(by.rowsBetween(-5, 5)),
    )  # fmt: skip


@step
def window_bounds_by_time(t):
    f, W = t.F, t.Window
    frame = t.spark.sql("SELECT * FROM VALUES (TIMESTAMP'2024-01-01 00:00:00', 1), (TIMESTAMP'2024-01-01 00:30:00', 2), (TIMESTAMP'2024-01-02 00:00:00', 4) AS v(ts, n)")
    by_seconds = W.orderBy(f.col("ts").cast("long")).rangeBetween(-3600, 0)
    by_sql = "sum(n) OVER (ORDER BY ts RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) AS hour"
    return frame.select("ts", f.sum("n").over(by_seconds).alias("seconds"), f.expr(by_sql), f.expr("sum(n) OVER (ORDER BY CAST(ts AS DATE) RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS days"))


@step
def window_functions_of_rank(t):
    f, W = t.F, t.Window
    by = W.partitionBy("kind").orderBy(f.col("weight").desc_nulls_last())
    return t.pets().select(
        "id", f.row_number().over(by), f.rank().over(by), f.dense_rank().over(by), f.percent_rank().over(by), f.cume_dist().over(by), f.ntile(2).over(by), f.lag("id").over(by), f.lag("id", 1, -1).over(by), f.lead("id", 2).over(by), f.lead("name", 1, "none").over(by),
    )  # fmt: skip


@step
def window_errors(t):
    f, W = t.F, t.Window
    p = t.pets()
    return [
        outcome(lambda: p.select(f.row_number().over(W.partitionBy("kind"))).collect()), outcome(lambda: p.select(f.sum("id").over(W.orderBy("kind").rangeBetween(-1, 1))).collect()),
        outcome(lambda: p.select(f.sum("id").over(W.orderBy("id", "kind").rangeBetween(-1, 1))).collect()), outcome(lambda: p.select(f.rank().over(W.orderBy("id").rowsBetween(-1, 1))).collect()),
        outcome(lambda: p.select(f.sum("id").over(W.rowsBetween(2, 1).orderBy("id"))).collect()), outcome(lambda: p.filter(f.row_number().over(W.orderBy("id")) == 1).collect()),
        outcome(lambda: p.select(f.sum(f.row_number().over(W.orderBy("id")))).collect()), outcome(lambda: p.groupBy("kind").agg(f.sum("id").over(W.partitionBy("kind"))).collect()),
        outcome(lambda: p.select(f.sum("id").over("kind")).collect()), outcome(lambda: p.select(f.upper("name").over(W.partitionBy("kind"))).collect()), outcome(lambda: p.select(f.lag("id", -1).over(W.orderBy("id"))).count()),
        outcome(lambda: p.select(f.countDistinct("id").over(W.partitionBy("kind"))).collect()),
    ]  # fmt: skip


@step
def windows_after_aggregation(t):
    f, W = t.F, t.Window
    sums = t.pets().groupBy("kind").agg(f.sum("weight").alias("w"))
    return sums.withColumn("rank", f.rank().over(W.orderBy(f.desc("w")))).withColumn("share", f.round(f.col("w") / f.sum("w").over(W.partitionBy()), 4)).orderBy("rank")


@step
def windows_find_the_latest_row(t):
    f, W = t.F, t.Window
    latest = W.partitionBy("pet").orderBy(f.col("day").desc())
    return t.visits().withColumn("n", f.row_number().over(latest)).where("n = 1").drop("n").orderBy("pet")


@step
def windows_find_gaps(t):
    f, W = t.F, t.Window
    by = W.partitionBy("pet").orderBy("day")
    days = t.visits().withColumn("before", f.lag("day").over(by)).withColumn("gap", f.datediff("day", "before"))
    return days.withColumn("new", (f.col("gap").isNull() | (f.col("gap") > 1)).cast("int")).withColumn("session", f.sum("new").over(by))


@step
def columns_named_with_dots(t):
    frame = t.spark.createDataFrame([(1, 2, 3)], ["a.b", "a b", "a`b"])
    return [
        outcome(lambda: frame.select("a.b").collect()), frame.select("`a.b`").collect(), frame.select("`a``b`").columns, frame.select(t.F.col("a b")).collect(), frame["`a.b`"] is not None, frame.drop("a.b").columns,
        frame.withColumnRenamed("a.b", "ab").columns, frame.withColumn("a.b", t.F.lit(5)).columns, frame.select(t.F.col("`a.b`").alias("x.y")).columns, outcome(lambda: frame.select(t.F.col("`a")).collect()),
    ]  # fmt: skip


@step
def columns_by_every_spelling(t):
    p = t.pets()
    return p.select(p.id, p["name"], p[2], "weight", t.F.col("id").alias("again"), t.F.expr("kind || '!'")).orderBy(p["id"].desc())


@step
def getitem_of_frames(t):
    p = t.pets()
    return [p[p.id > 3].count(), p[["id", "name"]].columns, p[("id", "kind")].columns, outcome(lambda: p[9]), outcome(lambda: p["nope"]), outcome(lambda: p.select(p["nope"]).collect()), outcome(lambda: p[1.5])]


@step
def star_of_a_struct(t):
    return nested(t).select("id", "s.*", t.F.col("s.y.*"))


@step
def star_of_something_else(t):
    return nested(t).select("a.*")


@step
def literal_columns_in_orders_and_groups(t):
    f = t.F
    return t.pets().groupBy(f.lit(1), "kind").agg(f.lit("c"), f.count(f.lit(1)), f.sum(f.lit(2.5))).orderBy(f.lit(1), "kind")


@step
def nulls_in_three_valued_logic(t):
    return t.spark.sql(
        "SELECT a, b, a AND b, a OR b, NOT a, a = b, a <=> b, a <> b, a IS NULL, coalesce(a, b), if(a, 1, 2), nullif(a, b) "
        "FROM VALUES (true), (false), (NULL) AS x(a) CROSS JOIN VALUES (true), (false), (NULL) AS y(b)"
    )


@step
def over_with_a_filter_and_frames(t):
    return t.pets().select("id", t.F.expr("count(*) FILTER (WHERE weight > 3) OVER (PARTITION BY kind) AS n"), t.F.expr("sum(id) OVER (ORDER BY id ROWS 1 PRECEDING) AS s"))


@step
def ordered_top_rows_per_group(t):
    f, W = t.F, t.Window
    by = W.partitionBy("kind").orderBy("weight")
    return Ordered(t.pets().withColumn("r", f.dense_rank().over(by)).filter(f.col("r") <= 1).orderBy("kind", "id"))
