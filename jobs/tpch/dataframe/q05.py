"""Q5 local supplier volume: six views → revenue of nations where customer and supplier are compatriots."""

from pyspark.sql import functions as F


def query(spark):
    orders = spark.table("orders").filter(
        (F.col("o_orderdate") >= F.lit("1994-01-01").cast("date"))
        & (F.col("o_orderdate") < F.lit("1995-01-01").cast("date"))
    )
    return (
        spark.table("region")
        .filter(F.col("r_name") == "ASIA")
        .join(spark.table("nation"), F.col("r_regionkey") == F.col("n_regionkey"))
        .join(spark.table("supplier"), F.col("n_nationkey") == F.col("s_nationkey"))
        .join(spark.table("lineitem"), F.col("s_suppkey") == F.col("l_suppkey"))
        .join(orders, F.col("l_orderkey") == F.col("o_orderkey"))
        .join(
            spark.table("customer"),
            (F.col("o_custkey") == F.col("c_custkey"))
            & (F.col("s_nationkey") == F.col("c_nationkey")),
        )
        .groupBy("n_name")
        .agg(F.sum(F.col("l_extendedprice") * (1 - F.col("l_discount"))).alias("revenue"))
        .orderBy(F.col("revenue").desc())
    )
