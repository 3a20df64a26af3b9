"""Mistakes → the error that a user sees: class, condition, SQLSTATE, parameters, position."""
import re

from harness import step


def ansi(t):
    t.spark.conf.set("spark.sql.ansi.enabled", "true")
    return t.spark


@step
def missing_column_with_suggestions(t):
    return t.pets().select("nmae").collect()


@step
def missing_column_in_sql(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT id,\n  weigth FROM pets")


@step
def missing_column_of_a_frame_attribute(t):
    pets = t.pets()
    return pets.select(pets.wieght).collect()


@step
def missing_column_in_filter_text(t):
    return t.pets().filter("kidn = 'cat'").collect()


@step
def missing_column_without_suggestion(t):
    return t.spark.sql("SELECT something")


@step
def missing_qualified_column(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT pets.age FROM pets")


@step
def missing_qualifier(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT dogs.id FROM pets")


@step
def missing_struct_field(t):
    return t.spark.sql("SELECT s.c FROM (SELECT named_struct('a', 1, 'b', 2) AS s)")


@step
def missing_table(t):
    return t.spark.table("no_such_table").collect()


@step
def missing_table_in_sql(t):
    return t.spark.sql("SELECT *\nFROM missing_db.missing_table AS m")


@step
def missing_function(t):
    return t.spark.sql("SELECT frobnicate(1)")


@step
def missing_function_of_the_inner_engine(t):
    return t.spark.sql("SELECT list_reverse_sort(array(1))")


@step
def missing_table_function(t):
    return t.spark.sql("SELECT * FROM no_such_generator(1)")


@step
def ambiguous_column(t):
    return t.spark.sql("SELECT a FROM (SELECT 1 AS a) x, (SELECT 2 AS a) y")


@step
def syntax_error_near_a_word(t):
    return t.spark.sql("SELECT id\nFORM range(3) WHERE")


@step
def syntax_error_at_the_end(t):
    return t.spark.sql("SELECT 1 +")


@step
def syntax_error_in_an_expression(t):
    return t.pets().filter("id > > 1")


@step
def syntax_error_of_an_empty_statement(t):
    return t.spark.sql("")


@step
def syntax_error_unclosed_text(t):
    return t.spark.sql("SELECT 'open")


@step
def syntax_error_unclosed_comment(t):
    return t.spark.sql("SELECT 1 /* open")


@step
def syntax_error_reserved_character(t):
    return t.spark.sql("SELECT 1 AS a-b")


@step
def syntax_error_in_a_schema(t):
    return t.spark.read.schema("a INT,, b").csv("x")


@step
def two_statements(t):
    return t.spark.sql("SELECT 1; SELECT 2")


@step
def type_mismatch_in_arithmetic(t):
    return t.spark.sql("SELECT true + 1")


@step
def type_mismatch_with_an_array(t):
    return t.spark.sql("SELECT array(1) + 1")


@step
def type_mismatch_in_a_function(t):
    return t.spark.sql("SELECT substring(array(1), 1)")


@step
def type_mismatch_in_a_comparison(t):
    return t.spark.sql("SELECT map('a', 1) = map('a', 1)")


@step
def type_mismatch_in_case(t):
    return t.spark.sql("SELECT CASE WHEN true THEN 1 ELSE array(1) END")


@step
def type_mismatch_in_an_array(t):
    return t.spark.sql("SELECT array(1, map())")


@step
def type_mismatch_in_a_condition(t):
    return t.spark.sql("SELECT * FROM range(2) WHERE id")


@step
def type_mismatch_in_a_join_condition(t):
    return t.spark.sql("SELECT * FROM range(2) a JOIN range(2) b ON a.id + b.id")


@step
def type_mismatch_in_sum(t):
    return t.spark.sql("SELECT sum(array(1))")


@step
def wrong_number_of_arguments(t):
    return t.spark.sql("SELECT upper('a', 'b')")


@step
def too_few_arguments(t):
    return t.spark.sql("SELECT round()")


@step
def cast_that_is_never_allowed(t):
    return t.spark.sql("SELECT CAST(true AS DATE)")


@step
def ansi_division_by_zero(t):
    return ansi(t).sql("SELECT 10 / (1 - 1)").collect()


@step
def ansi_division_by_zero_in_a_frame(t):
    ansi(t)
    return t.spark.range(3).select(t.F.lit(6) / t.F.col("id")).collect()


@step
def ansi_remainder_by_zero(t):
    return ansi(t).sql("SELECT 10 % 0").collect()


@step
def ansi_integral_division_by_zero(t):
    return ansi(t).sql("SELECT 10 div 0").collect()


@step
def ansi_integer_overflow(t):
    return ansi(t).sql("SELECT 2147483647 + 1 AS big").collect()


@step
def ansi_long_overflow(t):
    return ansi(t).sql("SELECT\n  9223372036854775807L * 2").collect()


@step
def ansi_negation_overflow(t):
    return ansi(t).sql("SELECT -CAST(-2147483648 AS INT)").collect()


@step
def ansi_overflow_on_rows(t):
    ansi(t)
    return t.spark.range(5).select((t.F.col("id") + 9223372036854775805).alias("x")).collect()


@step
def ansi_sum_overflow(t):
    return ansi(t).sql("SELECT sum(x) FROM VALUES (9223372036854775807), (1) AS v(x)").collect()


@step
def ansi_cast_of_bad_text(t):
    return ansi(t).sql("SELECT CAST('12x' AS INT)").collect()


@step
def ansi_cast_of_a_bad_date(t):
    return ansi(t).sql("SELECT CAST('2024-02-30' AS DATE)").collect()


@step
def ansi_cast_overflow(t):
    return ansi(t).sql("SELECT CAST(1000 AS TINYINT)").collect()


@step
def ansi_decimal_overflow(t):
    return ansi(t).sql("SELECT CAST(12345.6 AS DECIMAL(5,2))").collect()


@step
def ansi_array_index(t):
    return ansi(t).sql("SELECT array(1, 2)[5]").collect()


@step
def ansi_element_at_zero(t):
    return t.spark.sql("SELECT element_at(array(1, 2), 0)").collect()


@step
def ansi_map_key_is_null_safe(t):
    return ansi(t).sql("SELECT map('a', 1)['b'] AS x")


@step
def ansi_string_plus_number(t):
    return ansi(t).sql("SELECT 'x' + 1").collect()


@step
def ansi_try_functions_do_not_fail(t):
    return ansi(t).sql("SELECT try_divide(1, 0) AS a, try_add(2147483647, 1) AS b, try_cast('x' AS INT) AS c, try_subtract(1, 2) AS d")


@step
def ansi_bad_timestamp_text(t):
    return ansi(t).sql("SELECT to_timestamp('nonsense')").collect()


@step
def ansi_cast_in_a_frame(t):
    frame = ansi(t).createDataFrame([("x",)], "a STRING")
    return frame.select(t.F.col("a").cast("int")).collect()


@step
def ansi_division_in_a_frame(t):
    return ansi(t).range(1).select(t.F.lit(1) / t.F.col("id")).collect()


@step
def ansi_overflow_in_a_frame(t):
    return ansi(t).range(1, 2).select(t.F.lit(2147483647) + t.F.col("id").cast("int")).collect()


@step
def ansi_element_in_a_frame(t):
    return ansi(t).range(1).select(t.F.array(t.F.col("id"))[3]).collect()


@step
def ansi_bad_date_in_a_frame(t):
    return ansi(t).createDataFrame([("x",)], "a STRING").select(t.F.to_date("a")).collect()


@step
def raise_error_function(t):
    return t.spark.sql("SELECT raise_error('my own message')").collect()


@step
def assert_true_function(t):
    return t.spark.sql("SELECT assert_true(1 > 2)").collect()


@step
def assert_true_with_a_message(t):
    return t.spark.sql("SELECT assert_true(id < 2, 'too large') FROM range(4)").collect()


@step
def duplicate_map_key(t):
    return t.spark.sql("SELECT map('a', 1, 'a', 2)").collect()


@step
def null_map_key(t):
    return t.spark.sql("SELECT map(CAST(NULL AS STRING), 1)").collect()


@step
def group_by_position_out_of_range(t):
    return t.spark.sql("SELECT id FROM range(2) GROUP BY 3")


@step
def order_by_position_out_of_range(t):
    return t.spark.sql("SELECT id FROM range(2) ORDER BY 2")


@step
def aggregate_without_group_by(t):
    return t.spark.sql("SELECT id, count(*) FROM range(2)")


@step
def having_on_a_plain_column(t):
    return t.spark.sql("SELECT count(*) FROM range(2) HAVING id > 1")


@step
def subquery_with_two_columns(t):
    return t.spark.sql("SELECT (SELECT 1, 2)")


@step
def union_column_mismatch_in_sql(t):
    return t.spark.sql("SELECT 1, 2 UNION SELECT 1")


@step
def values_of_different_widths(t):
    return t.spark.sql("SELECT * FROM VALUES (1, 2), (3) AS t(a, b)")


@step
def alias_count_mismatch(t):
    return t.spark.sql("SELECT * FROM range(2) AS r(a, b)")


@step
def star_without_from(t):
    return t.spark.sql("SELECT *")


@step
def negative_limit(t):
    return t.spark.sql("SELECT 1 LIMIT -1")


@step
def limit_that_is_not_constant(t):
    return t.spark.sql("SELECT id FROM range(3) LIMIT id")


@step
def view_over_a_missing_column(t):
    return t.spark.sql("CREATE TEMP VIEW broken AS SELECT nothing FROM range(1)")


@step
def bad_date_literal(t):
    return t.spark.sql("SELECT DATE'2024-13-01'")


@step
def bad_interval_literal(t):
    return t.spark.sql("SELECT INTERVAL '1 x' DAY TO SECOND")


@step
def number_literal_out_of_range(t):
    return t.spark.sql("SELECT 128Y")


@step
def decimal_too_precise(t):
    return t.spark.sql("SELECT CAST(1 AS DECIMAL(39, 0))")


@step
def bad_regular_expression(t):
    return t.spark.sql("SELECT 'a' RLIKE '('").collect()


@step
def bad_json_path_gives_null(t):
    return t.spark.sql("SELECT get_json_object('{\"a\":1}', 'a')")


@step
def bad_datetime_pattern(t):
    return t.spark.sql("SELECT date_format(DATE'2024-01-01', 'bbb')").collect()


@step
def bad_time_zone(t):
    t.spark.conf.set("spark.sql.session.timeZone", "Mars/Base")


@step
def window_with_an_impossible_frame(t):
    return t.spark.sql("SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM range(2)")


@step
def distinct_window(t):
    return t.spark.sql("SELECT count(DISTINCT id) OVER () FROM range(2)")


@step
def explain_of_bad_sql(t):
    return t.spark.sql("EXPLAIN SELECT nothing").collect()


@step
def plan_of_a_failed_check(t):
    """The plan that ends the text, where nothing of it could be resolved."""
    seen = []
    for sql in [
        "SELECT * FROM fh_nope WHERE a > 1 AND NOT b LIKE 'x%' ORDER BY c DESC LIMIT 3",
        "SELECT x.q AS r, o.* FROM fh_nope x JOIN fh_other o ON x.i = o.i LEFT JOIN fh_third USING (k)",
        "SELECT a, sum(DISTINCT b) FILTER (WHERE c IS NOT NULL) AS s FROM fh_nope GROUP BY a HAVING sum(b) > 2",
        "SELECT CASE WHEN a IN (1, 2) THEN -b ELSE CAST(c AS INT) END, m['k'], transform(xs, x -> x + 1) FROM fh_nope",
        "SELECT DISTINCT upper(a) FROM fh_nope LATERAL VIEW OUTER explode(xs) t AS c",
        "SELECT a FROM fh_nope UNION ALL SELECT b FROM fh_other INTERSECT SELECT c FROM fh_third",
        "SELECT (SELECT max(k) FROM fh_other), EXISTS (SELECT 2) FROM fh_nope TABLESAMPLE (3 ROWS)",
    ]:
        try:
            t.spark.sql(sql).collect()
        except Exception as error:
            seen.append(re.sub(r"#\d+L?", "#", str(error).split("JVM stacktrace")[0].split(";\n", 1)[1]).rstrip())
    return seen


@step
def drop_temp_view_that_is_a_table(t):
    t.spark.sql("DROP TABLE IF EXISTS fh_table_not_view")
    t.spark.sql("CREATE TABLE fh_table_not_view (a INT) USING parquet")
    t.spark.sql("DROP VIEW fh_table_not_view")


@step
def insert_into_a_view(t):
    t.spark.range(1).createOrReplaceTempView("fh_in_view")
    t.spark.sql("INSERT INTO fh_in_view VALUES (1)")


@step
def unresolved_using_column(t):
    return t.spark.sql("SELECT * FROM range(2) a JOIN (SELECT 1 AS x) b USING (id)")


@step
def invalid_column_name_in_parquet_is_fine(t):
    t.spark.sql("SELECT 1 AS `a b`, 2 AS `c,d`").write.parquet(t.path("odd"))
    return t.spark.read.parquet(t.path("odd"))


@step
def correlated_column_out_of_scope(t):
    return t.spark.sql("SELECT id FROM range(2) a WHERE EXISTS (SELECT 1 FROM range(2) b WHERE b.nothing = a.id)")


@step
def error_message_of_python_types(t):
    return t.pets().select(t.F.lit(object()))


@step
def error_of_a_column_as_a_boolean(t):
    return t.pets().filter(t.F.col("id") > 1 and t.F.col("id") < 3)


@step
def the_session_lives_after_an_error(t):
    try:
        t.spark.sql("SELECT nothing").collect()
    except Exception:
        pass
    return t.spark.sql("SELECT 1 AS still_here")
