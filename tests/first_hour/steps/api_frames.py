"""DataFrame, its NA and statistics functions and GroupedData: each method in the forms of its reference page."""
import datetime

from harness import Ordered, step
from steps.api_columns import outcome


def people(t):
    return t.spark.createDataFrame(
        [(1, "Ann", 23, 171.5), (2, "Ben", 42, None), (3, "Cid", None, 180.25), (4, None, 42, 165.0)], "id long, name string, age int, height double"
    )


def sales(t):
    return t.spark.createDataFrame(
        [(2023, "Q1", "north", 10.0), (2023, "Q2", "north", 20.0), (2023, "Q1", "south", 5.0), (2024, "Q1", "north", 7.5), (2024, "Q3", "south", None)],
        "year int, quarter string, region string, amount double",
    )


@step
def aggregates_by_dict_and_names(t):
    s = sales(t)
    return [
        s.groupBy("year").agg({"amount": "sum", "*": "count", "quarter": "max"}).columns, sorted(map(tuple, s.groupBy("year").agg({"amount": "avg"}).collect())), s.agg({"amount": "min"}).first()[0],
        s.groupBy("year", "region").count().orderBy("year", "region").collect(), s.groupBy(["year"]).sum("amount").columns, s.groupBy("region").avg().columns, s.groupby(s.year).max("amount", "year").columns,
        s.groupBy().min("amount").first()[0], s.groupBy("year").mean("amount").columns, outcome(lambda: s.groupBy("year").sum("quarter").collect()), outcome(lambda: s.groupBy("year").agg()), outcome(lambda: s.groupBy("nope").count().collect()),
    ]  # fmt: skip


@step
def aggregates_of_many_kinds_at_once(t):
    f = t.F
    return sales(t).groupBy("region").agg(
        f.sum("amount").alias("total"), f.avg("amount"), f.min("quarter"), f.max(f.struct("amount", "quarter")).alias("best"), f.countDistinct("year", "quarter"), f.collect_set("year").isNotNull(),
        f.sum(f.when(f.col("year") == 2023, 1).otherwise(0)).alias("n2023"), f.expr("percentile_approx(amount, 0.5)"), f.first("amount", ignorenulls=True).isNotNull(), f.round(f.stddev("amount"), 3), f.count(f.lit(1)) / f.lit(2), f.max("amount") - f.min("amount"),
    )  # fmt: skip


@step
def pivots_in_every_form(t):
    f, s = t.F, sales(t)
    return [
        s.groupBy("year").pivot("quarter").sum("amount").orderBy("year").collect(), s.groupBy("year").pivot("quarter", ["Q1", "Q2"]).agg(f.sum("amount")).orderBy("year").collect(),
        s.groupBy("year").pivot("quarter", ["Q1"]).agg(f.sum("amount").alias("s"), f.count("region").alias("n")).orderBy("year").collect(), s.groupBy("region").pivot("year").count().orderBy("region").collect(),
        s.groupBy().pivot("region").avg("amount").collect(), s.groupBy("year").pivot("quarter", ["Q1", "Q9"]).max("amount").columns, s.groupBy("year").pivot("quarter").agg({"amount": "sum", "region": "max"}).columns,
    ]  # fmt: skip


@step
def pivots_that_fail(t):
    f, s = t.F, sales(t)
    return [
        outcome(lambda: s.groupBy("year").pivot("quarter").pivot("region").count().collect()), outcome(lambda: s.groupBy("year").pivot("quarter", [1.5, "Q1"]).count().collect()), outcome(lambda: s.rollup("year").pivot("quarter").count().collect()),
        outcome(lambda: s.groupBy("year").pivot("nope").count().collect()), outcome(lambda: s.groupBy("year").pivot("quarter", [f.col("region")]).count().collect()),
    ]  # fmt: skip


@step
def rollups_and_cubes_together(t):
    f, s = t.F, sales(t)
    return s.cube("year", "region").agg(f.sum("amount"), f.grouping("year"), f.grouping("region"), f.grouping_id("year", "region")).union(
        s.rollup("year", f.col("region")).agg(f.sum("amount"), f.grouping("year"), f.grouping("region"), f.grouping_id())
    )


@step
def groups_of_expressions(t):
    f = t.F
    return people(t).groupBy((f.col("age") > 30).alias("old"), f.length("name")).agg(f.count("*"), f.avg("height")).orderBy("old", "length(name)")


@step
def groups_with_having_and_order(t):
    f = t.F
    return Ordered(sales(t).groupBy("region").agg(f.sum("amount").alias("total")).where(f.col("total") > 5).orderBy(f.desc("total"), "region").limit(5))


@step
def nulls_dropped(t):
    p = people(t)
    return [p.dropna().count(), p.dropna("all").count(), p.na.drop(how="any", subset=["age"]).count(), p.na.drop(thresh=3).count(), p.dropna(subset="name").count(), p.dropna(how="all", subset=["name", "age"]).count(), p.dropna(thresh=1, subset=["name", "height"]).count(), outcome(lambda: p.dropna(subset=["nope"]).count())]


@step
def nulls_filled(t):
    p = people(t)
    return [p.fillna(0).collect(), p.fillna("?").collect(), p.fillna({"age": -1, "name": "nobody"}).collect(), p.fillna(1.5, subset=["age", "height"]).collect(), p.na.fill(True).collect(), p.fillna(0, "age").collect(), outcome(lambda: p.fillna([1])), outcome(lambda: p.fillna({"nope": 1}).collect())]


@step
def values_replaced(t):
    p = people(t)
    return [
        p.replace(42, 24).collect(), p.replace("Ann", "Anne").collect(), p.replace(["Ann", "Ben"], ["A", "B"]).collect(), p.replace({"Ann": "Z", "Cid": None}).collect(), p.na.replace([42, 23], 0, "age").collect(),
        p.replace({42: 1, 23: 2}, subset=["age"]).collect(), p.replace("Ann", None).collect(), p.replace(171.5, 0.0).collect(), outcome(lambda: p.replace(1)), outcome(lambda: p.replace([1, 2], [3])), outcome(lambda: p.replace({"Ann": 1, 2: "x"})),
    ]  # fmt: skip


@step
def statistics_of_frames(t):
    p = people(t)
    n = t.spark.range(100).selectExpr("id", "id % 7 AS seven", "sqrt(id) AS root")
    return [
        n.stat.corr("id", "root"), n.corr("id", "seven", "pearson"), n.cov("id", "root"), n.stat.cov("id", "seven"), n.approxQuantile("id", [0.0, 0.5, 1.0], 0.0), n.approxQuantile(("id", "seven"), (0.5,), 0.0), n.stat.crosstab("seven", "id").count(),
        sorted(n.where("id < 14").crosstab("seven", "id").columns), p.stat.freqItems(["name"], 0.5).columns, outcome(lambda: p.approxQuantile("name", [0.5], 0.1)), outcome(lambda: p.corr("name", "age")), outcome(lambda: p.cov("nope", "age")),
    ]  # fmt: skip


@step
def statistics_described(t):
    p = people(t)
    return [
        p.describe().collect(), p.describe("age", "name").collect(), p.describe(["height"]).collect(), p.summary().collect(), p.select("age").summary("count", "33%", "max").collect(), outcome(lambda: p.summary("101%").collect()),
        p.select("id").limit(0).describe().collect(),
    ]  # fmt: skip


@step
def describe_of_other_types(t):
    frame = t.spark.sql("SELECT DATE'2024-01-01' AS d, true AS b, 1.50BD AS m, array(1) AS a, 'x' AS s, TIMESTAMP'2024-01-01' AS ts")
    return [frame.describe().collect(), frame.summary("count", "max").collect()]


@step
def samples_of_a_seed(t):
    frame = t.spark.range(0, 60, 1, 1)
    return [
        [r.id for r in frame.sample(0.2, 3).collect()], [r.id for r in frame.sample(withReplacement=True, fraction=0.3, seed=9).collect()], [r.id for r in frame.sample(False, 0.1, 42).collect()], [r.id for r in frame.sample(fraction=0.5, seed=1).collect()],
        [[r.id for r in part.collect()] for part in frame.randomSplit([0.5, 0.3, 0.2], 24)], [r.id for r in frame.sampleBy(t.F.col("id") % 3, {0: 0.2, 1: 0.5}, 5).collect()],
    ]  # fmt: skip


@step
def samples_of_local_rows(t):
    frame = t.spark.createDataFrame([(i, "abc"[i % 3]) for i in range(30)], "n int, k string").coalesce(1)
    return [[r.n for r in frame.sample(0.3, 11).collect()], [r.n for r in frame.sampleBy("k", {"a": 0.5, "b": 1.0}, 0).collect()], [p.count() for p in frame.randomSplit([1.0, 1.0], 7)]]


@step
def samples_wrongly(t):
    frame = t.spark.range(3)
    return [outcome(lambda: frame.sample(1.5).count()), outcome(lambda: frame.sample(-0.5).count()), outcome(lambda: frame.sample("x")), outcome(lambda: frame.sampleBy("id", {0: 2.0}).count()), outcome(lambda: frame.randomSplit([-1.0, 2.0])), outcome(lambda: frame.sample()), outcome(lambda: frame.sample(True, 1.5, 1).count() >= 0)]


@step
def joins_in_every_form(t):
    f = t.F
    a = t.spark.createDataFrame([(1, "x", 10), (2, "y", 20), (3, "z", 30)], "id int, k string, v int")
    b = t.spark.createDataFrame([(1, "x", "one"), (2, "q", "two"), (4, "z", "four")], "id int, k string, w string")
    seen = []
    for on, how in (
        ("id", "inner"), (["id"], "left"), (["id", "k"], "inner"), (["id", "k"], "outer"), (a.id == b.id, "inner"), ([a.id == b.id, a.k == b.k], "left"), ((a.id == b.id) & (a.v > 10), "right"), ("id", "leftsemi"), ("id", "left_anti"),
        (a.k == b.k, "full_outer"), (None, "cross"), (a.id < b.id, "inner"), ("id", "rightouter"), (a.id.eqNullSafe(b.id), "semi"),
    ):  # fmt: skip
        joined = a.join(b, on, how)
        seen.append([joined.columns, sorted(map(str, joined.collect()))])
    return seen


@step
def joins_then_columns_of_both_sides(t):
    a = t.spark.createDataFrame([(1, "x"), (2, "y")], "id int, k string")
    b = t.spark.createDataFrame([(1, "one"), (3, "three")], "id int, w string")
    j = a.join(b, a.id == b.id, "left")
    return [
        j.select(a.id, b.id, "k").columns, j.drop(b.id).columns, j.drop(a["id"]).columns, j.select(a.k, b.w).collect(), outcome(lambda: j.select("id").collect()), outcome(lambda: j.filter("id = 1").count()), j.drop("id").columns,
        j.filter(b.id.isNull()).count(), j.withColumn("both", a.id + b.id).select("both").collect(), j.orderBy(b.id.desc_nulls_last()).select(a.k).collect(), outcome(lambda: j.withColumn("id", a.id).columns), j.groupBy(a.id).count().orderBy(a.id).collect(),
    ]  # fmt: skip


@step
def joins_with_itself(t):
    f = t.F
    e = t.spark.createDataFrame([(1, "boss", None), (2, "worker", 1), (3, "worker", 1), (4, "intern", 2)], "id int, role string, manager int")
    m = e.alias("m")
    pairs = e.alias("e").join(m, f.col("e.manager") == f.col("m.id"), "left").select("e.id", f.col("e.role"), f.col("m.role").alias("of"))
    return [
        pairs.orderBy("id").collect(), e.join(e, "id").count(), outcome(lambda: e.join(e, e.id == e.manager).count()), e.alias("a").join(e.alias("b"), f.expr("a.id = b.manager")).select("a.*").columns,
        e.join(e.withColumnRenamed("id", "id2").select("id2", "manager"), "manager").count(), e.alias("x").crossJoin(e.alias("y")).where("x.id < y.id").count(), outcome(lambda: e.join(e.filter("id > 1"), e["id"] == e["manager"]).columns),
    ]  # fmt: skip


@step
def joins_of_nulls_and_types(t):
    a = t.spark.createDataFrame([(None, 1), (1, 2)], "k int, v int")
    b = t.spark.createDataFrame([(None, 1), ("1", 2)], "k string, w int")
    return [a.join(b, "k").count(), a.join(b, "k", "full").orderBy("v", "w").collect(), a.join(b, a.k.eqNullSafe(b.k)).count(), a.join(a.select("k"), "k", "anti").count(), a.join(b, "k").schema["k"].dataType.simpleString(), a.join(b, "k", "right").schema["k"].dataType.simpleString()]


@step
def joins_that_fail(t):
    a, b = t.spark.range(2), t.spark.range(2).toDF("n")
    return [outcome(lambda: a.join(b, "id").count()), outcome(lambda: a.join(b, a.id == 1).count()),  outcome(lambda: a.join(b, t.F.col("n") + 1).count()), outcome(lambda: a.join(b, [1]).count()), outcome(lambda: a.join("b", "id"))]


@step
def set_operations_in_every_form(t):
    a = t.spark.createDataFrame([(1, "a"), (1, "a"), (2, "b"), (None, None)], "x int, y string")
    b = t.spark.createDataFrame([(1, "a"), (3, "c"), (None, None)], "x int, y string")
    rows = lambda f: sorted(map(str, f.collect()))  # noqa: E731
    return [
        rows(a.union(b)), rows(a.unionAll(b)), rows(a.intersect(b)), rows(a.intersectAll(b)), rows(a.intersectAll(a)), rows(a.exceptAll(b)), rows(a.subtract(b)), rows(a.union(b).distinct()), rows(a.unionByName(b.select("y", "x"))),
        rows(a.unionByName(b.select("y", t.F.lit(1).alias("z")), allowMissingColumns=True)), outcome(lambda: a.union(b.select("x")).count()), outcome(lambda: a.unionByName(b.select("x")).count()), outcome(lambda: a.unionByName(b.toDF("x", "z")).count()),
        outcome(lambda: a.intersect(b.select("x")).count()), a.union(b.select(t.F.lit("q"), "y")).schema.simpleString(),
    ]  # fmt: skip


@step
def unions_of_structs_by_name(t):
    a = t.spark.sql("SELECT 1 AS id, named_struct('x', 1, 'y', 'a') AS s")
    b = t.spark.sql("SELECT named_struct('y', 'b', 'z', 2.5D) AS s, 2 AS id")
    return a.unionByName(b, allowMissingColumns=True)


@step
def duplicates_dropped(t):
    frame = t.spark.createDataFrame([(1, "a", 5), (1, "a", 6), (2, "a", 5), (2, None, 5), (2, None, 5)], "x int, y string, z int").coalesce(1)
    return [frame.dropDuplicates().count(), frame.drop_duplicates(["x"]).count(), frame.dropDuplicates(["x", "y"]).count(), frame.distinct().count(), outcome(lambda: frame.dropDuplicates("x").count()), outcome(lambda: frame.dropDuplicates(["nope"]).count()), outcome(lambda: frame.dropDuplicates([]).count()), frame.dropDuplicates(["x", "X"]).count(), frame.dropDuplicates(["x"]).columns]


@step(clients=("py35",))
def columns_added_and_renamed(t):
    f, p = t.F, people(t)
    return [
        p.withColumn("b", f.col("age") + 1).columns, p.withColumn("AGE", f.lit(1)).columns, p.withColumns({"a": f.lit(1), "name": f.upper("name")}).collect()[0], p.withColumnRenamed("age", "years").columns, p.withColumnRenamed("nope", "x").columns,
        p.withColumnsRenamed({"id": "key", "nope": "x", "name": "NAME"}).columns, p.toDF(*"abcd").columns, p.drop("age").drop("nope").columns, p.drop("age", "name").columns, p.drop(p.age, p["id"]).columns, p.drop().columns,
        p.select("*", f.lit(1).alias("one")).columns, p.selectExpr("*", "age * 2 AS twice", "count(*) OVER () AS n").first(), outcome(lambda: p.withColumn("x", 1)), outcome(lambda: p.withColumns({"x": "y"})), outcome(lambda: p.toDF("a").columns),
        outcome(lambda: p.withColumn("x", f.col("nope")).columns), outcome(lambda: p.selectExpr("age +")), outcome(lambda: p.withColumnsRenamed("a")),
    ]  # fmt: skip


@step(clients=("py35",))
def columns_renamed_in_a_chain(t):
    p = people(t)
    return [p.withColumnsRenamed({"id": "a", "age": "b"}).columns, outcome(lambda: p.withColumnRenamed("id", "age").columns), outcome(lambda: p.withColumnsRenamed({"id": "name", "name": "id"}).columns), p.select([p[c].alias(c.upper()) for c in p.columns]).columns]


@step
def schemas_in_every_form(t):
    p = people(t)
    return [p.schema.simpleString(), p.dtypes, p.schema.json() == p.schema.json(), p.schema.fieldNames(), str(p), repr(p.select("id")), p.schema["age"].nullable, p.schema.fields[1].name, len(p.columns), "age" in p.columns, p.schema.jsonValue()["type"]]


@step
def schema_trees(t):
    frame = t.spark.sql("SELECT 1 AS a, array(named_struct('x', 1, 'y', map('k', array(1.5BD)))) AS b, named_struct('c', named_struct('d', DATE'2024-01-01')) AS s, INTERVAL '1' DAY AS i, CAST(NULL AS VOID) AS v")
    frame.printSchema()
    frame.printSchema(1)
    frame.printSchema(2)
    frame.printSchema(0)
    t.spark.range(1).printSchema()


@step
def schema_casts_by_to(t):
    T, p = t.T, people(t)
    target = T.StructType([T.StructField("age", T.LongType()), T.StructField("name", T.StringType(), True, {"m": 1})])
    out = p.to(target)
    return [out.schema.jsonValue(), out.first(), outcome(lambda: p.to(T.StructType([T.StructField("name", T.IntegerType())])).collect()), outcome(lambda: p.to(T.StructType([T.StructField("age", T.IntegerType(), False)])).collect()), outcome(lambda: p.to(T.StructType([T.StructField("x", T.IntegerType())])).collect())]


@step
def shows_in_every_form(t):
    p = people(t)
    p.show()
    p.show(2)
    p.show(2, False)
    p.show(n=3, truncate=2)
    p.show(truncate=False, vertical=True)
    p.show(1, 3, True)
    p.limit(0).show()
    p.select("name").show(0)
    outcome(lambda: p.show("x"))


@step
def shows_of_every_type(t):
    t.spark.sql(
        "SELECT 1Y AS b, 1S AS s, 1L AS l, 1.0F AS f, 1.0E10D AS d, 1E-7D AS e, 12345678.125D AS g, 1.10BD AS m, true AS t, 'text' AS x, X'0AFF' AS bin, DATE'0001-01-01' AS old, TIMESTAMP'2024-01-01 00:00:00.120' AS ts, "
        "TIMESTAMP_NTZ'2024-01-01 00:00:00' AS n, INTERVAL '1-2' YEAR TO MONTH AS ym, INTERVAL '1 02:03:04.5' DAY TO SECOND AS dt, CAST('NaN' AS DOUBLE) AS nan, CAST('-Infinity' AS FLOAT) AS inf"
    ).show(truncate=False)
    t.spark.sql("SELECT array(1, NULL) AS a, map('k', NULL) AS m, named_struct('a', 'x', 'b', NULL) AS s, array(array('x')) AS aa, map('a', named_struct('q', array(1.0D))) AS deep, array() AS e, NULL AS n, array(X'41') AS bins").show(truncate=False)


@step
def rows_taken(t):
    frame = t.spark.range(10)
    return [frame.head(), frame.head(1), frame.head(3), frame.take(2), frame.first(), frame.tail(2), frame.limit(3).collect(), frame.offset(8).collect(), list(frame.limit(2).toLocalIterator()), frame.limit(0).head(), frame.limit(0).first(), frame.limit(0).head(1), frame.isEmpty(), frame.limit(0).isEmpty(), frame.count(), frame.tail(0), frame.take(0)]


@step
def rows_as_python_objects(t):
    rows = people(t).orderBy("id").collect()
    first = rows[0]
    return [first.asDict(), first["name"], first[0], first.name, "age" in first, len(first), list(first), first == rows[0], first.index("Ann") if hasattr(first, "index") else None, outcome(lambda: first["nope"]), outcome(lambda: first.nope), str(first), t.Row(a=1, b=t.Row(c=2)).asDict(True), dict(zip(first.__fields__, first)), t.Row("x", "y")(1, 2).asDict()]


@step
def frames_to_pandas(t):
    p = people(t)
    pdf = p.toPandas()
    return [list(pdf.columns), [str(d) for d in pdf.dtypes], pdf.shape, pdf["name"].tolist(), p.limit(0).toPandas().shape, [str(d) for d in p.limit(0).toPandas().dtypes], p.select("id").toPandas()["id"].sum(), p.toPandas().groupby("age")["id"].count().to_dict()]


@step
def frames_to_pandas_of_nested_types(t):
    frame = t.spark.sql("SELECT array(1, 2) AS a, named_struct('x', 1) AS s, map('k', 1) AS m, DATE'2024-01-01' AS d, 1.50BD AS dec, X'41' AS b, NULL AS n, 1Y AS y, true AS t")
    pdf = frame.toPandas()
    return [[str(v) for v in pdf.iloc[0].tolist()], [str(d) for d in pdf.dtypes]]


@step(clients=("py42",))
def frames_to_arrow(t):
    return people(t).orderBy("id").toArrow()


@step
def frames_transformed(t):
    f = t.F

    def add(frame, n):
        return frame.withColumn("more", f.col("id") + n)

    return t.spark.range(3).transform(add, 5).transform(add, n=7).transform(lambda d: d.filter("more > 7"))


@step
def frames_unpivoted(t):
    wide = t.spark.createDataFrame([(1, 11, 1.1), (2, 12, None)], ["id", "int", "double"])
    return [
        wide.unpivot("id", ["int", "double"], "var", "val").orderBy("id", "var").collect(), wide.melt(["id"], None, "k", "v").orderBy("id", "k").collect(), wide.unpivot([], ["int"], "var", "val").collect(), wide.unpivot(["id", "int"], "double", "a", "b").columns,
        outcome(lambda: wide.withColumn("s", t.F.lit("x")).unpivot("id", ["int", "s"], "a", "b").collect()), outcome(lambda: wide.unpivot("id", [], "a", "b").collect()), outcome(lambda: wide.unpivot(["id", "int", "double"], None, "a", "b").collect()),
    ]  # fmt: skip


@step
def frames_repartitioned(t):
    frame = t.spark.range(10)
    return [
        sorted(r.id for r in frame.repartition(3).collect()), frame.repartition(2, "id").count(), frame.repartition("id").count(), frame.repartitionByRange(2, "id").count(), frame.repartitionByRange(t.F.desc("id")).count(), frame.coalesce(1).count(),
        outcome(lambda: frame.repartition(0).count()), outcome(lambda: frame.coalesce(0).count()), outcome(lambda: frame.repartitionByRange(3)), outcome(lambda: frame.repartition("nope").count()), frame.coalesce(1).select(t.F.spark_partition_id()).distinct().collect(), frame.repartition(1).select(t.F.spark_partition_id()).distinct().collect(),
    ]  # fmt: skip


@step
def frames_kept(t):
    frame = t.spark.range(5).withColumn("x", t.F.col("id") * 2)
    seen = [frame.is_cached, str(frame.storageLevel)]
    frame.cache()
    seen += [frame.is_cached, frame.count(), str(frame.storageLevel)]
    frame.unpersist()
    return seen + [str(frame.storageLevel)]


@step
def frames_hinted(t):
    a, b = t.spark.range(3), t.spark.range(2)
    return [a.hint("broadcast").count(), a.join(b.hint("merge"), "id").count(), a.hint("repartition", 2).count(), a.hint("COALESCE", 1).count(), a.hint("no_such_hint").count(), a.hint("rebalance", "id").count(), outcome(lambda: a.hint(1)), a.join(t.F.broadcast(b), "id").count()]


@step
def frames_compared(t):
    a = t.spark.range(5)
    return [a.filter("id > 1").sameSemantics(t.spark.range(5).filter("id > 1")), a.semanticHash() == t.spark.range(5).semanticHash(), a.sameSemantics(a.limit(5)), outcome(lambda: a.sameSemantics(1)), a.isLocal(), a.isStreaming, a.inputFiles()]


@step
def frames_by_regular_expression(t):
    frame = t.spark.createDataFrame([(1, 2, 3)], ["col_a", "col_b", "other"])
    return [frame.select(frame.colRegex("`col_.*`")).columns, frame.select(frame.colRegex("`other`"), frame.colRegex("col_a")).columns, outcome(lambda: frame.select(frame.colRegex("`nope`")).columns), outcome(lambda: frame.colRegex(1))]


@step
def frames_sorted(t):
    f, p = t.F, people(t)
    ids = lambda frame: [r.id for r in frame.collect()]  # noqa: E731
    return [ids(p.sort("age", "id")), ids(p.sort(f.desc("age"), "id")), ids(p.orderBy(["age", "id"], ascending=[False, True])), ids(p.sort(p.age.asc_nulls_last(), p.id.desc())), ids(p.orderBy("name", ascending=False)), ids(p.orderBy(-p.id)), ids(p.sort(f.length("name"), "id")), ids(p.sortWithinPartitions("id").coalesce(1).sort("id")), outcome(lambda: p.sort("nope").collect()), outcome(lambda: p.orderBy("age", ascending=[True, False]).collect()), ids(p.orderBy(f.expr("id % 2"), f.col("id").desc()))]


@step
def frames_sorted_by_positions(t):
    p = people(t)
    return [outcome(lambda: [r.id for r in p.orderBy(1).collect()]), outcome(lambda: [r.id for r in p.orderBy(t.F.lit(1)).collect()]), outcome(lambda: [r.id for r in p.select("id", "age").sort(2, 1).collect()])]


@step
def frames_filtered(t):
    f, p = t.F, people(t)
    ids = lambda frame: sorted(r.id for r in frame.collect())  # noqa: E731
    return [ids(p.filter("age > 30 AND name LIKE 'B%'")), ids(p.where(p.age.isNull() | p.height.isNull())), ids(p.filter((f.col("age") >= 20) & ~f.col("name").contains("n"))), ids(p.filter(p.name.isin("Ann", "Cid"))), ids(p.filter(f.expr("length(name) = 3"))), ids(p.filter(f.col("age").between(20, 30))), ids(p.filter(p.age == "42")), ids(p.filter(p.age > datetime.date(2024, 1, 1).day)), outcome(lambda: p.filter("age").count()), outcome(lambda: p.filter(p.name).count()), outcome(lambda: p.filter("age > ").count()), outcome(lambda: p.filter("sum(age) > 1").count())]


@step
def frames_streamed_and_watermarked(t):
    return [outcome(lambda: t.spark.range(3).withWatermark("id", "1 minute").count()),  outcome(lambda: t.spark.range(3).dropDuplicatesWithinWatermark().count()), t.spark.range(3).isStreaming]


@step
def frames_explained(t):
    frame = t.spark.range(3).filter("id > 1")
    return [outcome(lambda: frame.explain(mode="nope")), outcome(lambda: frame.explain(1)), outcome(lambda: frame.explain(True, mode="cost"))]


@step
def frames_without_a_remote_api(t):
    frame = t.spark.range(3)
    return [outcome(lambda: frame.rdd), outcome(lambda: frame.toJSON()), outcome(lambda: frame.foo()), outcome(lambda: t.spark.sparkContext), outcome(lambda: frame.id.desc().nope), outcome(lambda: len(frame)), outcome(lambda: frame._jdf), outcome(lambda: t.spark.sql("SELECT 1").rdd.map(lambda r: r))]


@step
def frames_of_many_columns(t):
    f = t.F
    frame = t.spark.range(2).select([(f.col("id") + i).alias(f"c{i}") for i in range(60)])
    total = frame.select(sum(f.col(f"c{i}") for i in range(60)).alias("s"))
    return [r.s for r in total.orderBy("s").collect()]


@step
def frames_reduced_over_a_loop(t):
    from functools import reduce

    f = t.F
    frames = [t.spark.range(i, i + 2).withColumn("n", f.lit(i)) for i in range(5)]
    cleaned = reduce(lambda d, c: d.withColumn(c, f.coalesce(c, f.lit(0))), ["id", "n"], reduce(lambda a, b: a.unionByName(b), frames))
    return cleaned.groupBy("n").agg(f.sum("id"))


@step
def nulls_counted_in_every_column(t):
    f, p = t.F, people(t)
    return p.select([f.count(f.when(f.col(c).isNull(), c)).alias(c) for c in p.columns])
