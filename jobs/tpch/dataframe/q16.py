"""Q16 parts/supplier relationship: partsupp, part, supplier views → suppliers per part attribute."""

from pyspark.sql import functions as F


def query(spark):
    complained = spark.table("supplier").filter(F.col("s_comment").like("%Customer%Complaints%"))
    part = spark.table("part").filter(
        (F.col("p_brand") != "Brand#45")
        & ~F.col("p_type").like("MEDIUM POLISHED%")
        & F.col("p_size").isin(49, 14, 23, 45, 19, 3, 36, 9)
    )
    return (
        spark.table("partsupp")
        .join(part, F.col("ps_partkey") == F.col("p_partkey"))
        .join(complained, F.col("ps_suppkey") == F.col("s_suppkey"), "left_anti")
        .groupBy("p_brand", "p_type", "p_size")
        .agg(F.countDistinct("ps_suppkey").alias("supplier_cnt"))
        .orderBy(F.col("supplier_cnt").desc(), "p_brand", "p_type", "p_size")
    )
