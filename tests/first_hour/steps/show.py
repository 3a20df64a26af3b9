"""A frame → printed text and local values: show, printSchema, explain, collect, toPandas."""
from harness import step


@step
def show_plain(t):
    t.pets().show()


@step
def show_some_rows(t):
    t.pets().orderBy("id").show(2)


@step
def show_one_of_one(t):
    t.spark.range(1).show(1)


@step
def show_untruncated(t):
    t.spark.sql("SELECT repeat('long ', 8) AS words, 1 AS n").show(truncate=False)


@step
def show_truncated_by_default(t):
    t.spark.sql("SELECT repeat('long ', 8) AS words, 1 AS n").show()


@step
def show_truncated_to_a_width(t):
    t.spark.sql("SELECT 'abcdefgh' AS w, 12345678 AS n").show(truncate=5)


@step
def show_truncated_to_three(t):
    t.spark.sql("SELECT 'abcdefgh' AS w").show(truncate=3)


@step
def show_vertical(t):
    t.pets().orderBy("id").show(2, vertical=True)


@step
def show_vertical_untruncated(t):
    t.spark.sql("SELECT repeat('long ', 8) AS words, NULL AS none").show(vertical=True, truncate=False)


@step
def show_nothing(t):
    t.pets().filter("id > 99").show()


@step
def show_nothing_vertical(t):
    t.pets().filter("id > 99").show(vertical=True)


@step
def show_no_columns(t):
    t.spark.range(2).drop("id").show()


@step
def show_numbers(t):
    t.spark.sql(
        "SELECT 1.0D AS a, 1e10D AS b, 1.0E-5D AS c, float(3.4028235e38) AS d, double('NaN') AS e, 100.00BD AS f, "
        "-0.0D AS g, 9007199254740993L AS h, 1.1F AS i, double('-Infinity') AS j, 123456789.125D AS k, 0.001D AS l"
    ).show()


@step
def show_decimals_with_exponent(t):
    t.spark.sql("SELECT CAST(0 AS DECIMAL(20,10)) AS a, CAST(0.0000001 AS DECIMAL(20,10)) AS b, 1e-7BD AS c").show()


@step
def show_dates_and_times(t):
    t.spark.conf.set("spark.sql.session.timeZone", "UTC")
    t.spark.sql(
        "SELECT DATE'2024-02-29' AS a, TIMESTAMP'2024-02-29 12:34:56.7' AS b, TIMESTAMP_NTZ'2024-02-29 00:00:00' AS c, "
        "DATE'0001-01-01' AS d, TIMESTAMP'1970-01-01 00:00:00.000001' AS e"
    ).show(truncate=False)


@step
def show_in_another_time_zone(t):
    t.spark.conf.set("spark.sql.session.timeZone", "Asia/Kathmandu")
    t.spark.sql("SELECT TIMESTAMP'2024-06-01 00:00:00Z' AS a, timestamp_seconds(0) AS b").show(truncate=False)


@step
def show_nested(t):
    t.spark.sql(
        "SELECT array(1, NULL, 3) AS a, map('x', NULL, 'y', 2) AS m, named_struct('p', 1, 'q', array('z')) AS s, "
        "array(struct(1.5D, true)) AS n, array() AS e"
    ).show(truncate=False)


@step
def show_binary(t):
    t.spark.sql("SELECT X'00ff41' AS b, CAST('' AS BINARY) AS e, array(X'0a') AS n").show()


@step
def show_intervals(t):
    t.spark.sql("SELECT INTERVAL '1 02:03:04.5' DAY TO SECOND AS d, INTERVAL '2-3' YEAR TO MONTH AS y, INTERVAL '-5' DAY AS n").show(truncate=False)


@step
def show_wide_characters(t):
    t.spark.sql("SELECT '日本語' AS wide, 'ｆｕｌｌ' AS full, 'é' AS one, '☕' AS cup").show()


@step
def show_line_breaks(t):
    t.spark.sql("SELECT 'two\nlines' AS a, 'tab\there' AS b, 'cr\rx' AS c").show()


@step
def show_alignment_untruncated(t):
    t.spark.sql("SELECT * FROM VALUES ('a', 1), ('long value', 100000) AS v(left_name, n)").show(truncate=False)


@step
def show_void_and_boolean(t):
    t.spark.sql("SELECT NULL AS n, true AS b, CAST(NULL AS STRING) AS s").show()


@step
def show_duplicate_names(t):
    t.spark.sql("SELECT 1 AS a, 2 AS a").show()


@step
def show_more_than_twenty(t):
    t.spark.range(25).show()


@step
def print_schema(t):
    t.pets().printSchema()


@step
def print_schema_nested(t):
    t.spark.sql(
        "SELECT array(named_struct('a', 1, 'b', map('k', 1.5BD))) AS list, CAST(NULL AS INTERVAL DAY TO SECOND) AS i, "
        "CAST('x' AS VARCHAR(3)) AS v, NULL AS nothing, current_date() AS d"
    ).printSchema()


@step
def print_schema_to_a_level(t):
    t.spark.sql("SELECT named_struct('a', named_struct('b', 1)) AS s, 1 AS n").printSchema(1)


@step
def print_schema_of_a_range(t):
    t.spark.range(1).printSchema()


@step
def explain_prints_a_plan(t):
    import contextlib
    import io

    seen = {}
    for mode in ("simple", "extended", "formatted", "cost", "codegen"):
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            t.pets().filter("id > 1").explain(mode=mode)
        seen[mode] = [line for line in text.getvalue().split("\n") if line.startswith("==")]
    seen.pop("codegen")
    return seen


@step
def explain_extended_flag(t):
    import contextlib
    import io

    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        t.pets().explain(True)
    return [line for line in text.getvalue().split("\n") if line.startswith("==")]


@step
def explain_with_an_unknown_mode(t):
    t.pets().explain(mode="loud")


@step
def explain_in_sql(t):
    frame = t.spark.sql("EXPLAIN SELECT 1")
    return [frame.columns, frame.first()[0].startswith("== Physical Plan ==")]


@step
def collect_rows(t):
    return t.pets().orderBy("id").collect()


@step
def row_access(t):
    row = t.pets().orderBy("id").first()
    return [row.name, row["kind"], row[0], row.asDict(), len(row), "id" in row, str(row)]


@step
def collect_nested(t):
    return t.spark.sql("SELECT named_struct('a', array(map('k', struct(1)))) AS s, NULL AS v").collect()


@step
def collect_timestamps(t):
    t.spark.conf.set("spark.sql.session.timeZone", "America/New_York")
    return t.spark.sql("SELECT TIMESTAMP'2024-07-01 12:00:00' AS a, TIMESTAMP_NTZ'2024-07-01 12:00:00' AS b").selectExpr("CAST(a AS BIGINT)", "b").collect()


@step
def collect_intervals(t):
    return t.spark.sql("SELECT INTERVAL '1 02:03:04.5' DAY TO SECOND AS d, INTERVAL '3' HOUR AS h").collect()


@step
def collect_year_month_interval(t):
    return t.spark.sql("SELECT INTERVAL '2-3' YEAR TO MONTH AS y").collect()


@step
def count(t):
    return [t.pets().count(), t.spark.range(12345).count(), t.pets().filter("id IS NULL").count()]


@step
def to_pandas(t):
    return t.pets().orderBy("id").toPandas()


@step
def to_pandas_types(t):
    t.spark.conf.set("spark.sql.session.timeZone", "UTC")
    return t.spark.sql(
        "SELECT 1Y AS a, 2S AS b, 3 AS c, 4L AS d, 1.5F AS e, 2.5D AS f, 1.20BD AS g, 'x' AS h, true AS i, "
        "DATE'2024-01-02' AS j, TIMESTAMP'2024-01-02 03:04:05' AS k, TIMESTAMP_NTZ'2024-01-02 03:04:05' AS l, X'0aff' AS m"
    ).toPandas()


@step
def to_pandas_with_nulls(t):
    return t.spark.sql("SELECT * FROM VALUES (1, true, 'a', DATE'2024-01-01'), (NULL, NULL, NULL, NULL) AS v(i, b, s, d)").toPandas()


@step
def to_pandas_of_nothing(t):
    return t.pets().filter("id > 99").toPandas()


@step
def to_pandas_nested(t):
    return t.spark.sql("SELECT array(1, 2) AS a, named_struct('x', 1) AS s, map('k', 'v') AS m").toPandas()


@step
def to_local_iterator(t):
    return [row.id for row in t.spark.range(0, 30000, 10).toLocalIterator() if row.id % 5000 == 0]


@step
def to_local_iterator_prefetch(t):
    return sum(row.id for row in t.spark.range(5000).toLocalIterator(prefetchPartitions=True))


@step(clients=("py42",))
def to_arrow(t):
    return t.pets().orderBy("id").toArrow()


@step
def to_json(t):
    frame = t.pets().select(t.F.to_json(t.F.struct("*")).alias("value"))
    return frame


@step
def foreach_row_of_many(t):
    rows = t.spark.range(200000).selectExpr("id", "id * 0.5D AS half", "CAST(id AS STRING) AS text").collect()
    return [len(rows), rows[0], rows[199999], sum(r.id for r in rows)]


@step
def the_frame_as_text(t):
    return str(t.pets())


@step
def version(t):
    return t.spark.version
