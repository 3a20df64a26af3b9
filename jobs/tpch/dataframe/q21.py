"""Q21 suppliers who kept orders waiting: four views → those who alone were late in a shared order."""

from pyspark.sql import functions as F


def query(spark):
    lineitem = spark.table("lineitem")
    late = lineitem.filter(F.col("l_receiptdate") > F.col("l_commitdate"))
    others = lineitem.select(
        F.col("l_orderkey").alias("l2_orderkey"), F.col("l_suppkey").alias("l2_suppkey")
    )
    other_late = late.select(
        F.col("l_orderkey").alias("l3_orderkey"), F.col("l_suppkey").alias("l3_suppkey")
    )
    return (
        spark.table("supplier")
        .join(
            spark.table("nation").filter(F.col("n_name") == "SAUDI ARABIA"),
            F.col("s_nationkey") == F.col("n_nationkey"),
        )
        .join(late, F.col("s_suppkey") == F.col("l_suppkey"))
        .join(
            spark.table("orders").filter(F.col("o_orderstatus") == "F"),
            F.col("l_orderkey") == F.col("o_orderkey"),
        )
        .join(
            others,
            (F.col("l2_orderkey") == F.col("l_orderkey"))
            & (F.col("l2_suppkey") != F.col("l_suppkey")),
            "left_semi",
        )
        .join(
            other_late,
            (F.col("l3_orderkey") == F.col("l_orderkey"))
            & (F.col("l3_suppkey") != F.col("l_suppkey")),
            "left_anti",
        )
        .groupBy("s_name")
        .agg(F.count("*").alias("numwait"))
        .orderBy(F.col("numwait").desc(), "s_name")
        .limit(100)
    )
