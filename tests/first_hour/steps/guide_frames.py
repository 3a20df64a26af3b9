"""The user guide's DataFrame calls that the other modules leave out."""
import datetime

from harness import Ordered, step


def people(t):
    return t.spark.createDataFrame(
        [(1, "Ann", 23, 171.5), (2, "Ben", 42, None), (3, "Cid", None, 180.25), (4, None, 42, 165.0)],
        "id long, name string, age int, height double",
    )


@step
def long_column_names_are_shown_whole(t):
    people(t).select(t.F.col("height").cast("string").alias("a_column_name_of_more_than_twenty_characters")).show()
    people(t).select(t.F.when(t.F.col("age") > 30, "old").otherwise("young")).show(2)
    people(t).select("name", "age").show(truncate=2)


@step
def cache_keeps_rows_and_lets_them_go(t):
    path = t.write("rows/a.json", '{"x": 1}\n{"x": 2}\n')
    frame = t.spark.read.schema("x int").json(t.path("rows"))
    kept = frame.cache()
    before = [kept.count(), str(kept.storageLevel)]
    with open(path, "a") as file:
        file.write('{"x": 3}\n')
    during = [kept.count(), frame.filter("x > 1").count()]
    kept.unpersist()
    return before + during + [frame.count(), str(frame.storageLevel)]


@step
def persist_levels(t):
    from pyspark.storagelevel import StorageLevel

    frame = t.spark.range(3)
    seen = [str(frame.storageLevel)]
    for level in (StorageLevel.DISK_ONLY, StorageLevel.MEMORY_ONLY, StorageLevel.MEMORY_AND_DISK_2):
        frame.persist(level)
        seen.append(str(frame.storageLevel))
        frame.unpersist()
    seen.append(frame.persist().is_cached)
    seen.append(frame.unpersist(True).is_cached)
    return seen


@step
def cache_in_the_catalog(t):
    t.spark.range(4).createOrReplaceTempView("kept_view")
    catalog = t.spark.catalog
    seen = [catalog.isCached("kept_view")]
    catalog.cacheTable("kept_view")
    seen.append(catalog.isCached("kept_view"))
    seen.append(t.spark.table("kept_view").count())
    catalog.uncacheTable("kept_view")
    seen.append(catalog.isCached("kept_view"))
    t.spark.sql("CACHE TABLE kept_view")
    seen.append(catalog.isCached("kept_view"))
    t.spark.sql("UNCACHE TABLE kept_view")
    t.spark.sql("CACHE LAZY TABLE kept_too AS SELECT id + 1 AS y FROM kept_view")
    seen.append(catalog.isCached("kept_too"))
    seen.append(sorted(r.y for r in t.spark.table("kept_too").collect()))
    catalog.clearCache()
    seen.append(catalog.isCached("kept_too"))
    t.spark.sql("UNCACHE TABLE IF EXISTS never_there")
    return seen


@step
def uncache_a_missing_table(t):
    t.spark.catalog.uncacheTable("never_there_either")


@step
def cached_table_sees_inserts(t):
    t.spark.sql("DROP TABLE IF EXISTS guide_kept")
    t.spark.range(2).write.saveAsTable("guide_kept")
    t.spark.catalog.cacheTable("guide_kept")
    first = t.spark.table("guide_kept").count()
    t.spark.sql("INSERT INTO guide_kept VALUES (7)")
    out = [first, t.spark.table("guide_kept").count(), t.spark.catalog.isCached("guide_kept")]
    t.spark.sql("DROP TABLE guide_kept")
    return out


@step
def same_semantics(t):
    a = t.spark.range(10)
    b = t.spark.range(10)
    return [
        a.withColumn("x", a.id * 2).sameSemantics(b.withColumn("x", b.id * 2)),
        a.withColumn("x", a.id * 2).sameSemantics(b.withColumn("x", b.id * 3)),
        a.withColumn("x", a.id * 2).sameSemantics(b.withColumn("y", b.id * 2)),
        a.filter("id > 1").sameSemantics(b.filter("id > 1")),
        a.sameSemantics(t.spark.range(11)),
        a.filter("id > 1").semanticHash() == b.filter("id > 1").semanticHash(),
    ]


@step
def column_regex_with_groups(t):
    frame = t.spark.createDataFrame([("a", 1, 2)], ["Col1", "Col2", "other"])
    return [frame.select(frame.colRegex(p)).columns for p in ("`(Col1)?+.+`", "`Col\\d`", "`(?!other).*`", "`.*er`")]


@step
def summary_of_chosen_statistics(t):
    return Ordered(people(t).select("age", "name", "height").summary("count", "min", "25%", "75%", "max", "count_distinct", "approx_count_distinct"))


@step
def summary_with_an_unknown_statistic(t):
    return people(t).summary("median")


@step
def describe_prints(t):
    people(t).describe(["age", "height"]).show()


@step
def summary_prints(t):
    people(t).summary().show()


@step
def frequent_items_sorted(t):
    frame = t.spark.createDataFrame([(i % 3, "v" + str(i % 2)) for i in range(30)], ["a", "b"])
    row = frame.freqItems(["a", "b"], 0.3).collect()[0]
    return [row.__fields__, sorted(row[0]), sorted(row[1])]


@step
def crosstab_with_nulls(t):
    return people(t).crosstab("name", "age")


@step
def quantiles(t):
    frame = t.spark.range(101)
    return [
        frame.approxQuantile("id", [0.25, 0.5, 0.75], 0.0),
        frame.selectExpr("id", "id * 2 AS twice").approxQuantile(["id", "twice"], [0.5], 0.1) is not None,
        frame.stat.approxQuantile("id", [0.0, 1.0], 0.0),
    ]


@step
def quantiles_of_a_bad_probability(t):
    return t.spark.range(3).approxQuantile("id", [1.5], 0.0)


@step
def correlation_of_a_missing_column(t):
    return people(t).corr("id", "weight")


@step
def correlation_of_another_method(t):
    return people(t).corr("id", "age", "spearman")


@step
def covariance_and_correlation(t):
    frame = t.spark.createDataFrame([(float(i), float(i * i)) for i in range(6)], ["a", "b"])
    return [round(frame.corr("a", "b"), 12), round(frame.cov("a", "b"), 9), round(frame.stat.cov("a", "a"), 9)]


@step
def sample_by_fractions(t):
    frame = t.spark.range(300).select((t.F.col("id") % 3).alias("key"))
    taken = frame.sampleBy("key", {0: 0.5, 1: 0.0, 2: 1.0}, seed=3)
    counts = {r.key: r["count"] for r in taken.groupBy("key").count().collect()}
    return [sorted(counts), counts[2], 20 < counts[0] < 80]


@step
def sample_forms(t):
    frame = t.spark.range(500)
    return [
        100 < frame.sample(0.5).count() < 400,
        100 < frame.sample(0.5, 3).count() < 400,
        frame.sample(withReplacement=True, fraction=3.0, seed=1).count() > 1000,
        frame.sample(True, 3.0, 1).distinct().count() > 400,
        frame.sample(withReplacement=False, fraction=0.0).count(),
    ]


@step
def sample_with_a_negative_fraction(t):
    return t.spark.range(5).sample(-0.5).count()


@step
def random_split_shares_out(t):
    frame = t.spark.range(1000)
    parts = frame.randomSplit([1.0, 2.0, 1.0], seed=5)
    together = parts[0].union(parts[1]).union(parts[2])
    return [len(parts), together.count(), together.distinct().count(), parts[0].count() < parts[1].count()]


@step
def observe_metrics(t):
    from pyspark.sql import Observation

    observation = Observation("seen")
    frame = people(t).observe(observation, t.F.count(t.F.lit(1)).alias("rows"), t.F.max("age").alias("oldest"))
    frame.filter("id > 2").collect()
    # Spark 3.5 does not read the names that 4.2 sends, so only the values can be compared.
    return sorted(observation.get.values())


@step
def to_a_schema(t):
    T = t.T
    schema = T.StructType([T.StructField("name", T.StringType()), T.StructField("id", T.LongType()), T.StructField("age", T.LongType())])
    return people(t).to(schema)


@step
def to_a_schema_with_a_new_column(t):
    T = t.T
    return people(t).to(T.StructType([T.StructField("id", T.LongType()), T.StructField("new", T.IntegerType())]))


@step
def to_a_schema_that_cannot_be(t):
    T = t.T
    return people(t).to(T.StructType([T.StructField("name", T.IntegerType())]))


@step
def to_a_schema_without_nulls(t):
    T = t.T
    return people(t).to(T.StructType([T.StructField("age", T.IntegerType(), False)]))


@step
def with_metadata(t):
    frame = people(t).select("id").withMetadata("id", {"unit": "piece", "n": 3})
    return [frame.schema["id"].metadata, frame.withColumn("other", t.F.lit(1)).schema["id"].metadata]


@step
def drop_duplicates_within_watermark(t):
    return people(t).withColumn("at", t.F.lit(datetime.datetime(2024, 1, 1))).dropDuplicatesWithinWatermark(["id"]).collect()


@step
def watermark_on_a_batch(t):
    return people(t).withColumn("at", t.F.lit(datetime.datetime(2024, 1, 1))).withWatermark("at", "1 minute").groupBy("id").count()


@step
def multi_pivot(t):
    frame = t.spark.createDataFrame([(2023, "a", 1.5), (2023, "b", 2.0), (2024, "a", 4.0), (2024, "a", 1.0)], ["year", "k", "v"])
    return Ordered(frame.groupBy("year").pivot("k").agg(t.F.sum("v"), t.F.count("*").alias("n")).orderBy("year"))


@step
def pivot_on_a_boolean_and_a_date(t):
    frame = t.spark.sql("SELECT * FROM VALUES (1, true, DATE'2024-01-01'), (2, false, DATE'2024-01-02'), (3, NULL, NULL) AS t(v, b, d)")
    return [frame.groupBy().pivot("b").sum("v").collect(), frame.groupBy().pivot("d").sum("v").collect()]


@step
def pivot_twice(t):
    return people(t).groupBy("name").pivot("age").pivot("id").count()


@step
def grouping_in_a_cube(t):
    F = t.F
    return people(t).cube("name").agg(F.grouping("name"), F.grouping_id(), F.sum("age"))


@step
def rollup_with_grouping_id(t):
    F = t.F
    frame = t.spark.createDataFrame([("a", "x", 1), ("a", "y", 2), ("b", "x", 3)], ["k", "l", "v"])
    return frame.rollup("k", "l").agg(F.grouping_id().alias("g"), F.sum("v").alias("s"))


@step
def group_by_a_dict_and_stars(t):
    frame = people(t)
    return [frame.groupBy("age").agg({"*": "count", "id": "max"}).columns, frame.agg({"id": "sum"}).collect()]


@step
def aggregate_names(t):
    F = t.F
    frame = people(t)
    return frame.agg(
        F.count("*"), F.count("name"), F.countDistinct("age"), F.count_distinct("age", "name"), F.sum_distinct("age"), F.avg("age"),
        F.mean("height"), F.first("name", ignorenulls=True), F.last("id"), F.min("name"), F.max("age"), F.collect_list("age"), F.approx_count_distinct("id"),
        F.stddev_samp("id"), F.bool_and(F.col("id") > 0), F.max_by("name", "id"), F.min_by("name", "id"), F.count_if(F.col("age") > 30), F.any_value("id"),
    )  # fmt: skip


@step
def moments(t):
    F = t.F
    frame = t.spark.createDataFrame([(1.5, 2.0), (2.25, 1.0), (7.0, 4.5), (11.75, 3.0)], ["x", "y"]).coalesce(1)
    return frame.agg(
        F.kurtosis("x"), F.skewness("x"), F.corr("x", "y"), F.covar_pop("x", "y"), F.covar_samp("x", "y"), F.stddev("x"), F.var_pop("x"),
        F.regr_slope("y", "x"), F.regr_intercept("y", "x"), F.regr_r2("y", "x"), F.regr_sxx("y", "x"), F.regr_sxy("y", "x"), F.regr_avgx("y", "x"),
    )  # fmt: skip


@step
def product_of_values(t):
    return people(t).groupBy("age").agg(t.F.product("id"))


@step
def window_by_rows_names(t):
    W = t.Window.partitionBy("age").orderBy(t.F.desc("id"))
    F = t.F
    return people(t).select("id", F.sum("id").over(W.rowsBetween(-1, 1)), F.min("id").over(W.rangeBetween(t.Window.unboundedPreceding, 0)), F.lag("id", 1, 0).over(W))


@step
def several_generators(t):
    F = t.F
    return t.spark.sql("SELECT array(1, 2) AS v, array('x') AS w").select(F.explode("v"), F.posexplode("w"))


@step
def fill_with_a_dict_of_types(t):
    return people(t).na.fill({"age": 0, "name": "none", "height": 1})


@step
def fill_with_a_bool(t):
    return t.spark.sql("SELECT CAST(NULL AS BOOLEAN) AS b, CAST(NULL AS STRING) AS s").fillna(True)


@step
def fill_a_missing_column(t):
    return people(t).na.fill(1, ["nothing"])


@step
def drop_rows_by_threshold(t):
    return [people(t).na.drop(thresh=3).count(), people(t).na.drop("all").count(), people(t).dropna(subset=["name", "age"], how="any").count()]


@step
def drop_with_an_unknown_how(t):
    return people(t).na.drop("some")


@step
def replace_with_a_dict_and_lists(t):
    frame = people(t)
    return [
        frame.na.replace({"Ann": "Anna"}).collect(),
        frame.replace([42, 23], [1, 2], "age").collect(),
        frame.na.replace("Ben", None).collect(),
    ]


@step
def replace_with_mixed_types(t):
    return people(t).replace({"Ann": 1})


@step
def unpivot_some(t):
    frame = t.spark.createDataFrame([(1, 11, 1.5), (2, 12, 2.5)], ["id", "a", "b"])
    return [frame.unpivot("id", ["a", "b"], "var", "val").collect(), frame.melt(["id"], ["a"], "k", "v").collect(), frame.unpivot("id", None, "var", "val").collect()]


@step
def unpivot_of_types_that_differ(t):
    return people(t).unpivot("id", ["name", "age"], "var", "val")


@step
def offsets(t):
    frame = t.spark.range(5).orderBy("id")
    return [frame.offset(3).collect(), frame.limit(2).offset(1).collect(), frame.offset(1).limit(2).collect(), frame.tail(2)]


@step
def transform_with_arguments(t):
    def add(frame, n, name="x"):
        return frame.withColumn(name, t.F.col("id") + n)

    return t.spark.range(2).transform(add, 5).transform(add, 7, name="y")


@step
def select_by_type(t):
    return [name for name, kind in people(t).dtypes if kind in ("bigint", "int")]


@step
def is_local_and_empty(t):
    return [people(t).isLocal(), t.spark.range(1).isLocal(), people(t).isEmpty(), people(t).filter("id < 0").isEmpty(), people(t).isStreaming]


@step
def input_files(t):
    t.spark.range(3).coalesce(1).write.parquet(t.path("in"))
    files = t.spark.read.parquet(t.path("in")).inputFiles()
    return [len(files), files[0].startswith("file:///"), t.spark.range(1).inputFiles()]


@step
def hints_that_do_nothing(t):
    frame = t.spark.range(3)
    return [frame.hint("broadcast").count(), frame.hint("repartition", 3).count(), frame.hint("unknown_hint", 1, "a").count(), frame.hint("coalesce", 1).count()]


@step
def explain_modes(t):
    import contextlib
    import io

    seen = []
    for arguments in ({}, {"extended": True}, {"mode": "simple"}, {"mode": "extended"}, {"mode": "formatted"}, {"mode": "cost"}, {"mode": "codegen"}):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            people(t).filter("id > 1").explain(**arguments)
        seen.append([arguments, out.getvalue().split("\n")[0]])
    return seen


@step
def explain_of_a_command(t):
    rows = t.spark.sql("EXPLAIN CREATE TABLE guide_never (a INT) USING parquet").collect()
    return [len(rows), rows[0].plan.split("\n")[0], t.spark.catalog.tableExists("guide_never")]


@step
def show_a_map_and_a_struct_vertically(t):
    t.spark.sql("SELECT map('k', 1.5) AS m, named_struct('a', 1, 'b', array('x', NULL)) AS s, NULL AS n").show(vertical=True)


@step
def show_binary_and_decimals(t):
    t.spark.sql("SELECT X'00FF41' AS b, CAST(1.10 AS DECIMAL(10, 3)) AS d, float('nan') AS f, -0.0D AS z, 1e10D AS big, 1.0E-5D AS small").show()


@step
def show_none_of_many_columns(t):
    t.spark.createDataFrame([], "a int, bb string, ccc array<int>").show()


@step
def html_of_a_frame(t):
    t.spark.conf.set("spark.sql.repl.eagerEval.enabled", "true")
    html = t.spark.range(2)._repr_html_()
    t.spark.conf.set("spark.sql.repl.eagerEval.enabled", "false")
    return [html, t.spark.range(2)._repr_html_()]


@step
def head_and_take_of_nothing(t):
    frame = people(t).filter("id > 10")
    return [frame.head(), frame.head(1), frame.take(3), frame.first(), frame.collect(), frame.tail(1)]


@step
def rows_as_dicts(t):
    row = t.spark.sql("SELECT 1 AS a, named_struct('b', 2, 'c', array(named_struct('d', 3))) AS s").first()
    return [row.asDict(), row.asDict(True), row["a"], row.s.b, "a" in row, len(row), str(row)]


@step
def pandas_of_every_kind(t):
    return t.spark.sql(
        "SELECT 1 AS i, 2L AS l, 1.5D AS d, 'x' AS s, true AS b, DATE'2024-02-03' AS day, TIMESTAMP'2024-02-03 04:05:06' AS at, 1.25BD AS dec, array(1, 2) AS a, X'41' AS bin"
    ).toPandas()


@step
def local_iterator_of_many(t):
    return sum(r.id for r in t.spark.range(10000).toLocalIterator())


@step
def foreach_is_refused(t):
    seen = []
    try:
        t.spark.range(2).foreach(print)
    except Exception as error:
        seen.append(type(error).__name__)
    try:
        t.spark.range(2).rdd
    except Exception as error:
        seen.append(type(error).__name__)
    return seen


@step
def columns_that_do_not_exist(t):
    seen = []
    for use in (lambda f: f.select("nme"), lambda f: f["nme"], lambda f: f.drop("nme").columns, lambda f: f.orderBy("nme"), lambda f: f.groupBy("nme").count(), lambda f: f.filter("nme > 1"), lambda f: f.withColumnRenamed("nme", "x").columns):
        try:
            out = use(people(t))
            seen.append(out if isinstance(out, list) else out.columns)
        except Exception as error:
            seen.append([type(error).__name__, str(error).split("\n")[0].split(";")[0]])
    return seen


@step
def set_like_operations(t):
    a = t.spark.createDataFrame([(1, "x"), (1, "x"), (2, "y"), (3, None)], ["k", "v"])
    b = t.spark.createDataFrame([(1, "x"), (3, None)], ["k", "v"])
    return {
        "intersect": sorted(map(str, a.intersect(b).collect())),
        "intersectAll": sorted(map(str, a.intersectAll(b).collect())),
        "exceptAll": sorted(map(str, a.exceptAll(b).collect())),
        "subtract": sorted(map(str, a.subtract(b).collect())),
        "unionAll": a.unionAll(b).count(),
    }


@step
def joins_with_names_and_lists(t):
    a = t.spark.createDataFrame([(1, "x", 10), (2, "y", 20), (3, "z", 30)], ["k", "v", "n"])
    b = t.spark.createDataFrame([(1, "x", 0.5), (3, "w", 1.5), (4, "q", 2.5)], ["k", "v", "r"])
    return [sorted(map(str, a.join(b, on, how).collect())) for on in ("k", ["k", "v"]) for how in ("inner", "left", "right", "outer", "left_semi", "left_anti")]


@step
def self_join_with_aliases(t):
    a = people(t).alias("a")
    b = people(t).alias("b")
    return a.join(b, t.F.col("a.age") == t.F.col("b.age")).where("a.id < b.id").select("a.name", "b.id", t.F.col("b.name").alias("other"))


@step
def join_of_an_ambiguous_column(t):
    a = people(t)
    b = a.filter("id > 1")
    return a.join(b, a.id == b.id).select(a.name, b.age)


@step
def cross_join_in_order(t):
    t.spark.createDataFrame([(1,), (2,), (3,)], ["a"]).crossJoin(t.spark.createDataFrame([("x",), ("y",)], ["b"])).show()
