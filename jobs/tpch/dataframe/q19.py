"""Q19 discounted revenue: lineitem, part views → revenue of parts handled in three particular manners."""

from pyspark.sql import functions as F


def query(spark):
    def manner(brand, containers, low, high, size):
        return (
            (F.col("p_brand") == brand)
            & F.col("p_container").isin(*containers)
            & F.col("l_quantity").between(low, high)
            & F.col("p_size").between(1, size)
        )

    lineitem = spark.table("lineitem").filter(
        F.col("l_shipmode").isin("AIR", "AIR REG")
        & (F.col("l_shipinstruct") == "DELIVER IN PERSON")
    )
    return (
        lineitem.join(spark.table("part"), F.col("l_partkey") == F.col("p_partkey"))
        .filter(
            manner("Brand#12", ["SM CASE", "SM BOX", "SM PACK", "SM PKG"], 1, 11, 5)
            | manner("Brand#23", ["MED BAG", "MED BOX", "MED PKG", "MED PACK"], 10, 20, 10)
            | manner("Brand#34", ["LG CASE", "LG BOX", "LG PACK", "LG PKG"], 20, 30, 15)
        )
        .agg(F.sum(F.col("l_extendedprice") * (1 - F.col("l_discount"))).alias("revenue"))
    )
