"""Q17 small-quantity-order revenue: lineitem, part views → yearly loss if small orders were refused."""

from pyspark.sql import functions as F


def query(spark):
    lineitem = spark.table("lineitem")
    limits = lineitem.groupBy(F.col("l_partkey").alias("limit_partkey")).agg(
        (F.lit("0.2").cast("decimal(2,1)") * F.avg("l_quantity")).alias("quantity_limit")
    )
    return (
        spark.table("part")
        .filter((F.col("p_brand") == "Brand#23") & (F.col("p_container") == "MED BOX"))
        .join(lineitem, F.col("p_partkey") == F.col("l_partkey"))
        .join(limits, F.col("p_partkey") == F.col("limit_partkey"))
        .filter(F.col("l_quantity") < F.col("quantity_limit"))
        .agg(
            (F.sum("l_extendedprice") / F.lit("7.0").cast("decimal(2,1)")).alias("avg_yearly")
        )
    )
