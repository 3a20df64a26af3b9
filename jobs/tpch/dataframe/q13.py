"""Q13 customer distribution: customer, orders views → how many customers placed how many orders."""

from pyspark.sql import functions as F


def query(spark):
    orders = spark.table("orders").filter(~F.col("o_comment").like("%special%requests%"))
    return (
        spark.table("customer")
        .join(orders, F.col("c_custkey") == F.col("o_custkey"), "left_outer")
        .groupBy("c_custkey")
        .agg(F.count("o_orderkey").alias("c_count"))
        .groupBy("c_count")
        .agg(F.count("*").alias("custdist"))
        .orderBy(F.col("custdist").desc(), F.col("c_count").desc())
    )
