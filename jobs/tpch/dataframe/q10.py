"""Q10 returned item reporting: four views → the twenty customers with most revenue lost by returns."""

from pyspark.sql import functions as F


def query(spark):
    orders = spark.table("orders").filter(
        (F.col("o_orderdate") >= F.lit("1993-10-01").cast("date"))
        & (F.col("o_orderdate") < F.lit("1994-01-01").cast("date"))
    )
    returned = spark.table("lineitem").filter(F.col("l_returnflag") == "R")
    return (
        spark.table("customer")
        .join(orders, F.col("c_custkey") == F.col("o_custkey"))
        .join(returned, F.col("l_orderkey") == F.col("o_orderkey"))
        .join(spark.table("nation"), F.col("c_nationkey") == F.col("n_nationkey"))
        .groupBy("c_custkey", "c_name", "c_acctbal", "c_phone", "n_name", "c_address", "c_comment")
        .agg(F.sum(F.col("l_extendedprice") * (1 - F.col("l_discount"))).alias("revenue"))
        .select(
            "c_custkey", "c_name", "revenue", "c_acctbal", "n_name", "c_address", "c_phone", "c_comment"
        )
        .orderBy(F.col("revenue").desc())
        .limit(20)
    )
