"""Q15 top supplier: supplier, lineitem views → who contributed most to a quarter's revenue."""

from pyspark.sql import functions as F


def query(spark):
    revenue = (
        spark.table("lineitem")
        .filter(
            (F.col("l_shipdate") >= F.lit("1996-01-01").cast("date"))
            & (F.col("l_shipdate") < F.lit("1996-04-01").cast("date"))
        )
        .groupBy(F.col("l_suppkey").alias("supplier_no"))
        .agg(
            F.sum(F.col("l_extendedprice") * (1 - F.col("l_discount"))).alias("total_revenue")
        )
    )
    best = revenue.agg(F.max("total_revenue").alias("best_revenue"))
    return (
        spark.table("supplier")
        .join(revenue, F.col("s_suppkey") == F.col("supplier_no"))
        .join(best, F.col("total_revenue") == F.col("best_revenue"))
        .select("s_suppkey", "s_name", "s_address", "s_phone", "total_revenue")
        .orderBy("s_suppkey")
    )
