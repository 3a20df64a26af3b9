"""A session of the 4.2 client → plans of every kind that its DataFrame API makes, none of them sent."""


def frames(spark):
    """Gives frames that use each relation and each kind of expression."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    base = spark.createDataFrame([(1, "a", 1.5), (2, None, -0.0), (3, "c", None)], "id INT, name STRING, x DOUBLE")
    other = spark.range(5).withColumnRenamed("id", "key")
    window = Window.partitionBy("name").orderBy(F.col("id").desc_nulls_last()).rowsBetween(-1, Window.currentRow)
    yield base.select("id", F.col("name").alias("n"), F.lit(1.5), F.expr("x + 1"), F.lit(None), F.lit("é"), F.lit(b"\0"))
    yield base.filter((F.col("id") > 1) & F.col("name").isNotNull() | ~F.col("name").like("a%"))
    yield base.withColumns({"y": F.when(F.col("id") == 1, "one").otherwise(F.lit("many")), "z": F.col("x").cast("decimal(10,2)")})
    yield base.join(other, base.id == other.key, "left").join(spark.range(3).alias("r"), F.col("r.id") == other.key, "semi")
    yield base.crossJoin(other).dropDuplicates(["id"]).drop("x")
    yield base.groupBy("name").agg(F.sum("id"), F.count("*"), F.countDistinct("x"), F.collect_list("id"), F.max_by("id", "x"))
    yield base.groupBy("name").pivot("id", [1, 2]).agg(F.avg("x"))
    yield base.rollup("name", "id").count()
    yield base.cube("name").agg(F.grouping("name"), F.max("x"))
    yield base.withColumn("w", F.sum("id").over(window)).withColumn("r", F.row_number().over(Window.orderBy("id")))
    yield base.orderBy(F.col("x").asc_nulls_first(), "id").limit(2).offset(1)
    yield base.union(base).unionByName(base.withColumn("more", F.lit(1)), allowMissingColumns=True)
    yield base.intersectAll(base).exceptAll(base.limit(1))
    yield base.na.fill(0).na.drop("any").na.replace(1, 2)
    yield base.sample(0.5, seed=3).repartition(2, "id").sortWithinPartitions("id")
    yield base.unpivot(["id"], ["name"], "variable", "value")
    yield base.select(F.explode(F.array(F.lit(1), F.lit(2))).alias("e"), "id")
    yield base.select(F.transform(F.array("id"), lambda a: a + 1), F.filter(F.array("id"), lambda a, i: i > 0), F.aggregate(F.array("id"), F.lit(0), lambda a, b: a + b))
    yield base.select(F.struct("id", "name").alias("s")).select("s.id", F.col("s").getField("name"), F.col("s").dropFields("id"), F.col("s").withField("k", F.lit(1)))
    yield base.select(F.create_map(F.lit("k"), "id")["k"], F.array("id")[0], F.to_json(F.struct("*")), F.from_json("name", "a INT"))
    yield base.describe("id")
    yield base.summary("count", "50%")
    yield base.stat.crosstab("id", "name")
    yield base.stat.freqItems(["id"])
    yield base.hint("broadcast").alias("b").select("b.*").toDF("p", "q", "r")
    yield base.withColumnsRenamed({"id": "i"}).select(F.col("i") % 2, -F.col("i"), F.date_add(F.lit("2024-01-01"), F.col("i")))
    yield base.select(F.col("name").between("a", "b"), F.col("id").isin(1, 2), F.coalesce("x", F.lit(0)), F.hash("*"), F.percentile_approx("id", 0.5).over(window))
    yield spark.sql("SELECT * FROM range(:n) WHERE id > :m", {"n": 5, "m": 1})
    yield spark.sql("SELECT ? + 1", [4])
    yield base.to(base.schema)
    yield base.select(base.colRegex("`.*`"))
    yield base.groupBy(F.window(F.lit("2024-01-01 00:00:00").cast("timestamp"), "1 hour")).count()


def plans(remote):
    """Gives the plans as messages."""
    from pyspark.sql.connect.session import SparkSession

    spark = SparkSession.builder.remote(remote).create()
    try:
        return [frame._plan.to_proto(spark.client) for frame in frames(spark)]
    finally:
        spark.client.close()
