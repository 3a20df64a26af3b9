"""Q9 product type profit: six views → profit on green parts by supplier nation and year."""

from pyspark.sql import functions as F


def query(spark):
    amount = F.col("l_extendedprice") * (1 - F.col("l_discount")) - F.col(
        "ps_supplycost"
    ) * F.col("l_quantity")
    return (
        spark.table("part")
        .filter(F.col("p_name").like("%green%"))
        .join(spark.table("lineitem"), F.col("p_partkey") == F.col("l_partkey"))
        .join(spark.table("supplier"), F.col("l_suppkey") == F.col("s_suppkey"))
        .join(
            spark.table("partsupp"),
            (F.col("l_suppkey") == F.col("ps_suppkey"))
            & (F.col("l_partkey") == F.col("ps_partkey")),
        )
        .join(spark.table("orders"), F.col("l_orderkey") == F.col("o_orderkey"))
        .join(spark.table("nation"), F.col("s_nationkey") == F.col("n_nationkey"))
        .select(
            F.col("n_name").alias("nation"),
            F.year("o_orderdate").alias("o_year"),
            amount.alias("amount"),
        )
        .groupBy("nation", "o_year")
        .agg(F.sum("amount").alias("sum_profit"))
        .orderBy("nation", F.col("o_year").desc())
    )
