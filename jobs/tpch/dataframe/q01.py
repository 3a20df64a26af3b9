"""Q1 pricing summary report: lineitem view → eight aggregates per return flag and line status."""

from pyspark.sql import functions as F


def query(spark):
    discounted = F.col("l_extendedprice") * (1 - F.col("l_discount"))
    return (
        spark.table("lineitem")
        .filter(F.col("l_shipdate") <= F.lit("1998-09-02").cast("date"))
        .groupBy("l_returnflag", "l_linestatus")
        .agg(
            F.sum("l_quantity").alias("sum_qty"),
            F.sum("l_extendedprice").alias("sum_base_price"),
            F.sum(discounted).alias("sum_disc_price"),
            F.sum(discounted * (1 + F.col("l_tax"))).alias("sum_charge"),
            F.avg("l_quantity").alias("avg_qty"),
            F.avg("l_extendedprice").alias("avg_price"),
            F.avg("l_discount").alias("avg_disc"),
            F.count("*").alias("count_order"),
        )
        .orderBy("l_returnflag", "l_linestatus")
    )
