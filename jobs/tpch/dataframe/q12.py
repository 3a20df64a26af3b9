"""Q12 shipping modes: orders, lineitem views → late lineitems by mode and order priority."""

from pyspark.sql import functions as F


def query(spark):
    urgent = F.col("o_orderpriority").isin("1-URGENT", "2-HIGH")
    lineitem = spark.table("lineitem").filter(
        F.col("l_shipmode").isin("MAIL", "SHIP")
        & (F.col("l_commitdate") < F.col("l_receiptdate"))
        & (F.col("l_shipdate") < F.col("l_commitdate"))
        & (F.col("l_receiptdate") >= F.lit("1994-01-01").cast("date"))
        & (F.col("l_receiptdate") < F.lit("1995-01-01").cast("date"))
    )
    return (
        spark.table("orders")
        .join(lineitem, F.col("o_orderkey") == F.col("l_orderkey"))
        .groupBy("l_shipmode")
        .agg(
            F.sum(F.when(urgent, 1).otherwise(0)).alias("high_line_count"),
            F.sum(F.when(~urgent, 1).otherwise(0)).alias("low_line_count"),
        )
        .orderBy("l_shipmode")
    )
