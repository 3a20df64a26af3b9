"""Q3 shipping priority: customer, orders, lineitem views → the ten most valuable unshipped orders."""

from pyspark.sql import functions as F


def query(spark):
    day = F.lit("1995-03-15").cast("date")
    return (
        spark.table("customer")
        .filter(F.col("c_mktsegment") == "BUILDING")
        .join(
            spark.table("orders").filter(F.col("o_orderdate") < day),
            F.col("c_custkey") == F.col("o_custkey"),
        )
        .join(
            spark.table("lineitem").filter(F.col("l_shipdate") > day),
            F.col("l_orderkey") == F.col("o_orderkey"),
        )
        .groupBy("l_orderkey", "o_orderdate", "o_shippriority")
        .agg(F.sum(F.col("l_extendedprice") * (1 - F.col("l_discount"))).alias("revenue"))
        .select("l_orderkey", "revenue", "o_orderdate", "o_shippriority")
        .orderBy(F.col("revenue").desc(), "o_orderdate")
        .limit(10)
    )
