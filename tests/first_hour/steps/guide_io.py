"""The user guide's readers and writers: options, layouts, save modes, tables."""
import glob
import os

from harness import Ordered, step


def people(t):
    return t.spark.createDataFrame([(1, "Ann", 23), (2, "Ben", 42), (3, None, None)], "id long, name string, age int").coalesce(1)


def drop(t, *names):
    for name in names:
        t.spark.sql(f"DROP TABLE IF EXISTS {name}")


def texts(directory, pattern="part-*"):
    out = []
    for path in sorted(glob.glob(os.path.join(directory, pattern))):
        with open(path, encoding="utf-8") as file:
            out.append(file.read())
    return out


@step
def csv_of_special_characters(t):
    frame = t.spark.createDataFrame([('say "hi"', "a,b", "back\\slash"), ("line\nbreak", " pad ", ""), (None, "é", "'q'")], ["a", "b", "c"]).coalesce(1)
    frame.write.csv(t.path("out"), header=True)
    return [texts(t.path("out")), t.spark.read.csv(t.path("out"), header=True, multiLine=True).collect()]


@step
def csv_writer_options(t):
    people(t).write.options(sep=";", quoteAll=True, nullValue="NA", header=True, lineSep="\n").csv(t.path("a"))
    people(t).write.option("emptyValue", "EMPTY").option("quote", "'").csv(t.path("b"))
    t.spark.sql("SELECT 'it''s' AS a, 'x;y' AS b").coalesce(1).write.option("sep", ";").option("quote", "'").option("escape", "'").csv(t.path("c"))
    return [texts(t.path(x)) for x in "abc"]


@step
def csv_dates_and_times(t):
    frame = t.spark.sql("SELECT DATE'2024-02-03' AS d, TIMESTAMP'2024-02-03 04:05:06.789' AS t, 1.50BD AS n, true AS b, 1e20D AS f").coalesce(1)
    frame.write.csv(t.path("a"))
    frame.write.option("dateFormat", "dd/MM/yyyy").option("timestampFormat", "yyyy-MM-dd HH:mm").csv(t.path("b"))
    return [texts(t.path("a")), texts(t.path("b")), t.spark.read.option("inferSchema", True).csv(t.path("a")).dtypes]


@step
def csv_inference_of_types(t):
    path = t.write("x.csv", "i,l,d,b,t,day,s,m,e\n1,3000000000,1.5,true,2024-01-02 03:04:05,2024-01-02,x,1,\n2,4,2.5,FALSE,2024-01-02T03:04:05Z,2024-12-31,,y,\n")
    frame = t.spark.read.csv(path, header=True, inferSchema=True)
    return frame


@step
def csv_with_fewer_and_more_columns(t):
    path = t.write("x.csv", "1,2\n3\n4,5,6\n")
    return [t.spark.read.schema("a int, b int, c int").csv(path).collect(), t.spark.read.csv(path).collect()]


@step
def csv_column_pruning_and_modes(t):
    path = t.write("x.csv", "a,b\n1,x\nbad,y\n3,z\n")
    seen = []
    for mode in ("PERMISSIVE", "DROPMALFORMED"):
        seen.append(t.spark.read.option("mode", mode).option("header", True).schema("a int, b string").csv(path).collect())
    return seen



@step
def json_of_nested_rows(t):
    frame = t.spark.sql("SELECT 1 AS a, named_struct('x', array(1, NULL), 'm', map('k', 1.5D)) AS s, CAST(NULL AS STRING) AS n, TIMESTAMP'2024-02-03 04:05:06' AS t, DATE'2024-02-03' AS d, X'4142' AS b")
    frame.coalesce(1).write.json(t.path("out"))
    frame.coalesce(1).write.json(t.path("all"), ignoreNullFields=False, timestampFormat="yyyy/MM/dd", dateFormat="dd.MM.yyyy")
    return [texts(t.path("out")), texts(t.path("all")), t.spark.read.json(t.path("out")).schema.simpleString()]


@step
def json_of_types_that_differ(t):
    path = t.write("x.json", '{"a": 1, "b": [1, 2.5], "c": {"d": "x"}}\n{"a": "two", "b": [], "c": {"e": true}}\n{"a": null}\n')
    return t.spark.read.json(path)


@step
def json_arrays_and_lines(t):
    path = t.write("x.json", '[{"a": 1}, {"a": 2}]\n')
    return [sorted(r.a for r in t.spark.read.json(path).collect()), sorted(r.a for r in t.spark.read.json(path, multiLine=True).collect())]


@step
def json_malformed_modes(t):
    path = t.write("x.json", '{"a": 1}\n{"a": oops}\n{"a": 3}\n')
    return [t.spark.read.schema("a int").json(path).collect(), t.spark.read.schema("a int").option("mode", "DROPMALFORMED").json(path).collect(), t.spark.read.schema("a int, _corrupt_record string").json(path).collect()]


@step
def json_fails_fast(t):
    path = t.write("x.json", '{"a": 1}\n{"a": oops}\n')
    return t.spark.read.schema("a int").option("mode", "FAILFAST").json(path).collect()


@step
def text_with_options(t):
    path = t.write("x.txt", "one\ntwo\n\nthree")
    return [t.spark.read.text(path).collect(), t.spark.read.text(path, wholetext=True).collect(), t.spark.read.text(path, lineSep="o").count()]


@step
def text_partitioned(t):
    t.spark.createDataFrame([("a", 1), ("b", 2)], "line string, k int").coalesce(1).write.partitionBy("k").text(t.path("out"))
    return [sorted(map(tuple, t.spark.read.text(t.path("out")).collect())), t.spark.read.text(t.path("out")).columns]


@step
def text_of_a_given_name(t):
    path = t.write("x.txt", "one\ntwo\n")
    return t.spark.read.schema("line string").format("text").load(path)


@step
def text_of_numbers_fails(t):
    t.spark.range(2).write.text(t.path("out"))


@step
def parquet_with_options(t):
    people(t).write.option("compression", "gzip").parquet(t.path("a"))
    people(t).write.parquet(t.path("b"), compression="zstd", mode="overwrite", partitionBy="age")
    return [t.spark.read.parquet(t.path("a"), t.path("a")).count(), sorted(os.path.basename(p) for p in glob.glob(t.path("b") + "/age*")), t.spark.read.parquet(t.path("b")).columns]


@step
def max_records_per_file(t):
    t.spark.range(10).coalesce(1).write.option("maxRecordsPerFile", 4).parquet(t.path("out"))
    return [len(glob.glob(t.path("out") + "/part-*")), t.spark.read.parquet(t.path("out")).count()]


@step
def modified_before_and_after(t):
    t.write("d/x.csv", "1\n")
    reader = t.spark.read.schema("a int")
    return [reader.csv(t.path("d"), modifiedAfter="2000-01-01T00:00:00").count(), t.spark.read.schema("a int").csv(t.path("d"), modifiedBefore="2000-01-01T00:00:00").count()]


@step
def bucketed_tables(t):
    drop(t, "guide_bucket")
    people(t).write.bucketBy(2, "id").sortBy("name").mode("overwrite").saveAsTable("guide_bucket")
    out = [t.spark.table("guide_bucket").count(), [c.isBucket for c in t.spark.catalog.listColumns("guide_bucket")]]
    drop(t, "guide_bucket")
    return out


@step
def bucket_a_path(t):
    people(t).write.bucketBy(2, "id").parquet(t.path("out"))


@step
def sort_without_buckets(t):
    people(t).write.sortBy("id").saveAsTable("guide_never_sorted")



@step
def insert_into_by_position(t):
    drop(t, "guide_insert")
    t.spark.sql("CREATE TABLE guide_insert (a BIGINT, b STRING) USING parquet")
    t.spark.sql("SELECT 1L AS b, 'x' AS a").write.insertInto("guide_insert")
    t.spark.sql("SELECT 2L AS b, 'y' AS a").write.insertInto("guide_insert", overwrite=False)
    first = sorted(map(tuple, t.spark.table("guide_insert").collect()))
    t.spark.sql("SELECT 3L AS b, 'z' AS a").write.insertInto("guide_insert", overwrite=True)
    out = [first, t.spark.table("guide_insert").collect()]
    drop(t, "guide_insert")
    return out


@step
def insert_into_with_partitioning(t):
    drop(t, "guide_ip")
    t.spark.sql("CREATE TABLE guide_ip (a BIGINT, p INT) USING parquet PARTITIONED BY (p)")
    try:
        t.spark.sql("SELECT 1L AS a, 2 AS p").write.partitionBy("p").insertInto("guide_ip")
    finally:
        drop(t, "guide_ip")


@step
def write_to_forms(t):
    drop(t, "guide_v2")
    frame = people(t)
    frame.writeTo("guide_v2").using("parquet").create()
    seen = [t.spark.table("guide_v2").count()]
    try:
        frame.writeTo("guide_v2").create()
    except Exception as error:
        seen.append([type(error).__name__, str(error).split("\n")[0]])
    drop(t, "guide_v2")
    try:
        frame.writeTo("guide_v2").append()
    except Exception as error:
        seen.append([type(error).__name__, str(error).split("\n")[0]])
    return seen


@step
def save_without_a_path(t):
    people(t).write.save()


@step
def save_with_a_path_option(t):
    people(t).write.option("path", t.path("out")).format("json").save()
    return t.spark.read.format("json").option("path", t.path("out")).load().count()


@step
def external_table_by_path(t):
    drop(t, "guide_external")
    people(t).write.option("path", t.path("data")).saveAsTable("guide_external")
    kind = t.spark.catalog.getTable("guide_external").tableType
    drop(t, "guide_external")
    return [kind, t.spark.read.parquet(t.path("data")).count()]


@step
def partition_overwrite_modes(t):
    frame = t.spark.createDataFrame([(1, "a"), (2, "b")], "v int, p string")
    frame.write.partitionBy("p").parquet(t.path("out"))
    t.spark.createDataFrame([(9, "a")], "v int, p string").write.mode("overwrite").option("partitionOverwriteMode", "dynamic").partitionBy("p").parquet(t.path("out"))
    first = sorted(map(tuple, t.spark.read.parquet(t.path("out")).collect()))
    t.spark.createDataFrame([(8, "a")], "v int, p string").write.mode("overwrite").partitionBy("p").parquet(t.path("out"))
    return [first, t.spark.read.parquet(t.path("out")).collect()]


@step
def partition_columns_of_types(t):
    t.spark.sql("SELECT 1 AS v, DATE'2024-01-02' AS d, 'x y/z' AS s, CAST(NULL AS INT) AS n, true AS b, 1.5D AS f").write.partitionBy("d", "s", "n", "b", "f").parquet(t.path("out"))
    return t.spark.read.parquet(t.path("out"))


@step
def a_table_from_a_given_schema(t):
    path = t.write("x.csv", "1,x\n2,y\n")
    drop(t, "guide_csv")
    t.spark.sql(f"CREATE TABLE guide_csv (a INT, b STRING) USING csv LOCATION '{path}'")
    out = sorted(map(tuple, t.spark.table("guide_csv").collect()))
    drop(t, "guide_csv")
    return out


@step
def a_temp_view_over_files(t):
    path = t.write("x.csv", "a,b\n1,x\n")
    t.spark.sql(f"CREATE OR REPLACE TEMPORARY VIEW guide_over USING csv OPTIONS (path '{path}', header 'true', inferSchema 'true')")
    return t.spark.table("guide_over")


@step
def repair_and_refresh(t):
    drop(t, "guide_repair")
    os.makedirs(t.path("data"))
    t.spark.sql(f"CREATE TABLE guide_repair (v BIGINT, p INT) USING parquet PARTITIONED BY (p) LOCATION '{t.path('data')}'")
    t.spark.range(2).write.parquet(t.path("data/p=5"))
    before = t.spark.table("guide_repair").count()
    t.spark.sql("MSCK REPAIR TABLE guide_repair")
    t.spark.catalog.recoverPartitions("guide_repair")
    out = [before, [r[0] for r in t.spark.sql("SHOW PARTITIONS guide_repair").collect()]]
    drop(t, "guide_repair")
    return out


@step
def a_table_whose_directory_is_gone(t):
    import shutil

    drop(t, "guide_gone")
    t.spark.range(3).write.option("path", t.path("data")).saveAsTable("guide_gone")
    shutil.rmtree(t.path("data"))
    t.spark.catalog.refreshTable("guide_gone")
    out = t.spark.table("guide_gone").count()
    drop(t, "guide_gone")
    return out


@step
def orc_files(t):
    people(t).write.orc(t.path("out"))
    return t.spark.read.orc(t.path("out"))


@step
def metadata_column(t):
    people(t).write.parquet(t.path("out"))
    frame = t.spark.read.parquet(t.path("out"))
    row = frame.select("id", "_metadata.file_name", t.F.input_file_name()).orderBy("id").first()
    return [row.id, row.file_name.startswith("part-"), row[2].startswith("file:///")]


@step
def read_table_options(t):
    drop(t, "guide_read")
    people(t).write.saveAsTable("guide_read")
    out = [t.spark.read.table("guide_read").count(), t.spark.read.table("default.guide_read").count(), t.spark.table("spark_catalog.default.guide_read").count()]
    drop(t, "guide_read")
    return out
