"""DataFrameReader, DataFrameWriter and writeTo: options, modes and formats as a data engineer meets them."""
import os

from harness import step
from steps.api_columns import outcome


def orders(t):
    return t.spark.createDataFrame(
        [(1, "pen", 2.5, "2024-01-01"), (2, "ink", 10.0, "2024-01-02"), (3, None, None, "2024-01-02")], "id int, item string, price double, day string"
    )


def names(path):
    """The kinds of files and the directories below a path."""
    found = set()
    for root, directories, files in os.walk(path):
        for name in files:
            if not name.startswith("."):
                found.add(os.path.relpath(root, path) + "/" + ("part*" + name[name.find(".") :] if name.startswith("part-") else name))
    return sorted(found)


@step
def csv_reader_options(t):
    path = t.write("a.csv", "id;name;when;ok\n1;'x;y';2024-01-31;true\n2;;31/01/2024;no\n# note\n3;NA;;\n")
    read = t.spark.read
    return [
        read.csv(path, sep=";", header=True, quote="'", comment="#").collect(), read.option("header", True).option("delimiter", ";").csv(path).count(), read.csv(path, sep=";", header=True, inferSchema=True, nullValue="NA").dtypes,
        read.options(sep=";", header="true", dateFormat="yyyy-MM-dd", comment="#").schema("id int, name string, when date, ok boolean").csv(path).collect(), read.csv(path, sep=";", header=True, comment="#", schema="id int, name string, when string, ok string", enforceSchema=False).count(),
        read.format("csv").load(path, sep=";").columns, read.csv(path).columns, outcome(lambda: read.csv(path, sep=";;;;").count()),
    ]  # fmt: skip


@step
def csv_malformed_rows(t):
    path = t.write("a.csv", "1,2.5\nx,3\n4,5,6\n7\n")
    read = t.spark.read.schema("a int, b double, _corrupt_record string")
    plain = t.spark.read.schema("a int, b double")
    return [
        plain.csv(path).collect(), plain.csv(path, mode="DROPMALFORMED").collect(), read.csv(path).collect(), t.spark.read.schema("a int, b double, bad string").csv(path, columnNameOfCorruptRecord="bad").collect(),
        plain.csv(path, mode="nonsense").count(),
    ]  # fmt: skip


@step
def csv_inference(t):
    path = t.write("a.csv", "1,1.5,2024-01-01,2024-01-01 10:00:00,true,x,99999999999,1e3,\n2,,2024-02-01,2024-01-01T10:00:00Z,false,1,1,2,\n")
    read = t.spark.read
    return [read.csv(path, inferSchema=True).dtypes, read.csv(path, inferSchema=True).collect(), read.option("inferSchema", True).option("preferDate", False).csv(path).dtypes, read.csv(path, inferSchema=True, samplingRatio=1.0).dtypes, outcome(lambda: read.csv(path, inferSchema=True, samplingRatio=2.0).dtypes), read.csv(path, inferSchema=True, dateFormat="dd/MM/yyyy").dtypes]


@step
def csv_lines_and_quotes(t):
    path = t.write("a.csv", 'a,b\n1,"two\nlines"\n2,"say ""hi"""\n3,"back\\"slash"\n4,  padded  \n5,""\n')
    read = t.spark.read.option("header", True)
    return [read.csv(path, multiLine=True).collect(), read.csv(path, multiLine=True, escape='"').collect(), read.csv(path, multiLine=True, ignoreLeadingWhiteSpace=True, ignoreTrailingWhiteSpace=True).collect()[3:], read.csv(path, multiLine=True, emptyValue="E", nullValue="").collect()[4:], read.csv(path).count()]


@step
def csv_writer_options(t):
    d = orders(t).coalesce(1)
    texts = []
    for i, options in enumerate((
        {}, {"header": True}, {"sep": "|", "header": True}, {"quoteAll": True}, {"nullValue": "NULL"}, {"emptyValue": "-"}, {"escapeQuotes": False}, {"dateFormat": "dd.MM.yyyy"}, {"quote": "'"}, {"escape": "/"},
    )):  # fmt: skip
        path = t.path(f"out{i}")
        d.select("id", t.F.concat_ws(",", "item", t.F.lit('q"')).alias("item"), "price", t.F.to_date("day").alias("day"), t.F.lit("").alias("e")).write.csv(path, **options)
        texts.append(b"".join(open(os.path.join(path, n), "rb").read() for n in sorted(os.listdir(path)) if n.startswith("part")))
    return texts


@step
def json_reader_options(t):
    path = t.write("a.json", "{'a': 1, 'b': [1, 2.5], 'c': {'d': 'x'}}\n{\"a\": 007, \"e\": null}\n{\"a\": NaN}\n// comment\nbroken\n")
    read = t.spark.read
    return [
        read.json(path).dtypes, read.json(path, allowNumericLeadingZero=True, allowComments=True).dtypes, read.json(path, primitivesAsString=True, allowSingleQuotes=False).dtypes, read.schema("a int, _corrupt_record string").json(path).collect(),
        len(read.json(path, mode="DROPMALFORMED").collect()), read.json(path, dropFieldIfAllNull=True).columns, outcome(lambda: read.json(path).filter("_corrupt_record IS NOT NULL").select("_corrupt_record").collect()),
    ]  # fmt: skip


@step
def json_documents(t):
    one = t.write("one.json", '[{"a": 1, "t": "2024-01-01T10:00:00.000Z"},\n {"a": 2,\n "b": {"c": [1, {"x": 2}]}}]')
    read = t.spark.read
    return [read.json(one, multiLine=True).dtypes, read.json(one, multiLine=True).collect(), read.json(one).columns, read.option("multiline", "true").schema("a long, t timestamp").json(one).collect()]


@step
def json_writer_options(t):
    d = orders(t).coalesce(1).withColumn("s", t.F.struct("item", "price")).withColumn("ts", t.F.to_timestamp("day"))
    texts = []
    for i, options in enumerate(({}, {"ignoreNullFields": False}, {"dateFormat": "yyyy", "timestampFormat": "yyyy/MM"})):
        path = t.path(f"out{i}")
        d.write.json(path, **options)
        texts.append("".join(open(os.path.join(path, n)).read() for n in sorted(os.listdir(path)) if n.startswith("part")))
    return texts


@step
def text_reader_and_writer(t):
    path = t.write("a.txt", "one\ntwo\nthree")
    read = t.spark.read
    return [[r.value for r in read.text(path).collect()], [r.value for r in read.text(path, wholetext=True).collect()], [r.value for r in read.text(path, lineSep="w").collect()], outcome(lambda: orders(t).write.text(t.path("bad"))), read.format("text").load(path).columns, read.schema("line string").text(path).columns]


@step
def formats_and_compressions(t):
    d = orders(t).coalesce(1)
    for i, (form, codec) in enumerate((("parquet", "gzip"), ("parquet", "none"), ("parquet", "zstd"), ("csv", "gzip"), ("json", "gzip"), ("csv", "none"), ("text", "gzip"), ("json", "none"))):
        (d.select("item") if form == "text" else d).write.format(form).option("compression", codec).save(t.path(f"o{i}"))
    return [names(t.directory), [t.spark.read.format(f).load(t.path(f"o{i}")).count() for i, f in ((0, "parquet"), (3, "csv"), (6, "text"))], outcome(lambda: d.write.csv(t.path("bad"), compression="zip7"))]


@step
def partitions_written_and_read(t):
    d = orders(t).coalesce(1)
    path = t.path("by")
    d.write.partitionBy("day", "item").parquet(path)
    read = t.spark.read
    back = read.parquet(path)
    return [
        names(path), back.columns, back.dtypes, sorted(map(str, back.collect())), read.parquet(path + "/day=2024-01-02").columns, read.option("basePath", path).parquet(path + "/day=2024-01-02").columns, back.where("day = '2024-01-01'").count(), back.select("day").distinct().count(),
        outcome(lambda: d.write.partitionBy("nope").parquet(t.path("bad"))), outcome(lambda: d.select("id").write.partitionBy("id").parquet(t.path("bad2"))), outcome(lambda: d.write.partitionBy("id", "ID").parquet(t.path("bad3"))),
    ]  # fmt: skip


@step
def partitions_overwritten(t):
    d = orders(t).coalesce(1)
    path = t.path("by")
    d.write.partitionBy("day").parquet(path)
    t.spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
    d.where("id = 1").withColumn("price", t.F.lit(99.0)).write.mode("overwrite").partitionBy("day").parquet(path)
    dynamic = sorted((r.id, r.price) for r in t.spark.read.parquet(path).collect() if r.price)
    t.spark.conf.set("spark.sql.sources.partitionOverwriteMode", "static")
    d.where("id = 1").write.mode("overwrite").partitionBy("day").parquet(path)
    return [dynamic, t.spark.read.parquet(path).count()]


@step
def paths_in_many_forms(t):
    for i in range(3):
        orders(t).where(f"id = {i + 1}").coalesce(1).write.parquet(t.path(f"in/p{i}"))
    t.write("in/deep/er/a.csv", "1\n")
    t.write("in/deep/b.txt", "2\n")
    read = t.spark.read
    return [
        read.parquet(t.path("in/p0"), t.path("in/p1")).count(), read.load([t.path("in/p0"), t.path("in/p2")]).count(), read.parquet(t.path("in/p*")).count(), read.parquet(t.path("in/p[01]")).count(), read.parquet(t.path("in/{p0,p2}")).count(), read.parquet("file:" + t.path("in/p1")).count(),
        read.option("recursiveFileLookup", True).csv(t.path("in/deep")).count(), read.option("recursiveFileLookup", True).option("pathGlobFilter", "*.csv").csv(t.path("in/deep")).count(), read.csv(t.path("in/deep"), pathGlobFilter="*.txt").count(), outcome(lambda: read.parquet(t.path("nope")).count()),
        outcome(lambda: read.parquet().count()), outcome(lambda: read.load().count()), outcome(lambda: read.parquet(t.path("in/x*")).count()), [r[0].split("/")[-2] for r in read.parquet(t.path("in/p1")).select(t.F.input_file_name()).collect()],
    ]  # fmt: skip


@step
def schemas_that_meet_files(t):
    orders(t).coalesce(1).write.parquet(t.path("a"))
    t.spark.sql("SELECT 9L AS id, 'new' AS extra").coalesce(1).write.parquet(t.path("a/more"))
    t.spark.sql("SELECT 9 AS id, 'new' AS extra").coalesce(1).write.parquet(t.path("b/x=1"))
    t.spark.sql("SELECT 8 AS id, 2.5D AS other").coalesce(1).write.parquet(t.path("b/x=2"))
    read = t.spark.read
    return [read.option("mergeSchema", True).parquet(t.path("b")).columns, sorted(map(str, read.option("mergeSchema", True).parquet(t.path("b")).collect())), len(read.parquet(t.path("b")).columns), read.schema("id int, item string, nope double").parquet(t.path("a")).collect(), read.schema("ID int").parquet(t.path("a")).columns]


@step
def tables_written_in_every_form(t):
    s, d = t.spark, orders(t)
    for name in ("api_w", "api_w2", "api_w3", "api_w4", "api_w5"):
        s.sql(f"DROP TABLE IF EXISTS {name}")
    d.write.saveAsTable("api_w")
    d.write.mode("append").saveAsTable("api_w")
    d.write.insertInto("api_w")
    d.write.insertInto("api_w", overwrite=True)
    seen = [s.table("api_w").count(), outcome(lambda: d.write.saveAsTable("api_w")), outcome(lambda: d.select("id").write.insertInto("api_w")), outcome(lambda: d.write.insertInto("api_nope"))]
    d.write.format("json").partitionBy("day").saveAsTable("api_w2")
    d.writeTo("api_w3").using("parquet").create()
    d.writeTo("api_w3").append()
    d.write.option("path", t.path("ext")).saveAsTable("api_w4")
    d.write.saveAsTable("api_w5", format="csv", mode="overwrite", partitionBy=["item"])
    seen += [s.table("api_w2").columns, s.table("api_w3").count(), names(t.path("ext")), s.table("api_w5").columns, outcome(lambda: d.writeTo("api_w3").create()), outcome(lambda: d.writeTo("api_nope").append()), outcome(lambda: d.writeTo("api_w3").overwritePartitions()), outcome(lambda: d.writeTo("api_w3").replace()), outcome(lambda: d.write.mode("overwrite").saveAsTable("api_w")), outcome(lambda: d.write.mode("append").partitionBy("day").saveAsTable("api_w"))]
    for name in ("api_w", "api_w2", "api_w3", "api_w4", "api_w5"):
        s.sql(f"DROP TABLE IF EXISTS {name}")
    return seen


@step
def buckets_and_sorted_writes(t):
    d = orders(t)
    for name in ("api_b", "api_b2"):
        t.spark.sql(f"DROP TABLE IF EXISTS {name}")
    d.write.bucketBy(2, "id").sortBy("item").saveAsTable("api_b")
    d.write.bucketBy(2, ["id", "item"]).saveAsTable("api_b2")
    seen = [t.spark.table("api_b").count(), outcome(lambda: d.write.bucketBy(2, "id").parquet(t.path("x"))), outcome(lambda: d.write.sortBy("id").saveAsTable("api_b3")), outcome(lambda: d.write.bucketBy(0, "id").saveAsTable("api_b4")), outcome(lambda: d.write.bucketBy(2, "nope").saveAsTable("api_b5")), outcome(lambda: d.write.bucketBy("a", "id"))]
    for name in ("api_b", "api_b2", "api_b3", "api_b4", "api_b5"):
        t.spark.sql(f"DROP TABLE IF EXISTS {name}")
    return seen


@step
def sql_over_files(t):
    orders(t).coalesce(1).write.parquet(t.path("p"))
    orders(t).coalesce(1).write.json(t.path("j"))
    s = t.spark
    s.sql(f"CREATE OR REPLACE TEMP VIEW over_json USING json OPTIONS (path '{t.path('j')}')")
    return [s.sql(f"SELECT count(*) FROM parquet.`{t.path('p')}`").first()[0], s.sql(f"SELECT max(id) FROM json.`{t.path('j')}`").first()[0], s.table("over_json").columns, s.sql("SELECT sum(price) FROM over_json").first()[0], outcome(lambda: s.sql("SELECT * FROM parquet.`/no/where`").count()), outcome(lambda: s.sql("SELECT * FROM nope.`/x`").count())]


@step
def writes_that_fail(t):
    f = t.F
    d = orders(t)
    return [
        outcome(lambda: d.select(f.struct("id").alias("s")).write.csv(t.path("a"))), outcome(lambda: d.select("id", "id").write.parquet(t.path("b"))), outcome(lambda: d.select(f.lit(None).alias("n")).write.parquet(t.path("c"))), outcome(lambda: d.select(f.lit(None).alias("n")).write.json(t.path("d"))),
        outcome(lambda: d.write.format("nope").save(t.path("e"))), outcome(lambda: d.write.mode("overwrite").save()), outcome(lambda: d.write.save()), outcome(lambda: d.write.option("path", t.path("f")).parquet(t.path("g"))), outcome(lambda: d.select(f.create_map("id", "item").alias("m")).write.csv(t.path("h"))), outcome(lambda: d.write.text(t.path("i"))), outcome(lambda: d.write.parquet()),
    ]  # fmt: skip


@step
def line_separators_written(t):
    t.spark.createDataFrame([("x",), ("y",)], "v string").coalesce(1).write.text(t.path("out"), lineSep="|")
    orders(t).coalesce(1).write.csv(t.path("csv"), lineSep="\r\n")
    orders(t).coalesce(1).write.json(t.path("json"), lineSep=";")
    texts = [b"".join(open(os.path.join(t.path(d), n), "rb").read() for n in sorted(os.listdir(t.path(d))) if n.startswith("part")) for d in ("out", "csv", "json")]
    return texts + [[r.value for r in t.spark.read.text(t.path("out"), lineSep="|").collect()], t.spark.read.json(t.path("json"), lineSep=";").count()]
