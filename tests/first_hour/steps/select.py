"""One frame → other columns and rows: select, filter, withColumn, drop, cast, when, alias."""
from harness import Ordered, step


@step
def by_names(t):
    return t.pets().select("name", "id")


@step
def by_columns_of_three_spellings(t):
    pets = t.pets()
    return pets.select(pets.id, pets["name"], t.F.col("kind"))


@step
def star(t):
    return t.pets().select("*", (t.F.col("id") * 10).alias("ten"))


@step
def names_are_case_insensitive(t):
    return t.pets().select("NAME", t.F.col("Id"))


@step
def select_expr(t):
    return t.pets().selectExpr("id + 1", "upper(name) AS shout", "weight > 5 AND kind = 'dog'")


@step
def arithmetic_names_and_types(t):
    c = t.F.col
    return t.pets().select(c("id") + 1, c("id") - c("weight"), c("id") * 2.5, c("id") / 2, c("id") % 2, -c("id"))


@step
def comparison_and_logic(t):
    c = t.F.col
    return t.pets().select(
        c("id") == 2, c("id") != 2, c("id") < 3, c("weight") >= 3.5, (c("id") > 1) & (c("kind") == "dog"),
        (c("id") > 4) | c("name").isNull(), ~(c("id") > 2), c("weight").eqNullSafe(None),
    )  # fmt: skip


@step
def string_methods(t):
    name = t.F.col("name")
    return t.pets().select(
        name.startswith("A"), name.endswith("d"), name.contains("d"), name.like("_d%"), name.rlike("^[A-C]"),
        name.ilike("a%"), name.substr(1, 1), name.isin("Ada", "Bo"), name.isNotNull(),
    )  # fmt: skip


@step
def between_and_isin(t):
    c = t.F.col
    return t.pets().select("id", c("id").between(2, 4).alias("mid"), c("kind").isin(["cat", "bird"]).alias("in"))


@step
def bitwise_methods(t):
    c = t.F.col("id")
    return t.pets().select(c.bitwiseAND(1), c.bitwiseOR(8), c.bitwiseXOR(3))


@step
def filter_with_a_column(t):
    return t.pets().filter(t.F.col("weight") > 3)


@step
def filter_with_text(t):
    return t.pets().filter("weight > 3 AND kind <> 'cat'")


@step
def where_null(t):
    return t.pets().where(t.F.col("weight").isNull())


@step
def filter_on_a_text_condition_that_is_not_boolean(t):
    return t.pets().filter("id + 1")


@step
def filter_twice(t):
    return t.pets().filter("id > 1").filter(t.F.col("id") < 4).select("id")


@step
def with_column_new(t):
    return t.pets().withColumn("heavy", t.F.col("weight") > 5)


@step
def with_column_replaces_ignoring_case(t):
    return t.pets().withColumn("NAME", t.F.lower("name"))


@step
def with_columns(t):
    return t.pets().withColumns({"double": t.F.col("id") * 2, "name": t.F.lit("same")})


@step
def with_column_renamed(t):
    return t.pets().withColumnRenamed("kind", "species").withColumnRenamed("absent", "never")


@step
def with_columns_renamed(t):
    return t.pets().withColumnsRenamed({"id": "pet_id", "name": "pet_name"})


@step
def to_df(t):
    return t.pets().toDF("a", "b", "c", "d")


@step
def to_df_with_a_wrong_count(t):
    return t.pets().toDF("a", "b")


@step
def drop_names_columns_and_absent(t):
    pets = t.pets()
    return pets.drop("name", "absent").drop(pets.weight)


@step
def cast_to_many_types(t):
    c = t.F.col
    return t.spark.sql("SELECT '12' AS s, 3.99D AS d, 1700000000 AS i, '2024-02-30' AS bad").select(
        c("s").cast("int"), c("s").cast("decimal(5,2)"), c("d").cast("int"), c("d").cast("string"),
        c("i").cast("timestamp"), c("bad").cast("date"), c("s").cast(t.T.BooleanType()), c("d").astype("tinyint"),
    )  # fmt: skip


@step
def cast_keeps_the_name(t):
    return t.pets().select(t.F.col("id").cast("string")).limit(0)


@step
def cast_to_an_unknown_type(t):
    return t.pets().select(t.F.col("id").cast("numberish"))


@step
def cast_that_cannot_be(t):
    return t.pets().select(t.F.col("id").cast("array<int>"))


@step
def when_and_otherwise(t):
    F = t.F
    return t.pets().select(
        "id", F.when(F.col("weight") > 10, "big").when(F.col("weight") > 3, "mid").otherwise("small").alias("size")
    )


@step
def when_without_otherwise(t):
    return t.pets().select(t.F.when(t.F.col("id") > 3, t.F.lit(1)))


@step
def when_with_mixed_types(t):
    F = t.F
    return t.pets().select(F.when(F.col("id") > 3, 1).otherwise(2.5).alias("x"))


@step
def alias_of_a_column_with_metadata(t):
    return t.pets().select(t.F.col("id").alias("key", metadata={"unit": "none"}))


@step
def alias_of_a_frame(t):
    return t.pets().alias("p").select("p.id", t.F.col("p.name"))


@step
def literals(t):
    import datetime
    import decimal

    lit = t.F.lit
    return t.spark.range(1).select(
        lit(1), lit(2**40), lit(1.5), lit("text"), lit(True), lit(None), lit(b"\x01\x02"),
        lit(datetime.date(2024, 1, 2)), lit(datetime.datetime(2024, 1, 2, 3, 4, 5)), lit(decimal.Decimal("1.20")),
        lit(datetime.timedelta(hours=30)), lit([1, 2]),
    )  # fmt: skip


@step
def expr_function(t):
    return t.pets().select(t.F.expr("CASE kind WHEN 'cat' THEN 1 ELSE 0 END"), t.F.expr("id BETWEEN 2 AND 3 AS b"))


@step
def struct_fields(t):
    F = t.F
    made = t.pets().select(F.struct("id", "name").alias("s"))
    return made.select("s.id", F.col("s").getField("name"), F.col("s")["id"], "s.*")


@step
def array_and_map_items(t):
    F = t.F
    frame = t.spark.sql("SELECT array(10, 20) AS a, map('k', 'v') AS m")
    return frame.select(F.col("a")[0], F.col("a").getItem(5), F.col("m")["k"], F.col("m").getItem("none"))


@step
def with_field_and_drop_fields(t):
    F = t.F
    frame = t.spark.sql("SELECT named_struct('a', 1, 'b', named_struct('c', 2)) AS s")
    return frame.select(F.col("s").withField("d", F.lit(3)), F.col("s").dropFields("a"))


@step
def column_regex(t):
    return t.pets().select(t.pets().colRegex("`(id|k.*)`"))


@step
def ambiguous_after_a_join(t):
    pets = t.pets()
    return pets.alias("a").join(pets.alias("b"), t.F.col("a.id") == t.F.col("b.id")).select("name")


@step
def two_columns_of_one_name(t):
    return t.pets().select("id", t.F.col("name").alias("id"))


@step
def name_with_dots_and_spaces(t):
    frame = t.spark.sql("SELECT 1 AS `a.b`, 2 AS `with space`")
    return frame.select("`a.b`", "with space", (t.F.col("`a.b`") + 1))


@step
def transform_with_a_function(t):
    return t.pets().transform(lambda frame, least: frame.filter(t.F.col("id") >= least), 4)


@step
def monotonic_ids_and_partition(t):
    F = t.F
    return t.spark.range(0, 3, 1, 1).select(F.monotonically_increasing_id(), F.spark_partition_id())


@step
def common_string_functions(t):
    F = t.F
    return t.pets().select(
        F.upper("name"), F.length("name"), F.concat("name", F.lit("-"), "kind"), F.concat_ws("/", "name", "kind"),
        F.substring("kind", 2, 2), F.lpad("kind", 6, "*"), F.trim(F.lit("  x ")), F.initcap("kind"),
        F.regexp_replace("kind", "[aeiou]", "_"), F.split("kind", "a"), F.instr("kind", "d"), F.reverse("kind"),
    )  # fmt: skip


@step
def common_number_functions(t):
    F = t.F
    return t.pets().select(
        F.round("weight", 1), F.bround("weight"), F.floor("weight"), F.ceil("weight"), F.abs(-F.col("id")),
        F.sqrt("weight"), F.pow("id", F.lit(2)), F.greatest("id", "weight"), F.least("id", "weight"),
        F.coalesce("weight", F.lit(0.0)), F.isnan("weight"), F.signum("weight"),
    )  # fmt: skip


@step
def common_date_functions(t):
    F = t.F
    return t.visits().select(
        F.year("day"), F.month("day"), F.dayofmonth("day"), F.dayofweek("day"), F.date_add("day", 1),
        F.datediff(F.lit("2025-01-01"), "day"), F.add_months("day", 12), F.last_day("day"),
        F.date_format("day", "EEE, d MMM yyyy"), F.trunc("day", "month"), F.months_between(F.lit("2025-01-31"), "day"),
        F.to_timestamp(F.lit("2024-05-06 07:08:09")), F.unix_timestamp(F.lit("1970-01-02 00:00:00")),
    )  # fmt: skip


@step
def collection_functions(t):
    F = t.F
    frame = t.spark.sql("SELECT array(3, 1, NULL, 3) AS a, map('x', 1, 'y', 2) AS m")
    return frame.select(
        F.size("a"), F.array_contains("a", 3), F.sort_array("a"), F.array_distinct("a"), F.element_at("a", -1),
        F.map_keys("m"), F.map_values("m"), F.slice("a", 2, 2), F.transform("a", lambda x: x + 1),
        F.filter("a", lambda x: x > 1), F.exists("a", lambda x: x == 1), F.aggregate("a", F.lit(0), lambda s, x: s + F.coalesce(x, F.lit(0))),
    )  # fmt: skip


@step
def json_functions(t):
    F = t.F
    frame = t.spark.sql("""SELECT '{"a": 1, "b": {"c": [true, null]}}' AS j""")
    return frame.select(
        F.get_json_object("j", "$.b.c[0]"), F.from_json("j", "a INT, b STRUCT<c: ARRAY<BOOLEAN>>").alias("s"),
        F.to_json(F.struct(F.lit(1).alias("x"), F.lit(None).cast("string").alias("y"))),
    )  # fmt: skip


@step
def hash_functions(t):
    F = t.F
    return t.pets().select(F.md5("kind"), F.sha2("kind", 256), F.crc32("kind"), F.hash("id", "kind"), F.xxhash64("id", "kind"))


@step
def columns_and_dtypes(t):
    pets = t.pets()
    return {"columns": pets.columns, "dtypes": pets.dtypes, "len": len(pets.schema.fields), "ddl": pets.schema.simpleString()}


@step
def is_empty_and_is_local(t):
    return [t.pets().isEmpty(), t.pets().filter("id > 99").isEmpty(), t.pets().isLocal()]


@step
def order_of_limit_after_sort(t):
    return Ordered(t.pets().orderBy("id").limit(2).select("id"))
