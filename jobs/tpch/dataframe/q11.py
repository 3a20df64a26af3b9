"""Q11 important stock: partsupp, supplier, nation views → parts with a notable share of stock value."""

from pyspark.sql import functions as F


def query(spark):
    stock = (
        spark.table("partsupp")
        .join(spark.table("supplier"), F.col("ps_suppkey") == F.col("s_suppkey"))
        .join(
            spark.table("nation").filter(F.col("n_name") == "GERMANY"),
            F.col("s_nationkey") == F.col("n_nationkey"),
        )
        .withColumn("stock_value", F.col("ps_supplycost") * F.col("ps_availqty"))
    )
    # The fraction is 0.0001 / SF; as written it is the one of SF 1.
    threshold = stock.agg(
        (F.sum("stock_value") * F.lit("0.0001000000").cast("decimal(10,10)")).alias("threshold")
    )
    return (
        stock.groupBy("ps_partkey")
        .agg(F.sum("stock_value").alias("value"))
        .crossJoin(threshold)
        .filter(F.col("value") > F.col("threshold"))
        .select("ps_partkey", "value")
        .orderBy(F.col("value").desc())
    )
