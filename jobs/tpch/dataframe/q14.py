"""Q14 promotion effect: lineitem, part views → percentage of revenue from promotional parts."""

from pyspark.sql import functions as F


def query(spark):
    revenue = F.col("l_extendedprice") * (1 - F.col("l_discount"))
    promotional = F.when(F.col("p_type").like("PROMO%"), revenue).otherwise(0)
    return (
        spark.table("lineitem")
        .filter(
            (F.col("l_shipdate") >= F.lit("1995-09-01").cast("date"))
            & (F.col("l_shipdate") < F.lit("1995-10-01").cast("date"))
        )
        .join(spark.table("part"), F.col("l_partkey") == F.col("p_partkey"))
        .agg(
            (
                F.lit("100.00").cast("decimal(5,2)") * F.sum(promotional) / F.sum(revenue)
            ).alias("promo_revenue")
        )
    )
