"""SQL text and views → frames: spark.sql with parameters, temporary and global views, subqueries."""
from harness import Ordered, step


@step
def named_parameters(t):
    return t.spark.sql("SELECT :a + 1 AS n, :word AS w, :none IS NULL AS z", args={"a": 41, "word": "it's", "none": None})


@step
def named_parameters_of_many_types(t):
    import datetime
    import decimal

    args = {"d": datetime.date(2024, 2, 29), "t": datetime.datetime(2024, 1, 1, 12), "m": decimal.Decimal("9.90"), "f": 0.5, "b": True}
    return t.spark.sql("SELECT :d + 1 AS d, CAST(:t AS STRING) AS t, :m * 2 AS m, :f AS f, NOT :b AS b", args=args)


@step
def positional_parameters(t):
    return t.spark.sql("SELECT * FROM range(10) WHERE id > ? AND id % ? = 0", args=[3, 2])


@step
def parameter_in_limit(t):
    return t.spark.sql("SELECT id FROM range(10) ORDER BY id LIMIT :n", args={"n": 2})


@step
def missing_named_parameter(t):
    return t.spark.sql("SELECT :a + :b", args={"a": 1})


@step
def missing_positional_parameter(t):
    return t.spark.sql("SELECT ? + ?", args=[1])


@step
def identifier_clause(t):
    t.pets().createOrReplaceTempView("ident_pets")
    return t.spark.sql("SELECT IDENTIFIER(:c) AS x FROM IDENTIFIER(:t) WHERE id = 1", args={"c": "name", "t": "ident_pets"})


@step
def temp_view(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT kind, count(*) AS n FROM pets GROUP BY kind HAVING count(*) > 1")


@step
def temp_view_exists_already(t):
    t.pets().createTempView("twice")
    t.pets().createTempView("twice")


@step
def temp_view_replaced(t):
    t.pets().createOrReplaceTempView("v")
    t.spark.range(2).createOrReplaceTempView("v")
    return t.spark.table("v")


@step
def temp_view_in_sql(t):
    t.spark.sql("CREATE TEMPORARY VIEW tv AS SELECT id, id * id AS square FROM range(4)")
    return t.spark.table("tv").filter("square > 1")


@step
def temp_view_dropped(t):
    t.spark.range(1).createOrReplaceTempView("gone")
    dropped = [t.spark.catalog.dropTempView("gone"), t.spark.catalog.dropTempView("gone")]
    return dropped + [t.spark.catalog.tableExists("gone")]


@step
def temp_view_keeps_its_plan(t):
    t.spark.range(3).createOrReplaceTempView("base")
    t.spark.sql("CREATE OR REPLACE TEMP VIEW derived AS SELECT id + 100 AS big FROM base")
    return t.spark.sql("SELECT * FROM derived")


@step
def temp_view_with_column_names(t):
    t.spark.sql("CREATE OR REPLACE TEMP VIEW named (a COMMENT 'first', b) AS SELECT 1, 'x'")
    return t.spark.table("named")


@step
def global_temp_view(t):
    t.pets().createOrReplaceGlobalTempView("all_pets")
    frame = t.spark.sql("SELECT max(id) AS top FROM global_temp.all_pets")
    return [frame.collect()] + [t.spark.catalog.dropGlobalTempView("all_pets")]


@step
def global_temp_view_without_its_database(t):
    t.spark.range(1).createOrReplaceGlobalTempView("hidden_view")
    return t.spark.table("hidden_view")


@step
def global_temp_view_twice(t):
    t.spark.range(1).createOrReplaceGlobalTempView("g_twice")
    t.spark.range(1).createGlobalTempView("g_twice")


@step
def select_without_from(t):
    return t.spark.sql("SELECT 1, 'a', 2.50, 1e3, true, NULL, DATE'2024-01-01', 5 DIV 2, -7 % 3, 'a' || 'b'")


@step
def values_inline(t):
    return t.spark.sql("VALUES (1, 'a'), (2, NULL)")


@step
def common_table_expressions(t):
    return t.spark.sql("WITH a AS (SELECT id FROM range(5)), b(x) AS (SELECT id * 2 FROM a) SELECT a.id FROM a JOIN b ON a.id = b.x")


@step
def scalar_subquery(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT id FROM pets WHERE weight = (SELECT max(weight) FROM pets)")


@step
def correlated_subquery(t):
    t.pets().createOrReplaceTempView("pets")
    t.visits().createOrReplaceTempView("visits")
    return t.spark.sql("SELECT id, (SELECT sum(fee) FROM visits WHERE pet = pets.id) AS fees FROM pets")


@step
def exists_and_in(t):
    t.pets().createOrReplaceTempView("pets")
    t.visits().createOrReplaceTempView("visits")
    return t.spark.sql(
        "SELECT id FROM pets WHERE EXISTS (SELECT 1 FROM visits WHERE pet = id) AND id NOT IN (SELECT pet FROM visits WHERE fee > 90)"
    )


@step
def not_in_with_a_null(t):
    t.pets().createOrReplaceTempView("pets")
    t.visits().createOrReplaceTempView("visits")
    return t.spark.sql("SELECT id FROM pets WHERE id NOT IN (SELECT pet FROM visits)")


@step
def scalar_subquery_of_two_rows(t):
    return t.spark.sql("SELECT (SELECT id FROM range(2)) AS x").collect()


@step
def case_and_intervals(t):
    return t.spark.sql(
        "SELECT CASE WHEN id > 1 THEN 'big' WHEN id = 1 THEN 'one' ELSE 'none' END AS c, "
        "DATE'2024-01-31' + INTERVAL 1 MONTH AS d, TIMESTAMP'2024-01-01 00:00:00' - INTERVAL '90' MINUTE AS t FROM range(3)"
    )


@step
def pivot_in_sql(t):
    t.pets().createOrReplaceTempView("pets")
    return t.spark.sql("SELECT * FROM (SELECT id, kind, weight FROM pets) PIVOT (sum(weight) AS w FOR kind IN ('cat' AS c, 'dog' AS d))")


@step
def group_by_all_and_alias(t):
    t.pets().createOrReplaceTempView("pets")
    return Ordered(t.spark.sql("SELECT upper(kind) AS k, count(*) AS n FROM pets GROUP BY ALL ORDER BY k"))


@step
def lateral_alias(t):
    return t.spark.sql("SELECT id + 1 AS a, a * 2 AS b FROM range(2)")


@step
def select_star_except_is_an_error_or_not(t):
    return t.spark.sql("SELECT * EXCEPT (b) FROM VALUES (1, 2) AS v(a, b)")


@step
def comments_and_hints(t):
    return t.spark.sql("SELECT /*+ BROADCAST(x) */ x.id -- trailing\n FROM range(2) AS x /* block /* nested */ */")


@step
def quoted_and_unicode_names(t):
    return t.spark.sql("SELECT 1 AS `größe`, 2 AS `a``b`, \"text\" AS t, r'\\n' AS raw, 'tab\\t' AS esc")


@step
def set_and_reset(t):
    first = t.spark.sql("SET spark.sql.shuffle.partitions = 3").collect()
    again = t.spark.sql("SET spark.sql.shuffle.partitions").collect()
    t.spark.sql("RESET spark.sql.shuffle.partitions")
    return [first, again, t.spark.conf.get("spark.sql.shuffle.partitions")]


@step
def set_time_zone(t):
    t.spark.sql("SET TIME ZONE 'Asia/Tokyo'")
    return [t.spark.conf.get("spark.sql.session.timeZone"), t.spark.sql("SELECT CAST(timestamp_seconds(0) AS STRING) AS t").collect()]


@step
def current_things(t):
    return t.spark.sql("SELECT current_catalog() AS c, current_database() AS d, current_schema() AS s, typeof(now()) AS n, version() LIKE '3.5%' AS v")


@step
def show_functions_and_describe(t):
    named = t.spark.sql("SHOW FUNCTIONS LIKE 'to_d*'").collect()
    described = t.spark.sql("DESCRIBE FUNCTION abs").collect()
    return [named, described]


@step
def describe_query(t):
    return Ordered(t.spark.sql("DESCRIBE QUERY SELECT 1 AS a, 'x' AS b"))


@step
def table_valued_functions(t):
    return t.spark.sql("SELECT * FROM explode(array(1, 2)) AS e(x)")


@step
def tablesample_all(t):
    return t.spark.sql("SELECT count(*) AS n FROM range(10) TABLESAMPLE (3 ROWS)")


@step
def order_limit_offset(t):
    return Ordered(t.spark.sql("SELECT id FROM range(9) ORDER BY id DESC LIMIT 3 OFFSET 2"))


@step
def integer_overflow_wraps(t):
    return t.spark.sql("SELECT 2147483647 + 1 AS i, 9223372036854775807L + 1 AS l, CAST(300 AS TINYINT) AS t, 1 / 0 AS z, 5 % 0 AS m")


@step
def integer_division(t):
    return t.spark.sql("SELECT 7 / 2 AS a, 7 DIV 2 AS b, -7 DIV 2 AS c, -7 % 2 AS d, pmod(-7, 2) AS e, 7.0 / 2 AS f, 1BD / 3 AS g")


@step
def decimal_rules(t):
    return t.spark.sql("SELECT 1.10 * 2.25 AS a, 1.10 + 22.255 AS b, 10.0 / 3.0 AS c, round(2.5) AS d, bround(2.5) AS e, CAST('1.005' AS DECIMAL(10,2)) AS f")


@step
def string_to_number_coercion(t):
    return t.spark.sql("SELECT '3' + 4 AS a, '3' = 3 AS b, '10' > 9 AS c, 'x' + 1 AS d, concat(1, 'a', true) AS e")
