"""Q2 minimum cost supplier: part, supplier, partsupp, nation, region views → the cheapest suppliers."""

from pyspark.sql import functions as F


def query(spark):
    offers = (
        spark.table("region")
        .filter(F.col("r_name") == "EUROPE")
        .join(spark.table("nation"), F.col("r_regionkey") == F.col("n_regionkey"))
        .join(spark.table("supplier"), F.col("n_nationkey") == F.col("s_nationkey"))
        .join(spark.table("partsupp"), F.col("s_suppkey") == F.col("ps_suppkey"))
        .join(
            spark.table("part").filter((F.col("p_size") == 15) & F.col("p_type").like("%BRASS")),
            F.col("ps_partkey") == F.col("p_partkey"),
        )
    )
    cheapest = offers.groupBy(F.col("p_partkey").alias("min_partkey")).agg(
        F.min("ps_supplycost").alias("min_supplycost")
    )
    return (
        offers.join(
            cheapest,
            (F.col("p_partkey") == F.col("min_partkey"))
            & (F.col("ps_supplycost") == F.col("min_supplycost")),
        )
        .select(
            "s_acctbal", "s_name", "n_name", "p_partkey", "p_mfgr", "s_address", "s_phone", "s_comment"
        )
        .orderBy(F.col("s_acctbal").desc(), "n_name", "s_name", "p_partkey")
        .limit(100)
    )
