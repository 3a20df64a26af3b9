"""Managed tables: saveAsTable, CREATE TABLE, CTAS, INSERT, DROP, SHOW, DESCRIBE."""
from harness import Ordered, step


def fresh(t, *names):
    """Drops what an earlier run may have left and gives the first name back."""
    for name in names:
        t.spark.sql(f"DROP TABLE IF EXISTS {name}")
    return names[0]


@step
def save_as_table_and_read(t):
    name = fresh(t, "fh_saved")
    t.pets().write.saveAsTable(name)
    return t.spark.table(name)


@step
def save_as_table_twice(t):
    name = fresh(t, "fh_twice")
    t.pets().write.saveAsTable(name)
    t.pets().write.saveAsTable(name)


@step
def save_as_table_append(t):
    name = fresh(t, "fh_append")
    t.spark.range(2).write.saveAsTable(name)
    t.spark.range(7, 8).write.mode("append").saveAsTable(name)
    return t.spark.table(name)


@step
def save_as_table_append_by_name(t):
    name = fresh(t, "fh_append_names")
    t.spark.sql("SELECT 1 AS a, 'x' AS b").write.saveAsTable(name)
    t.spark.sql("SELECT 'y' AS b, 2 AS a").write.mode("append").saveAsTable(name)
    return t.spark.table(name)


@step
def save_as_table_append_of_other_columns(t):
    name = fresh(t, "fh_append_bad")
    t.spark.sql("SELECT 1 AS a, 'x' AS b").write.saveAsTable(name)
    t.spark.sql("SELECT 2 AS a").write.mode("append").saveAsTable(name)


@step
def save_as_table_overwrite(t):
    name = fresh(t, "fh_over")
    t.spark.range(2).write.saveAsTable(name)
    t.spark.sql("SELECT 'new' AS s").write.mode("overwrite").saveAsTable(name)
    return t.spark.table(name)


@step
def save_as_table_ignore(t):
    name = fresh(t, "fh_ignore")
    t.spark.range(2).write.saveAsTable(name)
    try:
        t.spark.range(9).write.mode("ignore").saveAsTable(name)
    except Exception:  # Spark 3.5.7 loses track of an operation that had nothing to do
        pass
    return t.spark.table(name).count()


@step
def save_as_table_partitioned(t):
    name = fresh(t, "fh_part")
    t.pets().write.partitionBy("kind").format("parquet").saveAsTable(name)
    return [t.spark.table(name).columns, sorted(map(list, t.spark.sql(f"SHOW PARTITIONS {name}").collect()))]


@step
def save_as_csv_and_json_tables(t):
    fresh(t, "fh_csv", "fh_json")
    t.pets().write.format("csv").saveAsTable("fh_csv")
    t.pets().write.format("json").saveAsTable("fh_json")
    return [sorted(map(str, t.spark.table(n).collect())) for n in ("fh_csv", "fh_json")]


@step
def insert_into(t):
    name = fresh(t, "fh_into")
    t.spark.sql(f"CREATE TABLE {name} (a INT, b STRING) USING parquet")
    t.spark.sql("SELECT 1, 'by position'").write.insertInto(name)
    t.spark.sql("SELECT 2, 'over'").write.insertInto(name, overwrite=True)
    return t.spark.table(name)


@step
def insert_into_a_missing_table(t):
    t.spark.range(1).write.insertInto("fh_nothing")


@step
def create_table_using(t):
    name = fresh(t, "fh_create")
    t.spark.sql(f"CREATE TABLE {name} (id BIGINT NOT NULL, name STRING COMMENT 'who', at TIMESTAMP, price DECIMAL(7,2)) USING parquet")
    return t.spark.table(name)


@step
def create_table_twice(t):
    name = fresh(t, "fh_create2")
    t.spark.sql(f"CREATE TABLE {name} (id INT) USING parquet")
    t.spark.sql(f"CREATE TABLE IF NOT EXISTS {name} (other INT) USING parquet")
    t.spark.sql(f"CREATE TABLE {name} (id INT) USING parquet")


@step
def create_table_as_select(t):
    name = fresh(t, "fh_ctas")
    t.spark.sql(f"CREATE TABLE {name} USING parquet AS SELECT id, id % 2 = 0 AS even FROM range(4)")
    return t.spark.table(name)


@step
def create_table_as_select_partitioned(t):
    name = fresh(t, "fh_ctas_part")
    t.spark.sql(f"CREATE TABLE {name} USING parquet PARTITIONED BY (k) AS SELECT id, id % 2 AS k, 'x' AS s FROM range(4)")
    return t.spark.table(name)


@step
def create_table_of_an_unknown_format(t):
    t.spark.sql("CREATE TABLE fh_unknown (id INT) USING parket")


@step
def create_table_of_an_unknown_type(t):
    t.spark.sql("CREATE TABLE fh_unknown (id INTEGRE) USING parquet")


@step
def create_table_with_duplicate_columns(t):
    t.spark.sql("CREATE TABLE fh_dup (a INT, A STRING) USING parquet")


@step
def create_table_in_a_missing_database(t):
    t.spark.sql("CREATE TABLE nowhere.fh_t (a INT) USING parquet")


@step
def create_table_at_a_location(t):
    name = fresh(t, "fh_located")
    t.pets().write.parquet(t.path("here"))
    t.spark.sql(f"CREATE TABLE {name} USING parquet LOCATION '{t.path('here')}'")
    count = t.spark.table(name).count()
    t.spark.sql(f"DROP TABLE {name}")
    return [count, t.spark.read.parquet(t.path("here")).count()]


@step
def create_table_with_the_catalog(t):
    fresh(t, "fh_by_catalog")
    t.spark.catalog.createTable("fh_by_catalog", schema=t.spark.range(1).schema, source="parquet")
    found = t.spark.catalog.getTable("fh_by_catalog")
    return [found.name, found.tableType, t.spark.table("fh_by_catalog").count()]


@step
def insert_values(t):
    name = fresh(t, "fh_values")
    t.spark.sql(f"CREATE TABLE {name} (a INT, b STRING, c DOUBLE) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES (1, 'x', 0.5), (2, NULL, 3)")
    t.spark.sql(f"INSERT INTO {name} (c, a) VALUES (9, 3)")
    t.spark.sql(f"INSERT INTO {name} SELECT 4, 'y', 1.25BD")
    return t.spark.table(name)


@step
def insert_overwrite(t):
    name = fresh(t, "fh_ins_over")
    t.spark.sql(f"CREATE TABLE {name} (a INT) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES (1), (2)")
    t.spark.sql(f"INSERT OVERWRITE {name} VALUES (3)")
    return t.spark.table(name)


@step
def insert_into_a_partition(t):
    name = fresh(t, "fh_ins_part")
    t.spark.sql(f"CREATE TABLE {name} (a INT, k STRING) USING parquet PARTITIONED BY (k)")
    t.spark.sql(f"INSERT INTO {name} PARTITION (k = 'one') VALUES (1)")
    t.spark.sql(f"INSERT INTO {name} VALUES (2, 'two'), (3, 'one')")
    t.spark.sql(f"INSERT OVERWRITE {name} PARTITION (k = 'one') SELECT 9")
    return t.spark.table(name)


@step
def insert_too_few_columns(t):
    name = fresh(t, "fh_few")
    t.spark.sql(f"CREATE TABLE {name} (a INT, b STRING) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES (1)")


@step
def insert_too_many_columns(t):
    name = fresh(t, "fh_many")
    t.spark.sql(f"CREATE TABLE {name} (a INT) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES (1, 2)")


@step
def insert_of_a_wrong_type(t):
    name = fresh(t, "fh_wrong")
    t.spark.sql(f"CREATE TABLE {name} (a INT) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES ('text')")


@step
def insert_of_a_number_too_large(t):
    name = fresh(t, "fh_large")
    t.spark.sql(f"CREATE TABLE {name} (a TINYINT) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES (300)")


@step
def insert_null_into_not_null(t):
    name = fresh(t, "fh_notnull")
    t.spark.sql(f"CREATE TABLE {name} (a INT NOT NULL) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES (NULL)")
    return t.spark.table(name)


@step
def insert_with_default_columns(t):
    name = fresh(t, "fh_default")
    t.spark.sql(f"CREATE TABLE {name} (a INT, b STRING DEFAULT 'none') USING parquet")
    t.spark.sql(f"INSERT INTO {name} (a) VALUES (1)")
    t.spark.sql(f"INSERT INTO {name} VALUES (2, DEFAULT)")
    return t.spark.table(name)


@step
def varchar_length(t):
    name = fresh(t, "fh_varchar")
    t.spark.sql(f"CREATE TABLE {name} (v VARCHAR(3), c CHAR(4)) USING parquet")
    t.spark.sql(f"INSERT INTO {name} VALUES ('abc', 'x')")
    seen = [r[:] for r in t.spark.sql(f"SELECT v, c, length(c) FROM {name}").collect()]
    try:
        t.spark.sql(f"INSERT INTO {name} VALUES ('abcd', 'x')")
    except Exception as error:
        seen.append("EXCEED_LIMIT_LENGTH" in str(error))
    return seen


@step
def drop_table(t):
    name = fresh(t, "fh_drop")
    t.spark.sql(f"CREATE TABLE {name} (a INT) USING parquet")
    t.spark.sql(f"DROP TABLE {name}")
    return t.spark.catalog.tableExists(name)


@step
def drop_a_missing_table(t):
    t.spark.sql("DROP TABLE fh_never_there")


@step
def drop_and_create_again(t):
    name = fresh(t, "fh_again")
    t.spark.range(3).write.saveAsTable(name)
    t.spark.sql(f"DROP TABLE {name}")
    t.spark.sql(f"CREATE TABLE {name} (s STRING) USING parquet")
    return t.spark.table(name)


@step
def drop_a_view_as_a_table(t):
    t.spark.range(1).createOrReplaceTempView("fh_v")
    t.spark.sql("DROP VIEW fh_v")
    t.spark.sql("DROP VIEW fh_v")


@step
def show_tables(t):
    fresh(t, "fh_list_a", "fh_list_b")
    t.spark.range(1).write.saveAsTable("fh_list_a")
    t.spark.range(1).createOrReplaceTempView("fh_list_b")
    return Ordered(t.spark.sql("SHOW TABLES LIKE 'fh_list*'"))


@step
def show_databases(t):
    return t.spark.sql("SHOW DATABASES LIKE 'default'")


@step
def show_columns(t):
    fresh(t, "fh_show_cols")
    t.pets().write.saveAsTable("fh_show_cols")
    return Ordered(t.spark.sql("SHOW COLUMNS IN fh_show_cols"))


@step
def show_table_properties(t):
    fresh(t, "fh_props")
    t.spark.sql("CREATE TABLE fh_props (a INT) USING parquet TBLPROPERTIES ('color' = 'red', 'n' = 1)")
    return [sorted(map(list, t.spark.sql("SHOW TBLPROPERTIES fh_props").collect())), t.spark.sql("SHOW TBLPROPERTIES fh_props ('color')").collect()]


@step
def show_create_table(t):
    fresh(t, "fh_show_create")
    t.spark.sql("CREATE TABLE fh_show_create (a INT NOT NULL, b STRING COMMENT 'x') USING parquet PARTITIONED BY (b) COMMENT 'c'")
    return t.spark.sql("SHOW CREATE TABLE fh_show_create").first()[0]


@step
def show_views(t):
    t.spark.range(1).createOrReplaceTempView("fh_show_view")
    return t.spark.sql("SHOW VIEWS LIKE 'fh_show_view'")


@step
def show_partitions_of_a_plain_table(t):
    fresh(t, "fh_no_parts")
    t.spark.range(1).write.saveAsTable("fh_no_parts")
    return t.spark.sql("SHOW PARTITIONS fh_no_parts").collect()


@step
def describe_table(t):
    fresh(t, "fh_desc")
    t.spark.sql("CREATE TABLE fh_desc (a INT COMMENT 'key', b ARRAY<STRING>, k DATE) USING parquet PARTITIONED BY (k)")
    return Ordered(t.spark.sql("DESCRIBE TABLE fh_desc"))


@step
def describe_table_extended(t):
    fresh(t, "fh_desc_ext")
    t.spark.sql("CREATE TABLE fh_desc_ext (a INT) USING parquet COMMENT 'note'")
    rows = t.spark.sql("DESCRIBE EXTENDED fh_desc_ext").collect()
    kept = ("a", "", "# Detailed Table Information", "Catalog", "Database", "Table", "Type", "Provider", "Comment")
    return [list(r) for r in rows if r[0] in kept]


@step
def describe_a_column(t):
    fresh(t, "fh_desc_col")
    t.spark.sql("CREATE TABLE fh_desc_col (a INT COMMENT 'key') USING parquet")
    return Ordered(t.spark.sql("DESCRIBE fh_desc_col a"))


@step
def describe_a_view(t):
    t.pets().createOrReplaceTempView("fh_desc_view")
    return Ordered(t.spark.sql("DESCRIBE fh_desc_view"))


@step
def describe_a_database(t):
    rows = t.spark.sql("DESCRIBE DATABASE default").collect()
    return [list(r) for r in rows if r[0] in ("Catalog Name", "Namespace Name", "Comment")]


@step
def describe_a_missing_table(t):
    return t.spark.sql("DESCRIBE fh_never_there")


@step
def truncate_table(t):
    fresh(t, "fh_trunc")
    t.spark.range(3).write.saveAsTable("fh_trunc")
    t.spark.sql("TRUNCATE TABLE fh_trunc")
    return t.spark.table("fh_trunc")


@step
def rename_table(t):
    fresh(t, "fh_old", "fh_new")
    t.spark.range(2).write.saveAsTable("fh_old")
    t.spark.sql("ALTER TABLE fh_old RENAME TO fh_new")
    return [t.spark.catalog.tableExists("fh_old"), t.spark.table("fh_new").count()]


@step
def add_columns(t):
    fresh(t, "fh_alter")
    t.spark.range(1).write.saveAsTable("fh_alter")
    t.spark.sql("ALTER TABLE fh_alter ADD COLUMNS (extra STRING)")
    return t.spark.table("fh_alter")


@step
def permanent_view(t):
    fresh(t, "fh_base")
    t.pets().write.saveAsTable("fh_base")
    t.spark.sql("CREATE OR REPLACE VIEW fh_view AS SELECT kind, count(*) AS n FROM fh_base GROUP BY kind")
    rows = sorted(map(list, t.spark.table("fh_view").collect()))
    t.spark.sql("DROP VIEW fh_view")
    return rows


@step
def write_to_create_and_append(t):
    fresh(t, "fh_v2")
    t.spark.range(2).writeTo("fh_v2").using("parquet").create()
    return t.spark.table("fh_v2")


@step
def qualified_names(t):
    fresh(t, "fh_qualified")
    t.spark.range(2).write.saveAsTable("default.fh_qualified")
    return [t.spark.table("spark_catalog.default.fh_qualified").count(), t.spark.sql("SELECT fh_qualified.id FROM default.fh_qualified WHERE default.fh_qualified.id = 1").collect()]


@step
def table_names_are_case_insensitive(t):
    fresh(t, "fh_case")
    t.spark.range(2).write.saveAsTable("FH_Case")
    return [t.spark.table("fh_CASE").count(), t.spark.sql("SELECT ID FROM Fh_case WHERE Id = 0").columns]


@step
def update_a_parquet_table(t):
    fresh(t, "fh_upd")
    t.spark.range(2).write.saveAsTable("fh_upd")
    t.spark.sql("UPDATE fh_upd SET id = 1")


@step
def delete_from_a_parquet_table(t):
    fresh(t, "fh_del")
    t.spark.range(2).write.saveAsTable("fh_del")
    t.spark.sql("DELETE FROM fh_del WHERE id = 1")


@step
def table_read_twice_sees_new_rows(t):
    fresh(t, "fh_grow")
    t.spark.range(2).write.saveAsTable("fh_grow")
    frame = t.spark.table("fh_grow")
    before = frame.count()
    t.spark.sql("INSERT INTO fh_grow VALUES (5)")
    return [before, t.spark.table("fh_grow").count(), frame.count()]


@step
def insert_overwrite_from_itself(t):
    fresh(t, "fh_self")
    t.spark.range(2).write.saveAsTable("fh_self")
    t.spark.sql("INSERT OVERWRITE fh_self SELECT id + 1 FROM fh_self")


@step
def save_over_the_table_being_read(t):
    fresh(t, "fh_self_save")
    t.spark.range(2).write.saveAsTable("fh_self_save")
    t.spark.table("fh_self_save").write.mode("overwrite").saveAsTable("fh_self_save")
