"""A frame → other rows: sorting, limits, sets, duplicates, missing values, samples, explode."""
from harness import Ordered, step


@step
def order_by_names(t):
    return Ordered(t.pets().orderBy("kind", "id"))


@step
def order_by_descending(t):
    return Ordered(t.pets().orderBy(t.F.desc("kind"), t.F.col("id").desc()))


@step
def sort_with_a_list_of_directions(t):
    return Ordered(t.pets().sort(["kind", "id"], ascending=[False, True]))


@step
def nulls_first_and_last(t):
    c = t.F.col
    return {
        "asc": [r[0] for r in t.pets().orderBy(c("weight").asc()).select("id").collect()],
        "desc": [r[0] for r in t.pets().orderBy(c("weight").desc()).select("id").collect()],
        "asc_last": [r[0] for r in t.pets().orderBy(c("weight").asc_nulls_last()).select("id").collect()],
        "desc_first": [r[0] for r in t.pets().orderBy(c("weight").desc_nulls_first()).select("id").collect()],
    }


@step
def order_by_a_dropped_column(t):
    return Ordered(t.pets().select("name").orderBy("id"))


@step
def order_by_position(t):
    t.pets().createOrReplaceTempView("pets")
    return Ordered(t.spark.sql("SELECT kind, id FROM pets ORDER BY 1 DESC, 2"))


@step
def order_of_special_doubles(t):
    return Ordered(t.spark.sql("SELECT * FROM VALUES (double('NaN')), (1.0D), (NULL), (double('-Infinity')), (-0.0D) AS v(x) ORDER BY x"))


@step
def sort_within_partitions(t):
    return t.pets().repartition(2).sortWithinPartitions("id").agg(t.F.count("*"))


@step
def limit_and_offset(t):
    pets = t.pets().orderBy("id")
    return {
        "limit": pets.limit(2).collect(),
        "zero": pets.limit(0).collect(),
        "offset": pets.offset(3).collect(),
        "both": pets.offset(1).limit(2).collect(),
        "other way": pets.limit(3).offset(1).collect(),
        "beyond": pets.offset(10).collect(),
    }


@step
def limit_below_zero(t):
    return t.pets().limit(-1)


@step
def tail(t):
    return t.pets().orderBy("id").tail(2)


@step
def head_first_take(t):
    pets = t.pets().orderBy("id")
    return {"head": pets.head(), "head2": pets.head(2), "first": pets.first(), "take": pets.take(1)}


@step
def first_of_nothing(t):
    none = t.pets().filter("id > 99")
    return {"first": none.first(), "take": none.take(3), "head": none.head(1), "count": none.count()}


@step
def distinct(t):
    return t.pets().select("kind").distinct()


@step
def drop_duplicates_on_a_subset(t):
    return t.pets().dropDuplicates(["kind"]).select("kind")


@step
def drop_duplicates_on_all(t):
    return t.pets().union(t.pets()).dropDuplicates()


@step
def drop_duplicates_on_a_missing_column(t):
    return t.pets().dropDuplicates(["color"])


@step
def distinct_with_nulls_and_nan(t):
    return t.spark.sql("SELECT * FROM VALUES (double('NaN')), (double('NaN')), (NULL), (NULL), (0.0D), (-0.0D) AS v(x)").distinct()


@step
def union(t):
    return t.pets().select("id", "name").union(t.visits().select("pet", "fee"))


@step
def union_all_widens(t):
    return t.spark.sql("SELECT 1 AS a").unionAll(t.spark.sql("SELECT 2.5D AS b")).union(t.spark.sql("SELECT null"))


@step
def union_of_different_widths(t):
    return t.pets().union(t.visits())


@step
def union_of_impossible_types(t):
    return t.spark.sql("SELECT 1 AS a").union(t.spark.sql("SELECT array(1) AS a"))


@step
def union_by_name(t):
    return t.spark.sql("SELECT 1 AS a, 'x' AS b").unionByName(t.spark.sql("SELECT 'y' AS B, 2 AS A"))


@step
def union_by_name_missing_allowed(t):
    left = t.spark.sql("SELECT 1 AS a, 'x' AS b")
    return left.unionByName(t.spark.sql("SELECT 2.5D AS c, 2 AS a"), allowMissingColumns=True)


@step
def union_by_name_missing(t):
    return t.spark.sql("SELECT 1 AS a, 'x' AS b").unionByName(t.spark.sql("SELECT 2.5D AS c, 2 AS a"))


@step
def unions_with_itself(t):
    frame = t.spark.range(1)
    for _ in range(7):
        frame = frame.union(frame)
    return frame.count()


@step
def intersect(t):
    a = t.spark.sql("SELECT * FROM VALUES (1), (1), (2), (NULL), (NULL) AS v(x)")
    b = t.spark.sql("SELECT * FROM VALUES (1), (1), (1), (3), (NULL) AS v(x)")
    return {"distinct": sorted(map(str, a.intersect(b).collect())), "all": sorted(map(str, a.intersectAll(b).collect()))}


@step
def except_all_and_subtract(t):
    a = t.spark.sql("SELECT * FROM VALUES (1), (1), (2), (2), (NULL) AS v(x)")
    b = t.spark.sql("SELECT * FROM VALUES (1), (3), (NULL) AS v(x)")
    return {"subtract": sorted(map(str, a.subtract(b).collect())), "all": sorted(map(str, a.exceptAll(b).collect()))}


@step
def except_in_sql(t):
    return t.spark.sql("(SELECT 1 AS x UNION ALL SELECT 2) EXCEPT SELECT 2 MINUS SELECT 7")


@step
def fill_by_type(t):
    pets = t.pets()
    return {
        "number": pets.fillna(0).orderBy("id").collect(),
        "text": pets.na.fill("?").orderBy("id").collect(),
        "bool": t.spark.sql("SELECT CAST(NULL AS BOOLEAN) AS b, CAST(NULL AS INT) AS i").fillna(True).collect(),
    }


@step
def fill_by_name(t):
    return t.pets().fillna({"name": "none", "weight": -1.0})


@step
def fill_a_subset(t):
    return t.pets().na.fill(7.9, subset=["weight", "id"])


@step
def drop_missing(t):
    pets = t.pets()
    return {
        "any": pets.dropna().count(),
        "all": pets.dropna("all").count(),
        "thresh": pets.na.drop(thresh=4).count(),
        "subset": pets.na.drop(subset=["name"]).count(),
    }


@step
def replace_values(t):
    pets = t.pets().orderBy("id")
    return {
        "one": pets.replace("cat", "lion").collect(),
        "dict": pets.na.replace({1: 100, 2: 200}).collect(),
        "subset": pets.replace(["Ada", "dog"], ["Eve", "wolf"], ["kind"]).collect(),
        "to_null": pets.na.replace("dog", None).collect(),
    }


@step
def sample_bounds(t):
    frame = t.spark.range(1000)
    taken = frame.sample(fraction=0.3, seed=11)
    return {
        "some": 200 < taken.count() < 400,
        "inside": taken.agg(t.F.max("id") < 1000, t.F.count("id") == t.F.countDistinct("id")).collect()[0][:],
        "none": frame.sample(0.0).count(),
        "all": frame.sample(1.0).count(),
        "twice": frame.sample(True, 2.0, 5).count() > 1500,
        "same": taken.count() == frame.sample(fraction=0.3, seed=11).count(),
    }


@step
def sample_fraction_too_large(t):
    return t.spark.range(10).sample(1.5).count()


@step
def random_split(t):
    parts = t.spark.range(100).randomSplit([0.5, 0.5], seed=3)
    return [len(parts), sum(p.count() for p in parts), parts[0].intersect(parts[1]).count()]


@step
def sample_by(t):
    frame = t.spark.range(100).withColumn("k", t.F.col("id") % 3)
    return frame.sampleBy("k", {0: 1.0, 1: 0.0}, seed=1).groupBy("k").count()


@step
def explode_array(t):
    return t.spark.sql("SELECT 1 AS id, array('a', 'b') AS v UNION ALL SELECT 2, array()").select("id", t.F.explode("v"))


@step
def explode_outer(t):
    return t.spark.sql("SELECT 1 AS id, array('a', 'b') AS v UNION ALL SELECT 2, array()").select("id", t.F.explode_outer("v").alias("x"))


@step
def explode_map(t):
    return t.spark.sql("SELECT map('a', 1, 'b', 2) AS m").select(t.F.explode("m"))


@step
def posexplode(t):
    return t.spark.sql("SELECT array(10, NULL) AS v").select(t.F.posexplode("v"), t.F.lit(1).alias("one"))


@step
def explode_with_other_generators(t):
    return t.spark.sql("SELECT array(1) AS v").select(t.F.explode("v"), t.F.explode("v"))


@step
def explode_a_number(t):
    return t.pets().select(t.F.explode("id"))


@step
def inline_structs(t):
    return t.spark.sql("SELECT array(struct(1 AS a, 'x' AS b), struct(2, 'y')) AS v").select(t.F.inline("v"))


@step
def lateral_view(t):
    return t.spark.sql("SELECT id, x FROM VALUES (1, array(5, 6)), (2, NULL) AS t(id, a) LATERAL VIEW OUTER explode(a) e AS x")


@step
def unpivot(t):
    return t.pets().select("id", "weight", t.F.col("id").cast("double").alias("twin")).unpivot("id", ["weight", "twin"], "what", "value")


@step
def melt(t):
    return t.spark.sql("SELECT 1 AS k, 10 AS a, 20 AS b").melt(["k"], None, "name", "val")


@step
def repartition_and_coalesce(t):
    frame = t.pets()
    return [frame.repartition(3).count(), frame.repartition(2, "kind").count(), frame.coalesce(1).count(), frame.repartitionByRange(2, "id").count()]


@step
def cache_and_persist(t):
    frame = t.pets().cache()
    first = frame.count()
    frame.unpersist()
    return [first, frame.count()]


@step
def checkpoint_free_lineage_of_100_columns(t):
    frame = t.spark.range(1)
    for i in range(100):
        frame = frame.withColumn(f"c{i}", t.F.col("id") + i)
    return frame.select("c0", "c99")
