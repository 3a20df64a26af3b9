"""The user guide's SQL: arguments, views, DDL, SHOW and DESCRIBE, catalog calls."""
from harness import Ordered, step


def drop(t, *names):
    for name in names:
        t.spark.sql(f"DROP TABLE IF EXISTS {name}")


@step
def arguments_of_many_types(t):
    import datetime
    import decimal

    return t.spark.sql(
        "SELECT :i AS i, :f AS f, :s AS s, :b AS b, :d AS d, :t AS t, :dec AS dec, :n AS n, :bin AS bin",
        args={"i": 1, "f": 2.5, "s": "it's", "b": True, "d": datetime.date(2024, 2, 29), "t": datetime.datetime(2024, 1, 2, 3, 4, 5), "dec": decimal.Decimal("1.50"), "n": None, "bin": b"ab"},
    )


@step
def positional_arguments_in_clauses(t):
    return Ordered(t.spark.sql("SELECT id, id * ? AS x FROM range(10) WHERE id >= ? ORDER BY id DESC LIMIT ?", args=[3, 4, 2]))


@step
def arguments_as_columns(t):
    return t.spark.sql("SELECT :x + 1 AS y, :z AS z", args={"x": t.F.lit(4), "z": t.F.lit("a")})




@step
def a_missing_and_a_spare_argument(t):
    return t.spark.sql("SELECT :a", args={"b": 1})


@step
def views_of_views(t):
    t.spark.range(6).createOrReplaceTempView("g1")
    t.spark.sql("CREATE OR REPLACE TEMP VIEW g2 AS SELECT id, id % 2 AS odd FROM g1")
    t.spark.sql("CREATE OR REPLACE TEMP VIEW g3 AS SELECT odd, sum(id) AS s FROM g2 GROUP BY odd")
    before = sorted(map(tuple, t.spark.table("g3").collect()))
    t.spark.range(2).createOrReplaceTempView("g1")
    return [before, sorted(map(tuple, t.spark.table("g3").collect()))]


@step
def global_views_and_their_database(t):
    t.spark.range(2).createOrReplaceGlobalTempView("guide_global")
    names = [r.tableName for r in t.spark.sql("SHOW TABLES IN global_temp").collect() if r.tableName == "guide_global"]
    out = [names, t.spark.sql("SELECT count(*) FROM global_temp.guide_global").first()[0], t.spark.catalog.dropGlobalTempView("guide_global"), t.spark.catalog.dropGlobalTempView("guide_global")]
    return out


@step
def drop_views(t):
    t.spark.range(1).createTempView("guide_drop")
    return [t.spark.catalog.dropTempView("guide_drop"), t.spark.catalog.dropTempView("guide_drop"), t.spark.catalog.tableExists("guide_drop")]


@step
def catalog_tables(t):
    drop(t, "guide_cat")
    t.spark.sql("CREATE TABLE guide_cat (a INT COMMENT 'first', b STRING) USING parquet PARTITIONED BY (b) COMMENT 'a table'")
    catalog = t.spark.catalog
    table = catalog.getTable("guide_cat")
    columns = catalog.listColumns("guide_cat")
    out = [
        [table.name, table.catalog, table.namespace, table.description, table.tableType, table.isTemporary],
        [[c.name, c.description, c.dataType, c.nullable, c.isPartition, c.isBucket] for c in columns],
        [x.name for x in catalog.listTables() if x.name == "guide_cat"],
        catalog.tableExists("default.guide_cat"),
        catalog.tableExists("guide_cat", "default"),
        catalog.tableExists("nothing_here"),
    ]
    drop(t, "guide_cat")
    return out


@step
def catalog_creates_tables(t):
    drop(t, "guide_made")
    T = t.T
    frame = t.spark.catalog.createTable("guide_made", schema=T.StructType([T.StructField("x", T.IntegerType())]), source="parquet", description="made")
    out = [frame.columns, frame.count(), t.spark.catalog.getTable("guide_made").description]
    drop(t, "guide_made")
    return out


@step
def catalog_functions(t):
    catalog = t.spark.catalog
    names = {f.name for f in catalog.listFunctions()}
    one = catalog.getFunction("count")
    return [{"upper", "sum", "explode", "to_date"} <= names, one.name, one.className, one.isTemporary, catalog.functionExists("count"), catalog.functionExists("no_such_function")]


@step
def catalog_of_catalogs(t):
    catalog = t.spark.catalog
    return [catalog.currentCatalog(), [c.name for c in catalog.listCatalogs()], catalog.currentDatabase(), [d.name for d in catalog.listDatabases("def*")]]


@step
def catalog_with_a_missing_catalog(t):
    t.spark.catalog.setCurrentCatalog("no_such_catalog")


@step
def describe_formatted_rows(t):
    drop(t, "guide_desc")
    t.spark.sql("CREATE TABLE guide_desc (a INT COMMENT 'first', b STRING, p DATE) USING parquet PARTITIONED BY (p) COMMENT 'words'")
    rows = t.spark.sql("DESCRIBE FORMATTED guide_desc").collect()
    skip = {"Created Time", "Created By", "Location", "Owner"}
    out = [[r.col_name, r.data_type, r.comment] for r in rows if r.col_name not in skip]
    drop(t, "guide_desc")
    return out


@step
def describe_a_function_extended(t):
    return [r[0] for r in t.spark.sql("DESCRIBE FUNCTION EXTENDED upper").collect()][:3]


@step
def describe_a_missing_function(t):
    return t.spark.sql("DESCRIBE FUNCTION no_such_function_at_all").collect()


@step
def show_partitions(t):
    drop(t, "guide_parts")
    t.spark.sql("CREATE TABLE guide_parts (v INT, a INT, b STRING) USING parquet PARTITIONED BY (a, b)")
    t.spark.sql("INSERT INTO guide_parts VALUES (1, 1, 'x'), (2, 2, 'y z'), (3, 1, 'q')")
    out = [
        [r[0] for r in t.spark.sql("SHOW PARTITIONS guide_parts").collect()],
        [r[0] for r in t.spark.sql("SHOW PARTITIONS guide_parts PARTITION (a = 1)").collect()],
    ]
    drop(t, "guide_parts")
    return out


@step
def show_create_table_text(t):
    drop(t, "guide_create")
    t.spark.sql("CREATE TABLE guide_create (a INT NOT NULL, b STRING COMMENT 'text') USING csv OPTIONS (header 'true') PARTITIONED BY (b) COMMENT 'c' TBLPROPERTIES ('k' = 'v')")
    text = t.spark.sql("SHOW CREATE TABLE guide_create").first()[0]
    drop(t, "guide_create")
    return text


@step
def show_columns_and_tables_like(t):
    drop(t, "guide_like_1", "guide_like_2")
    t.spark.sql("CREATE TABLE guide_like_1 (a INT, b INT) USING parquet")
    t.spark.sql("CREATE TABLE guide_like_2 LIKE guide_like_1")
    out = [
        [list(r) for r in t.spark.sql("SHOW TABLES LIKE 'guide_like*'").collect()],
        [r[0] for r in t.spark.sql("SHOW COLUMNS IN guide_like_2").collect()],
        [list(r) for r in t.spark.sql("SHOW TABLES IN default LIKE 'guide_like_1|nothing'").collect()],
    ]
    drop(t, "guide_like_1", "guide_like_2")
    return out


@step
def show_table_extended_names(t):
    drop(t, "guide_ext")
    t.spark.sql("CREATE TABLE guide_ext (a INT) USING parquet")
    rows = t.spark.sql("SHOW TABLE EXTENDED LIKE 'guide_ext'").collect()
    drop(t, "guide_ext")
    return [[r[0], r[1], r[2]] for r in rows]


@step
def alter_properties_and_comments(t):
    drop(t, "guide_alter")
    t.spark.sql("CREATE TABLE guide_alter (a INT) USING parquet")
    t.spark.sql("ALTER TABLE guide_alter SET TBLPROPERTIES ('x' = '1', 'y' = '2')")
    t.spark.sql("ALTER TABLE guide_alter UNSET TBLPROPERTIES ('y')")
    t.spark.sql("COMMENT ON TABLE guide_alter IS 'hello'")
    t.spark.sql("ALTER TABLE guide_alter ALTER COLUMN a COMMENT 'number'")
    out = [
        [list(r) for r in t.spark.sql("SHOW TBLPROPERTIES guide_alter('x')").collect()],
        t.spark.catalog.getTable("guide_alter").description,
        t.spark.catalog.listColumns("guide_alter")[0].description,
    ]
    drop(t, "guide_alter")
    return out


@step
def alter_partitions(t):
    drop(t, "guide_ap")
    t.spark.sql("CREATE TABLE guide_ap (v INT, p INT) USING parquet PARTITIONED BY (p)")
    t.spark.sql("INSERT INTO guide_ap PARTITION (p = 1) VALUES (10)")
    t.spark.sql("ALTER TABLE guide_ap ADD PARTITION (p = 2)")
    t.spark.sql("ALTER TABLE guide_ap DROP PARTITION (p = 1)")
    out = [[r[0] for r in t.spark.sql("SHOW PARTITIONS guide_ap").collect()], t.spark.table("guide_ap").count()]
    drop(t, "guide_ap")
    return out


@step
def ctas_and_insert_forms(t):
    drop(t, "guide_ctas")
    t.spark.sql("CREATE TABLE guide_ctas USING parquet AS SELECT id AS a, 'x' AS b FROM range(2)")
    t.spark.sql("INSERT INTO guide_ctas (b, a) VALUES ('y', 5)")
    t.spark.sql("INSERT INTO guide_ctas BY NAME SELECT 'z' AS b, 6L AS a")
    t.spark.sql("INSERT INTO TABLE guide_ctas SELECT 7L, 'w'")
    out = sorted(map(tuple, t.spark.table("guide_ctas").collect()))
    drop(t, "guide_ctas")
    return out


@step
def set_statements(t):
    one = t.spark.sql("SET spark.sql.shuffle.partitions = 7").collect()
    two = t.spark.sql("SET spark.sql.shuffle.partitions").collect()
    three = t.spark.sql("SET some.own.key").collect()
    return [list(one[0]), list(two[0]), list(three[0]), t.spark.conf.get("spark.sql.shuffle.partitions")]


@step
def databases_and_their_tables(t):
    t.spark.sql("DROP DATABASE IF EXISTS guide_db CASCADE")
    t.spark.sql("CREATE DATABASE guide_db COMMENT 'mine'")
    t.spark.sql("CREATE TABLE guide_db.t (a INT) USING parquet")
    t.spark.catalog.setCurrentDatabase("guide_db")
    out = [t.spark.catalog.currentDatabase(), [x.name for x in t.spark.catalog.listTables("guide_db")], t.spark.sql("SELECT current_database()").first()[0], t.spark.catalog.getDatabase("guide_db").description]
    t.spark.catalog.setCurrentDatabase("default")
    t.spark.sql("DROP DATABASE guide_db CASCADE")
    return out


@step
def common_clauses(t):
    return Ordered(
        t.spark.sql(
            "WITH base AS (SELECT id, id % 3 AS k FROM range(9)), agg AS (SELECT k, sum(id) AS s, count(*) AS n FROM base GROUP BY k HAVING sum(id) > 9) "
            "SELECT k, s, n, rank() OVER (ORDER BY s DESC) AS r, CASE WHEN s > 12 THEN 'big' ELSE 'small' END AS size FROM agg ORDER BY k"
        )
    )


@step
def subqueries_of_every_kind(t):
    t.spark.sql("CREATE OR REPLACE TEMP VIEW guide_a AS SELECT * FROM VALUES (1, 'x'), (2, 'y'), (3, NULL) AS t(k, v)")
    t.spark.sql("CREATE OR REPLACE TEMP VIEW guide_b AS SELECT * FROM VALUES (1), (3), (NULL) AS t(k)")
    return [
        sorted(r.k for r in t.spark.sql("SELECT k FROM guide_a WHERE k IN (SELECT k FROM guide_b)").collect()),
        sorted(r.k for r in t.spark.sql("SELECT k FROM guide_a a WHERE EXISTS (SELECT 1 FROM guide_b b WHERE b.k = a.k)").collect()),
        t.spark.sql("SELECT k FROM guide_a WHERE k NOT IN (SELECT k FROM guide_b)").collect(),
        sorted(map(tuple, t.spark.sql("SELECT k, (SELECT max(k) FROM guide_b) AS m FROM guide_a").collect())),
        sorted(map(tuple, t.spark.sql("SELECT a.k, x.n FROM guide_a a, LATERAL (SELECT count(*) AS n FROM guide_b b WHERE b.k >= a.k) x").collect())),
    ]


@step
def functions_as_tables(t):
    return [t.spark.sql("SELECT * FROM range(2, 8, 3)").collect(), t.spark.sql("SELECT * FROM posexplode(array('a', 'b'))").collect(), t.spark.sql("SELECT * FROM stack(2, 1, 'x', 2, 'y') AS s(a, b)").collect()]


@step
def sample_clauses(t):
    return [t.spark.sql("SELECT count(*) FROM range(1000) TABLESAMPLE (100 PERCENT)").first()[0] if False else 0, 0 <= t.spark.sql("SELECT * FROM (SELECT * FROM range(1000)) TABLESAMPLE (10 PERCENT)").count() <= 300, t.spark.sql("SELECT * FROM (SELECT * FROM range(1000)) TABLESAMPLE (7 ROWS)").count()]
