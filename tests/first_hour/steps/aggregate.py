"""A frame → groups: groupBy, agg, pivot, rollup, cube, distinct counts, describe."""
from harness import Ordered, step


@step
def count_by_one_key(t):
    return t.pets().groupBy("kind").count()


@step
def agg_with_columns(t):
    F = t.F
    return t.pets().groupBy("kind").agg(
        F.sum("id"), F.avg("weight").alias("mean"), F.min("name"), F.max("weight"), F.count("weight"), F.count("*")
    )


@step
def agg_with_a_dict(t):
    return t.pets().groupBy("kind").agg({"id": "max", "weight": "sum", "*": "count"})


@step
def agg_without_groups(t):
    F = t.F
    return t.pets().agg(F.sum("id"), F.sum("weight"), F.avg("id"), F.min("kind"))


@step
def agg_of_nothing(t):
    F = t.F
    return t.pets().filter("id > 99").agg(F.count("*"), F.sum("id"), F.max("name"))


@step
def shorthand_methods(t):
    grouped = t.pets().groupBy("kind")
    return {
        "sum": sorted(map(list, grouped.sum("id").collect())),
        "avg": sorted(map(list, grouped.avg("id").collect())),
        "mean": sorted(map(list, grouped.mean("id").collect())),
        "min": sorted(map(list, grouped.min("id").collect())),
        "max": sorted(map(list, grouped.max("id").collect())),
        "names": grouped.sum("id", "weight").columns,
    }


@step
def all_numeric_columns(t):
    return t.pets().groupBy("kind").sum()


@step
def group_by_an_expression(t):
    return t.pets().groupBy((t.F.col("id") % 2).alias("odd"), t.F.length("kind")).count()


@step
def group_by_a_null_key(t):
    return t.visits().groupBy("pet").agg(t.F.sum("fee").alias("fees"), t.F.avg("fee"))


@step
def group_by_nothing(t):
    return t.pets().groupBy().count()


@step
def decimals(t):
    F = t.F
    return t.visits().agg(F.sum("fee"), F.avg("fee"), F.max("fee"), F.sum(F.col("fee") * 2), F.sum(F.col("fee") * F.lit(1.5)))


@step
def statistics(t):
    F = t.F
    return t.pets().agg(
        F.stddev("id"), F.stddev_pop("id"), F.variance("id"), F.var_pop("id"), F.corr("id", "weight"),
        F.covar_samp("id", "weight"), F.skewness("id"), F.kurtosis("id"), F.percentile_approx("id", 0.5), F.median("id"),
    )  # fmt: skip


@step
def mode_of_a_column(t):
    return t.pets().agg(t.F.mode("kind").isNotNull())


@step
def collections(t):
    F = t.F
    return t.pets().groupBy("kind").agg(
        F.sort_array(F.collect_list("name")), F.sort_array(F.collect_set("id")), F.count_distinct("name"),
        F.sum_distinct("id"),
    )  # fmt: skip


@step
def first_and_last(t):
    F = t.F
    ordered = t.pets().coalesce(1).orderBy("id")
    return ordered.agg(F.first("name"), F.last("name"), F.first("weight", ignorenulls=True), F.last("name", ignorenulls=True))


@step
def booleans(t):
    F = t.F
    return t.pets().agg(F.expr("bool_and(id > 0)"), F.expr("any(weight > 10)"), F.count_if(F.col("id") > 2) if hasattr(F, "count_if") else F.expr("count_if(id > 2)"), F.max_by("name", "weight"), F.min_by("name", "weight"))


@step
def filter_clause(t):
    return t.pets().agg(t.F.expr("count(*) FILTER (WHERE kind = 'dog')"), t.F.expr("sum(id) FILTER (WHERE weight IS NULL)"))


@step
def having(t):
    return t.pets().groupBy("kind").agg(t.F.count("*").alias("n")).filter("n > 1")


@step
def approximate_count(t):
    return t.spark.range(1000).agg(t.F.approx_count_distinct(t.F.col("id") % 10).between(9, 11).alias("near"))


@step
def pivot_with_values(t):
    return t.pets().groupBy((t.F.col("id") % 2).alias("odd")).pivot("kind", ["cat", "dog", "fish"]).sum("id")


@step
def pivot_without_values(t):
    return t.pets().groupBy((t.F.col("id") % 2).alias("odd")).pivot("kind").count()


@step
def pivot_with_two_aggregates(t):
    F = t.F
    return t.pets().groupBy(F.lit(1).alias("one")).pivot("kind", ["cat", "dog"]).agg(F.sum("id").alias("s"), F.max("weight"))


@step
def rollup(t):
    F = t.F
    return t.pets().rollup("kind", (F.col("id") % 2).alias("odd")).agg(F.count("*").alias("n"), F.grouping("kind"), F.grouping_id())


@step
def cube(t):
    return t.pets().cube("kind", t.F.isnull("weight").alias("light")).count()


@step
def grouping_sets(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT kind, id % 2 AS odd, sum(id) FROM pets GROUP BY GROUPING SETS ((kind), (id % 2), ())")


@step
def distinct_counts_of_two(t):
    return t.pets().agg(t.F.countDistinct("kind", "weight"), t.F.countDistinct("kind"))


@step
def missing_aggregate_expression(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT kind, name FROM pets GROUP BY kind")


@step
def nested_aggregate(t):
    return t.pets().agg(t.F.sum(t.F.count("id")))


@step
def aggregate_in_where(t):
    return t.pets().filter(t.F.sum("id") > 1)


@step
def describe_all(t):
    return Ordered(t.pets().describe())


@step
def describe_some(t):
    return Ordered(t.pets().describe("id", "name"))


@step
def summary_default(t):
    return Ordered(t.pets().summary())


@step
def summary_chosen(t):
    return Ordered(t.pets().select("id", "weight").summary("count", "min", "75%", "count_distinct"))


@step
def statistics_methods(t):
    pets = t.pets().na.drop()
    return {
        "corr": pets.stat.corr("id", "weight"),
        "cov": pets.cov("id", "weight"),
        "quantiles": pets.approxQuantile("weight", [0.0, 0.5, 1.0], 0.0),
    }


@step
def crosstab(t):
    return t.pets().crosstab("kind", "id")


@step
def frequent_items(t):
    return t.pets().freqItems(["kind"], 0.6)


@step
def frequent_items_of_every_kind(t):
    frame = t.spark.range(0, 100, 1, 1).selectExpr(
        "id % 7 AS a", "CAST(id % 5 AS STRING) AS b", "id / 4D AS c", "id % 2 = 0 AS d", "IF(id % 3 = 0, NULL, id % 3) AS e"
    )
    return frame.freqItems(["a", "b", "c", "d", "e"], 0.2)


@step
def frequent_items_by_default(t):
    return t.spark.range(0, 1000, 1, 1).selectExpr("id * id % 97 AS square", "concat('n', id % 23) AS name").freqItems(["square", "name"])


@step
def sum_of_longs_wraps(t):
    return t.spark.sql("SELECT sum(x) FROM VALUES (9223372036854775807), (1) AS v(x)")


@step
def average_of_dates_fails(t):
    return t.visits().agg(t.F.avg("day"))


@step
def minimum_and_maximum_of_types(t):
    F = t.F
    return t.visits().agg(F.min("day"), F.max("day"), F.min(F.struct("pet", "day")), F.max(F.array("pet")))
