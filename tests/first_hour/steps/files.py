"""Parquet, CSV and JSON files ↔ frames: options, globs, partition columns, save modes."""
import os

from harness import Ordered, step


def listed(path, suffix):
    """Names what a write left behind, without the parts that are random."""
    found = set()
    for directory, _, names in os.walk(path):
        for name in names:
            if name.startswith((".", "_")) and name != "_SUCCESS":
                continue
            kind = "data" + name[name.index(".") :] if name.startswith("part-") and suffix in name else name
            kind = suffix if name.endswith(suffix) else kind
            found.add(os.path.relpath(os.path.join(directory, kind), path))
    return sorted(found)


# ---------------------------------------------------------------- Parquet


@step
def parquet_round_trip(t):
    t.pets().write.parquet(t.path("pets"))
    return t.spark.read.parquet(t.path("pets"))


@step
def parquet_keeps_every_type(t):
    path = t.path("types")
    t.spark.sql(
        "SELECT true AS a, 1Y AS b, 2S AS c, 3 AS d, 4L AS e, 1.5F AS f, 2.5D AS g, 1.20BD AS h, CAST(9 AS DECIMAL(38,18)) AS i, "
        "'x' AS j, X'01' AS k, DATE'2024-01-02' AS l, TIMESTAMP'2024-01-02 03:04:05.678901' AS m, "
        "TIMESTAMP_NTZ'2024-01-02 03:04:05' AS n, array(1, NULL) AS o, map('k', 1) AS p, named_struct('x', 1, 'y', 'z') AS q, "
        "CAST('ab' AS VARCHAR(5)) AS r"
    ).write.parquet(path)
    return t.spark.read.parquet(path)


@step
def parquet_interval_columns(t):
    t.spark.sql("SELECT INTERVAL '1' DAY AS d, INTERVAL '2' MONTH AS m").write.parquet(t.path("i"))
    return t.spark.read.parquet(t.path("i")).selectExpr("d", "CAST(m AS STRING)", "typeof(m)")


@step
def parquet_cannot_store_void(t):
    t.spark.sql("SELECT NULL AS nothing").write.parquet(t.path("void"))


@step
def parquet_is_the_default_format(t):
    t.pets().write.save(t.path("default"))
    return t.spark.read.load(t.path("default"))


@step
def parquet_leaves_success_and_parts(t):
    t.pets().coalesce(1).write.parquet(t.path("left"))
    return listed(t.path("left"), ".parquet")


@step
def parquet_partitioned(t):
    t.pets().write.partitionBy("kind").parquet(t.path("by_kind"))
    directories = sorted(d for d in os.listdir(t.path("by_kind")) if "=" in d)
    return [directories, sorted(map(list, t.spark.read.parquet(t.path("by_kind")).collect()), key=str)]


@step
def parquet_partitioned_schema(t):
    t.visits().selectExpr("pet", "fee", "year(day) AS year", "day").write.partitionBy("year", "day").parquet(t.path("v"))
    return t.spark.read.parquet(t.path("v"))


@step
def parquet_partition_values_escaped(t):
    frame = t.spark.sql("SELECT * FROM VALUES (1, 'a b'), (2, 'c/d'), (3, 'e=f'), (4, NULL), (5, ''), (6, '100%') AS v(id, k)")
    frame.write.partitionBy("k").parquet(t.path("esc"))
    return [sorted(d for d in os.listdir(t.path("esc")) if "=" in d), sorted(map(list, t.spark.read.parquet(t.path("esc")).collect()))]


@step
def parquet_partition_filter(t):
    t.pets().write.partitionBy("kind").parquet(t.path("by_kind"))
    return t.spark.read.parquet(t.path("by_kind")).filter("kind = 'dog'").select("id")


@step
def parquet_one_partition_directory(t):
    t.pets().write.partitionBy("kind").parquet(t.path("by_kind"))
    return t.spark.read.parquet(t.path("by_kind/kind=dog"))


@step
def parquet_base_path(t):
    t.pets().write.partitionBy("kind").parquet(t.path("by_kind"))
    return t.spark.read.option("basePath", t.path("by_kind")).parquet(t.path("by_kind/kind=dog"))


@step
def parquet_partition_type_inference_off(t):
    t.spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    t.spark.sql("SELECT 1 AS id, 7 AS n").write.partitionBy("n").parquet(t.path("n"))
    return t.spark.read.parquet(t.path("n"))


@step
def parquet_partition_by_all_columns(t):
    t.pets().select("kind").write.partitionBy("kind").parquet(t.path("all"))


@step
def parquet_partition_by_a_missing_column(t):
    t.pets().write.partitionBy("color").parquet(t.path("missing"))


@step
def parquet_glob(t):
    for i in range(3):
        t.spark.range(i, i + 1).write.parquet(t.path(f"part{i}"))
    return t.spark.read.parquet(t.path("part[02]"))


@step
def parquet_many_paths(t):
    for i in range(3):
        t.spark.range(i, i + 1).write.parquet(t.path(f"p{i}"))
    return t.spark.read.parquet(t.path("p0"), t.path("p2"))


@step
def parquet_merge_schema(t):
    t.spark.sql("SELECT 1 AS a").write.parquet(t.path("m/k=1"))
    t.spark.sql("SELECT 2 AS a, 'x' AS b").write.parquet(t.path("m/k=2"))
    return t.spark.read.option("mergeSchema", "true").parquet(t.path("m"))


@step
def parquet_with_a_given_schema(t):
    t.pets().write.parquet(t.path("pets"))
    return t.spark.read.schema("id INT, extra STRING").parquet(t.path("pets"))


@step
def parquet_compression(t):
    found = {}
    for codec in ("none", "snappy", "gzip", "zstd"):
        t.pets().coalesce(1).write.option("compression", codec).parquet(t.path(codec))
        found[codec] = [n.split(".", 1)[1] for n in os.listdir(t.path(codec)) if n.startswith("part-")]
    return found


@step
def parquet_unknown_compression(t):
    t.pets().write.option("compression", "squeeze").parquet(t.path("x"))


@step
def parquet_read_by_format_and_load(t):
    t.pets().write.format("parquet").save(t.path("f"))
    return t.spark.read.format("parquet").load(t.path("f")).select("id")


@step
def parquet_straight_from_sql(t):
    t.pets().write.parquet(t.path("pets"))
    return t.spark.sql(f"SELECT id, kind FROM parquet.`{t.path('pets')}` WHERE id < 3")


@step
def parquet_input_file_and_metadata(t):
    t.pets().coalesce(1).write.parquet(t.path("pets"))
    frame = t.spark.read.parquet(t.path("pets"))
    named = frame.select(t.F.input_file_name().endswith(".parquet").alias("e"), t.F.col("_metadata.file_size") > 0, "_metadata.file_path").first()
    return [named[0], named[1], named[2].startswith("file:///") or named[2].startswith("file:/")]


@step
def parquet_metadata_of_partitions(t):
    t.spark.sql("SELECT id, id % 2 AS k FROM range(4)").coalesce(1).write.partitionBy("k").parquet(t.path("a b"))
    frame = t.spark.read.parquet(t.path("a b"))
    rows = frame.select("id", "_metadata").orderBy("id").collect()
    return [
        frame.columns, frame.select("_metadata").schema.simpleString(), [r._metadata.row_index for r in rows],
        all("/a%20b/k=" in r._metadata.file_path and r._metadata.file_path.endswith(r._metadata.file_name) for r in rows),
        all(r._metadata.file_size == r._metadata.file_block_length > 100 for r in rows),
        frame.filter("_metadata.file_block_start = 0").count(), frame.groupBy("_metadata.file_path").count().count(),
    ]  # fmt: skip


@step
def csv_metadata_and_input_file(t):
    t.write("c/x.csv", "1\n2\n")
    t.write("c/y.csv", "3\n")
    frame = t.spark.read.csv(t.path("c")).select("_c0", "_metadata.file_name", t.F.input_file_name().alias("file"))
    frame.createOrReplaceTempView("csv_files")
    return [
        sorted((r._c0, r.file_name, r.file.startswith("file:///") and r.file.endswith("/" + r.file_name)) for r in frame.collect()),
        t.spark.read.csv(t.path("c")).select("_metadata").schema.simpleString(),
        t.spark.range(1).select(t.F.input_file_name(), t.F.expr("input_file_block_start()"), t.F.expr("input_file_block_length()")).collect(),
    ]


@step
def metadata_without_a_file(t):
    return t.spark.range(1).select("_metadata.file_name")


@step
def parquet_written_by_another_tool(t):
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({
        "u8": pa.array([1, None], pa.uint8()), "u32": pa.array([4294967295, 0], pa.uint32()), "ms": pa.array([0, 1], pa.timestamp("ms")),
        "utc": pa.array([0, 1], pa.timestamp("us", "UTC")), "dict": pa.array(["a", "b"]).dictionary_encode(), "t": pa.array([[1], None]),
    })  # fmt: skip
    pq.write_table(table, t.path("other.parquet"))
    return t.spark.read.parquet(t.path("other.parquet"))


@step
def parquet_empty_frame(t):
    t.pets().filter("id > 99").write.parquet(t.path("empty"))
    return t.spark.read.parquet(t.path("empty"))


@step
def parquet_from_a_directory_without_files(t):
    os.makedirs(t.path("bare"))
    return t.spark.read.parquet(t.path("bare"))


@step
def parquet_path_missing(t):
    return t.spark.read.parquet(t.path("absent"))


@step
def parquet_path_missing_in_sql(t):
    return t.spark.sql(f"SELECT * FROM parquet.`{t.path('absent')}`")


@step
def parquet_that_is_not_parquet(t):
    t.write("bad/x.parquet", "this is text")
    return t.spark.read.parquet(t.path("bad"))


@step
def unknown_format(t):
    return t.spark.read.format("parket").load(t.path("x"))


@step
def write_to_an_unknown_format(t):
    t.pets().write.format("parket").save(t.path("x"))


@step
def load_without_a_path(t):
    return t.spark.read.parquet()


# ---------------------------------------------------------------- save modes


@step
def mode_error_if_exists(t):
    t.spark.range(1).write.parquet(t.path("x"))
    t.spark.range(1).write.parquet(t.path("x"))


@step
def mode_append(t):
    t.spark.range(1).write.parquet(t.path("x"))
    t.spark.range(5, 7).write.mode("append").parquet(t.path("x"))
    return t.spark.read.parquet(t.path("x"))


@step
def mode_overwrite(t):
    t.spark.range(3).write.parquet(t.path("x"))
    t.spark.sql("SELECT 'new' AS other").write.mode("overwrite").parquet(t.path("x"))
    return t.spark.read.parquet(t.path("x"))


@step
def mode_ignore(t):
    t.spark.range(1).write.mode("ignore").parquet(t.path("x"))
    t.spark.range(9).write.mode("ignore").parquet(t.path("x"))
    return t.spark.read.parquet(t.path("x")).count()


@step
def mode_unknown(t):
    t.spark.range(1).write.mode("sometimes").parquet(t.path("x"))


@step
def mode_argument_of_the_call(t):
    t.spark.range(1).write.parquet(t.path("x"), mode="overwrite")
    t.spark.range(2).write.json(t.path("x"), mode="overwrite")
    return t.spark.read.json(t.path("x"))


@step
def overwrite_one_partition_dynamically(t):
    t.spark.sql("SELECT * FROM VALUES (1, 'a'), (2, 'b') AS v(id, k)").write.partitionBy("k").parquet(t.path("d"))
    t.spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
    t.spark.sql("SELECT 9 AS id, 'b' AS k").write.mode("overwrite").partitionBy("k").parquet(t.path("d"))
    return t.spark.read.parquet(t.path("d"))


# ---------------------------------------------------------------- CSV


@step
def csv_defaults(t):
    path = t.write("a.csv", "id,name\n1,Ada\n2,\n")
    return t.spark.read.csv(path)


@step
def csv_header_and_inference(t):
    path = t.write("a.csv", "i,d,s,b,t,big,day\n1,1.5,x,true,2024-01-02 03:04:05,9999999999,2024-01-02\n,,,,,,\n-7,2,y,false,2024-01-03 00:00:00,1,2024-02-03\n")
    return t.spark.read.csv(path, header=True, inferSchema=True)


@step
def csv_given_schema(t):
    path = t.write("a.csv", "1|2.50|2024-02-29\n2|x|bad\n")
    return t.spark.read.schema("i INT, m DECIMAL(5,2), d DATE").option("sep", "|").csv(path)


@step
def csv_quotes_and_escapes(t):
    path = t.write("a.csv", 'a,b\n"x,y","say ""hi"""\n"back\\"slash", lead \n')
    return t.spark.read.option("header", "true").csv(path)


@step
def csv_quote_option(t):
    path = t.write("a.csv", "'x,1';'it''s'\n")
    return t.spark.read.options(sep=";", quote="'", escape="'").csv(path)


@step
def csv_many_lines(t):
    path = t.write("a.csv", 'a,b\n1,"two\nlines"\n2,one\n')
    return t.spark.read.csv(path, header=True, multiLine=True)


@step
def csv_null_and_empty_values(t):
    path = t.write("a.csv", 'a,b,c\nNA,"",x\n-,y,NA\n')
    return t.spark.read.csv(path, header=True, nullValue="NA", emptyValue="void")


@step
def csv_white_space(t):
    path = t.write("a.csv", "a,b\n  x , y\n")
    return t.spark.read.csv(path, header=True, ignoreLeadingWhiteSpace=True, ignoreTrailingWhiteSpace=True)


@step
def csv_comments(t):
    path = t.write("a.csv", "# head\na\n1\n#2\n3\n")
    return t.spark.read.csv(path, header=True, comment="#")


@step
def csv_dates_with_a_format(t):
    path = t.write("a.csv", "31/12/2023,2023.12.31 23:59\n")
    return t.spark.read.schema("d DATE, t TIMESTAMP").csv(path, dateFormat="dd/MM/yyyy", timestampFormat="yyyy.MM.dd HH:mm")


@step
def csv_ragged_permissive(t):
    path = t.write("a.csv", "1,x\n2\n3,y,extra\n")
    return t.spark.read.schema("i INT, s STRING").csv(path)


@step
def csv_drop_malformed(t):
    path = t.write("a.csv", "1,x\n2\nbad,y\n3,z\n")
    return t.spark.read.schema("i INT, s STRING").option("mode", "DROPMALFORMED").csv(path)


@step
def csv_fail_fast(t):
    path = t.write("a.csv", "1,x\nbad,y\n")
    return t.spark.read.schema("i INT, s STRING").option("mode", "FAILFAST").csv(path).collect()


@step
def csv_corrupt_record_column(t):
    path = t.write("a.csv", "1,x\nbad,y\n3\n")
    return t.spark.read.schema("i INT, s STRING, _corrupt_record STRING").csv(path)


@step
def csv_header_of_other_names(t):
    path = t.write("a.csv", "a,b\n1,2\n")
    return t.spark.read.schema("x INT, y INT").option("header", True).csv(path)


@step
def csv_duplicate_header(t):
    path = t.write("a.csv", "a,a,b\n1,2,3\n")
    return t.spark.read.csv(path, header=True)


@step
def csv_write_and_read(t):
    frame = t.spark.sql("SELECT * FROM VALUES (1, 'plain', 1.50BD), (2, 'with, comma', NULL), (3, 'say \"x\"', 0.00BD), (4, '', 1BD), (5, NULL, 1BD) AS v(i, s, m)")
    frame.coalesce(1).write.csv(t.path("out"), header=True)
    name = [n for n in os.listdir(t.path("out")) if n.endswith(".csv")][0]
    with open(os.path.join(t.path("out"), name)) as file:
        return file.read()


@step
def csv_write_options(t):
    frame = t.spark.sql("SELECT * FROM VALUES (1, 'a b', TIMESTAMP'2024-01-02 03:04:05', DATE'2024-01-02'), (NULL, NULL, NULL, NULL) AS v(i, s, t, d)")
    frame.coalesce(1).write.options(sep="\t", nullValue="\\N", quoteAll="true", dateFormat="dd.MM.yyyy", timestampFormat="yyyyMMdd HHmm").csv(t.path("out"))
    name = [n for n in os.listdir(t.path("out")) if n.endswith(".csv")][0]
    with open(os.path.join(t.path("out"), name)) as file:
        return file.read()


@step
def csv_compressed(t):
    t.spark.range(3).coalesce(1).write.option("compression", "gzip").csv(t.path("gz"))
    return [listed(t.path("gz"), ".csv.gz"), t.spark.read.csv(t.path("gz")).count()]


@step
def csv_cannot_store_arrays(t):
    t.spark.sql("SELECT array(1) AS a").write.csv(t.path("x"))


@step
def csv_from_rows(t):
    lines = t.spark.sql("SELECT '1;x' AS value UNION ALL SELECT '2;y'")
    return lines.select(t.F.from_csv("value", "i INT, s STRING", {"sep": ";"}))


# ---------------------------------------------------------------- JSON


@step
def json_inferred(t):
    path = t.write("a.json", '{"b": 1, "a": "x", "n": {"k": [1, 2]}}\n{"b": 2.5, "c": true, "n": null}\n')
    return t.spark.read.json(path)


@step
def json_given_schema(t):
    path = t.write("a.json", '{"a": 1, "b": "2024-01-02", "c": "x"}\n{"a": "no", "b": null}\n')
    return t.spark.read.schema("a INT, b DATE, d STRING").json(path)


@step
def json_corrupt_record(t):
    path = t.write("a.json", '{"a": 1}\n{"a": \nnot json\n')
    return t.spark.read.json(path)


@step
def json_fail_fast(t):
    path = t.write("a.json", '{"a": 1}\nnot json\n')
    return t.spark.read.schema("a INT").option("mode", "FAILFAST").json(path).collect()


@step
def json_many_lines(t):
    path = t.write("a.json", '[\n {"a": 1},\n {"a": 2, "b": [true]}\n]\n')
    return t.spark.read.json(path, multiLine=True)


@step
def json_primitives_as_text(t):
    path = t.write("a.json", '{"a": 1, "b": 2.50, "c": false}\n')
    return t.spark.read.json(path, primitivesAsString=True)


@step
def json_prefers_decimal(t):
    path = t.write("a.json", '{"a": 1.25, "b": 12345678901234567890}\n')
    return t.spark.read.json(path, prefersDecimal=True)


@step
def json_single_quotes_and_comments(t):
    path = t.write("a.json", "{'a': 'x'} \n{\"a\": \"y\"}\n")
    return t.spark.read.json(path, allowSingleQuotes=True, allowComments=True)


@step
def json_write_and_read(t):
    frame = t.spark.sql("SELECT * FROM VALUES (1, 'ü\"', array(1, 2), named_struct('x', 1.5D), TIMESTAMP'2024-01-02 03:04:05.6'), (2, NULL, NULL, NULL, NULL) AS v(i, s, a, n, t)")
    frame.coalesce(1).write.json(t.path("out"))
    name = [n for n in os.listdir(t.path("out")) if n.endswith(".json")][0]
    with open(os.path.join(t.path("out"), name)) as file:
        return file.read()


@step
def json_write_nulls(t):
    t.spark.sql("SELECT 1 AS a, CAST(NULL AS STRING) AS b").coalesce(1).write.option("ignoreNullFields", "false").json(t.path("out"))
    name = [n for n in os.listdir(t.path("out")) if n.endswith(".json")][0]
    with open(os.path.join(t.path("out"), name)) as file:
        return file.read()


@step
def json_partitioned(t):
    t.pets().write.partitionBy("kind").json(t.path("j"))
    return t.spark.read.json(t.path("j"))


@step
def json_straight_from_sql(t):
    t.write("x/a.json", '{"a": 1}\n')
    return t.spark.sql(f"SELECT a + 1 AS b FROM json.`{t.path('x')}`")


# ---------------------------------------------------------------- text and other things


@step
def text_lines(t):
    t.write("x/a.txt", "one\n\ntwo")
    return t.spark.read.text(t.path("x"))


@step
def text_write(t):
    t.spark.sql("SELECT 'a' AS value").write.text(t.path("out"))
    return t.spark.read.text(t.path("out"))


@step
def text_write_of_two_columns(t):
    t.spark.sql("SELECT 'a' AS x, 'b' AS y").write.text(t.path("out"))


@step
def recursive_lookup(t):
    t.write("r/one/a.txt", "1")
    t.write("r/one/two/b.txt", "2")
    return t.spark.read.option("recursiveFileLookup", "true").text(t.path("r"))


@step
def path_glob_filter(t):
    t.write("g/a.txt", "txt")
    t.write("g/b.log", "log")
    return t.spark.read.option("pathGlobFilter", "*.log").text(t.path("g"))


@step
def hidden_files_are_skipped(t):
    t.write("h/a.txt", "seen")
    t.write("h/_b.txt", "no")
    t.write("h/.c.txt", "no")
    return t.spark.read.text(t.path("h"))


@step
def sorted_write_keeps_rows(t):
    t.pets().sortWithinPartitions("weight").write.option("maxRecordsPerFile", 2).parquet(t.path("s"))
    return [len([n for n in os.listdir(t.path("s")) if n.startswith("part-")]) >= 3, t.spark.read.parquet(t.path("s")).count()]


@step
def a_file_uri(t):
    t.spark.range(2).write.parquet("file://" + t.path("uri"))
    return Ordered(t.spark.read.parquet("file:" + t.path("uri")).orderBy("id"))
