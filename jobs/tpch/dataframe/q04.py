"""Q4 order priority checking: orders, lineitem views → late orders of a quarter by priority."""

from pyspark.sql import functions as F


def query(spark):
    late = spark.table("lineitem").filter(F.col("l_commitdate") < F.col("l_receiptdate"))
    return (
        spark.table("orders")
        .filter(
            (F.col("o_orderdate") >= F.lit("1993-07-01").cast("date"))
            & (F.col("o_orderdate") < F.lit("1993-10-01").cast("date"))
        )
        .join(late, F.col("o_orderkey") == F.col("l_orderkey"), "left_semi")
        .groupBy("o_orderpriority")
        .agg(F.count("*").alias("order_count"))
        .orderBy("o_orderpriority")
    )
