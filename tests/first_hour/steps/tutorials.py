"""What tutorials let a beginner do: word counts, sales reports, logs, cleaning, history tables."""
from harness import Ordered, step
from steps.api_columns import outcome


def sales_csv(t):
    return t.write(
        "sales.csv",
        "order_id,customer,amount,ordered,shipped\n1,Ann,10.50,31/01/2024,2024-02-01 10:00\n2,Ben,,28/02/2024,\n3,Ann,99.99,01/03/2024,2024-03-02 08:30\n4,,5,15/03/2024,2024-03-16 12:00\n",
    )


@step
def words_counted(t):
    f = t.F
    path = t.write("words.txt", "To be, or not to be:\nthat is the question.\n\nTo die, to sleep\n")
    words = t.spark.read.text(path).select(f.explode(f.split(f.lower("value"), r"[^a-z]+")).alias("word")).filter("word <> ''")
    return Ordered(words.groupBy("word").count().orderBy(f.desc("count"), "word"))


@step
def csv_types_inferred_by_formats(t):
    read = t.spark.read.option("header", True).option("inferSchema", True)
    path = sales_csv(t)
    frame = read.option("dateFormat", "dd/MM/yyyy").option("timestampFormat", "yyyy-MM-dd HH:mm").csv(path)
    return [frame.dtypes, frame.orderBy("order_id").collect(), t.spark.read.csv(path, header=True, inferSchema=True).dtypes, t.spark.read.csv(path, header=True, inferSchema=True, dateFormat="dd/MM/yyyy").dtypes]


@step
def csv_to_a_report(t):
    f = t.F
    frame = t.spark.read.csv(sales_csv(t), header=True, inferSchema=True, dateFormat="dd/MM/yyyy")
    frame.printSchema()
    frame.show()
    clean = frame.na.fill({"amount": 0.0, "customer": "unknown"}).withColumn("month", f.date_format("ordered", "yyyy-MM"))
    report = clean.groupBy("month").agg(f.round(f.sum("amount"), 2).alias("total"), f.countDistinct("customer").alias("customers")).orderBy("month")
    report.show()
    report.coalesce(1).write.mode("overwrite").option("header", True).csv(t.path("report"))
    return t.spark.read.option("header", True).csv(t.path("report")).orderBy("month").collect()


@step
def json_lines_flattened(t):
    f = t.F
    path = t.write("e.json", '{"id": 1, "user": {"name": "Ann", "tags": ["a", "b"]}, "items": [{"sku": "x", "n": 2}, {"sku": "y", "n": 1}]}\n{"id": 2, "user": {"name": "Ben", "tags": []}, "items": []}\n')
    frame = t.spark.read.json(path)
    frame.printSchema()
    flat = frame.select("id", f.col("user.name").alias("name"), f.size("user.tags").alias("tags"), f.explode_outer("items").alias("item")).select("id", "name", "tags", "item.*")
    flat.orderBy("id", "sku").show()
    return flat.groupBy("name").pivot("sku").sum("n").orderBy("name")


@step
def json_timestamps_and_decimals_inferred(t):
    path = t.write("a.json", '{"t": "2024-01-01T10:00:00", "p": "1.50", "d": 2.5}\n')
    read = t.spark.read
    return [read.json(path).dtypes, read.option("inferTimestamp", True).json(path).dtypes, t.spark.read.json(path, prefersDecimal=True).dtypes, t.spark.read.option("inferTimestamp", True).json(path, timestampFormat="yyyy").dtypes]


@step
def logs_parsed_by_regular_expressions(t):
    f = t.F
    path = t.write("log.txt", '10.0.0.1 - - [01/Feb/2024:10:00:01 +0000] "GET /a HTTP/1.1" 200 512\n10.0.0.2 - - [01/Feb/2024:10:05:00 +0000] "POST /b HTTP/1.1" 500 -\nnonsense\n')
    pattern = r'^(\S+) \S+ \S+ \[([^\]]+)\] "(\S+) (\S+) \S+" (\d{3}) (\S+)'
    logs = t.spark.read.text(path).select(*[f.regexp_extract("value", pattern, i).alias(n) for i, n in ((1, "host"), (2, "when"), (3, "method"), (4, "path"), (5, "status"), (6, "bytes"))])
    good = logs.filter("host <> ''").withColumn("when", f.to_timestamp("when", "dd/MMM/yyyy:HH:mm:ss Z")).withColumn("bytes", f.col("bytes").cast("int"))
    return good.select("host", "when", "status", "bytes", (f.col("status") >= 400).alias("bad")).orderBy("host")


@step
def cleaning_names_and_numbers(t):
    f = t.F
    raw = t.spark.createDataFrame([(" Ann ", "1,200.50", "yes"), ("BEN", "$3", "N"), ("", "n/a", None)], ["Full Name", "Amount (EUR)", "ok?"])
    for c in raw.columns:
        raw = raw.withColumnRenamed(c, c.lower().replace(" ", "_").strip("?").replace("(", "").replace(")", ""))
    return raw.select(
        f.initcap(f.trim("full_name")).alias("name"), f.regexp_replace("amount_eur", "[$,]", "").cast("decimal(10,2)").alias("amount"), f.when(f.lower(f.substring("ok", 1, 1)) == "y", True).when(f.col("ok").isNotNull(), False).alias("ok"),
        f.when(f.trim("full_name") == "", None).otherwise(f.length("full_name")).alias("n"),
    )  # fmt: skip


@step
def history_table_merged_by_union(t):
    f, W = t.F, t.Window
    old = t.spark.createDataFrame([(1, "a", "2024-01-01"), (2, "b", "2024-01-01")], "id int, v string, since string")
    new = t.spark.createDataFrame([(2, "B", "2024-02-01"), (3, "c", "2024-02-01")], "id int, v string, since string")
    latest = W.partitionBy("id").orderBy(f.desc("since"))
    return old.unionByName(new).withColumn("n", f.row_number().over(latest)).withColumn("until", f.lag("since").over(latest)).withColumn("current", f.col("n") == 1).drop("n").orderBy("id", "since")


@step
def counts_of_a_joined_frame_by_its_own_column(t):
    f = t.F
    people = t.spark.createDataFrame([(1, "Ann"), (2, "Ben")], "id int, name string")
    orders = t.spark.createDataFrame([(1, 1, 5.0), (2, 1, 7.5), (3, 2, 1.0)], "id int, person int, amount double")
    joined = people.join(orders, people.id == orders.person, "left")
    return [joined.groupBy(people.id, people.name).agg(f.sum("amount").alias("total"), f.count(orders.id)).orderBy(people.id).collect(), joined.groupBy(people["id"]).count().orderBy("id").collect(), joined.rollup(people.id).count().orderBy("id").collect(), joined.select(people.id, orders.id.alias("order")).groupBy("id").max("order").orderBy("id").collect(), joined.groupBy(orders.id).pivot("name").count().orderBy("id").collect()]


@step
def maps_with_a_key_twice_when_the_last_wins(t):
    f = t.F
    t.spark.conf.set("spark.sql.mapKeyDedupPolicy", "LAST_WIN")
    return t.spark.range(1).select(
        f.create_map(f.lit("a"), f.lit(1), f.lit("b"), f.lit(2), f.lit("a"), f.lit(3)), f.map_concat(f.create_map(f.lit(1), f.lit("x")), f.create_map(f.lit(1), f.lit("y"))), f.map_from_arrays(f.array(f.lit(1), f.lit(1)), f.array(f.lit(2), f.lit(3))),
        f.str_to_map(f.lit("a:1,b:2,a:3")), f.transform_keys(f.create_map(f.lit(1), f.lit(10), f.lit(2), f.lit(20)), lambda k, v: f.lit(0)), f.map_from_entries(f.array(f.struct(f.lit(1), f.lit(2)), f.struct(f.lit(1), f.lit(3)))),
    )  # fmt: skip


@step
def directories_below_a_directory_are_another_matter(t):
    t.spark.range(2).coalesce(1).write.parquet(t.path("a"))
    t.spark.range(5).coalesce(1).write.parquet(t.path("a/b"))
    t.write("c/one.csv", "1\n")
    t.write("c/more/two.csv", "2\n")
    return [t.spark.read.parquet(t.path("a")).count(), t.spark.read.option("recursiveFileLookup", True).parquet(t.path("a")).count(), t.spark.read.csv(t.path("c")).count(), t.spark.read.text(t.path("c/*")).count(), outcome(lambda: t.spark.read.json(t.path("")).count())]


@step
def samples_that_anybody_can_repeat(t):
    frame = t.spark.range(0, 200, 1, 1).withColumn("k", t.F.col("id") % 4)
    train, test = frame.randomSplit([0.8, 0.2], seed=42)
    return [frame.sample(False, 0.05, 7).collect(), frame.sample(True, 0.04, 13).collect(), [test.count(), train.count(), train.intersect(test).count()], sorted(r.id for r in test.collect()), frame.sampleBy("k", {0: 0.1, 2: 0.2}, seed=0).collect(), frame.sample(withReplacement=True, fraction=1.5, seed=1).count(), frame.sample(0.0, 1).count(), frame.sample(1.0, 1).count()]


@step
def nested_json_texts_in_a_column(t):
    f = t.F
    frame = t.spark.createDataFrame([(1, '{"a": 1, "b": "x"}'), (2, '{"a": "one"}'), (3, "oops"), (4, None)], "id int, j string")
    schema = "a int, b string, _corrupt_record string"
    return frame.select("id", f.from_json("j", schema).alias("r")).select("id", "r.*").orderBy("id")


@step
def columns_of_structs_changed(t):
    f = t.F
    frame = t.spark.sql("SELECT named_struct('name', 'Ann', 'address', named_struct('city', 'Rome', 'zip', '00100')) AS p")
    out = frame.withColumn("p", f.col("p").withField("address.zip", f.lit(100)).withField("age", f.lit(3)).dropFields("address.city"))
    return [out.schema.simpleString(), out.collect(), out.select("p.address.zip").collect(), out.select("p.*").columns]


@step
def structs_put_together_by_name(t):
    a = t.spark.sql("SELECT 1 AS id, named_struct('x', 1, 'in', named_struct('p', 1)) AS s")
    b = t.spark.sql("SELECT 2 AS id, named_struct('in', named_struct('q', 'z'), 'y', 2.5D) AS s, true AS extra")
    return a.unionByName(b, allowMissingColumns=True)


@step
def temporary_tables_of_every_day(t):
    s = t.spark
    s.sql("CREATE OR REPLACE TEMP VIEW events AS SELECT * FROM VALUES ('a', 1), ('a', 2), ('b', 5) AS e(k, n)")
    s.sql("CACHE TABLE events")
    totals = s.sql("WITH t AS (SELECT k, sum(n) AS total FROM events GROUP BY k) SELECT t.*, rank() OVER (ORDER BY total DESC) AS r FROM t")
    s.sql("UNCACHE TABLE events")
    return Ordered(totals.orderBy("r"))
