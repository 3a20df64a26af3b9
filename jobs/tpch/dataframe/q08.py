"""Q8 national market share: seven views → Brazil's share of America's revenue for one part type, by year."""

from pyspark.sql import functions as F


def query(spark):
    america = (
        spark.table("region")
        .filter(F.col("r_name") == "AMERICA")
        .join(spark.table("nation"), F.col("r_regionkey") == F.col("n_regionkey"))
        .select(F.col("n_nationkey").alias("n1_key"))
    )
    supplier_nation = spark.table("nation").select(
        F.col("n_nationkey").alias("n2_key"), F.col("n_name").alias("nation")
    )
    orders = spark.table("orders").filter(
        F.col("o_orderdate").between(
            F.lit("1995-01-01").cast("date"), F.lit("1996-12-31").cast("date")
        )
    )
    volumes = (
        spark.table("part")
        .filter(F.col("p_type") == "ECONOMY ANODIZED STEEL")
        .join(spark.table("lineitem"), F.col("p_partkey") == F.col("l_partkey"))
        .join(spark.table("supplier"), F.col("l_suppkey") == F.col("s_suppkey"))
        .join(orders, F.col("l_orderkey") == F.col("o_orderkey"))
        .join(spark.table("customer"), F.col("o_custkey") == F.col("c_custkey"))
        .join(america, F.col("c_nationkey") == F.col("n1_key"))
        .join(supplier_nation, F.col("s_nationkey") == F.col("n2_key"))
        .select(
            F.year("o_orderdate").alias("o_year"),
            (F.col("l_extendedprice") * (1 - F.col("l_discount"))).alias("volume"),
            "nation",
        )
    )
    brazil = F.when(F.col("nation") == "BRAZIL", F.col("volume")).otherwise(0)
    return (
        volumes.groupBy("o_year")
        .agg((F.sum(brazil) / F.sum("volume")).alias("mkt_share"))
        .orderBy("o_year")
    )
