"""Q18 large volume customer: customer, orders, lineitem views → the hundred largest great orders."""

from pyspark.sql import functions as F


def query(spark):
    great = (
        spark.table("lineitem")
        .groupBy(F.col("l_orderkey").alias("great_orderkey"))
        .agg(F.sum("l_quantity").alias("order_quantity"))
        .filter(F.col("order_quantity") > 300)
    )
    return (
        spark.table("orders")
        .join(great, F.col("o_orderkey") == F.col("great_orderkey"), "left_semi")
        .join(spark.table("customer"), F.col("o_custkey") == F.col("c_custkey"))
        .join(spark.table("lineitem"), F.col("o_orderkey") == F.col("l_orderkey"))
        .groupBy("c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice")
        .agg(F.sum("l_quantity").alias("total_quantity"))
        .orderBy(F.col("o_totalprice").desc(), "o_orderdate")
        .limit(100)
    )
