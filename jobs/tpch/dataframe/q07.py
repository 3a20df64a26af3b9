"""Q7 volume shipping: five views → revenue shipped between France and Germany by year."""

from pyspark.sql import functions as F


def query(spark):
    nation = spark.table("nation").filter(F.col("n_name").isin("FRANCE", "GERMANY"))
    suppliers = spark.table("supplier").join(
        nation.select(F.col("n_nationkey").alias("n1_key"), F.col("n_name").alias("supp_nation")),
        F.col("s_nationkey") == F.col("n1_key"),
    )
    customers = spark.table("customer").join(
        nation.select(F.col("n_nationkey").alias("n2_key"), F.col("n_name").alias("cust_nation")),
        F.col("c_nationkey") == F.col("n2_key"),
    )
    lineitem = spark.table("lineitem").filter(
        F.col("l_shipdate").between(
            F.lit("1995-01-01").cast("date"), F.lit("1996-12-31").cast("date")
        )
    )
    return (
        suppliers.join(lineitem, F.col("s_suppkey") == F.col("l_suppkey"))
        .join(spark.table("orders"), F.col("l_orderkey") == F.col("o_orderkey"))
        .join(customers, F.col("o_custkey") == F.col("c_custkey"))
        .filter(F.col("supp_nation") != F.col("cust_nation"))
        .select(
            "supp_nation",
            "cust_nation",
            F.year("l_shipdate").alias("l_year"),
            (F.col("l_extendedprice") * (1 - F.col("l_discount"))).alias("volume"),
        )
        .groupBy("supp_nation", "cust_nation", "l_year")
        .agg(F.sum("volume").alias("revenue"))
        .orderBy("supp_nation", "cust_nation", "l_year")
    )
