"""A frame → values over windows."""
from harness import step


@step
def row_number(t):
    w = t.Window.partitionBy("kind").orderBy("id")
    return t.pets().select("id", "kind", t.F.row_number().over(w).alias("n"))


@step
def ranks(t):
    F = t.F
    w = t.Window.orderBy("kind")
    return t.pets().select("id", F.rank().over(w), F.dense_rank().over(w), F.percent_rank().over(w), F.cume_dist().over(w))


@step
def ntile(t):
    return t.pets().select("id", t.F.ntile(2).over(t.Window.orderBy("id")).alias("half"))


@step
def lag_and_lead(t):
    F = t.F
    w = t.Window.orderBy("id")
    return t.pets().select("id", F.lag("name").over(w), F.lead("id", 2, -1).over(w).alias("ahead"))


@step
def running_total(t):
    w = t.Window.partitionBy("kind").orderBy("id")
    return t.pets().select("id", t.F.sum("weight").over(w).alias("so_far"))


@step
def rows_between(t):
    w = t.Window.orderBy("id").rowsBetween(-1, 1)
    return t.pets().select("id", t.F.sum("id").over(w).alias("near"), t.F.count("weight").over(w).alias("known"))


@step
def rows_unbounded(t):
    W = t.Window
    w = W.partitionBy("kind").orderBy("id").rowsBetween(W.unboundedPreceding, W.unboundedFollowing)
    return t.pets().select("id", t.F.last("id").over(w).alias("last"), t.F.first("name").over(w).alias("first"))


@step
def range_between(t):
    w = t.Window.orderBy("id").rangeBetween(-2, t.Window.currentRow)
    return t.pets().select("id", t.F.sum("id").over(w).alias("s"))


@step
def whole_partition(t):
    w = t.Window.partitionBy("kind")
    return t.pets().withColumn("share", t.F.col("id") / t.F.sum("id").over(w))


@step
def over_descending_nulls(t):
    w = t.Window.orderBy(t.F.col("weight").desc_nulls_last())
    return t.pets().select("id", t.F.row_number().over(w).alias("n"))


@step
def top_of_each_group(t):
    w = t.Window.partitionBy("kind").orderBy(t.F.desc("weight"))
    return t.pets().withColumn("n", t.F.row_number().over(w)).filter("n = 1").drop("n")


@step
def nth_value(t):
    w = t.Window.orderBy("id")
    return t.pets().select("id", t.F.nth_value("name", 2).over(w).alias("second"))


@step
def collect_over_window(t):
    w = t.Window.orderBy("id").rowsBetween(-1, 0)
    return t.pets().select("id", t.F.collect_list("id").over(w).alias("ids"))


@step
def named_window_in_sql(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql(
        "SELECT id, sum(id) OVER w AS s, avg(weight) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a "
        "FROM pets WINDOW w AS (PARTITION BY kind ORDER BY id)"
    )


@step
def rank_without_order(t):
    return t.pets().select(t.F.rank().over(t.Window.partitionBy("kind")))


@step
def window_function_in_where(t):
    return t.pets().filter(t.F.row_number().over(t.Window.orderBy("id")) == 1)


@step
def row_number_without_a_window(t):
    return t.pets().select(t.F.row_number())


@step
def ignore_nulls(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT id, lag(weight) IGNORE NULLS OVER (ORDER BY id) AS before FROM pets")
