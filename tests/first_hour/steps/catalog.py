"""spark.catalog and spark.conf → what the session knows."""
from harness import step


@step
def current_database_and_catalog(t):
    c = t.spark.catalog
    return [c.currentDatabase(), c.currentCatalog(), [x.name for x in c.listCatalogs()]]


@step
def list_databases(t):
    return [(d.name, d.catalog, d.description) for d in t.spark.catalog.listDatabases("def*")]


@step
def get_database(t):
    d = t.spark.catalog.getDatabase("default")
    return [d.name, d.catalog, d.description]


@step
def database_exists(t):
    return [t.spark.catalog.databaseExists("default"), t.spark.catalog.databaseExists("nowhere")]


@step
def create_use_and_drop_a_database(t):
    s = t.spark
    s.sql("CREATE DATABASE IF NOT EXISTS fh_zoo COMMENT 'animals'")
    s.catalog.setCurrentDatabase("fh_zoo")
    inside = s.catalog.currentDatabase()
    s.sql("CREATE TABLE lions (n INT) USING parquet")
    tables = [(x.name, x.namespace, x.tableType) for x in s.catalog.listTables()]
    s.catalog.setCurrentDatabase("default")
    s.sql("DROP DATABASE fh_zoo CASCADE")
    return [inside, tables, s.catalog.databaseExists("fh_zoo")]


@step
def create_a_database_twice(t):
    t.spark.sql("CREATE DATABASE default")


@step
def drop_a_database_with_tables(t):
    t.spark.sql("CREATE DATABASE IF NOT EXISTS fh_full")
    t.spark.sql("CREATE TABLE IF NOT EXISTS fh_full.t (n INT) USING parquet")
    try:
        t.spark.sql("DROP DATABASE fh_full")
    finally:
        t.spark.sql("DROP DATABASE fh_full CASCADE")


@step
def set_a_missing_database(t):
    t.spark.catalog.setCurrentDatabase("nowhere")


@step
def use_a_missing_database(t):
    t.spark.sql("USE nowhere")


@step
def drop_a_missing_database(t):
    t.spark.sql("DROP DATABASE nowhere")


@step
def list_tables_with_a_view(t):
    t.spark.range(1).createOrReplaceTempView("fh_only_view")
    return [tuple(x) for x in t.spark.catalog.listTables() if x.name == "fh_only_view"]


@step
def list_tables_by_pattern(t):
    t.spark.range(1).createOrReplaceTempView("fh_pattern_one")
    t.spark.range(1).createOrReplaceTempView("fh_pattern_two")
    return sorted(x.name for x in t.spark.catalog.listTables(pattern="fh_pattern*"))


@step
def table_exists(t):
    t.spark.range(1).createOrReplaceTempView("fh_seen")
    c = t.spark.catalog
    return [c.tableExists("fh_seen"), c.tableExists("fh_unseen"), c.tableExists("default.fh_unseen")]


@step
def get_table(t):
    t.spark.sql("DROP TABLE IF EXISTS fh_get")
    t.spark.sql("CREATE TABLE fh_get (a INT) USING parquet COMMENT 'kept'")
    found = t.spark.catalog.getTable("fh_get")
    t.spark.sql("DROP TABLE fh_get")
    return [found.name, found.catalog, found.namespace, found.description, found.tableType, found.isTemporary]


@step
def get_a_missing_table(t):
    return t.spark.catalog.getTable("fh_nothing")


@step
def list_columns(t):
    t.spark.sql("DROP TABLE IF EXISTS fh_cols")
    t.spark.sql("CREATE TABLE fh_cols (a INT NOT NULL COMMENT 'key', b STRING, p DATE) USING parquet PARTITIONED BY (p)")
    columns = [tuple(c)[:6] for c in t.spark.catalog.listColumns("fh_cols")]
    t.spark.sql("DROP TABLE fh_cols")
    return columns


@step
def list_columns_of_a_view(t):
    t.pets().createOrReplaceTempView("fh_view_cols")
    return [(c.name, c.dataType, c.nullable) for c in t.spark.catalog.listColumns("fh_view_cols")]


@step
def functions(t):
    c = t.spark.catalog
    found = [f.name for f in c.listFunctions() if f.name in ("upper", "sum", "explode")]
    return [sorted(found), c.functionExists("upper"), c.functionExists("nonsense")]


@step
def get_function(t):
    f = t.spark.catalog.getFunction("upper")
    return [f.name, f.namespace, f.isTemporary, f.className]


@step
def get_a_missing_function(t):
    return t.spark.catalog.getFunction("nonsense")


@step
def cache_a_table(t):
    t.spark.range(3).createOrReplaceTempView("fh_cached")
    c = t.spark.catalog
    before = c.isCached("fh_cached")
    c.cacheTable("fh_cached")
    during = c.isCached("fh_cached")
    c.uncacheTable("fh_cached")
    after = c.isCached("fh_cached")
    c.clearCache()
    return [before, during, after]


@step
def refresh_a_missing_table(t):
    t.spark.catalog.refreshTable("fh_nothing")


@step
def conf_get_and_set(t):
    conf = t.spark.conf
    before = conf.get("spark.sql.shuffle.partitions")
    conf.set("spark.sql.shuffle.partitions", "7")
    during = conf.get("spark.sql.shuffle.partitions")
    conf.unset("spark.sql.shuffle.partitions")
    return [before, during, conf.get("spark.sql.shuffle.partitions")]


@step
def conf_defaults(t):
    conf = t.spark.conf
    keys = ["spark.sql.ansi.enabled", "spark.sql.caseSensitive", "spark.sql.sources.default", "spark.sql.legacy.timeParserPolicy",
            "spark.sql.parquet.compression.codec", "spark.sql.sources.partitionOverwriteMode", "spark.sql.timestampType",
            "spark.sql.execution.arrow.maxRecordsPerBatch", "spark.sql.autoBroadcastJoinThreshold"]  # fmt: skip
    return {key: conf.get(key) for key in keys}


@step
def conf_of_a_value_that_is_not_text(t):
    t.spark.conf.set("spark.sql.ansi.enabled", True)
    t.spark.conf.set("spark.sql.shuffle.partitions", 9)
    return [t.spark.conf.get("spark.sql.ansi.enabled"), t.spark.conf.get("spark.sql.shuffle.partitions")]


@step
def conf_missing(t):
    return t.spark.conf.get("spark.sql.no.such.key")


@step
def conf_missing_with_a_default(t):
    return [t.spark.conf.get("spark.sql.no.such.key", "mine"), t.spark.conf.get("spark.sql.no.such.key", None)]


@step
def conf_of_an_own_key(t):
    t.spark.conf.set("my.own.key", "x")
    kept = t.spark.conf.get("my.own.key")
    t.spark.conf.unset("my.own.key")
    return [kept, t.spark.conf.get("my.own.key", "unset")]


@step
def conf_is_modifiable(t):
    conf = t.spark.conf
    keys = ["spark.sql.shuffle.partitions", "spark.sql.warehouse.dir", "spark.executor.memory", "no.such.key"]
    return [conf.isModifiable(key) for key in keys]


@step
def conf_that_is_static(t):
    t.spark.conf.set("spark.sql.warehouse.dir", "/elsewhere")


@step
def conf_with_a_bad_value(t):
    t.spark.conf.set("spark.sql.shuffle.partitions", "many")


@step
def conf_case_sensitive(t):
    t.spark.conf.set("spark.sql.caseSensitive", "true")
    return t.pets().select("ID")


@step
def sessions_do_not_share(t):
    t.spark.range(1).createOrReplaceTempView("fh_mine")
    t.spark.conf.set("spark.sql.shuffle.partitions", "11")
    if not hasattr(t.spark, "client"):
        return [False, "200"]
    other = type(t.spark)(t.spark.client._builder.url if hasattr(t.spark.client, "_builder") else t.spark.client.builder.url)
    return [other.catalog.tableExists("fh_mine"), other.conf.get("spark.sql.shuffle.partitions")]
