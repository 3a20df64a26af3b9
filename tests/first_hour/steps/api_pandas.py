"""pandas on Spark, as far as it goes without Python functions on the server."""
from harness import step
from steps.api_columns import outcome


def pandas_on_spark(t):
    """The module, on the step's session."""
    t.spark.conf.set("spark.sql.ansi.enabled", "false")
    import pyspark.pandas as ps

    return ps


def frame(t):
    ps = pandas_on_spark(t)
    return ps.DataFrame({"a": [1, 2, 3, 3], "b": ["x", "y", "x", None], "c": [1.5, 2.5, None, 4.0]})


def plain(made):
    """A pandas-on-Spark object as values that can be compared."""
    made = made.to_pandas() if hasattr(made, "to_pandas") else made
    if hasattr(made, "reset_index") and hasattr(made, "columns"):
        return [[str(c) for c in made.columns], [str(i) for i in made.index], [[str(v) for v in row] for row in made.itertuples(index=False, name=None)]]
    if hasattr(made, "index") and hasattr(made, "tolist"):
        return [[str(i) for i in made.index], [str(v) for v in made.tolist()]]
    return str(made)


@step(clients=("py35",))
def frames_made_and_looked_at(t):
    d = frame(t)
    return [plain(d), plain(d.head(2)), d.shape, list(d.columns), [str(x) for x in d.dtypes], len(d), plain(d.index), plain(d.describe()), plain(d["a"]), plain(d[["c", "a"]]), plain(d.loc[0:1, ["a"]]), plain(d.iloc[:2, 0]), d.a.dtype.name, d.empty, d.ndim, d.size]


@step(clients=("py35",))
def frames_filtered_and_sorted(t):
    d = frame(t)
    return [plain(d[d.a > 1].sort_index()), plain(d.query("a > 1 and c < 3").sort_index()), plain(d.sort_values(["a", "c"], ascending=[False, True])), plain(d.nlargest(2, "c")), plain(d.nsmallest(1, "a")), plain(d[d.b.isin(["x"])].sort_index()), plain(d[d.b.isnull()]), plain(d.sort_index(ascending=False)), plain(d.filter(items=["a"])), plain(d.where(d.a > 2).sort_index())]


@step(clients=("py35",))
def columns_computed(t):
    d = frame(t)
    d["n"] = d.a * 2
    d["s"] = d.b.str.upper()
    return [plain(d.sort_index()), plain(d.assign(z=d.a + d.c).sort_index()), plain(d.rename(columns={"a": "A"}).sort_index()), plain(d.drop(columns=["n"]).sort_index()), plain(d.a.cumsum().sort_index()), plain(d.a.shift(1).sort_index()), plain((d.a == 3).sort_index()), plain(d.c.fillna(0).sort_index()), plain(d.a.astype("float").sort_index()), plain(d.b.str.len().sort_index()), plain(d.a.clip(2, 2).sort_index()), plain(d.a.diff().sort_index())]


@step(clients=("py35",))
def groups(t):
    d = frame(t)
    return [plain(d.groupby("b").sum().sort_index()), plain(d.groupby("a")["c"].mean().sort_index()), plain(d.groupby("b").agg({"a": "max", "c": "min"}).sort_index()), plain(d.groupby("a").count().sort_index()), plain(d.groupby("b").size().sort_index())]


@step(clients=("py35",))
def missing_values(t):
    d = frame(t)
    return [plain(d.dropna().sort_index()), plain(d.fillna({"b": "?", "c": 0}).sort_index()), plain(d.isnull().sum()), plain(d.notnull().sort_index()), plain(d.dropna(subset=["b"]).sort_index()), d.c.hasnans, plain(d.drop_duplicates(["a"]).a.sort_values()), plain(d.duplicated(["a"]).sort_index())]


@step(clients=("py35",))
def between_the_apis(t):
    ps, d = pandas_on_spark(t), frame(t)
    return [d.to_spark().schema.simpleString(), plain(t.spark.range(3).pandas_api()), plain(t.spark.range(3).withColumn("x", t.F.col("id") * 2).pandas_api(index_col="id")), plain(ps.range(3)), plain(ps.sql("SELECT id + 1 AS x FROM range(3)")), d.to_spark(index_col="i").columns, plain(ps.from_pandas(d.to_pandas())), plain(ps.Series([1, 2, 3]) + 1), plain(ps.date_range("2024-01-01", periods=3)), plain(ps.to_datetime(ps.Series(["2024-01-01"])))]


@step(clients=("py35",))
def files_read_and_written(t):
    ps, d = pandas_on_spark(t), frame(t)
    d.to_parquet(t.path("p"))
    d.to_csv(t.path("c"), num_files=1)
    d.to_json(t.path("j"), num_files=1)
    one = t.write("one.csv", "x,y\n1,a\n2,\n")
    return [plain(ps.read_parquet(t.path("p")).sort_values(["a", "c"])), plain(ps.read_csv(one)), plain(ps.read_csv(one, names=["p", "q"], header=0, usecols=["p"])), ps.read_csv(t.path("c")).shape, ps.read_json(t.path("j"), lines=True).shape, outcome(lambda: ps.read_csv("/no/where"))]
