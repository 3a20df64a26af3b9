"""Q6 forecasting revenue change: lineitem view → what small discounts on small orders cost in a year."""

from pyspark.sql import functions as F


def query(spark):
    return (
        spark.table("lineitem")
        .filter(
            (F.col("l_shipdate") >= F.lit("1994-01-01").cast("date"))
            & (F.col("l_shipdate") < F.lit("1995-01-01").cast("date"))
            & F.col("l_discount").between(
                F.lit("0.05").cast("decimal(3,2)"), F.lit("0.07").cast("decimal(3,2)")
            )
            & (F.col("l_quantity") < 24)
        )
        .agg(F.sum(F.col("l_extendedprice") * F.col("l_discount")).alias("revenue"))
    )
