"""The session that the README shows: run against a Grebe server by scripts/update_readme.py."""

import sys

from pyspark.sql import SparkSession, functions as F

spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
orders = spark.createDataFrame(
    [(1, "espresso", 2, "2.40"), (2, "flat white", 1, "3.90"), (3, "espresso", 5, "2.40")],
    "id INT, drink STRING, cups INT, price STRING",
).withColumn("price", F.col("price").cast("decimal(6,2)"))

orders.write.format("delta").saveAsTable("orders")
spark.createDataFrame([(4, "cortado", 3)], "id INT, drink STRING, cups INT").withColumn(
    "price", F.lit("3.10").cast("decimal(6,2)")
).write.format("delta").mode("append").saveAsTable("orders")

spark.table("orders").groupBy("drink").agg(
    F.sum("cups").alias("cups"), F.sum(F.col("cups") * F.col("price")).alias("revenue")
).orderBy("drink").show()
spark.sql("SELECT count(*) AS rows_before FROM orders VERSION AS OF 0").show()
spark.table("orders").printSchema()
try:
    spark.sql("SELECT drnk FROM orders").collect()
except Exception as error:
    print(f"{type(error).__name__}: {error}")
