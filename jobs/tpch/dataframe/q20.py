"""Q20 potential part promotion: five views → Canadian suppliers with an excess of forest parts."""

from pyspark.sql import functions as F


def query(spark):
    forest = spark.table("part").filter(F.col("p_name").like("forest%"))
    shipped = (
        spark.table("lineitem")
        .filter(
            (F.col("l_shipdate") >= F.lit("1994-01-01").cast("date"))
            & (F.col("l_shipdate") < F.lit("1995-01-01").cast("date"))
        )
        .groupBy("l_partkey", "l_suppkey")
        .agg((F.lit("0.5").cast("decimal(2,1)") * F.sum("l_quantity")).alias("half_shipped"))
    )
    excess = (
        spark.table("partsupp")
        .join(forest, F.col("ps_partkey") == F.col("p_partkey"), "left_semi")
        .join(
            shipped,
            (F.col("ps_partkey") == F.col("l_partkey"))
            & (F.col("ps_suppkey") == F.col("l_suppkey")),
        )
        .filter(F.col("ps_availqty") > F.col("half_shipped"))
    )
    return (
        spark.table("supplier")
        .join(excess, F.col("s_suppkey") == F.col("ps_suppkey"), "left_semi")
        .join(
            spark.table("nation").filter(F.col("n_name") == "CANADA"),
            F.col("s_nationkey") == F.col("n_nationkey"),
        )
        .select("s_name", "s_address")
        .orderBy("s_name")
    )
